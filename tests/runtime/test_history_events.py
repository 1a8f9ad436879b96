"""What the wearer asked for, as events of the history."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hipmonitor.core.alerts import AlertKind, HeldBack, Hold
from hipmonitor.core.inbound import Action, EndQuiet, Quiet, Snooze
from hipmonitor.runtime.history_events import Happened, as_held_back, at_the_door
from tests.core.builders import at, did
from tests.runtime.updates import EMPTY


@pytest.mark.parametrize(
    ("action", "kind", "detail"),
    [
        (Snooze(minutes=None), "snooze", "open"),
        (Quiet(minutes=60), "quiet", "60 min"),
        (EndQuiet(), "quiet_ended", ""),
    ],
)
def test_what_the_wearer_asked_for_is_kept_and_so_is_the_end_of_a_quiet_time(
    action: Action, kind: str, detail: str
) -> None:
    assert list(at_the_door([did(5, action)])) == [Happened(at(5), kind, detail, at(5))]


def test_an_alert_that_was_held_back_is_kept_with_its_kind_its_reason_and_its_end() -> None:
    spell = HeldBack(start=at(100), end=at(400), kind=AlertKind.DEEP_FLEXION, hold=Hold.UNCALIBRATED)
    piece = replace(EMPTY.pieces[0], held_back=(spell,))
    assert list(as_held_back(piece)) == [Happened(at(100), "held_back:deep_flexion", "uncalibrated", at(400))]

"""What the wearer asked for, as events of the history."""

from __future__ import annotations

import pytest

from hipmonitor.core.inbound import Action, EndQuiet, Quiet, Snooze
from hipmonitor.runtime.history_events import Happened, at_the_door
from tests.core.builders import at, did


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

"""When a recording begins, and after which sensor it is called."""

from __future__ import annotations

import pytest

from hipmonitor.core.inbound import (
    ChangeSettings,
    Inbound,
    LinkChange,
    LinkState,
    Notification,
    SensorId,
    UserAction,
)
from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.runtime.keeping import found_sensor

THIGH, PELVIS = SensorId("C4:00:00:00:00:01"), SensorId("C4:00:00:00:00:02")


def link(sensor: SensorId, state: LinkState) -> LinkChange:
    return LinkChange(at=HostNs(1), sensor=sensor, state=state)


def data(sensor: SensorId) -> Notification:
    return Notification(at=HostNs(2), sensor=sensor, channel="hip/data", payload=b"")


def worn(**places: str) -> UserAction:
    return UserAction(at=HostNs(0), action=ChangeSettings(settings=Settings(**places)))  # type: ignore[arg-type]


BESIDE = worn(pelvis_sensor=PELVIS)


@pytest.mark.parametrize(
    ("events", "name"),
    [
        ([worn(), link(THIGH, LinkState.SEARCHING)], None),
        ([worn(), link(THIGH, LinkState.CONNECTING)], THIGH),
        ([BESIDE, link(PELVIS, LinkState.CONNECTING)], None),
        ([BESIDE, link(PELVIS, LinkState.CONNECTING), link(THIGH, LinkState.CONNECTING), data(PELVIS)], THIGH),
        ([BESIDE, data(PELVIS)], PELVIS),
        ([worn(thigh_sensor=THIGH, pelvis_sensor=PELVIS), data(PELVIS)], THIGH),
    ],
    ids=["searching", "found", "only another", "the thigh's, though later", "data of another", "the thigh's by name"],
)
def test_a_recording_begins_with_what_was_found_and_is_called_after_the_thighs(
    events: list[Inbound], name: SensorId | None
) -> None:
    assert found_sensor(events) == name

"""A recording of two sensors that was cut off: one sensor's end is not the end of the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipmonitor.core.inbound import LinkChange, LinkState
from hipmonitor.core.instants import HostNs
from hipmonitor.io.session import SessionWriter
from hipmonitor.runtime.analysis import Reading
from hipmonitor.runtime.recorded import open_recording
from tests.laws.streams import PELVIS, SENSOR, START_NS, two_packet_events


@pytest.mark.parametrize("reading", ["as_lived", "settled"])
def test_after_the_pelvis_sensor_s_end_the_thigh_is_still_brought_to_its_own(reading: Reading, tmp_path: Path) -> None:
    path, whole = tmp_path / "two.mcap", two_packet_events()
    events = [*whole[:-1], LinkChange(at=whole[-1].at, sensor=PELVIS, state=LinkState.ENDED)]
    with SessionWriter(path, sensor=SENSOR, started_at=HostNs(START_NS)) as writer:
        writer.record(events)
    result = open_recording(path, reading=reading)
    assert result.summary.duration_s > 60
    assert result.activity[-1].end >= result.t_ns[-1]

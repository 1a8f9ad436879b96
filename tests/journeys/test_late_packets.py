"""Packets from the sensor's memory go where they belong, with the time at which they would have come."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hipmonitor.core.inbound import Notification
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.runtime.late import LatePackets
from tests.laws.streams import START_NS, note


def packet(kind: hip.Kind, first: int, at_s: float, stream: int = 7) -> Notification:
    payload = hip.encode_data(
        kind=kind,
        sequence=0,
        stream=stream,
        status=0,
        first_index=first,
        first_tick=first,
        counts=np.zeros((4, 6), np.int16),
    )
    return note(START_NS + round(at_s * NS_PER_S), hip.DATA, payload)


def test_backfill_is_put_before_the_live_packet_that_follows_it() -> None:
    batches = [
        [packet(hip.Kind.LIVE, 0, 0.0), packet(hip.Kind.LIVE, 1000, 10.0)],
        [
            packet(hip.Kind.BACKFILL, 500, 11.0),
            packet(hip.Kind.BACKFILL, 250, 12.0),
            packet(hip.Kind.BACKFILL, 500, 13.0),
        ],
    ]
    late = LatePackets()
    for batch in batches:
        late.collect(batch)
    placed = [event for batch in late.in_order(batches) for event in batch]
    first, early, later, last = placed
    assert [int.from_bytes(e.payload[8:12], "little") for e in placed] == [0, 250, 500, 1000]  # type: ignore[union-attr]
    assert {e.payload[0] for e in placed} == {hip.Kind.LIVE}  # type: ignore[union-attr]
    assert [(e.at - START_NS) / NS_PER_S for e in (first, early, later, last)] == pytest.approx([0, 2.5, 5.0, 10.0])


def test_backfill_of_another_stream_and_of_the_slow_memory_stay_where_they_are() -> None:
    events = [packet(hip.Kind.LIVE, 0, 0.0), packet(hip.Kind.SLOW_BACKFILL, 3, 1.0), packet(hip.Kind.LIVE, 1000, 10.0)]
    late = LatePackets()
    late.collect([packet(hip.Kind.BACKFILL, 500, 11.0, stream=9), *events])
    assert [event for batch in late.in_order([events]) for event in batch] == events


def test_anything_else_passes() -> None:
    other = replace(packet(hip.Kind.LIVE, 0, 0.0), channel="battery/level", at=HostNs(5))
    assert list(LatePackets().in_order([[other]])) == [[other]]

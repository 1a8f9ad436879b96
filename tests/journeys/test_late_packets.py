"""Packets from the sensor's memory go where they belong, with the time at which they would have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from hipmonitor.core.inbound import Inbound, LinkChange, LinkState, Notification, SensorId
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.runtime.late import LatePackets
from tests.core.builders import info_bytes
from tests.laws.streams import SENSOR, START_NS, note


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


ENDED = LinkChange(at=HostNs(START_NS + 20 * NS_PER_S), sensor=SENSOR, state=LinkState.ENDED)


def firsts(events: Sequence[Inbound]) -> list[int | str]:
    """Index of each data packet's first sample; the names of all other events."""
    return [
        int.from_bytes(e.payload[8:12], "little")
        if isinstance(e, Notification) and e.channel == hip.DATA
        else type(e).__name__
        for e in events
    ]


def placed(*events: Inbound) -> list[Inbound]:
    late = LatePackets()
    late.collect(events)
    return [event for batch in late.in_order([events]) for event in batch]


def info(stream: int, at_s: float) -> Notification:
    return note(START_NS + round(at_s * NS_PER_S), hip.INFO, info_bytes(stream=stream))


def test_backfill_that_no_live_packet_follows_comes_before_its_sensor_s_end() -> None:
    live, back = packet(hip.Kind.LIVE, 0, 1.0), packet(hip.Kind.BACKFILL, 500, 11.0)
    out = placed(info(7, 0.0), live, back, ENDED)
    assert firsts(out) == ["Notification", 0, 500, "LinkChange"]
    assert (out[2].at - START_NS) / NS_PER_S == pytest.approx(6.0)
    assert out[2].payload[0] == hip.Kind.LIVE  # type: ignore[union-attr]


def test_backfill_that_no_live_packet_follows_comes_last_where_there_is_no_end() -> None:
    other = replace(ENDED, sensor=SensorId("another"))
    assert firsts(placed(packet(hip.Kind.LIVE, 0, 1.0), packet(hip.Kind.BACKFILL, 500, 11.0), other)) == [
        0,
        "LinkChange",
        500,
    ]


def test_backfill_comes_before_the_next_stream_of_its_sensor() -> None:
    live, back = packet(hip.Kind.LIVE, 0, 1.0), packet(hip.Kind.BACKFILL, 500, 11.0)
    out = placed(info(7, 0.0), live, info(8, 10.0), packet(hip.Kind.LIVE, 3, 10.5, stream=8), back, ENDED)
    assert firsts(out) == ["Notification", 0, 500, "Notification", 3, "LinkChange"]


def test_backfill_of_a_stream_without_any_live_packet_stays_as_it_came() -> None:
    back = packet(hip.Kind.BACKFILL, 500, 11.0)
    assert placed(packet(hip.Kind.LIVE, 0, 1.0, stream=8), back, ENDED)[1:] == [back, ENDED]


def test_packets_of_the_slow_memory_stay_where_they_are() -> None:
    events = [packet(hip.Kind.LIVE, 0, 0.0), packet(hip.Kind.SLOW_BACKFILL, 3, 1.0), packet(hip.Kind.LIVE, 1000, 10.0)]
    late = LatePackets()
    late.collect(events)
    assert [event for batch in late.in_order([events]) for event in batch] == events


def test_anything_else_passes() -> None:
    other = replace(packet(hip.Kind.LIVE, 0, 0.0), channel="battery/level", at=HostNs(5))
    assert list(LatePackets().in_order([[other]])) == [[other]]

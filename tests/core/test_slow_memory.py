"""What only the sensor's slow memory kept: used by the settled reading, marked, and never as if it were measured in full."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from hipmonitor.core.inbound import Inbound, Notification
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples import Doubt, ImuBlock, PacketParams, Sampling, SamplingParams
from hipmonitor.core.samples.clock_line import ClockLine, clock_key
from hipmonitor.core.samples.packet_rows import slow_every
from hipmonitor.core.wire import FaultKind, SensorInfo, Wire
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.runtime.late import LatePackets
from tests.core.builders import info_bytes
from tests.laws.streams import START_NS, note

RATE_HZ, TICK_HZ = 100, 32768
EVERY = 4
LEVEL = np.array([300, -200, 2010, 0, 0, 0])
COUNTS = (np.random.default_rng(1).normal(scale=9.0, size=(1400, 6)) + LEVEL).astype(np.int16)
"""At rest, ±16 g."""


def packet(kind: hip.Kind, index: int, count: int) -> Notification:
    """`index` and `count` in samples at full rate; at the instant at which it was taken."""
    every = EVERY if kind is hip.Kind.SLOW_BACKFILL else 1
    sample = index + np.arange(count // every) * every
    payload = hip.encode_data(
        kind=kind,
        sequence=0,
        stream=7,
        status=0,
        first_index=index // every,
        first_tick=round(index * TICK_HZ / RATE_HZ),
        counts=COUNTS[sample, : 3 if every > 1 else 6],
    )
    return note(START_NS + round(index * NS_PER_S / RATE_HZ), hip.DATA, payload)


INFO = note(START_NS, hip.INFO, info_bytes(stream=7))
LIVE = [packet(hip.Kind.LIVE, index, 8) for index in range(0, 400, 8)]
SLOW = [packet(hip.Kind.SLOW_BACKFILL, index, 40) for index in range(400, 1000, 40)]
AGAIN = [packet(hip.Kind.LIVE, index, 8) for index in range(1000, 1400, 8)]
ALL: list[Notification] = [INFO, *LIVE, *SLOW, *AGAIN]


def settled() -> Sampling:
    """With the clock as a first pass would have learned it."""
    (info,) = Wire().step([INFO])
    assert isinstance(info, SensorInfo)
    ticks, rate = np.array([0.0, 1e9]), NS_PER_S / TICK_HZ
    line = ClockLine(
        key=clock_key(info),
        ticks0=0,
        host0_ns=START_NS,
        ticks=ticks,
        host_ns=ticks * rate,
        ns_per_tick=np.array([rate]),
    )
    return Sampling(SamplingParams(packets=PacketParams(lines=(line,))))


def blocks(room: Sampling, *batches: Sequence[Notification]) -> list[ImuBlock]:
    wire = Wire()
    return [room.step(wire.step(batch)) for batch in batches]


def test_it_fills_the_time_away_with_a_quarter_of_the_samples_measured() -> None:
    (block,) = blocks(settled(), ALL)
    assert block.gaps == ()
    assert len(block) == 1400
    away = slice(400, 1000)
    assert block.measured[away].mean() == pytest.approx(1 / EVERY, abs=0.01)
    assert block.measured[:400].all()
    np.testing.assert_array_equal(block.index[away][block.measured[away]], np.arange(400, 1000, EVERY))
    assert np.diff(block.t_ns).max() < 1.01 * NS_PER_S / RATE_HZ


def test_it_is_marked_and_has_no_rates() -> None:
    (block,) = blocks(settled(), ALL)
    assert set(block.doubt[400:997].tolist()) == {Doubt.SLOW_MEMORY}
    assert not block.doubt[:397].any()
    assert not block.doubt[1000:].any()
    assert block.gyr_radps is not None
    assert not block.gyr_radps[404:997].any()
    assert [doubt.kind for doubt in block.doubts] == [Doubt.SLOW_MEMORY, Doubt.NONE]
    assert "slow memory" in block.doubts[0].sentence


@pytest.mark.parametrize("size", [1, 3, 55])
def test_it_is_the_same_however_it_is_cut(size: int) -> None:
    (whole,) = blocks(settled(), ALL)
    parts = blocks(settled(), *[ALL[first : first + size] for first in range(0, len(ALL), size)])
    for name in ("t_ns", "acc_mps2", "gyr_radps", "doubt", "segment", "measured", "index"):
        joined = np.concatenate([getattr(part, name) for part in parts if len(part)])
        np.testing.assert_array_equal(joined, getattr(whole, name), err_msg=name)
    assert tuple(doubt for part in parts for doubt in part.doubts) == whole.doubts


def test_as_lived_it_comes_too_late() -> None:
    (block,) = blocks(Sampling(), ALL)
    assert len(block.gaps) == 1
    assert len(block) == 800
    assert sum(fault.count for fault in block.faults if fault.kind is FaultKind.LATE) == 150


def test_a_slow_memory_whose_rate_does_not_fit_is_left_alone() -> None:
    (info,) = Wire().step([note(START_NS, hip.INFO, info_bytes(stream=7, rate_hz=110.0))])
    assert isinstance(info, SensorInfo)
    assert slow_every(info) == 0


# --- put in its place -------------------------------------------------------------------------------------------------


def in_order(*events: Inbound) -> list[Inbound]:
    late = LatePackets()
    late.collect(events)
    return [event for batch in late.in_order([events]) for event in batch]


def test_it_is_put_between_the_live_packets_around_it_and_stays_what_it_is() -> None:
    placed = in_order(INFO, *LIVE, *AGAIN[:5], *reversed(SLOW), *AGAIN[5:])
    assert [event.payload for event in placed if isinstance(event, Notification)] == [event.payload for event in ALL]
    slow = [event for event in placed if isinstance(event, Notification) and event.payload[0] == hip.Kind.SLOW_BACKFILL]
    assert [event.at for event in slow] == sorted(event.at for event in slow)
    assert slow[0].at > LIVE[-1].at
    assert slow[-1].at < AGAIN[0].at

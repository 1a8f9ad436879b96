"""Counters that wrap and jump to numbers that go on as the samples do."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.samples.counters import U32, CounterParams, Counters, CounterState
from tests.core.builders import at
from tests.core.clocks import heard_packets, pair, stated

TICK_HZ = 32768.0


def counting(state: CounterState | None = None) -> Counters:
    """The counters of a new stream, or of one that goes on."""
    return Counters(CounterParams(), state or CounterState(), stated())


def readings(counters: Counters, *ticks: int, heard_s: float = 0.0) -> list[int]:
    """Unwrapped readings of a counter, heard at once."""
    heard = np.full(len(ticks), at(heard_s), np.int64)
    return [int(t) for t in counters.unwrap(np.array(ticks, np.int64), heard)]


def told(counters: Counters, ticks: list[int], *, first: int = 0, heard_s: list[float] | None = None) -> list[int]:
    """Ticks of packets of four samples, heard every 40 ms."""
    k = first // 4 + np.arange(len(ticks))
    heard = [at(0.04 * float(i)) for i in k] if heard_s is None else [at(s) for s in heard_s]
    return counters.read(heard_packets(stated(), first_index=4 * k, first_tick=ticks, at_ns=heard)).ticks.tolist()


def test_a_counter_that_wraps_goes_on_growing() -> None:
    counters = counting()
    assert readings(counters, U32 - 10, U32 - 2, 6) == [U32 - 10, U32 - 2, U32 + 6]
    assert readings(counters, 20) == [U32 + 20]


def test_a_reading_from_just_before_is_recognised_as_older() -> None:
    counters = counting()
    readings(counters, U32 - 10, 30)
    assert readings(counters, U32 - 5, 40) == [U32 - 5, U32 + 40]


def test_no_readings_are_no_readings() -> None:
    assert readings(counting()) == []


@pytest.mark.parametrize("turns", [0.4, 0.6, 1.0, 3.2])
def test_the_host_s_clock_tells_how_often_the_counter_turned_over_meanwhile(turns: float) -> None:
    counters = counting()
    readings(counters, 100)
    later = 100 + round(turns * U32)
    assert readings(counters, later % U32, heard_s=turns * U32 / TICK_HZ + 0.3) == [later]


def test_a_first_reading_known_roughly_is_unwrapped_to_the_nearest() -> None:
    counters = counting()
    counters.begin_near(2 * U32 + 50, at(0))
    assert readings(counters, U32 - 100) == [2 * U32 - 100]


@pytest.mark.parametrize("jump", [40_000, -40_000, 3_000_000])
def test_a_counter_that_jumps_while_samples_go_on_is_put_right(jump: int) -> None:
    counters = counting()
    assert told(counters, [100_000, 101_311, 102_621 + jump, 103_932 + jump]) == [100_000, 101_311, 102_622, 103_933]
    assert told(counters, [105_243 + jump], first=16) == [105_244]


def test_samples_that_paused_are_no_jump() -> None:
    """Five seconds without samples: ticks and the host's clock went on, the index did not."""
    paused = 5 * 32768
    ticks = [0, 1311, 2621 + paused, 3932 + paused]
    assert told(counting(), ticks, heard_s=[0, 0.04, 5.08, 5.12]) == ticks


def test_round_trips_after_a_jump_count_like_the_packets() -> None:
    counters = counting()
    told(counters, [0, 1311, 2621 + 40_000])
    counters.ask(pair(3000 + 40_000, 3000 / TICK_HZ))
    trips = counters.read(heard_packets(stated(), first_index=[12], first_tick=[43_932], at_ns=[at(0.12)])).trips
    assert [trip.received for trip in trips] == [3000 + 1]


def test_a_round_trip_beside_a_jump_is_dropped_because_nobody_knows_on_which_side_it_was() -> None:
    counters = counting()
    told(counters, [0, 1311])
    counters.ask(pair(2000, 2000 / TICK_HZ))
    assert counters.read(heard_packets(stated(), first_index=[8], first_tick=[42_621], at_ns=[at(0.08)])).trips == []


def test_round_trips_without_packets_are_kept_up_to_a_bound() -> None:
    counters = counting()
    for k in range(200):
        counters.ask(pair(32768 * k, k))
    assert len(counters.state.waiting) == CounterParams().most_waiting


def test_a_sensor_that_sends_no_ticks_is_counted_by_its_samples() -> None:
    info = stated(tick_hz=0.0)
    counters = Counters(CounterParams(), CounterState(), info)
    packets = heard_packets(info, first_index=[U32 - 4, 0, 4], first_tick=[0, 0, 0], at_ns=[at(0), at(0.04), at(0.08)])
    counters.ask(pair(3, 0.0))
    assert counters.read(packets) == (
        pytest.approx([U32 - 4, U32, U32 + 4]),
        pytest.approx([U32 - 4, U32, U32 + 4]),
        [],
    )

"""Device ticks to host time: the counter wraps, crystals drift, radios delay, and time never stands still or goes back."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.instants import NS_PER_S, DeviceTicks
from hipmonitor.core.samples.timebase import U32, Timebase, TimebaseParams, TimebaseState
from hipmonitor.core.wire import ClockPair
from tests.core.builders import SENSOR, T0, at

TICK_HZ = 32768.0


def fresh(**params: float) -> Timebase:
    """A clock of which nothing is known."""
    return Timebase(TimebaseParams(**params), TimebaseState(tick_hz=TICK_HZ))


def ticks_at(seconds: float, *, ppm: float = 0.0) -> int:
    """What a counter that began with the test's world reads, its crystal fast by so many parts in a million."""
    return round(seconds * TICK_HZ * (1 + ppm * 1e-6))


def trip(seconds: float, *, ppm: float = 0.0, there_ms: float = 5.0, back_ms: float = 5.0) -> ClockPair:
    """A round trip whose question reaches the sensor at `seconds`; the sensor answers at once."""
    ticks = DeviceTicks(ticks_at(seconds, ppm=ppm) % U32)
    return ClockPair(
        sensor=SENSOR,
        t1=at(seconds - there_ms / 1000),
        ticks_received=ticks,
        ticks_answered=ticks,
        t4=at(seconds + back_ms / 1000),
        tick_hz=TICK_HZ,
    )


def readings(clock: Timebase, *ticks: int, heard_s: float = 0.0) -> list[int]:
    """Unwrapped readings of a counter, heard at once."""
    heard = np.full(len(ticks), at(heard_s), np.int64)
    return [int(t) for t in clock.unwrap(np.array(ticks, np.int64), heard)]


def error_ms(clock: Timebase, seconds: float, *, ppm: float = 0.0) -> float:
    """How wrong the clock is for a sample taken then."""
    told = clock.host_ns(np.array([float(ticks_at(seconds, ppm=ppm))]))
    return float(told[0] - at(seconds)) / 1e6


def arrive(clock: Timebase, seconds: float, *, delay_ms: float, ppm: float = 0.0) -> None:
    """A packet whose last sample was taken at `seconds`."""
    clock.arrived(np.array([ticks_at(seconds, ppm=ppm)]), np.array([at(seconds + delay_ms / 1000)]))


# -- the counter -------------------------------------------------------------------------------------------------------


def test_a_counter_that_wraps_goes_on_growing() -> None:
    clock = fresh()
    assert readings(clock, U32 - 10, U32 - 2, 6) == [U32 - 10, U32 - 2, U32 + 6]
    assert readings(clock, 20) == [U32 + 20]


def test_a_reading_from_just_before_is_recognised_as_older() -> None:
    clock = fresh()
    readings(clock, U32 - 10, 30)
    assert readings(clock, U32 - 5, 40) == [U32 - 5, U32 + 40]


def test_no_readings_are_no_readings() -> None:
    assert readings(fresh()) == []


@pytest.mark.parametrize("turns", [0.4, 0.6, 1.0, 3.2])
def test_the_host_s_clock_tells_how_often_the_counter_turned_over_meanwhile(turns: float) -> None:
    clock = fresh()
    readings(clock, 100)
    later = 100 + round(turns * U32)
    assert readings(clock, later % U32, heard_s=turns * U32 / TICK_HZ + 0.3) == [later]


# -- round trips -------------------------------------------------------------------------------------------------------


def test_the_middle_of_a_round_trip_belongs_to_the_middle_of_the_readings() -> None:
    clock = fresh()
    clock.round_trip(
        ClockPair(
            sensor=SENSOR,
            t1=at(10.0),
            ticks_received=DeviceTicks(1000),
            ticks_answered=DeviceTicks(1200),
            t4=at(10.1),
            tick_hz=TICK_HZ,
        )
    )
    assert clock.host_ns(np.array([1100.0]))[0] == pytest.approx(at(10.05), abs=256)


def test_the_shorter_half_of_the_round_trips_is_believed() -> None:
    """Two that waited 60 ms for a connection event on the way back would pull the middle by 30 ms."""
    clock = fresh()
    for seconds, back_ms in ((1, 5), (2, 65), (3, 5), (4, 65)):
        clock.round_trip(trip(seconds, back_ms=back_ms))
    assert abs(error_ms(clock, 5)) < 0.1


@pytest.mark.parametrize("ppm", [-100.0, 100.0])
def test_a_crystal_that_drifts_by_100_ppm_is_found(ppm: float) -> None:
    """Ten minutes without a further round trip would be 60 ms off at the nominal rate."""
    clock = fresh()
    for seconds in range(0, 121, 10):
        clock.round_trip(trip(seconds, ppm=ppm))
    assert abs(error_ms(clock, 720, ppm=ppm)) < 1


def test_within_half_a_minute_the_nominal_rate_is_better_than_a_fitted_one() -> None:
    """5 ms of radio over 20 s would be read as 250 ppm."""
    clock = fresh(kept_share=1.0)
    clock.round_trip(trip(0))
    clock.round_trip(trip(20, back_ms=15))
    assert clock.state.ns_per_tick == NS_PER_S / TICK_HZ


def test_a_rate_no_crystal_has_is_not_believed() -> None:
    clock = fresh(kept_share=1.0)
    clock.round_trip(trip(0, ppm=900))
    clock.round_trip(trip(100, ppm=900))
    assert clock.state.ns_per_tick == pytest.approx(NS_PER_S / TICK_HZ * (1 - 500e-6), rel=1e-9)


def test_round_trips_older_than_five_minutes_are_forgotten() -> None:
    clock = fresh()
    for seconds in (0, 100, 299, 350, 500):
        clock.round_trip(trip(seconds))
    assert [ticks for ticks, _, _ in clock.state.trips] == [ticks_at(s) for s in (299, 350, 500)]


# -- the line in force -------------------------------------------------------------------------------------------------


def bent(error_s: float) -> tuple[np.ndarray, Timebase]:
    """Times of samples every 10 ms from 1 to 10 s, learned in two round trips of which the second differs by `error_s`."""
    clock = fresh(kept_share=0.01)
    clock.round_trip(trip(1))
    before = clock.host_ns(np.arange(ticks_at(1), ticks_at(2), 327.68))
    late = trip(2 + error_s, there_ms=1, back_ms=1)
    clock.round_trip(
        ClockPair(
            sensor=SENSOR,
            t1=late.t1,
            ticks_received=DeviceTicks(ticks_at(2)),
            ticks_answered=DeviceTicks(ticks_at(2)),
            t4=late.t4,
            tick_hz=TICK_HZ,
        )
    )
    return np.concatenate([before, clock.host_ns(np.arange(ticks_at(2), ticks_at(10), 327.68))]), clock


@pytest.mark.parametrize("error_s", [-0.3, -0.008, 0.008, 0.3])
def test_the_line_bends_without_a_step_and_times_strictly_grow(error_s: float) -> None:
    """Every interval stays within 0.2 % of 10 ms, so that rates of turning stay true."""
    told, _ = bent(error_s)
    np.testing.assert_allclose(np.diff(told) / 1e6, 10, rtol=0.0021)


def test_the_line_meets_the_newest_fit_after_five_seconds_and_then_follows_it() -> None:
    told, _ = bent(0.008)
    late_ms = (told - T0) / 1e6 - np.concatenate([1000 + 10 * np.arange(100), 2000 + 10 * np.arange(800)])
    assert late_ms[100] == pytest.approx(0, abs=0.05)
    assert late_ms[600:] == pytest.approx(8, abs=0.01)


@pytest.mark.parametrize("error_s", [-0.6, 0.6])
def test_a_line_that_is_wrong_by_more_than_half_a_second_jumps(error_s: float) -> None:
    told, _ = bent(error_s)
    assert (told[101] - T0) / NS_PER_S == pytest.approx(2.01 + error_s, abs=0.02)


def test_a_time_before_anything_was_learned_is_a_bug_not_a_value() -> None:
    with pytest.raises(AssertionError, match="before anything was learned"):
        fresh().host_ns(np.array([1.0]))


# -- one way -----------------------------------------------------------------------------------------------------------


def test_without_round_trips_the_earliest_arrival_stands_in() -> None:
    clock = fresh()
    for k, delay_ms in enumerate((40, 9, 35, 22)):
        arrive(clock, 0.1 * k, delay_ms=delay_ms)
    clock.revise()
    assert error_ms(clock, 0.5) == pytest.approx(9, abs=0.2)


@pytest.mark.parametrize("ppm", [-200.0, 200.0])
def test_the_running_minimum_follows_a_crystal_of_200_ppm(ppm: float) -> None:
    """The shortest delay, 8 ms, stays as a bias; what a fast crystal gains is given back by the leak."""
    clock = fresh()
    for k in range(1200):
        arrive(clock, 0.5 * k, delay_ms=8, ppm=ppm)
        clock.revise()
        last_ms = error_ms(clock, 0.5 * k, ppm=ppm)
    assert last_ms == pytest.approx(8, abs=2)


def test_revising_seldom_does_not_make_the_line_swing() -> None:
    """At 25 Hz a cell of 1024 samples lasts 41 s: steering must stop where the line is met."""
    clock, chance = fresh(), np.random.default_rng(3)
    errors = []
    for k in range(3000):
        arrive(clock, 0.16 * k, delay_ms=8 + chance.exponential(15))
        if k % 256 == 0:
            clock.revise()
        errors.append(error_ms(clock, 0.16 * k))
    assert max(errors[1000:]) - min(errors[1000:]) < 10


def test_nothing_that_arrived_is_nothing_to_revise_by() -> None:
    clock = fresh()
    clock.revise()
    assert clock.state.ticks0 is None


def test_a_clock_that_answers_round_trips_is_not_judged_by_arrivals() -> None:
    clock = fresh()
    clock.round_trip(trip(1))
    for k in range(100):
        arrive(clock, 1 + 0.1 * k, delay_ms=300)
        clock.revise()
    assert abs(error_ms(clock, 12)) < 0.1


def test_a_first_round_trip_takes_over_from_arrivals() -> None:
    clock = fresh()
    arrive(clock, 1, delay_ms=30)
    clock.revise()
    assert error_ms(clock, 1) == pytest.approx(30, abs=0.1)
    clock.round_trip(trip(1))
    assert error_ms(clock, 1) == pytest.approx(30, abs=0.1)
    assert abs(error_ms(clock, 17)) < 0.1

"""Device ticks to host time, as lived: crystals drift, radios delay, and time never stands still or goes back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples.counters import Trip
from hipmonitor.core.samples.timebase import Timebase, TimebaseParams, TimebaseState, for_stream
from tests.core.builders import T0, at
from tests.core.clocks import stated

TICK_HZ = 32768.0


def fresh(before: Timebase | None = None) -> Timebase:
    """A clock of which nothing is known, or the rate of its crystal."""
    return Timebase(TimebaseParams(), TimebaseState.fresh(TICK_HZ, before.state if before else None))


def ticks_at(seconds: float, *, ppm: float = 0.0) -> int:
    """What a counter that began with the test's world reads, its crystal fast by so many parts in a million."""
    return round(seconds * TICK_HZ * (1 + ppm * 1e-6))


def ask(clock: Timebase, seconds: float, *, ppm: float = 0.0, wait_ms: float = 0.0, back_ms: float = 30.0) -> None:
    """A question that reaches the sensor at `seconds` after waiting so long."""
    ticks, asked, heard = ticks_at(seconds, ppm=ppm), at(seconds - wait_ms / 1000), at(seconds + back_ms / 1000)
    clock.round_trips([Trip(ticks, asked, ticks, heard)])


def error_ms(clock: Timebase, seconds: float, *, ppm: float = 0.0) -> float:
    """How wrong the clock is for a sample taken then."""
    told = clock.host_ns(np.array([float(ticks_at(seconds, ppm=ppm))]))
    return float(told[0] - at(seconds)) / 1e6


def arrive(clock: Timebase, seconds: float, *, delay_ms: float, ppm: float = 0.0) -> None:
    """A packet whose last sample was taken at `seconds`; the line is revised."""
    clock.arrived(np.array([ticks_at(seconds, ppm=ppm)]), np.array([at(seconds + delay_ms / 1000)]))
    clock.revise()


# -- round trips -------------------------------------------------------------------------------------------------------


def test_the_question_that_waited_least_tells_the_time() -> None:
    """A sensor's answer always waits for the next connection event: how long says nothing."""
    clock = fresh()
    for k, wait_ms in enumerate((25.0, 1.0, 14.0)):
        ask(clock, 1 + k, wait_ms=wait_ms)
    assert error_ms(clock, 60) == pytest.approx(-1, abs=0.1)


@pytest.mark.parametrize("ppm", [-200.0, 200.0])
def test_a_crystal_that_drifts_by_200_ppm_is_found(ppm: float) -> None:
    """Ten minutes without a further round trip would be 120 ms off at the nominal rate."""
    clock = fresh()
    for seconds in range(0, 121, 5):
        ask(clock, seconds, ppm=ppm)
    assert abs(error_ms(clock, 720, ppm=ppm)) < 1


def test_within_half_a_minute_the_nominal_rate_is_better_than_a_fitted_one() -> None:
    """5 ms of radio over 20 s would be read as 250 ppm."""
    clock = fresh()
    ask(clock, 0)
    ask(clock, 20, wait_ms=5)
    assert clock.state.ns_per_tick == NS_PER_S / TICK_HZ


def test_a_rate_no_crystal_has_is_not_believed() -> None:
    clock = fresh()
    for seconds in (0, 50, 100):
        ask(clock, seconds, ppm=900)
    assert clock.state.ns_per_tick == pytest.approx(NS_PER_S / TICK_HZ * (1 - 500e-6), rel=1e-9)


def test_what_is_remembered_of_round_trips_is_bounded() -> None:
    clock = fresh()
    for seconds in range(3600):
        ask(clock, seconds)
    assert len(clock.state.trips.points) < 400


def test_the_rate_of_a_crystal_outlives_a_reboot() -> None:
    before = fresh()
    for seconds in range(0, 601, 5):
        ask(before, seconds, ppm=-150)
    after = fresh(before)
    ask(after, 0, ppm=-150)
    assert abs(error_ms(after, 300, ppm=-150)) < 0.2


def test_a_rate_known_well_is_not_given_up_for_one_from_a_short_span() -> None:
    before = fresh()
    for seconds in range(0, 601, 5):
        ask(before, seconds)
    after = fresh(before)
    ask(after, 0)
    ask(after, 100, wait_ms=20)
    assert after.state.ns_per_tick == pytest.approx(NS_PER_S / TICK_HZ, rel=1e-9)


def heard_for_two_minutes() -> Timebase:
    """A clock that is asked once a second; a question in four hardly waits, every answer takes 30 ms."""
    clock = fresh()
    for second in range(120):
        ask(clock, second, wait_ms=5.0 * (second % 4))
    return clock


def test_what_answers_take_outlives_a_reboot_and_tells_the_time_while_all_questions_wait() -> None:
    after = fresh(heard_for_two_minutes())
    for second in range(4):
        ask(after, second, wait_ms=12)
    assert abs(error_ms(after, 10)) < 0.1
    unknown = fresh()
    for second in range(4):
        ask(unknown, second, wait_ms=12)
    assert error_ms(unknown, 10) == pytest.approx(-12, abs=0.1)


def test_what_answers_took_before_is_given_up_where_many_questions_contradict() -> None:
    """Another connection interval: every answer takes 50 ms now. The questions alone tell the time."""
    after = fresh(heard_for_two_minutes())
    for second in range(30):
        ask(after, second, wait_ms=0, back_ms=50)
    assert abs(error_ms(after, 100)) < 0.1


def test_a_boot_too_short_to_learn_from_hands_on_what_was_known() -> None:
    short = fresh(heard_for_two_minutes())
    for second in range(20):
        ask(short, second, wait_ms=14)
    after = fresh(short)
    ask(after, 0, wait_ms=12)
    assert abs(error_ms(after, 10)) < 0.1


# -- the line in force -------------------------------------------------------------------------------------------------


def bent(error_s: float, *, known_s: int = 61) -> np.ndarray:
    """Times of samples every 10 ms from 1 s on; after so long a question differs by `error_s` from those before."""
    clock = fresh()
    for seconds in range(1, known_s + 1):
        ask(clock, seconds)
    before = clock.host_ns(np.arange(ticks_at(1), ticks_at(known_s + 1), 327.68))
    ticks = ticks_at(known_s + 1)
    clock.round_trips([Trip(ticks, at(known_s + 1 + error_s), ticks, at(known_s + 1.1 + error_s))])
    return np.concatenate([before, clock.host_ns(np.arange(ticks, ticks_at(known_s + 260), 327.68))])


@pytest.mark.parametrize(("known_s", "most"), [(61, 0.0027), (11, 0.021)])
@pytest.mark.parametrize("error_s", [0.008, 0.3])
def test_the_line_bends_without_a_step_and_times_strictly_grow(error_s: float, known_s: int, most: float) -> None:
    """Every interval stays within 0.2 % of the rate in force, so that rates of turning stay true; in the first seconds within 2 %."""
    np.testing.assert_allclose(np.diff(bent(error_s, known_s=known_s)) / 1e6, 10, rtol=most)


def test_the_line_meets_the_newest_fit_and_then_follows_it() -> None:
    told = (bent(0.008) - T0) / 1e6
    late = told - (1000 + 10 * np.arange(len(told)))
    assert late[6000] == pytest.approx(0, abs=0.1)
    assert late[6600:7000] == pytest.approx(8, abs=1.5)


def test_a_line_that_is_wrong_by_more_than_half_a_second_jumps() -> None:
    told = (bent(0.6) - T0) / NS_PER_S
    assert told[6110] == pytest.approx(1 + 61.1 + 0.6, abs=0.03)


def test_a_time_before_anything_was_learned_is_a_bug_not_a_value() -> None:
    with pytest.raises(AssertionError, match="before anything was learned"):
        fresh().host_ns(np.array([1.0]))


# -- one way -----------------------------------------------------------------------------------------------------------


def test_without_round_trips_the_earliest_arrivals_stand_in() -> None:
    clock = fresh()
    for k, delay_ms in enumerate((40, 9, 35, 22)):
        arrive(clock, 0.1 * k, delay_ms=delay_ms)
    assert error_ms(clock, 60) == pytest.approx(9, abs=0.2)


@pytest.mark.parametrize("ppm", [-20.0, 20.0, 200.0])
def test_packets_that_beat_with_connection_events_do_not_pull_the_line_along(ppm: float) -> None:
    """Packets of 80 ms against events of 30 ms: the shortest delay of a minute saws through 10 ms, for 500 s at 20 ppm."""
    clock, errors = fresh(), []
    for k in range(0, 45_000, 4):
        taken = 0.08 * k / (1 + ppm * 1e-6) + 0.005
        arrived = np.ceil(taken / 0.03) * 0.03 + 0.001
        clock.arrived(np.array([ticks_at(taken, ppm=ppm)]), np.array([at(arrived)]))
        if k % 128 == 0:
            clock.revise()
        if taken > 1200:
            errors.append(error_ms(clock, taken, ppm=ppm))
    assert np.percentile(errors, 99) - np.percentile(errors, 1) < 3


def test_nothing_that_arrived_is_nothing_to_revise_by() -> None:
    clock = fresh()
    clock.revise()
    assert clock.state.ticks0 is None


def test_a_clock_that_answers_round_trips_is_not_judged_by_arrivals() -> None:
    clock = fresh()
    ask(clock, 1)
    for k in range(100):
        arrive(clock, 1 + 0.1 * k, delay_ms=300)
    assert abs(error_ms(clock, 12)) < 0.1


def test_arrivals_take_over_where_round_trips_are_answered_no_longer() -> None:
    """A wrong rate of 200 ppm would be 0.7 s after an hour."""
    clock = fresh()
    ask(clock, 1, ppm=200)
    for k in range(1, 3600, 10):
        arrive(clock, k, delay_ms=8, ppm=200)
    assert error_ms(clock, 3600, ppm=200) == pytest.approx(8, abs=1)


def test_a_first_round_trip_takes_over_from_arrivals_without_a_step() -> None:
    clock = fresh()
    arrive(clock, 1, delay_ms=30)
    assert error_ms(clock, 1) == pytest.approx(30, abs=0.1)
    ask(clock, 1)
    assert error_ms(clock, 1) == pytest.approx(30, abs=0.1)
    assert abs(error_ms(clock, 40)) < 0.1


# -- sensors without timestamps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate_hz", [97.0, 103.0])
def test_where_samples_are_counted_a_rate_3_percent_off_is_learned_within_seconds(rate_hz: float) -> None:
    chance = np.random.default_rng(4)
    info = replace(stated(), tick_hz=0.0)
    clock = Timebase(for_stream(TimebaseParams(), info), TimebaseState.fresh(info.rate_hz))
    errors = []
    for index in range(0, 6000, 4):
        arrival = at(index / rate_hz + 0.008 + float(chance.exponential(0.012)))
        clock.arrived(np.array([index]), np.array([arrival]))
        clock.revise()
        told = clock.host_ns(np.array([float(index)]))
        errors.append(float(told[0] - at(index / rate_hz)) / 1e6)
    assert np.abs(errors[500:]).max() < 15
    assert clock.state.ns_per_tick * rate_hz / NS_PER_S == pytest.approx(1, abs=5e-4)

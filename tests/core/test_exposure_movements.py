"""Seat contacts, steps, crank rate and flexion cycles, told as traces of a thigh whose movements are written down here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from hipmonitor.core.exposure import ExposureBlock, ExposureCounter, TransitionKind
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.settings import DeepFlexionLimit, Settings
from hipmonitor.core.thigh import ThighBlock
from tests.core.builders import G, activity, at, imu, times

SIT, STAND, WALK, RUN, CYCLE, LIE = (
    ActivityKind.SIT,
    ActivityKind.STAND,
    ActivityKind.WALK,
    ActivityKind.RUN,
    ActivityKind.CYCLE,
    ActivityKind.LIE,
)
SETTINGS = Settings(deep_flexion=DeepFlexionLimit(thigh_limit_deg=90, release_deg=5))
Trace = Callable[[np.ndarray], np.ndarray]


def flexed(flexion: Trace, seconds: float, *, rate_hz: float = 50.0, sd_deg: float = 0.0) -> ThighBlock:
    """Trusted angles of a thigh that moves as a function of time says."""
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    degrees = np.asarray(flexion(t), np.float64)
    return ThighBlock(
        t_ns=times(len(t), rate_hz),
        thigh_flexion_deg=degrees,
        thigh_inclination_deg=np.abs(degrees),
        thigh_roll_deg=np.full(len(t), np.nan),
        trusted=np.isfinite(degrees),
        sd_deg=np.full(len(t), sd_deg),
    )


def sensor(rows: ThighBlock, *, gyroscope: bool = True, acc: np.ndarray | None = None) -> ImuBlock:
    """What a sensor on that thigh feels: its turning about its z axis, and gravity."""
    radians, rate_hz = np.deg2rad(rows.thigh_flexion_deg), 1e9 / max(np.median(np.diff(rows.t_ns)), 1)
    zero = np.zeros(len(rows))
    gyr = np.stack([zero, zero, np.gradient(radians) * rate_hz], axis=1)
    gravity = G * np.stack([np.sin(radians), np.cos(radians), zero], axis=1)
    block = imu(gravity if acc is None else acc, gyr if gyroscope else None)
    return replace(block, t_ns=rows.t_ns)


def counted(
    rows: ThighBlock, kinds: ActivityBlock, block: ImuBlock | None = None
) -> tuple[ExposureCounter, ExposureBlock]:
    counter = ExposureCounter(SETTINGS)
    return counter, counter.step(sensor(rows) if block is None else block, rows, kinds, flush=True)


def smooth(t: np.ndarray, begin_s: float, lasting_s: float) -> np.ndarray:
    """0 before, 1 after, a half cosine between."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip((t - begin_s) / lasting_s, 0, 1))


# -- seat contacts -----------------------------------------------------------------------------------------------------


def rise(begin_s: float, lasting_s: float = 1.5) -> Trace:
    return lambda t: 80 * (1 - smooth(t, begin_s, lasting_s))


def sit_down(begin_s: float, lasting_s: float = 1.5) -> Trace:
    return lambda t: 80 * smooth(t, begin_s, lasting_s)


TENTH = 1.5 * np.arccos(0.8) / np.pi
"""When a half cosine of 1.5 s has gone a tenth of its way."""


@pytest.mark.parametrize("said_late_s", [-2, 0, 3])
def test_a_seat_is_left_when_the_thigh_leaves_its_seated_angle(said_late_s: int) -> None:
    """However late the activity is: it says to within 3 s that there was a change."""
    kinds = activity([SIT] * (20 + said_late_s) + [STAND] * (20 - said_late_s))
    (told,) = counted(flexed(rise(19.3), 40), kinds)[1].transitions
    assert (told.kind, told.located) == (TransitionKind.SIT_TO_STAND, True)
    assert (told.at - at(19.3 + TENTH)) / 1e9 == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("gyroscope", [True, False])
def test_a_seat_is_met_when_the_thigh_reaches_its_seated_angle(gyroscope: bool) -> None:
    rows = flexed(sit_down(19.3), 40)
    block = sensor(rows, gyroscope=gyroscope)
    (told,) = counted(rows, activity([STAND] * 20 + [SIT] * 20), block)[1].transitions
    assert (told.kind, told.located) == (TransitionKind.STAND_TO_SIT, True)
    assert (told.at - at(19.3 + 1.5 - TENTH)) / 1e9 == pytest.approx(0, abs=0.1)


def test_an_accelerometer_s_late_angle_does_not_make_the_contact_late() -> None:
    """Its angle is filtered; the direction of what it feels is not."""
    late = flexed(rise(19.8), 40)
    block = sensor(flexed(rise(19.3), 40), gyroscope=False)
    (told,) = counted(late, activity([SIT] * 20 + [STAND] * 20), block)[1].transitions
    assert (told.at - at(19.3 + TENTH)) / 1e9 == pytest.approx(0, abs=0.1)


def test_a_turn_that_the_accelerometer_did_not_feel_is_not_located() -> None:
    block = sensor(flexed(lambda t: 80 + 0 * t, 40), gyroscope=False)
    (told,) = counted(flexed(rise(19.3), 40), activity([SIT] * 20 + [STAND] * 20), block)[1].transitions
    assert (told.at, told.located) == (at(20), False)


def test_a_change_with_too_little_to_see_around_it_is_not_located() -> None:
    rows = flexed(lambda t: np.where(np.abs(t - 20) > 1.4, np.nan, 80.0), 40)
    (told,) = counted(rows, activity([SIT] * 20 + [STAND] * 20))[1].transitions
    assert (told.at, told.located) == (at(20), False)


def test_rising_into_a_walk_is_found_between_the_swings() -> None:
    def trace(t: np.ndarray) -> np.ndarray:
        return rise(19.3)(t) + np.where(t > 20.8, 20 * np.sin(2 * np.pi * 0.9 * (t - 20.8)), 0.0)

    (told,) = counted(flexed(trace, 40), activity([SIT] * 20 + [WALK] * 20))[1].transitions
    assert (told.at - at(19.3 + TENTH)) / 1e9 == pytest.approx(0, abs=0.1)


def test_a_change_that_the_thigh_does_not_show_has_the_time_of_its_second() -> None:
    (told,) = counted(flexed(lambda t: 80 + 0 * t, 40), activity([SIT] * 20 + [STAND] * 20))[1].transitions
    assert (told.at, told.located) == (at(20), False)


def test_a_change_without_an_angle_has_the_time_of_its_second() -> None:
    rows = flexed(lambda t: np.where(np.abs(t - 20) < 3, np.nan, 80.0), 40)
    (told,) = counted(rows, activity([SIT] * 20 + [STAND] * 20))[1].transitions
    assert (told.at, told.located) == (at(20), False)


def test_a_turn_in_sight_of_a_gap_is_located_in_what_there_is() -> None:
    rows = flexed(lambda t: np.where(t < 16, np.nan, rise(19.3)(t)), 40)
    (told,) = counted(rows, activity([SIT] * 20 + [STAND] * 20))[1].transitions
    assert told.located
    assert (told.at - at(19.3 + TENTH)) / 1e9 == pytest.approx(0, abs=0.05)


# -- steps and crank ---------------------------------------------------------------------------------------------------


def swinging(stride_s: float, swing_deg: float = 20.0) -> Trace:
    return lambda t: swing_deg * np.sin(2 * np.pi * t / stride_s)


@pytest.mark.parametrize("stride_s", [0.85, 1.0, 1.23, 1.9])
@pytest.mark.parametrize("gyroscope", [True, False])
def test_two_steps_a_swing_of_the_thigh(stride_s: float, gyroscope: bool) -> None:
    rows = flexed(swinging(stride_s), 60)
    counter, block = counted(rows, activity([WALK] * 60), sensor(rows, gyroscope=gyroscope))
    assert counter.snapshot(at(60)).steps == pytest.approx(120 / stride_s, rel=0.02)
    assert np.median([second.cadence_spm for second in block.rhythm]) == pytest.approx(120 / stride_s, rel=0.01)


@pytest.mark.parametrize("rate_hz", [12.5, 25.0, 200.0])
def test_steps_are_counted_at_any_rate(rate_hz: float) -> None:
    rows = flexed(swinging(1.1), 60, rate_hz=rate_hz)
    counter, _ = counted(rows, activity([WALK] * 60), sensor(rows, gyroscope=False))
    assert counter.snapshot(at(60)).steps == pytest.approx(120 / 1.1, rel=0.03)


def test_an_accelerometer_that_feels_only_steps_counts_each_once() -> None:
    """Near the middle of the body both halves of a stride are alike: what is too short for a stride is a step."""
    rows = flexed(lambda t: 0 * t, 60)
    t = np.arange(3000) / 50
    acc = G * np.stack([0 * t, 1 + 0.3 * np.sin(2 * np.pi * 1.8 * t), 0 * t], axis=1)
    counter, _ = counted(rows, activity([WALK] * 60), sensor(rows, gyroscope=False, acc=acc))
    assert counter.snapshot(at(60)).steps == pytest.approx(108, rel=0.02)


def test_a_runner_s_short_stride_is_a_stride() -> None:
    counter, _ = counted(flexed(swinging(0.7), 60), activity([RUN] * 60))
    assert counter.snapshot(at(60)).steps == pytest.approx(120 / 0.7, rel=0.02)


@pytest.mark.parametrize("kind", [SIT, STAND, LIE])
def test_there_are_no_steps_where_nobody_walks(kind: ActivityKind) -> None:
    counter, block = counted(flexed(swinging(1.0), 60), activity([kind] * 60))
    assert (counter.snapshot(at(60)).steps, block.rhythm) == (0, ())


def test_standing_that_was_taken_for_walking_has_no_steps() -> None:
    """The activity's edges are two seconds wide: they would bring eight steps."""
    rows = flexed(lambda t: np.where((t >= 10) & (t < 50), swinging(1.0)(t), 0.0), 60)
    counter, _ = counted(rows, activity([STAND] * 8 + [WALK] * 44 + [STAND] * 8))
    assert counter.snapshot(at(60)).steps == pytest.approx(80, abs=3)


def test_a_second_without_a_rhythm_borrows_that_of_the_same_walk() -> None:
    """Two seconds in it are as lively and have no rhythm."""
    rows = flexed(swinging(1.0), 60)
    block = sensor(rows)
    assert block.gyr_radps is not None
    gyr = block.gyr_radps.copy()
    gyr[1450:1550] = np.random.default_rng(3).normal(0, gyr[:, 2].std(), (100, 3))
    told = counted(rows, activity([WALK] * 60), replace(block, gyr_radps=gyr))[1].rhythm
    assert [second.start for second in told] == [at(k) for k in range(60)]
    assert [second.cadence_spm for second in told] == pytest.approx([120] * 60, rel=0.1)


def test_four_seconds_are_too_short_to_see_a_rhythm() -> None:
    assert counted(flexed(swinging(1.0), 4), activity([WALK] * 4))[1].rhythm == ()


def test_a_walk_in_which_nothing_moves_has_no_steps() -> None:
    assert counted(flexed(lambda t: 0 * t, 10), activity([WALK] * 10))[1].rhythm == ()


@pytest.mark.parametrize("gyroscope", [True, False])
@pytest.mark.parametrize("rpm", [40, 60, 85, 110])
def test_a_swing_on_a_bicycle_is_a_turn_of_the_crank(rpm: float, gyroscope: bool) -> None:
    rows = flexed(lambda t: 45 + 20 * np.sin(2 * np.pi * rpm / 60 * t), 60)
    counter, block = counted(rows, activity([CYCLE] * 60), sensor(rows, gyroscope=gyroscope))
    assert np.median([second.crank_rpm for second in block.rhythm]) == pytest.approx(rpm, rel=0.01)
    now = counter.snapshot(at(60))
    assert (now.steps, now.crank_turns) == (0, pytest.approx(rpm, rel=0.03))


def test_a_walk_that_follows_a_ride_does_not_borrow_its_rhythm() -> None:
    rows = flexed(lambda t: np.where(t < 30, swinging(0.6)(t), 0.0), 40)
    _, block = counted(rows, activity([CYCLE] * 34 + [WALK] * 6))
    assert all(second.kind is CYCLE for second in block.rhythm)


def test_a_second_waits_for_the_two_after_it() -> None:
    """Though its activity is known at once."""
    counter = ExposureCounter(SETTINGS)
    rows = flexed(swinging(1.0), 8.5)
    block = counter.step(sensor(rows), rows, activity([WALK] * 8))
    assert [second.start for second in block.rhythm] == [at(k) for k in range(6)]


# -- flexion cycles ----------------------------------------------------------------------------------------------------


def test_up_and_down_again_is_a_cycle_of_the_activity_in_which_it_was_highest() -> None:
    rows = flexed(lambda t: 35 * (1 - np.cos(2 * np.pi * t / 4)), 20)
    counter, block = counted(rows, activity([STAND] * 20))
    assert counter.snapshot(at(20)).flexion_cycles == {STAND: 5}
    first = block.cycles[0]
    assert (first.at - at(2)) / 1e9 == pytest.approx(0, abs=0.1)
    assert (first.lowest_deg, first.highest_deg) == (pytest.approx(0, abs=1), pytest.approx(70, abs=1))


@pytest.mark.parametrize(("swing_deg", "cycles"), [(9.0, 0), (11.0, 10)])
def test_less_than_twenty_degrees_is_no_cycle(swing_deg: float, cycles: int) -> None:
    _, block = counted(flexed(swinging(2.0, swing_deg), 21), activity([STAND] * 21))
    assert len(block.cycles) == pytest.approx(cycles, abs=1 if cycles else 0)


def test_sitting_down_is_no_cycle_before_rising_again() -> None:
    def trace(t: np.ndarray) -> np.ndarray:
        return sit_down(10)(t) * (1 - smooth(t, 30, 1.5))

    assert counted(flexed(trace, 28), activity([SIT] * 28))[1].cycles == ()
    assert len(counted(flexed(trace, 40), activity([SIT] * 40))[1].cycles) == 1


@pytest.mark.parametrize("kind", [ActivityKind.NOT_WORN, ActivityKind.UNKNOWN])
def test_what_an_unworn_sensor_does_is_no_cycle(kind: ActivityKind) -> None:
    assert counted(flexed(swinging(2.0, 40), 20), activity([kind] * 20))[1].cycles == ()


def test_a_rise_before_a_long_loss_and_a_fall_after_it_are_no_cycle() -> None:
    rows = flexed(lambda t: np.where((t > 8) & (t < 16), np.nan, 80 * smooth(t, 4, 1) * (1 - smooth(t, 20, 1))), 30)
    assert counted(rows, activity([STAND] * 30))[1].cycles == ()
    short = flexed(lambda t: np.where((t > 8) & (t < 11), np.nan, 80 * smooth(t, 4, 1) * (1 - smooth(t, 20, 1))), 30)
    assert len(counted(short, activity([STAND] * 30))[1].cycles) == 1


def squats(deepest_deg: float) -> ThighBlock:
    return flexed(lambda t: deepest_deg / 2 * (1 - np.cos(2 * np.pi * t / 4)), 20)


@pytest.mark.parametrize(("deepest_deg", "deep"), [(88.0, {}), (95.0, {STAND: 5})])
def test_beyond_the_limit_and_back_is_a_deep_cycle(deepest_deg: float, deep: dict[ActivityKind, int]) -> None:
    counter, _ = counted(squats(deepest_deg), activity([STAND] * 20))
    assert counter.snapshot(at(20)).deep_cycles == deep


def test_a_deep_cycle_needs_the_limit_and_the_placement_s_sd() -> None:
    rows = squats(95)
    counter, _ = counted(replace(rows, sd_deg=np.full(len(rows), 6.0)), activity([STAND] * 20))
    assert counter.snapshot(at(20)).deep_cycles == {}


def test_trembling_about_the_limit_is_one_deep_cycle() -> None:
    rows = flexed(lambda t: 90 * sit_down(2)(t) / 80 * (1 - smooth(t, 15, 1)) + 2 * np.sin(2 * np.pi * t), 20)
    counter, block = counted(rows, activity([SIT] * 20))
    assert counter.snapshot(at(20)).deep_cycles == {SIT: 1}
    (only,) = block.deep_cycles
    assert 11 < (only.end - only.start) / 1e9 < 14


def test_lying_has_no_deep_cycles() -> None:
    counter, _ = counted(squats(100), activity([LIE] * 20))
    assert counter.snapshot(at(20)).deep_cycles == {}


def test_the_least_bout_is_told_beside_the_counts() -> None:
    assert counted(squats(100), activity([STAND] * 20))[0].snapshot(at(20)).minimum_bout_s == 5


def test_a_cycle_is_told_when_the_thigh_was_highest_also_where_the_second_begins_unseen() -> None:
    rows = flexed(lambda t: 40 * (1 - np.abs(t - 2.6) / 1.5).clip(0), 6)
    unseen = replace(rows, trusted=(rows.t_ns < rows.t_ns[100]) | (rows.t_ns >= rows.t_ns[120]))
    _, whole = counted(rows, activity([STAND] * 6))
    _, block = counted(unseen, activity([STAND] * 6))
    assert [cycle.at for cycle in block.cycles] == [cycle.at for cycle in whole.cycles]
    assert len(whole.cycles) == 1

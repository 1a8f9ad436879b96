"""Sitting, breaks and deep flexion, told as scripts of seconds: what adds, what holds, what is a break."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure import (
    BoutEnd,
    Exposure,
    ExposureCounter,
    SittingBout,
    TimedSecond,
    Transition,
)
from hipmonitor.core.settings import DeepFlexionLimit, Settings, SittingLimit
from hipmonitor.core.thigh import ThighBlock
from tests.core.builders import activity, at, felt, thigh

SIT, STAND, WALK, RUN, STAIRS = (
    ActivityKind.SIT,
    ActivityKind.STAND,
    ActivityKind.WALK,
    ActivityKind.RUN,
    ActivityKind.STAIRS,
)
LIE, SEDENTARY, UNKNOWN, NOT_WORN, CYCLE = (
    ActivityKind.LIE,
    ActivityKind.SEDENTARY,
    ActivityKind.UNKNOWN,
    ActivityKind.NOT_WORN,
    ActivityKind.CYCLE,
)
USUAL_DEG = {SIT: 80.0, SEDENTARY: 80.0, CYCLE: 50.0, LIE: 5.0, NOT_WORN: 5.0}
"""Flexion where a script does not say; everything else is upright at 0."""
NAN = float("nan")
Act = tuple[ActivityKind, int] | tuple[ActivityKind, int, float]
SETTINGS = Settings(
    sitting=SittingLimit(sit_limit_min=30, break_s=60),
    deep_flexion=DeepFlexionLimit(thigh_limit_deg=90, release_deg=5, break_below_deg=15, break_s=60),
)


class Day:
    """A counter that was told some acts: (kind, seconds) or (kind, seconds, flexion); NaN is an untrusted angle."""

    def __init__(self, *acts: Act, sd_deg: float = 0.0, settings: Settings = SETTINGS) -> None:
        self.counter = ExposureCounter(settings)
        self.seconds: list[TimedSecond] = []
        self.bouts: list[SittingBout] = []
        self.transitions: list[Transition] = []
        self.then(*acts, sd_deg=sd_deg)

    def then(self, *acts: Act, sd_deg: float = 0.0) -> Day:
        told = [act if len(act) == 3 else (*act, USUAL_DEG.get(act[0], 0.0)) for act in acts]
        kinds = [kind for kind, n, _ in told for _ in range(n)]
        flexion = [degrees for _, n, degrees in told for _ in range(n)]
        start_s = len(self.seconds)
        rows = thigh(flexion, sd_deg=sd_deg, trusted=[not isnan(f) for f in flexion], start_s=start_s)
        out = self.counter.step(felt(rows), rows, activity(kinds, start_s=start_s), flush=True)
        self.seconds += out.seconds
        self.bouts += out.bouts
        self.transitions += out.transitions
        return self

    def lose(self, seconds: int) -> Day:
        """A long loss of samples, as one row; the acts after it go on where it began."""
        start_s = len(self.seconds)
        loss = replace(activity([UNKNOWN], start_s=start_s), lasting_s=np.array([seconds]))
        out = self.counter.step(felt(thigh([])), thigh([]), loss)
        self.lost = out.seconds[0]
        self.bouts += out.bouts
        self.transitions += out.transitions
        return self

    @property
    def now(self) -> Exposure:
        return self.counter.snapshot(at(len(self.seconds)))


# -- sitting and its breaks --------------------------------------------------------------------------------------------


def test_sitting_adds_up_from_its_first_second() -> None:
    day = Day((STAND, 10), (SIT, 90))
    assert (day.now.sitting_s, day.now.sitting_since) == (90, at(10))


@pytest.mark.parametrize("kind", [STAND, WALK, RUN, STAIRS])
def test_sixty_seconds_upright_in_one_piece_end_a_bout(kind: ActivityKind) -> None:
    day = Day((SIT, 100), (kind, 60))
    assert day.bouts == [SittingBout(start=at(0), end=at(100), sitting_s=100, deep_s=0, ended_by=BoutEnd.BREAK)]
    assert (day.now.sitting_s, day.now.sitting_since, day.now.bouts, day.now.breaks) == (0, None, 1, 1)


def test_pieces_of_sitting_that_are_too_short_for_a_side_make_no_bout() -> None:
    """A set of squats, each called sitting for some seconds."""
    day = Day((STAND, 90), *[(SIT, 4), (STAND, 3)] * 8, (STAND, 90), (SIT, 100), (STAND, 60))
    assert [(bout.start, bout.sitting_s) for bout in day.bouts] == [(at(236), 100)]
    assert (day.now.bouts, day.now.breaks) == (1, 1)


def test_a_piece_that_lasts_makes_one_with_all_that_is_near_it() -> None:
    day = Day((STAND, 90), (SIT, 4), (STAND, 3), (SIT, 5), (STAND, 3), (SIT, 4), (STAND, 60))
    assert [(bout.start, bout.sitting_s) for bout in day.bouts] == [(at(90), 13)]


def test_upright_is_one_piece_whether_standing_walking_or_on_stairs() -> None:
    assert len(Day((SIT, 100), (STAND, 20), (STAIRS, 20), (WALK, 20)).bouts) == 1


def test_fifty_nine_seconds_upright_do_not_end_a_bout() -> None:
    day = Day((SIT, 100), (STAND, 59), (SIT, 50))
    assert day.bouts == []
    assert (day.now.sitting_s, day.now.sitting_since) == (150, at(0))


def test_upright_pieces_do_not_add_up_to_a_break() -> None:
    assert Day((SIT, 100), (STAND, 40), (SIT, 5), (STAND, 40)).bouts == []


def test_the_break_s_length_is_the_one_that_was_set() -> None:
    assert len(Day((SIT, 100), (STAND, 5), settings=Settings(sitting=SittingLimit(break_s=5))).bouts) == 1


def test_a_bout_ends_with_its_last_sitting_second_and_counts_short_standing_as_no_sitting() -> None:
    day = Day((SIT, 100), (STAND, 30), (SIT, 20), (STAND, 60))
    assert day.bouts == [SittingBout(start=at(0), end=at(150), sitting_s=120, deep_s=0, ended_by=BoutEnd.BREAK)]


def test_a_bout_knows_how_much_of_it_was_deep() -> None:
    assert Day((SIT, 30), (SIT, 12, 95.0), (STAND, 60)).bouts[0].deep_s == 12


def test_being_upright_before_anybody_sat_is_no_break() -> None:
    day = Day((STAND, 500))
    assert (day.now.breaks, day.bouts) == (0, [])


def test_standing_on_after_a_break_is_not_another_break() -> None:
    assert Day((SIT, 10), (STAND, 500)).now.breaks == 1


@pytest.mark.parametrize("kind", [LIE, SEDENTARY, UNKNOWN, NOT_WORN, CYCLE])
def test_what_is_neither_sitting_nor_upright_holds_the_sitting_time(kind: ActivityKind) -> None:
    """It adds nothing and resets nothing."""
    day = Day((SIT, 100), (kind, 1799))
    assert (day.now.sitting_s, day.now.sitting_since, day.bouts) == (100, at(0), [])


@pytest.mark.parametrize("kind", [LIE, SEDENTARY, UNKNOWN, NOT_WORN, CYCLE])
def test_what_is_not_upright_is_no_part_of_a_break(kind: ActivityKind) -> None:
    """Missing time is never standing."""
    day = Day((SIT, 100), (STAND, 40), (kind, 40), (STAND, 40))
    assert day.bouts == []
    assert day.now.upright_s == 40


@pytest.mark.parametrize(("unknown_s", "bouts"), [(1, 1), (4, 1), (5, 0)])
def test_a_break_goes_on_after_unknown_time_too_short_to_hide_sitting(unknown_s: int, bouts: int) -> None:
    day = Day((SIT, 100), (STAND, 40), (UNKNOWN, unknown_s, NAN), (STAND, 20))
    assert len(day.bouts) == bouts
    assert len(Day((SIT, 100), (STAND, 40), (UNKNOWN, unknown_s, NAN), (STAND, 19)).bouts) == 0


def test_unknown_seconds_of_several_pieces_do_not_add_up() -> None:
    assert len(Day((SIT, 100), *[(STAND, 20), (UNKNOWN, 3, NAN)] * 3).bouts) == 1


@pytest.mark.parametrize("kind", [LIE, SEDENTARY, NOT_WORN, CYCLE])
def test_a_break_begins_anew_after_a_second_of_anything_else(kind: ActivityKind) -> None:
    assert Day((SIT, 100), (STAND, 40), (kind, 1), (STAND, 40)).bouts == []


@pytest.mark.parametrize("kind", [LIE, SEDENTARY, CYCLE])
def test_a_wearer_who_is_seen_holds_the_sitting_time_however_long(kind: ActivityKind) -> None:
    assert Day((SIT, 100), (kind, 3600)).now.sitting_s == 100


# -- time of which nothing is known ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [NOT_WORN, UNKNOWN])
def test_half_an_hour_away_ends_a_bout_without_counting_a_break(kind: ActivityKind) -> None:
    day = Day((SIT, 1500, 100.0), (kind, 1800))
    bout = SittingBout(start=at(0), end=at(1500), sitting_s=1500, deep_s=1500, ended_by=BoutEnd.NOT_KNOWN)
    assert day.bouts == [bout]
    assert (day.now.sitting_s, day.now.sitting_since, day.now.deep_s) == (0, None, 0)
    assert (day.now.bouts, day.now.breaks, day.now.deep_total_s) == (1, 0, 1500)


def test_not_worn_and_not_seen_are_one_absence() -> None:
    assert len(Day((SIT, 100), (NOT_WORN, 900), (UNKNOWN, 900)).bouts) == 1
    assert Day((SIT, 100), (NOT_WORN, 900), (SIT, 1), (UNKNOWN, 900)).bouts == []


def test_sitting_does_not_carry_over_a_night_on_the_table() -> None:
    day = Day((SIT, 1500), (NOT_WORN, 8 * 3600), (SIT, 420))
    assert [second.sitting_s for second in day.seconds[-420:]] == list(range(1, 421))


@pytest.mark.parametrize("seconds", [61, 1799, 1800, 2_000_000_000])
@pytest.mark.parametrize("before", [(SIT, 100, 100.0), (STAND, 40), (SEDENTARY, 9), (NOT_WORN, 1000)])
def test_a_long_loss_does_what_as_many_unknown_seconds_do(before: Act, seconds: int) -> None:
    as_one = Day((SIT, 9), before).lose(seconds).then((STAND, 30), (SIT, 7))
    one_by_one = Day((SIT, 9), before, (UNKNOWN, min(seconds, 2000), float("nan")), (STAND, 30), (SIT, 7))
    one, other = as_one.seconds[-1], one_by_one.seconds[-1]
    for name in ("sitting_s", "upright_s", "deep_s", "lowered_s", "deep"):
        assert getattr(one, name) == getattr(other, name), name
    assert [bout.ended_by for bout in as_one.bouts] == [bout.ended_by for bout in one_by_one.bouts]
    assert [t.kind for t in as_one.transitions] == [t.kind for t in one_by_one.transitions]
    assert as_one.now.seconds[UNKNOWN] == seconds


def test_a_long_loss_is_told_with_its_length_and_end() -> None:
    day = Day((SIT, 10)).lose(7200)
    assert (day.lost.start, day.lost.lasting_s, day.lost.end) == (at(10), 7200, at(7210))
    assert day.counter.decided_until() == at(7210)


# -- the credit --------------------------------------------------------------------------------------------------------


def test_the_credit_towards_a_break_is_told_every_second() -> None:
    assert [second.upright_s for second in Day((SIT, 1), (STAND, 3), (SIT, 1)).seconds] == [0, 1, 2, 3, 0]


# -- deep flexion ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sd_deg", "flexion_deg", "deep"), [(0.0, 89.9, False), (0.0, 90.0, True), (2.5, 92.4, False), (2.5, 92.5, True)]
)
def test_deep_begins_at_the_limit_plus_the_placement_s_sd(sd_deg: float, flexion_deg: float, deep: bool) -> None:
    assert Day((SIT, 10, flexion_deg), sd_deg=sd_deg).seconds[-1].deep == deep


@pytest.mark.parametrize(("flexion_deg", "deep"), [(85.0, True), (84.9, False)])
def test_deep_is_over_five_degrees_below_the_limit(flexion_deg: float, deep: bool) -> None:
    assert Day((SIT, 10, 95.0), (SIT, 10, flexion_deg)).seconds[-1].deep == deep


def test_without_a_placement_nothing_is_deep() -> None:
    assert Day((SIT, 10, 120.0), sd_deg=float("inf")).now.deep_s == 0


@pytest.mark.parametrize("kind", [SIT, STAND, CYCLE])
def test_deep_flexion_counts_in_any_posture_that_bends_the_hip(kind: ActivityKind) -> None:
    assert Day((kind, 10, 100.0)).now.deep_s == 10


@pytest.mark.parametrize("kind", [LIE, SEDENTARY, UNKNOWN, NOT_WORN])
def test_no_deep_flexion_is_counted_where_the_wearer_may_lie_or_the_sensor_is_off(kind: ActivityKind) -> None:
    assert Day((kind, 10, 100.0)).now.deep_s == 0


def assumed(*acts: tuple[ActivityKind, int, float]) -> TimedSecond:
    """The last of seconds in which sitting was assumed, not shown."""
    kinds, flexion = [kind for kind, n, _ in acts for _ in range(n)], [f for _, n, f in acts for _ in range(n)]
    unsure = replace(activity(kinds), confidence=np.full(len(kinds), 0.6))
    return ExposureCounter(SETTINGS).step(felt(thigh(flexion)), thigh(flexion), unsure, flush=True).seconds[-1]


def test_sitting_that_is_assumed_counts_as_sitting_and_never_as_deep() -> None:
    last = assumed((SIT, 100, 100.0))
    assert (last.sitting_s, last.deep_s, last.deep, last.deep_unsure) == (100, 0, False, True)


def test_a_shallow_second_is_not_on_hold_for_being_unsure() -> None:
    assert not assumed((SIT, 100, 80.0)).deep_unsure


def test_an_untrusted_angle_adds_nothing_and_is_no_break() -> None:
    day = Day((SIT, 100, 100.0), (SIT, 200, float("nan")), (SIT, 10, 100.0))
    assert (day.now.deep_s, day.now.deep_total_s) == (110, 110)


def test_a_short_interruption_does_not_reset_deep_flexion() -> None:
    day = Day((SIT, 100, 100.0), (SIT, 59, 70.0), (SIT, 10, 100.0))
    assert (day.now.deep_s, day.now.longest_deep_s) == (110, 100)


def test_lowering_the_thigh_for_sixty_seconds_is_a_break_of_deep_flexion_but_not_of_sitting() -> None:
    """Sitting on with the thigh at 74 degrees, more than 15 below the limit of 90."""
    day = Day((SIT, 100, 100.0), (SIT, 60, 74.0))
    assert (day.now.deep_s, day.now.deep_total_s, day.now.sitting_s) == (0, 100, 160)
    assert day.bouts == []


@pytest.mark.parametrize(("unknown_s", "deep_s"), [(1, 0), (4, 0), (5, 100)])
def test_a_lowered_thigh_is_a_break_also_around_unknown_time_too_short_to_hide_anything(
    unknown_s: int, deep_s: int
) -> None:
    assert Day((SIT, 100, 100.0), (SIT, 40, 74.0), (UNKNOWN, unknown_s, NAN), (SIT, 20, 74.0)).now.deep_s == deep_s


def test_a_thigh_lowered_by_less_than_fifteen_degrees_is_no_break() -> None:
    assert Day((SIT, 100, 100.0), (SIT, 600, 76.0)).now.deep_s == 100


def test_standing_up_for_sixty_seconds_is_a_break_of_deep_flexion_too() -> None:
    """Also where the angle is not trusted: walking on an accelerometer alone."""
    assert Day((SIT, 100, 100.0), (WALK, 60, float("nan"))).now.deep_s == 0


def test_a_sensor_on_the_table_is_no_lowered_thigh() -> None:
    assert Day((SIT, 100, 100.0), (NOT_WORN, 600, 0.0)).now.deep_s == 100


def test_deep_flexion_tells_since_when_how_steep_on_average_and_at_most() -> None:
    last = Day((SIT, 10), (SIT, 30, 95.0), (SIT, 10, 105.0)).seconds[-1]
    assert (last.deep_s, last.deep_since, last.deep_highest_deg) == (40, at(10), 105.0)
    assert last.deep_mean_deg == pytest.approx(97.5)


def test_before_any_deep_flexion_there_is_no_mean() -> None:
    last = Day((SIT, 10)).seconds[-1]
    assert isnan(last.deep_mean_deg)
    assert isnan(last.deep_highest_deg)
    assert last.deep_since is None


def test_after_its_break_deep_flexion_begins_anew() -> None:
    last = Day((SIT, 100, 120.0), (STAND, 60), (SIT, 10, 95.0)).seconds[-1]
    assert (last.deep_s, last.deep_since, last.deep_mean_deg, last.deep_highest_deg) == (10, at(160), 95.0, 95.0)


def test_the_limit_in_force_is_the_one_set_last() -> None:
    day = Day((SIT, 10, 85.0))
    day.counter.change(at(10), Settings(deep_flexion=DeepFlexionLimit(thigh_limit_deg=80)))
    day.then((SIT, 10, 85.0))
    assert day.now.deep_s == 10


def test_settings_hold_for_the_seconds_that_begin_after_them_however_late_those_are_decided() -> None:
    """Both limits are said before a single one of the seconds is decided."""
    counter = ExposureCounter(SETTINGS)
    rows = thigh([85.0] * 30)
    counter.step(felt(rows), rows, activity([]))
    counter.change(at(10), Settings(deep_flexion=DeepFlexionLimit(thigh_limit_deg=80)))
    counter.change(at(25), Settings(deep_flexion=DeepFlexionLimit(thigh_limit_deg=100)))
    out = counter.step(felt(thigh([])), thigh([]), activity([SIT] * 30), flush=True)
    assert [second.deep for second in out.seconds] == [False] * 10 + [True] * 15 + [False] * 5


# -- standing up -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("acts", "count"),
    [
        ([(SIT, 5), (STAND, 5)], 1),
        ([(SIT, 4), (STAND, 5)], 0),
        ([(SIT, 5), (STAND, 4)], 0),
        ([(SIT, 5), (STAND, 3), (SIT, 1), (WALK, 5)], 1),
        ([(SIT, 5), (WALK, 2), (STAIRS, 3)], 1),
        ([(SIT, 5), (STAND, 100)], 1),
        ([(SIT, 9), (STAND, 9), (SIT, 9), (STAND, 9)], 2),
        ([(STAND, 9), (SIT, 9)], 0),
        ([(SIT, 9), (CYCLE, 9), (STAND, 9)], 0),
        ([(SIT, 9), (NOT_WORN, 9), (STAND, 9)], 0),
        ([(SIT, 9), (SEDENTARY, 9), (STAND, 9)], 1),
        ([(SEDENTARY, 9), (STAND, 9)], 0),
        ([(SIT, 9), (STAND, 3), (SEDENTARY, 9), (STAND, 3)], 0),
    ],
)
def test_a_sit_to_stand_has_five_seconds_on_both_sides(acts: list[Act], count: int) -> None:
    assert Day(*acts).now.sit_to_stand == count


@pytest.mark.parametrize(
    ("acts", "told"),
    [
        ([(SIT, 9), (STAND, 9), (SIT, 9)], [(9, "sit_to_stand"), (18, "stand_to_sit")]),
        ([(SIT, 9), (SEDENTARY, 6), (WALK, 9)], [(15, "sit_to_stand")]),
        ([(WALK, 9), (SEDENTARY, 6), (SIT, 9)], [(9, "stand_to_rest")]),
        ([(WALK, 9), (SEDENTARY, 4), (SIT, 9)], [(9, "stand_to_rest")]),
        ([(WALK, 9), (LIE, 9, 80.0), (WALK, 9)], [(9, "stand_to_rest"), (18, "rest_to_stand")]),
        ([(SIT, 9), (LIE, 9, 80.0), (SIT, 2), (WALK, 9)], [(20, "rest_to_stand")]),
        ([(SIT, 9), (LIE, 9, 80.0), (SIT, 6), (WALK, 9)], [(24, "sit_to_stand")]),
        ([(STAND, 9), (SIT, 4), (STAND, 9)], []),
        ([(STAND, 4), (SIT, 9)], []),
        ([(STAND, 9), (SIT, 3), (SEDENTARY, 2), (SIT, 2)], [(9, "stand_to_sit")]),
        ([(STAND, 9), (UNKNOWN, 4), (SIT, 9)], [(13, "stand_to_sit")]),
        ([(SIT, 3), (UNKNOWN, 4), (SIT, 2), (STAND, 9)], [(9, "sit_to_stand")]),
        ([(STAND, 9), (UNKNOWN, 5), (SIT, 9)], []),
        ([(STAND, 9), (NOT_WORN, 1), (SIT, 9)], []),
    ],
)
def test_transitions_are_told_with_their_time_and_kind(acts: list[Act], told: list[tuple[int, str]]) -> None:
    """Here the angle jumps where the seconds meet: the contact is there."""
    found = [((t.at - at(0)) / 1e9, t.kind.value) for t in Day(*acts).transitions]
    assert [kind for _, kind in found] == [kind for _, kind in told]
    assert [t for t, _ in found] == pytest.approx([t for t, _ in told], abs=0.1)


# -- totals and seconds ------------------------------------------------------------------------------------------------


def test_seconds_of_every_kind_are_added_up() -> None:
    assert Day((SIT, 10), (STAND, 4), (UNKNOWN, 3), (SIT, 2)).now.seconds == {SIT: 12, STAND: 4, UNKNOWN: 3}


def test_time_since_the_last_decided_second_is_undecided() -> None:
    assert Day((SIT, 10)).counter.snapshot(at(17.5)).undecided_s == 7.5


def test_a_counter_that_saw_nothing_knows_nothing() -> None:
    now = Day().now
    assert (now.undecided_s, now.latest, now.sitting_since) == (0, None, None)
    assert Day().counter.decided_until() == 0


def one_second(rows: ThighBlock) -> TimedSecond:
    (second,) = ExposureCounter(SETTINGS).step(felt(rows), rows, activity([SIT]), flush=True).seconds
    return second


def test_a_second_tells_mean_and_highest_of_its_trusted_samples() -> None:
    flexion, trusted = np.array([80.0, 90, 100, 10]), np.array([True, True, True, False])
    second = one_second(replace(thigh([0.0]), thigh_flexion_deg=flexion, trusted=trusted))
    assert (second.flexion_deg, second.highest_deg, second.trusted) == (90, 100, True)


def test_a_second_of_which_half_is_not_trusted_tells_no_angle() -> None:
    second = one_second(replace(thigh([80.0]), trusted=np.array([True, True, False, False])))
    assert not second.trusted
    assert isnan(second.flexion_deg)


def test_a_second_takes_the_worst_of_its_placements() -> None:
    assert one_second(replace(thigh([80.0]), sd_deg=np.array([2.0, 2, 5, 2]))).sd_deg == 5


def test_a_second_without_samples_has_no_angle_and_no_placement() -> None:
    (second,) = ExposureCounter(SETTINGS).step(felt(thigh([])), thigh([]), activity([UNKNOWN])).seconds
    assert isnan(second.flexion_deg)
    assert (second.trusted, second.sd_deg) == (False, float("inf"))

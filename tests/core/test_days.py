"""Figures of civil days, against days made by hand."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipmonitor.core.days import Days, figures_of_day, joined, merged
from hipmonitor.core.exposure import BoutEnd, DeepCycle, FlexionCycle, Transition, TransitionKind
from hipmonitor.core.inbound import ChangeSettings, TookOff, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.samples import Gap
from hipmonitor.core.settings import DeepFlexionLimit, Settings
from hipmonitor.io.clock import civil_tick
from tests.core.day_builders import (
    CYCLE,
    DAY,
    LIE,
    NOT_WORN,
    SEDENTARY,
    SIT,
    STAND,
    UNKNOWN,
    WALK,
    Counted,
    Diary,
    clock,
    counted,
    cut_up,
    fresh,
    zones,
)

MIN, H = 60, 3600


# -- time of every kind ------------------------------------------------------------------------------------------------


def test_every_second_is_counted_once_as_what_it_was() -> None:
    diary = Diary(clock(8)).did(SIT, 100, 80).did(SEDENTARY, 50, 80).did(LIE, 30, 90).did(STAND, 20, 0)
    tally = counted(diary.did(NOT_WORN, 40).lost(600).block()).figures().tally
    assert (tally.sit_s, tally.sedentary_s, tally.lie_s, tally.stand_s) == (100, 50, 30, 20)
    assert (tally.not_worn_s, tally.unknown_s) == (40, 600)
    assert tally.sedentary_time_s == 180
    assert tally.recorded_s == 840


def test_missing_time_is_neither_standing_nor_worn() -> None:
    figures = counted(Diary(clock(8)).did(SIT, 60, 80).lost(2 * H).block()).figures()
    assert figures.tally.worn_s == 60
    assert figures.tally.upright_s == 0
    assert figures.not_recorded_s == 24 * H - 2 * H - 60


def test_a_known_activity_without_a_trusted_angle_is_untrusted_time() -> None:
    assert counted(Diary(clock(8)).did(WALK, 30).did(SIT, 5, 80).lost(9).block()).figures().tally.untrusted_s == 30


@pytest.mark.parametrize(("worn_h", "valid"), [(9, False), (10, True)])
def test_a_day_is_valid_from_ten_worn_hours_on(worn_h: int, valid: bool) -> None:
    block = Diary(clock(6)).did(STAND, worn_h * H, 0).did(NOT_WORN, 2 * H).block()
    assert counted(block).figures().valid is valid


def test_a_day_without_a_recording_has_figures_of_nothing() -> None:
    figures = figures_of_day(DAY, [], [], valid_day_worn_h=0.0, minimum_bout_s=5)
    assert not figures.valid
    assert (figures.limits, figures.flexion_p95_deg, figures.sitting.usual_s) == (None, None, None)
    assert figures.not_recorded_s == 24 * H


# -- sitting bouts -----------------------------------------------------------------------------------------------------


def day_of_bouts(*minutes: int) -> Counted:
    diary = Diary(clock(6))
    for length in minutes:
        diary.did(SIT, length * MIN, 80).did(STAND, 90, 0)
    return counted(diary.block())


def test_bouts_are_counted_and_their_time_by_length() -> None:
    sitting = day_of_bouts(5, 20, 31, 30, 61, 130, 250).figures().sitting
    assert sitting.bouts == 7
    assert [(b.bouts, b.time_s // MIN) for b in sitting.bins] == [(1, 5), (1, 20), (2, 61), (1, 61), (1, 130), (1, 250)]
    assert (sitting.over_30, sitting.over_30_s) == (4, (31 + 61 + 130 + 250) * MIN)
    assert (sitting.over_60, sitting.over_60_s) == (3, (61 + 130 + 250) * MIN)
    assert sitting.longest_s == 250 * MIN


def test_the_usual_bout_is_the_one_that_half_of_the_sitting_time_reaches() -> None:
    assert day_of_bouts(5, 5, 5, 5, 40, 50).figures().sitting.usual_s == 40 * MIN


def test_short_upright_spells_stay_inside_a_bout_and_count_as_standing() -> None:
    diary = Diary(clock(8)).did(SIT, 20 * MIN, 80).did(STAND, 50, 0).did(SIT, 15 * MIN, 80).did(STAND, 60, 0)
    figures = counted(diary.block()).figures()
    assert (figures.sitting.bouts, figures.sitting.longest_s, figures.breaks) == (1, 35 * MIN, 1)
    assert figures.tally.stand_s == 110


def test_time_not_told_apart_neither_ends_nor_lengthens_a_bout() -> None:
    diary = Diary(clock(8)).did(SIT, 20 * MIN, 80).did(SEDENTARY, 30 * MIN, 80).did(SIT, 5 * MIN, 80).did(STAND, 60, 0)
    sitting = counted(diary.block()).figures().sitting
    assert (sitting.bouts, sitting.longest_s) == (1, 25 * MIN)


def test_a_bout_that_the_recording_ends_is_a_bout_without_a_break() -> None:
    done = counted(Diary(clock(8)).did(SIT, 40 * MIN, 80, deep=True).block())
    assert [(b.sitting_s, b.deep_s, b.ended_by) for b in done.bouts] == [(2400, 2400, BoutEnd.NOT_KNOWN)]
    assert (done.figures().sitting.over_30, done.figures().breaks) == (1, 0)


def test_what_exposure_found_too_short_is_no_bout_and_no_break() -> None:
    squats = Diary(clock(8)).did(STAND, 60, 0).did(SIT, 4, 80).did(STAND, 90, 0)
    squats.bouts.clear()
    done = counted(squats.did(SIT, 9, 80).did(STAND, 60, 0).block())
    assert [bout.sitting_s for bout in done.bouts] == [9]
    assert (done.figures().breaks, done.figures().tally.sit_s) == (1, 13)


def test_seconds_of_sitting_at_a_recordings_end_are_no_bout_yet() -> None:
    assert not counted(Diary(clock(8)).did(STAND, 60, 0).did(SIT, 4, 80).block()).bouts


def one_sitting(pause_min: float, upright_s: float, *, ended_by: BoutEnd = BoutEnd.NOT_KNOWN) -> list[tuple[int, int]]:
    """Two bouts of 20 and 30 min with a pause between recordings, joined as far as they are one."""
    first = counted(Diary(clock(8)).did(SIT, 20 * MIN, 80, deep=True).block()).bouts[0]
    second = counted(Diary(clock(8, 20 + pause_min)).did(SIT, 30 * MIN, 80).did(STAND, 60, 0).block()).bouts[0]
    bouts = joined([second, replace(first, ended_by=ended_by)], lambda _start, _end: (upright_s, 60.0))
    return [(bout.sitting_s // MIN, bout.deep_s // MIN) for bout in bouts]


def test_sitting_on_while_a_recording_ends_and_the_next_begins_is_one_bout() -> None:
    assert one_sitting(2, 0) == [(50, 20)]
    assert one_sitting(29.9, 59) == [(50, 20)]


@pytest.mark.parametrize(
    ("pause_min", "upright_s", "ended_by"),
    [(30, 0, BoutEnd.NOT_KNOWN), (2, 60, BoutEnd.NOT_KNOWN), (2, 0, BoutEnd.BREAK)],
)
def test_a_long_time_unseen_or_a_break_is_not_sat_through(
    pause_min: float, upright_s: float, ended_by: BoutEnd
) -> None:
    assert one_sitting(pause_min, upright_s, ended_by=ended_by) == [(20, 20), (30, 0)]


def test_a_bout_of_two_recordings_has_its_time_on_every_day_it_fell_on() -> None:
    first = counted(Diary(clock(23, 50)).did(SIT, 15 * MIN, 80).block()).bouts[0]
    second = counted(Diary(clock(24, 6)).did(SIT, 10 * MIN, 80).did(STAND, 60, 0).block()).bouts[0]
    (bout,) = joined([first, second], lambda _start, _end: (0.0, 60.0))
    assert (bout.day, bout.shares, bout.ended_by) == (DAY, ((DAY, 600), (DAY + 1, 900)), BoutEnd.BREAK)


def test_midnight_splits_a_bouts_time_but_not_the_bout() -> None:
    done = counted(Diary(clock(23, 20)).did(SIT, 70 * MIN, 80).did(STAND, 60, 0).block())
    today, tomorrow = done.figures(DAY), done.figures(DAY + 1)
    assert (today.sitting.bouts, today.sitting.longest_s, today.sitting.over_60_s) == (1, 70 * MIN, 40 * MIN)
    assert (tomorrow.sitting.bouts, tomorrow.sitting.longest_s, tomorrow.sitting.over_60_s) == (0, 0, 30 * MIN)
    assert (today.tally.sit_s, tomorrow.tally.sit_s) == (40 * MIN, 30 * MIN)
    assert (today.breaks, tomorrow.breaks) == (0, 1)


# -- how far the thigh was bent ----------------------------------------------------------------------------------------


def test_time_above_angles_is_of_trusted_seconds_of_somebody_who_surely_does_not_lie() -> None:
    diary = Diary(clock(8)).did(SIT, 10, 69.9).did(SIT, 20, 70).did(SIT, 30, 85).did(STAND, 5, 90).did(CYCLE, 7, 100)
    tally = counted(diary.did(LIE, 99, 95).did(SEDENTARY, 99, 95).did(SIT, 99).block()).figures().tally
    assert (tally.above_70_s, tally.above_80_s, tally.above_90_s, tally.above_100_s) == (62, 42, 12, 7)


def test_time_above_the_limit_is_a_range_of_one_sd_to_both_sides() -> None:
    diary = Diary(clock(8)).did(SIT, 1, 76).did(SIT, 2, 78).did(SIT, 4, 80).did(SIT, 8, 83)
    limit = Settings(deep_flexion=DeepFlexionLimit(thigh_limit_deg=80))
    tally = counted(diary.did(SIT, 16, 79, sd_deg=0.5).block(), settings=limit).figures().tally
    assert (tally.above_limit_s, tally.above_limit_at_least_s, tally.above_limit_at_most_s) == (12, 8, 14)


def test_deep_flexion_by_the_rule_and_its_longest_piece() -> None:
    diary = Diary(clock(8)).did(SIT, 100, 95, deep=True).did(SIT, 9, 80).did(SIT, 40, 95, deep=True).did(SIT, 5)
    figures = counted(diary.did(SIT, 70, 95, deep=True).did(SIT, 3, 95, unsure=True).block()).figures()
    assert (figures.tally.deep_s, figures.longest_deep_s, figures.tally.deep_unsure_s) == (210, 110, 3)


def test_a_deep_piece_belongs_to_the_day_it_began_on() -> None:
    done = counted(Diary(clock(23, 59)).did(SIT, 180, 95, deep=True).block())
    assert (done.figures(DAY).longest_deep_s, done.figures(DAY + 1).longest_deep_s) == (180, 0)
    assert (done.figures(DAY).tally.deep_s, done.figures(DAY + 1).tally.deep_s) == (60, 120)


def test_an_angle_that_no_thigh_has_is_in_no_peak_and_above_nothing() -> None:
    figures = counted(Diary(clock(8)).did(WALK, 50, 20).did(WALK, 50, 160).block()).figures()
    assert figures.flexion_peak_deg == pytest.approx(21)
    assert figures.tally.above_90_s == 0


def test_the_mean_angle_is_of_no_time_spent_lying() -> None:
    tally = counted(Diary(clock(8)).did(SIT, 50, 80).did(LIE, 500, -40).did(STAND, 50, 0).block()).figures().tally
    assert tally.mean_flexion_deg == pytest.approx(40)


def test_the_95th_percentile_and_the_peak() -> None:
    diary = Diary(clock(8))
    for degrees in range(100):
        diary.did(SIT, 10, degrees)
    figures = counted(diary.did(LIE, 500, 120).block()).figures()
    assert figures.flexion_p95_deg == pytest.approx(94.5, abs=0.51)
    assert figures.flexion_peak_deg == 100.0  # the highest of a second is a degree above its mean here


# -- steps -------------------------------------------------------------------------------------------------------------


def test_steps_by_cadence() -> None:
    diary = Diary(clock(8)).did(WALK, 60, 5, cadence_spm=60).did(WALK, 30, 5, cadence_spm=90)
    figures = counted(diary.did(WALK, 20, 5, cadence_spm=120).did(WALK, 10, 5, cadence_spm=150).block()).figures()
    assert [(band.time_s, round(band.steps)) for band in figures.cadence] == [(60, 60), (30, 45), (20, 40), (10, 25)]
    assert figures.steps == 170
    assert figures.stepping_from(75) == (60, 110)
    assert figures.stepping_from(100) == (30, 65)


def test_stepping_bouts_by_length_with_their_steps() -> None:
    diary = Diary(clock(8)).did(WALK, 30, 5, cadence_spm=60).did(STAND, 30, 0).did(WALK, 400, 5, cadence_spm=120)
    walks = counted(diary.did(STAND, 1, 0).did(WALK, 59, 5).block()).figures().walks
    assert [(b.bouts, b.time_s, b.steps) for b in walks] == [
        (2, 89, 30),
        (0, 0, 0),
        (1, 400, 800),
        (0, 0, 0),
        (0, 0, 0),
    ]


def test_most_steps_within_half_a_minute_two_and_six_minutes() -> None:
    diary = Diary(clock(8)).did(WALK, 60, 5, cadence_spm=60).did(STAND, 60, 0).did(WALK, 30, 5, cadence_spm=120)
    figures = counted(diary.did(STAND, 600, 0).did(WALK, 100, 5, cadence_spm=60).block()).figures()
    assert figures.peak_steps == ((30, 60), (120, 100), (360, 120))


def test_crank_turns_are_no_steps() -> None:
    figures = counted(Diary(clock(8)).did(CYCLE, 120, 60, cadence_spm=60).block()).figures()
    assert (figures.crank_turns, figures.steps) == (120, 0)


# -- events ------------------------------------------------------------------------------------------------------------


def test_transitions_and_cycles_are_of_the_day_they_happened_on() -> None:
    block = replace(
        Diary(clock(23, 59)).did(STAND, 120, 0).block(),
        transitions=(
            Transition(at=clock(23, 59, 10), kind=TransitionKind.SIT_TO_STAND, located=True),
            Transition(at=clock(24, 0, 10), kind=TransitionKind.STAND_TO_SIT, located=True),
        ),
        cycles=(FlexionCycle(at=clock(23, 59, 5), kind=WALK, lowest_deg=0, highest_deg=40),),
        deep_cycles=(DeepCycle(start=clock(24, 0, 1), end=clock(24, 0, 3), kind=SIT, highest_deg=99),),
    )
    done = counted(block)
    today, tomorrow = done.figures(DAY), done.figures(DAY + 1)
    assert (today.sit_to_stand, tomorrow.sit_to_stand) == (1, 0)
    assert tomorrow.transitions == {TransitionKind.STAND_TO_SIT: 1}
    assert (today.flexion_cycles, tomorrow.deep_cycles) == ({WALK: 1}, {SIT: 1})
    assert (today.flexion_cycles_by_hour, tomorrow.deep_cycles_by_hour) == ({23: {WALK: 1}}, {0: {SIT: 1}})


def test_cycles_of_several_recordings_add_up_hour_by_hour() -> None:
    cycles = [FlexionCycle(at=clock(9, minute), kind=WALK, lowest_deg=0, highest_deg=40) for minute in (0, 30, 59)]
    parts = [
        counted(replace(Diary(clock(9)).did(STAND, 3600, 0).block(), cycles=tuple(some))).days.state.parts[DAY]
        for some in (cycles[:1], cycles[1:])
    ]
    whole = merged(parts)
    assert whole is not None
    assert whole.flexion_cycles_by_hour == {9: {WALK: 3}}
    assert [part.flexion_cycles_by_hour[9][WALK] for part in parts] == [1, 2]


def test_a_gap_over_midnight_is_counted_once_and_its_time_on_both_days() -> None:
    days = fresh()
    before = Diary(clock(23)).did(STAND, H // 2, 0).lost(H).did(STAND, 10, 0)
    blocks = [days.step(before.block(), [Gap(start=clock(23, 30), end=clock(24, 30), reason="out of reach")])]
    done = Counted(days, [*blocks, days.flush()])
    assert [(done.figures(d).gaps, done.figures(d).gap_s) for d in (DAY, DAY + 1)] == [(1, 1800), (0, 1800)]


# -- minutes -----------------------------------------------------------------------------------------------------------


def test_a_minute_has_the_time_of_each_kind_and_the_angle() -> None:
    diary = Diary(clock(8, 0, 30)).did(SIT, 30, 80).did(SIT, 20, 92).did(STAND, 10, 2).did(WALK, 30, 5, cadence_spm=120)
    first, second = counted(diary.block()).minutes
    assert (first.minute_of_day, first.tally.sit_s, first.tally.mean_flexion_deg, first.steps_milli) == (480, 30, 80, 0)
    assert (second.tally.sit_s, second.tally.stand_s, second.tally.walk_s) == (20, 10, 30)
    assert (second.highest_mdeg, second.tally.above_90_s, second.steps_milli) == (93_000, 20, 60_000)


def test_a_highest_angle_of_nought_stays_the_highest_of_its_minute() -> None:
    """A thigh behind the upright; the minute comes in two blocks."""
    lived = Diary(clock(8)).did(STAND, 30, -1).did(STAND, 30, -6).block()
    days = fresh()
    (minute,) = Counted(days, [*map(days.step, cut_up(lived, 30)), days.flush()]).minutes
    assert minute.highest_mdeg == 0


def test_a_long_loss_is_minutes_of_nothing_known() -> None:
    done = counted(Diary(clock(8)).did(SIT, 30, 80).lost(3 * 86_400).block())
    assert len(done.minutes) == 3 * 1440 + 1
    assert sum(minute.tally.unknown_s for minute in done.minutes) == 3 * 86_400


# -- the wearer's clock ------------------------------------------------------------------------------------------------


def test_days_are_those_of_the_wearers_clock() -> None:
    done = counted(Diary(clock(22)).did(STAND, 2 * H, 0).block(), civil=zones((clock(22), H)))
    assert (done.figures(DAY).tally.stand_s, done.figures(DAY + 1).tally.stand_s) == (H, H)


@pytest.mark.parametrize(("before_h", "after_h", "length_h"), [(1, 2, 23), (2, 1, 25)])
def test_a_day_on_which_clocks_change_has_an_hour_less_or_more(before_h: int, after_h: int, length_h: int) -> None:
    start, change = clock(-before_h), clock(1)
    civil = zones((start, before_h * H), (change, after_h * H))
    done = counted(Diary(start).did(LIE, 26 * H, 90).block(), civil=civil)
    figures = done.figures(DAY)
    assert figures.length_s == figures.tally.lie_s == length_h * H
    assert figures.not_recorded_s == 0
    assert len({(m.start_s) for m in done.minutes if m.day == DAY}) == length_h * 60
    assert max(minute.tally.lie_s for minute in done.minutes) == 60


def test_a_journey_makes_the_day_as_long_as_it_was_lived() -> None:
    civil = zones((clock(0), 0), (clock(18), -5 * H))
    figures = counted(Diary(clock(0)).did(STAND, 29 * H, 0).block(), civil=civil).figures()
    assert figures.length_s == figures.tally.recorded_s == 29 * H


# -- recordings that meet ----------------------------------------------------------------------------------------------


def test_parts_of_a_day_add_up_whatever_their_order() -> None:
    diary = Diary(clock(8)).did(SIT, 100, 91, deep=True).did(WALK, 50, 5, cadence_spm=100)
    morning = counted(diary.block()).days.state.parts[DAY]
    evening = counted(Diary(clock(20)).did(SIT, 10, 80).did(WALK, 20, 5, cadence_spm=60).block()).days.state.parts[DAY]
    whole = merged([evening, morning])
    assert whole == merged([morning, evening])
    assert whole is not None
    assert (whole.tally.sit_s, whole.longest_deep_s, whole.peak_mdeg, whole.cadence_s) == (
        110,
        100,
        92_000,
        [20, 0, 50, 0],
    )
    assert morning.tally.sit_s == 100  # what was merged is left as it was


def test_time_of_another_recording_is_not_counted() -> None:
    diary = Diary(clock(8)).did(SIT, 40 * MIN, 95, deep=True).did(WALK, 120, 5, cadence_spm=60)
    done = counted(diary.block(), owned_from=clock(8, 30))
    figures = done.figures()
    assert figures.tally.recorded_s == 10 * MIN + 120
    assert [(b.start, b.sitting_s) for b in done.bouts] == [(clock(8, 30), 600)]
    assert (figures.longest_deep_s, figures.steps) == (600, 120)
    assert done.minutes[0].start_s == clock(8, 30) // NS_PER_S


def test_nothing_that_happened_in_the_time_of_another_recording_is_counted() -> None:
    block = replace(
        Diary(clock(8)).did(SIT, 10 * MIN, 80).did(STAND, 90, 1).did(CYCLE, 60, 50, cadence_spm=60).block(),
        transitions=(Transition(at=clock(8, 10), kind=TransitionKind.SIT_TO_STAND, located=True),),
        cycles=(FlexionCycle(at=clock(8, 1), kind=SIT, lowest_deg=0, highest_deg=90),),
        deep_cycles=(DeepCycle(start=clock(8, 2), end=clock(8, 3), kind=SIT, highest_deg=99),),
    )
    days = fresh(owned_from=clock(8, 12))
    gaps = [
        Gap(start=clock(8, 1), end=clock(8, 2), reason="lost"),
        Gap(start=clock(8, 11), end=clock(8, 12, 5), reason="lost"),
    ]
    figures = Counted(days, [days.step(block, gaps), days.flush()]).figures()
    assert (figures.sitting.bouts, figures.breaks, figures.transitions) == (0, 0, {})
    assert (figures.flexion_cycles, figures.deep_cycles, figures.crank_turns) == ({}, {}, 30)
    assert (figures.gaps, figures.gap_s) == (1, 5)


def test_a_gap_at_the_end_of_a_recording_is_counted_when_it_ends() -> None:
    days = fresh()
    block = days.step(
        Diary(clock(8)).did(STAND, 60, 0).block(), [Gap(start=clock(8, 0, 50), end=clock(8, 2), reason="lost")]
    )
    assert days.state.parts[DAY].gaps == 0
    assert Counted(days, [block, days.flush()]).figures().gap_s == 70


# -- what comes through the front door ---------------------------------------------------------------------------------


def test_ticks_say_which_day_it_is_and_settings_which_limit_holds_from_when_on() -> None:
    days = Days()
    lower = Settings(deep_flexion=DeepFlexionLimit(thigh_limit_deg=80), set_by="me")
    days.hear(
        [
            UserAction(at=clock(23), action=ChangeSettings(settings=Settings())),
            civil_tick(clock(23), 2 * H),
            UserAction(at=clock(23, 1), action=ChangeSettings(settings=lower)),
            UserAction(at=clock(23, 1), action=TookOff()),
        ]
    )
    block = Diary(clock(23)).did(SIT, 120, 85).block()
    figures = Counted(days, [days.step(block), days.flush()]).figures(DAY + 1)
    assert (figures.tally.sit_s, figures.tally.above_limit_s) == (120, 60)
    assert figures.limits is not None
    assert (figures.limits.thigh_limit_deg, figures.limits.set_by) == (80, "me")


# -- cuts --------------------------------------------------------------------------------------------------------------

LIVED = (
    Diary(clock(23, 40))
    .did(SIT, 200, 95, deep=True)
    .did(STAND, 70, 1)
    .did(WALK, 90, 5, cadence_spm=110)
    .did(SIT, 800, 80)
    .lost(700)
    .did(SIT, 100, 85)
    .did(WALK, 40, 5, cadence_spm=80)
    .did(NOT_WORN, 30)
    .did(UNKNOWN, 10)
    .block()
)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 400))
def test_the_same_however_cut(size: int) -> None:
    civil = zones((clock(23), 0), (clock(23, 50), -H))
    whole, days = counted(LIVED, civil=civil), fresh(civil=civil)
    cut = Counted(days, [*[days.step(piece) for piece in cut_up(LIVED, size)], days.flush()])
    assert cut.minutes == whole.minutes
    assert cut.bouts == whole.bouts
    assert cut.days.state.parts == whole.days.state.parts


def test_what_is_not_complete_waits() -> None:
    days = fresh()
    block = days.step(Diary(clock(8)).did(SIT, 70, 80).block())
    assert (block.minutes, block.bouts) == ((), ())
    later = days.step(Diary(HostNs(clock(8) + 70 * NS_PER_S)).did(SIT, 10, 80).block())
    assert [minute.tally.sit_s for minute in later.minutes] == [60]


def test_nothing_in_nothing_out() -> None:
    done = counted(Diary(clock(8)).block())
    assert (done.minutes, done.bouts, done.days.state.parts) == ([], [], {})


@pytest.mark.parametrize("size", [7, 300])
def test_a_state_that_was_stored_goes_on_as_if_nothing_had_been(size: int) -> None:
    civil = zones((clock(23), 0), (clock(23, 50), -H))
    whole, days, blocks = counted(LIVED, civil=civil), fresh(civil=civil), []
    for piece in cut_up(LIVED, size):
        blocks.append(days.step(piece))
        days = Days(pickle.loads(pickle.dumps(days.state)))  # noqa: S301 - our own
    cut = Counted(days, [*blocks, days.flush()])
    assert (cut.minutes, cut.bouts, cut.days.state.parts) == (whole.minutes, whole.bouts, whole.days.state.parts)


def test_inputs_are_left_as_they_are() -> None:
    before = pickle.dumps(LIVED)
    counted(LIVED)
    assert pickle.dumps(LIVED) == before

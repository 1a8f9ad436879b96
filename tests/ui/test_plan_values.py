"""What the Plan view says, as plain values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days import DayFigures
from hipmonitor.core.exercises import Target
from hipmonitor.core.inbound import RestOfDay
from hipmonitor.core.programme import STARTING_PLAN, Allowance, Load, OutsideScore, Planned, Reason, Step, WarningSign
from hipmonitor.core.programme.seat import SeatAdvice, SeatChange, SeatCoach, SeatSilence
from hipmonitor.ui.view_model import BannerKind, Situation, banner_actions
from hipmonitor.ui.view_model.plan import (
    OVERRULES,
    STEPS,
    Place,
    PlanStand,
    Room,
    before_look,
    bends_look,
    check_in_look,
    check_in_rows,
    is_empty,
    load_bars,
    phase_path,
    plan_page,
    plan_sections,
    plan_state,
    plan_week,
    score_rows,
    seat_tip,
    sides_look,
    sign_sentence,
    today_look,
)
from hipmonitor.ui.view_model.plan.today_look import worked_out_again
from hipmonitor.ui.view_model.plan.warning_signs import sign_title
from tests.core.day_builders import DAY, SIT, Diary, counted
from tests.ui.kept_history import at
from tests.ui.plan_builders import CLAMS, PLAN, check_in, day_load, decision, instant, title_of
from tests.ui.walk.lives import live

# --- today ------------------------------------------------------------------------------------------------------------


def test_today_says_step_phase_every_reason_and_what_is_offered() -> None:
    reasons = ("Pain is as usual.", "Two sessions are left.")
    look = today_look(PLAN, [decision(reasons=reasons, exercises=[CLAMS])], DAY, title_of)
    assert (look.date, look.word, look.phase) == ("Wednesday 11 March", "Go on", "Phase 2 of 3: Load")
    assert look.reasons == reasons
    assert look.offered == ("Clam raise: 2 sets of 12",)
    assert look.may_overrule


def test_on_a_day_of_step_back_what_would_lead_on_is_not_told() -> None:
    back = decision(step=Step.STEP_BACK, reasons=["Symptoms have been up on 2 days."])
    more = Reason(rule="least_days", leads_to=Step.GO_ON, sentence="Day 3 of at least 7.")
    look = today_look(PLAN, [replace(back, reasons=(*back.reasons, more))], DAY, title_of)
    assert look.reasons == ("Symptoms have been up on 2 days.",)


def test_who_decided_otherwise_has_the_note_shown() -> None:
    look = today_look(PLAN, [decision(step=Step.HOLD, note="A long drive.")], DAY, title_of)
    assert (look.word, look.overruled, look.note) == ("Hold", True, "A long drive.")


def test_after_a_sign_nothing_is_overruled() -> None:
    assert not today_look(PLAN, [decision(step=Step.OFF)], DAY, title_of).may_overrule
    assert Step.OFF not in OVERRULES
    assert Step.FORWARD not in OVERRULES


def test_without_a_decision_of_today_none_is_made_up() -> None:
    look = today_look(PLAN, [decision(DAY - 1)], DAY, title_of)
    assert (look.word, look.step, look.may_overrule) == ("No decision yet", None, False)
    assert look.phase == "Phase 2 of 3: Load"


def test_what_would_be_decided_by_now_stands_below_what_was_shown() -> None:
    shown = today_look(PLAN, [decision()], DAY, title_of)
    assert worked_out_again(shown, None) == shown
    again = worked_out_again(shown, decision(step=Step.HOLD))
    assert again.word == "Go on"
    assert again.reasons[-1] == "From what was settled since, it would be: hold. What you were shown stays."


def test_every_step_has_a_word_a_sign_and_a_sentence() -> None:
    assert set(STEPS) == set(Step)
    assert len({name.icon for name in STEPS.values()}) == len(Step)
    assert all(name.word and name.means.endswith(".") for name in STEPS.values())


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (Target(walk_s=120, jog_s=60, rounds=6), "Walk: 6 times 2 min walking, 1 min jogging"),
        (Target(minutes=15), "Walk: 15 min"),
        (Target(sets=1, hold_s=20), "Walk: 1 set, held 20 s"),
        (Target(sets=2, repetitions=8, hold_s=5), "Walk: 2 sets of 8, held 5 s"),
        (None, "Walk"),
    ],
)
def test_what_is_offered_is_said_in_a_line(target: Target | None, words: str) -> None:
    planned = Planned(exercise="walk", target=target)
    assert today_look(PLAN, [decision(exercises=[planned])], DAY, str.capitalize).offered == (words,)


# --- bars -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "room", "left", "share", "limit_at"),
    [
        (200.0, Room.LEFT, "3 h 40 min left", 200 / 420, 1.0),
        (400.0, Room.NEAR, "20 min left", 400 / 420, 1.0),
        (420.0, Room.NONE, "at the limit", 1.0, 1.0),
        (480.0, Room.NONE, "1 h 00 min above the limit", 1.0, 420 / 480),
    ],
)
def test_a_bar_says_what_is_left_and_where_the_limit_is(
    done: float, room: Room, left: str, share: float, limit_at: float
) -> None:
    (bar,) = load_bars([Allowance(load=Load.ON_FEET_MIN, done=done, allowed=420.0)])
    assert (bar.name, bar.room, bar.left) == ("Time on your feet", room, left)
    assert bar.share == pytest.approx(share)
    assert bar.limit_at == pytest.approx(limit_at)


def test_nothing_allowed_and_nothing_done_is_no_division() -> None:
    (bar,) = load_bars([Allowance(load=Load.RUN_MIN, done=0.0, allowed=0.0)])
    assert (bar.share, bar.limit_at, bar.left) == (0.0, 1.0, "at the limit")


def test_days_that_were_not_measured_are_said() -> None:
    (bar,) = load_bars([Allowance(load=Load.SETS, done=14, allowed=27, assumed_days=2)])
    assert bar.spoken == "Exercise sets: 14 of 27 sets, 13 sets left; 2 days not measured, counted as usual"


# --- week and way -----------------------------------------------------------------------------------------------------


def test_the_week_begins_on_monday_and_the_days_ahead_stay_empty() -> None:
    days = [day_load(DAY - 2, sets=2, check_ins=[check_in(DAY - 2, pain_worst=3)]), day_load(DAY - 1, valid=False)]
    week = plan_week(PLAN, days, [decision(DAY - 2), decision(DAY - 1, Step.HOLD)], DAY, title_of)
    monday, tuesday, wednesday, thursday = week.days[:4]
    assert (monday.weekday, monday.sets, monday.pain, monday.step) == ("Mon", 2, 3, "Go on")
    assert tuesday.words == "Tue 10 Mar, hold, 0 sets, no check-in, not worn long enough to count"
    assert (wednesday.today, wednesday.rest) == (True, True)
    assert (thursday.ahead, thursday.words) == (True, "Thu 12 Mar")


def test_sessions_are_days_on_which_it_was_done() -> None:
    days = [day_load(DAY - 2, sets=2, walk_min=20.0), day_load(DAY - 1, sets=1, walk_min=2.0)]
    week = plan_week(PLAN, days, [decision(DAY - 1)], DAY, title_of)
    assert [(each.title, each.done, each.planned) for each in week.sessions] == [
        ("Clam raise", 2, 3),
        ("Walking", 1, 5),
    ]
    assert week.said == "3 of 8 sessions"


def test_sets_of_the_week_before_do_not_count() -> None:
    week = plan_week(PLAN, [day_load(DAY - 3, sets=2)], [decision(DAY)], DAY, title_of)
    assert week.sessions[0].done == 0


def test_a_sign_is_seen_in_the_week() -> None:
    signs = [check_in(DAY, signs=(WarningSign.HIP_LOCKS,))]
    week = plan_week(PLAN, [day_load(check_ins=signs)], [], DAY, title_of)
    assert [day.sign for day in week.days] == [False, False, True, False, False, False, False]


def test_the_way_says_where_one_is_and_what_leads_on() -> None:
    path = phase_path(PLAN, [decision(DAY - 2, phase="calm"), decision(DAY - 1), decision(DAY)])
    assert [stop.place for stop in path.stops] == [Place.BEHIND, Place.HERE, Place.AHEAD]
    assert path.since == "Day 2 in this phase."
    assert path.leads_on[0] == "At least 7 days in this phase."
    assert "pain at rest 2 or less, at its worst 4 or less" in path.leads_on[1]


def test_nothing_leads_on_from_the_last_phase() -> None:
    assert phase_path(PLAN, [decision(phase="jog")]).leads_on == ()


def test_a_phase_that_is_no_longer_in_the_plan_does_not_stop_the_view() -> None:
    assert phase_path(PLAN, [decision(phase="gone")]).stops[0].place is Place.HERE
    assert today_look(PLAN, [decision(phase="gone")], DAY, title_of).phase == "gone"


# --- the plan itself --------------------------------------------------------------------------------------------------


def test_a_plan_is_none_a_template_set_or_broken() -> None:
    assert plan_state(None).stand is PlanStand.NONE
    assert plan_state(STARTING_PLAN).stand is PlanStand.TEMPLATE
    assert plan_state(PLAN).whose == "set by my physio on 2 March 2026"
    broken = plan_state(None, "plan.toml: phases.load.least_days is 'many'; give a whole number.")
    assert broken.stand is PlanStand.BROKEN
    assert broken.sentence.startswith("plan.toml: phases.load.least_days is 'many'; give a whole number. Until then")


def test_the_whole_plan_can_be_gone_through_in_words() -> None:
    sections = plan_sections(STARTING_PLAN, title_of)
    assert [section.title for section in sections[:2]] == ["1. Calm down", "2. Protect and keep moving"]
    words = " ".join(line for section in sections for line in section.lines)
    assert "Custom, not evidence: every number here." in words
    assert "Rest on Wednesday and Sunday." in words


# --- check-ins --------------------------------------------------------------------------------------------------------


def test_nothing_entered_is_empty_and_a_single_nought_is_not() -> None:
    assert is_empty(check_in(note="  "))
    assert not is_empty(check_in(pain_rest=0))
    assert not is_empty(check_in(signs=(WarningSign.NUMBNESS,)))


def test_the_card_says_whether_there_is_one_today_and_the_last_seven_days() -> None:
    look = check_in_look([check_in(DAY - 1, pain_worst=4), check_in(DAY - 2, note="fine")], DAY)
    assert not look.done_today
    assert look.days[-3:] == (("Mon", None, True), ("Tue", 4, True), ("Wed", None, False))
    assert check_in_look([check_in(pain_worst=2)], DAY).title == "Checked in, today, 07:12."


def test_earlier_ones_are_named_newest_first() -> None:
    made_later = replace(check_in(DAY - 3, pain_rest=1), made_at=instant(DAY))
    rows = check_in_rows([check_in(DAY - 1, pain_rest=1, pain_worst=3), made_later], DAY)
    assert [row.name for row in rows] == ["Yesterday, 07:12", "Sun 8 Mar"]
    assert rows[0].words == "pain at rest 1, at its worst 3"


def test_a_sign_is_named_in_the_list_of_check_ins() -> None:
    (row,) = check_in_rows([check_in(pain_worst=2, signs=(WarningSign.LEG_GIVES_WAY,), note="Once.")], DAY)
    assert row.words == "at its worst 2; The leg gives way; Once."


def test_a_score_from_outside_is_a_name_and_a_number() -> None:
    rows = score_rows([OutsideScore(made_at=instant(), day=DAY, name="HAGOS pain", score=72.5)])
    assert rows[0].words == "HAGOS pain 72.5, 11 Mar"


def test_after_a_sign_of_today_the_page_says_so_calmly() -> None:
    signs = [check_in(signs=(WarningSign.NUMBNESS,)), check_in(DAY - 1, signs=(WarningSign.HIP_LOCKS,))]
    sentence = sign_sentence(signs, DAY)
    assert sentence == (
        "You entered numbness. Please talk to a clinician. Reminders and exercises are off for today; measuring goes on."
    )
    page = plan_page(
        None, "", days=(), decisions=(), check_ins=signs, scores=(), today=DAY, utc_offset_s=0, title_of=title_of
    )
    assert page.state_line == sentence
    assert sign_sentence(signs, DAY + 1) == ""
    assert page.sign_title == "Please talk to a clinician"


def test_a_sign_that_cannot_wait_is_not_told_as_one_that_can() -> None:
    assert sign_title([check_in(signs=(WarningSign.BLADDER_OR_BOWEL,))], DAY) == "Please have this looked at now"
    assert sign_title([check_in(signs=(WarningSign.FEVER_OR_ILL,))], DAY) == "Please have this looked at today"
    assert sign_title([check_in(pain_rest=9)], DAY) == ""


# --- load picture -----------------------------------------------------------------------------------------------------


def bent(day: int, **cycles: dict[ActivityKind, int]) -> DayFigures:
    """A valid day with these cycles."""
    figures = Diary(at(day, 9)).did(SIT, 3600, 80.0)
    return replace(counted(figures.block()).figures(day, 1.0), **cycles)  # type: ignore[arg-type]


def test_who_bends_most_comes_first_with_a_kinder_way() -> None:
    deep = {ActivityKind.SIT: 12, ActivityKind.STAIRS: 4}
    look = bends_look([bent(DAY, deep_cycles=deep, flexion_cycles={**deep, ActivityKind.WALK: 2000})])
    assert [(row.name, row.share) for row in look.rows] == [
        ("The chair", 1.0), ("Stairs", pytest.approx(1 / 3)), ("Walking", 0.0)
    ]  # fmt: skip
    assert (look.rows[0].deep, look.rows[2].count) == ("12 deep a day", "2 000 in all")
    assert look.rows[0].kinder
    assert look.said[0].startswith("The chair: 75 % of the deep bends")


def test_hours_are_drawn_where_they_are_kept() -> None:
    deep = {ActivityKind.SIT: 3}
    by_hour = {10: deep}
    look = bends_look([bent(DAY, deep_cycles=deep, flexion_cycles=deep, deep_cycles_by_hour=by_hour)])  # type: ignore[arg-type]
    assert [bar.hour for bar in look.hours if bar.share] == [10]
    assert look.hours[10].words == "10:00 to 11:00: 3 deep bends a day, 0 in all"
    assert bends_look([bent(DAY, deep_cycles=deep, flexion_cycles=deep)]).hours == ()


def test_without_bends_it_says_so() -> None:
    assert bends_look([bent(DAY)]).said == ("No bends were counted on these days.",)


# --- before a harder day ----------------------------------------------------------------------------------------------


def test_charts_begin_with_the_first_pain_and_stand_under_one_axis() -> None:
    days = [day_load(DAY - 9, sitting_min=500.0)]
    days += [day_load(DAY - k, sitting_min=400.0, check_ins=[check_in(DAY - k, pain_worst=k)]) for k in (4, 3, 2)]
    days += [day_load(DAY - 1, valid=False, sitting_min=20.0)]
    look = before_look(days)
    assert [chart.title for chart in look.charts] == ["Pain at its worst", "Sitting"]
    assert [[stick.day for stick in chart.sticks] for chart in look.charts] == [
        [DAY - 4, DAY - 3, DAY - 2, DAY - 1]
    ] * 2
    assert look.charts[1].sticks[-1].share is None, "a day that was hardly worn is not a day of little sitting"


def test_without_pain_there_is_a_sentence_instead_of_charts() -> None:
    look = before_look([day_load(sitting_min=400.0)])
    assert look.charts == ()
    assert look.empty


def test_nothing_is_said_to_be_a_cause() -> None:
    look = before_look([day_load(check_ins=[check_in(pain_worst=1)])])
    assert look.answer.startswith("Too few days yet: 0 of 14")
    words = look.spoken.lower()
    assert "cause" not in words
    assert "because" not in words


# --- seat -------------------------------------------------------------------------------------------------------------


def test_the_seat_is_told_in_centimetres_with_their_error_and_what_a_change_did() -> None:
    change = SeatChange(since_day=DAY - 9, lower_deg=3.0, sd_deg=0.8, lower_cm=2.2, sd_cm=0.6)
    usual = SeatAdvice(
        sitting_s=3600,
        flexion_deg=96.0,
        sd_deg=1.2,
        above_level_deg=6.0,
        knee_above_hip_cm=4.2,
        raise_cm=4.2,
        sd_cm=0.7,
    )
    tip = seat_tip(SeatCoach(margin_deg=0.0, day=DAY, usual=usual, change=change))
    assert tip is not None
    assert "about 4 cm above the hip" in tip.sentences[0]
    assert "about 4 cm (± 1) higher" in tip.sentences[0]
    assert "Since Mon 2 Mar the knee is about 2 cm lower" in tip.sentences[0]
    assert tip.source


def test_without_the_thighs_length_it_says_what_would_help() -> None:
    usual = SeatAdvice(sitting_s=3600, flexion_deg=96.0, sd_deg=1.2, above_level_deg=6.0)
    tip = seat_tip(SeatCoach(margin_deg=0.0, usual=usual, silence=SeatSilence.NO_LENGTH))
    assert tip is not None
    assert "length of the thigh" in tip.sentences[1]


def test_where_nothing_is_known_of_a_seat_nothing_is_said() -> None:
    assert seat_tip(SeatCoach(margin_deg=0.0, silence=SeatSilence.UNTRUSTED)) is None


# --- sides ------------------------------------------------------------------------------------------------------------


def test_sides_are_compared_on_days_on_which_both_were_seen() -> None:
    deep = {"deep_cycles": {ActivityKind.SIT: 4}, "other_deep_cycles": {ActivityKind.SIT: 8}}
    seen, hardly = (replace(bent(DAY, **deep), other_seen_s=seconds) for seconds in (3600, 600))
    look = sides_look([seen, hardly], "left")
    assert look is not None
    assert (look.names, look.days) == (("Left", "Right"), "Both worn on 1 valid day.")
    assert (look.rows[0].words, look.rows[0].shares) == (("4", "8"), (0.5, 1.0))
    assert sides_look([hardly], "left") is None


# --- the whole window after a sign ------------------------------------------------------------------------------------


def test_after_a_sign_the_whole_window_says_so_for_the_day() -> None:
    lived = live()
    before = lived.glance()
    lived.act(RestOfDay())
    lived.seconds(2, SIT, 78.0)
    glance = lived.glance()
    assert before.situation is not Situation.RESTING
    assert glance.situation is Situation.RESTING
    assert glance.state_line == (
        "You entered something a clinician should look at. Reminders and exercises are off for today; measuring goes on."
    )
    banner = glance.banners[0]
    assert (banner.kind, banner.title) == (BannerKind.RESTING, "Please talk to a clinician.")
    assert [action.view for action in banner_actions(banner)] == ["", "plan"]
    assert glance.angle.shown_deg is not None, "measuring goes on"

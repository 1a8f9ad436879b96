"""The course of a plan: what each row of the table does, and what nobody can make it do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hipmonitor.core.exercise import BY_NAME
from hipmonitor.core.exercises import Target
from hipmonitor.core.instants import HostNs
from hipmonitor.core.programme import (
    STARTING_PLAN,
    TABLE,
    Course,
    Criteria,
    DayLoad,
    Decision,
    Load,
    Planned,
    Step,
    WarningSign,
    WeekLimit,
    course,
)
from tests.core.programme_builders import (
    MONDAY,
    a_check_in,
    a_day,
    a_phase,
    a_plan,
    a_set,
    hurting,
    overruling,
    quiet_days,
    rules,
    unknown,
    with_sign,
)

PLAN = a_plan()
FORWARD_ON = 12
"""Quiet days lead on as soon as what is usual is known: five measured days, a week ago."""


def last(days: list[DayLoad], plan: object = PLAN, *said: object) -> Decision:
    return course(plan, days, said)[-1]  # type: ignore[arg-type]


def sentences(decision: Decision) -> str:
    return " ".join(reason.sentence for reason in decision.reasons)


# --- forward, and what it waits for -----------------------------------------------------------------------------------


def test_quiet_days_lead_on_phase_by_phase() -> None:
    decisions = course(PLAN, quiet_days(28))
    forward = [k for k, decision in enumerate(decisions) if decision.step is Step.FORWARD]
    assert forward == [11, 16]
    assert [decisions[k].phase for k in (10, 11, 16, 27)] == ["first", "second", "third", "third"]


def test_forward_says_the_numbers_it_rests_on() -> None:
    decision = last(quiet_days(FORWARD_ON))
    assert rules(decision.reasons) == ["criteria_met"]
    assert "5 days with check-ins at most 0 at rest and 1 at the worst" in sentences(decision)
    assert "11 of 11 sessions done" in sentences(decision)


def test_the_first_days_go_on_and_say_what_is_not_known_yet() -> None:
    decisions = course(PLAN, quiet_days(FORWARD_ON - 1))
    assert {decision.step for decision in decisions} == {Step.GO_ON}
    assert all("first_days" in rules(decision.reasons) for decision in decisions)
    assert "5 check-ins with both pains within 28 days" in sentences(decisions[0])


def test_a_template_never_leads_on() -> None:
    decisions = course(a_plan(set_by="template"), quiet_days(40))
    assert {decision.step for decision in decisions} == {Step.GO_ON}
    assert "once you or your physio have confirmed it" in sentences(decisions[-1])


def test_the_last_phase_goes_on() -> None:
    decision = last(quiet_days(40))
    assert (decision.step, rules(decision.reasons)) == (Step.GO_ON, ["last_phase"])


def test_a_phase_lasts_its_least_days() -> None:
    plan = a_plan(phases=(a_phase("first", least_days=20), a_phase("second")))
    decisions = course(plan, quiet_days(22))
    assert [decision.day - MONDAY for decision in decisions if decision.step is Step.FORWARD] == [20]
    assert "Day 15 of at least 20 in First." in sentences(decisions[14])


def test_pain_above_the_criteria_holds_back_though_it_does_not_rise() -> None:
    sore = [hurting(k, worst=5, rest=3) for k in range(20)]
    decision = last(sore)
    assert decision.step is Step.GO_ON
    assert "Pain at its worst was up to 5 on the last 5 days with a check-in; the plan goes on from 4." in sentences(
        decision
    )


def test_sessions_left_out_hold_back() -> None:
    decision = last([replace(day, sets=()) for day in quiet_days(20)])
    assert decision.step is Step.GO_ON
    assert "0 of 19 planned sessions were seen in this phase; 70 % lead on." in sentences(decision)


def test_entry_criteria_of_the_next_phase_count_as_well() -> None:
    strict = a_phase("second", entry=Criteria(days=5, most_pain_worst=0))
    decision = last(quiet_days(30), a_plan(phases=(a_phase("first"), strict)))
    assert decision.step is Step.GO_ON
    assert "the plan goes on from 0" in sentences(decision)


# --- missing data -----------------------------------------------------------------------------------------------------


def test_without_a_check_in_of_the_day_nothing_is_added() -> None:
    decision = last([*quiet_days(FORWARD_ON - 1), a_day(FORWARD_ON - 1, check_ins=())])
    assert decision.step is Step.HOLD
    assert "No check-in with pain of today yet." in sentences(decision)


def test_without_a_check_in_of_yesterday_it_does_not_lead_on() -> None:
    days = quiet_days(20)
    days[10] = replace(days[10], check_ins=())
    decision = last(days[:FORWARD_ON])
    assert decision.step is Step.GO_ON
    assert "Yesterday has no check-in with pain." in sentences(decision)


def test_a_day_that_was_not_measured_holds() -> None:
    days = quiet_days(20)
    days[10] = replace(days[10], valid=False)
    decision = last(days[:FORWARD_ON])
    assert decision.step is Step.HOLD
    assert "6 days of the last seven were measured long enough. Yesterday is not among them." in sentences(decision)


def test_a_week_of_which_too_much_is_missing_holds() -> None:
    days = quiet_days(30)
    for k in (24, 25, 26):
        days[k] = replace(days[k], valid=False)
    assert rules(last(days[:29]).reasons)[0] == "not_measured"


def test_days_that_are_left_out_are_days_of_which_nothing_is_known() -> None:
    whole, gaps = quiet_days(20), [*quiet_days(8), *quiet_days(12, 8)[4:]]
    assert last(gaps[:9]).step is Step.HOLD
    assert last([*whole[:8], *(unknown(k) for k in (8, 9, 10, 11)), a_day(12)]).step is last(gaps[:9]).step


def test_days_come_in_order_each_once() -> None:
    with pytest.raises(ValueError, match="give each day once, in order"):
        course(PLAN, [a_day(3), a_day(3)])


# --- pain -------------------------------------------------------------------------------------------------------------


def test_pain_above_usual_holds_and_names_both_numbers() -> None:
    decision = last([*quiet_days(FORWARD_ON - 1), hurting(FORWARD_ON - 1, worst=4, rest=0)])
    assert decision.step is Step.HOLD
    assert "Pain at its worst is 4; your usual is 1." in sentences(decision)


def test_comfort_that_falls_with_exercise_holds() -> None:
    evening = a_check_in(MONDAY + 11, rest=None, worst=None, comfort_before=8, comfort_after=5)
    day = a_day(11, check_ins=(a_check_in(MONDAY + 11), evening))
    assert "Comfort went from 8 before exercise to 5 after it." in sentences(last([*quiet_days(11), day]))


def test_comfort_after_a_set_below_usual_holds() -> None:
    days = [replace(day, set_comfort=(8, 9)) for day in quiet_days(11)]
    decision = last([*days, a_day(11, set_comfort=(9, 5))])
    assert decision.step is Step.HOLD
    assert "Comfort after a set was 5; your usual is 8." in sentences(decision)


def test_a_rise_of_yesterday_that_is_gone_still_does_not_lead_on() -> None:
    decision = last([*quiet_days(11), hurting(11), a_day(12)])
    assert decision.step is Step.GO_ON
    assert "Pain rose on 1 day of the last 5 with a check-in." in sentences(decision)


def test_a_rise_of_yesterday_and_no_check_in_today_holds() -> None:
    decision = last([*quiet_days(14), hurting(14), a_day(15, check_ins=())])
    assert decision.step is Step.HOLD
    assert "Yesterday symptoms went up, and today has no check-in yet." in sentences(decision)


def test_before_anything_is_usual_pain_is_compared_with_the_phase() -> None:
    decision = last([hurting(0, worst=7, rest=1)])
    assert decision.step is Step.HOLD
    assert "Pain at its worst is 7; this phase goes on up to 4." in sentences(decision)


def test_pain_that_crept_up_slowly_is_seen_beside_the_lower_of_two_usuals() -> None:
    days = [*quiet_days(21), *(hurting(k, worst=2, rest=0) for k in range(21, 31)), hurting(31, worst=3, rest=0)]
    assert "your usual is 1." in sentences(last(days))


# --- stepping back ----------------------------------------------------------------------------------------------------

SECOND = FORWARD_ON
"""The second phase has begun; two quiet days in it."""
FLARE = [*quiet_days(SECOND + 2), hurting(SECOND + 2), hurting(SECOND + 3)]


def test_symptoms_that_are_up_two_days_in_a_row_step_the_plan_back() -> None:
    decision = last(FLARE)
    assert (decision.step, decision.phase) == (Step.STEP_BACK, "first")
    assert "The plan goes back to First until 3 days in a row are as usual." in sentences(decision)


def test_what_rose_is_said_once_on_a_day_of_step_back() -> None:
    decision = last(FLARE)
    assert "pain_rises" not in rules(decision.reasons)
    words = sentences(decision)
    assert words.count("Pain at rest is ") == words.count("Pain at its worst is ") == 1


def test_symptoms_that_come_and_go_step_the_plan_back() -> None:
    days = quiet_days(30)
    for k in (13, 15, 17):
        days[k] = hurting(k)
    assert [k for k, each in enumerate(course(PLAN, days)) if each.step is Step.STEP_BACK] == [17]


def test_after_a_step_back_it_holds_until_stable_days_in_a_row() -> None:
    decisions = course(PLAN, [*FLARE, *quiet_days(4, len(FLARE))])[len(FLARE) :]
    assert [decision.step for decision in decisions] == [Step.HOLD, Step.HOLD, Step.FORWARD, Step.GO_ON]
    assert "2 of 3 days in a row are as usual." in sentences(decisions[1])


def test_a_phase_that_was_done_once_leads_on_again_as_soon_as_it_is_stable() -> None:
    plan = a_plan(phases=(a_phase("first", least_days=10), a_phase("second", least_days=10), a_phase("third")))
    days = [*quiet_days(14), hurting(14), hurting(15), *quiet_days(8, 16)]
    steps = {k: each.step for k, each in enumerate(course(plan, days)) if each.step in {Step.FORWARD, Step.STEP_BACK}}
    assert steps == {11: Step.FORWARD, 15: Step.STEP_BACK, 18: Step.FORWARD}


def test_a_day_without_a_check_in_is_none_of_the_stable_days() -> None:
    first = len(FLARE)
    days = [*FLARE, *quiet_days(2, first), a_day(first + 2, check_ins=()), a_day(first + 3)]
    assert "settling" in rules(last(days).reasons)


def test_a_step_back_has_its_days_to_work_before_the_next() -> None:
    plan, begun = a_plan(stable_days=3), [*quiet_days(18)]
    steps = [each.step for each in course(plan, [*begun, *(hurting(k) for k in range(18, 23))])][18:]
    assert steps == [Step.HOLD, Step.STEP_BACK, Step.HOLD, Step.HOLD, Step.STEP_BACK]


def test_in_the_first_phase_there_is_nothing_to_step_back_to() -> None:
    decision = last([*quiet_days(8), hurting(8), hurting(9)])
    assert (decision.step, decision.phase) == (Step.HOLD, "first")
    assert "this is the first phase" in sentences(decision)


# --- signs for a clinician --------------------------------------------------------------------------------------------


def test_a_sign_ends_the_day_and_says_nothing_else() -> None:
    decision = last([*quiet_days(11), with_sign(11, WarningSign.NUMBNESS, WarningSign.HIP_LOCKS)])
    assert (decision.step, decision.exercises) == (Step.OFF, ())
    assert rules(decision.reasons) == ["warning_sign"]
    assert sentences(decision) == (
        "You entered numbness and that the hip locks. Please talk to a clinician. "
        "Reminders and exercises are off for today; measuring goes on."
    )


def test_the_days_after_a_sign_hold() -> None:
    decisions = course(PLAN, [*quiet_days(11), with_sign(11, WarningSign.FEVER_OR_ILL), *quiet_days(4, 12)])[12:]
    assert [decision.step for decision in decisions] == [Step.HOLD, Step.HOLD, Step.HOLD, Step.FORWARD]
    assert "2 days ago you entered fever or feeling ill." in sentences(decisions[1])


@pytest.mark.parametrize("step", list(Step))
def test_a_day_with_a_sign_cannot_be_overruled(step: Step) -> None:
    days = [*quiet_days(11), with_sign(11, WarningSign.SEVERE_PAIN)]
    decision = last(days, PLAN, overruling(11, step, "my physio"))
    assert (decision.step, decision.exercises, decision.phase) == (Step.OFF, (), "first")
    assert decision.overruled is not None
    assert "exercises stay off for the day" in sentences(decision)


# --- weekly limits ----------------------------------------------------------------------------------------------------


def test_more_than_the_week_allows_holds_and_names_the_load() -> None:
    days = [*quiet_days(20), *(a_day(k, loads={Load.ON_FEET_MIN: 300.0}) for k in (20, 21, 22)), a_day(23)]
    decision = last(days)
    assert rules(decision.reasons)[0] == "above_limit"
    assert "1700 min on your feet of 1540 allowed, usual 1400" in sentences(decision)


def test_what_is_allowed_is_a_share_more_than_usual() -> None:
    (allowance,) = last(quiet_days(21)).allowances
    assert (allowance.usual, allowance.allowed, allowance.done, allowance.assumed_days) == (
        1400,
        pytest.approx(1540),
        1200,
        0,
    )
    assert allowance.left == pytest.approx(340)


def test_a_little_is_free_and_a_ceiling_is_kept() -> None:
    limits = (WeekLimit(load=Load.RUN_MIN, free_below=30), WeekLimit(load=Load.ON_FEET_MIN, most=1000))
    run, feet = last(quiet_days(21), a_plan(limits=limits)).allowances
    assert (run.allowed, feet.allowed, feet.left) == (30, 1000, 0)


def test_a_day_that_was_not_measured_counts_as_a_usual_one() -> None:
    days = quiet_days(21)
    days[18] = replace(days[18], valid=False, loads={Load.ON_FEET_MIN: 40.0})
    (allowance,) = last(days).allowances
    assert (allowance.done, allowance.assumed_days) == (1200, 1)


def test_before_anything_is_usual_only_what_is_free_is_allowed() -> None:
    (allowance,) = last(quiet_days(3), a_plan(limits=(WeekLimit(load=Load.SETS, free_below=9),))).allowances
    assert (allowance.usual, allowance.allowed, allowance.done) == (None, 9, 4)


def test_what_is_offered_is_cut_to_what_the_week_leaves() -> None:
    bridge = Planned(exercise="bridge", target=Target(sets=3), days_a_week=7)
    clam = Planned(exercise="clam_raise", target=Target(sets=3), days_a_week=7)
    plan = a_plan(
        phases=(a_phase("first", exercises=(bridge, clam)),), limits=(WeekLimit(load=Load.SETS, free_below=16),)
    )
    offered = last(quiet_days(7), plan).exercises
    assert [(each.exercise, each.target.sets) for each in offered if each.target] == [("bridge", 3), ("clam_raise", 1)]
    assert [each.exercise for each in last([a_day(k, loads={Load.SETS: 3.0}) for k in range(7)], plan).exercises] == []


def test_intervals_are_cut_by_rounds_and_cost_time_on_the_feet() -> None:
    jog = Planned(exercise="walk_jog_intervals", target=Target(walk_s=120, jog_s=60, rounds=8), load=Load.RUN_MIN)
    limits = (WeekLimit(load=Load.RUN_MIN, free_below=30), WeekLimit(load=Load.ON_FEET_MIN, most=1214.5))
    (offered,) = last(quiet_days(14), a_plan(phases=(a_phase("first", exercises=(jog,)),), limits=limits)).exercises
    assert offered.target == Target(walk_s=120, jog_s=60, rounds=4)


# --- rest -------------------------------------------------------------------------------------------------------------


def test_rest_days_of_the_plan_are_kept() -> None:
    decisions = course(a_plan(rest_weekdays=(2, 6)), quiet_days(28))
    for k, decision in enumerate(decisions):
        assert (decision.step is Step.REST) == (k % 7 in {2, 6})
        assert bool(decision.exercises) == (k % 7 not in {2, 6})


def test_a_step_back_on_a_rest_day_offers_nothing_either() -> None:
    decision = last(FLARE, a_plan(rest_weekdays=((len(FLARE) - 1) % 7,)))
    assert (decision.step, decision.exercises) == (Step.STEP_BACK, ())


def test_after_a_hard_day_comes_rest() -> None:
    decision = last([*quiet_days(20), a_day(20, loads={Load.ON_FEET_MIN: 800.0}), a_day(21)])
    assert decision.step is Step.REST
    assert "Yesterday had 800 min on your feet, of 1540 in a week. Today is for rest." in sentences(decision)
    lax = a_plan(hard_day=0.0)
    assert last([*quiet_days(20), a_day(20, loads={Load.ON_FEET_MIN: 800.0}), a_day(21)], lax).step is Step.HOLD


JOG = Planned(
    exercise="walk_jog_intervals",
    target=Target(walk_s=60, jog_s=60, rounds=4),
    load=Load.RUN_MIN,
    days_a_week=7,
    most_rounds=6,
)
JOGGING = a_plan(phases=(a_phase("jog", exercises=(JOG,), running=True),))


def lapse(count: int, before: int = 20, after: int = 1) -> list[DayLoad]:
    """Quiet days, days of which nothing is known, and quiet days again."""
    gone = [unknown(before + k) for k in range(count)]
    return [*quiet_days(before), *gone, *quiet_days(after, before + count)]


def sets_offered(days: list[DayLoad]) -> int:
    (offered,) = last(days).exercises
    assert offered.target is not None
    return offered.target.sets


def test_the_first_days_after_a_lapse_offer_half_and_hold() -> None:
    assert sets_offered(lapse(7)) == 1
    assert "To come back gently the plan offers half, for 3 days that are measured or have a set." in sentences(
        last(lapse(7))
    )
    assert last(lapse(7)).step is Step.HOLD


def test_after_a_lapse_the_whole_is_offered_again_after_stable_days_that_were_measured() -> None:
    assert [sets_offered(lapse(7, after=count)) for count in (1, 2, 3, 4)] == [1, 1, 1, 2]


def test_fewer_days_without_data_are_no_lapse() -> None:
    assert sets_offered(lapse(6)) == 2


def test_a_day_with_a_set_is_no_day_without_data_however_short_it_was_worn() -> None:
    def short(number: int) -> DayLoad:
        return replace(unknown(number), sets=(a_set("clam_raise", MONDAY + number),))

    exercised = [*quiet_days(20), *(short(20 + k) for k in range(10)), a_day(30)]
    assert sets_offered(exercised) == 2
    back = [*lapse(7, after=0), *(short(27 + k) for k in range(3)), unknown(30)]
    assert [sets_offered([*back[: 27 + k], unknown(27 + k)]) for k in range(4)] == [1, 1, 1, 2]


def test_what_had_grown_begins_anew_after_a_lapse() -> None:
    def rounds(days: list[DayLoad]) -> list[int]:
        found = [each.exercises for each in course(JOGGING, days)]
        return [each.target.rounds for today in found for each in today if each.target is not None]

    jogged = [a_day(k, sets=(a_set("walk_jog_intervals", MONDAY + k),)) for k in range(20)]
    assert max(rounds(jogged)) == 6
    gone = [unknown(20 + k) for k in range(7)]
    back = [a_day(27 + k, sets=()) for k in range(4)]
    assert rounds([*jogged, *gone, *back])[-3:] == [2, 2, 4]


def test_there_is_no_jogging_on_the_day_after_jogging() -> None:
    days = [*quiet_days(14), a_day(14, loads={Load.RUN_MIN: 12.0}), a_day(15), a_day(16)]
    decisions = course(JOGGING, days)
    assert [bool(decision.exercises) for decision in decisions[14:]] == [True, False, True]
    assert "after_run" in rules(decisions[15].reasons)
    assert last(days[:16], replace(JOGGING, rest_after_run=False)).exercises


def test_jogging_that_may_have_been_on_a_day_not_measured_counts() -> None:
    days = [*quiet_days(14), replace(a_day(14), valid=False, loads={}), a_day(15)]
    assert last(days, JOGGING).exercises == ()


def test_rounds_grow_after_sessions_that_went_well_up_to_their_most() -> None:
    days = [a_day(k, loads={Load.RUN_MIN: 4.0 * (k % 2)}) for k in range(24)]
    rounds = [each.target.rounds for decision in course(JOGGING, days) for each in decision.exercises if each.target]
    assert (rounds[0], rounds[-1], max(rounds)) == (4, 6, 6)
    assert rounds == sorted(rounds)


def test_rounds_do_not_grow_on_a_session_after_which_pain_rose() -> None:
    days = [*quiet_days(14), a_day(14, loads={Load.RUN_MIN: 4.0}), hurting(15), a_day(16)]
    (offered,) = last(days, JOGGING).exercises
    assert offered.target is not None
    assert offered.target.rounds == 4


def test_exercises_of_few_days_a_week_are_spread() -> None:
    bridge = Planned(exercise="bridge", target=Target(sets=1), days_a_week=2)
    course_, offered = Course(a_plan(phases=(a_phase("first", exercises=(bridge,)),))), []
    for k in range(14):
        due = bool(course_.decide(a_day(k)).exercises)
        offered.append(due)
        course_.live(a_day(k) if due else a_day(k, sets=()))
    assert "".join("x" if due else "." for due in offered) == "x.x....x.x...."


def test_measured_minutes_are_the_session_without_a_set() -> None:
    walk = Planned(exercise="walking", target=Target(minutes=20), load=Load.WALK_MIN, days_a_week=7)
    plan = a_plan(phases=(a_phase("first", exercises=(walk,)), a_phase("second")))
    assert last(quiet_days(FORWARD_ON), plan).step is Step.FORWARD


# --- overruling -------------------------------------------------------------------------------------------------------


def test_the_person_decides_and_it_is_kept_beside_what_the_table_said() -> None:
    said = overruling(11, Step.HOLD)
    decision = last(quiet_days(FORWARD_ON), PLAN, said)
    assert (decision.step, decision.phase, decision.overruled) == (Step.HOLD, "first", said)
    assert decision.reasons[0].sentence == "You chose hold for today; the table says forward."


def test_forward_by_the_physio_is_followed_also_while_pain_is_up() -> None:
    decision = last([*quiet_days(11), hurting(11)], PLAN, overruling(11, Step.FORWARD, "my physio"))
    assert (decision.step, decision.phase) == (Step.FORWARD, "second")
    assert decision.reasons[0].sentence == "Your physio chose forward; the table says hold."


def test_a_rest_day_can_be_taken_for_exercise() -> None:
    decision = last(quiet_days(3), a_plan(rest_weekdays=(2,)), overruling(2, Step.GO_ON))
    assert decision.step is Step.GO_ON
    assert decision.exercises


@pytest.mark.parametrize(
    ("days", "plan", "chosen", "step", "words"),
    [
        (quiet_days(5), a_plan(set_by="template"), Step.FORWARD, Step.GO_ON, "This plan is a template"),
        (quiet_days(40), PLAN, Step.FORWARD, Step.GO_ON, "This is the last phase"),
        (quiet_days(5), PLAN, Step.STEP_BACK, Step.HOLD, "This is the first phase"),
    ],
)
def test_what_cannot_be_followed_is_said(
    days: list[DayLoad], plan: object, chosen: Step, step: Step, words: str
) -> None:
    decision = last(days, plan, overruling(len(days) - 1, chosen))
    assert decision.step is step
    assert words in decision.reasons[0].sentence


def test_an_overruling_that_changes_no_phase_is_for_its_day_and_says_so() -> None:
    decision = last(quiet_days(12), PLAN, overruling(11, Step.HOLD))
    assert decision.reasons[0].sentence == "You chose hold for today; the table says forward."
    assert last(quiet_days(13), PLAN, overruling(11, Step.HOLD)).reasons[0].rule != "overruled"


@pytest.mark.parametrize("chosen", [Step.FORWARD, Step.GO_ON])
def test_an_overruling_ends_when_a_later_check_in_says_that_pain_rises(chosen: Step) -> None:
    said = replace(overruling(11, chosen), made_at=HostNs(0))
    decision = last([*quiet_days(11), hurting(11)], PLAN, said)
    assert (decision.step, decision.phase) == (Step.HOLD, "first")
    assert "the table decides again" in decision.reasons[0].sentence


def test_a_more_careful_choice_outlives_a_later_check_in() -> None:
    said = replace(overruling(11, Step.REST), made_at=HostNs(0))
    assert last([*quiet_days(11), hurting(11)], PLAN, said).step is Step.REST


def test_of_two_overrulings_the_later_counts() -> None:
    first, second = overruling(2, Step.REST), replace(overruling(2, Step.HOLD), made_at=HostNs(MONDAY + 9))
    assert last(quiet_days(3), PLAN, second, first).step is Step.HOLD


# --- the course, the table, the template ------------------------------------------------------------------------------


def test_a_day_can_be_looked_at_without_going_on() -> None:
    going = Course(PLAN)
    for day in quiet_days(11):
        going.live(day)
    assert going.decide(a_day(11)) == going.decide(a_day(11)) == going.live(a_day(11))


def test_nothing_decides_nothing() -> None:
    assert course(PLAN, []) == ()


def test_rows_of_the_table_have_names_of_their_own_and_say_when() -> None:
    assert len({row.name for row in TABLE}) == len(TABLE)
    assert all(row.when for row in TABLE)


def test_the_starting_plan_is_a_template_of_low_impact_first() -> None:
    assert not STARTING_PLAN.confirmed
    running = [phase.running for phase in STARTING_PLAN.phases]
    assert running == sorted(running)
    assert {limit.load for limit in STARTING_PLAN.limits} == set(Load) - {Load.WALK_MIN}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"phases": ()}, "one phase at least"),
        ({"phases": (a_phase("first"), a_phase("first"))}, "a name of its own"),
        ({"pain_rise": 0}, "pain_rise is 0"),
        ({"stable_days": 40}, "stable_days is 40"),
        ({"hard_day": 2.0}, "hard_day is 2"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(more: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        a_plan(**more)


def test_limits_and_days_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(ValueError, match="choose 0 or more"):
        WeekLimit(load=Load.SETS, most=-1.0)
    with pytest.raises(ValueError, match="days_a_week is 9"):
        Planned(exercise="bridge", days_a_week=9)


def test_no_session_of_the_starting_plan_makes_a_hard_day_by_itself() -> None:
    free = {limit.load: limit.free_below for limit in STARTING_PLAN.limits}
    for each in (one for phase in STARTING_PLAN.phases for one in phase.exercises):
        target = each.target or Target()
        minutes = target.minutes or target.jog_s * target.rounds / 60
        a_quarter_longer = 1.25 * minutes
        assert each.load not in free or a_quarter_longer <= STARTING_PLAN.hard_day * free[each.load]


def test_every_exercise_of_the_starting_plan_is_in_the_library() -> None:
    assert {each.exercise for phase in STARTING_PLAN.phases for each in phase.exercises} <= set(BY_NAME)

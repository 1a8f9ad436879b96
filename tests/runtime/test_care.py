"""History, diary and plan become days, loads and decisions; what was shown stays as it was shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hipmonitor.core.instants import HostNs
from hipmonitor.core.programme import STARTING_PLAN, CheckIn, Decision, Load, Overruled, Step, WarningSign
from hipmonitor.io.clock import civil_tick
from hipmonitor.io.diary import DecisionShown, Deleted, Diary, Entry, PlanConfirmed, diary_of, read_diary
from hipmonitor.io.history import History, SetRecord
from hipmonitor.io.plan import plan_mark
from hipmonitor.runtime.care import (
    LOOK_BACK_DAYS,
    CareKept,
    as_they_stand,
    course_begins,
    day_loads,
    decision_of_day,
    note_shown,
    read_care,
)
from tests.core.day_builders import CYCLE, DAY, SIT, STAND, WALK, clock
from tests.core.day_builders import Diary as Lived
from tests.core.history_builders import head, news
from tests.core.set_builders import ended_set

PLAN = replace(STARTING_PLAN, set_by="my physio", set_on="2026-03-09")


def check_in(day: int = DAY, number: int = 1, **said: int) -> CheckIn:
    return CheckIn(made_at=HostNs(day * 1000 + number), day=day, utc_offset_s=0, **said)


def shown(decision: Decision, mark: str | None = None) -> DecisionShown:
    return DecisionShown(shown_at=clock(8), decision=decision, plan_mark=plan_mark(PLAN) if mark is None else mark)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Stood 10 min, walked 20, sat 40, pedalled 10."""
    lived = (
        Lived(clock(9)).did(STAND, 600, 1).did(WALK, 1200, 5, cadence_spm=110).did(SIT, 2400, 92).did(CYCLE, 600, 60)
    )
    with History(tmp_path / "h.db") as made:
        made.replace(head(), news(lived))
        yield made


def care(diary: Diary, history: History | None = None, *, days: int = 3) -> CareKept:
    return read_care(history, diary, PLAN, DAY - days + 1, DAY)


# -- loads -------------------------------------------------------------------------------------------------------------


def test_loads_are_minutes_and_counts_of_the_settled_day(history: History) -> None:
    (day,) = day_loads(history, Diary(), DAY, DAY)
    assert day.loads == {
        Load.ON_FEET_MIN: 30.0,
        Load.WALK_MIN: 20.0,
        Load.RUN_MIN: 0.0,
        Load.CYCLE_MIN: 10.0,
        Load.DEEP_CYCLES: 0.0,
        Load.SETS: 0.0,
        Load.SITTING_MIN: 40.0,
    }
    assert day.weekday == 2


def test_a_day_counts_where_it_was_worn_long_enough(history: History) -> None:
    assert not day_loads(history, Diary(), DAY, DAY)[0].valid
    assert day_loads(history, Diary(), DAY, DAY, valid_day_worn_h=1.0)[0].valid


def test_a_day_without_a_recording_is_there_and_holds_nothing(history: History) -> None:
    before, day, after = day_loads(history, Diary(), DAY - 1, DAY + 1)
    assert [each.day for each in (before, day, after)] == [DAY - 1, DAY, DAY + 1]
    for missing in (before, after):
        assert not missing.valid
        assert missing.loads == {}


def test_sets_that_held_something_are_a_load_and_bring_their_comfort(history: History) -> None:
    done = [ended_set(clock(9, minute)) for minute in (10, 20, 30)]
    done[2] = replace(done[2], repetitions=(), counted_s=0.0)
    records = tuple(SetRecord(result=each, shown=10, day=DAY, utc_offset_s=0) for each in done)
    history.replace(head(), replace(news(), sets=records))
    (day,) = day_loads(history, Diary(), DAY, DAY)
    assert day.loads[Load.SETS] == 2.0
    assert len(day.sets) == 2


def test_a_set_of_minutes_is_no_exercise_set_because_its_minutes_are_counted(history: History) -> None:
    walked = replace(ended_set(clock(9, 10)), repetitions=(), counted_s=600.0)
    history.replace(head(), replace(news(), sets=(SetRecord(result=walked, shown=0, day=DAY, utc_offset_s=0),)))
    (day,) = day_loads(history, Diary(), DAY, DAY)
    assert day.loads[Load.SETS] == 0.0
    assert len(day.sets) == 1


def test_check_ins_stand_on_the_day_they_are_about() -> None:
    diary = diary_of([check_in(DAY - 1, pain_rest=1), check_in(DAY, 1, pain_rest=2), check_in(DAY, 2, pain_rest=3)])
    days = day_loads(None, diary, DAY - 1, DAY)
    assert [[one.pain_rest for one in day.check_ins] for day in days] == [[1], [2, 3]]


# -- decisions ---------------------------------------------------------------------------------------------------------


def test_there_is_a_decision_for_every_day_and_it_has_its_reasons(history: History) -> None:
    kept = care(diary_of([check_in(pain_rest=1, pain_worst=2)]), history)
    assert [decision.day for decision in kept.decisions] == [DAY - 2, DAY - 1, DAY]
    assert all(decision.reasons for decision in kept.decisions)


def test_a_sign_switches_the_day_off_whatever_was_measured(history: History) -> None:
    sign = replace(check_in(), signs=(WarningSign.NUMBNESS,))
    decision = care(diary_of([sign]), history).decision(DAY)
    assert decision is not None
    assert decision.step is Step.OFF
    assert "Please talk to a clinician" in decision.reasons[0].sentence


def test_an_overruling_is_heard() -> None:
    said = Overruled(made_at=HostNs(5), day=DAY, step=Step.REST, by="me", note="tired")
    decision = care(diary_of([check_in(pain_rest=1, pain_worst=1), said])).decision(DAY)
    assert decision is not None
    assert (decision.step, decision.overruled) == (Step.REST, said)


def test_without_a_plan_the_days_are_there_and_nothing_is_decided(history: History) -> None:
    kept = read_care(history, diary_of([check_in(pain_rest=1)]), None, DAY - 1, DAY)
    assert (len(kept.days), kept.decisions, len(kept.check_ins)) == (2, (), 1)
    assert decision_of_day(kept, DAY) is None


def test_only_what_lies_in_the_days_is_handed_out() -> None:
    diary = diary_of([check_in(DAY - 9, pain_rest=1), check_in(DAY, pain_rest=2)])
    assert [one.day for one in care(diary).check_ins] == [DAY]


# -- shown -------------------------------------------------------------------------------------------------------------


def entries(*more: Entry) -> list[Entry]:
    return [check_in(pain_rest=1, pain_worst=2), *more]


def now_decided() -> Decision:
    decision = care(diary_of(entries())).decision(DAY)
    assert decision is not None
    return decision


def test_what_is_shown_first_is_kept_once(tmp_path: Path) -> None:
    place, tick = tmp_path / "diary.jsonl", civil_tick(clock(8), 0)
    kept = care(diary_of(entries()))
    first = decision_of_day(kept, DAY)
    assert first is not None
    assert first.is_new
    note_shown(first, PLAN, tick, place)
    again = decision_of_day(care(diary_of([*entries(), read_diary(place).shown[0].entry])), DAY)
    assert again is not None
    assert not again.is_new
    note_shown(again, PLAN, tick, place)
    assert [one.entry.decision for one in read_diary(place).shown] == [kept.decision(DAY)]
    assert len(place.read_bytes().splitlines()) == 1


def test_what_was_shown_stays_where_settled_data_say_another_thing_now() -> None:
    told = replace(now_decided(), step=Step.STEP_BACK)
    stands = decision_of_day(care(diary_of(entries(shown(told)))), DAY)
    assert stands is not None
    assert (stands.decision, stands.is_new) == (told, False)
    assert stands.worked_out_again == now_decided()


def test_other_numbers_in_a_reason_are_no_other_decision() -> None:
    told = now_decided()
    told = replace(told, reasons=(replace(told.reasons[0], sentence="48 of 50 min."),))
    stands = decision_of_day(care(diary_of(entries(shown(told)))), DAY)
    assert stands is not None
    assert (stands.decision, stands.worked_out_again) == (told, None)


@pytest.mark.parametrize(
    "since",
    [
        [replace(check_in(number=9), signs=(WarningSign.NUMBNESS,))],
        [Overruled(made_at=HostNs(9), day=DAY, step=Step.REST, by="me", note="")],
        [Deleted(what="check_in", made_at=check_in().made_at)],
    ],
)
def test_what_the_wearer_says_afterwards_takes_its_place(since: list[Entry]) -> None:
    stands = decision_of_day(care(diary_of(entries(shown(now_decided()), *since))), DAY)
    assert stands is not None
    assert stands.is_new
    assert stands.decision != now_decided()
    assert stands.worked_out_again is None


def test_another_plan_takes_its_place_too() -> None:
    told = replace(now_decided(), step=Step.STEP_BACK)
    stands = decision_of_day(care(diary_of(entries(shown(told, mark="of an earlier plan")))), DAY)
    assert stands is not None
    assert (stands.is_new, stands.decision) == (True, now_decided())


def test_a_day_that_is_over_stays_as_it_was_shown_whatever_is_said_later() -> None:
    yesterday = Decision(day=DAY - 1, step=Step.GO_ON, phase="load", reasons=now_decided().reasons)
    late = replace(check_in(DAY - 1, 7), signs=(WarningSign.NUMBNESS,))
    kept = care(diary_of([shown(yesterday, mark="of an earlier plan"), late, check_in(pain_rest=1)]))
    assert [decision.step for decision in kept.decisions[-2:]] == [Step.OFF, kept.decisions[-1].step]
    assert as_they_stand(kept)[-2] == yesterday
    stands = decision_of_day(kept, DAY - 1)
    assert stands is not None
    assert (stands.is_new, stands.worked_out_again) == (False, kept.decision(DAY - 1))


# -- when it began -----------------------------------------------------------------------------------------------------


def confirmed(on: str, name: str = PLAN.name) -> PlanConfirmed:
    return PlanConfirmed(at=HostNs(1), name=name, by="my physio", on=on, plan_mark="")


def test_a_course_begins_when_its_plan_was_first_confirmed(history: History) -> None:
    diary = diary_of(
        [
            confirmed("2026-03-02", "an older plan"),
            confirmed("2026-03-05"),
            replace(confirmed("2026-03-09"), at=HostNs(2)),
        ]
    )
    assert course_begins(PLAN, diary, history, DAY) == DAY - 6


def test_of_a_plan_that_nobody_confirmed_here_its_own_date_counts_and_never_one_to_come() -> None:
    assert course_begins(PLAN, Diary(), None, DAY) == DAY - 2
    assert course_begins(replace(PLAN, set_on="2026-12-24"), Diary(), None, DAY) == DAY


def test_of_a_plan_without_a_date_it_begins_with_the_data(history: History) -> None:
    plan = replace(PLAN, set_on="")
    assert course_begins(plan, Diary(), None, DAY) == DAY
    assert course_begins(plan, Diary(), history, DAY + 3) == DAY
    assert course_begins(plan, diary_of([check_in(DAY - 100, pain_rest=1)]), history, DAY) == DAY - LOOK_BACK_DAYS

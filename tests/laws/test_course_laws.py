"""Laws of the course of a plan, on whatever days come: read plainly by `course_rules`, which knows nothing of the table."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipmonitor.core.instants import HostNs
from hipmonitor.core.programme import (
    STARTING_PLAN,
    CheckIn,
    Course,
    DayLoad,
    Load,
    Overruled,
    Plan,
    Step,
    WarningSign,
    course,
    table,
)
from tests.benchmarks import courses
from tests.benchmarks.course_lives import PEOPLE, Person, lived
from tests.benchmarks.course_rules import Read, violations
from tests.core.programme_builders import MONDAY, a_plan, a_set

CONFIRMED = replace(STARTING_PLAN, set_by="me")
SHORT = a_plan(rest_weekdays=(6,))
"""Phases of five days: more happens within a few weeks."""

scores = st.none() | st.sampled_from((0, 0, 0, 1, 1, 2, 3, 6))
check_ins = st.builds(
    CheckIn,
    made_at=st.just(HostNs(0)),
    day=st.just(0),
    utc_offset_s=st.just(0),
    pain_rest=scores,
    pain_worst=scores,
    stiffness=scores,
    comfort_before=st.none() | st.integers(5, 9),
    comfort_after=st.none() | st.integers(4, 9),
    signs=st.sampled_from(((),) * 12 + ((WarningSign.NUMBNESS,), (WarningSign.SEVERE_PAIN, WarningSign.HIP_LOCKS))),
)
quiet = st.builds(
    CheckIn,
    made_at=st.just(HostNs(0)),
    day=st.just(0),
    utc_offset_s=st.just(0),
    pain_rest=st.sampled_from((0, 1)),
    pain_worst=st.sampled_from((1, 2)),
)
loads = st.fixed_dictionaries(
    {Load.ON_FEET_MIN: st.sampled_from((150.0, 180.0, 200.0, 220.0, 900.0))},
    optional={
        Load.WALK_MIN: st.sampled_from((5.0, 30.0)),
        Load.RUN_MIN: st.sampled_from((0.0, 0.0, 2.0, 15.0, 60.0)),
        Load.SETS: st.sampled_from((0.0, 3.0, 6.0)),
    },
)
sets = st.lists(st.sampled_from(("bridge", "clam_raise", "squat", "walk_jog_intervals")), max_size=3)


@st.composite
def days_lived(draw: st.DrawFn, most: int = 40) -> list[DayLoad]:
    """Any days, with quiet stretches among them so that plans get somewhere."""
    days: list[DayLoad] = []
    for _ in range(draw(st.integers(1, 4))):
        calm = draw(st.booleans())
        for _ in range(draw(st.integers(0, most // 2 if calm else most // 5))):
            number = len(days)
            said = draw(st.lists(quiet, min_size=1, max_size=1) if calm else st.lists(check_ins, max_size=2))
            names = ["bridge"] if calm else draw(sets)
            days.append(
                DayLoad(
                    day=MONDAY + number,
                    weekday=number % 7,
                    valid=calm or draw(st.booleans()),
                    loads={Load.ON_FEET_MIN: 200.0} if calm else draw(loads),
                    sets=tuple(a_set(name, MONDAY + number) for name in names),
                    check_ins=tuple(said),
                )
            )
    return days


def overrulings(days: list[DayLoad]) -> st.SearchStrategy[list[Overruled]]:
    if not days:
        return st.just([])
    one = st.builds(
        Overruled,
        made_at=st.just(HostNs(0)),
        day=st.sampled_from([day.day for day in days]),
        step=st.sampled_from(list(Step)),
        by=st.sampled_from(("me", "my physio")),
        note=st.just("as I see it"),
    )
    return st.lists(one, max_size=3, unique_by=lambda each: each.day)


@pytest.mark.parametrize("plan", [SHORT, CONFIRMED, STARTING_PLAN], ids=["short", "starting", "template"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_day_breaks_a_rule_of_care(plan: Plan, data: st.DataObject) -> None:
    days = data.draw(days_lived())
    said = data.draw(overrulings(days))
    decisions = course(plan, days, said)
    assert [decision.day for decision in decisions] == [day.day for day in days]
    assert list(violations(Read.of(plan, days, decisions, said))) == []


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_decision_rests_on_its_day_and_the_days_before(data: st.DataObject) -> None:
    days = data.draw(days_lived())
    said = data.draw(overrulings(days))
    cut = data.draw(st.integers(0, len(days)))
    assert course(SHORT, days[:cut], said) == course(SHORT, days, said)[:cut]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_measured_of_a_day_changes_nothing_of_that_day(data: st.DataObject) -> None:
    days = data.draw(days_lived().filter(bool))
    going = Course(SHORT)
    for day in days[:-1]:
        going.live(day)
    last = days[-1]
    bare = replace(last, valid=False, loads={}, sets=())
    assert going.decide(last) == going.decide(bare)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_twelve_weeks_of_every_kind_of_person_break_no_rule(person: Person) -> None:
    assert courses.found(lived(person, courses.PLAN, seed=1)) == []


def test_a_steady_course_reaches_its_last_phase() -> None:
    steady = lived(PEOPLE[0], courses.PLAN, seed=2)
    assert courses.PLAN.phases[-1].name in {decision.phase for decision in steady.decided}


@pytest.mark.parametrize(
    ("row", "person", "what"),
    [
        ("warning_sign", "warning signs", "off without a warning sign, or a warning sign without off"),
        ("symptoms_return", "flare-ups", "no step back when symptoms return"),
        ("rest_day", "steady", "a rest day that is none"),
        ("hard_day_before", "over-doing", "no rest after a hard day"),
        ("pain_rises", "flare-ups", "going on while pain rises"),
        ("no_check_in", "missing days", "forward without a check-in"),
        ("not_measured", "missing days", "forward on days that were not measured"),
        ("above_limit", "over-doing", "forward above a weekly limit"),
    ],
)
def test_a_table_without_this_row_would_be_noticed(
    row: str, person: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "TABLE", tuple(each for each in table.TABLE if each.name != row))
    (who,) = (each for each in PEOPLE if each.name == person)
    assert any(what in courses.found(lived(who, courses.PLAN, seed)) for seed in range(6))

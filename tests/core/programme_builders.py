"""Days and plans for tests of the programme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hipmonitor.core.exercise import EndedBy, SetResult
from hipmonitor.core.exercises import Target
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.programme import (
    CheckIn,
    Criteria,
    DayLoad,
    Load,
    Overruled,
    Plan,
    Planned,
    PlanPhase,
    Step,
    WarningSign,
    WeekLimit,
)

MONDAY = 20_605
"""A Monday."""
LOADS = {Load.ON_FEET_MIN: 200.0, Load.WALK_MIN: 30.0, Load.RUN_MIN: 0.0, Load.SETS: 2.0}


def a_phase(name: str, **more: object) -> PlanPhase:
    """Leads on after five days of little pain."""
    exercises = (Planned(exercise="bridge", target=Target(sets=2, repetitions=8), days_a_week=7),)
    phase = PlanPhase(
        name=name, title=name.capitalize(), goal="", exercises=exercises, exit=Criteria(days=5), least_days=5
    )
    return replace(phase, **more)  # type: ignore[arg-type]


def a_plan(**more: object) -> Plan:
    """Three phases, one limit, no rest days."""
    plan = Plan(
        name="a plan",
        set_by="me",
        set_on="2026-11-22",
        phases=(a_phase("first"), a_phase("second"), a_phase("third")),
        limits=(WeekLimit(load=Load.ON_FEET_MIN),),
        rest_weekdays=(),
    )
    return replace(plan, **more)  # type: ignore[arg-type]


def a_check_in(day: int, *, rest: int | None = 0, worst: int | None = 1, **more: object) -> CheckIn:
    """Of a day with little pain."""
    quiet = CheckIn(made_at=HostNs(day), day=day, utc_offset_s=0, pain_rest=rest, pain_worst=worst)
    return replace(quiet, **more)  # type: ignore[arg-type]


def a_set(exercise: str, day: int) -> SetResult:
    """One that was done to its end."""
    at = HostNs(day * 86_400 * NS_PER_S)
    return SetResult(
        exercise=exercise,
        title=exercise,
        started=at,
        ended=at,
        number=1,
        side="left",
        target=Target(),
        repetitions=(),
        counted_s=0.0,
        unseen_s=0.0,
        ended_by=EndedBy.TARGET,
        sentence="",
    )


def a_day(number: int, *, loads: Mapping[Load, float] | None = None, **more: object) -> DayLoad:
    """Measured, little pain, a bridge done; `number` days after a Monday."""
    day = MONDAY + number
    quiet = DayLoad(
        day=day,
        weekday=number % 7,
        valid=True,
        loads={**LOADS, **(loads or {})},
        sets=(a_set("bridge", day),),
        check_ins=(a_check_in(day),),
    )
    return replace(quiet, **more)  # type: ignore[arg-type]


def quiet_days(count: int, first: int = 0) -> list[DayLoad]:
    """So many of them."""
    return [a_day(first + k) for k in range(count)]


def hurting(number: int, worst: int = 5, rest: int = 3, **more: object) -> DayLoad:
    """A day with more pain than usual."""
    return a_day(number, check_ins=(a_check_in(MONDAY + number, rest=rest, worst=worst),), **more)


def with_sign(number: int, *signs: WarningSign) -> DayLoad:
    """A day on which signs are entered."""
    return a_day(number, check_ins=(a_check_in(MONDAY + number, signs=signs),))


def unknown(number: int) -> DayLoad:
    """A day of which nothing is known."""
    return DayLoad(day=MONDAY + number, weekday=number % 7, valid=False)


def overruling(number: int, step: Step, by: str = "me") -> Overruled:
    """With a note, after the check-ins of the day."""
    return Overruled(made_at=HostNs(MONDAY + number + 1), day=MONDAY + number, step=step, by=by, note="as I see it")


def rules(reasons: Iterable[object]) -> list[str]:
    """Names of the rows."""
    return [each.rule for each in reasons]  # type: ignore[attr-defined]

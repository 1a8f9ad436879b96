"""The week of the plan: its days with what was decided, rest days, sets, check-ins, and each exercise against what is planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipmonitor.core.civil import weekday_of
from hipmonitor.core.programme import DayLoad, Decision, Plan, PlanPhase, did
from hipmonitor.ui.view_model.civil_dates import short_name
from hipmonitor.ui.view_model.plan.step_names import STEPS
from hipmonitor.ui.view_model.plan.today_look import TitleOf

WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDay:
    """One day of the week."""

    day: int
    weekday: str
    """Wed."""
    number: str
    """11."""
    today: bool
    ahead: bool
    rest: bool
    """A rest day of the plan."""
    icon: str
    """Of the decision; empty where none was made."""
    step: str
    """Its word."""
    sets: int
    checked_in: bool
    pain: int | None
    """At its worst, of the day's check-ins."""
    sign: bool
    worn: bool

    @property
    def words(self) -> str:
        """For the tooltip, and for whoever does not see it."""
        parts = [
            short_name(self.day).replace("  ", " "),
            "rest day" if self.rest else "",
            self.step.lower(),
            f"{self.sets} set{'s' * (self.sets != 1)}" if self.sets or not (self.ahead or self.rest) else "",
            self._checked_in(),
            "" if self.worn or self.ahead else "not worn long enough to count",
        ]
        return ", ".join(part for part in parts if part)

    def _checked_in(self) -> str:
        if not self.checked_in:
            return "" if self.ahead else "no check-in"
        return "check-in" if self.pain is None else f"check-in, pain {self.pain} at its worst"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSessions:
    """One exercise of the phase: on how many days it was done, of how many."""

    title: str
    done: int
    planned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWeek:
    """From Monday."""

    days: tuple[PlanDay, ...]
    sessions: tuple[PlannedSessions, ...]

    @property
    def said(self) -> str:
        """5 of 9 sessions."""
        planned = sum(each.planned for each in self.sessions)
        return f"{sum(min(each.done, each.planned) for each in self.sessions)} of {planned} sessions" if planned else ""

    @property
    def spoken(self) -> str:
        """In words."""
        sessions = [f"{each.title}: {each.done} of {each.planned} days" for each in self.sessions]
        return f"{'; '.join(day.words for day in self.days)}. {'; '.join(sessions)}."


def plan_week(
    plan: Plan, days: Sequence[DayLoad], decisions: Sequence[Decision], today: int, title_of: TitleOf
) -> PlanWeek:
    """The week in which today is."""
    monday = today - weekday_of(today)
    loads, decided = {each.day: each for each in days}, {each.day: each for each in decisions}
    shown = range(monday, monday + WEEK)
    cells = tuple(_day(plan, day, loads.get(day), decided.get(day), today) for day in shown)
    phase = _phase(plan, decisions)
    lived = [loads[day] for day in shown if day in loads and day <= today]
    return PlanWeek(days=cells, sessions=planned_sessions(phase, lived, title_of))


def _phase(plan: Plan, decisions: Sequence[Decision]) -> PlanPhase:
    by_name = {phase.name: phase for phase in plan.phases}
    return by_name.get(decisions[-1].phase, plan.phases[0]) if decisions else plan.phases[0]


def _day(plan: Plan, day: int, load: DayLoad | None, decision: Decision | None, today: int) -> PlanDay:
    check_ins = () if load is None else load.check_ins
    pains = [each.pain_worst for each in check_ins if each.pain_worst is not None]
    step = None if decision is None or day > today else decision.step
    weekday, number, _ = short_name(day).split()
    return PlanDay(
        day=day,
        weekday=weekday,
        number=number,
        today=day == today,
        ahead=day > today,
        rest=weekday_of(day) in plan.rest_weekdays,
        icon="" if step is None else STEPS[step].icon,
        step="" if step is None else STEPS[step].word,
        sets=0 if load is None else len(load.sets),
        checked_in=bool(check_ins),
        pain=max(pains, default=None),
        sign=any(each.signs for each in check_ins),
        worn=load is not None and load.valid,
    )


def planned_sessions(phase: PlanPhase, lived: Sequence[DayLoad], title_of: TitleOf) -> tuple[PlannedSessions, ...]:
    """Days on which each exercise of the phase was done, of those that are planned a week."""
    return tuple(
        PlannedSessions(
            title=title_of(planned.exercise),
            done=sum(did(planned, day) for day in lived),
            planned=planned.days_a_week,
        )
        for planned in phase.exercises
    )

"""A whole plan in words, to go through with the physio: what each phase has, what leads on, and the limits."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.programme import Plan, PlanPhase, WeekLimit
from hipmonitor.ui.view_model.plan.load_names import LOAD_NAMES, load_amount
from hipmonitor.ui.view_model.plan.phase_path import leads_on
from hipmonitor.ui.view_model.plan.today_look import TitleOf, offered_words

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EVIDENCE = (
    "Common advice: settle first, low impact first, load before speed, walk intervals before jog intervals, rest days, and a "
    "step back when symptoms return. Custom, not evidence: every number here. No study says which ones fit this hip."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSection:
    """A title and its lines."""

    title: str
    lines: tuple[str, ...]


def plan_sections(plan: Plan, title_of: TitleOf) -> tuple[PlanSection, ...]:
    """Phases in order, then what holds in all of them."""
    phases = [_phase(number, phase, title_of) for number, phase in enumerate(plan.phases, start=1)]
    limits = PlanSection(title="In seven days", lines=tuple(_limit(each) for each in plan.limits))
    return (*phases, limits, PlanSection(title="In every phase", lines=_always(plan)))


def _phase(number: int, phase: PlanPhase, title_of: TitleOf) -> PlanSection:
    exercises = [f"{offered_words(each, title_of)}, {_days(each.days_a_week)}" for each in phase.exercises]
    onward = "Leads on: " + " ".join(leads_on(phase))
    return PlanSection(title=f"{number}. {phase.title}", lines=(phase.goal, *exercises, onward))


def _days(days_a_week: int) -> str:
    return "every day" if days_a_week == len(WEEKDAYS) else f"{days_a_week} day{'s' * (days_a_week != 1)} a week"


def _limit(limit: WeekLimit) -> str:
    """Running: at most 10 % more than usual; up to 30 min is free."""
    parts = [f"at most {100 * limit.most_increase:.0f} % more than usual"]
    if limit.free_below:
        parts.append(f"up to {load_amount(limit.load, limit.free_below)} is never held back")
    if limit.most is not None:
        parts.append(f"never above {load_amount(limit.load, limit.most)}")
    return f"{LOAD_NAMES[limit.load]}: {'; '.join(parts)}."


def _always(plan: Plan) -> tuple[str, ...]:
    rest = " and ".join(WEEKDAYS[day] for day in plan.rest_weekdays)
    return (
        f"Rest on {rest}." if rest else "No fixed rest days.",
        f"Pain {plan.pain_rise} points above your usual is pain that rises: nothing leads forward then.",
        f"After a step back, {plan.stable_days} steady days in a row come before anything leads forward again.",
        EVIDENCE,
    )

"""What there is of a plan: none, a template nobody confirmed, one that somebody set, or a file that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.programme import Plan
from hipmonitor.ui.view_model.civil_dates import day_of, long_name


class PlanStand(StrEnum):
    """Of the plan."""

    NONE = "none"
    BROKEN = "broken"
    TEMPLATE = "template"
    """It is shown; nobody has confirmed it."""
    SET = "set"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanState:
    """In words, with what can be done."""

    stand: PlanStand
    title: str
    sentence: str
    action: str = ""
    whose: str = ""
    """Beside the head: plan set by my physio on 2 March 2026."""


NO_PLAN = PlanState(
    stand=PlanStand.NONE,
    title="No plan yet",
    sentence="A plan says how much of each load there may be, and when to go on, hold or step back. There is a template "
    "to begin with. Go through it with your physio: its numbers are presets that somebody confirms.",
    action="Look at the template",
)


def plan_state(plan: Plan | None, problem: str = "") -> PlanState:
    """`problem`: why the plan's file cannot be read, with the field and the remedy."""
    if problem:
        return PlanState(
            stand=PlanStand.BROKEN,
            title="The plan's file cannot be read",
            sentence=f"{problem.rstrip('.')}. Until then nothing leads forward; check-ins and measuring go on.",
            action="Read it again",
        )
    if plan is None:
        return NO_PLAN
    if not plan.confirmed:
        return PlanState(
            stand=PlanStand.TEMPLATE,
            title="This plan is a template",
            sentence="Nobody has confirmed its numbers yet. Go through it with your physio; until then take it as an example.",
            action="Confirm it",
            whose="template, not confirmed",
        )
    return PlanState(stand=PlanStand.SET, title="", sentence="", whose=_whose(plan))


def _whose(plan: Plan) -> str:
    when = ""
    if plan.set_on:
        try:
            when = f" on {long_name(day_of(plan.set_on, today=0)).split(' ', 1)[1]}"
        except ValueError:
            when = f" on {plan.set_on}"
    return f"set by {plan.set_by}{when}"

"""The phases of a plan as a path: where one stands, and what leads on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.programme import Criteria, Decision, Plan, PlanPhase


class Place(StrEnum):
    """Of a phase on the path."""

    BEHIND = "behind"
    HERE = "here"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStop:
    """One phase."""

    number: int
    title: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PhasePath:
    """All of them."""

    stops: tuple[PathStop, ...]
    goal: str
    """Of the phase one is in."""
    since: str
    """Day 9 in this phase."""
    leads_on: tuple[str, ...]
    """What must hold before the next one, a line each; none of the last."""

    @property
    def spoken(self) -> str:
        """In words."""
        here = next((stop for stop in self.stops if stop.place is Place.HERE), self.stops[0])
        return " ".join(
            [f"Phase {here.number} of {len(self.stops)}, {here.title}.", self.goal, self.since, *self.leads_on]
        )


def phase_path(plan: Plan, decisions: Sequence[Decision]) -> PhasePath:
    """By the newest decision; without one the first phase."""
    names = [phase.name for phase in plan.phases]
    here = decisions[-1].phase if decisions and decisions[-1].phase in names else names[0]
    at = names.index(here)
    days = _days_in(decisions, here)
    return PhasePath(
        stops=tuple(_stop(number, phase, at) for number, phase in enumerate(plan.phases)),
        goal=plan.phases[at].goal,
        since=f"Day {days} in this phase." if days else "",
        leads_on=leads_on(plan.phases[at]) if at + 1 < len(names) else (),
    )


def _stop(number: int, phase: PlanPhase, at: int) -> PathStop:
    place = Place.HERE if number == at else Place.BEHIND if number < at else Place.AHEAD
    return PathStop(number=number + 1, title=phase.title, place=place)


def _days_in(decisions: Sequence[Decision], here: str) -> int:
    count = 0
    for decision in reversed(decisions):
        if decision.phase != here:
            break
        count += 1
    return count


def leads_on(phase: PlanPhase) -> tuple[str, ...]:
    """A line for each criterion."""
    c: Criteria = phase.exit
    return (
        f"At least {_days(phase.least_days)} in this phase.",
        f"{_days(c.days)} with a check-in: pain at rest {c.most_pain_rest} or less, at its worst {c.most_pain_worst} or less.",
        f"{100 * c.least_adherence:.0f} % of the planned sessions done.",
    )


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"

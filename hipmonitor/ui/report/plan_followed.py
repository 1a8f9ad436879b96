"""The plan over the period: what was decided and why, and which of the planned sessions were done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from hipmonitor.core.programme import DayLoad, Decision, Plan, Planned, PlanPhase, adherence
from hipmonitor.ui.report.day_lines import short_span
from hipmonitor.ui.report.summaries import Row
from hipmonitor.ui.view_model.civil_dates import short_name
from hipmonitor.ui.view_model.plan import STEPS
from hipmonitor.ui.view_model.plan.plan_state import plan_state
from hipmonitor.ui.view_model.plan.today_look import TitleOf, phase_words

REST_DAY: Final = "rest_day"
"""Of the table; a day that is only this is not told day by day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """Days in a row with the same decision, phase and deciding reasons; rest days of the plan may lie between."""

    days: str
    step: str
    phase: str
    reasons: tuple[str, ...]
    note: str
    """Of whoever decided otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFollowed:
    """All of it."""

    name: str
    whose: str
    decisions: tuple[DecisionLine, ...]
    sessions: tuple[Row, ...]


def plan_followed(
    plan: Plan, days: Sequence[DayLoad], decisions: Sequence[Decision], span: tuple[int, int], title_of: TitleOf
) -> PlanFollowed | None:
    """Of the days from the first to the last of `span`; None where nothing was decided in them."""
    mine = [each for each in decisions if span[0] <= each.day <= span[1]]
    if not mine:
        return None
    return PlanFollowed(
        name=plan.name,
        whose=_whose(plan),
        decisions=tuple(_lines(plan, mine)),
        sessions=tuple(_sessions(plan, {each.day: each for each in days}, mine, title_of)),
    )


def _whose(plan: Plan) -> str:
    words = plan_state(plan).whose
    return words[:1].upper() + words[1:]


def _lines(plan: Plan, decisions: Sequence[Decision]) -> Iterator[DecisionLine]:
    """Of several days alike, the reasons of the last one."""
    told = [each for each in decisions if _deciding(each) != (REST_DAY,)] or decisions
    for _, group in groupby(told, key=_same):
        days = list(group)
        first, last = days[0], days[-1]
        named = " ".join(short_name(first.day).split()) if first is last else short_span(first.day, last.day)
        yield DecisionLine(
            days=named,
            step=STEPS[first.step].word,
            phase=phase_words(plan, first.phase),
            reasons=tuple(reason.sentence for reason in last.reasons if reason.leads_to is last.step),
            note="" if first.overruled is None else first.overruled.note.strip(),
        )


def _deciding(decision: Decision) -> tuple[str, ...]:
    """Rows of the table that led to its step."""
    return tuple(reason.rule for reason in decision.reasons if reason.leads_to is decision.step)


def _same(decision: Decision) -> tuple[object, ...]:
    return decision.step, decision.phase, _deciding(decision), decision.overruled


def _sessions(
    plan: Plan, days: Mapping[int, DayLoad], decisions: Sequence[Decision], title_of: TitleOf
) -> Iterator[Row]:
    """Each exercise, as far as it was offered, over every stay in a phase; with the phases."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    offered = {each.day: each.exercises for each in decisions}
    phases = {phase.name: phase for phase in plan.phases}
    for name, group in groupby(decisions, key=lambda each: each.phase):
        lived = [each.day for each in group]
        if name in phases:
            for exercise, done, planned in _of_phase(phases[name], days, offered, range(lived[0], lived[-1] + 1)):
                found.setdefault(exercise, []).append((done, planned, phases[name].title))
    for exercise, stays in found.items():
        done, planned = sum(stay[0] for stay in stays), sum(stay[1] for stay in stays)
        where = ", ".join(dict.fromkeys(title for _, _, title in stays))
        yield Row(name=title_of(exercise), value=f"{done} of {planned}", note=where)


def _of_phase(
    phase: PlanPhase, days: Mapping[int, DayLoad], offered: Mapping[int, tuple[Planned, ...]], span: range
) -> Iterator[tuple[str, int, int]]:
    """(exercise, sessions done, sessions planned) of each that was offered."""
    for each in phase.exercises:
        done, planned = adherence(replace(phase, exercises=(each,)), days, offered, span)
        if planned:
            yield each.exercise, done, planned

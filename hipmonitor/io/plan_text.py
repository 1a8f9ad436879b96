"""A plan as TOML text that reads back as the same plan; with comments for whoever sets it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from hipmonitor.core.exercises import Target
from hipmonitor.core.programme import Criteria, Plan, Planned, PlanPhase, WeekLimit
from hipmonitor.core.settings import WEEKDAYS

HEAD = """\
# The plan, as you or your physio set it. Everything here is a preset until somebody confirms it:
#   hipmonitor plan confirm --by "my physio"
# What is common advice: calm down first, low impact first, volume up slowly, walk intervals before jog intervals, rest days,
# and a step back when symptoms return. What is custom: every number. No study says that these are the right ones for this hip.
# Nothing here diagnoses or treats anything. `hipmonitor plan` shows what it says of today, and why.

"""
COMMENTS = {
    "set_by": 'who set it: "me", "my physio"; "template" until somebody confirms it',
    "rest_weekdays": "no exercises and no jogging",
    "pain_rise": "so many points above your own usual is pain that rises: nothing leads forward then",
    "stable_days": "after a step back: so many days in a row as usual before anything leads forward again",
    "hard_day": "more than this share of a week's allowance in one day: a day of rest follows; 0 = no such rule",
    "rest_after_run": "no jogging on the day after jogging",
}
LIMITS = """
# How much of each load a week may hold, any seven days in a row. most_increase: share above what is usual for you (0.1 = 10 %,
# which is custom, not evidence). free_below: so much is never held back. most: a ceiling, where you want one.
# load: on_feet_min, walk_min, run_min, cycle_min, deep_cycles, sets, sitting_min
"""
PHASES = """
# Phases, in order. The plan leads on when every line of [phases.exit] held over the last `days` days with a check-in, and
# [phases.entry] of the next one too. exercise: a name of `hipmonitor exercise list`; with a load, so many measured minutes of it
# are the session, with or without a guided set. Rounds and minutes grow by one up to most_rounds and most_minutes.
"""


def plan_text(plan: Plan, *, explained: bool = False) -> str:
    """All of it; `explained` adds comments."""
    parts = [HEAD if explained else "", *_head(plan, explained=explained)]
    parts += [LIMITS if explained else "", *(_limit(limit) for limit in plan.limits)]
    parts += [PHASES if explained else "", *(line for phase in plan.phases for line in _phase(phase))]
    return "".join(parts)


def _head(plan: Plan, *, explained: bool) -> Iterator[str]:
    for field in fields(Plan):
        if field.name in {"phases", "limits"}:
            continue
        value: Any = getattr(plan, field.name)
        if field.name == "rest_weekdays":
            value = [WEEKDAYS[day] for day in value]
        comment = COMMENTS.get(field.name, "") if explained else ""
        yield f"{_line(field.name, value)}{f'  # {comment}' if comment else ''}\n"


def _limit(limit: WeekLimit) -> str:
    return "\n[[limits]]\n" + _lines(limit)


def _phase(phase: PlanPhase) -> Iterator[str]:
    own = {name: getattr(phase, name) for name in ("name", "title", "goal", "least_days", "running")}
    yield "\n[[phases]]\n" + "".join(f"{_line(name, value)}\n" for name, value in own.items())
    yield "[phases.exit]\n" + _lines(phase.exit)
    if phase.entry is not None:
        yield "[phases.entry]\n" + _lines(phase.entry)
    for planned in phase.exercises:
        yield "[[phases.exercises]]\n" + _planned(planned)


def _planned(planned: Planned) -> str:
    target = "" if planned.target is None else f"target = {_inline(planned.target)}\n"
    return f"{_line('exercise', planned.exercise)}\n{target}{_lines(planned, ('exercise', 'target'))}"


def _lines(value: Criteria | WeekLimit | Planned, without: tuple[str, ...] = ()) -> str:
    """Every field that has a value; 0 stands for none where a field may grow."""
    said = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in without}
    return "".join(
        f"{_line(name, one)}\n" for name, one in said.items() if one is not None and (one or name not in GROWING)
    )


GROWING = {"most_rounds", "most_minutes"}


def _inline(target: Target) -> str:
    plain = Target()
    said = {field.name: getattr(target, field.name) for field in fields(Target)}
    words = [_line(name, value) for name, value in said.items() if value != getattr(plain, name)]
    return f"{{ {', '.join(words)} }}" if words else "{}"


def _line(name: str, value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{name} = {json.dumps(value, ensure_ascii=False)}"

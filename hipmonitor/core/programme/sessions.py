"""Sessions of the plan: which were offered, which were done, and what is offered today within the allowances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import ceil, floor, inf
from typing import Final

from hipmonitor.core.exercises import Target
from hipmonitor.core.programme.day_load import DayLoad
from hipmonitor.core.programme.decision import Allowance
from hipmonitor.core.programme.plan import DAYS_A_WEEK, Load, Planned, PlanPhase
from hipmonitor.core.programme.week_loads import Days

SESSION_SHARE: Final = 0.5
"""So much of the target's minutes, measured, is the session. Custom."""
SPREAD_UP_TO: Final = 3
"""Planned on so few days a week, an exercise is not offered two days in a row. Custom."""
ON_FEET: Final = frozenset({Load.WALK_MIN, Load.RUN_MIN})
"""Minutes of these are minutes on the feet too."""
LAPSE_SHARE: Final = 0.5
"""Of each target, on the first days after a lapse. Custom."""
RUN_DAY_MIN: Final = 3.0
"""Less running than this in a day is a dash for the bus. Custom."""


def minutes_of(target: Target) -> float:
    """Of the activity that counts: jogged minutes of intervals."""
    return target.minutes or target.jog_s * target.rounds / 60


def did(planned: Planned, day: DayLoad | None) -> bool:
    """A session of it was done: a set of it, or minutes of its load."""
    if day is None:
        return False
    if any(each.exercise == planned.exercise for each in day.sets):
        return True
    wanted = minutes_of(planned.target or Target())
    return planned.load is not None and 0 < SESSION_SHARE * wanted <= day.loads.get(planned.load, 0.0)


def ran(day: DayLoad | None, offered: Iterable[Planned]) -> bool:
    """Running was measured; or it was offered, and the day was not measured."""
    jogs = [each for each in offered if each.load is Load.RUN_MIN]
    if day is None or not day.valid:
        return bool(jogs) or (day is not None and day.loads.get(Load.RUN_MIN, 0.0) >= RUN_DAY_MIN)
    return day.loads.get(Load.RUN_MIN, 0.0) >= RUN_DAY_MIN or any(did(each, day) for each in jogs)


def adherence(phase: PlanPhase, days: Days, offered: Mapping[int, tuple[Planned, ...]], span: range) -> tuple[int, int]:
    """(sessions done, sessions planned) in these days; what there was no room for was not planned."""
    done = planned = 0
    for each in phase.exercises:
        times = sum(any(one.exercise == each.exercise for one in offered.get(day, ())) for day in span)
        due = min(times, round(each.days_a_week * len(span) / DAYS_A_WEEK))
        planned += due
        done += min(due, sum(did(each, days.get(day)) for day in span))
    return done, planned


def offered_today(
    phase: PlanPhase,
    days: Days,
    day: int,
    *,
    allowances: Iterable[Allowance],
    more: Mapping[str, int],
    jogging: bool,
    lapsed: bool = False,
) -> tuple[Planned, ...]:
    """What is due, with the targets of the day, cut to what the allowances leave; in the plan's order. `lapsed`: half of it."""
    left = {each.load: each.left for each in allowances}
    found = []
    for each in phase.exercises:
        if not _due(each, days, day) or (each.load is Load.RUN_MIN and not jogging):
            continue
        target = _grown(each, more.get(each.exercise, 0))
        fitting = _fitting(_halved(target) if lapsed else target, each.load, left)
        if fitting is not None:
            found.append(replace(each, target=fitting))
    return tuple(found)


def _due(each: Planned, days: Days, day: int) -> bool:
    done = [did(each, days.get(before)) for before in range(day - DAYS_A_WEEK + 1, day)]
    return sum(done) < each.days_a_week and not (done[-1] and each.days_a_week <= SPREAD_UP_TO)


def _grown(each: Planned, more: int) -> Target:
    target = each.target or Target()
    return replace(
        target,
        rounds=max(target.rounds, min(target.rounds + more, each.most_rounds)),
        minutes=max(target.minutes, min(target.minutes + more, each.most_minutes)),
    )


def _halved(target: Target) -> Target:
    """As long as something is left of it."""
    return replace(
        target,
        sets=max(1, floor(LAPSE_SHARE * target.sets)),
        rounds=ceil(LAPSE_SHARE * target.rounds),
        minutes=ceil(LAPSE_SHARE * target.minutes),
    )


def costs(target: Target, load: Load | None) -> tuple[str, dict[Load, float]]:
    """What of the target is counted, and what each one of it costs of every load."""
    if load is None:
        return "sets", {Load.SETS: 1.0}
    if target.rounds and target.jog_s:
        return "rounds", {load: target.jog_s / 60, Load.ON_FEET_MIN: (target.jog_s + target.walk_s) / 60}
    return "minutes", {load: 1.0, **({Load.ON_FEET_MIN: 1.0} if load in ON_FEET else {})}


def _fitting(target: Target, load: Load | None, left: dict[Load, float]) -> Target | None:
    """As much of it as is left of its loads, and that much less for the next; None of nothing."""
    name, cost = costs(target, load)
    room = min(left.get(each, inf) / share for each, share in cost.items())
    fitting = floor(min(room, getattr(target, name)))
    if fitting <= 0:
        return None
    for each, share in cost.items():
        left[each] = left.get(each, inf) - fitting * share
    return replace(target, **{name: fitting})

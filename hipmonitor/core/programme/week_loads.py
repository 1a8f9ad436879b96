"""A load by the week: what is usual, what was done, and what is allowed. A day that was not measured counts as a usual one."""

from __future__ import annotations

from collections.abc import Mapping

from hipmonitor.core.programme.day_load import DayLoad
from hipmonitor.core.programme.decision import Allowance
from hipmonitor.core.programme.plan import DAYS_A_WEEK, ENOUGH_VALID_DAYS, LOOK_BACK_WEEKS, Load, Plan, WeekLimit

Days = Mapping[int, DayLoad]
EVERYDAY = frozenset({Load.ON_FEET_MIN, Load.WALK_MIN, Load.DEEP_CYCLES, Load.SITTING_MIN})
"""Loads of any day: before it is known what is usual of them, there is nothing to allow more of. Of others little is free."""


def allowances(plan: Plan, days: Days, day: int) -> tuple[Allowance, ...]:
    """Of every limit that can be said for `day`."""
    found = ((limit, allowance(limit, days, day)) for limit in plan.limits)
    return tuple(
        each for limit, each in found if each.usual is not None or limit.most is not None or limit.load not in EVERYDAY
    )


def allowance(limit: WeekLimit, days: Days, day: int) -> Allowance:
    """For new planned load on `day`: what its six days before leave of the week; from days before `day` only."""
    return _within(limit, days, range(day - DAYS_A_WEEK + 1, day))


def last_week(limit: WeekLimit, days: Days, day: int) -> Allowance:
    """The seven days before `day`, beside what was allowed in them."""
    return _within(limit, days, range(day - DAYS_A_WEEK, day))


def usual_week(load: Load, days: Days, before: int) -> float | None:
    """Mean of the weeks just before `before` with enough valid days, each seven times its mean valid day. None without any."""
    weeks = []
    for k in range(1, LOOK_BACK_WEEKS + 1):
        first = before - DAYS_A_WEEK * k
        values = [
            value for each in range(first, first + DAYS_A_WEEK) if (value := measured(load, days, each)) is not None
        ]
        if len(values) >= ENOUGH_VALID_DAYS:
            weeks.append(DAYS_A_WEEK * sum(values) / len(values))
    return sum(weeks) / len(weeks) if weeks else None


def measured(load: Load, days: Days, day: int) -> float | None:
    """Of a valid day on which this load could be measured."""
    found = days.get(day)
    return found.loads.get(load) if found is not None and found.valid else None


def at_least(load: Load, days: Days, day: int) -> float:
    """Of any day: what was measured of it."""
    found = days.get(day)
    return found.loads.get(load, 0.0) if found is not None else 0.0


def _within(limit: WeekLimit, days: Days, span: range) -> Allowance:
    usual = usual_week(limit.load, days, span.start)
    usual_day = (usual or 0.0) / DAYS_A_WEEK
    missing = [day for day in span if measured(limit.load, days, day) is None]
    done = sum(at_least(limit.load, days, day) for day in span if day not in missing)
    done += sum(max(usual_day, at_least(limit.load, days, day)) for day in missing)
    return Allowance(load=limit.load, done=done, allowed=_allowed(limit, usual), usual=usual, assumed_days=len(missing))


def _allowed(limit: WeekLimit, usual: float | None) -> float:
    allowed = max(limit.free_below, (usual or 0.0) * (1 + limit.most_increase))
    return allowed if limit.most is None else min(allowed, limit.most)

"""What a course must never do, read plainly from the days. Of the course's own rooms only the values are used.

Pain rises where it is `pain_rise` points or more above the median of the last 14 days, or of the last 28 where that is lower, or
where comfort falls as much with exercise. A week is seven days; usual is the mean of the four weeks before with five measured days
each; a day that was not measured counts as a usual one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from statistics import mean, median

from hipmonitor.core.exercises import Target
from hipmonitor.core.programme import DayLoad, Decision, Load, Overruled, Plan, Step, WeekLimit

ROUNDING = 1e-6
EVERYDAY = {Load.ON_FEET_MIN, Load.WALK_MIN, Load.DEEP_CYCLES, Load.SITTING_MIN}
"""Nobody can say what is too much of them before it is known what is usual."""


@dataclass(frozen=True, kw_only=True)
class Read:
    """A course, to be read."""

    plan: Plan
    days: dict[int, DayLoad]
    decisions: dict[int, Decision]
    overruled: dict[int, Overruled]

    @classmethod
    def of(
        cls, plan: Plan, days: Sequence[DayLoad], decisions: Sequence[Decision], overruled: Sequence[Overruled]
    ) -> Read:
        return cls(
            plan=plan,
            days={day.day: day for day in days},
            decisions={each.day: each for each in decisions},
            overruled={each.day: each for each in overruled},
        )

    def highest(self, name: str, day: int) -> int | None:
        said = [getattr(each, name) for each in self.days[day].check_ins] if day in self.days else []
        return max((value for value in said if value is not None), default=None)

    def rose(self, day: int) -> bool:
        if day not in self.days:
            return False
        fell = [
            each.comfort_before - each.comfort_after
            for each in self.days[day].check_ins
            if each.comfort_before is not None and each.comfort_after is not None
        ]
        if max(fell, default=0) >= self.plan.pain_rise:
            return True
        for name in ("pain_rest", "pain_worst"):
            value = self.highest(name, day)
            usuals = []
            for span in (14, 28):
                before = [self.highest(name, each) for each in range(day - span, day)]
                known = [each for each in before if each is not None]
                usuals += [median(known)] if len(known) >= 5 else []
            if value is not None and usuals and value >= min(usuals) + self.plan.pain_rise:
                return True
        return False

    def said(self, day: int) -> bool:
        return self.highest("pain_rest", day) is not None or self.highest("pain_worst", day) is not None

    def sign(self, day: int) -> bool:
        return day in self.days and any(each.signs for each in self.days[day].check_ins)

    def valid(self, day: int) -> bool:
        return day in self.days and self.days[day].valid

    def own(self, day: int) -> bool:
        """Nobody decided otherwise."""
        return day not in self.overruled

    def measured(self, load: Load, day: int) -> float | None:
        return self.days[day].loads.get(load) if self.valid(day) else None

    def usual(self, load: Load, before: int) -> float | None:
        weeks = []
        for k in range(4):
            values = [self.measured(load, day) for day in range(before - 7 * k - 7, before - 7 * k)]
            known = [value for value in values if value is not None]
            weeks += [7 * mean(known)] if len(known) >= 5 else []
        return mean(weeks) if weeks else None

    def allowed(self, limit: WeekLimit, before: int) -> float:
        usual = self.usual(limit.load, before)
        if usual is None and limit.most is None and limit.load in EVERYDAY:
            return inf
        allowed = max(limit.free_below, 0.0 if usual is None else usual * (1 + limit.most_increase))
        return allowed if limit.most is None else min(limit.most, allowed)

    def done(self, load: Load, first: int, last: int) -> float:
        usual_day = (self.usual(load, first) or 0.0) / 7
        total = 0.0
        for day in range(first, last + 1):
            seen = self.measured(load, day)
            part = self.days[day].loads.get(load, 0.0) if day in self.days else 0.0
            total += max(usual_day, part) if seen is None else seen
        return total


def violations(read: Read) -> Iterator[tuple[int, str]]:
    """(day, what) of everything that must not be."""
    index = 0
    for day in sorted(read.decisions):
        decision = read.decisions[day]
        yield from ((day, what) for what in violations_on(read, day))
        index += {Step.FORWARD: 1, Step.STEP_BACK: -1}.get(decision.step, 0)
        if not 0 <= index < len(read.plan.phases) or read.plan.phases[index].name != decision.phase:
            yield day, "phase does not follow from the steps"
            index = read.plan.index(decision.phase)


def violations_on(read: Read, day: int) -> Iterator[str]:
    """Of one day."""
    if read.decisions[day].step is Step.FORWARD:
        yield from (what for what, broken in FORWARD_BOUNDS.items() if broken(read, day))
    if read.decisions[day].step is Step.FORWARD and read.own(day):
        yield from (what for what, broken in FORWARD_RULES.items() if broken(read, day))
    if read.own(day) and not read.sign(day):
        yield from (what for what, broken in CARE_RULES.items() if broken(read, day))
    yield from _offered(read, day)
    yield from _plain(read, day)


def _above(read: Read, day: int) -> bool:
    return any(
        read.usual(limit.load, day - 7) is not None
        and read.done(limit.load, day - 7, day - 1) > read.allowed(limit, day - 7) + ROUNDING
        for limit in read.plan.limits
    )


def _unsettled(read: Read, day: int) -> bool:
    before = [each for each in sorted(read.decisions) if each < day]
    moved = [each for each in before if read.decisions[each].step in {Step.FORWARD, Step.STEP_BACK}]
    if not moved or read.decisions[moved[-1]].step is Step.FORWARD:
        return False
    rows = [read.said(each) and not read.rose(each) for each in range(moved[-1], day + 1)]
    return "x" * read.plan.stable_days not in "".join("x" if row else "." for row in rows)


FORWARD_BOUNDS: dict[str, Callable[[Read, int], bool]] = {
    "forward on a warning sign": Read.sign,
    "forward in a plan that nobody confirmed": lambda read, _day: not read.plan.confirmed,
}
"""Nobody may overrule these."""
FORWARD_RULES: dict[str, Callable[[Read, int], bool]] = {
    "forward on rising pain": lambda read, day: read.rose(day) or read.rose(day - 1),
    "forward after a warning sign": lambda read, day: any(
        read.sign(day - k) for k in range(1, read.plan.stable_days + 1)
    ),
    "forward without a check-in": lambda read, day: not read.said(day) or not read.said(day - 1),
    "forward on days that were not measured": lambda read, day: (
        not read.valid(day - 1) or sum(read.valid(day - k) for k in range(1, 8)) < 5
    ),
    "forward on a rest day": lambda read, day: read.days[day].weekday in read.plan.rest_weekdays,
    "forward above a weekly limit": _above,
    "forward before a step back has settled": _unsettled,
}


def _not_back(read: Read, day: int) -> bool:
    """Up on two days of one phase, with a phase before it, and no step back in the last days: the plan steps back."""
    before = [each for each in sorted(read.decisions) if each < day]
    moved = [each for each in before if read.decisions[each].step in {Step.FORWARD, Step.STEP_BACK}]
    back = [each for each in moved if read.decisions[each].step is Step.STEP_BACK]
    due = (
        read.rose(day)
        and read.rose(day - 1)
        and bool(before)
        and read.plan.index(read.decisions[before[-1]].phase) > 0
        and moved[-1] < day
        and not (back and back[-1] == moved[-1] and day < back[-1] + read.plan.stable_days)
    )
    return due and read.decisions[day].step is not Step.STEP_BACK


def _not_resting(read: Read, day: int) -> bool:
    hard = any(
        limit.load is not Load.SITTING_MIN
        and read.usual(limit.load, day - 7) is not None
        and read.days[day - 1].loads.get(limit.load, 0.0) > read.plan.hard_day * read.allowed(limit, day - 7) + ROUNDING
        for limit in read.plan.limits
    )
    return hard and read.decisions[day].step not in {Step.REST, Step.STEP_BACK}


CARE_RULES: dict[str, Callable[[Read, int], bool]] = {
    "going on while pain rises": lambda read, day: (
        read.rose(day) and read.decisions[day].step in {Step.GO_ON, Step.FORWARD}
    ),
    "no step back when symptoms return": _not_back,
    "no rest after a hard day": _not_resting,
}


def _offered(read: Read, day: int) -> Iterator[str]:
    decision = read.decisions[day]
    if not decision.exercises:
        return
    if decision.step in {Step.OFF, Step.REST}:
        yield "exercises on a day of rest"
    if read.own(day) and read.days[day].weekday in read.plan.rest_weekdays:
        yield "exercises on a rest day of the plan"
    jogs = [each for each in decision.exercises if each.load is Load.RUN_MIN]
    if jogs and read.plan.rest_after_run and (read.measured(Load.RUN_MIN, day - 1) or 0.0) >= 3:
        yield "jogging on the day after jogging"
    planned = dict.fromkeys(Load, 0.0)
    for each in decision.exercises:
        target = each.target or Target()
        jog, walk = target.jog_s * target.rounds / 60, target.walk_s * target.rounds / 60
        minutes = jog or target.minutes
        planned[each.load or Load.SETS] += target.sets if each.load is None else minutes
        if each.load in {Load.WALK_MIN, Load.RUN_MIN}:
            planned[Load.ON_FEET_MIN] += minutes + (walk if jog else 0.0)
    for limit in read.plan.limits:
        done = read.done(limit.load, day - 6, day - 1)
        if planned[limit.load] and done + planned[limit.load] > read.allowed(limit, day - 6) + ROUNDING:
            yield f"more {limit.load.value} offered than the week allows"


def _plain(read: Read, day: int) -> Iterator[str]:
    decision = read.decisions[day]
    if not decision.reasons or not all(each.sentence.strip() and each.rule for each in decision.reasons):
        yield "a decision without a reason"
    if read.sign(day) != (decision.step is Step.OFF) and (read.sign(day) or read.own(day)):
        yield "off without a warning sign, or a warning sign without off"
    if read.own(day) and decision.reasons and decision.reasons[0].leads_to is not decision.step:
        yield "the first reason does not lead to the step"
    rest = read.own(day) and read.days[day].weekday in read.plan.rest_weekdays
    if rest and decision.step not in {Step.REST, Step.STEP_BACK, Step.OFF}:
        yield "a rest day that is none"

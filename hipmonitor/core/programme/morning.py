"""What is known on a morning: the day's check-ins, everything of the days before, and where the plan stands."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.programme.day_load import DayLoad
from hipmonitor.core.programme.decision import Allowance
from hipmonitor.core.programme.pain import Pain, usual_of
from hipmonitor.core.programme.plan import DAYS_A_WEEK, LOOK_BACK_WEEKS, Criteria, Load, Plan, Planned, PlanPhase
from hipmonitor.core.programme.sessions import adherence, ran
from hipmonitor.core.programme.week_loads import allowance, at_least, last_week, measured

ADHERENCE_DAYS = 28
LAPSE_DAYS = 7
"""So many days in a row, none of them valid and none with a set, are a lapse: nothing is known of a week. Custom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """Facts a row of the table may look at. All of days up to `day`; of `day` itself the check-ins only."""

    plan: Plan
    day: int
    weekday: int
    index: int
    """Of the phase in force."""
    since: int
    """First day of the phase."""
    stepped_back: int | None
    """The day of a step back that is not settled yet."""
    returned: bool
    """The phase was stepped back to: it was done once, and leads on again as soon as enough days in a row are as usual."""
    days: dict[int, DayLoad]
    pains: dict[int, Pain]
    rises: dict[int, tuple[str, ...]]
    """Of each day, what rose; empty: nothing."""
    offered: dict[int, tuple[Planned, ...]]

    @property
    def phase(self) -> PlanPhase:
        """In force."""
        return self.plan.phases[self.index]

    @property
    def next_phase(self) -> PlanPhase | None:
        """None in the last."""
        return self.plan.phases[self.index + 1] if self.index + 1 < len(self.plan.phases) else None

    @property
    def least_days(self) -> int:
        """Of the phase."""
        return min(self.phase.least_days, self.plan.stable_days) if self.returned else self.phase.least_days

    def days_wanted(self, criteria: Criteria) -> int:
        """With both pains, in the phase."""
        return min(criteria.days, self.plan.stable_days) if self.returned else criteria.days

    @property
    def pain(self) -> Pain:
        """Of today."""
        return self.pains[self.day]

    def pain_on(self, day: int) -> Pain:
        """Of another day; nothing said of a day that is missing."""
        return self.pains.get(day, Pain())

    def as_usual(self, day: int) -> bool:
        """Pain was said of the day, and nothing rose."""
        return self.pain_on(day).scored and not self.rises[day]

    def usual_days(self) -> int:
        """Days in a row up to today that were as usual, since the step back."""
        count, first = 0, self.since if self.stepped_back is None else self.stepped_back
        while self.day - count >= first and self.as_usual(self.day - count):
            count += 1
        return count

    def rising_days(self) -> int:
        """Of the last seven, since the phase began."""
        return sum(
            bool(self.rises.get(day)) for day in range(max(self.since, self.day - DAYS_A_WEEK + 1), self.day + 1)
        )

    def valid_days(self) -> int:
        """Of the seven before today."""
        return sum(self.valid(day) for day in range(self.day - DAYS_A_WEEK, self.day))

    def valid(self, day: int) -> bool:
        """Worn long enough."""
        return day in self.days and self.days[day].valid

    def days_back(self) -> int | None:
        """Measured days before today since a lapse; None: there was none, or `stable_days` have passed since."""
        back = missing = 0
        for day in range(self.day - 1, min(self.days) - 1, -1):
            measured = self.valid(day) or (day in self.days and bool(self.days[day].sets))
            missing = 0 if measured else missing + 1
            back += measured
            if back >= self.plan.stable_days:
                return None
            if missing >= LAPSE_DAYS:
                return back
        return None

    def ran_yesterday(self) -> bool:
        """Or may have."""
        return ran(self.days.get(self.day - 1), self.offered.get(self.day - 1, ()))

    def hard_yesterday(self) -> tuple[Load, float, Allowance] | None:
        """The load of which yesterday had more than its share of the week, how much, and that week."""
        for limit in self.plan.limits:
            if limit.load is Load.SITTING_MIN or not self.plan.hard_day:
                continue
            week, done = allowance(limit, self.days, self.day - 1), at_least(limit.load, self.days, self.day - 1)
            if week.usual is not None and done > self.plan.hard_day * week.allowed:
                return limit.load, done, week
        return None

    def above_limit(self) -> tuple[Allowance, ...]:
        """Loads of which the last seven days had more than was allowed in them."""
        weeks = [(limit, last_week(limit, self.days, self.day)) for limit in self.plan.limits]
        return tuple(
            week
            for limit, week in weeks
            if week.done > week.allowed and (week.usual is not None or limit.most is not None)
        )

    def loads_known(self) -> bool:
        """Of each limited load that was measured of late, and of one at least, what is usual is known."""
        recent = range(self.day - DAYS_A_WEEK * (LOOK_BACK_WEEKS + 1), self.day)
        seen = [
            limit
            for limit in self.plan.limits
            if any(measured(limit.load, self.days, day) is not None for day in recent)
        ]
        return bool(seen) and all(allowance(limit, self.days, self.day).usual is not None for limit in seen)

    def pain_known(self) -> bool:
        """What is usual of both pains is known."""
        return all(usual_of(name, self.day, self.pains) is not None for name in ("pain_rest", "pain_worst"))

    def checked_days(self, criteria: Criteria) -> tuple[int, ...]:
        """The last days of the phase with both pains said, at most as many as the criteria look at."""
        said = [day for day in range(self.since, self.day + 1) if self.pain_on(day).whole]
        return tuple(said[-self.days_wanted(criteria) :])

    def sessions(self) -> tuple[int, int]:
        """(done, planned) in this phase, at most four weeks back."""
        span = range(max(self.since, self.day - ADHERENCE_DAYS), self.day)
        return adherence(self.phase, self.days, self.offered, span)

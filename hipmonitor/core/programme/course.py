"""The course of a plan: one decision a day, in order. A day's decision rests on that day's check-ins and on the days before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from hipmonitor.core.programme.day_load import DayLoad
from hipmonitor.core.programme.decision import Allowance, Decision, Overruled, Reason, Step
from hipmonitor.core.programme.morning import Morning
from hipmonitor.core.programme.overruling import overruled_by
from hipmonitor.core.programme.pain import Pain, pain_of, rises
from hipmonitor.core.programme.plan import Plan, Planned
from hipmonitor.core.programme.sessions import did, offered_today, ran
from hipmonitor.core.programme.table import reasons
from hipmonitor.core.programme.week_loads import allowances


@dataclass(slots=True, kw_only=True)
class _State:
    """Where the plan stands between two days."""

    index: int = 0
    since: int
    stepped_back: int | None = None
    returned: bool = False
    more: dict[str, int] = field(default_factory=dict)
    """Of exercises of the phase, by how many rounds or minutes they have grown."""
    grown: int
    """The last day on which they did, or on which the phase began."""
    days: dict[int, DayLoad] = field(default_factory=dict)
    pains: dict[int, Pain] = field(default_factory=dict)
    rises: dict[int, tuple[str, ...]] = field(default_factory=dict)
    offered: dict[int, tuple[Planned, ...]] = field(default_factory=dict)

    def copied(self) -> _State:
        """To go on from, without changing this one."""
        return replace(
            self,
            more=dict(self.more),
            days=dict(self.days),
            pains=dict(self.pains),
            rises=dict(self.rises),
            offered=dict(self.offered),
        )


class Course:
    """The course as it goes, a day at a time."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._state: _State | None = None

    def decide(self, day: DayLoad, overruled: Overruled | None = None) -> Decision:
        """Of a day as far as it is known; the course stays where it was."""
        return self._next(day, overruled)[0]

    def live(self, day: DayLoad, overruled: Overruled | None = None) -> Decision:
        """Of a day that is over; the next one comes after it."""
        decision, self._state = self._next(day, overruled)
        return decision

    def _next(self, day: DayLoad, overruled: Overruled | None) -> tuple[Decision, _State]:
        state = self._state.copied() if self._state is not None else _State(since=day.day, grown=day.day)
        last = max(state.days, default=day.day - 1)
        if day.day <= last:
            raise ValueError(f"day {day.day} comes after day {last}; give each day once, in order")
        return _decide(self._plan, state, day, overruled), state


def course(plan: Plan, days: Iterable[DayLoad], overruled: Iterable[Overruled] = ()) -> tuple[Decision, ...]:
    """Decisions of the days, which come in order, each once; a day that is left out is one of which nothing is known.

    Of several overrulings of a day the one made last counts.
    """
    said = {each.day: each for each in sorted(overruled, key=lambda each: each.made_at)}
    going = Course(plan)
    return tuple(going.live(day, said.get(day.day)) for day in days)


def _decide(plan: Plan, state: _State, day: DayLoad, overruled: Overruled | None) -> Decision:
    now = _morning(plan, state, day)
    found = reasons(now)
    step = found[0].leads_to
    if overruled is not None:
        step, said = overruled_by(overruled, now, step)
        found = (said, *found)
    _follow(state, now, step)
    left = allowances(plan, state.days, day.day)
    resting, lapsed = _resting(found), now.days_back() is not None
    state.offered[day.day] = _offered(plan, state, day.day, step, left, resting=resting, lapsed=lapsed)
    return Decision(
        day=day.day,
        step=step,
        phase=plan.phases[state.index].name,
        reasons=found,
        allowances=left,
        exercises=state.offered[day.day],
        overruled=overruled,
    )


def _morning(plan: Plan, state: _State, day: DayLoad) -> Morning:
    """The day's check-ins are taken up; and a step back that has settled is over."""
    state.days[day.day], state.pains[day.day] = day, pain_of(day)
    state.rises[day.day] = rises(day.day, state.pains, plan.pain_rise, plan.phases[state.index].exit)
    now = Morning(
        plan=plan,
        day=day.day,
        weekday=day.weekday,
        index=state.index,
        since=state.since,
        stepped_back=state.stepped_back,
        returned=state.returned,
        days=state.days,
        pains=state.pains,
        rises=state.rises,
        offered=state.offered,
    )
    if state.stepped_back is not None and now.usual_days() >= plan.stable_days:
        state.stepped_back = None
        now = replace(now, stepped_back=None)
    return now


def _follow(state: _State, now: Morning, step: Step) -> None:
    """The phase, and the rounds, that the step leads to."""
    if step in {Step.FORWARD, Step.STEP_BACK}:
        state.index += 1 if step is Step.FORWARD else -1
        state.since = state.grown = now.day
        state.more = {}
        state.returned = step is Step.STEP_BACK
        state.stepped_back = now.day if state.returned else None
    elif now.days_back() is not None:
        state.more, state.grown = {}, now.day
    elif now.rises[now.day]:
        state.grown = now.day
    elif step is Step.GO_ON:
        for each in now.phase.exercises:
            done = any(did(each, now.days.get(day)) for day in range(state.grown, now.day))
            state.more[each.exercise] = state.more.get(each.exercise, 0) + done
        state.grown = now.day


def _resting(found: tuple[Reason, ...]) -> bool:
    """A day of rest, also one on which the plan steps back; unless somebody decided otherwise."""
    return found[0].rule != "overruled" and any(reason.leads_to is Step.REST for reason in found)


def _offered(
    plan: Plan, state: _State, day: int, step: Step, left: tuple[Allowance, ...], *, resting: bool, lapsed: bool
) -> tuple[Planned, ...]:
    if step in {Step.OFF, Step.REST} or resting:
        return ()
    before = state.days.get(day - 1), state.offered.get(day - 1, ())
    return offered_today(
        plan.phases[state.index],
        state.days,
        day,
        allowances=left,
        more=state.more,
        jogging=not (plan.rest_after_run and ran(*before)),
        lapsed=lapsed,
    )

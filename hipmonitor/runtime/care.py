"""From what is kept to what the plan says: days of the history and words of the diary become loads, and loads become decisions.

Which load comes from which figure of a day stands in LOADS. A decision that the wearer was shown stays as it was shown: what is
worked out again, because a recording was settled meanwhile, stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.civil import weekday_of
from hipmonitor.core.days import DayFigures
from hipmonitor.core.inbound import Tick
from hipmonitor.core.programme import (
    CheckIn,
    DayLoad,
    Decision,
    Load,
    OutsideScore,
    Overruled,
    Plan,
    course,
)
from hipmonitor.core.settings import Days
from hipmonitor.io.diary import DecisionShown, Diary, Shown, append
from hipmonitor.io.history import History, SetRecord
from hipmonitor.io.plan import plan_mark

S_PER_MIN: Final = 60
LOADS: Final[Mapping[Load, Callable[[DayFigures], float]]] = {
    Load.ON_FEET_MIN: lambda f: f.tally.upright_s / S_PER_MIN,
    Load.WALK_MIN: lambda f: (f.tally.walk_s + f.tally.stairs_s) / S_PER_MIN,
    Load.RUN_MIN: lambda f: f.tally.run_s / S_PER_MIN,
    Load.CYCLE_MIN: lambda f: f.tally.cycle_s / S_PER_MIN,
    Load.DEEP_CYCLES: lambda f: sum(count for kind, count in f.deep_cycles.items() if kind is not ActivityKind.CYCLE),
    Load.SITTING_MIN: lambda f: f.tally.sit_s / S_PER_MIN,
}
"""Minutes from whole seconds of decided activity. A pedalling thigh bends on its own account: its turns are cycling, not deep bends."""
LOOK_BACK_DAYS: Final = 28
"""Where nobody said when a plan began, it is taken to have begun at most so long ago."""
VALID_DAY_WORN_H: Final = Days().valid_day_worn_h


@dataclass(frozen=True, slots=True, kw_only=True)
class CareKept:
    """Everything of a span of days that views and reports draw from."""

    plan: Plan | None
    days: tuple[DayLoad, ...]
    """Every day of the span, in order; of some nothing is known."""
    decisions: tuple[Decision, ...]
    """One for each of them, worked out from what is known now; none without a plan."""
    check_ins: tuple[CheckIn, ...]
    outside_scores: tuple[OutsideScore, ...]
    overruled: tuple[Overruled, ...]
    shown: tuple[Shown, ...] = ()
    """As the wearer was shown them."""

    def decision(self, day: int) -> Decision | None:
        """As it is worked out now."""
        return next((decision for decision in self.decisions if decision.day == day), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOfDay:
    """What stands for a day."""

    decision: Decision
    is_new: bool
    """It was not shown before, or is other than what was."""
    worked_out_again: Decision | None = None
    """Where what was measured says another thing now than when it was shown."""


def read_care(
    history: History | None,
    diary: Diary,
    plan: Plan | None,
    first_day: int,
    last_day: int,
    *,
    valid_day_worn_h: float = VALID_DAY_WORN_H,
) -> CareKept:
    """Both days included; the first is the course's first.

    Args:
        history: None where there is none: then nothing is known of what was measured.
        diary: as it stands.
        plan: None where there is none.
        first_day: see `course_begins`.
        last_day: today, mostly.
        valid_day_worn_h: worn for less, a day leads nowhere forward.

    Raises:
        HistoryError: it cannot be read.
    """
    days = day_loads(history, diary, first_day, last_day, valid_day_worn_h=valid_day_worn_h)
    return CareKept(
        plan=plan,
        days=days,
        decisions=() if plan is None else course(plan, days, diary.overruled),
        check_ins=_within(diary.check_ins, first_day, last_day),
        outside_scores=_within(diary.outside_scores, first_day, last_day),
        overruled=_within(diary.overruled, first_day, last_day),
        shown=tuple(shown for shown in diary.shown if first_day <= shown.entry.decision.day <= last_day),
    )


def day_loads(
    history: History | None, diary: Diary, first_day: int, last_day: int, *, valid_day_worn_h: float = VALID_DAY_WORN_H
) -> tuple[DayLoad, ...]:
    """Every day, also those of which nothing was recorded: missing is missing, never zero."""
    if history is None or last_day < first_day:
        return tuple(_load_of(day, None, (), diary.of_day(day)) for day in range(first_day, last_day + 1))
    sets: dict[int, list[SetRecord]] = {}
    for record in history.sets(first_day, last_day):
        sets.setdefault(record.day, []).append(record)
    figures = history.figures(first_day, last_day, valid_day_worn_h=valid_day_worn_h)
    return tuple(_load_of(one.day, one, sets.get(one.day, ()), diary.of_day(one.day)) for one in figures)


def _load_of(
    day: int, figures: DayFigures | None, sets: Iterable[SetRecord], check_ins: tuple[CheckIn, ...]
) -> DayLoad:
    done = [record for record in sets if record.result.repetitions or record.result.counted_s > 0]
    recorded = figures is not None and figures.tally.recorded_s > 0
    loads = {load: float(of(figures)) for load, of in LOADS.items()} if figures is not None and recorded else {}
    if recorded:
        loads[Load.SETS] = float(
            sum(bool(record.result.repetitions) for record in done)
        )  # minutes are loads of their own
    return DayLoad(
        day=day,
        weekday=weekday_of(day),
        valid=figures is not None and figures.valid,
        loads=loads,
        sets=tuple(record.result for record in done),
        set_comfort=tuple(record.comfort for record in done if record.comfort is not None),
        check_ins=check_ins,
    )


def course_begins(plan: Plan, diary: Diary, history: History | None, today: int) -> int:
    """The first day of the plan's course: when a plan of its name was first confirmed, else when it was set, else when data begin.

    Args:
        plan: the one in force. Who changes its numbers and keeps its name goes on with the same course.
        diary: with its confirmations.
        history: for where data begin.
        today: no course begins later.
    """
    dates = [entry.on for entry in diary.confirmed if entry.name == plan.name]
    said = [_day(on) for on in (*dates, plan.set_on) if on]
    if said:
        return min(*said, today)
    span = None if history is None else history.span()
    data = [check_in.day for check_in in diary.check_ins] + ([] if span is None else [span[0]])
    return max(min([*data, today]), today - LOOK_BACK_DAYS)


def _day(iso: str) -> int:
    return (date.fromisoformat(iso) - date(1970, 1, 1)).days


def decision_of_day(kept: CareKept, day: int) -> DecisionOfDay | None:
    """What stands for a day: as it was shown. None without a plan.

    On the last day, which is the wearer's today, what they say after it was shown takes its place, and so does another plan.
    """
    now = kept.decision(day)
    if now is None or kept.plan is None:
        return None
    shown = next((shown for shown in kept.shown if shown.entry.decision.day == day), None)
    if shown is None:
        return DecisionOfDay(decision=now, is_new=True)
    before = shown.entry.decision
    if day == kept.days[-1].day and (shown.said_since or shown.entry.plan_mark != plan_mark(kept.plan)):
        return DecisionOfDay(decision=now, is_new=now != before)
    other = (now.step, now.phase, now.exercises) != (before.step, before.phase, before.exercises)
    return DecisionOfDay(decision=before, is_new=False, worked_out_again=now if other else None)


def as_they_stand(kept: CareKept) -> tuple[Decision, ...]:
    """Decisions of all days: as shown where one was."""
    found = (decision_of_day(kept, each.day) for each in kept.decisions)
    return tuple(each.decision for each in found if each is not None)


def note_shown(stands: DecisionOfDay, plan: Plan, now: Tick, path: Path | None = None) -> None:
    """Keep in the diary that the wearer was shown it; once.

    Raises:
        DiaryError: it cannot be kept.
    """
    if stands.is_new:
        append(DecisionShown(shown_at=now.at, decision=stands.decision, plan_mark=plan_mark(plan)), path)


Said = TypeVar("Said", CheckIn, OutsideScore, Overruled)


def _within(said: Iterable[Said], first_day: int, last_day: int) -> tuple[Said, ...]:
    return tuple(one for one in said if first_day <= one.day <= last_day)

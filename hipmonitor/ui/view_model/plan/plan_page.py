"""The page of the plan as one value: what is kept, seen from today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipmonitor.core.programme import CheckIn, DayLoad, Decision, OutsideScore, Plan
from hipmonitor.ui.view_model.plan.allowance_bars import LoadBar, load_bars
from hipmonitor.ui.view_model.plan.check_in_fields import (
    CheckInLook,
    CheckInRow,
    ScoreRow,
    check_in_look,
    check_in_rows,
    score_rows,
)
from hipmonitor.ui.view_model.plan.phase_path import PhasePath, phase_path
from hipmonitor.ui.view_model.plan.plan_state import PlanState, plan_state
from hipmonitor.ui.view_model.plan.plan_week import PlanWeek, plan_week
from hipmonitor.ui.view_model.plan.tip_look import TipLook
from hipmonitor.ui.view_model.plan.today_look import TitleOf, TodayLook, today_look, worked_out_again
from hipmonitor.ui.view_model.plan.warning_signs import sign_sentence, sign_title


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanShown:
    """What there is only with a plan."""

    today: TodayLook
    bars: tuple[LoadBar, ...]
    week: PlanWeek
    path: PhasePath


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """All of it."""

    day: int
    utc_offset_s: int
    state: PlanState
    sign_title: str
    sign: str
    """The sentence after a sign was entered today; empty without."""
    shown: PlanShown | None
    check_in: CheckInLook
    check_ins: tuple[CheckIn, ...]
    rows: tuple[CheckInRow, ...]
    scores: tuple[ScoreRow, ...]
    tips: tuple[TipLook, ...] = ()

    @property
    def state_line(self) -> str:
        """One sentence."""
        if self.sign:
            return self.sign
        if self.shown is None:
            return f"{self.state.title}." if self.state.title else ""
        return f"{self.shown.today.word}. {self.shown.today.phase}."


def plan_page(
    plan: Plan | None,
    problem: str,
    *,
    days: Sequence[DayLoad],
    decisions: Sequence[Decision],
    check_ins: Sequence[CheckIn],
    scores: Sequence[OutsideScore],
    today: int,
    utc_offset_s: int,
    title_of: TitleOf,
    again: Decision | None = None,
    tips: Sequence[TipLook] = (),
) -> PlanPage:
    """`problem`: why the plan's file cannot be read; `again`: today's decision, where it would be another one by now."""
    return PlanPage(
        day=today,
        utc_offset_s=utc_offset_s,
        state=plan_state(plan, problem),
        sign_title=sign_title(check_ins, today),
        sign=sign_sentence(check_ins, today),
        shown=None if plan is None else _shown(plan, days, decisions, today, title_of, again),
        check_in=check_in_look(check_ins, today),
        check_ins=tuple(check_ins),
        rows=check_in_rows(check_ins, today),
        scores=score_rows(scores),
        tips=tuple(tips),
    )


def _shown(
    plan: Plan,
    days: Sequence[DayLoad],
    decisions: Sequence[Decision],
    today: int,
    title_of: TitleOf,
    again: Decision | None,
) -> PlanShown:
    newest = decisions[-1] if decisions else None
    return PlanShown(
        today=worked_out_again(today_look(plan, decisions, today, title_of), again),
        bars=() if newest is None else load_bars(newest.allowances),
        week=plan_week(plan, days, decisions, today, title_of),
        path=phase_path(plan, decisions),
    )

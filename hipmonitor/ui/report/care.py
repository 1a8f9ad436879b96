"""What a report says of care: signs on top, check-ins, the plan, the load picture. Nothing where there is none of it."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.runtime.care import CareKept
from hipmonitor.ui.report.bends_by_activity import bend_bars
from hipmonitor.ui.report.check_in_table import CheckInTable, check_in_table
from hipmonitor.ui.report.period import Period
from hipmonitor.ui.report.plan_followed import PlanFollowed, plan_followed
from hipmonitor.ui.report.signs_entered import sign_rows
from hipmonitor.ui.report.summaries import BarRow, Row
from hipmonitor.ui.view_model.plan.today_look import TitleOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Each part may be missing."""

    signs: tuple[Row, ...]
    check_ins: CheckInTable | None
    plan: PlanFollowed | None
    bends: tuple[BarRow, ...]


def care_of(period: Period) -> Care | None:
    """Of the days of the period; None where nobody checked in and no plan was followed."""
    kept = period.care
    if kept is None:
        return None
    span = period.first, period.last
    mine = [each for each in kept.check_ins if span[0] <= each.day <= span[1]]
    scores = [each for each in kept.outside_scores if span[0] <= each.day <= span[1]]
    table = check_in_table(mine, scores, range(span[0], span[1] + 1))
    plan = _plan(kept, span, period.title_of)
    if table is None and plan is None:
        return None
    bends = bend_bars(period) if period.worn else ()
    return Care(signs=tuple(sign_rows(mine)), check_ins=table, plan=plan, bends=bends)


def _plan(kept: CareKept, span: tuple[int, int], title_of: TitleOf) -> PlanFollowed | None:
    return None if kept.plan is None else plan_followed(kept.plan, kept.days, kept.decisions, span, title_of)

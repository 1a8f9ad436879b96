"""What the view asks of history, diary and plan: each in a thread of its own, and as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.inbound import Tick
from hipmonitor.core.instants import HostNs
from hipmonitor.core.programme import STARTING_PLAN, CheckIn, OutsideScore, Overruled, Plan, Situation, Step
from hipmonitor.io import places
from hipmonitor.io.diary import Deleted, PlanConfirmed, append, read_diary
from hipmonitor.io.plan import confirm_plan, load_plan, plan_mark, save_plan, template_text
from hipmonitor.io.settings import load_settings
from hipmonitor.runtime.care import CareKept, as_they_stand
from hipmonitor.ui.kept.care import care_today
from hipmonitor.ui.kept.care_days import care_without_plan, figures_of, loads_of, seat_today
from hipmonitor.ui.kept.days import civil_now
from hipmonitor.ui.kept.titles import titles
from hipmonitor.ui.view_model.civil_dates import iso
from hipmonitor.ui.view_model.plan import (
    BeforeLook,
    BendsLook,
    PlanPage,
    SidesLook,
    TipLook,
    before_look,
    bends_look,
    fitting_tips,
    plan_page,
    seat_tip,
    sides_look,
)
from hipmonitor.ui.view_model.plan.today_look import TitleOf, title_in_words

Writing = Callable[[], object]
LOAD_DAYS, BEFORE_DAYS = 28, 84


class Part(IntEnum):
    """What is shown, as the head row has them."""

    PLAN = 0
    LOAD = 1
    BEFORE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The page, and the part that is open beside it."""

    page: PlanPage
    bends: BendsLook | None = None
    sides: SidesLook | None = None
    before: BeforeLook | None = None


def now() -> HostNs:
    """What the wearer says is stamped by it."""
    return civil_now().at


def read(part: Part) -> Read:
    """What is kept, seen from now.

    Raises:
        HipmonitorError: it cannot be read; names the remedy.
    """
    tick = civil_now()
    today, page = tick.civil_day, _page(tick)
    if part is Part.LOAD:
        figures = figures_of(today - LOAD_DAYS + 1, today)
        return Read(page=page, bends=bends_look(figures), sides=sides_look(figures, load_settings().side))
    if part is Part.BEFORE:
        return Read(page=page, before=before_look(loads_of(today - BEFORE_DAYS + 1, today)))
    return Read(page=page)


def _page(tick: Tick) -> PlanPage:
    diary, problem = read_diary(), ""
    care, stands = care_without_plan(diary, tick.civil_day), None
    title_of: TitleOf = title_in_words
    try:
        title_of, today = titles(), care_today(tick)
        care, stands = today.care, today.stands
    except SettingsError as error:
        problem = str(error)
    return plan_page(
        care.plan,
        problem,
        days=care.days,
        decisions=as_they_stand(care),
        again=None if stands is None else stands.worked_out_again,
        check_ins=diary.check_ins,
        scores=diary.outside_scores,
        today=tick.civil_day,
        utc_offset_s=tick.utc_offset_s,
        title_of=title_of,
        tips=_tips(care, tick.civil_day),
    )


def _tips(care: CareKept, today: int) -> list[TipLook]:
    """The seat, where something is known of it; then what fits."""
    coach = seat_today()
    seat = None if coach is None else seat_tip(coach)
    figures = figures_of(today - LOAD_DAYS + 1, today)
    situation = Situation(figures=figures, days=care.days, decisions=as_they_stand(care), plan=care.plan)
    return [*([] if seat is None else [seat]), *fitting_tips(situation)]


# -- what the wearer says ----------------------------------------------------------------------------------------------
# Each raises DiaryError or SettingsError where it was not kept.


def keep(check_in: CheckIn) -> None:
    """A new one, or one that takes the place of its former self."""
    append(check_in)


def drop(what: Literal["check_in", "outside_score"], made_at: HostNs) -> None:
    """It counts no more."""
    append(Deleted(what=what, made_at=made_at))


def keep_score(day: int, name: str, score: float) -> None:
    """From a questionnaire that was filled in elsewhere."""
    append(OutsideScore(made_at=now(), day=day, name=name, score=score))


def overrule(day: int, step: Step, by: str, note: str) -> None:
    """Somebody decides otherwise."""
    append(Overruled(made_at=now(), day=day, step=step, by=by, note=note))


# -- the plan ----------------------------------------------------------------------------------------------------------


def plan_to_confirm() -> tuple[Plan, TitleOf, str]:
    """The one that is there, or the template; and where it lies, or will.

    Raises:
        SettingsError: the file cannot be read.
    """
    return load_plan() or STARTING_PLAN, titles(), str(places.plan_file())


def confirm(by: str) -> None:
    """Somebody stands behind the plan from today on; the template is written first where there is no plan."""
    tick = civil_now()
    on = iso(tick.civil_day)
    if load_plan() is None:
        save_plan(template_text(STARTING_PLAN, on))
    plan = confirm_plan(by, on)
    append(PlanConfirmed(at=tick.at, name=plan.name, by=by, on=on, plan_mark=plan_mark(plan)))

"""What `plan` prints."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text

from hipmonitor.core.programme import Decision, Plan
from hipmonitor.runtime.care import CareKept, DecisionOfDay, as_they_stand
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr
from hipmonitor.ui.cli.kept_days import Page
from hipmonitor.ui.kept.care import CareToday, care_today
from hipmonitor.ui.kept.days import civil_now
from hipmonitor.ui.kept.titles import titles
from hipmonitor.ui.notes import NOT_MEDICAL
from hipmonitor.ui.view_model.civil_dates import iso
from hipmonitor.ui.view_model.plan import STEPS, load_bars, plan_state, plan_week, today_look

HOW_TO_BEGIN = (
    "No plan yet. `hipmonitor plan template` writes one to begin with; go through it with your physio, for its numbers are "
    "presets that somebody confirms. Check-ins and measuring go on without one."
)
AGAIN = "From what was settled since, it would be: "


def show(*, as_json: bool) -> ExitCode:
    """Of today."""
    tick = civil_now()
    today = care_today(tick)
    plan, stands = today.care.plan, today.stands
    if as_json:
        printing.print_json(document(today, tick.civil_day))
    elif plan is None or stands is None:
        Page().folded(HOW_TO_BEGIN)
    else:
        _print(today.care, plan, stands, tick.civil_day)
    for trouble in today.diary.troubles:
        say_on_stderr(f"hipmonitor: of the diary {trouble.sentence}.")
    return ExitCode.OK


def document(today: CareToday, day: int) -> dict[str, object]:
    """As JSON; days by their dates."""
    plan, stands, care = today.care.plan, today.stands, today.care
    if plan is None or stands is None:
        return {"plan": None}
    return {
        "plan": {"name": plan.name, "set_by": plan.set_by, "set_on": plan.set_on, "confirmed": plan.confirmed},
        "course_began": iso(care.days[0].day),
        "today": _decided(stands.decision),
        "worked_out_again": None if stands.worked_out_again is None else _decided(stands.worked_out_again),
        "week": [_decided(one) for one in as_they_stand(care) if one.day > day - 7],
        "overruled": [{**_plain(one), "date": iso(one.day)} for one in care.overruled],
        "note": NOT_MEDICAL,
    }


def _decided(decision: Decision) -> dict[str, object]:
    return {"date": iso(decision.day), **_plain(decision)}


def _plain(value: object) -> dict[str, object]:
    plain = printing.plain(value)
    return {key: one for key, one in plain.items() if key != "day"} if isinstance(plain, dict) else {}


def _print(care: CareKept, plan: Plan, stands: DecisionOfDay, day: int) -> None:
    page, title_of = Page(), titles()
    look = today_look(plan, [stands.decision], day, title_of)
    page.head(plan.name, plan_state(plan).whose)
    page.line(f" {look.phase}", "bold")
    page.folded(next(phase.goal for phase in plan.phases if phase.name == stands.decision.phase))
    page.line()
    page.line(Text(f" {look.date}: ").append(look.word, style="bold"))
    page.folded(look.means)
    for reason in (*look.reasons, *([f"Note: {look.note}"] if look.note else [])):
        page.item(reason)
    if stands.worked_out_again is not None:
        again = stands.worked_out_again
        page.folded(f"{AGAIN}{STEPS[again.step].word.lower()}. What you were shown stays.")
        for each in again.reasons:
            page.item(each.sentence)
    for line in look.offered:
        page.line(f"   {line}")
    _print_loads(page, stands.decision)
    _print_week(page, care, plan, day, title_of)
    page.line()
    page.not_medical()


def _print_loads(page: Page, decision: Decision) -> None:
    page.line()
    page.line(" In any seven days, today the last of them", "dim")
    bars = load_bars(decision.allowances)
    for bar in bars:
        page.line(f" {bar.name:<18}{bar.done:<28}{bar.left}")
    for assumed in dict.fromkeys(bar.assumed for bar in bars if bar.assumed):
        named = [bar.name.lower() for bar in bars if bar.assumed == assumed]
        page.folded(f"{assumed}{'' if len(named) == len(bars) else ' in ' + ', '.join(named)}.", "dim")


def _print_week(page: Page, care: CareKept, plan: Plan, day: int, title_of: Callable[[str], str]) -> None:
    page.line()
    page.line(" This week", "dim")
    week = plan_week(plan, care.days, as_they_stand(care), day, title_of)
    for one in week.days:
        if not one.ahead:
            page.line(f" {one.words}")
    for session in week.sessions:
        page.line(f"   {session.title}: {session.done} of {session.planned} days")

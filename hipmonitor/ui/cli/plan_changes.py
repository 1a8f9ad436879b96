"""What changes a plan: a template to begin with, a confirmation, a day on which somebody decides otherwise."""

from __future__ import annotations

from pathlib import Path

from hipmonitor.core.errors import SettingsError, UsageError
from hipmonitor.core.programme import LONGEST_NOTE, STARTING_PLAN, Overruled, Step
from hipmonitor.io.diary import Deleted, PlanConfirmed, append, read_diary
from hipmonitor.io.places import plan_file, write_whole
from hipmonitor.io.plan import LONGEST_NAME, confirm_plan, load_plan, plan_mark, template_text
from hipmonitor.ui.cli import plan_pages, printing
from hipmonitor.ui.kept.days import civil_now
from hipmonitor.ui.view_model.civil_dates import iso

NO_PLAN = "there is no plan yet; `hipmonitor plan template` writes one to begin with"


def template(out: Path | None) -> None:
    """Beside the settings, or elsewhere; never over what is there."""
    place = out or plan_file()
    if place.exists():
        raise UsageError(f"{place}: is there; look at it with `hipmonitor plan`, or name another file with --out")
    try:
        write_whole(place, template_text(STARTING_PLAN, iso(civil_now().civil_day)))
    except OSError as error:
        raise UsageError(f"{place}: cannot be written ({error}); name another file with --out") from error
    _say(f"Written: {place}")
    _say(
        "Go through it with your physio: every number is a preset. `hipmonitor plan` shows what it says; once somebody stands "
        'behind it: hipmonitor plan confirm --by "my physio"'
    )


def confirm(by: str, on: str | None) -> None:
    """In the file and in the diary."""
    tick = civil_now()
    confirmed_on = on or iso(tick.civil_day)
    plan = confirm_plan(by, confirmed_on)
    append(PlanConfirmed(at=tick.at, name=plan.name, by=plan.set_by, on=plan.set_on, plan_mark=plan_mark(plan)))
    _say(
        f"Confirmed: {plan.name}, set by {plan.set_by} on {plan.set_on}; {len(plan.phases)} phases, "
        f"{len(plan.limits)} limits by the week."
    )


def overrule(step: str | None, *, by: str, note: str) -> None:
    """Of today; the newest counts."""
    if step is None:
        raise UsageError(f"say what to do instead: {', '.join(one.value for one in Step if one is not Step.OFF)}")
    if load_plan() is None:
        raise SettingsError(NO_PLAN)
    if not 1 <= len(by.strip()) <= LONGEST_NAME or not by.isprintable() or len(note) > LONGEST_NOTE:
        raise UsageError(f"give a name of at most {LONGEST_NAME} letters, and a note of at most {LONGEST_NOTE}")
    tick = civil_now()
    append(Overruled(made_at=tick.at, day=tick.civil_day, step=Step(step), by=by.strip(), note=note.strip()))
    plan_pages.show(as_json=False)


def undo() -> None:
    """The plan's own decision stands again."""
    today = civil_now().civil_day
    mine = next((one for one in read_diary().overruled if one.day == today), None)
    if mine is None:
        raise UsageError("nobody decided otherwise today")
    append(Deleted(what="overruled", made_at=mine.made_at))
    plan_pages.show(as_json=False)


def _say(sentence: str) -> None:
    printing.console().print(sentence, soft_wrap=True)

"""What `checkin` keeps, and what it says to somebody who entered a warning sign."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import typer

from hipmonitor.core.errors import ControlError, NotRunning, UsageError
from hipmonitor.core.inbound import RestOfDay
from hipmonitor.core.programme import CheckIn, WarningSign
from hipmonitor.io.control import ask
from hipmonitor.io.diary import Deleted, append, read_diary
from hipmonitor.runtime.exporting import check_in_row
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.asking import asked
from hipmonitor.ui.cli.diary_days import named, named_day
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr
from hipmonitor.ui.kept.days import civil_now
from hipmonitor.ui.view_model.check_in_words import signs_entered
from hipmonitor.ui.view_model.civil_dates import long_name

ON_ITS_OWN = (
    "Reminders that were switched off by it stay off until the day is over, or until the monitor is started anew."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was said by options; None = not said."""

    stiffness: int | None = None
    pain_rest: int | None = None
    pain_worst: int | None = None
    fatigue: int | None = None
    comfort_before: int | None = None
    comfort_after: int | None = None
    note: str | None = None
    signs: tuple[str, ...] | None = None

    def said(self) -> dict[str, Any]:
        """Fields of a CheckIn; of nothing that was said, the answers to questions."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        said = {name: value for name, value in values.items() if value is not None}
        if "signs" in said:
            said["signs"] = tuple(sign for sign in WarningSign if sign.value in said["signs"])
        return said


def enter(given: Given, day: str | None, *, as_json: bool) -> ExitCode:
    """A new one."""
    tick = civil_now()
    about = named_day(day, tick.civil_day)
    said = given.said() or asked()
    if not said:
        say_on_stderr("Nothing was entered, so nothing is kept.")
        return ExitCode.OK
    check_in = _made(CheckIn(made_at=tick.at, day=about, utc_offset_s=tick.utc_offset_s), said)
    append(check_in)
    return _say(check_in, "Kept", as_json=as_json, signs_are_new=bool(check_in.signs))


def edit(given: Given, day: str | None, number: int | None, *, as_json: bool) -> ExitCode:
    """One that is there."""
    before = named(read_diary(), named_day(day, civil_now().civil_day), number)
    after = _made(before, given.said() or asked(before))
    if after == before:
        say_on_stderr("Nothing was changed.")
        return ExitCode.OK
    append(after)
    if before.signs and not after.signs and _about_today(before):
        say_on_stderr(ON_ITS_OWN)
    return _say(after, "Corrected", as_json=as_json, signs_are_new=bool(set(after.signs) - set(before.signs)))


def delete(day: str | None, number: int | None, *, asked: bool) -> ExitCode:
    """It counts no more."""
    gone = named(read_diary(), named_day(day, civil_now().civil_day), number)
    if not asked and not typer.confirm(f"Delete the check-in about {long_name(gone.day)}?", default=False, err=True):
        say_on_stderr("Nothing was deleted.")
        return ExitCode.OK
    append(Deleted(what="check_in", made_at=gone.made_at))
    if gone.signs and _about_today(gone):
        say_on_stderr(ON_ITS_OWN)
    printing.console().print(f"The check-in about {long_name(gone.day)} is deleted.", soft_wrap=True)
    return ExitCode.OK


def _made(check_in: CheckIn, said: dict[str, Any]) -> CheckIn:
    try:
        return replace(check_in, **said)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _about_today(check_in: CheckIn) -> bool:
    return check_in.day == civil_now().civil_day


def _say(check_in: CheckIn, word: str, *, as_json: bool, signs_are_new: bool) -> ExitCode:
    """Kept first, said then; the sentence about a sign comes before everything else."""
    today = _about_today(check_in)
    sentence = signs_entered(check_in.signs, today=today, day=long_name(check_in.day)) if check_in.signs else ""
    monitor = rest_of_day() if signs_are_new and today else ""
    if as_json:
        printing.print_json({"check_in": check_in_row(check_in), "sentence": sentence, "monitor": monitor})
        return ExitCode.OK
    for line in (sentence, monitor, f"{word}, about {long_name(check_in.day)}."):
        if line:
            printing.console().print(line, soft_wrap=True)
    return ExitCode.OK


def rest_of_day() -> str:
    """The running monitor is told at once; what to do where that is not possible. Empty where all is well."""
    try:
        ask(RestOfDay())
    except NotRunning:
        return ""  # whatever session begins today, or runs elsewhere, reads it in the diary
    except ControlError as error:
        return f"The monitor could not be told ({error}) `hipmonitor quiet tomorrow` keeps it from reminding you."
    return "The monitor knows."

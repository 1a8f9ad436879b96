"""Scores of questionnaires that were filled in elsewhere: name, number and day, and nothing of the questions."""

from __future__ import annotations

from math import isfinite

from hipmonitor.core.errors import UsageError
from hipmonitor.core.programme import OutsideScore
from hipmonitor.io.diary import Deleted, append, read_diary
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.diary_days import named_day
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.kept.days import civil_now
from hipmonitor.ui.view_model.civil_dates import long_name

LONGEST_NAME = 60


def enter(name: str, value: float | None, day: str | None) -> ExitCode:
    """A new one, or that day's corrected."""
    tick = civil_now()
    about, name = named_day(day, tick.civil_day), name.strip()
    if value is None or not isfinite(value):
        raise UsageError("give a number after the name, such as: hipmonitor checkin score iHOT-12 62.5")
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise UsageError(f"give a name of one line, with at most {LONGEST_NAME} characters")
    before = _of(name, about)
    append(OutsideScore(made_at=tick.at if before is None else before.made_at, day=about, name=name, score=value))
    _say(f"{'Kept' if before is None else 'Corrected'}: {name} {value:g}, {long_name(about)}.")
    return ExitCode.OK


def delete(name: str, day: str | None) -> ExitCode:
    """It counts no more."""
    about = named_day(day, civil_now().civil_day)
    before = _of(name.strip(), about)
    if before is None:
        raise UsageError(f"there is no {name.strip()} of {long_name(about)}; `hipmonitor checkin list` shows them")
    append(Deleted(what="outside_score", made_at=before.made_at))
    _say(f"{before.name} of {long_name(about)} is deleted.")
    return ExitCode.OK


def _of(name: str, day: int) -> OutsideScore | None:
    return next((one for one in read_diary().outside_scores if (one.name, one.day) == (name, day)), None)


def _say(sentence: str) -> None:
    printing.console().print(sentence, soft_wrap=True)

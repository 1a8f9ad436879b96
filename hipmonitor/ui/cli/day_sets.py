"""Guided sets of a day: what was done, what was shown of it, and how comfortable it was."""

from __future__ import annotations

from rich.text import Text

from hipmonitor.io.history import DayRecord, SetRecord
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.kept_days import Page
from hipmonitor.ui.view_model.durations import clock_time


def print_sets(page: Page, record: DayRecord) -> None:
    """In order of time; nothing where there was none."""
    if not record.sets:
        return
    page.line()
    page.line(Text(" Exercises", style="bold"))
    for kept in record.sets:
        page.folded(f"{clock_time(kept.result.started, kept.utc_offset_s)}  {set_words(kept)}")


def set_words(kept: SetRecord) -> str:
    """Bridge, set 2: 10 of 10 repetitions. Comfort 7 of 10."""
    result = kept.result
    number = f", set {result.number}" if result.number > 1 else ""
    shown = f" {kept.shown} were shown at the time." if kept.shown != result.full else ""
    comfort = "" if kept.comfort is None else f" Comfort {kept.comfort} of 10."
    return f"{result.title}{number}: {result.sentence}{shown}{comfort}"


def kept_document(kept: SetRecord) -> dict[str, object]:
    """As JSON, with the counts."""
    plain = printing.plain(kept)
    counts = {"full": kept.result.full, "partial": kept.result.partial}
    return {**(plain if isinstance(plain, dict) else {}), **counts}

"""A copy of everything that is kept, with a table of days and a README."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from hipmonitor.core.errors import DiaryError, HistoryError, UsageError
from hipmonitor.io.diary import read_diary
from hipmonitor.io.export import write_csv
from hipmonitor.io.own_data import export, write_private
from hipmonitor.runtime.exporting import diary_tables
from hipmonitor.ui.kept.day_rows import figure_row, set_row
from hipmonitor.ui.kept.days import kept_days
from hipmonitor.ui.notes import NOT_MEDICAL

README = f"""What hipmonitor kept of you on this computer.

recordings/   every session as it came from the sensor and from you: MCAP files. hipmonitor reads them
              (hipmonitor analyze FILE), and so does any tool that opens MCAP.
diary.jsonl   what you said: check-ins, scores, what the plan showed you; one line of JSON for every entry. Corrected and
              deleted entries stay in it; hipmonitor reads it by `hipmonitor checkin list`.
check_ins.csv, outside_scores.csv, decisions.csv, overruled.csv   the same as tables, as it stands.
history.db    days, bouts, minutes, alerts: SQLite. The tables explain themselves (sqlite3 history.db .schema).
days.csv      one row for every day, times in seconds, angles in degrees.
sets.csv      one row for every guided set, with how comfortable it was.
config.toml   your settings, where you changed some.
plan.toml     your plan, where there is one.
exercises.toml, exercises/   targets and exercises of your provider or your own, where there are some.
targets.toml  targets that you chose in the window, where there are some.

Only you can read these files on this computer. Give on what you want to give on.
To go on with them on another computer, put them where `hipmonitor data where` says.

{NOT_MEDICAL}
"""


def copy_everything(folder: Path, say: Callable[[str], None] = lambda _sentence: None) -> list[Path]:
    """Into a new or empty folder that only its owner can read; what was written. `say` takes what could not be read.

    Raises:
        UsageError: the folder is there and not empty, or cannot be written.
    """
    try:
        return _copied(folder, say)
    except OSError as error:
        raise UsageError(f"{folder}: the copy cannot be made ({error}); name another folder") from error


def _copied(folder: Path, say: Callable[[str], None]) -> list[Path]:
    written = list(export(folder))
    tables: dict[str, str] = {}
    problem = ""
    try:
        tables = _tables()
    except HistoryError as error:
        problem = f"\nThe history could not be read; it was copied as it is, without a table of days.\n{error}\n"
        say(problem.strip())
    written.append(write_private(folder / "README.txt", README + problem))
    written += [write_private(folder / name, text) for name, text in tables.items()]
    return [*written, *_diary_tables(folder, say)]


def _diary_tables(folder: Path, say: Callable[[str], None]) -> list[Path]:
    """Those that hold something."""
    try:
        tables = [table for table in diary_tables(read_diary()) if len(table)]
    except DiaryError as error:
        say(str(error))
        return []
    written = [write_private(folder / f"{table.name}.csv", "") for table in tables]
    for path, table in zip(written, tables, strict=True):
        write_csv(path, table)
    return written


def _tables() -> dict[str, str]:
    """Of the history, by the name of their file; those that hold something."""
    with kept_days() as kept:
        span = None if kept is None else kept.history.span()
        if kept is None or span is None:
            return {}
        days = kept.history.figures(*span, valid_day_worn_h=kept.valid_day_worn_h)
        rows = {
            "days.csv": [figure_row(figures) for figures in days if figures.tally.recorded_s],
            "sets.csv": [set_row(record) for record in kept.history.sets(*span)],
        }
    return {name: _csv(of_it) for name, of_it in rows.items() if of_it}


def _csv(rows: Sequence[Mapping[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()

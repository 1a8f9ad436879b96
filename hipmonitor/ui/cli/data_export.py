"""A copy of everything: recordings, history and settings, with a table of days and a README."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hipmonitor.core.errors import HistoryError, UsageError
from hipmonitor.io.own_data import export, write_private
from hipmonitor.ui.cli.exits import say_on_stderr
from hipmonitor.ui.cli.kept_days import figure_row, kept_days
from hipmonitor.ui.cli.notes import NOT_MEDICAL

README = f"""What hipmonitor kept of you on this computer.

recordings/   every session as it came from the sensor and from you: MCAP files. hipmonitor reads them
              (hipmonitor analyze FILE), and so does any tool that opens MCAP.
history.db    days, bouts, minutes, alerts: SQLite. The tables explain themselves (sqlite3 history.db .schema).
days.csv      one row for every day, times in seconds, angles in degrees.
config.toml   your settings, where you changed some.

Only you can read these files on this computer. Give on what you want to give on.
To go on with them on another computer, put them where `hipmonitor data where` says.

{NOT_MEDICAL}
"""


def export_all(folder: Path) -> tuple[Path, ...]:
    """Copy it into a new folder; what was written.

    Raises:
        UsageError: the folder is there and not empty, or cannot be written.
    """
    try:
        return _export_all(folder)
    except OSError as error:
        raise UsageError(f"{folder}: the copy cannot be made ({error}); name another folder") from error


def _export_all(folder: Path) -> tuple[Path, ...]:
    written = export(folder)
    days, problem = "", ""
    try:
        days = _days_csv()
    except HistoryError as error:
        problem = f"\nThe history could not be read; it was copied as it is, without a table of days.\n{error}\n"
        say_on_stderr(problem.strip())
    written = (*written, write_private(folder / "README.txt", README + problem))
    return (*written, write_private(folder / "days.csv", days)) if days else written


def _days_csv() -> str:
    text = io.StringIO()
    with kept_days() as kept:
        span = None if kept is None else kept.history.span()
        if kept is None or span is None:
            return ""
        days = kept.history.figures(*span, valid_day_worn_h=kept.valid_day_worn_h)
        rows = [figure_row(figures) for figures in days if figures.tally.recorded_s]
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()

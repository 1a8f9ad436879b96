"""A copy of everything that is kept, with a table of days and a README."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hipmonitor.io.own_data import export, write_private
from hipmonitor.ui.kept.day_rows import figure_row
from hipmonitor.ui.kept.days import kept_days
from hipmonitor.ui.kept.notes import NOT_MEDICAL

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


def copy_everything(folder: Path) -> list[Path]:
    """Into a new or empty folder that only its owner can read; what was written.

    Raises:
        UsageError: the folder is there and not empty.
    """
    written = [*export(folder), write_private(folder / "README.txt", README)]
    days = _days_csv()
    if days:
        written.append(write_private(folder / "days.csv", days))
    return written


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

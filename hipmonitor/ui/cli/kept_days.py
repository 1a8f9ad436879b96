"""What the day commands need: the history if there is one, today, and what makes a day valid."""

from __future__ import annotations

import csv
import sys
import textwrap
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.text import Text

from hipmonitor.core.civil import S_PER_DAY
from hipmonitor.core.days import NAMES, DayFigures, Minute
from hipmonitor.core.exposure import TransitionKind
from hipmonitor.io.clock import local_utc_offset_s
from hipmonitor.io.history import History, history_file
from hipmonitor.io.settings import load_settings
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.cli.notes import NOT_MEDICAL
from hipmonitor.ui.terminal.signs import Signs, signs_for
from hipmonitor.ui.view_model.civil_dates import iso

NO_HISTORY = (
    "No history yet. `hipmonitor live` keeps one while you wear the sensor; `hipmonitor history rebuild` makes it from "
    "recordings."
)
READING_WORDS = {
    "settled": "settled",
    "as_lived": "as lived so far, not settled yet",
    "mixed": "partly as lived: a session is not settled yet",
    "none": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDays:
    """An open history, and how its days are judged."""

    history: History
    today: int
    valid_day_worn_h: float


@contextmanager
def kept_days() -> Iterator[KeptDays | None]:
    """None where there is no history: asking makes none."""
    if not history_file().exists():
        yield None
        return
    now_s = int(time.time())
    today = (now_s + local_utc_offset_s(now_s)) // S_PER_DAY
    with History() as history:
        yield KeptDays(history=history, today=today, valid_day_worn_h=load_settings().days.valid_day_worn_h)


def say_none(*, as_json: bool, as_csv: bool) -> ExitCode:
    """There is no history yet."""
    if as_json:
        printing.print_json({"history": None})
    elif not as_csv:
        Page().folded(NO_HISTORY)
    return ExitCode.OK


def figure_row(figures: DayFigures) -> dict[str, object]:
    """The figures of a day as one flat row; angles in degrees, times in seconds."""
    f, t, sitting = figures, figures.tally, figures.sitting
    at_75, at_100 = f.stepping_from(75), f.stepping_from(100)
    row: dict[str, object] = {
        "date": iso(f.day),
        "valid_day": f.valid,
        "worn_s": t.worn_s,
        "not_recorded_s": f.not_recorded_s,
        "day_length_s": f.length_s,
        "sedentary_time_s": t.sedentary_time_s,
        "upright_s": t.upright_s,
        **{name: getattr(t, name) for name in NAMES if not name.startswith("flexion_")},
        "thigh_limit_deg": None if f.limits is None else f.limits.thigh_limit_deg,
        "longest_deep_s": f.longest_deep_s,
        "thigh_flexion_p95_deg": f.flexion_p95_deg,
        "thigh_flexion_peak_deg": f.flexion_peak_deg,
        "sitting_bouts": sitting.bouts,
        "usual_bout_s": sitting.usual_s,
        "longest_bout_s": sitting.longest_s,
        "bouts_over_30_min": sitting.over_30,
        "bouts_over_30_min_s": sitting.over_30_s,
        "bouts_over_60_min": sitting.over_60,
        "bouts_over_60_min_s": sitting.over_60_s,
    }
    for part in sitting.bins:
        name = f"bouts_{part.from_s // 60}_to_{'end' if part.to_s is None else part.to_s // 60}_min"
        row |= {name: part.bouts, f"{name}_s": part.time_s}
    row |= {"breaks": f.breaks, "minimum_bout_s": f.minimum_bout_s}
    row |= {kind.value: f.transitions.get(kind, 0) for kind in TransitionKind}
    row |= {"steps": round(f.steps), "crank_turns": round(f.crank_turns)}
    row |= {"stepping_75_s": at_75[0], "steps_75": round(at_75[1])}
    row |= {"stepping_100_s": at_100[0], "steps_100": round(at_100[1])}
    for band in f.cadence:
        row |= {f"cadence_from_{band.from_spm:g}_s": band.time_s, f"cadence_from_{band.from_spm:g}_steps": band.steps}
    for walk in f.walks:
        name = f"walks_from_{walk.from_s // 60}_min"
        row |= {name: walk.bouts, f"{name}_s": walk.time_s, f"{name}_steps": walk.steps}
    row |= {f"peak_steps_{window_s}_s": steps for window_s, steps in f.peak_steps}
    row |= {"flexion_cycles": sum(f.flexion_cycles.values()), "deep_cycles": sum(f.deep_cycles.values())}
    return row | {"gaps": f.gaps, "gap_s": f.gap_s}


def minute_row(minute: Minute) -> dict[str, object]:
    """A minute as one flat row."""
    t = minute.tally
    return {
        "date": iso(minute.day),
        "minute_of_day": minute.minute_of_day,
        "utc_offset_s": minute.utc_offset_s,
        "start_unix_s": minute.start_s,
        **{name: getattr(t, name) for name in NAMES if not name.startswith("flexion_")},
        "mean_thigh_flexion_deg": t.mean_flexion_deg,
        "highest_thigh_flexion_deg": None if minute.highest_mdeg is None else minute.highest_mdeg / 1000,
        "steps": minute.steps_milli / 1000,
    }


def print_csv(rows: Iterable[dict[str, object]]) -> None:
    """With a header; nothing at all of nothing."""
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(sys.stdout, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow(row)


class Page:
    """Lines of at most 80 characters, in the characters that standard output can carry."""

    def __init__(self) -> None:
        self._console = printing.console()
        self.signs: Signs = signs_for(self._console.encoding)

    def line(self, words: str | Text = "", style: str = "") -> None:
        """One line; never folded."""
        text = words if isinstance(words, Text) else Text(self.signs.text(words), style=style)
        self._console.print(text, soft_wrap=True)

    def head(self, title: str, right: str) -> None:
        """The title, what it rests on at the right, and a rule."""
        self.line(
            Text(f" {title}", style="bold").append(self.signs.text(f"{right:>{78 - len(title)}}"), style="dim not bold")
        )
        self.line(" " + self.signs.rule * 78, "dim")

    def not_medical(self) -> None:
        """The note under every result."""
        self.folded(NOT_MEDICAL, "dim")

    def folded(self, words: str, style: str = "") -> None:
        """As many lines as it takes."""
        for line in textwrap.wrap(words, 78):
            self.line(f" {line}", style)

"""What the view asks of history and recordings: each runs in a thread of its own, and gives plain values."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from hipmonitor.core.errors import UsageError
from hipmonitor.core.instants import HostNs
from hipmonitor.io.history import History
from hipmonitor.io.places import recordings_folder
from hipmonitor.runtime.history_settling import Progress, rebuild
from hipmonitor.ui.kept import KeptDays, copy_everything, kept_days
from hipmonitor.ui.kept.recorded_angles import RecordedAngles, angles_of, has_recordings, joined, recording_of
from hipmonitor.ui.view_model import Curve
from hipmonitor.ui.view_model.history import DayLook, WeekLook, WeeksLook, day_look, hour_span, week_look, weeks_look

FORTNIGHT, WEEK, WEEKS = 14, 7, 28
MOST_READ = 6
"""Recordings whose angles are remembered: a day of one is a quarter of a megabyte."""
REPORT_DAYS = 7
Watch = Callable[[float], bool]


class Span(IntEnum):
    """How much is shown."""

    DAY = 0
    WEEK = 1
    WEEKS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the view, and where it lies in the history."""

    span: Span
    day: int
    """The day, or the last one."""
    today: int
    first: int
    """Of the history."""
    worn: frozenset[int]
    """Days of the history with a recording, for the calendar."""
    look: DayLook | WeekLook | WeeksLook


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is no history."""

    recordings: bool
    """But some from which it could be made."""


def page(span: Span, day: int | None) -> Page | Nothing:
    """Read it. `day` None: the newest with a recording.

    Raises:
        HistoryError: it cannot be read; names the remedy.
    """
    with kept_days() as kept:
        reach = None if kept is None else kept.history.span()
        if kept is None or reach is None:
            return Nothing(has_recordings())
        shown = min(kept.today, reach[1]) if day is None else min(day, max(kept.today, reach[1]))
        worn = frozenset(head_day for head_day in _recorded_days(kept, reach))
        return Page(span=span, day=shown, today=kept.today, first=reach[0], worn=worn, look=_look(kept, span, shown))


def _recorded_days(kept: KeptDays, reach: tuple[int, int]) -> list[int]:
    return [f.day for f in kept.history.figures(*reach, valid_day_worn_h=kept.valid_day_worn_h) if f.tally.recorded_s]


def _look(kept: KeptDays, span: Span, day: int) -> DayLook | WeekLook | WeeksLook:
    worn_h = kept.valid_day_worn_h
    if span is Span.WEEK:
        return week_look([kept.history.day(d, valid_day_worn_h=worn_h) for d in range(day - WEEK + 1, day + 1)])
    if span is Span.WEEKS:
        return weeks_look(kept.history.figures(day - WEEKS + 1, day, valid_day_worn_h=worn_h))
    return day_look(
        kept.history.day(day, valid_day_worn_h=worn_h),
        kept.history.figures(day - FORTNIGHT + 1, day, valid_day_worn_h=worn_h),
        today=kept.today,
        now_s=kept.second_of_day,
    )


class Hours:
    """Curves out of recordings; each recording is read once, as long as it does not grow."""

    def __init__(self) -> None:
        self._read: OrderedDict[tuple[Path, int], RecordedAngles] = OrderedDict()

    def curve(self, day: DayLook, start: HostNs, end: HostNs, watch: Watch) -> Curve | None:
        """None where the recording is gone.

        Raises:
            RecordingError: it cannot be read.
        """
        heads = [head for head in day.sessions if (head.owned_from or head.start) < end and head.end > start]
        curves = []
        for head in heads:
            path = recording_of(head.key)
            if path is None:
                continue
            name = (path, path.stat().st_size)
            angles = self._read.get(name)
            if angles is None:
                angles = self._read[name] = angles_of(path, head.reading, watch)
            self._read.move_to_end(name)
            while len(self._read) > MOST_READ:
                self._read.popitem(last=False)
            curves.append(angles.curve(start, end))
        return joined(curves)


def place_in_recording(day: DayLook, hour: int) -> tuple[Path, HostNs] | None:
    """The recording of an hour, and the instant of it; None where it is gone."""
    span = hour_span(day.minutes, hour)
    heads = () if span is None else [head for head in day.sessions if head.start < span[1] and head.end > span[0]]
    for head in heads:
        path = recording_of(head.key)
        if path is not None and span is not None:
            return path, max(head.start, span[0])
    return None


def write_report(folder: Path, first: int, last: int) -> Path:
    """The report on these days as an HTML file.

    Raises:
        HipmonitorError: it cannot be written, or there is no history.
    """
    from hipmonitor.ui.kept import report_page  # noqa: PLC0415 - templates are loaded for work only
    from hipmonitor.ui.report import contents_of, html_of  # noqa: PLC0415

    with kept_days() as kept:
        if kept is None:
            raise UsageError("There is no history to report on yet.")
        html = html_of(contents_of(report_page.period_of(kept, first, last)))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / report_page.report_name(first, last)
    report_page.write_report(path, html.encode())
    return path


def copy_all(folder: Path) -> Path:
    """Everything that is kept, into a new folder inside this one."""
    target = folder / time.strftime("hipmonitor-export_%Y-%m-%d_%H%M%S")
    copy_everything(target)
    return target


def rebuild_from_recordings(watch: Watch) -> int:
    """Make the history anew; how many sessions. After a stop the old numbers stay. A broken file is kept beside it.

    Raises:
        HistoryError: it cannot be written.
    """

    def look(step: Progress) -> bool:
        within = min(1.0, step.gone_through_s / step.lasting_s) if step.lasting_s else 1.0
        return watch((step.number - 1 + within) / step.of)

    history, _ = History.to_rebuild()
    with history:
        return len(rebuild(history, recordings_folder(), look).settled)

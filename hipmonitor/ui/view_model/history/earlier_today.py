"""What was kept of today before the running session began: its strip and its totals begin with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days import Minute
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.history import DayRecord
from hipmonitor.ui.view_model.day_strip import Window, day_cells
from hipmonitor.ui.view_model.glance import Glance
from hipmonitor.ui.view_model.view_memory import Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierToday:
    """Of the sessions that had ended."""

    spans: tuple[tuple[int, int, ActivityKind, bool], ...] = ()
    """As the running session's strip keeps its time."""
    totals: Totals = field(default_factory=Totals)

    def before(self, glance: Glance) -> Glance:
        """The same glance with a strip that begins with them."""
        start = glance.at if glance.strip.start_ns is None else glance.strip.start_ns
        spans = tuple(span for span in self.spans if span[1] <= start)
        return replace(glance, strip=replace(glance.strip, spans=(*spans, *glance.strip.spans))) if spans else glance

    def and_now(self, totals: Totals) -> Totals:
        """The whole day's so far."""
        return Totals(
            sitting_s=self.totals.sitting_s + totals.sitting_s,
            deep_s=self.totals.deep_s + totals.deep_s,
            breaks=self.totals.breaks + totals.breaks,
            missing_s=self.totals.missing_s + totals.missing_s,
        )


def earlier_today(record: DayRecord) -> EarlierToday:
    """Of today's record, read when a session begins."""
    t = record.figures.tally
    return EarlierToday(
        spans=tuple(span for minute in record.minutes for span in _span(minute)),
        totals=Totals(sitting_s=t.sit_s, deep_s=t.deep_s, breaks=record.figures.breaks, missing_s=record.figures.gap_s),
    )


def _span(minute: Minute) -> list[tuple[int, int, ActivityKind, bool]]:
    window = Window(start=minute.minute_of_day, end=minute.minute_of_day + 1)
    cell, start = day_cells([minute], window, 1)[0], minute.start_s * NS_PER_S
    end = start + minute.tally.recorded_s * NS_PER_S
    return [] if cell.kind is None else [(start, end, cell.kind, cell.above)]

"""The strip laid out: bars with their heights, the lane above the limit, gaps, marks and hours, as shares of its width."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import AlertLevel
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.ui.view_model.day_span import strip_span
from hipmonitor.ui.view_model.durations import clock_time
from hipmonitor.ui.view_model.glance import Glance
from hipmonitor.ui.view_model.stream_now import Flow
from hipmonitor.ui.view_model.strip import StripCell, StripMark


class Fill(StrEnum):
    """What a bar shows; each has its own height, so that the strip reads without colour."""

    UP = "up"
    STAND = "stand"
    SIT = "sit"
    LIE = "lie"
    UNCLEAR = "unclear"
    NOT_WORN = "not_worn"
    MISSING = "missing"


HEIGHTS = {
    Fill.UP: 1.0,
    Fill.STAND: 0.76,
    Fill.SIT: 0.46,
    Fill.LIE: 0.2,
    Fill.UNCLEAR: 0.46,
    Fill.NOT_WORN: 0.0,
    Fill.MISSING: 1.0,
}
"""Share of the strip's height (tokens 3)."""
FILL_OF = {
    ActivityKind.WALK: Fill.UP,
    ActivityKind.RUN: Fill.UP,
    ActivityKind.STAIRS: Fill.UP,
    ActivityKind.CYCLE: Fill.UP,
    ActivityKind.STAND: Fill.STAND,
    ActivityKind.SIT: Fill.SIT,
    ActivityKind.LIE: Fill.LIE,
    ActivityKind.SEDENTARY: Fill.UNCLEAR,
    ActivityKind.UNKNOWN: Fill.UNCLEAR,
    ActivityKind.NOT_WORN: Fill.NOT_WORN,
}
TICK_STEPS_S = (20, 60, 120, 300, 600, 1800, 3600, 7200)
MOST_TICKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Cells of the same in a row; from and to are shares of the width."""

    start: float
    end: float
    fill: Fill


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMark:
    """A mark at a share of the width, and how many it stands for."""

    at: float
    level: AlertLevel | None
    sent: bool
    count: int
    at_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StripLook:
    """All of it; equal when nothing that would be drawn has changed."""

    title: str
    sentence: str
    bars: tuple[Bar, ...]
    above: tuple[tuple[float, float], ...]
    marks: tuple[PlacedMark, ...]
    ticks: tuple[tuple[float, str], ...]
    now: float


def strip_look(glance: Glance, cells: int, sentence: str, *, apart: float = 0.01) -> StripLook:
    """The strip in so many cells; two marks closer than `apart` become the higher one."""
    start, end = strip_span(glance)
    row = glance.strip.cells(cells, start, end)
    is_day = end - start > 3600 * NS_PER_S
    now = round((glance.at - start) / (end - start) * cells) / cells
    return StripLook(
        title="Today" if is_day else "This session",
        sentence=sentence,
        bars=tuple(_bars(_with_silence(row, now, silent=glance.stream.flow is Flow.NO_DATA))),
        above=tuple(_runs([cell.above for cell in row])),
        marks=placed_marks(glance.strip.marks, start, end, apart),
        ticks=_ticks(start, end, glance.utc_offset_s),
        now=min(1.0, now),
    )


def _with_silence(row: tuple[StripCell, ...], now: float, *, silent: bool) -> tuple[StripCell, ...]:
    """While nothing comes, the time since the last that came is missing, before anybody has called it a gap."""
    last = max((i for i, cell in enumerate(row) if cell.kind is not None or cell.missing), default=None)
    if not silent or last is None:
        return row
    until = min(len(row), round(now * len(row)))
    return (
        *row[: last + 1],
        *(StripCell(kind=None, missing=True) for _ in row[last + 1 : until]),
        *row[max(until, last + 1) :],
    )


def _fill(cell: StripCell) -> Fill | None:
    if cell.missing:
        return Fill.MISSING
    return None if cell.kind is None else FILL_OF[cell.kind]


def _bars(row: tuple[StripCell, ...]) -> list[Bar]:
    bars: list[Bar] = []
    for i, cell in enumerate(row):
        fill = _fill(cell)
        if bars and bars[-1].fill is fill and bars[-1].end == i / len(row):
            bars[-1] = Bar(start=bars[-1].start, end=(i + 1) / len(row), fill=bars[-1].fill)
        elif fill is not None:
            bars.append(Bar(start=i / len(row), end=(i + 1) / len(row), fill=fill))
    return bars


def _runs(flags: list[bool]) -> list[tuple[float, float]]:
    runs: list[tuple[float, float]] = []
    for i, flag in enumerate(flags):
        if flag and runs and runs[-1][1] == i / len(flags):
            runs[-1] = (runs[-1][0], (i + 1) / len(flags))
        elif flag:
            runs.append((i / len(flags), (i + 1) / len(flags)))
    return runs


def placed_marks(marks: tuple[StripMark, ...], start_ns: int, end_ns: int, apart: float) -> tuple[PlacedMark, ...]:
    """Marks within [start, end), where they stand; those too close together merged into the higher one."""
    placed: list[PlacedMark] = []
    for mark in sorted(marks, key=lambda m: m.at_ns):
        at = (mark.at_ns - start_ns) / (end_ns - start_ns)
        if not 0 <= at <= 1:
            continue
        new = PlacedMark(at=at, level=mark.level, sent=mark.sent, count=1, at_ns=mark.at_ns)
        if placed and at - placed[-1].at < apart:
            old = placed[-1]
            higher = new if (new.level or 0) >= (old.level or 0) else old
            new = PlacedMark(
                at=higher.at, level=higher.level, sent=higher.sent, count=old.count + 1, at_ns=higher.at_ns
            )
            placed[-1] = new
        else:
            placed.append(new)
    return tuple(placed)


def _ticks(start_ns: int, end_ns: int, utc_offset_s: int) -> tuple[tuple[float, str], ...]:
    """Round times of day within it, at most ten."""
    span_s = (end_ns - start_ns) // NS_PER_S
    step = next((s for s in TICK_STEPS_S if span_s / s <= MOST_TICKS), TICK_STEPS_S[-1])
    first = -(-(start_ns // NS_PER_S + utc_offset_s) // step) * step - utc_offset_s
    ticks = []
    for second in range(first, end_ns // NS_PER_S + 1, step):
        words = clock_time(HostNs(second * NS_PER_S), utc_offset_s, seconds=step < 60)
        if step >= 3600:
            at_end = second * NS_PER_S == end_ns
            words = "24" if at_end and words == "00:00" else words[:2]
        ticks.append(((second * NS_PER_S - start_ns) / (end_ns - start_ns), words))
    return tuple(ticks)

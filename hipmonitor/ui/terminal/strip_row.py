"""The day, or the session while it is short, as one row."""

from __future__ import annotations

from rich.text import Text

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.ui.terminal.signs import DEEP, KIND_STYLE, Signs
from hipmonitor.ui.view_model import Glance, StripCell
from hipmonitor.ui.view_model.day_span import strip_span
from hipmonitor.ui.view_model.durations import clock_time

LEGEND_WORDS = (
    (ActivityKind.WALK, "moving"),
    (ActivityKind.STAND, "standing"),
    (ActivityKind.SIT, "sitting"),
    (ActivityKind.LIE, "lying"),
    (ActivityKind.UNKNOWN, "unclear"),
)


def strip_row(glance: Glance, width: int, signs: Signs) -> Text:
    """Times at both ends, cells between."""
    start, end = strip_span(glance)
    with_seconds = end - start < 600 * NS_PER_S
    left = clock_time(HostNs(start), glance.utc_offset_s, seconds=with_seconds)
    right = clock_time(HostNs(end), glance.utc_offset_s, seconds=with_seconds)
    row = Text().append(f" {left} ", style="dim")
    cells = glance.strip.cells(max(1, width - len(left) - len(right) - 4), start, end)
    for cell in cells:
        row.append(*_sign(cell, signs))
    return row.append(f" {right} ", style="dim")


def _sign(cell: StripCell, signs: Signs) -> tuple[str, str]:
    if cell.mark is not None:
        return signs.marked(cell.mark)
    if cell.missing:
        return signs.missing, "dim"
    if cell.kind is None:
        return " ", ""
    if cell.above:
        return signs.above, f"bold {DEEP}"
    return signs.strip[cell.kind], KIND_STYLE.get(cell.kind, "dim")


def legend(signs: Signs) -> Text:
    """What the signs of the strip stand for."""
    row = Text(" ")
    for kind, word in LEGEND_WORDS:
        row.append(f" {signs.strip[kind]}", style=KIND_STYLE.get(kind, "dim")).append(f" {word} ", style="dim")
    row.append(f" {signs.missing} no data ", style="dim")
    return row.append(f" {signs.above}", style=f"bold {DEEP}").append(" above limit", style="dim")

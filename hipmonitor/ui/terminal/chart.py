"""The trace of the thigh's angle in a few rows of characters: braille dots, or plain ones."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from hipmonitor.ui.terminal.signs import DEEP, Signs
from hipmonitor.ui.view_model import ColumnKind, Glance, StripMark, Trace, TraceColumn

TOP_DEG, BOTTOM_DEG = 125.0, -20.0
"""Fixed, so that the same height always means the same angle (views 3)."""
SPANS_S = (60.0, 120.0, 300.0, 600.0)
"""The shortest that holds the session so far is shown, at most ten minutes."""
LABEL_WIDTH = 5
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of a braille character by row and column (Unicode block 2800)."""
NO_DATA = "no data"


def span_of(trace: Trace) -> float:
    """How much of the past is shown."""
    return next((span for span in SPANS_S if trace.age_s <= span), SPANS_S[-1])


def chart(glance: Glance, width: int, rows: int, signs: Signs) -> list[Text]:
    """`rows` lines with labels, and a line with times."""
    plot_width = width - LABEL_WIDTH - 1
    span_s = span_of(glance.trace)
    per_cell = 2 if signs.braille else 1
    columns = glance.trace.columns(plot_width * per_cell, span_s)
    limit = glance.settings.deep_flexion.thigh_limit_deg
    plot = _Plot(columns, rows, limit, signs)
    marks = _marks(glance, plot_width, span_s)
    labels = _labels(limit, rows)
    lines = []
    for row in range(rows):
        line = Text().append(f"{labels.get(row, ''):>{LABEL_WIDTH}} ", style="dim")
        for cell in range(plot_width):
            character, style = plot.cell(row, cell)
            if row == 0 and cell in marks:
                character, style = signs.marked(marks[cell])
            line.append(character, style=style)
        lines.append(line)
    return [*plot.with_words(lines), _times(plot_width, span_s)]


def _labels(limit_deg: float, rows: int) -> dict[int, str]:
    labels: dict[int, str] = {}
    for value in (45.0, 0.0, limit_deg):
        labels[_row(value, rows)] = f"{value:g}"
    return labels


def _row(deg: float, rows: int) -> int:
    return min(rows - 1, max(0, int((TOP_DEG - deg) / (TOP_DEG - BOTTOM_DEG) * rows)))


def _marks(glance: Glance, width: int, span_s: float) -> dict[int, StripMark]:
    cells: dict[int, StripMark] = {}
    for mark in glance.strip.marks:
        cell = width - 1 - int((glance.at - mark.at_ns) / 1e9 / span_s * width)
        if 0 <= cell < width and (cell not in cells or (mark.level or 0) >= (cells[cell].level or 0)):
            cells[cell] = mark
    return cells


def _times(width: int, span_s: float) -> Text:
    """When the columns were: `10 min ago` on the left, `now` on the right, some between."""
    begin = f"{span_s / 60:.0f} min ago"
    line = list(f"{begin:<{width}}")
    line[-3:] = "now"
    for k in (1, 2, 3):
        ago_s = span_s * (4 - k) / 4
        text = f"-{ago_s / 60:g}" if span_s > 120 else f"-{ago_s:.0f} s"
        start = width * k // 4 - len(text) // 2
        if start > len(begin) + 1:
            line[start : start + len(text)] = text
    return Text(" " * (LABEL_WIDTH + 1) + "".join(line[:width]), style="dim")


class _Plot:
    """Columns as dots: `dots[y][x]` set, y from the top."""

    def __init__(self, columns: Sequence[TraceColumn], rows: int, limit_deg: float, signs: Signs) -> None:
        self._columns, self._rows, self._limit, self._signs = columns, rows, limit_deg, signs
        self._height = rows * (4 if signs.braille else 1)
        self._ranges = self._joined()

    def _y(self, deg: float) -> int:
        share = (TOP_DEG - deg) / (TOP_DEG - BOTTOM_DEG)
        return min(self._height - 1, max(0, int(share * self._height)))

    def _joined(self) -> list[tuple[int, int] | None]:
        """Each column's range of dots, stretched to touch the one before, so that the curve is one line."""
        ranges: list[tuple[int, int] | None] = []
        before: tuple[int, int] | None = None
        for column in self._columns:
            if column.kind is not ColumnKind.VALUE:
                ranges.append(None)
                before = None
                continue
            high, low = self._y(column.high_deg), self._y(column.low_deg)
            if before is not None:
                high, low = min(high, before[1] + 1), max(low, before[0] - 1)
            before = (self._y(column.high_deg), self._y(column.low_deg))
            ranges.append((min(high, low), max(high, low)))
        return ranges

    def cell(self, row: int, cell: int) -> tuple[str, str]:
        """Character and style."""
        return self._braille(row, cell) if self._signs.braille else self._plain(row, cell)

    def _braille(self, row: int, cell: int) -> tuple[str, str]:
        xs = (2 * cell, 2 * cell + 1)
        bits = 0
        for x in xs:
            reach = self._ranges[x]
            for y in range(4):
                if reach is not None and reach[0] <= 4 * row + y <= reach[1]:
                    bits |= DOTS[y][x % 2]
        return (chr(0x2800 + bits), self._style(xs)) if bits else self._ground(row, cell, xs)

    def _plain(self, row: int, cell: int) -> tuple[str, str]:
        reach = self._ranges[cell]
        if reach is None or not reach[0] <= row <= reach[1]:
            return self._ground(row, cell, (cell,))
        return ("|" if reach[1] > reach[0] else "_"), self._style((cell,))

    def _style(self, xs: Sequence[int]) -> str:
        above = any(self._columns[x].high_deg >= self._limit for x in xs)
        return f"bold {DEEP}" if above else ""

    def _ground(self, row: int, cell: int, xs: Sequence[int]) -> tuple[str, str]:
        """Where no curve is: hatch for missing time, dashes for the limit."""
        kinds = {self._columns[x].kind for x in xs}
        if ColumnKind.MISSING in kinds:
            return self._signs.missing, "dim"
        if row == _row(self._limit, self._rows):
            return (self._signs.dash, DEEP) if self._signs.braille or cell % 2 else (" ", "")
        middle = row == self._rows // 2
        return ("·" if self._signs.braille else ".", "dim") if middle and ColumnKind.UNTRUSTED in kinds else (" ", "")

    def with_words(self, lines: list[Text]) -> list[Text]:
        """`no data` written into the widest hatch, where it fits: a hatch alone is not a word."""
        per_cell = len(self._columns) // max(1, len(lines[0].plain) - LABEL_WIDTH - 1)
        missing = "".join("x" if c.kind is ColumnKind.MISSING else " " for c in self._columns[::per_cell])
        longest = max(missing.split(), key=len, default="")
        if len(longest) < len(NO_DATA) + 2:
            return lines
        start = LABEL_WIDTH + 1 + missing.index(longest) + (len(longest) - len(NO_DATA)) // 2
        middle = lines[self._rows // 2]
        middle = Text.assemble(middle[:start], (NO_DATA, "bold"), middle[start + len(NO_DATA) :])
        return [*lines[: self._rows // 2], middle, *lines[self._rows // 2 + 1 :]]

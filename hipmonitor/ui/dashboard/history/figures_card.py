"""The key figures of a day, side by side, in two rows where one is too narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Card, Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.history import KeyFigure

Figures = tuple[KeyFigure, ...]
MARGIN, TOP, APART, LEAST_APART = 20.0, 10.0, 36.0, 22.0
NUMBER = 26 / 28
"""Of the role STATE: seven of them stand in a row."""


class FiguresCard(Card[Figures]):
    """Name, number and unit, what belongs to it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Key figures of the day", parent)

    def spoken(self, value: Figures) -> str:
        """All of them."""
        return f"{'; '.join(figure.spoken for figure in value)}."

    def wanted_height(self, width: float) -> float:
        """One row, or as many as it takes."""
        rows = len(self._rows(width))
        return rows * self._row_height() + (rows - 1) * TOP + 2 * TOP

    def _row_height(self) -> float:
        m = self.theme.metrics
        return 2 * m(Role.SMALL).height() + m(Role.STATE, None, NUMBER).height()

    def _rows(self, width: float) -> list[Figures]:
        """As few as possible, and evenly filled."""
        figures = self.shown or ()
        for count in range(1, len(figures) + 1):
            each = -(-len(figures) // count)
            rows = [figures[k : k + each] for k in range(0, len(figures), each)]
            columns = [max(map(self._width_of, column)) for column in _columns(rows)]
            if sum(columns) + LEAST_APART * (len(columns) - 1) <= width - 2 * MARGIN:
                return rows
        return [(figure,) for figure in figures]

    def _width_of(self, figure: KeyFigure) -> float:
        m = self.theme.metrics(Role.SMALL)
        note = m.horizontalAdvance(figure.note) + (m.height() + 4 if figure.check else 0)
        return max(m.horizontalAdvance(figure.name), note, self._amount_width(figure))

    def _amount_width(self, figure: KeyFigure) -> float:
        number, unit = self.theme.metrics(Role.STATE, None, NUMBER), self.theme.metrics(Role.BODY)
        parts = (number.horizontalAdvance(n) + (unit.horizontalAdvance(u) + 12 if u else 0) for n, u in figure.amount)
        return sum(parts)

    def draw(self, painter: QPainter, value: Figures) -> None:
        """Row by row, in common columns."""
        writing, rows = Writing(painter, self.theme), self._rows(self.width())
        columns = [max(map(self._width_of, column)) for column in _columns(rows)]
        apart = (self.width() - 2 * MARGIN - sum(columns)) / max(1, len(columns) - 1)
        for k, row in enumerate(rows):
            top = TOP + k * (self._row_height() + TOP)
            self._row(writing, row, columns, min(max(8.0, apart), 3 * APART), top)

    def _row(self, writing: Writing, row: Figures, columns: Sequence[float], apart: float, top: float) -> None:
        x = MARGIN
        for figure, width in zip(row, columns, strict=False):
            if x > MARGIN:
                writing.painter.setPen(QPen(qcolor(self.theme.palette.line), 1.0))
                line = x - apart / 2
                writing.painter.drawLine(QLineF(line, top + 2, line, top + self._row_height() - 2))
            self._figure(writing, figure, x, top)
            x += width + apart

    def _figure(self, writing: Writing, figure: KeyFigure, x: float, top: float) -> None:
        p, m = self.theme.palette, self.theme.metrics
        base = top + m(Role.SMALL).ascent()
        writing.text(x, base, figure.name, Role.SMALL, p.ink2)
        base += m(Role.STATE, None, NUMBER).height()
        at = x
        for number, unit in figure.amount:
            at += writing.text(at, base, number, Role.STATE, p.ink, factor=NUMBER) + 5
            if unit:
                at += writing.text(at, base, unit, Role.BODY, p.ink2) + 7
        base += m(Role.SMALL).height()
        if figure.check:
            size = m(Role.SMALL).height()
            x += writing.icon(x, base, "check", size, p.up_text, Role.SMALL) + 4
        colour, weight = (p.up_text, Weight.MEDIUM) if figure.check else (p.ink2, None)
        writing.text(x, base, figure.note, Role.SMALL, colour, weight=weight)


def _columns(rows: Sequence[Figures]) -> list[Figures]:
    """Figures one below the other."""
    return [tuple(row[k] for row in rows if k < len(row)) for k in range(len(rows[0]))] if rows else []

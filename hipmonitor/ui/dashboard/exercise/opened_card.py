"""One exercise opened: how it moves, three sentences, what is unseen, and its target."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.exercise.move_figure import MoveFigure, Shown
from hipmonitor.ui.dashboard.parts import Card, Writing
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.exercise.library_look import Opened

MARGIN, PAD, LEAST_FIGURE, NUMBER = 24.0, 10.0, 90.0, 24.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph and where its first line begins."""

    text: str
    role: Role
    colour: str
    weight: Weight | None = None
    mark: str = ""
    """A number, or the name of an icon."""
    above: float = 4.0


class OpenedCard(Card[Opened]):
    """Words from the top and the bottom; the figure has what is left."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "The exercise", parent)
        self.figure = MoveFigure(theme, self)
        self.foot = 0.0
        """Room that is left free at the bottom, for the buttons."""

    def spoken(self, value: Opened) -> str:
        """In words."""
        return " ".join(
            (f"{value.title}.", *value.instructions, value.unseen, f"{value.target_words}, {value.set_by}.")
        )

    def show_value(self, value: Opened) -> None:
        """The figure as well."""
        changed = value != self.shown
        self.figure.show_value(Shown(move=value.move, target=value.target))
        super().show_value(value)
        if changed:
            self.arrange()

    # --- words --------------------------------------------------------------------------------------------------------
    def _head(self, value: Opened) -> list[_Line]:
        p = self.theme.palette
        return [
            _Line(value.title, Role.STATE, p.ink, above=0.0),
            _Line(f"{value.target_words} ({value.set_by})", Role.BODY, p.ink2, above=2.0),
        ]

    def _below(self, value: Opened) -> list[_Line]:
        p = self.theme.palette
        sentences = [_Line(text, Role.BODY, p.ink, mark=f"{k + 1}") for k, text in enumerate(value.instructions)]
        return [*sentences, _Line(f"Not seen: {value.unseen}", Role.SMALL, p.ink2, mark="zone_unknown", above=10.0)]

    def _indent(self, line: _Line) -> float:
        return self.theme.px(NUMBER) if line.mark else 0.0

    def _height(self, line: _Line, width: float) -> float:
        room = width - 2 * MARGIN - self._indent(line)
        return line.above + paragraph_height(self.theme, line.text, room, line.role, line.weight)

    def _all(self, lines: list[_Line], width: float) -> float:
        return sum(self._height(line, width) for line in lines)

    def least_height(self, width: float, *, figure: bool = True) -> float:
        """With a small figure."""
        if self.shown is None:
            return 0.0
        words = self._all(self._head(self.shown), width) + self._all(self._below(self.shown), width)
        return words + 4 * PAD + self.foot + (self.theme.px(LEAST_FIGURE) if figure else 0.0)

    def arrange(self) -> None:
        """The figure between the words."""
        if self.shown is None:
            return
        top = PAD + 6 + self._all(self._head(self.shown), self.width()) + PAD
        below = self._all(self._below(self.shown), self.width()) + PAD + self.foot + PAD
        high = self.height() - top - below
        self.figure.setVisible(high >= 0.6 * LEAST_FIGURE)
        self.figure.setGeometry(round(MARGIN), round(top), round(self.width() - 2 * MARGIN), max(1, round(high)))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Another size."""
        self.arrange()

    def draw(self, painter: QPainter, value: Opened) -> None:
        """Above and below the figure."""
        y = PAD + 6
        for line in self._head(value):
            y = self._line(painter, line, y)
        below = self._below(value)
        y = self.height() - self.foot - PAD - self._all(below, self.width())
        for line in below:
            y = self._line(painter, line, y)
        if self.foot:
            y = self.height() - self.foot - PAD / 2
            painter.fillRect(QRectF(MARGIN, y, self.width() - 2 * MARGIN, 1), qcolor(self.theme.palette.line))

    def _line(self, painter: QPainter, line: _Line, y: float) -> float:
        """Where the next one begins."""
        y, indent, p = y + line.above, self._indent(line), self.theme.palette
        writing, base = Writing(painter, self.theme), y + self.theme.metrics(line.role).ascent()
        if line.mark.isdigit():
            writing.text(MARGIN, base, line.mark, line.role, p.ink2, weight=Weight.STRONG)
        elif line.mark:
            writing.icon(MARGIN, base, line.mark, self.theme.px(14), p.ink2, line.role)
        room = QRectF(MARGIN + indent, y, self.width() - 2 * MARGIN - indent, self.height())
        return y + draw_paragraph(painter, self.theme, room, line.text, line.role, line.colour, line.weight)

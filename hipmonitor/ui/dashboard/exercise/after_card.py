"""After a set: how comfortable it was, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.exercise.comfort_scale import LEAST, MOST, QUESTION, ComfortScale
from hipmonitor.ui.dashboard.exercise.move_figure import MoveFigure, Shown
from hipmonitor.ui.dashboard.parts import Card, Writing
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor

MARGIN, GAP = 24.0, 12.0
LEAST_FIGURE, MOST_FIGURE = 80.0, 200.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """How the next set begins."""

    words: str
    """The start pose in a sentence."""
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """What it says."""

    title: str
    """Next."""
    big: str
    """The rest that is left."""
    words: str
    thanks: str
    """Once it was rated."""
    begin: Begin | None = None
    """None where nothing follows."""


class AfterCard(Card[After]):
    """The scale above, what follows below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Comfort, and what comes next", parent)
        self.scale, self.figure = ComfortScale(theme, self), MoveFigure(theme, self)

    def spoken(self, value: After) -> str:
        """In words."""
        begin = "" if value.begin is None else value.begin.words
        return " ".join(part for part in (QUESTION, value.thanks, f"{value.title}.", value.words, begin) if part)

    def show_value(self, value: After) -> None:
        """And where scale and figure stand."""
        super().show_value(value)
        if value.begin is not None:
            self.figure.show_value(value.begin.shown)
        self.arrange()

    def _room(self, width: float) -> float:
        return width - 2 * MARGIN

    def _head(self, width: float) -> float:
        return 18 + paragraph_height(self.theme, QUESTION, self._room(width), Role.TITLE) + 8

    def _under_scale(self, width: float) -> float:
        """Where the words below the scale end."""
        small = self.theme.metrics(Role.SMALL).height()
        lines = 1 if self._ends_beside(width) else 2
        return self._head(width) + self.scale.sizeHint().height() + lines * small + 6

    def _ends_beside(self, width: float) -> bool:
        return self.theme.width(LEAST, Role.SMALL) + self.theme.width(MOST, Role.SMALL) + 16 <= self._room(width)

    def least_height(self, width: float) -> float:
        """All of it."""
        if self.shown is None:
            return 0.0
        m, v, room = self.theme.metrics, self.shown, self._room(width)
        thanks = paragraph_height(self.theme, v.thanks or " ", room, Role.SMALL)
        words = self._below_height(v, room)
        big = m(Role.TIMER).height() if v.big else 0.0
        return self._under_scale(width) + thanks + 2 * GAP + m(Role.TITLE).height() + big + words + 26

    def _below_height(self, value: After, room: float) -> float:
        """Of what follows, and how it begins."""
        begin = 0.0 if value.begin is None else paragraph_height(self.theme, value.begin.words, room, Role.BODY) + 8
        return paragraph_height(self.theme, value.words, room, Role.BODY) + begin

    def arrange(self) -> None:
        """The scale below its question, the figure in what is left at the bottom."""
        least = self.least_height(self.width())
        room = self.height() - least - 8
        self.figure.setVisible(self.shown is not None and self.shown.begin is not None and room >= LEAST_FIGURE)
        high = min(MOST_FIGURE * self.theme.font_scale, room)
        top = least - 12 + (room - high) / 2
        self.figure.setGeometry(round(MARGIN), round(top), round(self._room(self.width())), max(1, round(high)))
        self.scale.setGeometry(
            round(MARGIN - 4),
            round(self._head(self.width())),
            round(self._room(self.width()) + 8),
            self.scale.sizeHint().height(),
        )

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Another size."""
        self.arrange()

    def draw(self, painter: QPainter, value: After) -> None:
        """Words around the scale, then what follows."""
        p, m, w = self.theme.palette, self.theme.metrics, Writing(painter, self.theme)
        room, small = self._room(self.width()), self.theme.metrics(Role.SMALL)
        draw_paragraph(painter, self.theme, QRectF(MARGIN, 18, room, 400), QUESTION, Role.TITLE, p.ink)
        y = self._head(self.width()) + self.scale.height() + small.ascent() + 2
        w.text(MARGIN, y, LEAST, Role.SMALL, p.ink2)
        if self._ends_beside(self.width()):
            w.right(self.width() - MARGIN, y, MOST, Role.SMALL, p.ink2)
        else:
            w.text(MARGIN, y + small.height(), MOST, Role.SMALL, p.ink2)
        y = self._under_scale(self.width()) + 4
        thanks = value.thanks or " "
        y += draw_paragraph(painter, self.theme, QRectF(MARGIN, y, room, 400), thanks, Role.SMALL, p.up_text) + GAP
        painter.fillRect(QRectF(MARGIN, y, room, 1), qcolor(p.line))
        y += GAP
        w.text(MARGIN, y + m(Role.TITLE).ascent(), value.title, Role.TITLE, p.ink, room=room)
        y += m(Role.TITLE).height() + 4
        if value.big:
            w.text(MARGIN, y + m(Role.TIMER).ascent(), value.big, Role.TIMER, p.ink, weight=Weight.STRONG, room=room)
            y += m(Role.TIMER).height()
        y += draw_paragraph(painter, self.theme, QRectF(MARGIN, y, room, 400), value.words, Role.BODY, p.ink2) + 8
        if value.begin is not None:
            draw_paragraph(painter, self.theme, QRectF(MARGIN, y, room, 400), value.begin.words, Role.BODY, p.ink)

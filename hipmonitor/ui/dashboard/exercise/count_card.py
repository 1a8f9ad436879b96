"""The set that runs, in large words: how many, what to do now, the tempo. Readable from two metres."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.exercise.tempo_bar import draw_tempo, tempo_height
from hipmonitor.ui.dashboard.parts import Card, Writing
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.exercise.set_look import SetLook

MARGIN = 28.0
LEAST_NUMBER, USUAL_NUMBER, MOST_NUMBER = 0.5, 1.25, 2.5
"""Of its size: it gives way to large letters, and grows with the window."""
USUAL_HEIGHT = 640.0


class CountCard(Card[SetLook]):
    """Rows from top to bottom; the room that is left is shared out between them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "The set", parent)
        self.telling = ""
        """How it is counted for somebody who does not look."""

    def spoken(self, value: SetLook) -> str:
        """In words."""
        parts = (value.line, value.sentence, value.last, value.quietly, self.telling)
        return " ".join(part for part in parts if part)

    # --- heights ------------------------------------------------------------------------------------------------------
    def _rows(self, value: SetLook, width: float) -> list[tuple[str, float]]:
        """(what, height) without the number, which has what is left."""
        m, room = self.theme.metrics, width - 2 * MARGIN
        rows = [
            ("title", m(Role.TITLE).height()),
            ("number", 0.0),
            ("phase", m(Role.STATE).height()),
            (
                "sentence",
                max(
                    2 * m(Role.NEXT).height(),
                    paragraph_height(self.theme, value.sentence, room, Role.NEXT, Weight.PLAIN),
                ),
            ),
            ("tempo", tempo_height(self.theme) if value.tempo else 0.0),
            ("last", max(m(Role.BODY).height(), paragraph_height(self.theme, _last(value), room, Role.BODY))),
            ("telling", paragraph_height(self.theme, self.telling, room, Role.SMALL)),
        ]
        return [(what, high) for what, high in rows if high or what == "number"]

    def _number_height(self) -> float:
        return self.theme.metrics(Role.ANGLE).capHeight() * 1.25

    def least_height(self, width: float) -> float:
        """With the number at its smallest."""
        if self.shown is None:
            return 0.0
        rows = self._rows(self.shown, width)
        return sum(high for _, high in rows) + LEAST_NUMBER * self._number_height() + 8 * len(rows) + 24

    # --- picture ------------------------------------------------------------------------------------------------------
    def draw(self, painter: QPainter, value: SetLook) -> None:
        """The rows."""
        rows = self._rows(value, self.width())
        taken, full = sum(high for _, high in rows), self._number_height()
        room = self.height() - taken - 8 * len(rows) - 24
        most = min(MOST_NUMBER, USUAL_NUMBER * max(1.0, self.height() / USUAL_HEIGHT))
        factor = max(LEAST_NUMBER, min(most, room / full))
        spare = max(0.0, room - factor * full) / (len(rows) + 1)
        y = 12 + spare
        for what, high in rows:
            high = factor * full if what == "number" else high  # noqa: PLW2901 - only now is it known
            self._row(painter, what, value, y, high, factor)
            y += high + 8 + spare

    def _row(self, painter: QPainter, what: str, value: SetLook, y: float, high: float, factor: float) -> None:
        p, m, w = self.theme.palette, self.theme.metrics, Writing(painter, self.theme)
        room = self.width() - 2 * MARGIN
        place = QRectF(MARGIN, y, room, high + 4)
        if what == "title":
            self._title(w, value, y + m(Role.TITLE).ascent())
        elif what == "number":
            self._number(w, value, y + high, factor)
        elif what == "phase":
            self._phase(w, value, y + m(Role.STATE).ascent())
        elif what == "sentence":
            colour = p.notice_text if value.trouble else p.ink
            draw_paragraph(painter, self.theme, place, value.sentence, Role.NEXT, colour, Weight.PLAIN)
        elif what == "tempo":
            draw_tempo(painter, self.theme, place, value.tempo)
        elif what == "last":
            draw_paragraph(painter, self.theme, place, _last(value), Role.BODY, p.ink2)
        else:
            painter.fillRect(QRectF(MARGIN, y - 5, room, 1), qcolor(p.line))
            draw_paragraph(painter, self.theme, place, self.telling, Role.SMALL, p.ink2)

    def _title(self, w: Writing, value: SetLook, base: float) -> None:
        p, right = self.theme.palette, self.width() - MARGIN
        which = value.which[:1].upper() + value.which[1:]
        left = w.right(right, base, which, Role.BODY, p.ink2)
        w.text(MARGIN, base, value.title, Role.TITLE, p.ink, room=left - MARGIN - 12)

    def _number(self, w: Writing, value: SetLook, base: float, factor: float) -> None:
        """It never gives way to what it is of."""
        p, m = self.theme.palette, self.theme.metrics
        room = self.width() - 2 * MARGIN
        wanted = m(Role.ANGLE, None, factor).horizontalAdvance(value.big)
        factor *= min(1.0, 0.72 * room / max(1.0, wanted))
        ink = p.ink2 if value.paused or not value.posed else p.ink
        tight = -m(Role.ANGLE, None, factor).boundingRect(value.big[:1]).left()
        x = MARGIN + tight + w.text(MARGIN + tight, base, value.big, Role.ANGLE, ink, factor=factor) + 16
        w.text(x, base, value.of, Role.STATE, p.ink2, weight=Weight.MEDIUM, room=self.width() - MARGIN - x)

    def _phase(self, w: Writing, value: SetLook, base: float) -> None:
        p, px = self.theme.palette, self.theme.px(26)
        colour = p.ink2 if value.paused else p.ink
        w.icon(MARGIN, base, value.icon, px, colour, Role.STATE)
        x = MARGIN + px + self.theme.px(10)
        w.text(x, base, value.phase, Role.STATE, colour, room=self.width() - MARGIN - x)


def _last(value: SetLook) -> str:
    """The last repetition, and what was not counted."""
    return " · ".join(part for part in (value.last, value.quietly) if part)

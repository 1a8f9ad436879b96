"""The whole file below the transport: lowest and highest angle, gaps, markers, the loop's shade, and the handle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPicture
from PySide6.QtWidgets import QWidget

from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.ui.dashboard.now.plot import HIGH_DEG, LOW_DEG
from hipmonitor.ui.dashboard.parts import Card, Writing, draw_mark, hatch
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model import AngleHistory, Film, film_overview, placed_marks

MARKS, HANDLE, GRAB = 18.0, 7.0, 18.0
MERGE_PX = 12.0
COLUMN_PX = 2
LEAST_COLUMN_PX = 1.6
SCRUB_S = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -60, Qt.Key.Key_PageDown: 60}
LETTERS = ((0, "A"), (1, "B"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewLook:
    """Where the handle and the loop's ends stand."""

    at: HostNs
    loop: tuple[HostNs | None, HostNs | None]
    looping: bool
    words: str
    """What stands there, for somebody who does not see it."""


class Overview(Card[OverviewLook]):
    """Drag or arrows scrub; `asked` says the instant. With Ctrl, arrows go from marker to marker."""

    asked = Signal(object)
    framed = False

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Overview of the recording", parent)
        self._film: Film | None = None
        self._angles = AngleHistory()
        self._still: QPicture | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._forget)

    def show_film(self, film: Film, angles: AngleHistory) -> None:
        """Another one."""
        self._film, self._angles, self.shown = film, angles, None
        self._forget()

    def _forget(self) -> None:
        self._still = None
        self.update()

    def spoken(self, value: OverviewLook) -> str:
        """Where the handle stands."""
        return value.words

    # --- hands ------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The handle comes here."""
        if self.stopped:
            super().mousePressEvent(event)
        else:
            self._ask_for(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It is dragged."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._ask_for(event.position().x())

    def _ask_for(self, x: float) -> None:
        if self._film is not None:
            share = min(1.0, max(0.0, x / max(1, self.width())))
            self._ask(self._film.start + round(share * (self._film.end - self._film.start)))

    def _ask(self, at: int) -> None:
        """The handle goes there at once; what it shows follows."""
        film = self._film
        if film is None:
            return
        at = HostNs(min(film.end, max(film.start, at)))
        self.asked.emit(at)
        if self.shown is not None:
            self.show_value(replace(self.shown, at=at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 s, with Shift 10 s, Page 1 min, Home and End; Ctrl with arrows: the markers."""
        film, look, key = self._film, self.shown, Qt.Key(event.key())
        if film is None or look is None or self.stopped:
            super().keyPressEvent(event)
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            there = film.mark_after(look.at) if key == Qt.Key.Key_Right else film.mark_before(look.at)
            self._ask(look.at if there is None else there)
        elif key in SCRUB_S:
            times = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self._ask(look.at + SCRUB_S[key] * times * NS_PER_S)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._ask(film.start if key == Qt.Key.Key_Home else film.end)
        else:
            super().keyPressEvent(event)

    # --- picture ----------------------------------------------------------------------------------------------------
    def draw(self, painter: QPainter, value: OverviewLook) -> None:
        """What stands still, from a picture that was made once; over it what moves."""
        film = self._film
        if film is None:
            return
        if self._still is None:
            self._still = self._picture(film)
        self._shade(painter, film, value)
        painter.drawPicture(0, 0, self._still)
        self._handle(painter, self._x(film, value.at))
        if self.hasFocus():
            painter.setPen(QPen(qcolor(self.theme.palette.ink), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._ground().adjusted(0, -1, 0, 1), 4, 4)

    def resizeEvent(self, _event: object) -> None:
        """Anew."""
        self._forget()

    def _ground(self) -> QRectF:
        below = self.theme.metrics(Role.SMALL).height() + 6
        return QRectF(1, MARKS, self.width() - 2, max(12.0, self.height() - MARKS - below))

    def _x(self, film: Film, at: int) -> float:
        return (at - film.start) / max(1, film.end - film.start) * self.width()

    def _y(self, deg: float) -> float:
        ground = self._ground()
        return ground.top() + (HIGH_DEG - min(HIGH_DEG, max(LOW_DEG, deg))) / (HIGH_DEG - LOW_DEG) * ground.height()

    def _picture(self, film: Film) -> QPicture:
        picture, p = QPicture(), self.theme.palette
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self._ground()
        for start, end in film.gaps:
            x = self._x(film, start)
            hatch(painter, QRectF(x, ground.top(), max(2.0, self._x(film, end) - x), ground.height()), p.missing)
        self._columns(painter, film)
        self._marks(painter, film)
        m = self.theme.metrics(Role.SMALL)
        writing, free = Writing(painter, self.theme), -1.0
        looked = film_overview(film, self._angles, 2)
        for share, words in looked.ticks:
            x, half = share * self.width(), m.horizontalAdvance(words) / 2
            left = min(max(0.0, x - half), self.width() - 2 * half)
            painter.setPen(QPen(qcolor(p.ctl), 1.0))
            painter.drawLine(QLineF(x, ground.bottom() + 1, x, ground.bottom() + 4))
            if left > free:
                writing.text(left, self.height() - m.descent() - 1, words, Role.SMALL, p.ink2)
                free = left + 2 * half + 8
        painter.end()
        return picture

    def _columns(self, painter: QPainter, film: Film) -> None:
        p, limit = self.theme.palette, film.settings.deep_flexion.thigh_limit_deg
        y = self._y(limit)
        pen = QPen(qcolor(p.deep), 1.0)
        pen.setDashPattern([7, 4])
        painter.setPen(pen)
        painter.drawLine(QLineF(0, y, self.width(), y))
        count = max(2, self.width() // COLUMN_PX)
        looked = film_overview(film, self._angles, count)
        below: list[QLineF] = []
        above: list[QLineF] = []
        for k, (low, high) in enumerate(zip(looked.low_deg.tolist(), looked.high_deg.tolist(), strict=True)):
            if isfinite(low):
                x = (k + 0.5) * self.width() / count
                top, bottom = self._y(high), max(self._y(low), self._y(high) + LEAST_COLUMN_PX)
                (above if low >= limit else below).append(QLineF(x, top, x, bottom))
                if low < limit <= high:
                    above.append(QLineF(x, top, x, y))
        for lines, colour in ((below, p.ink2), (above, p.deep_text)):
            painter.setPen(QPen(qcolor(colour), COLUMN_PX))
            painter.drawLines(lines)

    def _marks(self, painter: QPainter, film: Film) -> None:
        apart = MERGE_PX / max(1, self.width())
        for mark in placed_marks(film.marks, film.start, max(film.start + 1, film.end), apart):
            x = min(self.width() - 7.0, max(7.0, mark.at * self.width()))
            draw_mark(painter, self.theme.palette, x, MARKS / 2, mark.level, hollow=not mark.sent)

    def _shade(self, painter: QPainter, film: Film, value: OverviewLook) -> None:
        """The ground, and the loop on it."""
        p, ground, m = self.theme.palette, self._ground(), self.theme.metrics(Role.SMALL, Weight.STRONG)
        painter.fillRect(ground, qcolor(p.inset))
        ends = [None if at is None else self._x(film, at) for at in value.loop]
        a, b = ends
        if a is not None and b is not None and value.looping:
            painter.fillRect(QRectF(a, ground.top(), b - a, ground.height()), qcolor(p.mark_tint))
        writing = Writing(painter, self.theme)
        for number, letter in LETTERS:
            x = ends[number]
            if x is not None:
                painter.setPen(QPen(qcolor(p.mark), 1.5))
                painter.drawLine(QLineF(x, MARKS - 2, x, ground.bottom()))
                left = min(max(0.0, x - m.horizontalAdvance(letter) / 2), self.width() - m.horizontalAdvance(letter))
                writing.text(left, MARKS - 4, letter, Role.SMALL, p.mark_text, weight=Weight.STRONG)

    def _handle(self, painter: QPainter, x: float) -> None:
        p, ground = self.theme.palette, self._ground()
        x = min(self.width() - HANDLE - 1, max(HANDLE + 1, x))
        painter.setPen(QPen(qcolor(p.ink), 2.0))
        painter.drawLine(QLineF(x, MARKS - 2, x, ground.bottom()))
        painter.setPen(QPen(qcolor(p.surface), 1.5))
        painter.setBrush(qcolor(p.ink))
        painter.drawEllipse(QPointF(x, ground.bottom() + 3), HANDLE, HANDLE)

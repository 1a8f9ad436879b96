"""What is left of each load in seven days: a bar each, the limit as a tick, and the words below."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.plan.telling_card import Line, TellingCard
from hipmonitor.ui.dashboard.theme import Palette, Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.plan import LoadBar, Room

Bars = tuple[LoadBar, ...]
BAR, BETWEEN = 11.0, 10.0
NO_LIMITS = "The plan limits no load."
SIGNS = {Room.LEFT: "zone_ok", Room.NEAR: "zone_notice", Room.NONE: "zone_deep"}


class BarsCard(TellingCard[Bars]):
    """Named, drawn and said."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Left in seven days", parent)

    def _said_once(self, value: Bars) -> str:
        """What is the same of all loads."""
        same = {bar.assumed for bar in value}
        return same.pop() if len(same) == 1 else ""

    def lines(self, value: Bars) -> tuple[Line, ...]:
        """That there is nothing to draw; or what is the same of all loads."""
        words = self._said_once(value) if value else NO_LIMITS
        return (Line(text=f"{words.rstrip('.')}.", role=Role.SMALL, ink="ink2", after=6),) if words else ()

    def spoken(self, value: Bars) -> str:
        """Every load."""
        return f"{'; '.join(bar.spoken for bar in value)}." if value else NO_LIMITS

    def _row(self) -> float:
        m = self.theme.metrics
        return m(Role.BODY).height() + BAR + m(Role.SMALL).height() + 6 + BETWEEN

    def picture_height(self, value: Bars, width: float) -> float:
        """A row for each."""
        return len(value) * self._row() - BETWEEN if value else 0.0

    def draw_picture(self, painter: QPainter, rect: QRectF, value: Bars) -> None:
        """From the top."""
        for k, bar in enumerate(value):
            self._draw_bar(painter, QRectF(rect.left(), rect.top() + k * self._row(), rect.width(), self._row()), bar)

    def _draw_bar(self, painter: QPainter, place: QRectF, bar: LoadBar) -> None:
        writing, p, m = Writing(painter, self.theme), self.theme.palette, self.theme.metrics
        base = place.top() + m(Role.BODY).ascent()
        end = writing.right(place.right(), base, bar.done, Role.SMALL, p.ink2)
        writing.text(place.left(), base, bar.name, Role.BODY, p.ink, weight=Weight.MEDIUM, room=end - place.left() - 8)
        track = QRectF(place.left(), place.top() + m(Role.BODY).height() + 3, place.width(), BAR)
        self._draw_track(painter, track, bar)
        base = track.bottom() + 3 + m(Role.SMALL).ascent()
        fill, edge, ink = colours(p, bar.room)
        px = m(Role.SMALL).height() * 0.75
        writing.icon(place.left(), base, SIGNS[bar.room], px, edge if bar.room is Room.NEAR else fill, Role.SMALL)
        x = place.left() + px + 6
        x += writing.text(x, base, bar.left, Role.SMALL, ink, room=place.right() - x) + 12
        said_above = self.shown is not None and self._said_once(self.shown)
        if not said_above and x + writing.width(bar.assumed, Role.SMALL) <= place.right():
            writing.right(place.right(), base, bar.assumed, Role.SMALL, p.ink2)

    def _draw_track(self, painter: QPainter, track: QRectF, bar: LoadBar) -> None:
        p = self.theme.palette
        outline = QPainterPath()
        outline.addRoundedRect(track, BAR / 2, BAR / 2)
        painter.fillPath(outline, qcolor(p.inset))
        fill, edge, _ = colours(p, bar.room)
        if bar.share > 0:
            filled = QPainterPath()
            filled.addRoundedRect(
                QRectF(track.left(), track.top(), max(BAR, track.width() * bar.share), BAR), BAR / 2, BAR / 2
            )
            painter.fillPath(filled, qcolor(fill))
            painter.setPen(QPen(qcolor(edge), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(filled)
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)
        if bar.limit_at < 0.995:
            x = track.left() + track.width() * bar.limit_at
            painter.setPen(QPen(qcolor(p.ink), 1.5))
            painter.drawLine(QLineF(x, track.top() - 2, x, track.bottom() + 3))


def colours(p: Palette, room: Room) -> tuple[str, str, str]:
    """Fill, outline, words."""
    if room is Room.NONE:
        return p.deep, p.deep, p.deep_text
    return (p.notice, p.notice_edge, p.notice_text) if room is Room.NEAR else (p.ok, p.ok, p.ink2)

"""The phases as a path: behind, here, ahead; what the phase is for, and what leads on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.parts.paragraph import paragraph_height
from hipmonitor.ui.dashboard.plan.telling_card import Line, TellingCard
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, draw_icon, qcolor
from hipmonitor.ui.view_model.plan import PathStop, PhasePath, Place

DOT = 11.0
CENTRE = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


class PathCard(TellingCard[PhasePath]):
    """From left to right; from top to bottom where titles have no room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "The way", parent)

    def head(self, value: PhasePath) -> tuple[str, str]:
        """Since when."""
        return "The way", value.since.rstrip(".")

    def spoken(self, value: PhasePath) -> str:
        """In words."""
        return value.spoken

    def lines(self, value: PhasePath) -> Sequence[Line]:
        """Of the phase one is in."""
        found = [Line(text=value.goal, after=6)]
        if value.leads_on:
            found.append(Line(text="What leads on", role=Role.SMALL, weight=Weight.STRONG, after=1))
            found += [Line(text=words, role=Role.SMALL, ink="ink2", after=1) for words in value.leads_on]
        return found

    # --- the path ---------------------------------------------------------------------------------------------------
    def _upright(self, value: PhasePath, width: float) -> bool:
        """Whether a title is wider than its share."""
        each = width / len(value.stops)
        longest = max(self._longest_word(stop.title) for stop in value.stops)
        return longest + 8 > each or each < 92 * self.theme.font_scale

    def _longest_word(self, title: str) -> float:
        m = self.theme.metrics(Role.SMALL, Weight.STRONG)
        return max(m.horizontalAdvance(word) for word in title.split())

    def _titles_height(self, value: PhasePath, each: float) -> float:
        heights = (
            paragraph_height(self.theme, stop.title, each - 8, Role.SMALL, Weight.STRONG) for stop in value.stops
        )
        return max(heights)

    def picture_height(self, value: PhasePath, width: float) -> float:
        """A row of dots with titles, or a list."""
        if self._upright(value, width):
            return len(value.stops) * self._row() + 8
        return 2 * self.theme.px(DOT) + 14 + self._titles_height(value, width / len(value.stops)) + 8

    def _row(self) -> float:
        return max(2 * self.theme.px(DOT), self.theme.metrics(Role.SMALL).height()) + 8

    def draw_picture(self, painter: QPainter, rect: QRectF, value: PhasePath) -> None:
        """Line, dots, titles."""
        if self._upright(value, rect.width()):
            self._draw_list(painter, rect, value)
            return
        each, r = rect.width() / len(value.stops), self.theme.px(DOT)
        y = rect.top() + 8 + r
        spots = [QPointF(rect.left() + (k + 0.5) * each, y) for k in range(len(value.stops))]
        self._draw_way(painter, value, spots)
        for stop, spot in zip(value.stops, spots, strict=True):
            self._draw_dot(painter, stop, spot)
            strong = stop.place is Place.HERE
            painter.setFont(self.theme.font(Role.SMALL, Weight.STRONG if strong else Weight.PLAIN))
            painter.setPen(qcolor(self.theme.palette.ink if strong else self.theme.palette.ink2))
            place = QRectF(spot.x() - each / 2 + 4, y + r + 6, each - 8, rect.bottom() - y - r)
            painter.drawText(place, int(CENTRE), stop.title)

    def _draw_list(self, painter: QPainter, rect: QRectF, value: PhasePath) -> None:
        r, writing, p = self.theme.px(DOT), Writing(painter, self.theme), self.theme.palette
        spots = [
            QPointF(rect.left() + r + 1, rect.top() + 8 + (k + 0.5) * self._row()) for k in range(len(value.stops))
        ]
        self._draw_way(painter, value, spots)
        for stop, spot in zip(value.stops, spots, strict=True):
            self._draw_dot(painter, stop, spot)
            strong = stop.place is Place.HERE
            base, x = spot.y() + self.theme.metrics(Role.SMALL).capHeight() / 2, spot.x() + r + 10
            ink, weight = (p.ink, Weight.STRONG) if strong else (p.ink2, Weight.PLAIN)
            writing.text(x, base, stop.title, Role.SMALL, ink, weight=weight, room=rect.right() - x)

    def _draw_way(self, painter: QPainter, value: PhasePath, spots: Sequence[QPointF]) -> None:
        """Whole up to here, dashed beyond."""
        p = self.theme.palette
        for k in range(1, len(spots)):
            ahead = value.stops[k].place is Place.AHEAD
            pen = QPen(qcolor(p.ctl if ahead else p.ink), 2.0)
            if ahead:
                pen.setDashPattern([2, 3])
            painter.setPen(pen)
            painter.drawLine(QLineF(spots[k - 1], spots[k]))

    def _draw_dot(self, painter: QPainter, stop: PathStop, spot: QPointF) -> None:
        """Behind: ticked; here: filled; ahead: dashed."""
        p, r = self.theme.palette, self.theme.px(DOT)
        here = stop.place is Place.HERE
        pen = QPen(qcolor(p.ctl if stop.place is Place.AHEAD else p.ink), 1.6)
        if stop.place is Place.AHEAD:
            pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.setBrush(qcolor(p.btn if here else p.surface))
        painter.drawEllipse(spot, r, r)
        if stop.place is Place.BEHIND:
            draw_icon(painter, "check", QRectF(spot.x() - 0.6 * r, spot.y() - 0.6 * r, 1.2 * r, 1.2 * r), qcolor(p.ink))
        else:
            writing = Writing(painter, self.theme)
            base = spot.y() + self.theme.metrics(Role.SMALL).capHeight() / 2
            ink = p.btn_ink if here else p.ink2
            writing.middle(spot.x(), base, str(stop.number), Role.SMALL, ink, weight=Weight.STRONG)

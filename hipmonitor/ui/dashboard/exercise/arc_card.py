"""How far from the start pose the thigh is: an arc with the target on it, the figure that does what the wearer does."""

from __future__ import annotations

from math import cos, radians, sin

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.core.exercises import Target
from hipmonitor.ui.dashboard.exercise.move_figure import MoveFigure, Shown
from hipmonitor.ui.dashboard.now.glide import Glide
from hipmonitor.ui.dashboard.parts import Card, Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.exercise.set_look import Arc, SetLook

MARGIN, BREADTH = 22.0, 14.0
SPAN_DEG = 150.0
"""The arc on the screen; it begins at the lower left and rises over the top."""
LEAST_FIGURE, LEAST_ARC = 110.0, 130.0


class ArcCard(Card[SetLook]):
    """Figure above, arc below; only the figure where minutes count."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Angle from the start pose", parent)
        self.figure = MoveFigure(theme, self)
        self._deg = Glide(value=0.0, target=0.0)

    def spoken(self, value: SetLook) -> str:
        """In words."""
        arc = value.arc
        if arc is None:
            return "Time counts, not an angle."
        target = f" Target {arc.target_deg:g}°." if arc.target_deg else ""
        return f"{'' if arc.deg is None else f'{arc.deg:.0f}° '}{arc.words}.{target}"

    def show_value(self, value: SetLook) -> None:
        """It glides there; only what stands here is a reason to draw anew."""
        self.figure.show_value(
            Shown(move=value.move, target=Target(), share=value.share, known=value.known, measured=value.measured)
        )
        if value.arc is not None:
            self._deg.target = value.arc.deg or 0.0
            if self.theme.reduce_motion or self.shown is None:
                self._deg.jump()
        same = self.shown is not None and (value.arc, value.known) == (self.shown.arc, self.shown.known)
        if not same:
            super().show_value(value)
        self.arrange()

    def advance(self, seconds: float) -> None:
        """Figure and pointer move."""
        self.figure.advance(seconds)
        if self._deg.advance(seconds):
            self.update(self._arc_room().toAlignedRect())

    # --- places -------------------------------------------------------------------------------------------------------
    def least_height(self, width: float) -> float:
        """Both, small."""
        arc = self.theme.px(LEAST_ARC) if self.shown is None or self.shown.arc is not None else 0.0
        return arc + LEAST_FIGURE + 2 * MARGIN

    @property
    def _has_arc(self) -> bool:
        return self.shown is not None and self.shown.arc is not None

    def _arc_room(self) -> QRectF:
        """The lower part, or the right one where it is low and wide."""
        w, h = float(self.width()), float(self.height())
        if w > 1.5 * h:
            return QRectF(w / 2, 0, w / 2, h)
        return QRectF(0, 0.45 * h, w, 0.55 * h)

    def arrange(self) -> None:
        """The figure has the rest."""
        w, h, arc = self.width(), self.height(), self._arc_room()
        room = QRectF(0, 0, w, h)
        if self._has_arc:
            room = QRectF(0, 0, w / 2, h) if arc.left() > 0 else QRectF(0, 0, w, arc.top())
        self.figure.setGeometry(room.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN / 2).toAlignedRect())
        self.figure.setVisible(self.figure.height() >= 40)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Another size."""
        self.arrange()

    # --- picture ------------------------------------------------------------------------------------------------------
    def draw(self, painter: QPainter, value: SetLook) -> None:
        """The arc."""
        if value.arc is None:
            return
        room = self._arc_room()
        m, label = self.theme.metrics, self.theme.metrics(Role.SMALL).height()
        side = MARGIN + self.theme.width("150°", Role.BODY, Weight.STRONG) + 6
        radius = min((room.width() - 2 * side) / 2, (room.height() - label - MARGIN - 34) / 1.3)
        if radius < 40:
            self._number(painter, value.arc, room.center())
            return
        centre = QPointF(room.center().x(), room.top() + label + 14 + radius)
        self._ring(painter, value.arc, centre, radius)
        self._number(painter, value.arc, centre + QPointF(0, m(Role.TIMER).capHeight() * 0.15))

    def _at(self, arc: Arc, deg: float, centre: QPointF, radius: float) -> QPointF:
        turned = radians(self._turn(arc, deg))
        return QPointF(centre.x() - radius * cos(turned), centre.y() - radius * sin(turned))

    def _turn(self, arc: Arc, deg: float) -> float:
        """On the screen: degrees clockwise from the left."""
        share = min(1.0, max(0.0, deg / arc.reach_deg))
        return 90 - SPAN_DEG / 2 + SPAN_DEG * share

    def _stroke(
        self, painter: QPainter, arc: Arc, spot: tuple[QPointF, float], colour: str, ends: tuple[float, float]
    ) -> None:
        (centre, radius), (start, end) = spot, (self._turn(arc, ends[0]), self._turn(arc, ends[1]))
        pen = QPen(qcolor(colour), BREADTH)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawArc(box, round((180 - start) * 16), round((start - end) * 16))

    def _ring(self, painter: QPainter, arc: Arc, centre: QPointF, radius: float) -> None:
        p, deg, spot = self.theme.palette, self._deg.value, (centre, radius)
        known = arc.deg is not None
        beyond = arc.target_deg or arc.reach_deg
        self._stroke(painter, arc, spot, p.ring_ok if known else p.line, (0.0, beyond))
        if arc.target_deg:
            self._stroke(painter, arc, spot, p.up_tint if known else p.line, (beyond, arc.reach_deg))
        if known:
            self._stroke(painter, arc, spot, p.ok, (0.0, max(0.0, deg)))
        self._labels(painter, arc, centre, radius)
        if known:
            painter.setPen(QPen(qcolor(p.ok), 3.0))
            painter.setBrush(qcolor(p.surface))
            painter.drawEllipse(self._at(arc, deg, centre, radius), 9.0, 9.0)

    def _labels(self, painter: QPainter, arc: Arc, centre: QPointF, radius: float) -> None:
        p, writing = self.theme.palette, Writing(painter, self.theme)
        marks = [(0.0, "0°", Weight.PLAIN)]
        if arc.target_deg:
            marks.append((arc.target_deg, f"{arc.target_deg:g}°", Weight.STRONG))
        for deg, words, weight in marks:
            inner, outer = self._at(arc, deg, centre, radius - 11), self._at(arc, deg, centre, radius + 12)
            painter.setPen(QPen(qcolor(p.ink if deg else p.ctl), 2.0))
            painter.drawLine(QLineF(inner, outer))
            at = self._at(arc, deg, centre, radius + 18)
            wide = writing.width(words, Role.BODY, weight)
            x = at.x() - wide * (1.0 if at.x() < centre.x() - 8 else 0.0 if at.x() > centre.x() + 8 else 0.5)
            writing.text(x, at.y() + 4, words, Role.BODY, p.ink if deg else p.ink2, weight=weight)

    def _number(self, painter: QPainter, arc: Arc, middle: QPointF) -> None:
        """In the middle of the arc, and what it is below."""
        p, writing, m = self.theme.palette, Writing(painter, self.theme), self.theme.metrics
        base = middle.y()
        if arc.deg is None:
            writing.middle(middle.x(), base, "--", Role.TIMER, p.ink2)
        else:
            colour = p.up_text if arc.there else p.ink
            wide = writing.width(f"{arc.deg:.0f}", Role.TIMER)
            writing.text(middle.x() - wide / 2, base, f"{arc.deg:.0f}°", Role.TIMER, colour)
        words, room = arc.words, self._arc_room()
        wide = min(room.width() - 2 * MARGIN, writing.width(words, Role.SMALL))
        writing.text(
            room.center().x() - wide / 2, base + m(Role.SMALL).height() + 4, words, Role.SMALL, p.ink2, room=wide + 1
        )

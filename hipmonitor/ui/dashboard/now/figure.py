"""The side-view figure with its gauge."""

from __future__ import annotations

from math import atan2, degrees

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.now.body import HEIGHT, HIP, SENSOR_AT, THIGH, UNIT, WIDTH, Body, below, body
from hipmonitor.ui.dashboard.now.capsule import capsule
from hipmonitor.ui.dashboard.now.gauge import draw_gauge, draw_pointer
from hipmonitor.ui.dashboard.now.glide import Glide
from hipmonitor.ui.dashboard.parts import Card
from hipmonitor.ui.dashboard.theme import Palette, Theme, qcolor
from hipmonitor.ui.view_model import FigurePose, FigureState, Zone

CHAIR_FADE_S = 0.2


def zone_fill(palette: Palette, zone: Zone) -> str:
    """The colour of what is measured."""
    colours = {Zone.OK: palette.ok, Zone.NOTICE: palette.notice, Zone.DEEP: palette.deep, Zone.UNKNOWN: palette.body}
    return colours[zone]


class Figure(Card[FigurePose]):
    """Follows the angle; repaints only while something moves."""

    framed = False

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Figure from the side", parent)
        self._angle = Glide(value=0.0, target=0.0)
        self._chair = Glide(value=0.0, target=0.0, settle_s=CHAIR_FADE_S)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_value(self, value: FigurePose) -> None:
        """Where it should be; it glides there."""
        first = self.shown is None
        self._angle.target = value.thigh_deg
        self._chair.target = float(value.seated)
        if first or self.theme.reduce_motion:
            self._angle.jump()
            self._chair.jump()
        super().show_value(value)

    def advance(self, seconds: float) -> None:
        """Go on for so long."""
        moved = self._angle.advance(seconds), self._chair.advance(seconds)
        if any(moved):
            self.update()

    def spoken(self, value: FigurePose) -> str:
        """What it shows."""
        states = {
            FigureState.UNKNOWN: "The angle is not known right now.",
            FigureState.NOT_WORN: "The sensor is not worn.",
            FigureState.LYING: "Lying.",
        }
        posture = "seated" if value.seated else "upright"
        return states.get(value.state, f"A person {posture}, thigh at {value.thigh_deg:.0f}°.")

    def draw(self, painter: QPainter, value: FigurePose) -> None:
        """Gauge, floor, chair, and the body from back to front."""
        scale = min(self.height() / HEIGHT, self.width() / WIDTH)
        painter.translate((self.width() - WIDTH * scale) / 2, (self.height() - HEIGHT * scale) / 2)
        painter.scale(scale, scale)
        pose_body = body(value, self._angle.value)
        if value.state not in {FigureState.LYING, FigureState.NOT_WORN}:
            draw_gauge(painter, self.theme, value, self._angle.value, scale)
        self._floor(painter, pose_body, value)
        if self._chair.value > 0.01 and value.state is not FigureState.LYING:
            painter.setOpacity(self._chair.value)
            self._draw_chair(painter, pose_body.floor_y, value)
            painter.setOpacity(1.0)
        self._draw_body(painter, pose_body, value)
        if value.state not in {FigureState.LYING, FigureState.NOT_WORN}:
            draw_pointer(painter, self.theme, value, self._angle.value)

    # --- ground -----------------------------------------------------------------------------------------------------
    def _floor(self, painter: QPainter, parts: Body, value: FigurePose) -> None:
        p = self.theme.palette
        if value.state is FigureState.LYING:
            painter.setPen(self._outline(p.chair_edge, value))
            painter.setBrush(qcolor(p.chair))
            painter.drawRoundedRect(QRectF(20, parts.floor_y, 345, 12), 6, 6)
            return
        painter.setPen(QPen(qcolor(p.chair if value.state is FigureState.UNKNOWN else p.line), 1.5))
        painter.drawLine(QPointF(HIP.x() - 68, parts.floor_y), QPointF(HIP.x() + 140, parts.floor_y))

    def _outline(self, colour: str, value: FigurePose, width: float = 1.2) -> QPen:
        pen = QPen(qcolor(colour), width)
        if value.state is FigureState.UNKNOWN:
            pen.setDashPattern([4 / width, 4 / width])
        return pen

    def _draw_chair(self, painter: QPainter, floor_y: float, value: FigurePose) -> None:
        p, x, seat_y = self.theme.palette, HIP.x(), HIP.y() + 28 * UNIT
        unknown = value.state is FigureState.UNKNOWN
        painter.setPen(self._outline(p.chair_edge, value))
        painter.setBrush(Qt.BrushStyle.NoBrush if unknown else qcolor(p.chair))
        painter.drawPath(capsule(QPointF(x - 55, seat_y - 92), 3.6, QPointF(x - 43, seat_y + 3), 3.6))
        painter.drawRect(QRectF(x - 2, seat_y + 9, 7, max(0.0, floor_y - seat_y - 15)))
        painter.drawRoundedRect(QRectF(x - 34, floor_y - 8, 72, 7), 3.5, 3.5)
        painter.drawRoundedRect(QRectF(x - 37, seat_y, 80, 10), 5, 5)

    # --- body -------------------------------------------------------------------------------------------------------
    def _draw_body(self, painter: QPainter, b: Body, value: FigurePose) -> None:
        p, u = self.theme.palette, UNIT
        grey, own = p.body, zone_fill(p, value.zone)
        pelvis = own if value.pelvis_measured and value.state is FigureState.WORN else grey
        head = QPainterPath()
        head.addEllipse(b.head, 18 * u, 18 * u)
        for path, fill in (
            (head, grey),
            (capsule(b.trunk_base, 25 * u, b.trunk_top, 22 * u), grey),
            (self._foot(b, value), grey),
            (capsule(b.knee, 15 * u, b.ankle, 9.5 * u), grey),
            (capsule(b.hip, 27 * u, b.pelvis_top, 24 * u), pelvis),
            (capsule(b.hip, 24 * u, b.knee, 16 * u), own),
        ):
            self._part(painter, path, fill, value)
        self._sensor(painter, b, value)
        self._hip_dot(painter, b.hip, own, value)

    def _part(self, painter: QPainter, path: QPainterPath, fill: str, value: FigurePose) -> None:
        p = self.theme.palette
        unknown = value.state is FigureState.UNKNOWN
        painter.setBrush(qcolor(p.surface if unknown else fill))
        painter.setPen(self._outline(p.body_edge, value, 1.4) if unknown else QPen(qcolor(p.surface), 2.0))
        painter.drawPath(path)

    def _foot(self, b: Body, value: FigurePose) -> QPainterPath:
        u = UNIT
        if value.state is FigureState.LYING:
            return capsule(b.ankle, 8 * u, QPointF(b.ankle.x() + 3 * u, b.ankle.y() - 24 * u), 5 * u)
        y = b.ankle.y() + SOLE_OVER_FOOT * u
        return capsule(QPointF(b.ankle.x(), y), 8 * u, QPointF(b.ankle.x() + 26 * u, y + 3 * u), 5 * u)

    def _hip_dot(self, painter: QPainter, hip: QPointF, own: str, value: FigurePose) -> None:
        p = self.theme.palette
        unknown = value.state is FigureState.UNKNOWN
        painter.setPen(QPen(qcolor(p.body_edge if unknown else own), 2.0))
        painter.setBrush(qcolor(p.surface))
        painter.drawEllipse(hip, 5.0, 5.0)

    def _sensor(self, painter: QPainter, b: Body, value: FigurePose) -> None:
        """On the front of the thigh, or beside the figure on the floor."""
        p = self.theme.palette
        painter.save()
        if value.state is FigureState.NOT_WORN:
            painter.translate(HIP.x() + 165, b.floor_y - 7)
        else:
            deg = degrees(atan2(b.knee.x() - b.hip.x(), b.knee.y() - b.hip.y()))
            at = below(b.hip, SENSOR_AT * THIGH, deg)
            painter.translate(at)
            painter.rotate(90 - deg)
            painter.translate(0, -19.5 * UNIT)
        unknown = value.state is FigureState.UNKNOWN
        painter.setPen(QPen(qcolor(p.body_edge if unknown else p.ink), 2.0))
        painter.setBrush(qcolor(p.surface))
        painter.drawRoundedRect(QRectF(-11.5, -5.5, 23, 11), 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(p.body_edge if unknown else zone_fill(p, value.zone)))
        painter.drawEllipse(QPointF(0, 0), 2.0, 2.0)
        painter.restore()


SOLE_OVER_FOOT = 5.0
"""The middle of the foot below the ankle."""

"""Draws a figure of limbs from back to front, with what stands around it. In thighs, y upwards."""

from __future__ import annotations

from math import atan2, degrees

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from hipmonitor.ui.dashboard.now.capsule import capsule
from hipmonitor.ui.dashboard.theme import Palette, qcolor
from hipmonitor.ui.view_model.exercise.gaits import CRANK, PEDALS
from hipmonitor.ui.view_model.exercise.limb_pose import Joints, LimbPose, Point, end_of, joints
from hipmonitor.ui.view_model.exercise.move import Prop

THIN, WHEEL = 0.045, 0.52
R_HEAD, HEAD_UP = 0.175, 0.4
SENSOR_AT, SENSOR = 0.56, (0.24, 0.115)
FOOT = 0.25


def q(point: Point) -> QPointF:
    """For Qt, whose y goes down."""
    return QPointF(point[0], -point[1])


class LimbDrawing:
    """One figure on one painter, whose unit is already one thigh."""

    def __init__(
        self, painter: QPainter, palette: Palette, thigh: str, *, known: bool = True, line: float = 0.02
    ) -> None:
        """`thigh`: the colour of the worn one; `line`: how wide the gap between limbs is; not `known`: outlines only."""
        self.painter, self.p, self.thigh, self.known, self.line = painter, palette, thigh, known, line

    def draw(self, pose: LimbPose, *, ghost: LimbPose | None = None) -> None:
        """The far limbs first; of a `ghost` only the worn leg's outline."""
        p, j = self.p, joints(pose)
        far = p.chair
        self._arm(j.shoulder, j.far_elbow, j.far_hand, far)
        self._leg(j.hip, j.far_knee, j.far_ankle, pose.far_shank_deg + pose.far_ankle_deg, (far, far))
        self._part(self._head(j, pose), p.body)
        self._part(capsule(q(j.hip), 0.235, q(j.shoulder), 0.2), p.body)
        if ghost is not None:
            self._ghost(joints(ghost))
        self._leg(j.hip, j.knee, j.ankle, pose.shank_deg + pose.ankle_deg, (self.thigh, p.body))
        self._sensor(j)
        self._arm(j.shoulder, j.elbow, j.hand, p.body)

    # --- limbs --------------------------------------------------------------------------------------------------------
    def _head(self, j: Joints, pose: LimbPose) -> QPainterPath:
        head = QPainterPath()
        head.addEllipse(q(end_of(j.shoulder, HEAD_UP, pose.trunk_deg - pose.head_deg)), R_HEAD, R_HEAD)
        return head

    def _leg(self, hip: Point, knee: Point, ankle: Point, foot_deg: float, fills: tuple[str, str]) -> None:
        thigh, shank = fills
        self._part(capsule(q(ankle), 0.075, q(end_of(ankle, FOOT, foot_deg)), 0.048), shank)
        self._part(capsule(q(knee), 0.144, q(ankle), 0.091), shank)
        self._part(capsule(q(hip), 0.225, q(knee), 0.154), thigh)

    def _arm(self, shoulder: Point, elbow: Point, hand: Point, fill: str) -> None:
        self._part(capsule(q(elbow), 0.082, q(hand), 0.062), fill)
        self._part(capsule(q(shoulder), 0.1, q(elbow), 0.082), fill)

    def _part(self, path: QPainterPath, fill: str) -> None:
        self.painter.setBrush(qcolor(fill if self.known else self.p.surface))
        pen = QPen(qcolor(self.p.surface if self.known else self.p.body_edge), self.line)
        if not self.known:
            pen.setDashPattern([3.0, 3.0])
        self.painter.setPen(pen)
        self.painter.drawPath(path)

    def _ghost(self, j: Joints) -> None:
        pen = QPen(qcolor(self.p.body_edge), 0.8 * self.line)
        pen.setDashPattern([3.0, 3.0])
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPath(
            capsule(q(j.hip), 0.225, q(j.knee), 0.154).united(capsule(q(j.knee), 0.144, q(j.ankle), 0.091))
        )

    def _sensor(self, j: Joints) -> None:
        """On the thigh, as one looks at it."""
        at = (j.hip[0] + SENSOR_AT * (j.knee[0] - j.hip[0]), j.hip[1] + SENSOR_AT * (j.knee[1] - j.hip[1]))
        painter, (wide, high) = self.painter, SENSOR
        painter.save()
        painter.translate(q(at))
        painter.rotate(-degrees(atan2(j.knee[1] - j.hip[1], j.knee[0] - j.hip[0])))
        painter.setPen(QPen(qcolor(self.p.ink if self.known else self.p.body_edge), 0.02))
        painter.setBrush(qcolor(self.p.surface))
        painter.drawRoundedRect(QRectF(-wide / 2, -high / 2, wide, high), 0.03, 0.03)
        painter.restore()

    # --- ground -------------------------------------------------------------------------------------------------------
    def ground(self, prop: Prop, start: LimbPose, left: float, right: float, turn: float = 0.0) -> None:
        """A floor from left to right, and what stands on it below the start pose."""
        p, painter = self.p, self.painter
        painter.setPen(QPen(qcolor(p.line), 0.02))
        painter.drawLine(QPointF(left, 0), QPointF(right, 0))
        if prop is Prop.MAT:
            self._solid(QRectF(left + 0.04, 0, right - left - 0.08, 0.1), 0.05)
        elif prop is Prop.CHAIR:
            self._chair(start)
        elif prop is Prop.BIKE:
            self._bike(start, turn)

    def _solid(self, rect: QRectF, radius: float) -> None:
        self.painter.setPen(QPen(qcolor(self.p.chair_edge), 0.016))
        self.painter.setBrush(qcolor(self.p.chair))
        self.painter.drawRoundedRect(rect, radius, radius)

    def _chair(self, start: LimbPose) -> None:
        x, seat = start.x, -(start.y - 0.27)
        self.painter.setPen(QPen(qcolor(self.p.chair_edge), 0.016))
        self.painter.setBrush(qcolor(self.p.chair))
        self.painter.drawPath(capsule(QPointF(x - 0.52, seat - 0.95), 0.035, QPointF(x - 0.4, seat + 0.03), 0.035))
        self._solid(QRectF(x - 0.02, seat + 0.08, 0.07, -seat - 0.13), 0.0)
        self._solid(QRectF(x - 0.34, -0.07, 0.72, 0.07), 0.035)
        self._solid(QRectF(x - 0.36, seat, 0.8, 0.1), 0.05)

    def _bike(self, start: LimbPose, turn: float) -> None:
        p, painter, axle = self.p, self.painter, q(PEDALS)
        back, front = QPointF(axle.x() - 0.72, -WHEEL), QPointF(axle.x() + 1.28, -WHEEL)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(qcolor(p.chair_edge), THIN))
        for wheel in (back, front):
            painter.drawEllipse(wheel, WHEEL - THIN / 2, WHEEL - THIN / 2)
        saddle, head = QPointF(start.x - 0.04, -(start.y - 0.3)), QPointF(axle.x() + 0.98, -1.42)
        bars = QPointF(head.x() - 0.06, -1.86)
        painter.setPen(QPen(qcolor(p.chair_edge), 1.4 * THIN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for a, b in ((axle, saddle), (axle, back), (axle, head), (front, bars), (saddle, head), (saddle, back)):
            painter.drawLine(a, b)
        painter.drawLine(bars, QPointF(bars.x() - 0.12, bars.y()))
        painter.drawLine(saddle + QPointF(-0.17, 0), saddle + QPointF(0.14, 0))
        painter.setPen(QPen(qcolor(p.ctl), THIN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        end = q(end_of(PEDALS, CRANK, 180 - 360 * turn))
        painter.drawLine(axle, end)
        painter.drawLine(axle, axle + axle - end)

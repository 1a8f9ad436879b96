"""Where the parts of the side-view figure are: points in logical pixels, the hip fixed so that the gauge never moves."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

from PySide6.QtCore import QPointF

from hipmonitor.ui.view_model import FigurePose, FigureState

HEIGHT = 352.0
"""The design's height; everything is drawn in its pixels and scaled."""
WIDTH = 380.0
THIGH = 92.0
HIP, HIP_LYING = QPointF(150.0, 150.0), QPointF(190.0, 210.0)
UNIT = THIGH / 104.0
"""Radii of the body are given in this."""
SHANK = 0.94 * THIGH
TRUNK, PELVIS = 96.0 * UNIT, 24.0 * UNIT
HEAD_UP = 28.0 * UNIT
SOLE = 13.0 * UNIT
SENSOR_AT = 0.56


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Joints of one pose."""

    hip: QPointF
    knee: QPointF
    ankle: QPointF
    pelvis_top: QPointF
    trunk_base: QPointF
    trunk_top: QPointF
    head: QPointF
    floor_y: float


def below(start: QPointF, length: float, deg: float) -> QPointF:
    """So far from a joint; 0 = straight down, + = forward, to the right."""
    return QPointF(start.x() + length * sin(radians(deg)), start.y() + length * cos(radians(deg)))


def above(start: QPointF, length: float, back_deg: float) -> QPointF:
    """So far from a joint; 0 = straight up, + = leaning back, to the left."""
    return QPointF(start.x() - length * sin(radians(back_deg)), start.y() - length * cos(radians(back_deg)))


def body(pose: FigurePose, thigh_deg: float) -> Body:
    """The joints; the thigh stands where the motion has brought it."""
    hip = HIP_LYING if pose.state is FigureState.LYING else HIP
    knee = below(hip, THIGH, thigh_deg)
    ankle = below(knee, SHANK, pose.shank_deg)
    base = above(hip, 0.45 * PELVIS, pose.pelvis_back_deg)
    top = above(base, TRUNK, pose.trunk_back_deg)
    nod = 0.0 if pose.state is FigureState.LYING else 2.5 * min(8.0, max(-8.0, pose.trunk_back_deg))
    floor = hip.y() + 30 * UNIT if pose.state is FigureState.LYING else max(ankle.y(), knee.y()) + SOLE
    return Body(
        hip=hip,
        knee=knee,
        ankle=ankle,
        pelvis_top=above(hip, PELVIS, pose.pelvis_back_deg),
        trunk_base=base,
        trunk_top=top,
        head=above(top, HEAD_UP, pose.trunk_back_deg - nod),
        floor_y=floor,
    )

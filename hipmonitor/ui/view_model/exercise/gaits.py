"""Movements that go round: walking, jogging, cycling upright. Both legs do the same, half a round apart."""

from __future__ import annotations

from math import acos, atan2, cos, degrees, hypot, pi, sin

from hipmonitor.ui.view_model.exercise.limb_pose import SHANK, STAND, THIGH, LimbPose
from hipmonitor.ui.view_model.exercise.move import Move, Plant, Prop

WALK_DEG = ((25, 5), (20, 16), (4, 8), (-10, 6), (-20, 16), (-4, 48), (20, 60), (29, 26))
"""(thigh, bend of the knee) at eight even moments from the heel's strike on; round, as one sees it, not measured."""
JOG_DEG = ((30, 16), (18, 34), (-6, 22), (-24, 20), (-16, 62), (14, 98), (42, 88), (42, 40))
JOG_BOUNCE = (0.0, 0.0, 0.02, 0.1, 0.0, 0.0, 0.02, 0.1)
SADDLE, PEDALS, CRANK = (0.0, 1.92), (0.28, 0.42), 0.24
"""Where the hip and the pedals' axle are, and how far a pedal goes, in thighs."""


def _gait(
    legs: tuple[tuple[int, int], ...], bounce: tuple[float, ...], *, trunk: float, elbow: float
) -> tuple[LimbPose, ...]:
    n = len(legs)
    poses = []
    for k in range(n + 1):
        (thigh, bend), (far_thigh, far_bend) = legs[k % n], legs[(k + n // 2) % n]
        poses.append(
            LimbPose(
                y=bounce[k % n],
                trunk_deg=trunk,
                thigh_deg=thigh,
                shank_deg=thigh - bend,
                far_thigh_deg=far_thigh,
                far_shank_deg=far_thigh - far_bend,
                arm_deg=-0.9 * thigh,
                forearm_deg=-0.9 * thigh + elbow,
                far_arm_deg=-0.9 * far_thigh,
                far_forearm_deg=-0.9 * far_thigh + elbow,
            )
        )
    return tuple(poses)


def _leg_to(x: float, y: float) -> tuple[float, float]:
    """Thigh and shank angle that bring the ankle there; the knee bends forward."""
    dx, dy = x - SADDLE[0], y - SADDLE[1]
    far = min(THIGH + SHANK - 1e-6, hypot(dx, dy))
    line = degrees(atan2(dx, -dy))
    thigh = line + degrees(acos((THIGH**2 + far**2 - SHANK**2) / (2 * THIGH * far)))
    shank = line - degrees(acos((SHANK**2 + far**2 - THIGH**2) / (2 * SHANK * far)))
    return thigh, shank


def _pedal(share: float) -> tuple[float, float]:
    """Where the ankle is; forward over the top."""
    turn = 2 * pi * share
    return PEDALS[0] + CRANK * sin(turn) - 0.1, PEDALS[1] + CRANK * cos(turn) + STAND


def _cycling(n: int = 12) -> tuple[LimbPose, ...]:
    poses = []
    for k in range(n + 1):
        (thigh, shank), (far_thigh, far_shank) = _leg_to(*_pedal(k / n)), _leg_to(*_pedal(k / n + 0.5))
        poses.append(
            LimbPose(
                x=SADDLE[0],
                y=SADDLE[1],
                trunk_deg=164,
                thigh_deg=thigh,
                shank_deg=shank,
                ankle_deg=90 - shank,
                far_thigh_deg=far_thigh,
                far_shank_deg=far_shank,
                far_ankle_deg=90 - far_shank,
                arm_deg=42,
                forearm_deg=66,
                far_arm_deg=42,
                far_forearm_deg=66,
            )
        )
    return tuple(poses)


WALKING = Move(
    keys=_gait(WALK_DEG, (0.0,) * len(WALK_DEG), trunk=177, elbow=18),
    words="Walking.",
    plant=Plant.GROUND,
    cycle_s=1.3,
)
JOGGING = Move(
    keys=_gait(JOG_DEG, JOG_BOUNCE, trunk=170, elbow=85),
    words="Jogging.",
    plant=Plant.GROUND,
    cycle_s=0.85,
)
CYCLING = Move(keys=_cycling(), words="Cycling, upright.", prop=Prop.BIKE, cycle_s=1.2)

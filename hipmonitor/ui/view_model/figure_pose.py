"""How the side-view figure stands: measured is solid, assumed is grey, unknown is dashed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure import UPRIGHT
from hipmonitor.core.hip import HipMethod
from hipmonitor.ui.view_model.glance import Glance
from hipmonitor.ui.view_model.zone import Zone

STEP_DEG = 0.5
"""The figure is drawn anew when the angle has changed by this much."""
SEATED_PELVIS_DEG = 20.0
"""How far a pelvis that is not measured is drawn rolled back while seated."""
SEATED_TRUNK_DEG = 8.0
SEATED_SHANK_DEG = -6.0
SIT_FROM_DEG = 45.0
"""Before an activity is decided, and while it is unclear, the figure sits from this thigh angle on."""


class FigureState(StrEnum):
    """What is known of the wearer."""

    WORN = "worn"
    UNCALIBRATED = "uncalibrated"
    UNKNOWN = "unknown"
    """No data: outlines only."""
    NOT_WORN = "not_worn"
    LYING = "lying"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePose:
    """Angles as they are drawn."""

    state: FigureState
    thigh_deg: float
    """0 = down, + = forward."""
    seated: bool
    pelvis_back_deg: float
    trunk_back_deg: float
    shank_deg: float
    pelvis_measured: bool
    zone: Zone
    limit_deg: float


def figure_pose(glance: Glance) -> FigurePose:
    """The pose of a moment."""
    state = _state(glance)
    thigh_deg = _thigh_deg(glance, state)
    seated = _seated(glance, thigh_deg)
    measured = glance.hip.method is HipMethod.MEASURED and glance.hip.flexion_deg is not None
    back = thigh_deg - (glance.hip.flexion_deg or 0.0) if measured else SEATED_PELVIS_DEG * seated
    lies = state is FigureState.LYING
    back = 90.0 if lies else min(60.0, max(-60.0, round(back / STEP_DEG) * STEP_DEG))
    return FigurePose(
        state=state,
        thigh_deg=thigh_deg,
        seated=seated,
        pelvis_back_deg=back,
        trunk_back_deg=back if measured or lies else SEATED_TRUNK_DEG * seated,
        shank_deg=_shank_deg(thigh_deg, seated=seated, lies=lies),
        pelvis_measured=measured,
        zone=glance.angle.zone if state is FigureState.WORN else Zone.UNKNOWN,
        limit_deg=glance.settings.deep_flexion.thigh_limit_deg,
    )


def _shank_deg(thigh_deg: float, *, seated: bool, lies: bool) -> float:
    """Seated: heels a little back. Upright the shank hangs, and trails with a thigh behind the body. Lying: straight, or knees up."""
    if lies:
        return 180.0 - thigh_deg
    return SEATED_SHANK_DEG if seated else min(0.0, thigh_deg)


def _state(glance: Glance) -> FigureState:
    if glance.activity.kind is ActivityKind.NOT_WORN:
        return FigureState.NOT_WORN
    if glance.angle.shown_deg is None:
        return FigureState.UNKNOWN
    if not glance.angle.calibrated:
        return FigureState.UNCALIBRATED
    return FigureState.LYING if glance.activity.kind is ActivityKind.LIE else FigureState.WORN


def _thigh_deg(glance: Glance, state: FigureState) -> float:
    """The last one known; a resting figure sits."""
    last = glance.angle.last_deg
    if last is None or state is FigureState.NOT_WORN:
        return 80.0
    return min(130.0, max(-30.0, round(last / STEP_DEG) * STEP_DEG))


def _seated(glance: Glance, thigh_deg: float) -> bool:
    kind = glance.activity.kind
    if kind in {ActivityKind.SIT, ActivityKind.LIE}:
        return kind is ActivityKind.SIT
    return kind not in UPRIGHT and thigh_deg >= SIT_FROM_DEG

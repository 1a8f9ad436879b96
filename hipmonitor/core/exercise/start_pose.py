"""The start pose: held quietly, and within its windows; where it is not, what to change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isnan, nan

from hipmonitor.core.exercise.moved_angle import Up, flexion_deg, inclination_deg, roll_out_deg, turn_deg
from hipmonitor.core.exercises import Span, StartPose
from hipmonitor.core.instants import NS_PER_S

QUIET_S = 1.0
"""A pose that is held: shorter, and a pause on the way down to the mat would be one."""
REFUSED_S = 1.5
"""Whoever is still settling into the pose is not corrected yet."""
SAY_AGAIN_S = 8.0
UNJUDGED_S = 4.0
"""Held so long while the angle is not trusted: the set begins, and nobody judged its pose."""
INSISTS_S = 20.0
"""Held so long while the placement is doubted: the wearer knows better."""
SLID_DEG = 25.0
"""So far beyond the window of the kneecap may be the strap, slid round the thigh, and not the wearer: they insist likewise."""
QUIET_DEG = 4.0
"""Within this of the first direction: tremor of ±3 deg passes, a limb that is being placed does not."""
LEVEL_DEG, UPRIGHT_DEG = 100.0, 60.0


@dataclass(slots=True, kw_only=True)
class Held:
    """How long the thigh has been quiet, and where."""

    first: Up | None = None
    since_ns: int = 0
    total: Up = (0.0, 0.0, 0.0)
    rows: int = 0
    trusted_rows: int = 0

    def add(self, t_ns: int, up: Up, *, trusted: bool) -> float:
        """One row; seconds of quiet until it."""
        if self.first is None or turn_deg(self.first, up) > QUIET_DEG:
            self.first, self.since_ns, self.total, self.rows, self.trusted_rows = up, t_ns, (0.0, 0.0, 0.0), 0, 0
        self.total = (self.total[0] + up[0], self.total[1] + up[1], self.total[2] + up[2])
        self.rows += 1
        self.trusted_rows += trusted
        return (t_ns - self.since_ns) / NS_PER_S

    @property
    def trusted(self) -> bool:
        """Most of it was."""
        return 2 * self.trusted_rows > self.rows


def slid(pose: StartPose) -> StartPose:
    """The pose as a strap shows it that may have slid round the thigh."""
    if pose.roll_out_deg is None:
        return pose
    low, high = pose.roll_out_deg
    return replace(pose, roll_out_deg=(low - SLID_DEG, high + SLID_DEG))


def fault_of(pose: StartPose, up: Up, mirror: float) -> str:
    """What to change, as a sentence; "" where the pose is right. A side that is not known passes where either would."""
    inclined = "" if pose.inclination_deg is None else _inclination_fault(pose.inclination_deg, inclination_deg(up))
    rolled = "" if inclined or pose.roll_out_deg is None else _roll_fault(pose.roll_out_deg, up, mirror)
    if inclined or rolled or pose.flexion_deg is None:
        return inclined or rolled
    off = _off(pose.flexion_deg, flexion_deg(up))
    return "Bring the knee further back." if off > 0 else "Bring the knee further forward." if off else ""


def _inclination_fault(span: Span, value_deg: float) -> str:
    off = _off(span, value_deg)
    if off > 0:
        return "Bring the knee lower." if value_deg > LEVEL_DEG else "Bring the thigh nearer to upright."
    if off < 0:
        return "Bring the knee higher." if value_deg > UPRIGHT_DEG else "Bring the thigh nearer to level."
    return ""


def _roll_fault(span: Span, up: Up, mirror: float) -> str:
    sides = (1.0, -1.0) if isnan(mirror) else (mirror,)
    offs = [_off(span, roll_out_deg(up, side)) for side in sides]
    if 0.0 in offs or any(isnan(off) for off in offs):
        return ""
    off = min(offs, key=abs)
    if abs(off) > TURN_OVER_DEG:
        return "Turn over to the other side."
    return "Turn the kneecap further in." if off > 0 else "Turn the kneecap further out."


TURN_OVER_DEG = 60.0
"""So far beyond the window: on the other side, or on the belly."""


def _off(span: Span, value_deg: float) -> float:
    """How far below (-) or above (+) the window; NaN where nothing is known."""
    if isnan(value_deg):
        return nan
    low, high = span
    return value_deg - low if value_deg < low else max(value_deg - high, 0.0)

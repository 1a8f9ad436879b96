"""Hip flexion from one thigh sensor: the thigh's angle minus what the pelvis usually does in that posture.

On sitting down the pelvis rolls back 18.1 deg (SD 9.1) in controls and 21.1 (SD 8.0) in hip patients (EOS stand-to-sit): 20 is
taken, with 9 between people and 10 for lean and slump that one sensor cannot see, added as squares. Upright it stays (sd 6).
In squats, stairs, running and on a bicycle it tips forward, so no number smaller than the thigh's may be shown: none is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from hipmonitor.core.arrays import Bools, Floats, Nanoseconds, read_only
from hipmonitor.core.hip.blocks import HipBlock, HipMethod
from hipmonitor.core.thigh import ThighBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class HipParams:
    """What may be tuned, with the sources of the module's docstring."""

    seated_offset_deg: float = 20.0
    seated_sd_deg: float = 13.0
    upright_sd_deg: float = 6.0
    upright_most_deg: float = 45.0
    """A thigh bent further while upright is a squat or a lunge."""


METHOD_OF = {
    ActivityKind.UNKNOWN: HipMethod.UNCLEAR,
    ActivityKind.NOT_WORN: HipMethod.NONE,
    ActivityKind.LIE: HipMethod.LYING,
    ActivityKind.SIT: HipMethod.SEATED,
    ActivityKind.SEDENTARY: HipMethod.UNCLEAR,
    ActivityKind.STAND: HipMethod.UPRIGHT,
    ActivityKind.WALK: HipMethod.UPRIGHT,
    ActivityKind.RUN: HipMethod.AT_LEAST_THIGH,
    ActivityKind.STAIRS: HipMethod.AT_LEAST_THIGH,
    ActivityKind.CYCLE: HipMethod.AT_LEAST_THIGH,
}
_METHODS = np.array([METHOD_OF[kind] for kind in ActivityKind], np.int8)


@dataclass(slots=True, kw_only=True)
class HipState:
    """Rows of the thigh whose second is not decided yet."""

    t_ns: Nanoseconds = field(default_factory=lambda: np.zeros(0, np.int64))
    flexion_deg: Floats = field(default_factory=lambda: np.zeros(0))
    sd_deg: Floats = field(default_factory=lambda: np.zeros(0))
    trusted: Bools = field(default_factory=lambda: np.zeros(0, np.bool_))


class Hip:
    """Room 6."""

    def __init__(self, params: HipParams | None = None, state: HipState | None = None) -> None:
        self.params = params or HipParams()
        self.state = state or HipState()

    def step(self, thigh: ThighBlock, activity: ActivityBlock) -> HipBlock:
        """Hip rows of the seconds that were decided."""
        s = self.state
        t_ns = np.concatenate([s.t_ns, thigh.t_ns])
        flexion = np.concatenate([s.flexion_deg, thigh.thigh_flexion_deg])
        sd = np.concatenate([s.sd_deg, thigh.sd_deg])
        trusted = np.concatenate([s.trusted, thigh.trusted])
        end_ns = int(activity.end_ns[-1]) if len(activity) else 0
        n = int(np.searchsorted(t_ns, end_ns))
        s.t_ns, s.flexion_deg, s.sd_deg, s.trusted = t_ns[n:], flexion[n:], sd[n:], trusted[n:]
        return self._estimate(t_ns[:n], flexion[:n], sd[:n], trusted[:n], activity)

    def _estimate(
        self, t_ns: Nanoseconds, flexion: Floats, sd: Floats, trusted: Bools, activity: ActivityBlock
    ) -> HipBlock:
        p = self.params
        second = np.searchsorted(activity.start_ns, t_ns, side="right") - 1
        method = _METHODS[activity.kind[second]] if len(t_ns) else np.zeros(0, np.int8)
        method = np.where(np.isnan(flexion), np.int8(HipMethod.NONE), method)
        upright = method == HipMethod.UPRIGHT
        method = np.where(upright & (flexion > p.upright_most_deg), np.int8(HipMethod.AT_LEAST_THIGH), method)
        seated, upright = method == HipMethod.SEATED, method == HipMethod.UPRIGHT
        hip = np.where(seated, flexion - p.seated_offset_deg, np.where(upright, flexion, np.nan))
        own_sd = np.where(seated, p.seated_sd_deg, np.where(upright, p.upright_sd_deg, np.nan))
        nothing = read_only(np.full(len(t_ns), np.nan))
        return HipBlock(
            t_ns=read_only(t_ns),
            hip_flexion_deg=read_only(hip),
            hip_flexion_sd_deg=read_only(np.sqrt(own_sd**2 + np.where(np.isnan(own_sd), 0.0, sd) ** 2)),
            hip_adduction_deg=nothing,
            hip_rotation_deg=nothing,
            hip_method=read_only(method.astype(np.int8)),
            trusted=read_only(trusted),
        )

"""Hip flexion from one thigh sensor: the thigh's angle minus what the pelvis usually does in that posture.

On sitting down the pelvis rolls back 18.1 deg (SD 9.1) in controls and 21.1 (SD 8.0) in hip patients (EOS stand-to-sit): 20 is
taken, with 9 between people and 10 for lean and slump that one sensor cannot see, added as squares. Upright it stays (sd 6).
In squats, stairs, running and on a bicycle it tips forward, so no number smaller than the thigh's may be shown: none is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from hipmonitor.core.arrays import Codes, Floats, Nanoseconds, differences, lengths
from hipmonitor.core.hip.blocks import HipMethod
from hipmonitor.core.instants import NS_PER_S


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureParams:
    """What may be tuned, with the sources of the module's docstring."""

    seated_offset_deg: float = 20.0
    seated_sd_deg: float = 13.0
    upright_sd_deg: float = 6.0
    upright_most_deg: float = 45.0
    """A thigh bent further while upright is a squat or a lunge."""
    seat_from_s: float = 4.0
    """Seconds that look seated so soon after upright ones may be the bottom of a squat, where less than the thigh's angle would
    be wrong; no number until then."""
    straight_deg: float = 30.0
    """Likewise after a thigh that came so near to upright, however short, as between the squats of a set: nobody sits so."""


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


UPRIGHT = (
    ActivityKind.STAND,
    ActivityKind.WALK,
    ActivityKind.RUN,
    ActivityKind.STAIRS,
    ActivityKind.CYCLE,
)


def without_squats(params: PostureParams, activity: ActivityBlock, upright_to_ns: int) -> tuple[Codes, int]:
    """Kinds of decided seconds, a seat that is too young to be one not told from lying, and where upright ended last.

    `upright_to_ns`: where it ended before these.
    """
    upright = np.isin(activity.kind, UPRIGHT)
    ended_ns = np.maximum.accumulate(np.append(upright_to_ns, np.where(upright, activity.end_ns, upright_to_ns)))
    young = activity.start_ns - ended_ns[1:] < round(params.seat_from_s * NS_PER_S)
    seat = activity.kind == ActivityKind.SIT
    return np.where(seat & young, np.int8(ActivityKind.SEDENTARY), activity.kind), int(ended_ns[-1])


def without_sets(
    params: PostureParams, t_ns: Nanoseconds, flexion_deg: Floats, kind: Codes, straight_ns: int
) -> tuple[Codes, int]:
    """(n,) kinds of rows, a seat too soon after a straight thigh to be one not told from lying, and when it was last straight.

    `straight_ns`: when it was before these.
    """
    if not len(t_ns):
        return kind, straight_ns
    straight = np.flatnonzero(flexion_deg < params.straight_deg)
    newest_ns = int(t_ns[straight[-1]]) if len(straight) else straight_ns
    if not (kind == ActivityKind.SIT).any():
        return kind, newest_ns
    first = straight[differences(straight, -2) > 1]  # of every piece in which the thigh was straight
    last = straight[lengths(straight, len(t_ns) + 1) > 1]
    since_ns = np.append(straight_ns, t_ns[last])
    until = np.searchsorted(t_ns, since_ns + round(params.seat_from_s * NS_PER_S)).tolist()
    kind = kind.copy()
    for begin, end in zip([0, *first.tolist()], until, strict=True):
        soon = kind[begin:end]
        soon[soon == ActivityKind.SIT] = ActivityKind.SEDENTARY
    return kind, newest_ns


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Estimate:
    """n rows, by posture alone."""

    flexion_deg: Floats
    sd_deg: Floats
    method: Codes


def estimate(params: PostureParams, flexion_deg: Floats, sd_deg: Floats, kind: Codes) -> Estimate:
    """From the thigh's flexion, its sd and the activity of each row, all (n,)."""
    p = params
    method = _METHODS.take(kind) if len(kind) else np.zeros(0, np.int8)
    np.copyto(method, np.int8(HipMethod.NONE), where=np.isnan(flexion_deg))
    bent = (method == HipMethod.UPRIGHT) & (flexion_deg > p.upright_most_deg)
    np.copyto(method, np.int8(HipMethod.AT_LEAST_THIGH), where=bent)
    known = {HipMethod.SEATED: (p.seated_offset_deg, p.seated_sd_deg), HipMethod.UPRIGHT: (0.0, p.upright_sd_deg)}
    offset_deg, own_sd_deg = np.array([known.get(one, (np.nan, np.nan)) for one in HipMethod]).T
    which = method.astype(np.intp)  # numpy would do so for each
    return Estimate(
        flexion_deg=flexion_deg - offset_deg.take(which),
        sd_deg=np.sqrt((own_sd_deg**2).take(which) + sd_deg**2),
        method=method,
    )

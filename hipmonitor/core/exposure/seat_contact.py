"""When a seat took or gave back the weight, from the thigh's angle around a change of posture.

Between hip and knee the thigh can turn only when one of them moves: while the buttocks rest on the seat and the foot on the
floor, hip and knee both stay where they are, but for what a cushion gives and the shank leans. So the thigh leaves its
seated angle when the seat is left, and has reached it when the seat is met. Of 80 deg a 3 cm cushion under a 40 cm thigh is
4 deg (5 %), and the shank's lean before seat-off moves the knee by some more: the contact is where the thigh is a tenth of
the whole turn away from its seated angle.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Floats, Vec3s
from hipmonitor.core.exposure.fine_seconds import PART_NS, PARTS, FineSeconds
from hipmonitor.core.frames import dot, unit
from hipmonitor.core.instants import NS_PER_S


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatContactParams:
    """What may be tuned."""

    before_s: int = 7
    after_s: int = 4
    """Whole seconds looked at before and after the first second of the new posture: it is right within 3 s, and both angles
    must show. A counted posture lasts 5 s, so that no more is sure to be there."""
    near_s: float = 4.0
    """The middle of the turn is so near to that second."""
    level_s: float = 1.5
    """Seated and upright angles are taken over so long, half a second away from the middle of the turn: more than a stride."""
    half_turn_s: float = 0.5
    contact_share: float = 0.1
    """Of the whole turn, from the seated angle; see above."""
    least_turn_deg: float = 20.0
    """Less is no change that the thigh shows; from a saddle stool or a high one it is 60."""


def seat_contact_ns(
    fine: FineSeconds, since_ns: int, anchor_ns: int, params: SeatContactParams, *, upright: bool
) -> int | None:
    """The instant of contact; None where the thigh does not show one. `upright`: the seat was left, not met.

    `since_ns` is the start of the first second of the new posture.
    """
    trace = _trace(fine, (since_ns - anchor_ns) // NS_PER_S, params)
    centre = params.before_s * PARTS
    known = np.isfinite(trace.flexion_deg)
    if not known[centre]:
        return None
    gaps = np.flatnonzero(~known)
    first = int(gaps[gaps < centre].max(initial=-1)) + 1
    last = int(gaps[gaps > centre].min(initial=len(known)))
    piece = trace.part(slice(first, last)) if upright else trace.part(slice(first, last)).reversed()
    left = _left_at(piece, centre - first if upright else last - centre, params)
    if left is None:
        return None
    part = first + left if upright else last - left
    return since_ns - params.before_s * NS_PER_S + round(part * PART_NS)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Trace:
    """The thigh around a change, in parts of 0.05 s."""

    flexion_deg: Floats
    """(n,) NaN where it is not known."""
    acc: Vec3s | None
    """(n, 3) of a sensor without a gyroscope, whose flexion comes late."""

    def part(self, rows: slice) -> _Trace:
        return _Trace(flexion_deg=self.flexion_deg[rows], acc=None if self.acc is None else self.acc[rows])

    def reversed(self) -> _Trace:
        return _Trace(flexion_deg=self.flexion_deg[::-1], acc=None if self.acc is None else self.acc[::-1])


def _trace(fine: FineSeconds, number: int, params: SeatContactParams) -> _Trace:
    """Around a second, in order."""
    at, there = fine.find(number + np.arange(-params.before_s, params.after_s + 1))
    flexion = np.where(there[:, None], fine.flexion_deg[at], np.nan).ravel()
    with_gyroscope = bool(fine.by_gyroscope[at[params.before_s]])
    return _Trace(flexion_deg=flexion, acc=None if with_gyroscope else fine.motion[at].reshape(-1, 3))


def _left_at(trace: _Trace, centre: int, params: SeatContactParams) -> float | None:
    """Where the seated angle is left, in parts from the beginning, of a trace that is seated first and upright last."""
    half, level = round(params.half_turn_s * PARTS), round(params.level_s * PARTS)
    near = round(params.near_s * PARTS)
    flexion = trace.flexion_deg
    middle = np.arange(max(half + level, centre - near), min(len(flexion) - half - level, centre + near) + 1)
    if not len(middle):
        return None
    mean = _sliding_mean(flexion, level)
    fall = mean[middle - half - level] - mean[middle + half]
    at = int(middle[np.argmax(fall)])
    if fall.max() < params.least_turn_deg:
        return None
    seated, upright = slice(at - half - level, at - half), slice(at + half, at + half + level)
    angle = flexion if trace.acc is None else turned_deg(trace.acc, seated, upright)
    return _crossing(angle[: at + half + level], at - half, seated, upright, params)


def _crossing(
    angle: Floats, middle_from: int, seated: slice, upright: slice, params: SeatContactParams
) -> float | None:
    """Last time before the middle of the turn at which the angle was as near to the seated one as in contact."""
    sits, stands = float(np.median(angle[seated])), float(np.mean(angle[upright]))
    if sits - stands < params.least_turn_deg:
        return None
    contact = sits - params.contact_share * (sits - stands)
    low = np.flatnonzero(angle[middle_from:] < (sits + stands) / 2)
    k = int(np.flatnonzero(angle[: middle_from + int(low[0])] >= contact)[-1])
    return k + 0.5 + float((angle[k] - contact) / (angle[k] - angle[k + 1]))


def turned_deg(acc: Vec3s, seated: slice, upright: slice) -> Floats:
    """(n,) how far an accelerometer has turned from its upright direction towards its seated one, in their plane.

    Nothing need be known of how it sits. Accelerations of the movement are in it; a quarter second's weighted mean takes the
    sharpest away.
    """
    edged = np.concatenate([acc[:1], acc[:1], acc, acc[-1:], acc[-1:]])
    smooth = (edged[:-4] + 2 * edged[1:-3] + 3 * edged[2:-2] + 2 * edged[3:-1] + edged[4:]) / 9
    up = unit(smooth[upright].mean(axis=0))
    down = smooth[seated].mean(axis=0)
    side = unit(down - dot(down, up) * up)
    return np.asarray(np.rad2deg(np.arctan2(dot(smooth, side), dot(smooth, up))))


def _sliding_mean(values: Floats, n: int) -> Floats:
    return np.convolve(values, np.full(n, 1 / n), mode="valid")

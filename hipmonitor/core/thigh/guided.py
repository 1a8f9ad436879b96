"""Placement from poses the wearer holds: up while standing is the thigh's long axis, up while sitting lies in its bending plane.

Two gravity directions fix a rotation (TRIAD, H. D. Black 1964). Standing is taken as it is, so the zero of flexion is the
wearer's own quiet standing; the seated pose only turns the sensor about that axis, so the chair's height does not matter.
The same two rests tell what the accelerometer adds along both directions (it must read 1 g there): 40 mg is 2.3 deg of tilt.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Vec3s
from hipmonitor.core.frames import dot, from_axes, length, unit
from hipmonitor.core.inbound import Pose
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.core.seconds import ClosedSeconds
from hipmonitor.core.thigh.blocks import Placement, PlacementMethod, PoseResult


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidedParams:
    """What may be tuned."""

    hold_s: int = 3
    """Quiet seconds in a row that make a pose (static poses in the literature: 3-5 s)."""
    give_up_s: float = 20.0
    """A pose that was not held quietly by then is refused."""
    quiet_deg: float = 2.0
    """Spread of the up direction within a second; quiet standing sways by less than 1 deg."""
    apart_deg: tuple[float, float] = (40.0, 140.0)
    """Standing and sitting must differ by this much to tell the bending plane."""
    offset_share: float = 0.9
    """Share of a wrong magnitude that is taken for offset: zero-g offsets of cheap sensors (sd about 25 mg) outweigh errors of
    scale (sd about 8 mg of 1 g), so the best estimate is 25² / (25² + 8²) of it."""
    most_offset_mps2: float = 0.15 * STANDARD_GRAVITY_MPS2
    """More is a fault of scale or unit, not an offset."""
    sd_deg: float = 2.5
    """Soft tissue between standing and sitting (0-4 deg in the bending plane, about 2.3 root mean square) and sway of the zero."""


@dataclass(slots=True, kw_only=True)
class GuidedState:
    """The pose being held, and those that were."""

    asked: Pose | None = None
    asked_ns: int = 0
    begun_ns: int = 0
    """When the standing pose was asked for."""
    quiet: list[Vec3s] = field(default_factory=list)
    """(2, 3) up and mean specific force of the quiet seconds in a row so far."""
    quiet_until_ns: int = 0
    """End of the newest of them."""
    up: dict[Pose, Vec3s] = field(default_factory=dict)
    """(3,) up in the sensor's axes of each pose that was accepted."""
    excess_mps2: dict[Pose, float] = field(default_factory=dict)
    """By how much the accelerometer read more than 1 g in it."""


TAKEN = {Pose.STAND: "Standing pose taken.", Pose.SIT: "Sitting pose taken."}


def ask(state: GuidedState, pose: Pose, at: HostNs) -> None:
    """From `at` on the wearer holds this pose; a new standing pose begins a new calibration."""
    state.asked, state.asked_ns, state.quiet = pose, at, []
    if pose is Pose.STAND:
        state.up, state.excess_mps2, state.begun_ns = {}, {}, at


def watch(state: GuidedState, params: GuidedParams, seconds: ClosedSeconds) -> tuple[list[Placement], list[PoseResult]]:
    """Look at complete seconds (columns: up, specific force, in the sensor's axes) for the pose that was asked for."""
    placements: list[Placement] = []
    results: list[PoseResult] = []
    if state.asked is None or not len(seconds):
        return placements, results
    up, force = (column.astype(np.float64) for column in seconds.columns)
    spread_deg = np.rad2deg(length(seconds.sd(up)))
    means = np.stack([seconds.mean(up), seconds.mean(force)], axis=1)
    for start, mean, spread in zip(seconds.start_ns.tolist(), means, spread_deg.tolist(), strict=True):
        if start < state.asked_ns:
            continue
        result = _second(state, params, HostNs(start + NS_PER_S), mean if spread < params.quiet_deg else None)
        if result:
            results.append(result)
            placements += _placed(state, params, result)
    return placements, results


def _second(state: GuidedState, params: GuidedParams, end: HostNs, quiet: Vec3s | None) -> PoseResult | None:
    """One more second, with its means where it was quiet; the result when it is enough, or too much."""
    pose = state.asked
    if pose is None:
        return None
    in_a_row = state.quiet if end - state.quiet_until_ns == NS_PER_S else []
    state.quiet, state.quiet_until_ns = ([], 0) if quiet is None else ([*in_a_row, quiet], end)
    if len(state.quiet) >= params.hold_s:
        state.asked = None
        return _judged(state, params, pose, end)
    if end - state.asked_ns > params.give_up_s * NS_PER_S:
        state.asked = None
        return PoseResult(at=end, pose=pose, accepted=False, sentence="The thigh did not keep still. Try once more.")
    return None


def _judged(state: GuidedState, params: GuidedParams, pose: Pose, end: HostNs) -> PoseResult:
    up, force = np.mean(np.array(state.quiet), axis=0)
    up = unit(up)
    if pose is Pose.SIT and Pose.STAND in state.up:
        apart_deg = float(np.rad2deg(np.arccos(np.clip(dot(up, state.up[Pose.STAND]), -1, 1))))
        if not params.apart_deg[0] <= apart_deg <= params.apart_deg[1]:
            much = "only" if apart_deg < params.apart_deg[0] else "as much as"
            sentence = (
                f"Standing and sitting differ by {much} {apart_deg:.0f}°. Sit with the thigh near level, then repeat."
            )
            return PoseResult(at=end, pose=pose, accepted=False, sentence=sentence)
    state.up[pose] = up
    state.excess_mps2[pose] = float(length(force)) - STANDARD_GRAVITY_MPS2
    return PoseResult(at=end, pose=pose, accepted=True, sentence=TAKEN[pose])


def _placed(state: GuidedState, params: GuidedParams, result: PoseResult) -> list[Placement]:
    if not result.accepted or Pose.STAND not in state.up or Pose.SIT not in state.up:
        return []
    offset = _offset(state, params)
    standing, sitting = (unit(state.up[pose] - offset / STANDARD_GRAVITY_MPS2) for pose in (Pose.STAND, Pose.SIT))
    return [
        Placement(
            since=result.at,
            thigh_from_sensor=from_standing_and_sitting(standing, sitting),
            method=PlacementMethod.GUIDED,
            sd_deg=params.sd_deg,
            acc_offset_mps2=offset,
            holds_from=HostNs(state.begun_ns),
        )
    ]


def _offset(state: GuidedState, params: GuidedParams) -> Vec3s:
    """(3,) the smallest offset that explains both magnitudes: o = a s + b t with o.s and o.t given, s and t the up directions."""
    s, t = state.up[Pose.STAND], state.up[Pose.SIT]
    along_s, along_t = (params.offset_share * state.excess_mps2[pose] for pose in (Pose.STAND, Pose.SIT))
    if max(abs(along_s), abs(along_t)) > params.most_offset_mps2:
        return np.zeros(3)
    c = float(dot(s, t))
    a, b = (along_s - c * along_t) / (1 - c * c), (along_t - c * along_s) / (1 - c * c)
    return a * s + b * t


def from_standing_and_sitting(up_standing: Vec3s, up_sitting: Vec3s) -> Vec3s:
    """thigh_from_sensor (4,) from the up directions (3,) in the sensor's axes; they must not be parallel."""
    y = unit(up_standing)
    x = unit(up_sitting - dot(up_sitting, y) * y)
    return from_axes(x, y, np.cross(x, y))

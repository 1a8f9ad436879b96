"""Placement from poses the wearer holds: up while standing is the thigh's long axis, up while sitting lies in its bending plane.

Two gravity directions fix a rotation (TRIAD, H. D. Black 1964). Standing is taken as it is, so the zero of flexion is the
wearer's own quiet standing; the seated pose only turns the sensor about that axis, so the chair's height does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Vec3s
from hipmonitor.core.frames import dot, from_axes, length, unit
from hipmonitor.core.inbound import Pose
from hipmonitor.core.instants import NS_PER_S, HostNs
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
    sd_deg: float = 2.5
    """Soft tissue between standing and sitting (0-4 deg in the bending plane, about 2.3 root mean square) and sway of the zero."""


@dataclass(slots=True, kw_only=True)
class GuidedState:
    """The pose being held, and those that were."""

    asked: Pose | None = None
    asked_ns: int = 0
    quiet: list[tuple[float, float, float]] = field(default_factory=list)
    """Up directions of the quiet seconds in a row so far."""
    up: dict[Pose, Vec3s] = field(default_factory=dict)
    """(3,) up in the sensor's axes of each pose that was accepted."""


TAKEN = {Pose.STAND: "Standing pose taken.", Pose.SIT: "Sitting pose taken."}


def ask(state: GuidedState, pose: Pose, at: HostNs) -> None:
    """From `at` on the wearer holds this pose; a new standing pose begins a new calibration."""
    state.asked, state.asked_ns, state.quiet = pose, at, []
    if pose is Pose.STAND:
        state.up = {}


def watch(state: GuidedState, params: GuidedParams, seconds: ClosedSeconds) -> tuple[list[Placement], list[PoseResult]]:
    """Look at complete seconds (one column: up in the sensor's axes) for the pose that was asked for."""
    placements: list[Placement] = []
    results: list[PoseResult] = []
    if state.asked is None or not len(seconds):
        return placements, results
    up = seconds.columns[0].astype(np.float64)
    mean, spread_deg = seconds.mean(up), np.rad2deg(length(seconds.sd(up)))
    for start, direction, spread in zip(seconds.start_ns.tolist(), mean, spread_deg.tolist(), strict=True):
        if start < state.asked_ns:
            continue
        result = _second(state, params, HostNs(start + NS_PER_S), direction, spread)
        if result:
            results.append(result)
            placements += _placed(state, params, result)
    return placements, results


def _second(state: GuidedState, params: GuidedParams, end: HostNs, up: Vec3s, spread_deg: float) -> PoseResult | None:
    """One more second of holding still; the result when it is enough, or too much."""
    pose = state.asked
    if pose is None:
        return None
    state.quiet = [*state.quiet, (float(up[0]), float(up[1]), float(up[2]))] if spread_deg < params.quiet_deg else []
    if len(state.quiet) >= params.hold_s:
        state.asked = None
        return _judged(state, params, pose, end)
    if end - state.asked_ns > params.give_up_s * NS_PER_S:
        state.asked = None
        return PoseResult(at=end, pose=pose, accepted=False, sentence="The thigh did not keep still. Try once more.")
    return None


def _judged(state: GuidedState, params: GuidedParams, pose: Pose, end: HostNs) -> PoseResult:
    up = unit(np.array(state.quiet).sum(axis=0))
    if pose is Pose.SIT and Pose.STAND in state.up:
        apart_deg = float(np.rad2deg(np.arccos(np.clip(dot(up, state.up[Pose.STAND]), -1, 1))))
        if not params.apart_deg[0] <= apart_deg <= params.apart_deg[1]:
            sentence = (
                f"Standing and sitting differ by only {apart_deg:.0f}°. Sit with the thigh near level, then repeat."
            )
            return PoseResult(at=end, pose=pose, accepted=False, sentence=sentence)
    state.up[pose] = up
    return PoseResult(at=end, pose=pose, accepted=True, sentence=TAKEN[pose])


def _placed(state: GuidedState, params: GuidedParams, result: PoseResult) -> list[Placement]:
    if not result.accepted or Pose.STAND not in state.up or Pose.SIT not in state.up:
        return []
    thigh_from_sensor = from_standing_and_sitting(state.up[Pose.STAND], state.up[Pose.SIT])
    return [
        Placement(
            since=result.at,
            thigh_from_sensor=thigh_from_sensor,
            method=PlacementMethod.GUIDED,
            sd_deg=params.sd_deg,
        )
    ]


def from_standing_and_sitting(up_standing: Vec3s, up_sitting: Vec3s) -> Vec3s:
    """thigh_from_sensor (4,) from the up directions (3,) in the sensor's axes; they must not be parallel."""
    y = unit(up_standing)
    x = unit(up_sitting - dot(up_sitting, y) * y)
    return from_axes(x, y, np.cross(x, y))

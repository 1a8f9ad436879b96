"""Placement from poses the wearer holds: up standing is the thigh's long axis, up sitting lies in its bending plane.

Two gravity directions fix a rotation (TRIAD, H. D. Black 1964). Standing is taken as it is, so the zero of flexion is the
wearer's own quiet standing; the seated pose only turns the sensor about that axis, so the chair's height does not matter.
Knee lifts between the two poses may be left out: they show that the standing pose stood and the seated one sat, which the
poses alone cannot tell, and they bend the thigh once more.
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
from hipmonitor.core.thigh.blocks import Holding, Placement, PlacementMethod, PoseResult
from hipmonitor.core.thigh.guided_lifts import LiftParams, Lifts, apart_deg, forward_of, lift
from hipmonitor.core.thigh.movement import NO_SECONDS, SummarisedSeconds


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
    scale_doubt: float = 0.5
    """What both poses read too much alike is an offset, or a scale: so much of what the seated angle would differ is its sd. In
    14 people with AX3 sensors (harth, har70) it is an offset: 80 to 150 mg seated, less than 40 standing; in sens (8) most read
    30 to 77 mg too much in both. Two poses cannot tell; a sensor that reads 1.07 g everywhere is then 7 deg off, 1.5 sd."""
    lifts: LiftParams = field(default_factory=LiftParams)
    lifting_s: float = 12.0
    """Lifts that were not seen by then are refused; three take about six."""


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
    lifts: Lifts = field(default_factory=Lifts)
    """Since the standing pose was taken, or since they were asked for again."""


TAKEN = {Pose.STAND: "Standing pose taken.", Pose.SIT: "Sitting pose taken."}
NOT_STILL = "The thigh did not keep still. Try once more."
SWAPPED = "It looks as if you sat when you were to stand. Start again, standing upright."


def ask(state: GuidedState, pose: Pose, at: HostNs) -> None:
    """From `at` on the wearer holds this pose; a new standing pose begins a new calibration."""
    state.asked, state.asked_ns, state.quiet = pose, at, []
    if pose is Pose.STAND:
        state.up, state.excess_mps2, state.begun_ns = {}, {}, at
    if pose is not Pose.SIT:
        state.lifts = Lifts()


@dataclass(slots=True, kw_only=True)
class Watched:
    """What seconds of poses brought."""

    placements: list[Placement] = field(default_factory=list)
    poses: list[PoseResult] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    summarised: SummarisedSeconds = NO_SECONDS


def watch(state: GuidedState, params: GuidedParams, seconds: ClosedSeconds) -> Watched:
    """Look at complete seconds (columns: up, specific force, in the sensor's axes) for the pose that was asked for."""
    out = Watched()
    if state.asked is None or not len(seconds):
        return out
    up, force = (column.astype(np.float64) for column in seconds.columns)
    spread_deg = np.rad2deg(length(seconds.sd(up)))
    means = np.stack([seconds.mean(up), seconds.mean(force)], axis=1)
    edges = [*seconds.first_row.tolist(), len(up)]
    for i, start in enumerate(seconds.start_ns.tolist()):
        if state.asked is None or start < state.asked_ns:
            continue
        end, quiet = HostNs(start + NS_PER_S), bool(spread_deg[i] < params.quiet_deg)
        if state.asked is Pose.LIFT:
            result = _lifted(state, params, end, up[edges[i] : edges[i + 1]], means[i, 0])
        else:
            result = _second(state, params, end, means[i] if quiet else None)
        if result:
            state.asked = None
            out.poses.append(result)
            out.placements += _placed(state, params, result)
        else:
            out.holdings.append(_holding(state, params, state.asked, end))
    return out


def _holding(state: GuidedState, params: GuidedParams, pose: Pose, end: HostNs) -> Holding:
    """How far the pose that is asked for has come."""
    lifts = pose is Pose.LIFT
    given_s = params.lifting_s if lifts else params.give_up_s
    return Holding(
        at=end,
        pose=pose,
        done=len(state.lifts.peaks) if lifts else len(state.quiet),
        wanted=params.lifts.lifts if lifts else params.hold_s,
        remaining_s=max(0.0, given_s - (end - state.asked_ns) / NS_PER_S),
    )


def _lifted(state: GuidedState, params: GuidedParams, end: HostNs, up: Vec3s, mean: Vec3s) -> PoseResult | None:
    """One more second of knee lifts."""
    standing, p = state.up.get(Pose.STAND), params.lifts
    if standing is None:
        return PoseResult(at=end, pose=Pose.LIFT, accepted=False, sentence="Stand still first, then lift the knee.")
    if lift(state.lifts, p, up, mean, standing):
        apart = apart_deg(state.lifts.peaks, standing)
        if apart <= p.apart_deg:
            return PoseResult(at=end, pose=Pose.LIFT, accepted=True, sentence="Knee lifts taken.")
        sentence = f"The lifts went up to {apart:.0f}° apart. Lift the knee straight ahead each time."
    elif end - state.asked_ns > params.lifting_s * NS_PER_S:
        count, most = len(state.lifts.peaks), state.lifts.most_deg
        sentence = (
            f"{count} of {p.lifts} lifts were seen, up to {most:.0f}°. Stand, and lift the knee to hip height and back."
        )
    else:
        return None
    state.lifts = Lifts()
    return PoseResult(at=end, pose=Pose.LIFT, accepted=False, sentence=sentence)


def _second(state: GuidedState, params: GuidedParams, end: HostNs, quiet: Vec3s | None) -> PoseResult | None:
    """One more second, with its means where it was quiet; the result when it is enough, or too much."""
    pose = state.asked
    if pose is None:
        return None
    in_a_row = state.quiet if end - state.quiet_until_ns == NS_PER_S else []
    state.quiet, state.quiet_until_ns = ([], 0) if quiet is None else ([*in_a_row, quiet], end)
    if len(state.quiet) >= params.hold_s:
        return _judged(state, params, pose, end)
    if end - state.asked_ns > params.give_up_s * NS_PER_S:
        return PoseResult(at=end, pose=pose, accepted=False, sentence=NOT_STILL)
    return None


def _judged(state: GuidedState, params: GuidedParams, pose: Pose, end: HostNs) -> PoseResult:
    up, force = np.mean(np.array(state.quiet), axis=0)
    up = unit(up)
    wrong = _unfit(state, params, up) if pose is Pose.SIT and Pose.STAND in state.up else ""
    if wrong:
        return PoseResult(at=end, pose=pose, accepted=False, sentence=wrong)
    state.up[pose] = up
    state.excess_mps2[pose] = float(length(force)) - STANDARD_GRAVITY_MPS2
    return PoseResult(at=end, pose=pose, accepted=True, sentence=TAKEN[pose])


def _unfit(state: GuidedState, params: GuidedParams, sitting: Vec3s) -> str:
    """Why a seated pose does not fit the standing one and the lifts between them; empty = it does."""
    standing, lifts = state.up[Pose.STAND], state.lifts
    between_deg = _angle_deg(sitting, standing)
    if not params.apart_deg[0] <= between_deg <= params.apart_deg[1]:
        much = "only" if between_deg < params.apart_deg[0] else "as much as"
        return f"Standing and sitting differ by {much} {between_deg:.0f}°. Sit with the thigh near level, then repeat."
    if not lifts.peaks:
        return ""
    mostly = unit(lifts.total)
    if dot(mostly, sitting) > dot(mostly, standing):
        return SWAPPED
    apart = _angle_deg(forward_of([sitting], standing), forward_of(lifts.peaks, standing))
    if apart > params.lifts.apart_deg:
        return f"The knee pointed {apart:.0f}° apart in lifting and in sitting. Point it straight ahead in both."
    return ""


def _angle_deg(a: Vec3s, b: Vec3s) -> float:
    return float(np.rad2deg(np.arccos(np.clip(dot(a, b), -1, 1))))


def _placed(state: GuidedState, params: GuidedParams, result: PoseResult) -> list[Placement]:
    if not result.accepted or Pose.STAND not in state.up or Pose.SIT not in state.up:
        return []
    excess = {pose: params.offset_share * state.excess_mps2[pose] for pose in (Pose.STAND, Pose.SIT)}
    if max(map(abs, excess.values())) > params.most_offset_mps2:
        excess = dict.fromkeys(excess, 0.0)
    offset = _offset(state.up, excess)
    standing, sitting = _without(state.up, offset)
    common = max(0.0, min(excess.values())) + min(0.0, max(excess.values()))
    scaled = _without(state.up, _offset(state.up, {pose: mps2 - common for pose, mps2 in excess.items()}))
    differs_deg = abs(_angle_deg(standing, sitting) - _angle_deg(*scaled))
    return [
        Placement(
            since=result.at,
            thigh_from_sensor=from_standing_and_sitting(standing, _bent(state, standing, sitting)),
            method=PlacementMethod.GUIDED,
            sd_deg=float(np.hypot(params.sd_deg, params.scale_doubt * differs_deg)),
            acc_offset_mps2=offset,
            offset_sd_deg=params.scale_doubt * differs_deg,
            holds_from=HostNs(state.begun_ns),
        )
    ]


def _bent(state: GuidedState, standing: Vec3s, sitting: Vec3s) -> Vec3s:
    """(3,) up of a thigh that is bent: sitting, and where there were lifts, midway between them and it."""
    peaks = state.lifts.peaks
    if not peaks:
        return sitting
    return unit(forward_of([sitting], standing) + forward_of(peaks, standing))


def _without(up: dict[Pose, Vec3s], offset: Vec3s) -> tuple[Vec3s, Vec3s]:
    """(3,) up standing and seated as they are without the accelerometer's offset."""
    standing, sitting = (unit(up[pose] - offset / STANDARD_GRAVITY_MPS2) for pose in (Pose.STAND, Pose.SIT))
    return standing, sitting


def _offset(up: dict[Pose, Vec3s], excess_mps2: dict[Pose, float]) -> Vec3s:
    """(3,) the smallest offset that explains both magnitudes: o = a s + b t with o.s and o.t given, s and t the up directions."""
    s, t = up[Pose.STAND], up[Pose.SIT]
    along_s, along_t = excess_mps2[Pose.STAND], excess_mps2[Pose.SIT]
    c = float(dot(s, t))
    a, b = (along_s - c * along_t) / (1 - c * c), (along_t - c * along_s) / (1 - c * c)
    return a * s + b * t


def from_standing_and_sitting(up_standing: Vec3s, up_sitting: Vec3s) -> Vec3s:
    """thigh_from_sensor (4,) from the up directions (3,) in the sensor's axes; they must not be parallel."""
    y = unit(up_standing)
    x = unit(up_sitting - dot(up_sitting, y) * y)
    return from_axes(x, y, np.cross(x, y))

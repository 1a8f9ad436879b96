"""How a pelvis sensor sits, from standing and sitting as they happen: no pose is asked for.

Up in quiet standing is the pelvis' upright axis. Seated the pelvis is rolled back, by 18 deg (SD 9, EOS stand-to-sit), so that
up lies further forward in it; on the way between seat and standing it leans forward (the flexion-momentum phase, Schenkman
1990), so that up lies further back. Both tell where forward is; what leans to the side averages out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import atan2, degrees, radians, sqrt

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.arrays import Bools, Codes, Floats, Nanoseconds, Vec3s
from hipmonitor.core.frames import dot, from_axes, length, unit
from hipmonitor.core.hip.blocks import PelvisMethod, PelvisPlacement
from hipmonitor.core.instants import NS_PER_S, HostNs


@dataclass(frozen=True, slots=True, kw_only=True)
class PelvisPlacingParams:
    """What may be tuned. An epoch is ten seconds."""

    given: tuple[PelvisPlacement, ...] = ()
    """In force from their `since` on, in order. With any, nothing is learned."""
    enough_s: int = 3
    """Seconds of one posture that an epoch needs."""
    epochs_kept: int = 60
    """Older epochs fade: the newest counts for at least 1 in 60 (ten minutes of the posture), so that slow slip is followed."""
    standing_most_deg: float = 20.0
    """A thigh bent further stands on no quiet leg: lunges and squats count as standing in the activity room."""
    standing_spread_deg: float = 4.0
    """RMS angle from their mean within which an epoch's standing rows are one posture."""
    standing_sd_deg: float = 2.0
    """One person's pelvis in quiet standing, from time to time (radiographs repeat pelvic tilt within 2 to 3 deg)."""
    epoch_sd_deg: float = 4.0
    """A single stand may lean; n stands average."""
    walking_sd_deg: float = 4.0
    """Mean pelvic tilt in walking against standing: 2 to 4 deg forward."""
    seat_most_deg: float = 40.0
    """A pelvis further from standing lies down; a slumped one is rolled back by 30."""
    sideways_sd_deg: float = 3.0
    """How much up lies to the side, on average over many seats or risings."""
    seat_sd_deg: float = 6.0
    """The same for ten seconds of one seat."""
    rising_sd_deg: float = 8.0
    """The same for sitting down or rising once."""
    rising_deg: tuple[float, float] = (25.0, 65.0)
    """Thigh flexion in the middle of sitting down or rising."""
    rising_most_s: float = 4.0
    """Longer between upright and seated is a perch."""
    most_forward_sd_deg: float = 35.0
    """Where forward is known less well, nothing is measured."""
    news_deg: float = 1.5
    """A placement that differs less from the last one is not worth saying."""
    news_share: float = 0.85
    """Nor one whose sd did not shrink to this share."""


@dataclass(slots=True, kw_only=True)
class PostureMean:
    """Where up is in the sensor in one posture, on average over epochs."""

    up: tuple[float, float, float] = (0.0, 0.0, 0.0)
    epochs: int = 0

    def add(self, up: Vec3s, most: int) -> None:
        """One epoch's mean direction (3,)."""
        self.epochs = min(self.epochs + 1, most)
        share = 1 / self.epochs
        x, y, z = unit(np.array(self.up) * (1 - share) + up * share).tolist()
        self.up = (x, y, z)


@dataclass(slots=True, kw_only=True)
class PelvisPlacingState:
    """What is carried from epoch to epoch."""

    standing: PostureMean = field(default_factory=PostureMean)
    walking: PostureMean = field(default_factory=PostureMean)
    seated: PostureMean = field(default_factory=PostureMean)
    rising: PostureMean = field(default_factory=PostureMean)
    """In the middle of sitting down and rising."""
    current: PelvisPlacement | None = None
    given_used: int = 0


SEATED = (ActivityKind.SIT, ActivityKind.SEDENTARY)
NO_STRIDES = (*SEATED, ActivityKind.STAND, ActivityKind.UNKNOWN)


def learn(
    state: PelvisPlacingState,
    params: PelvisPlacingParams,
    t_ns: Nanoseconds,
    up: Vec3s,
    kind: Codes,
    thigh_flexion_deg: Floats,
) -> PelvisPlacement | None:
    """From an epoch's rows: times, where up was in the sensor (n, 3), activity, the thigh; a new placement, if any."""
    p = params
    for mean, chosen, steady_deg in (
        (
            state.standing,
            (kind == ActivityKind.STAND) & (np.abs(thigh_flexion_deg) < p.standing_most_deg),
            p.standing_spread_deg,
        ),
        (state.walking, kind == ActivityKind.WALK, 90.0),
        (state.seated, np.isin(kind, SEATED) & _upright_enough(state, p, up), 90.0),
    ):
        if enough(t_ns, chosen, p.enough_s) and _spread_deg(up[chosen]) < steady_deg:
            mean.add(_mean(up[chosen]), p.epochs_kept)
    rising = _rising(p, t_ns, kind, thigh_flexion_deg)
    if rising.any():
        state.rising.add(_mean(up[rising]), p.epochs_kept)
    new = _placement(state, p)
    return new if new and (state.current is None or _says_more(p, new, state.current)) else None


def _mean(up: Vec3s) -> Vec3s:
    return unit(np.add.reduce(np.ascontiguousarray(up), axis=0))


def _spread_deg(up: Vec3s) -> float:
    """RMS angle of unit vectors from their mean direction."""
    total = np.add.reduce(np.ascontiguousarray(up), axis=0) / len(up)
    return degrees(sqrt(max(0.0, 2 * (1 - float(length(total))))))


def _upright_enough(state: PelvisPlacingState, params: PelvisPlacingParams, up: Vec3s) -> Bools:
    """(n,) rows in which the pelvis does not lie down, as far as upright is known."""
    known = state.standing if state.standing.epochs else state.walking
    if not known.epochs:
        return np.ones(len(up), np.bool_)
    return np.asarray(dot(up, np.array(known.up)) > np.cos(np.deg2rad(params.seat_most_deg)))


def _rising(params: PelvisPlacingParams, t_ns: Nanoseconds, kind: Codes, thigh_flexion_deg: Floats) -> Bools:
    """(n,) rows between upright and seated, if the epoch saw both; no strides."""
    low, high = params.rising_deg
    between = (thigh_flexion_deg > low) & (thigh_flexion_deg < high) & np.isin(kind, NO_STRIDES)
    both = bool((thigh_flexion_deg <= low).any() and (thigh_flexion_deg >= high).any())
    lasting_ns = int(np.add.reduce(np.diff(t_ns)[between[1:]]))
    return np.asarray(between & both & (lasting_ns < params.rising_most_s * NS_PER_S))


def enough(t_ns: Nanoseconds, chosen: Bools, seconds: int) -> bool:
    """Whether the chosen rows reach into so many seconds."""
    return len(np.unique(t_ns[chosen] // NS_PER_S)) >= seconds


def _placement(state: PelvisPlacingState, params: PelvisPlacingParams) -> PelvisPlacement | None:
    upright = _upright(state, params)
    if upright is None or not state.seated.epochs:
        return None
    y, sd_deg = upright
    if float(dot(np.array(state.seated.up), y)) < np.cos(np.deg2rad(params.seat_most_deg)):
        state.seated = PostureMean()  # before upright was known, lying was taken for it
        return None
    ahead, ahead_sd_deg = _ahead(state, params, y, sd_deg)
    if ahead_sd_deg > params.most_forward_sd_deg:
        return None
    x = unit(ahead)
    return PelvisPlacement(
        since=HostNs(0),
        pelvis_from_sensor=from_axes(x, y, np.cross(x, y)),
        method=PelvisMethod.AUTOMATIC,
        tilt_sd_deg=sd_deg,
        forward_sd_deg=ahead_sd_deg,
    )


def _ahead(state: PelvisPlacingState, params: PelvisPlacingParams, y: Vec3s, sd_deg: float) -> tuple[Vec3s, float]:
    """(3,) across y, to where up lies when seated and from where it lies when rising; and the sd of its direction, deg.

    Each is as long as it leans, and weighed by what it may lie to the side.
    """
    seated = np.array(state.seated.up)
    fixed = params.sideways_sd_deg**2 + sd_deg**2
    weight = 1 / (fixed + params.seat_sd_deg**2 / state.seated.epochs)
    lean, total = np.rad2deg(seated - dot(seated, y) * y) * weight, weight
    if state.rising.epochs:
        weight = 1 / (fixed + params.rising_sd_deg**2 / state.rising.epochs)
        back = (seated + y) / 2 - np.array(state.rising.up)
        lean, total = lean + np.rad2deg(back - dot(back, y) * y) * weight, total + weight
    return lean, degrees(atan2(sqrt(total), float(length(lean))))


def _upright(state: PelvisPlacingState, params: PelvisPlacingParams) -> tuple[Vec3s, float] | None:
    """(3,) the upright axis in the sensor and its sd: standing and walking, weighed by what each is worth."""
    parts: list[tuple[Vec3s, float]] = []
    if state.standing.epochs:
        variance = params.standing_sd_deg**2 + params.epoch_sd_deg**2 / state.standing.epochs
        parts.append((np.array(state.standing.up), variance))
    if state.walking.epochs:
        parts.append((np.array(state.walking.up), params.walking_sd_deg**2))
    if not parts:
        return None
    total = sum(1 / variance for _, variance in parts)
    axis = np.zeros(3)
    for up, variance in parts:
        axis = axis + up * (1 / variance / total)
    return unit(axis), sqrt(1 / total)


def _says_more(params: PelvisPlacingParams, new: PelvisPlacement, old: PelvisPlacement) -> bool:
    apart = new.pelvis_from_sensor - old.pelvis_from_sensor
    other = new.pelvis_from_sensor + old.pelvis_from_sensor
    half = sqrt(min(float(np.add.reduce(apart**2)), float(np.add.reduce(other**2)))) / 2
    shrunk = new.tilt_sd_deg < params.news_share * old.tilt_sd_deg
    return (
        2 * 2 * half > radians(params.news_deg) or shrunk or new.forward_sd_deg < params.news_share * old.forward_sd_deg
    )

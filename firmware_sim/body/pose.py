"""From moving quantities to the orientations of pelvis, thigh and strap and the place of the sensor, at any instants.

World: x where the person first faced, y to their left, z up. Thigh and pelvis: x forward, y up along the segment, z to the
wearer's right (house definition), aligned with each other in the wearer's own quiet standing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firmware_sim.body import gait
from firmware_sim.body.choreography import Choreography
from firmware_sim.body.heel_strike import HeelStrike
from firmware_sim.body.micro_motion import MicroMotion
from firmware_sim.body.person import Person
from firmware_sim.body.soft_tissue import SoftTissue
from firmware_sim.body.walking import Stepping, Walking
from hipmonitor.core.arrays import Floats, Quats, Vec3s
from hipmonitor.core.frames import multiply, rotate

SWAY_HZ = np.array([0.13, 0.31, 0.57])
SWAY_SHARE = np.array([0.8, 0.5, 0.3])
"""Postural sway lies below 1 Hz, most of it below 0.5 Hz (Winter 1995)."""
BUMP_S = 0.6
"""A bump is over after this: exp(-40) of it is left."""
BOUNCE_HZ, BOUNCE_DEG = 4.6, 1.5
"""Heel bouncing of a restless leg: 4 to 6 Hz, a centimetre at the knee."""
WORLD_FROM_STANDING = np.array([np.sqrt(0.5), np.sqrt(0.5), 0.0, 0.0])
"""A quarter turn about x: the segment's y points up, its z to the right."""
TABLE_M = np.array([0.35, -0.3, 0.1])


def turn(axis: int, angle_deg: Floats) -> Quats:
    """The rotation about axis 0, 1 or 2 by these angles, shape (n, 4)."""
    half = np.radians(angle_deg) / 2.0
    q = np.zeros((*half.shape, 4))
    q[..., 0], q[..., axis + 1] = np.cos(half), np.sin(half)
    return q


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pose:
    """The body at n instants."""

    world_from_thigh: Quats
    world_from_pelvis: Quats
    world_from_strap: Quats
    """The strap sits on soft tissue; on a table it has left the thigh."""
    sensor_m: Vec3s
    """Place of the sensor, without the way walked."""
    walking_mps: Vec3s
    """Velocity of the way walked."""
    off: Floats
    """0 worn, 1 on the table."""


class Poser:
    """Evaluates a choreography for one person and one place of the sensor. A pure function of time."""

    def __init__(self, choreography: Choreography, person: Person, *, along_m: float, seed: int) -> None:
        self._c, self._person, self._along_m = choreography, person, along_m
        self._tissue, self._strike = SoftTissue(person), HeelStrike(person)
        self._walking = Walking(choreography, person, seed=seed)
        self._micro = MicroMotion(person, seed=seed)
        self._sway_phase = np.random.default_rng([seed, 0x5A1]).uniform(0.0, gait.TURN, (3, 3))

    def at(self, t_s: Floats) -> Pose:
        """The body at these seconds since the script's start."""
        c, person = self._c, self._person
        steps = self._walking.at(t_s)
        heading, recline, posture_flexion = c.heading.at(t_s), c.recline.at(t_s), c.flexion.at(t_s)
        body = self._body(heading, recline, c.body_roll.at(t_s))
        flexion, abduction, rotation = self._thigh_angles(t_s, posture_flexion) + steps.added[:3]
        mirror = person.mirror
        thigh = multiply(body, turn(2, flexion))
        thigh = multiply(multiply(thigh, turn(0, -mirror * abduction)), turn(1, mirror * rotation))
        pelvis_tilt = c.pelvis.at(t_s) + steps.added[6]
        strap = multiply(thigh, self._tissue.thigh_from_strap(flexion, self._swing_deg(steps)))
        lever = np.array([person.skin_m, -self._along_m, 0.0])
        place = self._hip_m(heading, recline + posture_flexion, steps.added[3:6]) + rotate(thigh, lever)
        off = c.off.at(t_s)
        strap, place = _put_on_table(strap, place, off)
        return Pose(
            world_from_thigh=thigh,
            world_from_pelvis=multiply(body, turn(2, -pelvis_tilt)),
            world_from_strap=strap,
            sensor_m=place,
            walking_mps=_forward(heading) * c.speed.at(t_s)[:, None],
            off=off,
        )

    def bumps_mps2(self, t_s: Floats) -> Vec3s:
        """Acceleration of heel strikes and seats at the strap, world, (n, 3); its path is millimetres and not in sensor_m."""
        return _turned_about_up(self._strikes(t_s) + self._seats(t_s), np.radians(self._c.heading.at(t_s)))

    def _strikes(self, t_s: Floats) -> Vec3s:
        out = np.zeros((len(t_s), 3))
        amount = self._c.gait.at(t_s)
        where = np.flatnonzero(amount > 0.0)
        if len(where):
            t_s, amount = t_s[where], amount[where] * (1.0 - self._c.off.at(t_s[where]))
            phase, pace = self._c.strides.phase(t_s)
            felt = self._strike.felt_mps2(phase, gait.since_strike_s(phase, pace), self._c.vigour.at(t_s))
            out[where] = amount[:, None] * felt
        return out

    def _seats(self, t_s: Floats) -> Vec3s:
        out = np.zeros((len(t_s), 3))
        met = np.array([-np.inf, *self._c.seats_met])
        event = np.searchsorted(met, t_s, side="right") - 1
        since = t_s - met[event]
        where = np.flatnonzero(since < BUMP_S)
        if len(where):
            out[where] = self._strike.seat_mps2(since[where], event[where])
        return out

    def _swing_deg(self, steps: Stepping) -> Floats:
        swing = np.zeros(steps.added.shape[1])
        swing[steps.where] = steps.amount * self._tissue.swing_deg(gait.since_strike_s(steps.phase, steps.pace_hz))
        return swing

    @staticmethod
    def _body(heading: Floats, recline: Floats, roll: Floats) -> Quats:
        upright = multiply(turn(2, heading), WORLD_FROM_STANDING)
        return multiply(multiply(upright, turn(2, recline)), turn(1, roll))

    def _thigh_angles(self, t_s: Floats, posture_flexion: Floats) -> Floats:
        """Flexion, abduction and internal rotation without the steps, shape (3, n)."""
        c = self._c
        angles = self._sway(t_s) * (c.sway.at(t_s) * self._person.sway_deg)
        angles += self._micro.at(t_s, c.stir.at(t_s), c.shake.at(t_s))
        bounce = c.bounce.at(t_s) * BOUNCE_DEG * np.sin(gait.TURN * BOUNCE_HZ * t_s)
        angles[0] += posture_flexion + c.shift_flexion.at(t_s) + bounce
        angles[1] += c.abduction.at(t_s)
        angles[2] += c.rotation.at(t_s)
        return angles

    def _sway(self, t_s: Floats) -> Floats:
        """Three slow wanderings of about unit size, shape (3, n)."""
        return np.stack([self._wander(t_s, row) for row in range(3)])

    def _wander(self, t_s: Floats, row: int) -> Floats:
        wander = np.zeros_like(t_s)
        for hz, share, phase in zip(SWAY_HZ, SWAY_SHARE, self._sway_phase[row], strict=True):
            wander = wander + share * np.sin(gait.TURN * hz * t_s + phase)
        return wander

    def _hip_m(self, heading_deg: Floats, pitch_deg: Floats, path: Floats) -> Vec3s:
        """The hip above and behind the planted knee, and its path forward, left and up while walking, (3, n)."""
        pitch = np.radians(pitch_deg)
        forward = -self._person.thigh_m * np.sin(pitch) + path[0]
        up = self._person.thigh_m * np.cos(pitch) + path[2]
        return _turned_about_up(np.stack([forward, path[1], up], axis=-1), np.radians(heading_deg))


def _turned_about_up(v: Vec3s, heading_rad: Floats) -> Vec3s:
    cos, sin = np.cos(heading_rad), np.sin(heading_rad)
    return np.stack([v[:, 0] * cos - v[:, 1] * sin, v[:, 0] * sin + v[:, 1] * cos, v[:, 2]], axis=-1)


def _forward(heading_deg: Floats) -> Vec3s:
    heading = np.radians(heading_deg)
    return np.stack([np.cos(heading), np.sin(heading), np.zeros_like(heading)], axis=-1)


def _put_on_table(strap: Quats, place: Vec3s, off: Floats) -> tuple[Quats, Vec3s]:
    """Carry the strap to the table, outer face up: a share `off` of the way and of the turn."""
    carried = np.flatnonzero(off > 0.0)
    if not len(carried):
        return strap, place
    share = off[carried]
    table = multiply(WORLD_FROM_STANDING, turn(2, np.full(len(carried), 90.0)))
    strap, place = strap.copy(), place.copy()
    strap[carried] = _part_way(strap[carried], table, share)
    place[carried] += share[:, None] * (TABLE_M - place[carried])
    return strap, place


def _part_way(start: Quats, end: Quats, share: Floats) -> Quats:
    """Spherical interpolation along the shorter way, shape (n, 4)."""
    cosine = np.sum(start * end, axis=1)
    end = np.where(cosine[:, None] < 0.0, -end, end)
    angle = np.arccos(np.clip(np.abs(cosine), 0.0, 1.0))
    sine = np.sin(angle)
    close = sine < 1e-6
    safe = np.where(close, 1.0, sine)
    first = np.where(close, 1.0 - share, np.sin((1.0 - share) * angle) / safe)
    second = np.where(close, share, np.sin(share * angle) / safe)
    q: Quats = first[:, None] * start + second[:, None] * end
    size: Floats = np.sqrt(np.sum(q * q, axis=1))
    return q / size[:, None]

"""From moving quantities to the orientations of pelvis, thigh and strap and the place of the sensor, at any instants.

World: x where the person first faced, y to their left, z up. Thigh and pelvis: x forward, y up along the segment, z to the
wearer's right (house definition), aligned with each other in the wearer's own quiet standing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firmware_sim.body import gait
from firmware_sim.body.bumps import Bumps
from firmware_sim.body.choreography import Choreography, Leg
from firmware_sim.body.cyclic import Cyclic, Turning, form_of
from firmware_sim.body.micro_motion import MicroMotion
from firmware_sim.body.pelvis_motion import PelvisMotion
from firmware_sim.body.person import Person
from firmware_sim.body.resting import Resting
from firmware_sim.body.road import Road
from firmware_sim.body.soft_tissue import SoftTissue
from firmware_sim.body.turning import WORLD_FROM_STANDING, turn, turned_about_up
from firmware_sim.body.walking import Stepping, Walking
from firmware_sim.body.worn import Worn, flesh_at
from hipmonitor.core.arrays import Floats, Quats, Vec3s
from hipmonitor.core.frames import multiply, rotate

SWAY_HZ = np.array([0.13, 0.31, 0.57])
SWAY_SHARE = np.array([0.8, 0.5, 0.3])
"""Postural sway lies below 1 Hz, most of it below 0.5 Hz (Winter 1995)."""
BOUNCE_HZ, BOUNCE_DEG = 4.6, 1.5
"""Heel bouncing of a restless leg: 4 to 6 Hz, a centimetre at the knee."""
OTHER = 7_919
"""Added to the seed for what the other leg draws."""
SHANK_OF_THIGH = 1.0
"""Winter 2009: .246 of body height, the thigh .245."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Strapped:
    """The sensor's strap at n instants."""

    world_from_strap: Quats
    """The strap sits on soft tissue; on a table it has left the body."""
    sensor_m: Vec3s
    """Place of the sensor, without the way walked."""
    walking_mps: Vec3s
    """Velocity of the way walked."""
    off: Floats
    """0 worn, 1 on the table."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pose(Strapped):
    """The body, too."""

    world_from_thigh: Quats
    """Of the leg that is called worn, wherever this sensor is."""
    world_from_pelvis: Quats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moment:
    """What every part of the body is derived from, at n instants."""

    t_s: Floats
    steps: Stepping
    rounds: Sequence[tuple[Cyclic, Turning]]
    """What goes on of running, stairs and cycling."""
    body: Quats
    heading: Floats
    recline: Floats
    flexion: Floats
    sway: Floats
    stir: Floats


class Poser:
    """Evaluates a choreography for one person and one place of the sensor. A pure function of time."""

    def __init__(self, choreography: Choreography, person: Person, *, worn: Worn, seed: int) -> None:
        self._c, self._person, self._worn = choreography, person, worn
        self._tissue = SoftTissue(flesh_at(worn.where, person))
        self._walking = Walking(choreography, person, seed=seed)
        self._cyclic = [Cyclic(form_of(k, person), r, seed=seed) for k, r in choreography.rounds.items()]
        self._bumps = Bumps(choreography, person, self._cyclic, where=worn.where)
        self._micro = MicroMotion(person, seed=seed)
        self._micro_other, self._micro_pelvis = MicroMotion(person, seed=seed + OTHER), PelvisMotion(person, seed=seed)
        self._sway_phase = np.random.default_rng([seed, 0x5A1]).uniform(0.0, gait.TURN, (3, 3))
        self._rest, self._road = Resting(choreography, seed=seed), Road(seed=seed)

    def at(self, t_s: Floats) -> Pose:
        """The body at these seconds since the script's start."""
        moment = self._moment(t_s)
        strapped = self._strapped(moment)
        return Pose(
            world_from_thigh=self._turned(moment.body, self._worn_leg(moment), self._person.mirror),
            world_from_pelvis=self._pelvis(moment),
            world_from_strap=strapped.world_from_strap,
            sensor_m=strapped.sensor_m,
            walking_mps=strapped.walking_mps,
            off=strapped.off,
        )

    def strapped(self, t_s: Floats) -> Strapped:
        """The strap alone."""
        return self._strapped(self._moment(t_s))

    def _strapped(self, moment: Moment) -> Strapped:
        t_s, other = moment.t_s, self._worn.where == "other_thigh"
        segment, flexion = self._carrying(moment)
        place = self._hip_m(moment) + rotate(segment, self._worn.lever(t_s, self._person))
        strap = multiply(segment, self._tissue.thigh_from_strap(flexion, self._swing_deg(moment, other=other)))
        if self._worn.turns:
            strap = multiply(strap, self._worn.turned(t_s))
        if self._worn.where == "thigh" and self._c.strap_turn.moves:
            strap = multiply(strap, turn(1, self._c.strap_turn.at(t_s)))
            strap = multiply(strap, turn(2, self._c.strap_tilt.at(t_s)))
        off = self._c.off.at(t_s)
        strap, place = self._rest.put_down(t_s, strap, place, off)
        return Strapped(world_from_strap=strap, sensor_m=place, walking_mps=self._way_mps(moment), off=off)

    def _carrying(self, moment: Moment) -> tuple[Quats, Floats]:
        """The segment that carries the sensor, and the bend that tilts its soft tissue."""
        if self._worn.where == "pelvis":
            return self._pelvis(moment), moment.flexion + self._c.own.lift.at(moment.t_s)
        if self._worn.where == "other_thigh":
            angles = self._other_leg(moment)
            return self._turned(moment.body, angles, -self._person.mirror), angles[0]
        angles = self._worn_leg(moment)
        return self._turned(moment.body, angles, self._person.mirror), angles[0]

    def other_thigh(self, t_s: Floats) -> Quats:
        """world_from_thigh of the other leg, (n, 4)."""
        moment = self._moment(t_s)
        return self._turned(moment.body, self._other_leg(moment), -self._person.mirror)

    def bumps_mps2(self, t_s: Floats) -> Vec3s:
        """Acceleration of heel strikes, seats and roads, world, (n, 3); its path is millimetres and not in sensor_m."""
        felt = turned_about_up(self._bumps.felt_mps2(t_s), np.radians(self._c.heading.at(t_s)))
        if self._c.road.moves:
            felt = felt + self._road.felt_mps2(t_s, self._c.road.at(t_s))
        return felt

    def _moment(self, t_s: Floats) -> Moment:
        c = self._c
        heading, recline = c.heading.at(t_s), c.recline.at(t_s)
        going = [(one, turning) for one in self._cyclic if (turning := one.at(t_s)) is not None]
        return Moment(
            t_s=t_s,
            steps=self._walking.at(t_s),
            rounds=going,
            body=self._body(heading, recline, c.body_roll.at(t_s)),
            heading=heading,
            recline=recline,
            flexion=c.flexion.at(t_s),
            sway=c.sway.at(t_s),
            stir=c.stir.at(t_s),
        )

    # -- segments ------------------------------------------------------------------------------------------------------

    @staticmethod
    def _turned(body: Quats, angles: Floats, mirror: float) -> Quats:
        flexion, abduction, rotation = angles
        thigh = multiply(body, turn(2, flexion))
        return multiply(multiply(thigh, turn(0, -mirror * abduction)), turn(1, mirror * rotation))

    def _worn_leg(self, moment: Moment) -> Floats:
        """Flexion, abduction and internal rotation, shape (3, n)."""
        c, t_s = self._c, moment.t_s
        angles = self._sway(t_s) * (moment.sway * self._person.sway_deg)
        angles += self._micro.at(t_s, moment.stir, c.shake.at(t_s))
        bounce = c.bounce.at(t_s) * BOUNCE_DEG * np.sin(gait.TURN * BOUNCE_HZ * t_s)
        angles[0] += moment.flexion + c.shift_flexion.at(t_s) + bounce
        angles[1] += c.abduction.at(t_s)
        angles[2] += c.rotation.at(t_s)
        angles = angles + moment.steps.added[:3]
        for _, turning in moment.rounds:
            angles[:, turning.where] += turning.added[:3]
        return _posed(angles, c.own, t_s)

    def _other_leg(self, moment: Moment) -> Floats:
        """Likewise of the other leg; half a stride away."""
        c, t_s = self._c, moment.t_s
        angles = self._sway(t_s + 100.0) * (moment.sway * self._person.sway_deg)
        angles += self._micro_other.at(t_s, moment.stir, c.shake.at(t_s))
        angles[0] += moment.flexion + c.other.shift_flexion.at(t_s)
        angles[1] += c.other.abduction.at(t_s)
        angles[2] += c.other.rotation.at(t_s)
        angles += self._walking.other_leg_deg(t_s, moment.steps)
        for one, _ in moment.rounds:
            if (turning := one.at(t_s, shift=0.5)) is not None:
                angles[:, turning.where] += turning.added[:3]
        return _posed(angles, c.other, t_s)

    def _pelvis(self, moment: Moment) -> Quats:
        """Tipped forward, then listed, then turned about its own upright, (n, 4)."""
        c, t_s, mirror = self._c, moment.t_s, self._person.mirror
        angles = self._micro_pelvis.at(t_s, moment.sway, moment.stir)
        angles[0] += c.pelvis.at(t_s) + moment.steps.added[6]
        if c.pelvis_list.moves:
            angles[1] += c.pelvis_list.at(t_s)
        angles[1:, moment.steps.where] += moment.steps.amount * self._walking.pelvis_deg(moment.steps.phase)
        for _, turning in moment.rounds:
            angles[:, turning.where] += turning.added[6:]
        turned = multiply(moment.body, turn(1, mirror * angles[2]))
        return multiply(multiply(turned, turn(0, -mirror * angles[1])), turn(2, -angles[0]))

    # -- places --------------------------------------------------------------------------------------------------------

    def _hip_m(self, moment: Moment) -> Vec3s:
        """The hip above and behind the planted knee, and its path forward, left and up while it is on its way, (n, 3)."""
        c, pitch = self._c, np.radians(moment.recline + moment.flexion)
        path = moment.steps.added[3:6].copy()
        for _, turning in moment.rounds:
            path[:, turning.where] += turning.added[3:6]
        for row, track in ((0, c.hip_forward), (2, c.hip_up)):
            if track.moves:
                path[row] += track.at(moment.t_s)
        forward = -self._person.thigh_m * np.sin(pitch) + path[0]
        up = self._person.thigh_m * np.cos(pitch) + path[2]
        if c.shank.moves:
            shank, shank_m = np.radians(c.shank.at(moment.t_s)), SHANK_OF_THIGH * self._person.thigh_m
            forward, up = forward + shank_m * np.sin(shank), up + shank_m * (np.cos(shank) - 1.0)
        return turned_about_up(np.stack([forward, path[1], up], axis=-1), np.radians(moment.heading))

    def _way_mps(self, moment: Moment) -> Vec3s:
        way = _forward(moment.heading) * self._c.speed.at(moment.t_s)[:, None]
        if self._c.climb.moves:
            way[:, 2] += self._c.climb.at(moment.t_s)
        return way

    def _swing_deg(self, moment: Moment, *, other: bool) -> Floats:
        steps, half = moment.steps, 0.5 if other else 0.0
        swing = np.zeros(steps.added.shape[1])
        since = gait.since_strike_s(steps.phase + half, steps.pace_hz)
        swing[steps.where] = steps.amount * self._tissue.swing_deg(since)
        for one, turning in moment.rounds:
            if not one.form.kind.strike:
                continue
            since = gait.since_strike_s(turning.phase + half, turning.hz)
            swing[turning.where] += min(one.form.kind.strike, 1.3) * turning.amount * self._tissue.swing_deg(since)
        return swing

    @staticmethod
    def _body(heading: Floats, recline: Floats, roll: Floats) -> Quats:
        upright = multiply(turn(2, heading), WORLD_FROM_STANDING)
        return multiply(multiply(upright, turn(2, recline)), turn(1, roll))

    def _sway(self, t_s: Floats) -> Floats:
        """Three slow wanderings of about unit size, shape (3, n)."""
        return np.stack([self._wander(t_s, row) for row in range(3)])

    def _wander(self, t_s: Floats, row: int) -> Floats:
        wander = np.zeros_like(t_s)
        for hz, share, phase in zip(SWAY_HZ, SWAY_SHARE, self._sway_phase[row], strict=True):
            wander = wander + share * np.sin(gait.TURN * hz * t_s + phase)
        return wander


def _posed(angles: Floats, leg: Leg, t_s: Floats) -> Floats:
    for row, track in enumerate((leg.lift, leg.spread, leg.twist)):
        if track.moves:
            angles[row] += track.at(t_s)
    return angles


def _forward(heading_deg: Floats) -> Vec3s:
    heading = np.radians(heading_deg)
    return np.stack([np.cos(heading), np.sin(heading), np.zeros_like(heading)], axis=-1)

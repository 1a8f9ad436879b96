"""A person who follows a script: the truth at any instant, and what a strapped-on sensor feels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import find_peaks

from firmware_sim.body.choreography import ACTIVITIES, Activity
from firmware_sim.body.director import choreograph
from firmware_sim.body.done import DoneSet
from firmware_sim.body.events import TruthEvents, events_of
from firmware_sim.body.heel_strike import G_MPS2
from firmware_sim.body.person import Person
from firmware_sim.body.pose import Poser
from firmware_sim.body.script import Script
from firmware_sim.body.worn import ALONG_M, Slips, Where, Worn
from hipmonitor.core.arrays import Bools, Codes, Floats, Quats, Vec3s
from hipmonitor.core.frames import inverse, multiply, rotate, up_in_sensor

DIFFERENCE_S = 0.00025
"""Half step of the central differences: at heel strike within 0.3 °/s and 0.01 m/s², rounding below 1e-3 m/s² after a day."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Truth:
    """The body at n instants, in the house's definitions. Angles are NaN where the sensor is not worn."""

    t_s: Floats
    thigh_flexion_deg: Floats
    thigh_inclination_deg: Floats
    thigh_roll_deg: Floats
    """NaN where the inclination is not between 30 and 150 degrees."""
    pelvis_tilt_deg: Floats
    """Sagittal, 0 in own quiet standing, + tipped forward."""
    hip_flexion_deg: Floats
    hip_adduction_deg: Floats
    hip_rotation_deg: Floats
    activity: Codes
    """Index into ACTIVITIES."""
    seat_contact: Bools
    worn: Bools
    world_from_thigh: Quats
    world_from_pelvis: Quats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Felt:
    """What an ideal IMU in the strap's axes would measure at n instants."""

    specific_force_mps2: Vec3s
    angular_rate_radps: Vec3s


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LegTruth:
    """The other leg at n instants, as the worn one in Truth."""

    thigh_flexion_deg: Floats
    hip_flexion_deg: Floats
    hip_adduction_deg: Floats
    hip_rotation_deg: Floats
    world_from_thigh: Quats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Peaks:
    """The tops of the worn thigh's swings: a flexion cycle each."""

    at_s: Floats
    thigh_flexion_deg: Floats


class MovingBody:
    """A pure function of (script, person, seed, time). Times are seconds since the script's start, in any order."""

    def __init__(
        self,
        script: Script,
        person: Person,
        *,
        seed: int = 0,
        along_m: float = ALONG_M,
        where: Where = "thigh",
        around_deg: float = 0.0,
        slips: Slips = (),
    ) -> None:
        """Bodies of one script, person and seed are one body, felt at different places; `along_m` is for a thigh."""
        self.person, self.where = person, where
        self.seconds = sum(act.seconds for act in script)
        self._choreography = choreograph(script, person, seed=seed)
        self._worn = Worn(where=where, along_m=along_m, around_deg=around_deg, slips=slips)
        self._poser = Poser(self._choreography, person, worn=self._worn, seed=seed)

    def truth(self, t_s: Floats) -> Truth:
        """What is so, at these times."""
        pose = self._poser.at(t_s)
        worn = pose.off <= 0.0
        up = up_in_sensor(pose.world_from_thigh)
        inclination = np.degrees(np.arccos(np.clip(up[:, 1], -1.0, 1.0)))
        roll = np.degrees(np.arctan2(self.person.mirror * up[:, 2], up[:, 0]))
        pelvis_up = up_in_sensor(pose.world_from_pelvis)
        flexion, adduction, rotation = hip_angles_deg(pose.world_from_pelvis, pose.world_from_thigh, self.person.mirror)

        def where_worn(values: Floats) -> Floats:
            return np.where(worn, values, np.nan)

        return Truth(
            t_s=t_s,
            thigh_flexion_deg=where_worn(np.degrees(np.arctan2(up[:, 0], up[:, 1]))),
            thigh_inclination_deg=where_worn(inclination),
            thigh_roll_deg=where_worn(np.where(np.abs(inclination - 90.0) <= 60.0, roll, np.nan)),
            pelvis_tilt_deg=where_worn(-np.degrees(np.arctan2(pelvis_up[:, 0], pelvis_up[:, 1]))),
            hip_flexion_deg=where_worn(flexion),
            hip_adduction_deg=where_worn(adduction),
            hip_rotation_deg=where_worn(rotation),
            activity=self._activity(t_s),
            seat_contact=self._seated(t_s),
            worn=worn,
            world_from_thigh=pose.world_from_thigh,
            world_from_pelvis=pose.world_from_pelvis,
        )

    def other_leg(self, t_s: Floats) -> LegTruth:
        """What is so of the other leg, worn or not."""
        thigh, pelvis = self._poser.other_thigh(t_s), self._poser.at(t_s).world_from_pelvis
        up = up_in_sensor(thigh)
        flexion, adduction, rotation = hip_angles_deg(pelvis, thigh, -self.person.mirror)
        return LegTruth(
            thigh_flexion_deg=np.degrees(np.arctan2(up[:, 0], up[:, 1])),
            hip_flexion_deg=flexion,
            hip_adduction_deg=adduction,
            hip_rotation_deg=rotation,
            world_from_thigh=thigh,
        )

    def flexion_peaks(self, *, from_s: float = 0.0, until_s: float | None = None, swing_deg: float = 15.0) -> Peaks:
        """Tops of thigh flexion that stand out by at least `swing_deg`, on a grid of 1/25 s."""
        t_s = np.arange(from_s, self.seconds if until_s is None else until_s, 0.04)
        flexion = np.concatenate(
            [self.truth(t_s[i : i + 4096]).thigh_flexion_deg for i in range(0, len(t_s), 4096)] or [np.zeros(0)]
        )
        tops, _ = find_peaks(np.nan_to_num(flexion), prominence=swing_deg)
        return Peaks(at_s=t_s[tops], thigh_flexion_deg=flexion[tops])

    def strap_deg(self, t_s: Floats) -> tuple[Floats, Floats]:
        """How far the strap is turned round its segment and tilted, beyond what soft tissue does, each (n,)."""
        return self._worn.strap_deg(t_s)

    def events(self) -> TruthEvents:
        """Seat contacts, steps, turns of the crank and repetitions of the whole script."""
        return events_of(self._choreography, seconds=self.seconds)

    def sets(self) -> tuple[DoneSet, ...]:
        """What was done in each set of an exercise, in order."""
        return tuple(self._choreography.sets)

    def felt(self, t_s: Floats) -> Felt:
        """Specific force and angular rate at the sensor's place, in the strap's axes, by central differences."""
        n, h = len(t_s), DIFFERENCE_S
        pose = self._poser.strapped(np.concatenate([t_s - h, t_s, t_s + h]))
        before, now, after = pose.world_from_strap[:n], pose.world_from_strap[n : 2 * n], pose.world_from_strap[2 * n :]
        turned = multiply(inverse(before), after)
        turned = np.where(turned[:, :1] < 0.0, -turned, turned)
        place, way = pose.sensor_m, pose.walking_mps
        acceleration = (place[:n] - 2.0 * place[n : 2 * n] + place[2 * n :]) / (h * h)
        on_way = (1.0 - pose.off[n : 2 * n])[:, None] * (way[2 * n :] - way[:n]) / (2.0 * h)
        force = acceleration + on_way + self._poser.bumps_mps2(t_s) + np.array([0.0, 0.0, G_MPS2])
        return Felt(specific_force_mps2=rotate(inverse(now), force), angular_rate_radps=turned[:, 1:] / h)

    def _activity(self, t_s: Floats) -> Codes:
        starts, codes = zip(*((at, ACTIVITIES.index(kind)) for at, kind in self._choreography.activity), strict=True)
        return np.array(codes, np.int8)[_last_before(starts, t_s)]

    def _seated(self, t_s: Floats) -> Bools:
        starts, seated = zip(*self._choreography.seated, strict=True)
        return np.array(seated, np.bool_)[_last_before(starts, t_s)]


def activity_name(code: int) -> Activity:
    """The name of an activity code of Truth."""
    return ACTIVITIES[code]


def hip_angles_deg(world_from_pelvis: Quats, world_from_thigh: Quats, mirror: float) -> tuple[Floats, Floats, Floats]:
    """Flexion, adduction and internal rotation, pelvis to thigh (Grood and Suntay 1983 as in Wu 2002), each (n,).

    The rotation is R = Rz(flexion) Rx(adduction) Ry(rotation) for the right leg; the left one is mirrored.
    """
    w, x, y, z = np.moveaxis(multiply(inverse(world_from_pelvis), world_from_thigh), -1, 0)
    flexion = np.arctan2(-2 * (x * y - w * z), w * w - x * x + y * y - z * z)
    adduction = np.arcsin(np.clip(2 * (y * z + w * x), -1.0, 1.0))
    rotation = np.arctan2(-2 * (x * z - w * y), w * w - x * x - y * y + z * z)
    return np.degrees(flexion), mirror * np.degrees(adduction), mirror * np.degrees(rotation)


def _last_before(starts: tuple[float, ...], t_s: Floats) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.maximum(np.searchsorted(np.array(starts), t_s, side="right") - 1, 0)

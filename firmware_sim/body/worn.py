"""Where on the body a sensor is worn, with what flesh under it, and how its strap slips in the course of time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from firmware_sim.body.person import Person
from firmware_sim.body.track import Track
from firmware_sim.body.turning import turn
from hipmonitor.core.arrays import Floats, Quats, Vec3s
from hipmonitor.core.frames import multiply, rotate

Where = Literal["thigh", "pelvis", "other_thigh"]
PLACES: tuple[Where, ...] = ("thigh", "pelvis", "other_thigh")
ALONG_M = 0.26
"""The strap's usual place: about 60 % of the way from hip to knee."""
BELT_M = 0.10
"""A belt lies about so far above the hip joints."""
PELVIS_M = 0.11
"""From the middle between the hip joints to the skin over the sacrum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """The strap moves on the skin. Amounts are in addition to all before."""

    at_s: float
    seconds: float = 1.0
    turn_deg: float = 0.0
    """Round the segment's long axis, + towards the wearer's left."""
    tilt_deg: float = 0.0
    """In the bending plane, + as flexion."""
    down_m: float = 0.0


Slips = tuple[Slip, ...]


@dataclass(slots=True, kw_only=True)
class Worn:
    """One sensor's place. `around_deg` 0: front of the thigh, or the back of the pelvis; + round to the wearer's left."""

    where: Where = "thigh"
    along_m: float = ALONG_M
    around_deg: float = 0.0
    slips: Slips = ()
    _turn: Track = field(init=False)
    _tilt: Track = field(init=False)
    _down: Track = field(init=False)

    def __post_init__(self) -> None:
        self._turn, self._tilt, self._down = Track(self.around_deg), Track(), Track()
        for slip in self.slips:
            for track, by in (
                (self._turn, slip.turn_deg),
                (self._tilt, slip.tilt_deg),
                (self._down, slip.down_m),
            ):
                if by:
                    track.move(at=slip.at_s, seconds=slip.seconds, to=track.final + by)

    @property
    def turns(self) -> bool:
        """Whether the strap is, or ever comes, anywhere but on the front."""
        return bool(self.slips) or self.around_deg != 0.0

    def lever(self, t_s: Floats, person: Person) -> Vec3s:
        """From the hip, or the middle of the pelvis, to the sensor, in the segment's axes; (3,) or, where it moves, (n, 3)."""
        front = np.array([person.skin_m, -self.along_m, 0.0])
        if self.where == "pelvis":
            front = np.array([-PELVIS_M, BELT_M, 0.0])
        if not self.turns:
            return front
        slid = np.zeros((len(t_s), 3))
        slid[:, 1] = self._down.at(t_s)
        return rotate(turn(1, self._turn.at(t_s)), front) - slid

    def turned(self, t_s: Floats) -> Quats:
        """How the strap is turned from the front's, in its own axes, (n, 4)."""
        around, tilt = self.strap_deg(t_s)
        return multiply(turn(1, around), turn(2, tilt))

    def strap_deg(self, t_s: Floats) -> tuple[Floats, Floats]:
        """How far the strap is turned round the segment and tilted at these times, each (n,)."""
        return self._turn.at(t_s), self._tilt.at(t_s)


def drawn_slips(seed: int, seconds: float) -> Slips:
    """How a strap creeps and jumps in the course of a script: some degrees and millimetres an hour, and now and then a tug."""
    r = np.random.default_rng([seed, 0x511B])
    slips, at, way = [], 0.0, float(r.choice([-1.0, 1.0]))
    while (at := at + float(r.exponential(1500.0))) < seconds - 5.0:
        tug = r.random() < 0.25
        size = 1.0 if tug else 0.25
        slips.append(
            Slip(
                at_s=at,
                seconds=float(r.uniform(0.4, 1.0) if tug else r.uniform(20.0, 90.0)),
                turn_deg=float(size * (10.0 * way + r.normal(0.0, 10.0))),
                tilt_deg=float(size * r.normal(0.0, 2.5)),
                down_m=float(size * abs(r.normal(0.0, 0.015))),
            )
        )
    return tuple(slips)


def flesh_at(where: Where, person: Person) -> Person:
    """The person with the soft tissue that lies under a sensor there; the thigh's own is the person's."""
    if where == "thigh":
        return person
    r = np.random.default_rng([person.gait_style, 0xF1E5, PLACES.index(where)])
    if where == "other_thigh":
        like = r.normal(0.7, 0.2)  # two thighs of one person are more alike than those of two people
        return replace(
            person,
            tissue_bend_deg=float(np.clip(like * person.tissue_bend_deg + r.normal(0.0, 1.0), -4.5, 4.5)),
            tissue_across_deg=float(np.clip(like * person.tissue_across_deg + r.uniform(0.0, 3.0), 0.0, 8.5)),
            tissue_direction_rad=float(r.uniform(-np.pi, np.pi)),
            strike_swing_deg=person.strike_swing_deg * float(r.uniform(0.8, 1.25)),
        )
    # A belt over the sacrum tips with the skin as the hip bends: 2 to 6 degrees for 90 (Camomilla 2017 review, from memory).
    return replace(
        person,
        tissue_bend_deg=float(r.uniform(-5.0, 5.0)),
        tissue_across_deg=float(r.uniform(0.0, 4.0)),
        tissue_direction_rad=float(r.uniform(-np.pi, np.pi)),
        strike_swing_deg=float(r.uniform(0.5, 2.0)),
    )

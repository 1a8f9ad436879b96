"""A body whose joint angles are chosen, seen by a thigh and a pelvis sensor whose headings have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.arrays import Floats, Quats
from hipmonitor.core.frames import inverse, multiply, up_in_sensor
from hipmonitor.core.hip import Hip, HipBlock, HipParams, PelvisHeard
from hipmonitor.core.instants import HostNs
from hipmonitor.core.orientation import OrientationBlock, Oriented
from hipmonitor.core.samples import selected
from hipmonitor.core.settings import Side
from hipmonitor.core.thigh import Placement, PlacementMethod, ThighBlock
from tests.core.builders import about, activity, at, imu

RATE_HZ = 5.0
STANDING = about((1, 0, 0), 90)
"""world_from_segment of somebody who stands and faces x: the segment's y is up, its z to the right."""
THIGH_FROM_SENSOR, PELVIS_FROM_SENSOR = about((1, 2, -1), 130), about((-2, 1, 3), 75)
X, Y, Z = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


def turns(axis: tuple[float, float, float], degrees: Floats) -> Quats:
    """(n, 4) turns about an axis."""
    return np.array([about(axis, float(angle)) for angle in degrees]).reshape(-1, 4)


@dataclass(frozen=True, kw_only=True)
class Act:
    """Seconds in a posture, in degrees; the leg is the right one."""

    kind: ActivityKind
    seconds: int
    tilt: float = 0.0
    """Of the pelvis, + forward."""
    flexion: float = 0.0
    adduction: float = 0.0
    rotation: float = 0.0


STAND = Act(kind=ActivityKind.STAND, seconds=20)
SEAT = Act(kind=ActivityKind.SIT, seconds=20, tilt=-18, flexion=65)
USUAL = (STAND, SEAT, STAND, SEAT)


@dataclass(kw_only=True)
class Worn:
    """What the sensors see; each field may be spoilt before it is fed."""

    acts: Sequence[Act] = USUAL
    heading_deg: float = 0.0
    """Of the whole body."""
    drift_deg_per_min: float = 0.0
    thigh_from_sensor: Quats = field(default_factory=lambda: THIGH_FROM_SENSOR)
    side: Side = "right"

    def __post_init__(self) -> None:
        each = [round(act.seconds * RATE_HZ) for act in self.acts]
        self.n = sum(each)

        def column(name: str) -> Floats:
            return np.repeat([getattr(act, name) for act in self.acts], each).astype(np.float64)

        self.flexion, self.adduction, self.rotation, self.tilt = map(
            column, ("flexion", "adduction", "rotation", "tilt")
        )
        t_min = np.arange(self.n) / RATE_HZ / 60
        body = multiply(about(Z, self.heading_deg), STANDING)
        pelvis = multiply(body, turns(Z, -self.tilt))
        joint = multiply(multiply(turns(Z, self.flexion), turns(X, self.adduction)), turns(Y, self.rotation))
        self.thigh = self._seen(multiply(pelvis, joint), self.thigh_from_sensor, 40.0 + 0 * t_min)
        self.pelvis = self._seen(pelvis, PELVIS_FROM_SENSOR, -110.0 + self.drift_deg_per_min * t_min)
        self.kinds = [act.kind for act in self.acts for _ in range(act.seconds)]

    def _seen(self, world_from_segment: Quats, segment_from_sensor: Quats, heading_deg: Floats) -> Oriented:
        block = imu(np.tile([0.0, 0.0, 9.8], (self.n, 1)), np.zeros((self.n, 3)), rate_hz=RATE_HZ)
        world = multiply(turns(Z, heading_deg), multiply(world_from_segment, segment_from_sensor))
        true = np.ones(self.n, np.bool_)
        return Oriented(
            imu=block,
            orientation=OrientationBlock(t_ns=block.t_ns, world_from_sensor=world, at_rest=true, trusted=true),
        )

    def thigh_block(self) -> ThighBlock:
        """What the thigh room says, its placement known from the first sample."""
        world = self.thigh.orientation.world_from_sensor
        up = up_in_sensor(multiply(world, inverse(self.thigh_from_sensor)))
        placement = Placement(
            since=at(0), thigh_from_sensor=self.thigh_from_sensor, method=PlacementMethod.GIVEN, sd_deg=2.0
        )
        return ThighBlock(
            t_ns=self.thigh.imu.t_ns,
            thigh_flexion_deg=np.rad2deg(np.arctan2(up[:, 0], up[:, 1])),
            thigh_inclination_deg=np.rad2deg(np.arccos(np.clip(up[:, 1], -1, 1))),
            thigh_roll_deg=np.full(self.n, np.nan),
            trusted=np.ones(self.n, np.bool_),
            sd_deg=np.full(self.n, 2.0),
            placements=(placement,),
        )

    def measured(self, hip: Hip | None = None, heard: PelvisHeard | None = None) -> HipBlock:
        """All at once."""
        hip = hip or Hip(HipParams(side=self.side))
        return hip.step(self.thigh_block(), activity(self.kinds), self.thigh, heard or self.heard())

    def heard(self, keep: Floats | None = None, complete_to_s: float = 1e6) -> PelvisHeard:
        """The pelvis sensor, or the rows of it that are kept; nothing more will come."""
        part = self.pelvis if keep is None else _kept(self.pelvis, np.flatnonzero(keep))
        return PelvisHeard(parts=((-1, part),), complete_to_ns=at(complete_to_s))

    def seconds(self, start_s: float, end_s: float) -> slice:
        """Rows of this time."""
        return slice(round(start_s * RATE_HZ), round(end_s * RATE_HZ))


def _kept(oriented: Oriented, rows: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Oriented:
    o = oriented.orientation
    return Oriented(
        imu=selected(oriented.imu, rows),  # type: ignore[arg-type]
        orientation=replace(
            o,
            t_ns=o.t_ns[rows],
            world_from_sensor=o.world_from_sensor[rows],
            at_rest=o.at_rest[rows],
            trusted=o.trusted[rows],
        ),
    )


def later(heard: PelvisHeard, oldest: HostNs) -> PelvisHeard:
    """The same, come so late that rows up to `oldest` were not waited for."""
    return replace(heard, parts=tuple((oldest, part) for _, part in heard.parts))

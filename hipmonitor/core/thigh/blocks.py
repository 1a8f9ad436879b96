"""What leaves the thigh room: the placement of the sensor on the thigh, and the thigh's angles."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Nanoseconds, Quats, Vec3s
from hipmonitor.core.inbound import Pose
from hipmonitor.core.instants import HostNs
from hipmonitor.core.thigh.movement import NO_SECONDS, SummarisedSeconds

ALWAYS = HostNs(0)
"""Since before anything was recorded."""


class PlacementMethod(StrEnum):
    """How the rotation from sensor to thigh became known."""

    NONE = "none"
    AUTOMATIC = "automatic"
    """From ordinary movement."""
    GUIDED = "guided"
    """From poses the wearer held."""
    GIVEN = "given"
    """By the caller of the API, from an earlier analysis."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placement:
    """How the sensor sits on the thigh, from when on, and how well that is known."""

    since: HostNs
    thigh_from_sensor: Quats
    """(4,) wxyz; thigh frame: x forward, y from knee to hip, z to the wearer's right."""
    method: PlacementMethod
    sd_deg: float
    """One standard deviation of the thigh's flexion that this placement causes."""
    acc_offset_mps2: Vec3s = field(default_factory=lambda: np.zeros(3))
    """(3,) what this accelerometer adds in its own axes, as far as rest told; it would tilt every angle."""
    offset_sd_deg: float = 0.0
    """What of `sd_deg` comes from not knowing that better."""
    rest_directions: int = 0
    """From rest in so many directions; 0 = from the poses alone, or not at all."""
    strap_on: int = 0
    """Grows whenever the sensor sits anew: the wearer said so, calibrated again, or walking showed it."""
    holds_from: HostNs = ALWAYS
    """From when on the sensor sat like this, as far as is known: earlier than `since`, when that became known."""
    walked: int = 0
    """Epochs of walking it rests on."""
    doubted: bool = False
    """The sensor lay still, or was not heard, for so long that it may have been put on anew, or a seat contradicts the others;
    `sd_deg` says so until more is known."""

    def __post_init__(self) -> None:
        self.thigh_from_sensor.flags.writeable = False
        self.acc_offset_mps2.flags.writeable = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseResult:
    """What became of a pose the wearer held: a sentence for the wearer."""

    at: HostNs
    pose: Pose
    accepted: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """How far the pose that was asked for had come at the end of a second."""

    at: HostNs
    pose: Pose
    done: int
    """Quiet seconds in a row, or lifts."""
    wanted: int
    remaining_s: float
    """Until it is given up."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ThighBlock:
    """n rows, one a sample. Without a placement the angles are NaN and untrusted."""

    t_ns: Nanoseconds
    """(n,)."""
    thigh_flexion_deg: Floats
    """(n,) 0 in own quiet standing, + knee forward and up, 90 thigh horizontal, within ±180."""
    thigh_inclination_deg: Floats
    """(n,) 0-180 from own quiet standing, without sign."""
    thigh_roll_deg: Floats
    """(n,) + kneecap towards the midline; NaN outside 30-150 deg inclination or where the side is not known."""
    trusted: Bools
    """(n,)."""
    sd_deg: Floats
    """(n,) the placement's sd in force at that sample; inf without a placement."""
    placements: tuple[Placement, ...] = ()
    """Placements that came into force in this block."""
    poses: tuple[PoseResult, ...] = ()
    """Poses of a guided calibration that were decided in this block."""
    holdings: tuple[Holding, ...] = ()
    """One a second while a pose is asked for."""
    summarised: SummarisedSeconds = NO_SECONDS
    """Seconds that closed in this block, where placement is learned from them: the next room need not work them out again."""

    def __len__(self) -> int:
        return len(self.t_ns)

"""What a running set of repetitions or holds carries from row to row, and what may be tuned."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import nan

from hipmonitor.core.exercise.blocks import Phase, PoseChecked, Repetition
from hipmonitor.core.exercise.holds import HoldParams, HoldState
from hipmonitor.core.exercise.moved_angle import Start, Up
from hipmonitor.core.exercise.movements import MovementParams, MovementState
from hipmonitor.core.exercise.start_pose import Held
from hipmonitor.core.inbound import StartSet
from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import Side
from hipmonitor.core.thigh import Placement


@dataclass(frozen=True, slots=True, kw_only=True)
class SetParams:
    """Thresholds, ours, with what they rest on."""

    movements: MovementParams = field(default_factory=MovementParams)
    holds: HoldParams = field(default_factory=HoldParams)
    short_deg: float = 3.0
    """So far short of the target still reaches it: what a range is known to (`tests/benchmarks/exercise`)."""
    early_s: float = 1.0
    """A hold so much shorter than asked for is whole."""
    median_share: float = 0.7
    """Without a target: less than this of the own running median is partial: between half a movement and a tired one."""
    attempt_share: float = 0.4
    """Less than this of a full one is no attempt: the wearer shifted, or scratched."""
    median_of: int = 5
    """The last so many, once there are `median_from`."""
    median_from: int = 3
    longest_s: float = 45.0
    """Without the hold asked for: no repetition takes longer (10 s up, 10 s down); whoever does sat down, or rests."""
    lost_s: float = 2.0
    lost_deg: float = 35.0
    """Quiet for so long, so far from where the set started: the start pose was left."""
    elsewhere_s: float = 10.0
    """Likewise of a set without a start pose: wherever the thigh has come to rest, it starts from there. Of one with a pose, before
    the first full repetition, beyond the hold asked for: the wearer has settled anew, and the pose is looked at again."""
    told_s: float = 0.5
    """What falls short and began sooner after the pose was accepted was settling: nobody reacts so soon."""
    far_deg: float = 1.5
    far_share: float = 0.1
    """Of the range: within the larger of these the limb has stayed at its far end."""
    far_s: float = 0.5
    """Staying there for so long is holding."""
    returning_deg: float = 3.0
    returning_share: float = 0.12
    """Likewise: further from its furthest it is on the way back."""
    gap_s: float = 0.5
    """Longer without a sample is time unseen."""
    unheard_s: float = 60.0
    """Longer ends the set."""


@dataclass(slots=True, kw_only=True)
class GuidedState:
    """What is carried from row to row."""

    begun: StartSet
    started: HostNs
    side: Side
    phase: Phase = Phase.POSE
    held: Held = field(default_factory=Held)
    start: Start | None = None
    placement: Placement | None = None
    """The newest until the set starts; then it stays, so that no angle jumps."""
    refused: str = ""
    refused_ns: int = 0
    begun_ns: int = 0
    """When a start pose was accepted."""
    slid: bool = False
    """The wearer insisted on a pose that only a strap that slid round the thigh can explain."""
    movements: MovementState = field(default_factory=MovementState)
    holds: HoldState = field(default_factory=HoldState)
    repetitions: list[Repetition] = field(default_factory=list)
    last_ns: int
    """Of the row before this one."""
    unseen_ns: int = 0
    settled: bool = False
    """A repetition, or a hold, was done from this pose."""
    zero_deg: float = 0.0
    """Where the thigh lay before the first repetition, from the accepted pose: people still settle then."""
    near: Up | None = None
    """Up at the start of the movement that goes on; and how far moved that was."""
    near_deg: float = 0.0
    moved_deg: float = nan
    trusted: bool = False
    rows: int = 0
    """Since the last repetition; and those that were trusted."""
    trusted_rows: int = 0
    far: Up | None = None
    """Up at the far end of the movement that goes on."""
    far_deg: float = 0.0
    far_ns: int = 0
    """Since when it is there, give or take what a far end shakes."""
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is known at one sample."""

    t_ns: int
    up: Up
    """In the thigh's frame where that is `known`, else in the sensor's."""
    known: bool
    doubted: bool
    """The frame is the best there is, and may be of an earlier strap-on."""
    steady: bool
    """Up is trusted."""
    trusted: bool
    """And so is the thigh's angle."""


@dataclass(slots=True, kw_only=True)
class Brought:
    """What rows brought."""

    poses: list[PoseChecked] = field(default_factory=list)
    repetitions: list[Repetition] = field(default_factory=list)

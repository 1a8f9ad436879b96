"""A thigh that exercises, drawn by hand: where up is in its frame, along a path of poses, seen by a sensor in any mounting."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from hipmonitor.core.arrays import Floats, Quats, Vec3s
from hipmonitor.core.exercise import BY_NAME, ExerciseBlock, ExerciseParams, ExerciseRoom, Repetition, SetResult
from hipmonitor.core.exercises import Exercise, Target
from hipmonitor.core.frames import inverse, rotate, tilt_from_up
from hipmonitor.core.inbound import Action, EndSet, StartSet, UserAction
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.orientation import OrientationBlock
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.settings import Side
from hipmonitor.core.thigh import Placement, PlacementMethod, ThighBlock
from tests.core.builders import about, activity, at, imu

RATE_HZ = 50.0
MOUNTED = about((1, 2, -1), 130)
"""thigh_from_sensor."""
Pose = tuple[float, float]
"""(from upright, kneecap turned to the right), degrees: (0, 0) stands, (90, 0) sits, (90, 90) lies on the left side, with the
right leg on top; (140, 0) lies on the back with the knee up, (-70, 0) is the thigh behind a kneeling body."""


def up_of(poses: Sequence[Pose] | Floats) -> Vec3s:
    """(n, 3) up in the thigh frame: tip it forward, then turn it about its long axis."""
    tipped, turned = np.deg2rad(np.asarray(poses, np.float64)).T
    return np.stack([np.sin(tipped) * np.cos(turned), np.cos(tipped), np.sin(tipped) * np.sin(turned)], axis=1)


@dataclass(kw_only=True)
class Path:
    """Where the thigh goes, pose by pose."""

    at: Pose
    rate_hz: float = RATE_HZ
    rows: list[Pose] = field(default_factory=list)

    def stay(self, seconds: float) -> Path:
        """Keep the pose."""
        self.rows += [self.at] * round(seconds * self.rate_hz)
        return self

    def go(self, to: Pose, seconds: float) -> Path:
        """Move there, with half a sine of speed."""
        n = max(1, round(seconds * self.rate_hz))
        share = 0.5 - 0.5 * np.cos(np.pi * np.arange(1, n + 1) / n)
        start, end = np.array(self.at), np.array(to)
        self.rows += [(float(a), float(b)) for a, b in start + share[:, None] * (end - start)]
        self.at = to
        return self

    def there_and_back(
        self, to: Pose, *, up: float = 1.0, hold: float = 0.5, down: float = 1.0, rest: float = 0.5
    ) -> Path:
        """One repetition."""
        home = self.at
        return self.go(to, up).stay(hold).go(home, down).stay(rest)

    @property
    def seconds(self) -> float:
        """So far."""
        return len(self.rows) / self.rate_hz


@dataclass(frozen=True, kw_only=True, eq=False)
class Stream:
    """What the room is fed: rows, the actions of the wearer, decided seconds."""

    imu: ImuBlock
    orientation: OrientationBlock
    thigh: ThighBlock
    actions: tuple[UserAction, ...] = ()
    activity: ActivityBlock = field(default_factory=lambda: activity([]))

    def __len__(self) -> int:
        return len(self.imu)


def stream(
    poses: Sequence[Pose] | Floats,
    *,
    actions: Iterable[tuple[float, Action]] = (),
    placed: Quats | None = MOUNTED,
    sd_deg: float = 2.0,
    trusted: bool = True,
    tremor_deg: float = 0.0,
    rate_hz: float = RATE_HZ,
    kinds: Sequence[ActivityKind] = (),
) -> Stream:
    """Rows of a sensor that is mounted oddly; `placed` is what is believed of the mounting."""
    bent = np.asarray(poses, np.float64).copy()
    t = np.arange(len(bent)) / rate_hz
    bent[:, 0] += tremor_deg * np.sin(2 * np.pi * 5.3 * t)
    bent[:, 1] += tremor_deg * np.sin(2 * np.pi * 4.7 * t)
    up = up_of(bent)
    sensed = rotate(inverse(MOUNTED), up)
    block = imu(9.80665 * sensed, np.zeros_like(sensed), rate_hz=rate_hz)
    n, nan = len(block), np.full(len(block), np.nan)
    believed = Placement(
        since=at(0),
        thigh_from_sensor=MOUNTED if placed is None else placed,
        method=PlacementMethod.GIVEN,
        sd_deg=sd_deg,
    )
    return Stream(
        imu=block,
        orientation=OrientationBlock(
            t_ns=block.t_ns,
            world_from_sensor=tilt_from_up(sensed),
            at_rest=np.zeros(n, np.bool_),
            trusted=np.ones(n, np.bool_),
        ),
        thigh=ThighBlock(
            t_ns=block.t_ns,
            thigh_flexion_deg=nan,
            thigh_inclination_deg=nan,
            thigh_roll_deg=nan,
            trusted=np.full(n, trusted),
            sd_deg=np.full(n, sd_deg if placed is not None else np.inf),
            placements=() if placed is None else (believed,),
        ),
        actions=tuple(UserAction(at=at(second), action=action) for second, action in actions),
        activity=activity(kinds),
    )


def without(whole: Stream, begin_s: float, lasting_s: float) -> Stream:
    """The same, with time of which nothing came."""
    since = (whole.imu.t_ns - at(0)) / NS_PER_S
    return picked(whole, np.flatnonzero((since < begin_s) | (since >= begin_s + lasting_s)))


def picked(whole: Stream, rows: slice | np.ndarray) -> Stream:
    """Some of the rows, without actions; placements go with the first row."""
    first = 0 in np.arange(len(whole))[rows][:1]
    columns = ("t_ns", "acc_mps2", "gyr_radps", "measured", "clipped", "index", "segment", "lost_deg", "doubt")
    block = replace(whole.imu, **{name: getattr(whole.imu, name)[rows] for name in columns})
    orientation = replace(
        whole.orientation,
        **{
            name: getattr(whole.orientation, name)[rows] for name in ("t_ns", "world_from_sensor", "at_rest", "trusted")
        },
    )
    angles = ("thigh_flexion_deg", "thigh_inclination_deg", "thigh_roll_deg", "trusted", "sd_deg")
    thigh = replace(
        whole.thigh,
        t_ns=block.t_ns,
        placements=whole.thigh.placements if first else (),
        **{name: getattr(whole.thigh, name)[rows] for name in angles},
    )
    return replace(whole, imu=block, orientation=orientation, thigh=thigh)


@dataclass(kw_only=True)
class Seen:
    """All that came out."""

    blocks: list[ExerciseBlock]
    room: ExerciseRoom

    @property
    def repetitions(self) -> list[Repetition]:
        return [one for block in self.blocks for one in block.repetitions]

    @property
    def results(self) -> list[SetResult]:
        return [one for block in self.blocks for one in block.results]

    @property
    def result(self) -> SetResult:
        (one,) = self.results
        return one

    @property
    def sentences(self) -> list[str]:
        return [pose.sentence for block in self.blocks for pose in block.poses]

    @property
    def accepted(self) -> bool:
        return any(pose.accepted for block in self.blocks for pose in block.poses)


def seen(
    whole: Stream, *, side: Side = "right", at_rows: Iterable[int] = (), flush: bool = False, moves: bool = False
) -> Seen:
    """What the room makes of it; cut at actions and at these rows. `moves`: saved and loaded at every cut."""
    room = ExerciseRoom(ExerciseParams(side=side))
    action_rows = np.searchsorted(whole.imu.t_ns, [event.at for event in whole.actions]).tolist()
    blocks: list[ExerciseBlock] = []
    edges = sorted({0, len(whole), *at_rows, *action_rows})
    decided = whole.activity
    for a, b in pairwise(edges):
        part = picked(whole, slice(a, b))
        due = [event for event, row in zip(whole.actions, action_rows, strict=True) if row == a]
        last = b == len(whole)
        block = room.step(
            part.imu,
            part.orientation,
            part.thigh,
            decided if last else decided.rows(slice(0, 0)),
            due,
            flush=flush and last,
        )
        blocks.append(block)
        if moves:
            room = ExerciseRoom(room.params, pickle.loads(pickle.dumps(room.state)))  # noqa: S301 - our own bytes
    late = [event for event, row in zip(whole.actions, action_rows, strict=True) if row == len(whole)]
    empty = picked(whole, slice(len(whole), len(whole)))
    if late:
        blocks.append(room.step(empty.imu, empty.orientation, empty.thigh, decided.rows(slice(0, 0)), late))
    return Seen(blocks=blocks, room=room)


def begin(name: str | Exercise, second: float = 0.0, *, number: int = 1, **changed: float) -> tuple[float, Action]:
    """The wearer begins a set of an exercise of ours, with the preset target, or a changed one."""
    exercise = BY_NAME[name] if isinstance(name, str) else name
    target: Target = replace(exercise.target, **changed)
    return second, StartSet(exercise=exercise, target=target, number=number)


def end(second: float) -> tuple[float, Action]:
    """The wearer ends it."""
    return second, EndSet()

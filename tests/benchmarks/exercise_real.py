"""Sets of real people: leg lifts and thigh cycles in two recordings, counted beside what was counted by hand.

By hand: the angle of the thigh against its own quiet standing (signed, in the plane in which it moves most; device quaternions of
the first file, plain VQF of the second one) was drawn on paper ten to fifteen seconds at a time and every swing ticked off.

- `xio_lower_body` (19 s; somebody stands, walks a few steps, lifts each knee high once, walks on and turns): knees lifted beyond
  45 degrees: left 1 (82 degrees at 6.4 s), right 1 (90 degrees at 4.9 s). Every swing forward of 15 degrees or more, steps among
  them: left 8 (at 2.9, 3.9, 5.0, 6.4, 7.7, 8.7, 10.5 and 11.6 s), right 6 (at 2.4, 3.6, 4.9, 6.4, 10.0 and 11.2 s).
- `qmt_full_body` from 52 s on (quiet, then 44 s of brisk walking with a turn at 75 s and one at the end): thigh cycles right 46, from
  55.6 to 99.2 s; left 46, of which the two at the turns (75.5 and 99.6 s) are small: about 20 degrees, the others 45 to 60.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from hipmonitor.core.arrays import Floats, Vec3s
from hipmonitor.core.exercise import Effort
from hipmonitor.core.exercises import Exercise, Sees
from hipmonitor.core.inbound import EndSet, HoldPose, Pose, StartSet, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.core.settings import Settings, Side
from hipmonitor.runtime.drive import drive_through
from hipmonitor.runtime.slabs import Arrays, array_slabs, checked
from tests.benchmarks.angles_simulated import G_MPS2, START_NS, with_actions
from tests.benchmarks.exercise_scored import Heard

LEGS: tuple[Side, Side] = ("left", "right")
LIFTED_DEG, SWUNG_DEG = 45.0, 15.0
STANDS_S, TIMES = 1.4, 5
"""The first file's quiet beginning is played so many times over, to have the time that a calibration asks for."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One set of a real person."""

    what: str
    ours: int
    by_hand: int
    least: int
    """Of the count by hand, where some swings are small."""

    @property
    def right(self) -> bool:
        """Within one."""
        return self.least - 1 <= self.ours <= self.by_hand + 1


def counted(data: Path, free: Exercise) -> list[Counted]:
    """Both recordings, both legs."""
    return [row for side in LEGS for row in (*_lifts(data, side, free), _cycles(data, side, free))]


def _lifts(data: Path, side: Side, free: Exercise) -> list[Counted]:
    arrays = _xio(data / "body" / "xio_lower_body" / f"{side}_upper_leg" / "Inertial.csv")
    lead_s = STANDS_S * (TIMES - 1)
    high = replace(free, name="knee_lift", sees=Sees.FLEXION, least_deg=30.0)
    actions = [(0.1, HoldPose(pose=Pose.STAND)), *_set(high, LIFTED_DEG, lead_s - 0.5, lead_s + 16.0)]
    swings = [(0.1, HoldPose(pose=Pose.STAND)), *_set(free, SWUNG_DEG, lead_s - 0.5, lead_s + 16.0)]
    lifts, swung = _full(arrays, side, actions), _full(arrays, side, swings)
    return [
        Counted(what=f"xio, {side}: knees lifted beyond {LIFTED_DEG:g} deg", ours=lifts, by_hand=1, least=1),
        Counted(
            what=f"xio, {side}: swings of {SWUNG_DEG:g} deg, free set",
            ours=swung,
            by_hand={"left": 8, "right": 6}[side],
            least={"left": 8, "right": 6}[side],
        ),
    ]


def _cycles(data: Path, side: Side, free: Exercise) -> Counted:
    file = np.load(data / "body" / "qmt_full_body.npz")
    name = f"upper_leg_{side}"
    acc, gyr = (np.ascontiguousarray(file[f"{name}_{what}"], np.float64) for what in ("acc", "gyr"))
    arrays = _arrays(np.arange(len(acc)) / 100.0, acc, gyr)
    poses = [(0.2, HoldPose(pose=Pose.STAND)), (14.0, HoldPose(pose=Pose.SIT))]
    ours = _full(arrays, side, [*poses, *_set(free, 0.0, 52.5, 99.9)])
    return Counted(
        what=f"qmt, {side}: thigh cycles, free set", ours=ours, by_hand=46, least={"left": 44, "right": 46}[side]
    )


def _full(arrays: Arrays, side: Side, said: list[tuple[float, HoldPose | StartSet | EndSet]]) -> int:
    """Full repetitions of a set."""
    sink = Heard()
    actions = tuple(UserAction(at=HostNs(START_NS + round(s * NS_PER_S)), action=action) for s, action in said)
    drive_through(with_actions(array_slabs(arrays, Settings(side=side)), actions), Pipeline(), [sink])
    return sum(one.effort is Effort.FULL for one in sink.repetitions)


def _set(exercise: Exercise, range_deg: float, from_s: float, until_s: float) -> list[tuple[float, StartSet | EndSet]]:
    target = replace(exercise.target, range_deg=range_deg, repetitions=0)
    return [(from_s, StartSet(exercise=exercise, target=target)), (until_s, EndSet())]


def _xio(path: Path) -> Arrays:
    rows = np.genfromtxt(path, delimiter=",", skip_header=1)
    stands = rows[(rows[:, 0] - rows[0, 0]) / 1e6 < STANDS_S]
    played = np.concatenate([*[stands] * (TIMES - 1), rows])
    step_s = float(np.median(np.diff(rows[:, 0]))) / 1e6
    t_s = np.concatenate([np.arange(len(stands) * (TIMES - 1)) * step_s, (rows[:, 0] - rows[0, 0]) / 1e6])
    t_s[len(stands) * (TIMES - 1) :] += len(stands) * (TIMES - 1) * step_s
    return _arrays(t_s, played[:, 4:7] * G_MPS2, np.radians(played[:, 1:4]))


def _arrays(t_s: Floats, acc_mps2: Vec3s, gyr_radps: Vec3s) -> Arrays:
    t_ns = START_NS + np.rint(t_s * NS_PER_S).astype(np.int64)
    return checked(acc_mps2=acc_mps2, gyr_radps=gyr_radps, rate_hz=None, t_ns=t_ns)

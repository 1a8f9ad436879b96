"""Somebody who exercises, told second by second: the thigh's way is given, the exercise room is the real one."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.arrays import Floats
from hipmonitor.core.exercise import BY_NAME, ExerciseParams, ExerciseRoom
from hipmonitor.core.exercises import Exercise, Sees
from hipmonitor.core.inbound import (
    Action,
    DaySoFar,
    EndSet,
    LinkChange,
    LinkState,
    PauseSet,
    RateSet,
    RestOfDay,
    ResumeSet,
    StartSet,
    UserAction,
)
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import Marked, Products
from hipmonitor.core.settings import Settings
from hipmonitor.ui.view_model import SourceKind
from tests.ui.dashboard_lived import LivedFeed
from tests.ui.lived import _activity, _products, _thigh, guided_placement

OF_SETS = (StartSet, PauseSet, ResumeSet, EndSet, RestOfDay, DaySoFar)
START = {
    "clam_raise": (90.0, -90.0),
    "banded_side_lying_leg_raise": (90.0, -90.0),
    "bridge": (130.0, 0.0),
    "squat": (4.0, 0.0),
    "seated_hip_flexor_stretch": (82.0, 0.0),
    "free_set": (2.0, 0.0),
}
"""Inclination and roll out of the start pose, of a left leg."""
HZ = 50
STRAP = 0.8
"""Share of the thigh's turn about itself that a sensor on its strap follows."""


def up_at(exercise: Exercise, moved_deg: Floats) -> Floats:
    """The world's up in the thigh's frame, so far from the start pose; shape (n, 3)."""
    incline, roll = START[exercise.name]
    way = -1.0 if exercise.sees in {Sees.EXTENSION, Sees.FALLING} else 1.0
    rolls = np.full_like(moved_deg, roll) + (STRAP * moved_deg if exercise.sees is Sees.ROLL_OUT else 0.0)
    inclines = np.full_like(moved_deg, incline) + (0.0 if exercise.sees is Sees.ROLL_OUT else way * moved_deg)
    i, r = np.deg2rad(inclines), np.deg2rad(rolls)
    return np.column_stack([np.sin(i) * np.cos(r), np.cos(i), np.sin(i) * np.sin(r)])


def world_from_thigh(up: Floats) -> Floats:
    """The shortest turn that brings up to where it is in the world."""
    q = np.column_stack([1 + up[:, 2], up[:, 1], -up[:, 0], np.zeros(len(up))])
    upside_down = np.linalg.norm(q, axis=1) < 1e-6
    q[upside_down] = (0.0, 1.0, 0.0, 0.0)
    unit: Floats = q / np.linalg.norm(q, axis=1, keepdims=True)
    return unit


class Exercising(LivedFeed):
    """A session with the real exercise room in it."""

    def __init__(self, settings: Settings | None = None, source: SourceKind = SourceKind.LIVE) -> None:
        self.room = ExerciseRoom(ExerciseParams(side="left"))
        self.exercise = BY_NAME["squat"]
        self.trusted = True
        super().__init__(settings or Settings(side="left", set_by="me", confirmed=True), source)

    def act(self, action: Action) -> None:  # type: ignore[override]
        """Sets are the room's."""
        if not isinstance(action, OF_SETS):
            if isinstance(action, RateSet):
                self.acted.append(action)
                self.view.record([UserAction(at=self.now, action=action)])
            else:
                super().act(action)
            return
        self.acted.append(action)
        event = UserAction(at=self.now, action=action)
        self.view.record([event])
        if isinstance(action, StartSet) and action.exercise.name in START:
            self.exercise = action.exercise
        piece = _products(_thigh(self.now, 0.0, rows=0), _activity(self.now, None))
        block = self.room.step(piece.imu, piece.orientation, piece.thigh, piece.activity, [event], civil=self._civil)
        super()._tell((replace(piece, exercise=block),))

    def _tell(
        self, pieces: tuple[Products, ...], links: tuple[LinkChange, ...] = (), marks: tuple[Marked, ...] = ()
    ) -> None:
        super()._tell(tuple(self._with_sets(piece) for piece in pieces), links, marks)

    def _with_sets(self, piece: Products) -> Products:
        """As the room sees it; a piece that says no more than an angle is one of a thigh that flexes."""
        if piece.orientation.world_from_sensor.shape[0] and not np.any(piece.orientation.world_from_sensor[:, 1:]):
            f = np.deg2rad(np.nan_to_num(piece.thigh.thigh_flexion_deg))
            up = np.column_stack([np.sin(f), np.cos(f), np.zeros(len(f))])
            piece = replace(piece, orientation=replace(piece.orientation, world_from_sensor=world_from_thigh(up)))
        block = self.room.step(piece.imu, piece.orientation, piece.thigh, piece.activity, civil=self._civil)
        return replace(piece, exercise=block)

    # --- what the thigh does --------------------------------------------------------------------------------------------
    def place(self) -> None:
        """The sensor is calibrated."""
        thigh = _thigh(self.now, 4.0, placements=(guided_placement(self.now),))
        self._second(thigh, ActivityKind.STAND, 0)
        self.now = HostNs(self.now + NS_PER_S)

    def move(self, moved_deg: Floats, *, sd_deg: float = 2.5) -> None:
        """These angles from the start pose, at HZ a second."""
        for k in range(0, len(moved_deg), HZ):
            up = up_at(self.exercise, moved_deg[k : k + HZ])
            thigh = _thigh(self.now, 0.0, rows=len(up), sd_deg=sd_deg, trusted=self.trusted)
            thigh = replace(
                thigh,
                t_ns=self.now + np.arange(len(up), dtype=np.int64) * (NS_PER_S // HZ),
                thigh_flexion_deg=np.rad2deg(np.arctan2(up[:, 0], up[:, 1])),
                thigh_inclination_deg=np.rad2deg(np.arccos(np.clip(up[:, 1], -1, 1))),
            )
            piece = _products(thigh, _activity(self.now, ActivityKind.STAND if len(up) == HZ else None))
            turned = replace(piece.orientation, world_from_sensor=world_from_thigh(up))
            self._tell((replace(piece, orientation=turned, imu=replace(piece.imu, rate_hz=float(HZ))),))
            self.now = HostNs(self.now + len(up) * NS_PER_S // HZ)

    def hold(self, seconds: float, moved_deg: float = 0.0) -> None:
        """Quiet."""
        self.move(np.full(round(seconds * HZ), moved_deg))

    def settle(self) -> None:
        """Into the start pose, as a body gets there: not at once."""
        self.go(40.0, 0.0, 1.5)
        self.hold(3.0)

    def repetition(
        self, range_deg: float, up_s: float = 1.2, hold_s: float = 1.0, down_s: float = 2.0, rest_s: float = 0.6
    ) -> None:
        """There and back."""
        self.go(0.0, range_deg, up_s)
        self.hold(hold_s, range_deg)
        self.go(range_deg, 0.0, down_s)
        self.hold(rest_s)

    def go(self, start_deg: float, end_deg: float, seconds: float) -> None:
        """Smoothly from one angle to another."""
        n = max(1, round(seconds * HZ))
        self.move(np.array([start_deg + (end_deg - start_deg) * (1 - cos(pi * (k + 1) / n)) / 2 for k in range(n)]))


def streaming(source: SourceKind = SourceKind.LIVE) -> Exercising:
    """A calibrated sensor that sends; the wearer stands."""
    lived = Exercising(source=source)
    lived.link(LinkState.STREAMING, "The sensor is sending.")
    lived.place()
    lived.hold(6.0)
    return lived

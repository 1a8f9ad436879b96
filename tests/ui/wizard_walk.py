"""Somebody who follows the wizard: seconds are lived, poses are judged, buttons are clicked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.inbound import Pose
from hipmonitor.core.thigh import Holding, PoseResult
from hipmonitor.ui.dashboard.calibrate.calibrate_view import CalibrateView
from hipmonitor.ui.dashboard.window import Window
from tests.ui.dashboard_lived import LivedFeed, turn
from tests.ui.lived import guided_placement
from tests.ui.sensor_hands import TableHands

UNSURE_DEG = 15.0
SEEN = {
    Pose.STAND: (ActivityKind.STAND, 3.0),
    Pose.LIFT: (ActivityKind.STAND, 60.0),
    Pose.SIT: (ActivityKind.SIT, 82.0),
}


class Walk:
    """One calibration."""

    def __init__(self, window: Window, lived: LivedFeed) -> None:
        window.sessions.choice = replace(window.choice, sensors=TableHands(lived))
        window.open_view("calibrate")
        view = window.view
        assert isinstance(view, CalibrateView)
        self.window, self.lived, self.view = window, lived, view
        self.pose = Pose.STAND
        self.sd_deg = UNSURE_DEG
        self.live(2)

    def live(self, seconds: int, **brings: Any) -> None:
        """So many seconds in the pose that is due."""
        kind, deg = SEEN[self.pose]
        for _ in range(seconds):
            self.lived.seconds(1, kind, deg, sd_deg=self.sd_deg, **brings)
            turn(self.window)

    def begin(self) -> None:
        self.view.next.click()

    def held(self, done: int, remaining_s: float = 16.0) -> None:
        """The pose was asked for, and so much of it is done."""
        self.live(6)
        holding = Holding(at=self.lived.now, pose=self.pose, done=done, wanted=3, remaining_s=remaining_s)
        self.live(1, holdings=(holding,))

    def judged(self, sentence: str = "", *, accepted: bool = True, sd_deg: float = 2.5) -> None:
        """The pose was held to its end."""
        result = PoseResult(at=self.lived.now, pose=self.pose, accepted=accepted, sentence=sentence or "Taken.")
        placed = (
            (replace(guided_placement(self.lived.now), sd_deg=sd_deg),) if accepted and self.pose is Pose.SIT else ()
        )
        self.sd_deg = sd_deg if placed else self.sd_deg
        self.live(1, poses=(result,), placements=placed)

    def through(self, *poses: Pose) -> None:
        """These poses, each held and accepted."""
        for pose in poses:
            self.pose = pose
            self.held(2)
            self.judged()

    def to(self, pose: Pose, done: int) -> None:
        """From the beginning to the middle of this pose."""
        self.begin()
        order = [Pose.STAND, Pose.LIFT, Pose.SIT]
        self.through(*order[: order.index(pose)])
        self.pose = pose
        self.held(done)

"""What a calibration tells while it goes on, however it was asked for: by a key, a command or a simulated wearer."""

from __future__ import annotations

from collections.abc import Sequence

from hipmonitor.core.inbound import HoldPose, Pose, UserAction
from hipmonitor.core.instants import HostNs, seconds_between
from hipmonitor.core.thigh import PlacementMethod, ThighBlock

SAID_S = 4.0
"""A result stands for this long."""
ASKED_S = 25.0
"""A pose that was never judged is forgotten: the room gives up after 20 s."""
HOLDING = {
    Pose.STAND: "Calibrating: stand still.",
    Pose.LIFT: "Calibrating: lift the knee three times.",
    Pose.SIT: "Calibrating: sit still.",
}


class CalibrationTracker:
    """Follows poses from being asked for to their result."""

    def __init__(self) -> None:
        self._sentence = ""
        self._until_s = 0.0
        self._since = HostNs(0)

    def hear(self, event: UserAction) -> None:
        """The wearer says that they hold a pose."""
        if isinstance(event.action, HoldPose):
            self._say(HOLDING[event.action.pose], event.at, ASKED_S)

    def take(self, thigh: ThighBlock) -> None:
        """Results of poses, and placements from them."""
        for pose in thigh.poses:
            self._say(pose.sentence, pose.at, SAID_S)
        guided: Sequence[float] = [p.sd_deg for p in thigh.placements if p.method is PlacementMethod.GUIDED]
        if guided:
            self._say(f"Calibrated, ± {guided[-1]:.1f}°.", thigh.placements[-1].since, SAID_S)

    def _say(self, sentence: str, at: HostNs, seconds: float) -> None:
        self._sentence, self._since, self._until_s = sentence, at, seconds

    def sentence(self, now: HostNs) -> str:
        """What to say at that moment; empty = nothing."""
        return self._sentence if seconds_between(self._since, now) < self._until_s else ""

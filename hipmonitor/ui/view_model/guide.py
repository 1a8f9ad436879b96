"""A guided calibration, step by step: which pose to hold next, and what to tell the wearer."""

from __future__ import annotations

from enum import StrEnum

from hipmonitor.core.inbound import Pose
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.thigh import Placement, PlacementMethod, PoseResult

MOVING_S = 5.0
"""Time to read a step and get into its pose, before it is asked for."""
TRIES = 2
"""After so many seated poses that do not fit, the standing one may be the wrong one: both are taken anew."""


class Step(StrEnum):
    """Where a calibration stands."""

    STAND = "stand"
    SIT = "sit"
    DONE = "done"


INSTRUCTIONS = {
    Step.STAND: "Stand still for three seconds, both feet on the ground.",
    Step.SIT: "Now sit down on a chair, thigh about level, and keep still for three seconds.",
    Step.DONE: "Calibrated.",
}


class GuidedCalibration:
    """Reads pose results and says which pose comes next. `take` what the pipeline brings; ask `next_pose`."""

    def __init__(self) -> None:
        self.step = Step.STAND
        self.last: PoseResult | None = None
        self.placement: Placement | None = None
        self._to_ask: Pose | None = Pose.STAND
        self._ask_from: HostNs | None = None
        self._refused = 0

    def take(self, update: HipUpdate) -> None:
        """One update."""
        for piece in update.pieces:
            for result in piece.thigh.poses:
                self._judged(result)
            for placement in piece.thigh.placements:
                if placement.method is PlacementMethod.GUIDED:
                    self.placement, self.step, self._to_ask = placement, Step.DONE, None

    def _judged(self, result: PoseResult) -> None:
        self.last = result
        self._refused = 0 if result.accepted else self._refused + 1
        if result.accepted and result.pose is Pose.STAND:
            self.step = Step.SIT
        elif self._refused >= TRIES:
            self.step, self._refused = Step.STAND, 0
        self._to_ask = Pose.STAND if self.step is Step.STAND else Pose.SIT
        self._ask_from = _after(result.at)

    def next_pose(self, now: HostNs) -> Pose | None:
        """The pose to be asked for now; each once, until it is judged."""
        if self._ask_from is None:
            self._ask_from = _after(now)
        if now < self._ask_from:
            return None
        pose, self._to_ask = self._to_ask, None
        return pose

    @property
    def instruction(self) -> str:
        """One sentence; what the last try came to stands before it."""
        again = f"{self.last.sentence} " if self.last and not self.last.accepted else ""
        if self.step is Step.DONE and self.placement is not None:
            return f"Calibrated, ± {self.placement.sd_deg:.1f}°."
        return again + INSTRUCTIONS[self.step]


def _after(at: HostNs) -> HostNs:
    return HostNs(at + round(MOVING_S * NS_PER_S))

"""A guided calibration, step by step: which pose to hold next, and what to tell the wearer."""

from __future__ import annotations

from enum import StrEnum

from hipmonitor.core.inbound import Pose
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.thigh import Placement, PlacementMethod, PoseResult


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
        if result.accepted and result.pose is Pose.STAND:
            self.step = Step.SIT
        self._to_ask = Pose.STAND if self.step is Step.STAND else Pose.SIT

    def next_pose(self) -> Pose | None:
        """The pose to be asked for now; each once, until it is judged."""
        pose, self._to_ask = self._to_ask, None
        return pose

    @property
    def instruction(self) -> str:
        """One sentence; what the last try came to stands before it."""
        again = f"{self.last.sentence} " if self.last and not self.last.accepted else ""
        if self.step is Step.DONE and self.placement is not None:
            return f"Calibrated, ± {self.placement.sd_deg:.1f}°."
        return again + INSTRUCTIONS[self.step]

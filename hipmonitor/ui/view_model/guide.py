"""A guided calibration, step by step: which pose to hold next, and what to tell the wearer."""

from __future__ import annotations

from enum import StrEnum

from hipmonitor.core.inbound import Pose
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.thigh import SWAPPED, Holding, Placement, PlacementMethod, PoseResult

MOVING_S = 5.0
"""Time to read a step and get into its pose, before it is asked for."""
TRIES = 2
"""After so many seated poses that do not fit, the standing one may be the wrong one: all are taken anew. After so many lifts
that were not seen, a wearer who cannot lift the knee sits down without."""


class Step(StrEnum):
    """Where a calibration stands."""

    STAND = "stand"
    LIFT = "lift"
    SIT = "sit"
    DONE = "done"


NEXT = {Step.STAND: Step.LIFT, Step.LIFT: Step.SIT}
INSTRUCTIONS = {
    Step.STAND: "Stand still for three seconds, both feet on the ground.",
    Step.LIFT: "Now lift the knee to hip height and back, three times, without hurry.",
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
        self.holding: Holding | None = None
        self._held = False
        """A pose that was asked for was given up: what is said of it counts no more."""

    def go_to(self, step: Step) -> None:
        """Back, again, or past the lifts: its pose is asked for anew, in time."""
        self.step, self.last, self.holding, self._refused = step, None, None, 0
        self._to_ask, self._ask_from, self._held = Pose(step.value), None, True

    def take(self, update: HipUpdate) -> None:
        """One update."""
        for piece in update.pieces:
            self.holding = None if self._held else [self.holding, *piece.thigh.holdings][-1]
            for result in piece.thigh.poses:
                self._judged(result)
            taken = {result.at for result in piece.thigh.poses if result.accepted}
            for placement in piece.thigh.placements:
                if placement.method is PlacementMethod.GUIDED and placement.since in taken:
                    self.placement, self.step, self._to_ask = placement, Step.DONE, None

    def _judged(self, result: PoseResult) -> None:
        if self._held:
            return
        self.last, self.holding = result, None
        self._refused = 0 if result.accepted else self._refused + 1
        lifts_in_vain = result.pose is Pose.LIFT and self._refused >= TRIES
        if result.accepted or lifts_in_vain:
            self.step, self._refused = NEXT.get(Step(result.pose.value), self.step), 0
        elif self._refused >= TRIES or result.sentence == SWAPPED:
            self.step, self._refused = Step.STAND, 0
        self._to_ask = Pose(self.step.value)
        self._ask_from = _after(result.at)

    def next_pose(self, now: HostNs) -> Pose | None:
        """The pose to be asked for now; each once, until it is judged."""
        if self._ask_from is None:
            self._ask_from = _after(now)
        if now < self._ask_from:
            return None
        pose, self._to_ask = self._to_ask, None
        self._held = self._held and pose is None
        return pose

    @property
    def instruction(self) -> str:
        """What to do now; what the last try came to stands before it."""
        again = f"{self.last.sentence} " if self.last and not self.last.accepted else ""
        if self.step is Step.DONE and self.placement is not None:
            return f"Calibrated, ± {self.placement.sd_deg:.1f}°."
        return again + INSTRUCTIONS[self.step]

    @property
    def progress(self) -> str:
        """How far the pose that is asked for has come, second by second; empty before it is."""
        h = self.holding
        if h is None or h.pose.value != self.step.value:
            return ""
        what = "lifts" if h.pose is Pose.LIFT else "s held"
        return f"{h.done} of {h.wanted} {what}, {h.remaining_s:.0f} s left."


def _after(at: HostNs) -> HostNs:
    return HostNs(at + round(MOVING_S * NS_PER_S))

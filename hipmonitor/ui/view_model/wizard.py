"""The guided calibration as a wizard: put it on, stand, lift the knee, sit, result. The guide decides; this paces and words it."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from hipmonitor.core.inbound import Pose
from hipmonitor.core.thigh import Placement
from hipmonitor.ui.view_model.glance import Glance
from hipmonitor.ui.view_model.guide import GuidedCalibration, Step
from hipmonitor.ui.view_model.stream_now import MANY_PERCENT, Flow


class Stage(StrEnum):
    """Where the wizard stands."""

    PUT_ON = "put_on"
    STAND = "stand"
    LIFT = "lift"
    SIT = "sit"
    RESULT = "result"


STAGES = tuple(Stage)
STEP_OF = {Stage.STAND: Step.STAND, Stage.LIFT: Step.LIFT, Stage.SIT: Step.SIT}
STAGE_OF = {step: stage for stage, step in STEP_OF.items()} | {Step.DONE: Stage.RESULT}


def steady(glance: Glance) -> bool:
    """Whether data come well enough to calibrate."""
    return glance.stream.flow is Flow.FLOWING and glance.stream.lost_percent < MANY_PERCENT


class Wizard:
    """`turn` it ten times a second; ask for the pose that it returns. `guide` hears the pipeline meanwhile."""

    def __init__(self) -> None:
        self.guide: GuidedCalibration | None = None
        self.without_seat = False
        """Sitting was skipped: movement has to calibrate it."""
        self.without_lifts = False
        self.before: Placement | None = None
        """The calibration before this one, as far as this window knows."""
        self._kept: Placement | None = None
        self._lost = False

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        if self.without_seat:
            return Stage.RESULT
        return Stage.PUT_ON if self.guide is None else STAGE_OF[self.guide.step]

    @property
    def placement(self) -> Placement | None:
        """The result; None until there is one."""
        return None if self.guide is None else self.guide.placement

    @property
    def waiting(self) -> bool:
        """The sensor was lost in the middle of a step: it goes on by itself."""
        return self._lost

    # --- what the wearer does -----------------------------------------------------------------------------------------
    def begin(self) -> GuidedCalibration:
        """The sensor is on: stand still first."""
        self._kept = self.placement or self._kept
        self.before = self._kept
        self.without_seat = self.without_lifts = self._lost = False
        self.guide = GuidedCalibration()
        return self.guide

    def restart(self) -> None:
        """From putting it on; what is in force stays in force."""
        self._kept = self.placement or self._kept
        self.guide, self.without_seat, self._lost = None, False, False

    def repeat(self) -> None:
        """This step again."""
        if self.guide is not None and self.stage in STEP_OF:
            self.guide.go_to(self.guide.step)

    def back(self) -> None:
        """The step before."""
        stage = self.stage
        if stage is Stage.STAND:
            self.restart()
        elif self.guide is not None and stage in {Stage.LIFT, Stage.SIT}:
            self.guide.go_to(Step.STAND if stage is Stage.LIFT or self.without_lifts else Step.LIFT)
            self.without_lifts = False

    def skip(self) -> None:
        """Lifts may be left out; without sitting, movement has to calibrate it."""
        if self.stage is Stage.LIFT and self.guide is not None:
            self.guide.go_to(Step.SIT)
            self.without_lifts = True
        elif self.stage is Stage.SIT:
            self.without_seat = True

    # --- ten times a second -------------------------------------------------------------------------------------------
    def turn(self, glance: Glance) -> Pose | None:
        """The pose to be asked for now. While nothing comes the step holds, and begins anew when data are back."""
        if self.guide is None or self.stage is Stage.RESULT:
            return None
        flowing = glance.stream.flow is Flow.FLOWING
        if self._lost and flowing:
            self.repeat()
        self._lost = not flowing
        return self.guide.next_pose(glance.at) if flowing else None


def turned_deg(before: Placement, after: Placement) -> float:
    """By how much the sensor sits differently: the angle of the rotation between two placements."""
    overlap = abs(float(np.sum(before.thigh_from_sensor * after.thigh_from_sensor)))
    return float(np.rad2deg(2 * np.arccos(min(1.0, overlap))))

"""What the Calibrate view shows at one moment, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from hipmonitor.core.inbound import Pose
from hipmonitor.ui.view_model.figure_pose import FigurePose, FigureState, figure_pose
from hipmonitor.ui.view_model.glance import Glance
from hipmonitor.ui.view_model.wizard import STAGES, Stage, Wizard, steady, turned_deg
from hipmonitor.ui.view_model.wizard_checks import PARAMS, Check, Hold, checks_of, figures_of, hold_of
from hipmonitor.ui.view_model.zone import Zone

GOOD_DEG, USABLE_DEG = 3.0, 6.0
"""Of the calibration's standard deviation: words of the verdict."""
NOTABLE_DEG = 10.0
"""A change since the last calibration that is worth a sentence: the strap has moved, or was put on anew."""
POSE_DEG = {Stage.PUT_ON: 0.0, Stage.STAND: 0.0, Stage.LIFT: 80.0, Stage.SIT: 82.0, Stage.RESULT: 82.0}
"""How the figure shows what is to be done while the angle is not known."""
TARGETS_DEG: dict[Stage, tuple[float, float]] = {
    Stage.STAND: (-10.0, 10.0),
    Stage.LIFT: (PARAMS.lifts.up_deg, 130.0),
    Stage.SIT: (PARAMS.apart_deg[0], 130.0),
}
"""What counts, as far as the gauge reaches."""
WORDS = {Stage.PUT_ON: "Put it on", Stage.STAND: "Stand still", Stage.LIFT: "Lift knee", Stage.SIT: "Sit still"} | {
    Stage.RESULT: "Result"
}
TITLES = {
    Stage.PUT_ON: "Put the sensor on",
    Stage.STAND: "Stand upright and keep still",
    Stage.LIFT: "Lift the knee three times",
    Stage.SIT: "Sit upright and keep still",
}
HELP = {
    Stage.PUT_ON: "On the thigh, about a hand above the knee; any way round. Strap it so that it does not slide.",
    Stage.STAND: "Both feet on the ground, weight on both. Three seconds are enough.",
    Stage.LIFT: "To hip height and back, straight ahead, without hurry. Hold on to something if you like.",
    Stage.SIT: "Feet flat and hip-width apart, thigh about level. Three seconds are enough.",
}
WAIT = "No data from the sensor. The step holds, and goes on by itself when data are back."
ON_HOLD = "Alerts are on hold until the sensor is calibrated, so a loose zero cannot cause a false one."


class StepState(StrEnum):
    """Of one step in the list."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNow:
    """One of the five."""

    number: int
    word: str
    detail: str
    state: StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Which buttons there are; a reason = shown, but off."""

    back: bool
    repeat: bool
    skip: bool
    next: str
    """Its word; empty = there is none."""
    next_refused: str
    cancel: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WizardNow:
    """The whole view."""

    stage: Stage
    steps: tuple[StepNow, ...]
    title: str
    help: str
    trouble: bool
    """The help line says what to do about a try that did not count."""
    pose: FigurePose
    target_deg: tuple[float, float] | None
    hold: Hold
    checks: tuple[Check, ...]
    figures: tuple[tuple[str, str], ...]
    foot: str
    offers: Offers

    @property
    def line(self) -> str:
        """The state line."""
        number = STAGES.index(self.stage) + 1
        if self.stage is Stage.RESULT:
            return self.title
        held = f": {self.hold.big} {self.hold.small}" if self.hold.big else ""
        return f"Step {number} of {len(STAGES)}. {self.title}{held}."


def wizard_now(wizard: Wizard, glance: Glance) -> WizardNow:
    """Everything of a moment."""
    stage = wizard.stage
    title, words, trouble = _instruction(wizard, glance)
    return WizardNow(
        stage=stage,
        steps=_steps(wizard),
        title=title,
        help=words,
        trouble=trouble,
        pose=_pose(stage, glance),
        target_deg=TARGETS_DEG.get(stage),
        hold=hold_of(wizard, glance),
        checks=checks_of(wizard, glance),
        figures=figures_of(wizard, glance),
        foot="" if glance.angle.calibrated else ON_HOLD,
        offers=_offers(wizard, glance),
    )


# --- words --------------------------------------------------------------------------------------------------------------
def _instruction(wizard: Wizard, glance: Glance) -> tuple[str, str, bool]:
    """Title, help, and whether the help is about a try that did not count."""
    stage = wizard.stage
    if stage is Stage.RESULT:
        return *verdict(wizard, glance), False
    if wizard.waiting:
        return TITLES[stage], WAIT, True
    last = wizard.guide.last if wizard.guide is not None else None
    if last is None or last.accepted or (last.pose is Pose.LIFT and stage is Stage.SIT):
        return TITLES[stage], HELP[stage], False
    return TITLES[stage], last.sentence, True


def verdict(wizard: Wizard, glance: Glance) -> tuple[str, str]:
    """The result in words, and one thing to know."""
    placement = wizard.placement
    if placement is None:
        spread = "" if glance.angle.sd_deg is None else f", now {glance.angle.spread}"
        return (
            "Left to movement",
            f"Walking and sitting calibrate it by and by{spread}. Alerts wait until it is known well enough.",
        )
    sd = placement.sd_deg
    rated = "Good" if sd <= GOOD_DEG else "Usable" if sd <= USABLE_DEG else "Loose"
    advice = "" if sd <= USABLE_DEG else " Tighten the strap, and repeat."
    if wizard.before is not None:
        changed = turned_deg(wizard.before, placement)
        much = "It sits elsewhere than last time" if changed > NOTABLE_DEG else "It sits as last time"
        return f"{rated}: ± {sd:.1f}°", f"{much}: {changed:.0f}° apart.{advice}"
    return f"{rated}: ± {sd:.1f}°", f"In force from now on. Do it again after moving the strap.{advice}"


def _steps(wizard: Wizard) -> tuple[StepNow, ...]:
    now = STAGES.index(wizard.stage)
    details = {
        Stage.PUT_ON: "About a hand above the knee",
        Stage.STAND: "Sets the zero",
        Stage.LIFT: "Finds the bending direction",
        Stage.SIT: "Feet flat, thigh about level",
        Stage.RESULT: "In degrees; you decide",
    }
    skipped = {Stage.LIFT: wizard.without_lifts, Stage.SIT: wizard.without_seat}
    return tuple(
        StepNow(
            number=k + 1,
            word=WORDS[stage],
            detail="Left out" if skipped.get(stage) and k < now else details[stage],
            state=_step_state(k, now, left_out=bool(skipped.get(stage))),
        )
        for k, stage in enumerate(STAGES)
    )


def _step_state(k: int, now: int, *, left_out: bool) -> StepState:
    if k == now:
        return StepState.NOW
    if k > now:
        return StepState.AHEAD
    return StepState.SKIPPED if left_out else StepState.DONE


# --- figure and progress ------------------------------------------------------------------------------------------------
def _pose(stage: Stage, glance: Glance) -> FigurePose:
    """What the sensor says; where that is not known, what is to be done, dashed."""
    now = figure_pose(glance)
    if stage is Stage.RESULT:
        return now
    seated = stage is Stage.SIT
    known = glance.angle.shown_deg is not None
    return replace(
        now,
        state=FigureState.UNCALIBRATED if known else FigureState.UNKNOWN,
        thigh_deg=now.thigh_deg if known else POSE_DEG[stage],
        seated=seated,
        pelvis_back_deg=20.0 * seated,
        trunk_back_deg=8.0 * seated,
        shank_deg=-6.0 if seated else min(0.0, now.thigh_deg if known else 0.0),
        pelvis_measured=False,
        zone=Zone.OK if known else Zone.UNKNOWN,
    )


# --- buttons ------------------------------------------------------------------------------------------------------------
def _offers(wizard: Wizard, glance: Glance) -> Offers:
    stage = wizard.stage
    if stage is Stage.RESULT:
        return Offers(back=False, repeat=True, skip=False, next="Keep", next_refused="", cancel=False)
    if stage is Stage.PUT_ON:
        refused = "" if steady(glance) else "Data must be steady first: see the live checks."
        return Offers(back=False, repeat=False, skip=False, next="Next", next_refused=refused, cancel=True)
    moves = "It moves on by itself once the checks have passed."
    return Offers(back=True, repeat=True, skip=stage is not Stage.STAND, next="Next", next_refused=moves, cancel=True)

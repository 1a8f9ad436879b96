"""What each decision of the plan is called, its sign, and what it means for the day."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.programme import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class StepName:
    """One decision in words; never by colour."""

    word: str
    icon: str
    means: str
    """One sentence."""


STEPS = {
    Step.FORWARD: StepName(word="On to the next phase", icon="forward", means="Today the plan moves on."),
    Step.GO_ON: StepName(word="Go on", icon="right", means="Exercises as planned."),
    Step.HOLD: StepName(word="Hold", icon="hold", means="The same as before, nothing more."),
    Step.STEP_BACK: StepName(
        word="Step back", icon="left", means="A lighter phase until it has been steady for some days."
    ),
    Step.REST: StepName(
        word="Rest", icon="quiet", means="No exercises and no jogging today; ordinary walking is fine."
    ),
    Step.OFF: StepName(
        word="Off for today",
        icon="talk",
        means="Exercises and reminders are off; measuring goes on.",
    ),
}
OVERRULES = (Step.GO_ON, Step.HOLD, Step.STEP_BACK, Step.REST)
"""What a person may decide instead. Leading forward stays with the plan's criteria, and a sign is not overruled."""

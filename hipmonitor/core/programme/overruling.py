"""What the wearer or the physio decided otherwise: followed within bounds, and recorded either way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hipmonitor.core.programme.decision import Overruled, Reason, Step
from hipmonitor.core.programme.morning import Morning

STEP_WORDS: Final = {
    Step.FORWARD: "forward",
    Step.GO_ON: "go on",
    Step.HOLD: "hold",
    Step.STEP_BACK: "step back",
    Step.REST: "rest",
    Step.OFF: "off",
}


def overruled_by(overruled: Overruled, now: Morning, step: Step) -> tuple[Step, Reason]:
    """The step of the day, and how it came about."""
    for applies, instead, why in BOUNDS:
        if applies(overruled, now):
            taken = step if instead is None else instead
            sentence = f"{_who(overruled)} chose {STEP_WORDS[overruled.step]}. {why}"
            return taken, Reason(rule="overruled_within_bounds", leads_to=taken, sentence=sentence)
    sentence = f"{_who(overruled)} chose {STEP_WORDS[overruled.step]}; the table says {STEP_WORDS[step]}."
    return overruled.step, Reason(rule="overruled", leads_to=overruled.step, sentence=sentence)


def _who(overruled: Overruled) -> str:
    return "Your physio" if "physio" in overruled.by else "You"


def _forward(overruled: Overruled, now: Morning) -> bool:
    return overruled.step is Step.FORWARD and not now.plan.confirmed


Bound = tuple[Callable[[Overruled, Morning], bool], Step | None, str]
BOUNDS: tuple[Bound, ...] = (
    (
        lambda _said, now: bool(now.pain.signs),
        Step.OFF,
        "With what you entered today, exercises stay off for the day. Please talk to a clinician.",
    ),
    (_forward, None, "This plan is a template: it leads on once you or your physio have confirmed it."),
    (
        lambda said, now: said.step is Step.FORWARD and now.next_phase is None,
        Step.GO_ON,
        "This is the last phase: it goes on.",
    ),
    (
        lambda said, now: said.step is Step.STEP_BACK and now.index == 0,
        Step.HOLD,
        "This is the first phase: it holds.",
    ),
)
"""When, what is done instead (None: what the table says), and why. The first that applies counts."""

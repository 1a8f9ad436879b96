"""What the wearer or the physio decided otherwise: followed within bounds, and recorded either way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hipmonitor.core.programme.decision import Overruled, Reason, Step
from hipmonitor.core.programme.morning import Morning
from hipmonitor.core.programme.table import CAREFUL

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
        if applies(overruled, now, step):
            taken = step if instead is None else instead
            sentence = f"{_who(overruled)} chose {STEP_WORDS[overruled.step]}. {why}"
            return taken, Reason(rule="overruled_within_bounds", leads_to=taken, sentence=sentence)
    sentence = (
        f"{_who(overruled)} chose {STEP_WORDS[overruled.step]}{_lasts(overruled)}; the table says {STEP_WORDS[step]}."
    )
    return overruled.step, Reason(rule="overruled", leads_to=overruled.step, sentence=sentence)


def _who(overruled: Overruled) -> str:
    return "Your physio" if "physio" in overruled.by else "You"


def _lasts(overruled: Overruled) -> str:
    """A change of phase stays; anything else is for one day, so that it outlives neither a sign nor pain that rises."""
    return "" if overruled.step in {Step.FORWARD, Step.STEP_BACK} else " for today"


def _forward(overruled: Overruled, now: Morning, _step: Step) -> bool:
    return overruled.step is Step.FORWARD and not now.plan.confirmed


def _pain_since(overruled: Overruled, now: Morning, step: Step) -> bool:
    """Said after it was decided; whoever decides knowing of the pain is followed."""
    later = any(each.made_at > overruled.made_at for each in now.days[now.day].check_ins)
    return later and bool(now.rises[now.day]) and CAREFUL.index(overruled.step) > CAREFUL.index(step)


Bound = tuple[Callable[[Overruled, Morning, Step], bool], Step | None, str]
BOUNDS: tuple[Bound, ...] = (
    (
        lambda _said, now, _step: bool(now.pain.signs),
        Step.OFF,
        "With what you entered today, exercises stay off for the day. Please talk to a clinician.",
    ),
    (_pain_since, None, "A later check-in says that symptoms are up: the table decides again."),
    (_forward, None, "This plan is a template: it leads on once you or your physio have confirmed it."),
    (
        lambda said, now, _step: said.step is Step.FORWARD and now.next_phase is None,
        Step.GO_ON,
        "This is the last phase: it goes on.",
    ),
    (
        lambda said, now, _step: said.step is Step.STEP_BACK and now.index == 0,
        Step.HOLD,
        "This is the first phase: it holds.",
    ),
)
"""When, what is done instead (None: what the table says), and why. The first that applies counts."""

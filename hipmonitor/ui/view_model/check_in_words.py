"""A check-in in words: what is asked, the warning signs as one plain list, and what is said to somebody who ticks one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hipmonitor.core.programme import OFF_TODAY, SCALE, WarningSign, signs_listed, what_to_do

QUESTIONS: Final = {
    "stiffness": "Stiffness this morning",
    "pain_rest": "Pain at rest",
    "pain_worst": "Pain at its worst",
    "fatigue": "Fatigue",
    "comfort_before": "Comfort before exercise, 10 is best",
    "comfort_after": "Comfort after exercise, 10 is best",
}
NOTE: Final = "A note, if you like"
HOW: Final = f"Each from {SCALE[0]} to {SCALE[1]}; Enter leaves one out."
SIGNS_ASKED: Final = (
    "Is any of these so? They are asked of everybody, and none of them is guessed from what is measured."
)
SIGNS: Final = {
    WarningSign.SEVERE_PAIN: "Severe pain",
    WarningSign.CANNOT_BEAR_WEIGHT: "The leg cannot bear weight",
    WarningSign.LEG_GIVES_WAY: "The leg gives way",
    WarningSign.NUMBNESS: "Numbness, weakness or tingling that grows",
    WarningSign.NO_IMPROVEMENT: "No improvement over weeks",
    WarningSign.STOPS_WALKING_OR_SLEEP: "Pain that stops walking or sleep",
    WarningSign.FALL_OR_ACCIDENT: "A fall or an accident",
    WarningSign.FEVER_OR_ILL: "Fever, or feeling ill, with hip pain",
    WarningSign.BLADDER_OR_BOWEL: "Loss of bladder or bowel control, or a numb saddle",
    WarningSign.SWOLLEN_HOT_CALF: "A swollen, hot calf",
    WarningSign.HIP_LOCKS: "The hip locks",
}
EARLIER: Final = "If it is still so, check in for today as well: reminders and exercises are then off."


def signs_entered(signs: Sequence[WarningSign], *, today: bool, day: str = "") -> str:
    """What is said to somebody who entered these; `day` names it where it is not today."""
    about = "" if today else f" for {day}"
    return f"You entered {signs_listed(signs)}{about}. {what_to_do(signs)} {OFF_TODAY if today else EARLIER}"

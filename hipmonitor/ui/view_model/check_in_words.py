"""A check-in in words: what is asked, the warning signs as one plain list, and what is said to somebody who ticks one.

Which signs want somebody to look today or now: as physiotherapists are taught to act on them (Finucane et al. 2020, JOSPT 50(7),
350-372, the international framework for red flags; bladder and bowel, and a hot swollen calf, as every such leaflet has them).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hipmonitor.core.programme import SCALE, WarningSign

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
    WarningSign.BLADDER_OR_BOWEL: "Loss of bladder or bowel control, or a numb saddle area",
    WarningSign.SWOLLEN_HOT_CALF: "A swollen, hot calf",
    WarningSign.HIP_LOCKS: "A hip that locks",
}
ENTERED: Final = {
    WarningSign.SEVERE_PAIN: "severe pain",
    WarningSign.CANNOT_BEAR_WEIGHT: "a leg that cannot bear weight",
    WarningSign.LEG_GIVES_WAY: "a leg that gives way",
    WarningSign.NUMBNESS: "numbness",
    WarningSign.NO_IMPROVEMENT: "no improvement",
    WarningSign.STOPS_WALKING_OR_SLEEP: "pain that stops walking or sleep",
    WarningSign.FALL_OR_ACCIDENT: "a fall or an accident",
    WarningSign.FEVER_OR_ILL: "fever or feeling ill",
    WarningSign.BLADDER_OR_BOWEL: "loss of bladder or bowel control, or a numb saddle area",
    WarningSign.SWOLLEN_HOT_CALF: "a swollen, hot calf",
    WarningSign.HIP_LOCKS: "a hip that locks",
}
NOW: Final = "Please have this looked at now: go to an emergency department, or call your local emergency number."
NOW_OFF_THE_LEG: Final = f"Please keep weight off the leg. {NOW.replace('this', 'it')}"
TODAY: Final = "Please have this looked at today: call your doctor, or the service that is open out of hours."
TODAY_CALF: Final = f"{TODAY} If breath is short or the chest hurts as well, call your local emergency number now."
TALK: Final = "Please talk to a clinician."
OFF: Final = "Reminders and exercises are off for today; measuring goes on."
EARLIER: Final = "If it is still so, check in for today as well: reminders and exercises are then off."
ACTS: Final[tuple[tuple[frozenset[WarningSign], str], ...]] = (
    (frozenset({WarningSign.BLADDER_OR_BOWEL}), NOW),
    (frozenset({WarningSign.CANNOT_BEAR_WEIGHT, WarningSign.FALL_OR_ACCIDENT}), NOW_OFF_THE_LEG),
    (frozenset({WarningSign.SWOLLEN_HOT_CALF}), TODAY_CALF),
    (frozenset({WarningSign.FEVER_OR_ILL}), TODAY),
    (frozenset({WarningSign.CANNOT_BEAR_WEIGHT}), TODAY),
    (frozenset(), TALK),
)
"""What to do, by the signs that are all there; the first row that fits."""


def signs_entered(signs: Sequence[WarningSign], *, today: bool, day: str = "") -> str:
    """What is said to somebody who entered these; `day` names it where it is not today."""
    about = "" if today else f" for {day}"
    return f"You entered {signs_listed(signs)}{about}. {what_to_do(signs)} {OFF if today else EARLIER}"


def what_to_do(signs: Sequence[WarningSign]) -> str:
    """One thing."""
    return next(words for wanted, words in ACTS if wanted <= set(signs))


def signs_listed(signs: Sequence[WarningSign]) -> str:
    """In a sentence."""
    words = [ENTERED[sign] for sign in WarningSign if sign in signs]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"

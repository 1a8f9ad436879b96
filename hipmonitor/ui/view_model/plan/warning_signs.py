"""The signs of the table of care as a plain list, and the calm sentence after one was ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hipmonitor.core.programme import SIGN_WORDS, CheckIn, WarningSign

ASKED = "Any of these today?"
NONE_TICKED = "Leave all of them empty where none is there."
SIGN_LABELS = {
    WarningSign.SEVERE_PAIN: "Severe pain",
    WarningSign.CANNOT_BEAR_WEIGHT: "I cannot put weight on the leg",
    WarningSign.LEG_GIVES_WAY: "The leg gives way",
    WarningSign.NUMBNESS: "Numbness, weakness or tingling that grows",
    WarningSign.NO_IMPROVEMENT: "No improvement over weeks",
    WarningSign.STOPS_WALKING_OR_SLEEP: "Pain that stops walking or sleep",
    WarningSign.FALL_OR_ACCIDENT: "A fall or an accident",
    WarningSign.FEVER_OR_ILL: "Fever, or feeling ill with hip pain",
    WarningSign.BLADDER_OR_BOWEL: "Loss of bladder or bowel control, or a numb saddle",
    WarningSign.SWOLLEN_HOT_CALF: "A swollen, hot calf",
    WarningSign.HIP_LOCKS: "The hip locks",
}
TALK = "Please talk to a clinician."
OFF_TODAY = "Exercises and reminders are off for today; measuring goes on."


def signs_of(check_ins: Iterable[CheckIn], day: int) -> tuple[WarningSign, ...]:
    """Of all check-ins about that day, each once, in the order of the list."""
    ticked = {sign for each in check_ins if each.day == day for sign in each.signs}
    return tuple(sign for sign in WarningSign if sign in ticked)


def sign_sentence(signs: Sequence[WarningSign]) -> str:
    """You entered numbness. Please talk to a clinician. ...; empty without a sign."""
    return f"You entered {entered(signs)}. {TALK} {OFF_TODAY}" if signs else ""


def entered(signs: Sequence[WarningSign]) -> str:
    """One after the other; many are counted."""
    words = [SIGN_WORDS[sign] for sign in signs]
    if len(words) > 2:
        return f"{words[0]}, {words[1]} and {len(words) - 2} more"
    return " and ".join(words)

"""What loads, measures and signs are called in a sentence."""

from __future__ import annotations

from typing import Final

from hipmonitor.core.programme.check_in import WarningSign
from hipmonitor.core.programme.plan import Load

LOAD_WORDS: Final = {
    Load.ON_FEET_MIN: "time on your feet",
    Load.WALK_MIN: "walking",
    Load.RUN_MIN: "running",
    Load.CYCLE_MIN: "cycling",
    Load.DEEP_CYCLES: "deep bends",
    Load.SETS: "exercise sets",
    Load.SITTING_MIN: "sitting",
}
SIGN_WORDS: Final = {
    WarningSign.SEVERE_PAIN: "severe pain",
    WarningSign.CANNOT_BEAR_WEIGHT: "that you cannot put weight on the leg",
    WarningSign.LEG_GIVES_WAY: "that the leg gives way",
    WarningSign.NUMBNESS: "numbness",
    WarningSign.NO_IMPROVEMENT: "that it does not get better",
    WarningSign.STOPS_WALKING_OR_SLEEP: "pain that stops walking or sleep",
    WarningSign.FALL_OR_ACCIDENT: "a fall or an accident",
    WarningSign.FEVER_OR_ILL: "fever or feeling ill",
    WarningSign.BLADDER_OR_BOWEL: "loss of bladder or bowel control, or a numb saddle",
    WarningSign.SWOLLEN_HOT_CALF: "a swollen, hot calf",
    WarningSign.HIP_LOCKS: "that the hip locks",
}
"""After "You entered"."""


def amount(load: Load, value: float) -> str:
    """With its unit: "48 min of running", "12 exercise sets"."""
    if load.value.endswith("_min"):
        return f"{value:.0f} min on your feet" if load is Load.ON_FEET_MIN else f"{value:.0f} min of {LOAD_WORDS[load]}"
    return f"{value:.0f} {LOAD_WORDS[load]}"


def and_of(words: tuple[str, ...]) -> str:
    """As "a", "a and b", "a, b and c"."""
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def days_of(count: int) -> str:
    """As "1 day", "3 days"."""
    return "1 day" if count == 1 else f"{count} days"

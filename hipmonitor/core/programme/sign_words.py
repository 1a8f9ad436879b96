"""What is said to somebody who enters a warning sign: one thing to do, and for some of them today, or now.

Which signs cannot wait: as physiotherapists are taught to act on them (Finucane et al. 2020, JOSPT 50(7), 350-372: bladder, bowel and
saddle, infection, fracture), and the swollen hot calf as every such leaflet has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hipmonitor.core.programme.check_in import WarningSign
from hipmonitor.core.programme.words import SIGN_WORDS, and_of

NOW: Final = "Please have this looked at now: go to an emergency department, or call your local emergency number."
NOW_OFF_THE_LEG: Final = (
    "Please keep weight off the leg and have it looked at now: go to an emergency department, "
    "or call your local emergency number."
)
TODAY: Final = "Please have this looked at today: call your doctor, or the service that is open out of hours."
TODAY_CALF: Final = f"{TODAY} If breath is short or the chest hurts as well, call your local emergency number now."
TALK: Final = "Please talk to a clinician."
OFF_TODAY: Final = "Reminders and exercises are off for today; measuring goes on."
ACTS: Final[tuple[tuple[frozenset[WarningSign], str], ...]] = (
    (frozenset({WarningSign.BLADDER_OR_BOWEL}), NOW),
    (frozenset({WarningSign.CANNOT_BEAR_WEIGHT, WarningSign.FALL_OR_ACCIDENT}), NOW_OFF_THE_LEG),
    (frozenset({WarningSign.SWOLLEN_HOT_CALF}), TODAY_CALF),
    (frozenset({WarningSign.FEVER_OR_ILL}), TODAY),
    (frozenset({WarningSign.CANNOT_BEAR_WEIGHT}), TODAY),
    (frozenset(), TALK),
)
"""What to do, by the signs that are all there; the first row that fits."""


def what_to_do(signs: Sequence[WarningSign]) -> str:
    """One thing."""
    return next(words for wanted, words in ACTS if wanted <= set(signs))


def signs_listed(signs: Sequence[WarningSign]) -> str:
    """After "You entered"."""
    return and_of(tuple(words for sign, words in SIGN_WORDS.items() if sign in signs))

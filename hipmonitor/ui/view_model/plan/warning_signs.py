"""Signs of a day: which were entered, and the calm sentence about them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hipmonitor.core.programme import CheckIn, WarningSign, what_to_do
from hipmonitor.ui.view_model.check_in_words import signs_entered

ASKED = "Any of these today?"
NONE_TICKED = (
    "Asked of everybody, and never guessed from what is measured. Leave all of them empty where none is there."
)


def signs_of(check_ins: Iterable[CheckIn], day: int) -> tuple[WarningSign, ...]:
    """Of all check-ins about that day, each once, in the order of the list."""
    ticked = {sign for each in check_ins if each.day == day for sign in each.signs}
    return tuple(sign for sign in WarningSign if sign in ticked)


def sign_sentence(check_ins: Iterable[CheckIn], today: int) -> str:
    """What was entered today and what to do; empty without a sign."""
    signs = signs_of(check_ins, today)
    return signs_entered(signs, today=True) if signs else ""


def sign_title(check_ins: Iterable[CheckIn], today: int) -> str:
    """What to do, in few words; empty without a sign."""
    signs = signs_of(check_ins, today)
    return re.split("[:.]", what_to_do(signs), maxsplit=1)[0] if signs else ""

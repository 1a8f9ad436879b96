"""What each load of a plan is called, and how much of it is said."""

from __future__ import annotations

from hipmonitor.core.programme import LOAD_WORDS, Load
from hipmonitor.ui.view_model.durations import h_min

LOAD_NAMES = {load: words.capitalize() for load, words in LOAD_WORDS.items()}
IN_MINUTES = frozenset(load for load in Load if load.value.endswith("_min"))
UNITS = {Load.DEEP_CYCLES: ("bend", "bends"), Load.SETS: ("set", "sets")}


def load_amount(load: Load, amount: float) -> str:
    """5 h 10 min; 42 min; 120 bends; 1 set."""
    if load in IN_MINUTES:
        return h_min(60 * round(amount)) if round(amount) else "0 min"
    whole = round(amount)
    return f"{whole} {UNITS[load][whole != 1]}"


def out_of(load: Load, done: float, allowed: float) -> str:
    """14 of 27 sets; 2 h 05 min of 3 h 30 min."""
    if load in IN_MINUTES:
        return f"{load_amount(load, done)} of {load_amount(load, allowed)}"
    return f"{round(done)} of {load_amount(load, allowed)}"

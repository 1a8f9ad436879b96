"""What the window asks of the program around it. Each may take seconds, so it is run aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Say = Callable[[str], None]
"""Takes a sentence, in any thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errands:
    """Each raises HipmonitorError where it could not be done."""

    try_desktop: Callable[[Say], None]
    """A notification that is marked as a test; waits for a click."""
    try_sound: Callable[[int, Say], None]
    """The tone, at this volume in %."""
    export: Callable[[Path], Sequence[Path]]
    """Everything that is kept, into a new folder; what was written."""

"""What is missing from a recording, in numbers and in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hipmonitor.core.instants import HostNs, seconds_between
from hipmonitor.io.session.naming import utc_text

MOST_NAMED: Final = 3
"""Stretches whose instants are told; of more only how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A stretch of the recording that cannot be read."""

    after: HostNs | None
    """The last readable instant before it, or None where nothing is readable before it."""
    until: HostNs | None
    """The first readable instant after it, or the latest one known to be lost; None where nobody can tell."""
    events: int | None
    """How many Inbounds are missing, or None where nobody can tell."""
    reason: str
    """Goes on from "the file"."""

    @property
    def lost_s(self) -> float:
        """Its length in seconds as far as the file tells."""
        if self.after is None or self.until is None:
            return 0.0
        return max(0.0, seconds_between(self.after, self.until))


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Why a recording is not whole. What can be read was read."""

    losses: tuple[Loss, ...]
    readable_until: HostNs | None
    """The latest instant that could be read, or None where none could."""

    @property
    def lost_s(self) -> float:
        """Seconds that the file shows to be missing; what never reached the disk is not among them."""
        return sum(loss.lost_s for loss in self.losses)

    @property
    def sentence(self) -> str:
        """What is missing and why, for a person."""
        reasons = "; ".join(dict.fromkeys(f"the file {loss.reason}" for loss in self.losses))
        return f"{reasons}. {self._extent}"

    @property
    def _extent(self) -> str:
        if self.readable_until is None:
            return "Nothing could be read."
        inner = [loss for loss in self.losses if loss.events]
        count = sum(loss.events or 0 for loss in inner)
        missing = f" {count} events ({self.lost_s:.1f} s) are missing{_which(inner)}." if count else ""
        return f"Readable until {utc_text(self.readable_until)}.{missing}"


def _which(losses: Sequence[Loss]) -> str:
    """Between which instants, as far as that is known."""
    known = [(loss.after, loss.until) for loss in losses if loss.after is not None and loss.until is not None]
    named = [f"{utc_text(after)} to {utc_text(until)}" for after, until in known[:MOST_NAMED]]
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    return f", from {', '.join(named)}{more}" if named else ""

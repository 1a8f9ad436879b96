"""Keeps account of running numbers: which were read, which are missing, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hipmonitor.core.instants import HostNs
from hipmonitor.io.session.damage import Damage, Loss
from hipmonitor.io.session.layout import SEQUENCE_MASK

_HALF: Final = 1 << 31
_UNEXPLAINED: Final = "lacks events that were written to it"


@dataclass(frozen=True, slots=True)
class Gap:
    """Running numbers that are missing: `count` of them from `first` on."""

    first: int
    count: int


class OrderChanged(Exception):  # noqa: N818 - a state of the file, told as a RecordingError that names it
    """A running number came twice or went back."""


class Ledger:
    """Counts the Inbounds of one pass and turns holes in their numbering into losses; `first` is the number it begins with."""

    def __init__(self, known_gaps: tuple[Gap, ...], first: int) -> None:
        self._known = frozenset(known_gaps)
        self.gaps: list[Gap] = []
        """Every hole met, known or new."""
        self.events = 0
        self.latest: HostNs | None = None
        self._losses: list[Loss] = []
        self._missed = 0
        self._next = first & SEQUENCE_MASK
        self._reason: str | None = None
        self._until: HostNs | None = None

    @property
    def damage(self) -> Damage | None:
        """What is missing, or None."""
        if not self._losses:
            return None
        return Damage(losses=tuple(self._losses), readable_until=self.latest)

    @property
    def next(self) -> int:
        """The running number after the newest."""
        return self._next

    def trouble(self, reason: str, until: HostNs | None = None) -> None:
        """Something could not be read here; what it was shows in the number that comes next."""
        self._reason = self._reason or reason
        self._until = until if self._until is None or until is None else max(self._until, until)

    def count(self, sequence: int, at: HostNs) -> None:
        """One Inbound was read.

        Raises:
            OrderChanged: it was here before.
        """
        if sequence != self._next or self._reason is not None:
            self._bridge((sequence - self._next) & SEQUENCE_MASK, at)
        self._next = (sequence + 1) & SEQUENCE_MASK
        self.latest = at
        self.events += 1

    def close(self, *, written: int | None, until: HostNs | None) -> None:
        """The end of the file; `written` is how many Inbounds its summary counts, up to the instant `until`."""
        missing = None if written is None else max(0, written - self.events - self._missed)
        if missing or self._reason is not None:
            self._lose(missing, until if missing else self._until)

    def _bridge(self, skipped: int, at: HostNs) -> None:
        if skipped >= _HALF:
            raise OrderChanged
        gap = Gap(self._next, skipped)
        if skipped:
            self.gaps.append(gap)
        if gap in self._known and self._reason is None:
            return
        self._missed += skipped
        self._lose(skipped, at)

    def _lose(self, events: int | None, until: HostNs | None) -> None:
        reason = self._reason or _UNEXPLAINED
        self._losses.append(Loss(after=self.latest, until=until, events=events, reason=reason))
        self._reason = self._until = None

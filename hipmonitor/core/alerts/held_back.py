"""Alerts that were due and could not be given, because of what was measured: since when, until when, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from hipmonitor.core.alerts.holds import Hold
from hipmonitor.core.alerts.policy import AlertKind
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.instants import HostNs, seconds_between

MEASURED = frozenset(
    {
        Hold.LYING,
        Hold.NOT_WORN,
        Hold.UNCLEAR,
        Hold.CYCLING,
        Hold.UNCALIBRATED,
        Hold.UNTRUSTED,
        Hold.NO_EVIDENCE,
    }
)
"""A snooze is the wearer's wish, and who just sat down is told minutes later."""
LEAST_S = 60
"""Shorter ones nobody asks about afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """An alert of this kind was due all the time."""

    start: HostNs
    end: HostNs
    kind: AlertKind
    hold: Hold


@dataclass(slots=True, kw_only=True)
class HeldSpells:
    """Those that go on, and those that ended since they were last handed out."""

    open: dict[AlertKind, HeldBack] = field(default_factory=dict)
    ended: list[HeldBack] = field(default_factory=list)

    def second(self, kind: AlertKind, hold: Hold | None, second: TimedSecond) -> None:
        """Why nothing was told of this kind in this second, though it was due; None: it was not, or it was told."""
        before = self.open.get(kind)
        start = second.start
        if before is not None and before.hold is hold and before.end == start:
            start = before.start
        elif before is not None:
            self._end(kind)
        if hold in MEASURED:
            self.open[kind] = HeldBack(start=start, end=second.end, kind=kind, hold=hold)

    def _end(self, kind: AlertKind) -> None:
        spell = self.open.pop(kind)
        if seconds_between(spell.start, spell.end) >= LEAST_S:
            self.ended.append(spell)

    def handed_out(self, *, flush: bool) -> tuple[HeldBack, ...]:
        """Those that ended; on flush all."""
        for kind in list(self.open) if flush else ():
            self._end(kind)
        ended, self.ended = tuple(self.ended), []
        return ended

"""Sample numbers from timestamps, for sensors that stamp their packets and do not number them: what never came leaves a gap."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.instants import NS_PER_S, HostNs

RATE_ERROR = 0.06
"""A packet may last so much longer than its samples at the nominal rate: sensors' oscillators are up to 5 % off."""
SET_ANEW_S, SET_ANEW_SHARE = 30.0, 1e-3
"""A clock that parts from the host's by more was set, or began anew: sensors hold back some seconds while the radio is bad, and no
crystal is wrong by a thousandth."""
SET_BACK_S = 10.0
"""So did one that goes back by more: packets come in order, those of two streams beside each other a few seconds apart."""


@dataclass(slots=True, kw_only=True)
class DeviceClock:
    """The newest reading of a sensor's clock, and when the host heard of it."""

    newest_ns: int | None = None
    at_ns: int = 0

    def went_on(self, reading_ns: int, at: HostNs) -> bool:
        """Take a reading; False where it cannot be of the same clock as those before, or it is the first of all."""
        before, passed_ns = self.newest_ns, at - self.at_ns
        same = before is not None and _is_the_same(reading_ns - before, passed_ns)
        if before is None or not same or reading_ns > before:
            self.newest_ns, self.at_ns = reading_ns, at
        return same


def _is_the_same(by_clock_ns: int, by_host_ns: int) -> bool:
    allowed_ns = SET_ANEW_S * NS_PER_S + SET_ANEW_SHARE * abs(by_host_ns)
    return by_clock_ns >= -SET_BACK_S * NS_PER_S and abs(by_clock_ns - by_host_ns) <= allowed_ns


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a packet's samples belong."""

    index: int
    """Of the first."""
    first_ns: float
    spacing_ns: float
    follows: bool
    """Nothing is missing before it."""


@dataclass(slots=True, kw_only=True)
class SampleNumbers:
    """Numbers the samples of one stream by the time of each packet's last sample."""

    nominal_ns: float
    """Between samples."""
    last_ns: float | None = None
    spacing_ns: float = 0.0
    next_index: int = 0

    def begin(self, last_ns: float, count: int, next_last_ns: float, next_count: int) -> Placed:
        """The first packet; how far its samples lie apart says the second one."""
        return self._take(last_ns, count, self._believable_ns((next_last_ns - last_ns) / next_count), 0)

    def place(self, last_ns: float, count: int) -> Placed | None:
        """A packet of so many samples, of which the last was taken then; None where it is not newer than the one before.

        Spacing is (this last - the last one before) / count where packets follow each other, as the maker's own software has
        it; after a loss, and at first, it is the one known before. More than RATE_ERROR too long a time is a loss.
        """
        before = self.last_ns
        if before is None:
            return self._take(last_ns, count, self.nominal_ns, 0)
        passed_ns = last_ns - before
        if passed_ns <= 0:
            return None
        if passed_ns <= (1 + RATE_ERROR) * count * self.nominal_ns:
            return self._take(last_ns, count, passed_ns / count, 0)
        known_ns = self._believable_ns(self.spacing_ns)
        return self._take(last_ns, count, known_ns, max(1, round(passed_ns / known_ns) - count))

    def _believable_ns(self, spacing_ns: float) -> float:
        """The spacing, or the nominal one where no oscillator is so wrong."""
        return spacing_ns if abs(spacing_ns / self.nominal_ns - 1) <= RATE_ERROR else self.nominal_ns

    def _take(self, last_ns: float, count: int, spacing_ns: float, missing: int) -> Placed:
        index = self.next_index + missing
        follows = self.last_ns is not None and not missing
        self.last_ns, self.spacing_ns, self.next_index = last_ns, spacing_ns, index + count
        first_ns = last_ns - (count - 1) * spacing_ns
        return Placed(index=index, first_ns=first_ns, spacing_ns=spacing_ns, follows=follows)

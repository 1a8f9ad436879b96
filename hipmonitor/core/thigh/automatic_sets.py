"""While the wearer does a set on the floor, postures teach nothing about how the sensor sits: nobody straps it on anew meanwhile.

Kneeling with the thigh level behind, lying on the front, feet in the air: what ordinary life shows only of a sensor that was put on
the other way round. Sets that count time are walked or cycled, and teach as ever.
"""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.exercises import Counts
from hipmonitor.core.inbound import StartSet, UserAction
from hipmonitor.core.instants import NS_PER_S


@dataclass(frozen=True, slots=True, kw_only=True)
class SetsParams:
    """What may be tuned."""

    longest_s: int = 1200
    """A set that nobody ended is over by then: fifteen repetitions of eight seconds take two minutes, ten holds of a minute ten."""
    after_s: int = 60
    """Getting up from the floor, or on to the next set."""


@dataclass(slots=True, kw_only=True)
class SetsState:
    """The span of the last set, or of several in a row, ns."""

    from_ns: int | None = None
    until_ns: int = 0


def heard(state: SetsState, params: SetsParams, event: UserAction) -> None:
    """A set was begun, which ends one that still runs, or ended."""
    began = event.action if isinstance(event.action, StartSet) else None
    if began is None or began.exercise.counts is Counts.MINUTES:
        state.until_ns = min(state.until_ns, event.at)
    else:
        if state.from_ns is None or event.at > state.until_ns + params.after_s * NS_PER_S:
            state.from_ns = event.at
        state.until_ns = event.at + params.longest_s * NS_PER_S


def exercising(state: SetsState, params: SetsParams, start_ns: int, end_ns: int) -> bool:
    """Whether some of this time was exercised, or got up after."""
    return (
        state.from_ns is not None and end_ns > state.from_ns and start_ns < state.until_ns + params.after_s * NS_PER_S
    )

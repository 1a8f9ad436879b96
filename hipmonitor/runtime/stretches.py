"""A recording gone through once, as lived, with what the rooms carried kept every minute: any instant is a short way from there."""

from __future__ import annotations

import pickle
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from hipmonitor.core.errors import HipmonitorError
from hipmonitor.core.inbound import Inbound
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import HipUpdate, Pipeline
from hipmonitor.runtime.analysis import Analysis
from hipmonitor.runtime.assemble import assemble
from hipmonitor.runtime.collect import Collector
from hipmonitor.runtime.drive import Sink, turn

STRETCH_S = 60.0
"""Going through this much takes less than a fifth of a second; a day has 1440 of them."""
STEP_S = 30.0
"""A view takes updates of at most this length."""


class Companion(Protocol):
    """Who goes along with the rooms and is kept with them; `pickle` must bring it back as it was."""

    def record(self, events: Sequence[Inbound]) -> None:
        """Hear what comes in."""
        ...

    def accept(self, update: HipUpdate) -> None:
        """Take one update."""
        ...


With = TypeVar("With", bound=Companion)


class Cancelled(HipmonitorError):  # noqa: N818 - nothing is wrong, and there is nothing to say
    """Whoever asked for the recording wants it no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Packed: together about as large as the file."""

    start: HostNs
    before: bytes
    """State of the rooms, and the companion, before its first event."""
    events: bytes

    def unpacked(self) -> list[Inbound]:
        """Its events, in door order."""
        return _unpacked(self.events)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stretches(Generic[With]):
    """The whole recording."""

    all: tuple[Stretch, ...]
    end: HostNs
    """Of the last event."""
    analysis: Analysis
    """As lived, without rows: what `replay --json` tells."""
    last: With
    """The companion at the end."""

    @property
    def start(self) -> HostNs:
        """Of the first event."""
        return self.all[0].start if self.all else self.end

    def number_at(self, at: HostNs) -> int:
        """Of the stretch that holds this instant."""
        return max(0, bisect_right([stretch.start for stretch in self.all], at) - 1)

    def before(self, number: int) -> tuple[Pipeline, With]:
        """The rooms and the companion as they were when that stretch began."""
        state, companion = _unpacked(self.all[number].before)
        return Pipeline(state=state), companion


def read_through(
    slabs: Iterable[Sequence[Inbound]],
    companion: With,
    sinks: Sequence[Sink] = (),
    *,
    stretch_s: float = STRETCH_S,
    on_way: Callable[[HostNs], bool] = lambda _at: True,
) -> Stretches[With]:
    """Go through all of it.

    Args:
        slabs: all Inbounds, in door order.
        companion: new; its states are kept with those of the rooms.
        sinks: others who want every update.
        stretch_s: how often the states are kept.
        on_way: hears how far it has come; False = no more.

    Raises:
        Cancelled: `on_way` said so.
    """
    pipeline, collected = Pipeline(), Collector(None, per_sample=False)
    stretches: list[Stretch] = []
    end = HostNs(0)
    for events in in_lengths((event for slab in slabs for event in slab), stretch_s):
        before = _packed((pipeline.state, companion))
        stretches.append(Stretch(start=events[0].at, before=before, events=_packed(events)))
        for step in in_lengths(events, STEP_S):
            turn(step, pipeline, [collected, companion, *sinks], companion)
        end = events[-1].at
        if not on_way(end):
            raise Cancelled
    analysis = assemble(collected, lived=collected, reading="as_lived", input_t_ns=None)
    return Stretches(all=tuple(stretches), end=end, analysis=analysis, last=companion)


def in_lengths(events: Iterable[Inbound], seconds: float) -> Iterator[list[Inbound]]:
    """In pieces of so many seconds of the front door's time."""
    piece: list[Inbound] = []
    for event in events:
        if piece and event.at - piece[0].at >= seconds * NS_PER_S:
            yield piece
            piece = []
        piece.append(event)
    if piece:
        yield piece


def _packed(what: object) -> bytes:
    return zlib.compress(pickle.dumps(what, pickle.HIGHEST_PROTOCOL), 1)


def _unpacked(packed: bytes) -> Any:  # noqa: ANN401 - what was packed a moment ago, in this process
    return pickle.loads(zlib.decompress(packed))  # noqa: S301 - as above: never from a file

"""The one loop: what came in is recorded, then thought about, then handed to the sinks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from hipmonitor.core.inbound import Inbound
from hipmonitor.core.pipeline import HipUpdate, Pipeline
from hipmonitor.core.ports import Recorder, Source


class Sink(Protocol):
    """Whoever wants to know what a step brought: a view, a file, an analysis."""

    def accept(self, update: HipUpdate) -> None:
        """Take one update."""
        ...


def turn(
    events: Sequence[Inbound], pipeline: Pipeline, sinks: Iterable[Sink], recorder: Recorder | None = None
) -> HipUpdate:
    """One turn of the loop. The recorder stands at the front door, before anything thinks."""
    if recorder is not None:
        recorder.record(events)
    update = pipeline.step(events)
    for sink in sinks:
        sink.accept(update)
    return update


def drive_through(
    batches: Iterable[Sequence[Inbound]], pipeline: Pipeline, sinks: Iterable[Sink], recorder: Recorder | None = None
) -> None:
    """Until the batches end: replay and batch."""
    sinks = tuple(sinks)
    for events in batches:
        turn(events, pipeline, sinks, recorder)


async def drive(source: Source, pipeline: Pipeline, sinks: Iterable[Sink], recorder: Recorder | None = None) -> None:
    """Until the source ends or the task is cancelled: live."""
    sinks = tuple(sinks)
    async for events in source.batches():
        turn(events, pipeline, sinks, recorder)

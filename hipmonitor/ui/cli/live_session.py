"""One live session with its recording and its view: everything that must be begun together and ended together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from hipmonitor.core.inbound import Inbound
from hipmonitor.core.ports import Recorder
from hipmonitor.core.settings import Settings
from hipmonitor.io.ble import BleSource
from hipmonitor.io.clock import SystemClock
from hipmonitor.io.session import SessionParts
from hipmonitor.runtime.day_so_far import day_so_far
from hipmonitor.runtime.delivery import Delivery
from hipmonitor.runtime.drive import Sink
from hipmonitor.runtime.keeping import SessionKeeper
from hipmonitor.runtime.live import LiveMonitor
from hipmonitor.runtime.mending import mend_beside
from hipmonitor.runtime.recording_trouble import RecordingTrouble
from hipmonitor.runtime.sealing import seal_closed
from hipmonitor.ui.cli.delivering import delivery
from hipmonitor.ui.cli.ending import ignored, signals_to
from hipmonitor.ui.cli.exits import on_a_terminal
from hipmonitor.ui.cli.history_kept import SessionHistory
from hipmonitor.ui.view_model import LiveView, RecordingNow, SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """What is monitored and where it is kept."""

    source: SourceKind
    settings: Settings
    folder: Path
    radio: str | None = None
    """None = the operating system's Bluetooth."""
    sensor: str | None = None
    """Name or address; None = the first one heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSession:
    """A session that runs."""

    monitor: LiveMonitor
    view: LiveView
    keeper: SessionKeeper
    clock: SystemClock
    delivery: Delivery | None = None
    """None where nobody is told: the sensor is simulated."""
    mended: Sequence[str] = ()
    """What became of recordings that a crash had left, a sentence each; grows while that goes on."""


class _AtTheDoor:
    """Several who hear every event, in order."""

    def __init__(self, recorders: Sequence[Recorder]) -> None:
        self._recorders = recorders

    def record(self, events: Sequence[Inbound]) -> None:
        for recorder in self._recorders:
            recorder.record(events)


@contextmanager
def live_session(
    plan: SessionPlan,
    sinks: Sequence[Sink] = (),
    *,
    history: SessionHistory | None = None,
    say: Callable[[str], None] | None = None,
) -> Iterator[LiveSession]:
    """Monitor while the context lasts; then end the link, and close the recording whole.

    Args:
        plan: what is monitored.
        sinks: who hears of it besides.
        history: where the session is kept; None = nowhere, as of a simulated sensor.
        say: takes lines of text where no view shows them; alerts only where a person looks, for what a service says is logged.

    Raises:
        HipmonitorError: what ended the session by itself, if anything did.
    """
    clock = SystemClock()
    keeper = SessionKeeper(lambda sensor, at: SessionParts(plan.folder, sensor=sensor, started_at=at))
    mended: list[str] = []
    view = LiveView(source=plan.source, settings=plan.settings, recording=_recording(keeper, mended))
    hearing = [] if history is None else history.of(keeper)
    with _told(plan, lambda: monitor, say) as telling:
        told = [] if telling is None else [telling]
        monitor = LiveMonitor(
            new_source=lambda: BleSource(clock, radio=plan.radio, wanted=plan.sensor, settings=plan.settings),
            settings=plan.settings,
            clock=clock,
            sinks=[keeper, view, *told, *hearing, *sinks],
            recorder=_AtTheDoor([keeper, RecordingTrouble(keeper, say), view, *told, *hearing]),
            before=lambda: None if history is None else day_so_far(clock.tick(clock.now())),
        )
        encrypt = plan.settings.recordings.encrypt and plan.source is SourceKind.LIVE
        mend_beside(plan.folder, say or mended.append, encrypt=encrypt)
        monitor.start()
        try:
            yield LiveSession(monitor=monitor, view=view, keeper=keeper, clock=clock, delivery=telling, mended=mended)
        finally:
            with signals_to(ignored):
                if history is not None:
                    history.session_ends()
                if telling is not None:
                    telling.close()  # first, so that what is being told is still recorded
                monitor.stop()
                keeper.finish()
                if encrypt:
                    seal_closed(plan.folder, say or mended.append)
    if monitor.error is not None:
        raise monitor.error


def _told(
    plan: SessionPlan, monitor: Callable[[], LiveMonitor], say: Callable[[str], None] | None
) -> AbstractContextManager[Delivery | None]:
    """Who is told of alerts; `monitor` is there when the first one comes."""
    if plan.source is not SourceKind.LIVE:
        return nullcontext()
    return delivery(
        plan.settings,
        act=lambda action: monitor().act(action),
        vibrate=lambda pattern, strength: monitor().vibrate(pattern, strength),
        say=say if on_a_terminal() else None,
    )


def _recording(keeper: SessionKeeper, mended: Sequence[str]) -> Callable[[], RecordingNow | None]:
    def now() -> RecordingNow | None:
        path = keeper.path
        if path is None:
            return None
        try:
            size_bytes = os.stat(path).st_size  # noqa: PTH116 - asked for often
        except OSError:  # It is being renamed at its end, or somebody took it away: the writer tells that.
            size_bytes = 0
        return RecordingNow(path=path, size_bytes=size_bytes, trouble=keeper.trouble, mended=tuple(mended))

    return now

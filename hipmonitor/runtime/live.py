"""Live monitoring: radio and pipeline in one thread of their own, with a plain asyncio loop; whoever draws stays outside."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any, Protocol

from hipmonitor.core.inbound import Action, ChangeSettings, Inbound, UserAction
from hipmonitor.core.pipeline import Pipeline, PipelineParams
from hipmonitor.core.ports import Clock, Recorder
from hipmonitor.core.settings import Settings
from hipmonitor.io.ble import Vibration
from hipmonitor.runtime.drive import Sink, drive

FAILED = object()


class LiveSource(Protocol):
    """A Source one can also speak to, from its own loop."""

    def batches(self) -> AsyncIterator[Sequence[Inbound]]:
        """What arrived since the last turn."""
        ...

    def act(self, action: Action) -> None:
        """The wearer did something just now: it comes through the same door."""
        ...

    async def pause(self) -> None:
        """Let the sensor go until `resume`."""
        ...

    async def resume(self) -> None:
        """Look for the sensor again."""
        ...

    async def vibrate(self, pattern: Vibration, strength_percent: int, sensor: str = "") -> bool:
        """Run a sensor's motor, the thigh's unless another is named. False where there is no sensor, no motor, or no answer."""
        ...

    async def aclose(self) -> None:
        """Stop the sensor and end `batches`."""
        ...


class LiveMonitor:
    """Starts, feeds and ends one live session. Every method may be called from any thread."""

    def __init__(
        self,
        *,
        new_source: Callable[[], LiveSource],
        settings: Settings,
        clock: Clock,
        sinks: Iterable[Sink],
        recorder: Recorder | None = None,
        params: PipelineParams | None = None,
        before: Callable[[], Action | None] = lambda: None,
    ) -> None:
        """`before`: what is to be known of the time before the session, asked for as it begins."""
        self._new_source, self._settings, self._clock, self._before = new_source, settings, clock, before
        self._sinks, self._recorder, self._params = tuple(sinks), recorder, params
        self._thread = threading.Thread(target=self._main, name="hipmonitor", daemon=True)
        self._ready, self._ended = threading.Event(), threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._source: LiveSource | None = None
        self.error: BaseException | None = None
        """Why the session ended by itself, if it did."""

    def start(self) -> None:
        """Begin; returns once the session's loop runs."""
        self._thread.start()
        self._ready.wait()

    def act(self, action: Action) -> None:
        """The wearer did something just now."""
        loop, source = self._loop, self._source
        if loop is not None and source is not None and self.running:
            with suppress(RuntimeError):  # The loop has just closed.
                loop.call_soon_threadsafe(source.act, action)

    def pause(self, seconds: float = 20.0) -> bool:
        """Let the sensor go until `resume`, and wait for that; whether it was let go."""
        return self._ask(lambda source: source.pause(), seconds) is not FAILED

    def resume(self, seconds: float = 20.0) -> bool:
        """Look for the sensor again; whether the search has begun."""
        return self._ask(lambda source: source.resume(), seconds) is not FAILED

    def vibrate(self, pattern: Vibration, strength_percent: int, sensor: str = "", seconds: float = 5.0) -> bool:
        """Run a sensor's motor, the thigh's unless another is named; whether it did."""
        return self._ask(lambda source: source.vibrate(pattern, strength_percent, sensor), seconds) is True

    def _ask(self, what: Callable[[LiveSource], Coroutine[Any, Any, object]], seconds: float) -> object:
        """Something that the session's loop does, and its answer; FAILED where it has ended or takes too long."""
        loop, source = self._loop, self._source
        if loop is None or source is None or not self.running:
            return FAILED
        asking = what(source)
        try:
            asked = asyncio.run_coroutine_threadsafe(asking, loop)
        except RuntimeError:  # The loop has just closed.
            asking.close()
            return FAILED
        try:
            return asked.result(seconds)
        except (TimeoutError, CancelledError):
            asked.cancel()
            return FAILED

    @property
    def running(self) -> bool:
        """Whether the session still goes on."""
        return self._ready.is_set() and not self._ended.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for the end of the session; whether it has ended."""
        # Not by joining the thread: a join that Ctrl-C interrupts marks a running thread as ended (Python 3.11, bpo-46726).
        return self._ended.wait(seconds)

    def stop(self, seconds: float = 10.0) -> bool:
        """Ask for a clean end and wait for it; whether it has ended."""
        loop, source = self._loop, self._source
        if loop is not None and source is not None and self.running:
            asyncio.run_coroutine_threadsafe(source.aclose(), loop)
        return self.wait(seconds)

    def _main(self) -> None:
        try:
            asyncio.run(self._session())
        except BaseException as error:  # noqa: BLE001 - kept for the thread that waits, which raises it
            self.error = error
        finally:
            self._ready.set()
            self._ended.set()

    async def _session(self) -> None:
        self._loop, self._source = asyncio.get_running_loop(), self._new_source()
        self._ready.set()
        opened = _Opened(self._source, self._settings, self._clock, self._before)
        await drive(opened, self._pipeline(), self._sinks, self._recorder)

    def _pipeline(self) -> Pipeline:
        return Pipeline(self._params)


class _Opened:
    """A source whose first event says which settings are in force, and the next one what there was before."""

    def __init__(
        self, source: LiveSource, settings: Settings, clock: Clock, before: Callable[[], Action | None]
    ) -> None:
        self._source, self._settings, self._clock, self._before = source, settings, clock, before

    async def batches(self) -> AsyncIterator[Sequence[Inbound]]:
        at, before = self._clock.now(), self._before()
        said: list[Action] = [ChangeSettings(settings=self._settings), *([] if before is None else [before])]
        yield [UserAction(at=at, action=action) for action in said]
        async for batch in self._source.batches():
            yield batch

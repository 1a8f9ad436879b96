"""An event loop whose time jumps to the next thing that is due: minutes of air in seconds, and the same every time."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.clock import ClockFunctions, SystemClock

T = TypeVar("T")
EPOCH_NS = 1_790_000_000 * NS_PER_S


class _NoWaiting(selectors.DefaultSelector):
    """A selector that lets virtual time pass instead of waiting."""

    passed_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or not timeout:
            return ready
        self.passed_s += timeout
        return []


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """asyncio without waiting. Nothing in it may come from a thread or a socket."""

    def __init__(self) -> None:
        self._no_waiting = _NoWaiting()
        super().__init__(self._no_waiting)

    def time(self) -> float:
        """Virtual seconds since the loop was made."""
        return self._no_waiting.passed_s


def run_virtually(journey: Coroutine[Any, Any, T], limit_s: float = 3600.0) -> T:
    """Run a journey on virtual time; `limit_s` is virtual too."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(asyncio.wait_for(journey, limit_s))


def virtual_clock(utc_offset_s: int = 7200) -> SystemClock:
    """The host's clock on the running loop's time."""
    loop = asyncio.get_running_loop()

    def passed_ns() -> int:
        return round(loop.time() * NS_PER_S)

    functions = ClockFunctions(wall=lambda: EPOCH_NS + passed_ns(), steady=passed_ns, awake=passed_ns)
    return SystemClock(functions=functions, utc_offset_s=lambda _: utc_offset_s)

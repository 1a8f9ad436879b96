"""What makes a recording safe every few seconds, whether packets arrive or not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol


class FlushTimer(Protocol):
    """Calls back again and again until it is stopped."""

    def start(self, due: Callable[[], None]) -> None:
        """From now on call `due` periodically, on any thread."""
        ...

    def stop(self) -> None:
        """No call is running, and none will come, once this returns."""
        ...


class ThreadTimer:
    """A thread of its own, so that neither a silent radio nor a busy loop keeps data from the disk."""

    def __init__(self, *, period_s: float) -> None:
        self._period_s = period_s
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, due: Callable[[], None]) -> None:
        """Begin; the first call comes one period from now."""
        self._thread = threading.Thread(target=self._run, args=(due,), name="recording-flush", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, waiting for a call that is under way."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, due: Callable[[], None]) -> None:
        while not self._stopped.wait(self._period_s):
            due()

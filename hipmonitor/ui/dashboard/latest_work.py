"""One thread for what takes long. The latest work replaces the one before; the window never waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from hipmonitor.core.errors import HipmonitorError

LOG = logging.getLogger(__name__)
BUG = "Something in the program went wrong. Recording goes on; details are in the log."
STEP = 0.01
"""Progress is told in steps of one per cent."""
Watch = Callable[[float], bool]
Work = Callable[[Watch], object]
"""Does it; tells which share is done, and stops where it hears False."""


class LatestWork(QObject):
    """`done` brings (name, result), `failed` (name, sentence), `went_on` (name, share)."""

    done = Signal(object, object)
    failed = Signal(object, str)
    went_on = Signal(object, float)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._number = name, 0
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._next: tuple[int, object, Work] | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._thread is not None and self._thread.is_alive()

    def ask(self, name: object, work: Work) -> None:
        """Do this next; what is being done now is told to stop, and its result is dropped."""
        with self._lock:
            self._number += 1
            self._next = (self._number, name, work)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name=f"hipmonitor {self._name}", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Drop what is being done."""
        with self._lock:
            self._number += 1
            self._next = None

    def wait(self, seconds: float = 10.0) -> None:
        """Until nothing is being done."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _run(self) -> None:
        while True:
            with self._lock:
                taken, self._next = self._next, None
                if taken is None:
                    self._thread = None
                    return
            self._do(*taken)

    def _do(self, number: int, name: object, work: Work) -> None:
        told = 0.0

        def watch(share: float) -> bool:
            nonlocal told
            if share - told >= STEP and number == self._number:
                told = share
                self.went_on.emit(name, share)
            return number == self._number

        try:
            result = work(watch)
        except HipmonitorError as error:
            self._say(number, name, str(error))
        except Exception as error:
            if number == self._number:
                LOG.exception("%s: a mistake in the program", self._name, exc_info=error)
            self._say(number, name, BUG)
        else:
            if number == self._number:
                self.done.emit(name, result)

    def _say(self, number: int, name: object, sentence: str) -> None:
        if number == self._number:
            self.failed.emit(name, sentence)

"""What takes long is done in a thread beside the window's and told in the window's. The latest work replaces the one before."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from hipmonitor.core.errors import HipmonitorError

LOG = logging.getLogger(__name__)
BUG = "Something in the program stopped. Recording goes on; details are in the log."
STEP = 0.01
"""Progress is told in steps of one per cent."""
END_S = 2.0
Watch = Callable[[float], bool]
Work = Callable[[Watch], object]
"""Does it; tells which share is done, and stops where it hears False."""


class SideWork(QObject):
    """Whoever connects to it is called in the window's thread, and never about work that is wanted no more."""

    done = Signal(object, object)
    """Name, result."""
    failed = Signal(object, str)
    """Name, sentence."""
    went_on = Signal(object, float)
    """Name, share."""
    said = Signal(str)
    """A sentence on the way; may be sent by the work itself."""
    _told = Signal(int, object, object, str)
    _share = Signal(int, object, float)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name, self._number = name, 0
        self.busy = False
        """Whether something is being done whose end was not told yet."""
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._next: tuple[int, object, Work] | None = None
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._share.connect(self._tell_share, Qt.ConnectionType.QueuedConnection)

    def ask(self, name: object, work: Work) -> None:
        """Do this next; what is being done now is told to stop, and its result is dropped."""
        with self._lock:
            self._number, self.busy = self._number + 1, True
            self._next = (self._number, name, work)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=f"hipmonitor {self._name}", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Drop what is being done."""
        with self._lock:
            self._number, self.busy, self._next = self._number + 1, False, None

    def end(self) -> None:
        """The window closes: whoever is at work stops at the next look, and is waited for a moment."""
        self.stop()
        thread = self._thread
        if thread is not None:
            thread.join(END_S)

    # --- in its thread ----------------------------------------------------------------------------------------------
    def _run(self) -> None:
        while True:
            with self._lock:
                taken, self._next = self._next, None
                if taken is None:
                    self._thread = None
                    return
            try:
                self._do(*taken)
            except RuntimeError:  # The window is gone, and with it this object's signals.
                LOG.debug("%s: nobody waits for it any more", self._name)

    def _do(self, number: int, name: object, work: Work) -> None:
        told = 0.0

        def watch(share: float) -> bool:
            nonlocal told
            if share - told >= STEP and number == self._number:
                told = share
                self._share.emit(number, name, share)
            return number == self._number

        result, sentence = None, ""
        try:
            result = work(watch)
        except (HipmonitorError, OSError) as error:
            sentence = str(error)
        except Exception:
            LOG.exception("%s: a mistake in the program", self._name)
            sentence = BUG
        self._told.emit(number, name, result, sentence)

    # --- in the window's thread -------------------------------------------------------------------------------------
    def _tell(self, number: int, name: object, result: object, sentence: str) -> None:
        if number != self._number:
            return
        self.busy = False
        if sentence:
            self.failed.emit(name, sentence)
        else:
            self.done.emit(name, result)

    def _tell_share(self, number: int, name: object, share: float) -> None:
        if number == self._number:
            self.went_on.emit(name, share)

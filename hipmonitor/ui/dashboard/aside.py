"""Work that may take seconds: done in a thread of its own, told in the window's."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from hipmonitor.core.errors import HipmonitorError

LOG = logging.getLogger(__name__)
BUG = "Something in the program went wrong. Details are in the log."


class Aside(QObject):
    """One piece of work at a time."""

    said = Signal(str)
    """A sentence on the way."""
    done = Signal(object)
    """What came of it."""
    stopped = Signal(str)
    """Why nothing came of it."""
    _ended = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.busy = False
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], object]) -> bool:
        """Begin; whether it did: not while something else is being done."""
        if self.busy:
            return False
        self.busy = True
        threading.Thread(target=self._work, args=(work,), name="hipmonitor aside", daemon=True).start()
        return True

    def _work(self, work: Callable[[], object]) -> None:
        result, sentence = None, ""
        try:
            result = work()
        except (HipmonitorError, OSError) as error:
            sentence = str(error)
        except Exception:
            LOG.exception("work beside the window")
            sentence = BUG
        try:
            self._ended.emit(result, sentence)
        except RuntimeError:  # The window is gone.
            LOG.debug("nobody waits for it any more")

    def _tell(self, result: object, sentence: str) -> None:
        self.busy = False
        if sentence:
            self.stopped.emit(sentence)
        else:
            self.done.emit(result)

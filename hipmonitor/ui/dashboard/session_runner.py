"""Keeps one session open in a thread of its own, so that a window never waits for radio, simulator or disk."""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QObject, Signal

from hipmonitor.core.errors import HipmonitorError
from hipmonitor.ui.dashboard.feed import SourceChoice

LOG = logging.getLogger(__name__)
LOOK_S = 0.2
"""How often it is looked whether the session has ended by itself."""
END_S = 20.0
BUG = "Something in the program stopped; the recording is kept. Details are in the log."


class SessionRunner(QObject):
    """`began` brings the Feed, `ended` the sentence that says why, or nothing where it was asked for."""

    began = Signal(object)
    ended = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self.error: Exception | None = None
        """Why the last session ended by itself, if it did."""

    @property
    def busy(self) -> bool:
        """Whether a session is open, opening or closing."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, choice: SourceChoice) -> None:
        """Open it; the one before must have ended."""
        self._stop, self.error = threading.Event(), None
        self._thread = threading.Thread(target=self._run, args=(choice, self._stop), name="hipmonitor session")
        self._thread.start()

    def ask_to_end(self) -> None:
        """`ended` follows."""
        self._stop.set()

    def end(self) -> None:
        """End it and wait: the recording is whole afterwards."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(END_S)

    def _run(self, choice: SourceChoice, stop: threading.Event) -> None:
        sentence = ""
        try:
            with choice.open() as feed:
                self.began.emit(feed)
                while not stop.wait(LOOK_S) and feed.running:
                    pass
        except HipmonitorError as error:
            self.error, sentence = error, str(error)
        except Exception as error:
            LOG.exception("the session ended by a mistake in the program")
            self.error, sentence = error, BUG
        self.ended.emit(sentence)

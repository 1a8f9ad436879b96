"""The sessions of a window, one after another: a new one is opened when the one before has ended, for there is one radio."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.dashboard.session_runner import SessionRunner
from hipmonitor.ui.view_model import SourceKind

ENDING = "Ending the session; its recording is kept."


class Sessions(QObject):
    """Which source is open."""

    opening = Signal()
    """Another source was chosen; nothing of it is there yet."""
    began = Signal(object)
    """Feed."""
    over = Signal(str)
    """A session has ended and none follows; why, or nothing where it was asked for."""
    said = Signal(str)

    def __init__(self, sources: Sequence[SourceChoice], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sources = tuple(sources)
        live = [source for source in self.sources if source.kind is not SourceKind.REPLAY]
        self.choice = (live or self.sources)[0]
        self.runner = SessionRunner(self)
        self.may_begin: Callable[[SourceChoice], bool] = lambda _choice: True
        """Asked after the choice was told; where it says no, the session is opened again when it is time."""
        self._then: Callable[[], object] | None = None
        self.runner.began.connect(self._began, Qt.ConnectionType.QueuedConnection)
        self.runner.ended.connect(self._ended, Qt.ConnectionType.QueuedConnection)

    def open(self, choice: SourceChoice) -> None:
        """Open it; no other is open."""
        self.choice = choice
        self.opening.emit()
        if self.may_begin(choice):
            self.runner.start(choice)

    def choose(self, choice: SourceChoice) -> None:
        """Open it, once the session before has ended."""
        if choice is not self.choice or not self.runner.busy:
            self.end_then(lambda: self.open(choice))

    def choose_kind(self, kind: SourceKind) -> bool:
        """The first source of this kind; whether there is one."""
        for choice in self.sources:
            if choice.kind is kind:
                self.choose(choice)
                return True
        return False

    def end_then(self, done: Callable[[], object]) -> None:
        """End the session whole without waiting, then go on with this; at once where none is open."""
        if self.runner.busy:
            self._then = done
            self.said.emit(ENDING)
            self.runner.ask_to_end()
        else:
            done()

    def end(self) -> None:
        """End it and wait; nothing follows."""
        self._then = None
        self.runner.end()

    def _began(self, feed: Feed) -> None:
        self.began.emit(feed)

    def _ended(self, sentence: str) -> None:
        following, self._then = self._then, None
        if following is None:
            self.over.emit(sentence)
        else:
            QTimer.singleShot(0, lambda: self._go_on(following))

    def _go_on(self, following: Callable[[], object]) -> None:
        """The thread that has said its last word is waited for."""
        self.runner.end()
        following()

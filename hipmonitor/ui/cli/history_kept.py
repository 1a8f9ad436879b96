"""The history of a live session: kept while it runs, settled when its recording is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console

from hipmonitor.core.errors import HipmonitorError
from hipmonitor.runtime.history_keeping import HistoryKeeper
from hipmonitor.runtime.keeping import SessionKeeper
from hipmonitor.ui.cli.ending import signals_to
from hipmonitor.ui.cli.exits import say_on_stderr

LATER = "`hipmonitor history rebuild` does it later."


class SessionHistory:
    """Of one session, as soon as it has a recording."""

    def __init__(self, say: Callable[[str], None] | None = None) -> None:
        """`say` hears, while the session runs, of a trouble that lasts."""
        self._say = say
        self._heeds_signals = True
        self._keepers: list[HistoryKeeper] = []

    def of(self, recording: SessionKeeper) -> list[HistoryKeeper]:
        """Who hears the session."""
        self._keepers = [HistoryKeeper(lambda: recording.path, say=self._say)]
        return self._keepers

    @property
    def problem(self) -> str:
        """Why it has not been written for some minutes; empty while all is well."""
        return next((keeper.problem for keeper in self._keepers if keeper.problem), "")

    def session_ends(self) -> None:
        """No signal may disturb it until its recording is whole."""
        self._heeds_signals = False

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """One ends what goes on."""
        if self._heeds_signals:
            self._heeds_signals = False
            raise KeyboardInterrupt

    def settle(self) -> None:
        """What was kept as lived gives way to the settled reading; one more signal puts that off."""
        self._heeds_signals = True
        for keeper in self._keepers:
            _settle(keeper)


@contextmanager
def kept_history(say: Callable[[str], None] | None = None) -> Iterator[SessionHistory]:
    """Settled when the context ends: outermost, so that the recording is closed and the sensors are free for others meanwhile."""
    history = SessionHistory(say)
    with signals_to(history.on_signal):
        try:
            yield history
        finally:
            history.settle()


def _settle(keeper: HistoryKeeper) -> None:
    """A failure is told: the recording is whole, and holds everything."""
    console = Console(stderr=True)
    try:
        if console.is_terminal:
            with console.status("Settling the history of this session"):
                keeper.finish()
        else:
            keeper.finish()
    except HipmonitorError as error:
        say_on_stderr(f"The history of this session is not settled ({error}). {LATER}")
    except KeyboardInterrupt:
        say_on_stderr(f"The history of this session is not settled yet. {LATER}")

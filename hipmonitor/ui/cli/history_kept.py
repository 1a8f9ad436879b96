"""The history of a live session: kept while it runs, settled when its recording is closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from hipmonitor.core.errors import HipmonitorError
from hipmonitor.runtime.history_keeping import HistoryKeeper
from hipmonitor.runtime.keeping import SessionKeeper
from hipmonitor.ui.cli.exits import say_on_stderr
from hipmonitor.ui.view_model import SourceKind

LATER = "`hipmonitor history rebuild` does it later."


@contextmanager
def kept_history(source: SourceKind, recording: SessionKeeper) -> Iterator[list[HistoryKeeper]]:
    """Who keeps it, in a list: nobody where the sensor is simulated. The context ends after the recording was closed."""
    if source is not SourceKind.LIVE:
        yield []
        return
    keeper = HistoryKeeper(lambda: recording.path)
    try:
        yield [keeper]
    finally:
        _settle(keeper)


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

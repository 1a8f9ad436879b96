"""A window that replays a recording: read in its thread, then driven by the test."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.opening import application
from hipmonitor.ui.dashboard.replay.replay_view import ReplayView
from hipmonitor.ui.dashboard.window import Window
from tests.ui.dashboard_lived import LivedFeed, turn, window_on

RECORDINGS = Path(__file__).parents[2] / "recordings"
PATIENCE_S = 30.0


def until(window: Window, holds: Callable[[], object]) -> None:
    """Let threads and Qt work until it holds."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        application().processEvents()
        turn(window, 3)
        time.sleep(0.005)


def replay_of(window: Window) -> ReplayView:
    view = window.replay
    assert view is not None
    return view


def opened(window: Window, path: Path) -> ReplayView:
    """The recording is read, and stands at its beginning."""
    view = replay_of(window)
    view.open_path(path)
    until(window, lambda: view.projector is not None)
    assert view.projector is not None
    view.projector.step(0.0)
    return view


def stands_at(window: Window, seconds: float) -> None:
    """The handle is there, and so is the state."""
    view = replay_of(window)
    projector = view.projector
    assert projector is not None
    at = projector.film.start + round(seconds * 1e9)
    view.page.transport.go_to(at)  # type: ignore[arg-type]
    until(window, lambda: not projector.is_behind)
    turn(window)


def replaying(
    path: Path, lived: LivedFeed | None = None, choices: KeptChoices | None = None, size: tuple[int, int] = (1280, 800)
) -> Window:
    """A window on a live session that has opened this recording."""
    window = window_on(lived or LivedFeed(), choices or KeptChoices(reduce_motion=True, closing="stop"), *size)
    opened(window, path)
    return window

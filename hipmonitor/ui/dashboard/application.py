"""Runs the window until it is closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer

from hipmonitor.ui.dashboard.errands import Errands
from hipmonitor.ui.dashboard.feed import SourceChoice
from hipmonitor.ui.dashboard.kept_choices import read
from hipmonitor.ui.dashboard.opening import Opening, application
from hipmonitor.ui.dashboard.tray import Tray
from hipmonitor.ui.dashboard.welcome.first_steps import VIEW, first_steps
from hipmonitor.ui.dashboard.welcome.welcome_view import WelcomeView
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import Flow, SourceKind

SIGNALS_MS = 100
"""Python hears a signal only while it runs; also a hidden window runs this often."""


class Run:
    """One window and its end."""

    def __init__(self, window: Window, seconds: float | None) -> None:
        self.window, self._seconds = window, seconds
        self._data_since: int | None = None
        window.bridge.looked.connect(self._look)

    def _look(self, _glance: object) -> None:
        """`--seconds` are of data."""
        glance = self.window.showing.glance
        if self._seconds is None or glance is None or glance.stream.flow is not Flow.FLOWING:
            return
        self._data_since = glance.at if self._data_since is None else self._data_since
        if (glance.at - self._data_since) / 1e9 >= self._seconds:
            self.stop()

    def stop(self) -> None:
        """Without asking."""
        self.window.finish()
        self.window.close()


def run_window(
    sources: Sequence[SourceChoice],
    *,
    seconds: float | None = None,
    opening: Opening | None = None,
    keep_monitoring: Callable[[], None] | None = None,
    errands: Errands | None = None,
    settings: Path | None = None,
    on_stop: Callable[[Callable[[], None]], None] = lambda _stop: None,
) -> None:
    """Show the first source until the window is closed.

    Args:
        sources: the source picker's entries.
        seconds: of data, after which it closes by itself.
        opening: what is on the screen so far; it gives way.
        keep_monitoring: starts the background monitor, after the session has ended.
        errands: what the program does for the window.
        settings: the file they come from; None = this computer's own.
        on_stop: is given a function that closes the window without asking; a signal handler may call it.

    Raises:
        HipmonitorError: what ended the last session by itself, if anything did.
    """
    app = application()
    window = Window(sources, read(), keep_monitoring=keep_monitoring, errands=errands, settings_file=settings)
    welcome = window.views[VIEW]
    if sources[0].kind is SourceKind.LIVE and isinstance(welcome, WelcomeView):
        first_steps(window.cockpit, welcome)
    if Tray.there_is_one():
        window.leaving.use_tray()
    app.setQuitOnLastWindowClosed(False)  # the end of the session ends the program, once
    window.finished.connect(app.quit)
    run = Run(window, seconds)
    on_stop(run.stop)
    window.show()
    if opening is not None:
        opening.close()
    QTimer.singleShot(0, window.begin)
    listen = QTimer()
    listen.timeout.connect(lambda: None)
    listen.start(SIGNALS_MS)
    if window.ended_by is None:
        app.exec()
    window.finish()
    if window.runner.error is not None:
        raise window.runner.error

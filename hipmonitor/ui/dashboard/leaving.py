"""How the window is left: hidden into the tray, handed over to the background monitor, or ended with its session."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.closing import Closing, ask
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.sessions import Sessions
from hipmonitor.ui.dashboard.tray import Tray
from hipmonitor.ui.view_model import SourceKind

NOT_HERE = "Only a live sensor can be monitored without the window."


class Leaving(QObject):
    """With a tray, monitoring goes on in this program; without one, the background monitor goes on with it."""

    ending = Signal()
    """The session is about to be ended."""
    finished = Signal()
    """It has ended, and what was chosen is kept."""

    def __init__(
        self, window: QWidget, cockpit: Cockpit, sessions: Sessions, keep_monitoring: Callable[[], None] | None
    ) -> None:
        """`keep_monitoring` starts the background monitor; None = there is none."""
        super().__init__(window)
        self._window, self._cockpit, self._sessions = window, cockpit, sessions
        self._choices, self._keep_monitoring = cockpit.choices, keep_monitoring
        self.tray: Tray | None = None
        self.ended_by: Closing | None = None
        """The answer that ended it; None = it goes on."""

    # --- the tray ---------------------------------------------------------------------------------------------------
    def use_tray(self) -> None:
        """From now on there is an icon in the tray, and monitoring can go on without the window."""
        self.tray = Tray(self._cockpit, self._window)
        self.tray.opened.connect(self.come_back)
        self.tray.quit_wanted.connect(self._quit)
        self.tray.show()

    def come_back(self) -> None:
        """From the tray, or from behind other windows."""
        window = self._window
        window.showMaximized() if self._choices.maximised and not window.isVisible() else window.show()
        window.raise_()
        window.activateWindow()

    def _quit(self) -> None:
        """From the tray: without a question, for the answer is in the word."""
        self.finish()
        self._window.close()

    # --- the answer -------------------------------------------------------------------------------------------------
    @property
    def no_keeping(self) -> str:
        """Why monitoring cannot go on without the window; empty where it can."""
        alone = self.tray is not None or self._keep_monitoring is not None
        return "" if alone and self._sessions.choice.monitor_may_take_over else NOT_HERE

    def answer(self) -> Closing:
        """As was chosen once, or is asked now where there is something to keep."""
        choices = self._choices
        if self._sessions.choice.kind is not SourceKind.LIVE or not self._sessions.runner.busy:
            return Closing.STOP
        if choices.closing == Closing.STOP or (choices.closing == Closing.KEEP and not self.no_keeping):
            return Closing(choices.closing)
        answer, always = ask(self._cockpit.theme, self.no_keeping, self._window)
        if always and answer is not Closing.CANCEL:
            choices.closing = answer.value
        return answer

    # --- what is done -----------------------------------------------------------------------------------------------
    def close(self, event: QCloseEvent) -> None:
        """The window is asked to close."""
        answer = self.ended_by or self.answer()
        if answer is Closing.CANCEL:
            event.ignore()
        elif answer is Closing.KEEP and self.tray is not None and self.ended_by is None:
            event.ignore()
            self._keep_choices()
            self._window.hide()
        else:
            self.finish(answer)
            event.accept()

    def finish(self, answer: Closing = Closing.STOP) -> None:
        """End the session whole, keep the choices, and hand over where that was asked for."""
        if self.ended_by is not None:
            return
        self.ended_by = answer
        if self.tray is not None:
            self.tray.hide()
        self.ending.emit()
        self._keep_choices()
        self._sessions.end()
        if answer is Closing.KEEP and self._keep_monitoring is not None:
            self._keep_monitoring()
        self.finished.emit()

    def _keep_choices(self) -> None:
        window, choices = self._window, self._choices
        choices.maximised = window.isMaximized()
        place = window.normalGeometry()
        if place.width() > 0:
            choices.geometry = (place.x(), place.y(), place.width(), place.height())
        choices.write()

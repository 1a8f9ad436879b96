"""When the window is closed: what becomes of the monitoring, as was chosen once or is asked now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.closing import Closing, ask
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.sessions import Sessions
from hipmonitor.ui.dashboard.theme import Theme
from hipmonitor.ui.view_model import SourceKind

NOT_HERE = "Only a live sensor can be monitored without the window."


class Leaving:
    """With a tray, monitoring goes on in this program; without one, the background monitor goes on with it."""

    def __init__(
        self, theme: Theme, choices: KeptChoices, sessions: Sessions, keep_monitoring: Callable[[], None] | None
    ) -> None:
        self._theme, self._choices, self._sessions = theme, choices, sessions
        self._keep_monitoring = keep_monitoring
        self.tray = False
        """Whether there is one to go on in."""

    @property
    def no_keeping(self) -> str:
        """Why monitoring cannot go on without the window; empty where it can."""
        choice = self._sessions.choice
        alone = self.tray or self._keep_monitoring is not None
        return "" if alone and choice.monitor_may_take_over else NOT_HERE

    def answer(self, parent: QWidget) -> Closing:
        """Asked where there is something to keep."""
        choices = self._choices
        if self._sessions.choice.kind is not SourceKind.LIVE or not self._sessions.runner.busy:
            return Closing.STOP
        if choices.closing == Closing.STOP or (choices.closing == Closing.KEEP and not self.no_keeping):
            return Closing(choices.closing)
        answer, always = ask(self._theme, self.no_keeping, parent)
        if always and answer is not Closing.CANCEL:
            choices.closing = answer.value
        return answer

    def hand_over(self) -> None:
        """The session has ended: the background monitor begins."""
        if self._keep_monitoring is not None:
            self._keep_monitoring()

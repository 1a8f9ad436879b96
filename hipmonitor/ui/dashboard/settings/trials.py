"""Trying the ways by which alerts reach the wearer: a button each, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.errands import Say
from hipmonitor.ui.dashboard.parts import Button
from hipmonitor.ui.dashboard.side_work import SideWork

NOT_HERE = "This window cannot try it."
NO_SENSOR = "No sensor is connected; it vibrates once one is."
Work = Callable[[Say], None]


class Trial(Button):
    """Off while it is being tried; what came of it is a sentence."""

    def __init__(self, cockpit: Cockpit, name: str, icon: str, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(cockpit.theme, "Test", icon=icon, parent=parent)
        self.setAccessibleName(f"Test: {name}")
        self._say, self._aside = say, SideWork("trial", self)
        self._aside.said.connect(say)
        self._aside.done.connect(lambda _name, _result: self.refuse(""))
        self._aside.failed.connect(lambda _name, sentence: self._stopped(sentence))

    @property
    def trying(self) -> bool:
        """Whether it is being tried."""
        return self._aside.busy

    def start(self, work: Work) -> None:
        """Begin."""
        self.refuse("It is being tried.")
        self._aside.ask("trial", lambda _watch: work(self._aside.said.emit))

    def _stopped(self, sentence: str) -> None:
        self.refuse("")
        self._say(f"{sentence[:1].upper()}{sentence[1:]}".rstrip(".") + ".")

"""What every view may use: theme, memory of choices, the session's front door, and the way to another view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from hipmonitor.core.inbound import Action
from hipmonitor.core.instants import HostNs
from hipmonitor.ui.dashboard.bridge import Bridge
from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.theme import Theme
from hipmonitor.ui.view_model import StatusNow


@dataclass(slots=True, kw_only=True)
class _Hands:
    """Set by the window."""

    open_view: Callable[[str], bool] = lambda _name: False
    has_view: Callable[[str], bool] = lambda _name: False
    simulated: Callable[[], bool] = lambda: False
    say: Callable[[str], None] = lambda _sentence: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """What a view shows instead of the session, which goes on behind it. Frame and ribbon say so while that view is open."""

    view: str
    choice: SourceChoice
    feed: Feed | None = None
    ribbon: str = ""
    dress: Callable[[StatusNow], StatusNow] = lambda status: status
    """What the status bar says of it."""


class Cockpit(QObject):
    """Handed to views when they are made."""

    acted = Signal(object)
    """An Action that went through the front door."""

    def __init__(self, theme: Theme, bridge: Bridge, choices: KeptChoices) -> None:
        super().__init__()
        self.theme, self.bridge, self.choices = theme, bridge, choices
        self.hands = _Hands()
        self.instead: Instead | None = None

    @property
    def simulated(self) -> bool:
        """Whether the data are made up."""
        return self.hands.simulated()

    def now(self) -> HostNs:
        """The session's time."""
        return self.bridge.now()

    def act(self, action: Action) -> bool:
        """The wearer did something; whether there is a session to hear it."""
        if self.bridge.feed is None:
            return False
        self.bridge.feed.act(action)
        self.acted.emit(action)
        return True

    def open_view(self, name: str) -> bool:
        """Go to another view; whether there is one of that name."""
        return self.hands.open_view(name)

    def has_view(self, name: str) -> bool:
        """Whether there is one of that name."""
        return self.hands.has_view(name)

    def say(self, sentence: str) -> None:
        """In the state line, for three seconds."""
        self.hands.say(sentence)

"""What every view may use: theme, memory of choices, the session's front door, and the way to another view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from hipmonitor.core.inbound import Action, Mark
from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.ui.dashboard.appearance import Appearance
from hipmonitor.ui.dashboard.bridge import Bridge
from hipmonitor.ui.dashboard.errands import Errands
from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.sensor_hands import SensorHands
from hipmonitor.ui.dashboard.settings_desk import SettingsDesk
from hipmonitor.ui.dashboard.theme import Theme
from hipmonitor.ui.view_model import SourceKind, StatusNow


def _at_once(done: Callable[[], object]) -> None:
    done()


@dataclass(slots=True, kw_only=True)
class _Hands:
    """Set by the window."""

    open_view: Callable[[str], bool] = lambda _name: False
    has_view: Callable[[str], bool] = lambda _name: False
    simulated: Callable[[], bool] = lambda: False
    live: Callable[[], bool] = lambda: False
    say: Callable[[str], None] = lambda _sentence: None
    source_kinds: Callable[[], frozenset[SourceKind]] = frozenset
    open_source: Callable[[SourceKind], bool] = lambda _kind: False
    end_session: Callable[[Callable[[], object]], None] = _at_once
    signal_dbm: Callable[[str], int | None] = lambda _sensor: None
    """Of the sensor with this address, where it was heard lately."""
    ask_note: Callable[[HostNs], None] = lambda _made_at: None
    try_alert: Callable[[Settings], None] = lambda _settings: None
    fit: Callable[[], None] = lambda: None
    replay: Callable[[Path, HostNs], bool] = lambda _path, _at: False
    sensors: Callable[[], SensorHands | None] = lambda: None
    begin_again: Callable[[], None] = lambda: None


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

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        choices: KeptChoices,
        settings: SettingsDesk,
        errands: Errands | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme, self.bridge, self.choices = theme, bridge, choices
        self.settings, self.errands, self.appearance = settings, errands, Appearance(theme, choices)
        self.hands = _Hands()
        self.instead: Instead | None = None

    @property
    def simulated(self) -> bool:
        """Whether the data are made up."""
        return self.hands.simulated()

    @property
    def live(self) -> bool:
        """Whether the data are the wearer's, now: what is kept belongs to them."""
        return self.hands.live()

    @property
    def sensors(self) -> SensorHands | None:
        """Of the source that is open; None where it has none."""
        return self.hands.sensors()

    def begin_again(self) -> None:
        """End the session and open the same source anew: another sensor was chosen."""
        self.hands.begin_again()

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

    def mark(self) -> None:
        """This moment, which the wearer wants to find again; a note may follow."""
        made_at = self.now()
        if self.act(Mark(made_at=made_at)):
            self.say("Marked.")
            self.hands.ask_note(made_at)

    def note(self, made_at: HostNs, words: str) -> None:
        """What the mark of that instant is about."""
        if self.act(Mark(made_at=made_at, text=words)):
            self.say("The note is kept with the mark.")

    def open_view(self, name: str) -> bool:
        """Go to another view; whether there is one of that name."""
        return self.hands.open_view(name)

    def has_view(self, name: str) -> bool:
        """Whether there is one of that name."""
        return self.hands.has_view(name)

    @property
    def source_kinds(self) -> frozenset[SourceKind]:
        """What can be opened here."""
        return self.hands.source_kinds()

    def open_source(self, kind: SourceKind) -> bool:
        """Open the first source of this kind, once the session before has ended; whether there is one."""
        return self.hands.open_source(kind)

    def end_session(self, done: Callable[[], object]) -> None:
        """End the session whole without waiting, then do this."""
        self.hands.end_session(done)

    def try_alert(self, settings: Settings) -> None:
        """Show a banner that is marked as a test."""
        self.hands.try_alert(settings)

    def fit_again(self) -> None:
        """A view wants another height."""
        self.hands.fit()

    def say(self, sentence: str) -> None:
        """In the state line, for three seconds."""
        self.hands.say(sentence)

    def replay(self, path: Path, at: HostNs) -> bool:
        """Open a recording where it was at that instant; whether that can be done here."""
        return self.hands.replay(path, at)

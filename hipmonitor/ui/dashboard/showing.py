"""What the window shows of a session, or of what the open view shows instead: ten and thirty times a second."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from hipmonitor.core.instants import HostNs
from hipmonitor.ui.dashboard.banner_desk import BannerDesk
from hipmonitor.ui.dashboard.cockpit import Cockpit, Instead
from hipmonitor.ui.dashboard.frame.frame import Frame
from hipmonitor.ui.dashboard.sessions import Sessions
from hipmonitor.ui.view_model import Glance, SourceKind, status_now

SAID_MS = 3000
NO_SNOOZE = "No more snooze is left in this sitting bout; a break gives them back."


class Showing:
    """Hands each part of the window what it is to show."""

    def __init__(self, cockpit: Cockpit, sessions: Sessions, around: Frame, desk: BannerDesk, window: QWidget) -> None:
        self._cockpit, self._sessions, self._around, self._desk = cockpit, sessions, around, desk
        self._window = window
        self.glance: Glance | None = None
        """Of the session, newest."""
        self._note = ""
        self._refused_at: HostNs | None = None
        self._unsay = QTimer(window)
        self._unsay.setSingleShot(True)
        self._unsay.timeout.connect(self._say_nothing)

    # --- words ------------------------------------------------------------------------------------------------------
    def say(self, sentence: str) -> None:
        """In the state line, for three seconds; empty = no longer."""
        self._note = sentence
        if sentence:
            self._around.top.state.say(sentence)
            self._unsay.start(SAID_MS)

    def _say_nothing(self) -> None:
        self.say("")

    # --- pictures ---------------------------------------------------------------------------------------------------
    @property
    def _instead(self) -> Instead | None:
        """What the open view shows instead of the session."""
        instead = self._cockpit.instead
        return instead if instead is not None and instead.view == self._cockpit.choices.view else None

    def look(self, glance: Glance) -> None:
        """Words, digits and timers."""
        self.glance = glance
        self._hide_bridge()
        around, instead = self._around, self._instead
        feed, choice, shown = self._cockpit.bridge.feed, self._sessions.choice, glance
        if instead is not None:
            choice, feed = instead.choice, instead.feed
            shown = glance if feed is None else feed.glance(feed.now())
        around.top.show_source(choice, shown)
        around.top.state.say(self._note or around.view.state_line or shown.state_line, shown.situation)
        digits = f"{shown.angle.number} " if shown.angle.shown_deg is not None else ""
        self._window.setWindowTitle(f"{digits}hipmonitor")
        self._say_source(instead)
        self._notice_refusal(glance)
        self._desk.look(glance, behind=instead is not None)
        disk = None if feed is None else feed.disk_free_bytes()
        status = status_now(shown, disk, self._cockpit.hands.signal_dbm(shown.link.sensor) if instead is None else None)
        around.status.show_value(status if instead is None else instead.dress(status))
        around.view.look(shown)

    def frame(self, now: HostNs, seconds: float) -> None:
        """What moves."""
        self._hide_bridge()
        instead = self._instead
        self._around.view.frame(now if instead is None or instead.feed is None else instead.feed.now(), seconds)

    def _hide_bridge(self) -> None:
        self._cockpit.bridge.hidden = not self._window.isVisible() or self._window.isMinimized()

    def _say_source(self, instead: Instead | None) -> None:
        """The ribbon is there before the view is laid out below it."""
        ribbon, kind = self._around.ribbon, self._sessions.choice.kind
        if instead is None:
            ribbon.say(kind if kind is not SourceKind.REPLAY else SourceKind.LIVE)
        else:
            ribbon.say(SourceKind.REPLAY if instead.feed is not None else SourceKind.LIVE, instead.ribbon)

    def _notice_refusal(self, glance: Glance) -> None:
        """The pipeline decides whether a snooze is left."""
        if glance.alerts.snooze_refused_at != self._refused_at:
            self._refused_at = glance.alerts.snooze_refused_at
            self.say(NO_SNOOZE)

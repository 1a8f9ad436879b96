"""The settings of this computer, as the window changes them: saved, put in force at the front door, and taken back within 10 s."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.inbound import ChangeSettings
from hipmonitor.core.settings import Settings
from hipmonitor.io.settings import dump_settings, save_settings
from hipmonitor.io.settings_watch import SettingsWatch
from hipmonitor.ui.dashboard.bridge import Bridge
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.view_model import SourceKind

UNDO_MS = 10_000
LOOK_MS = 500
"""At the file: what was edited elsewhere is taken over at the second look."""
Change = Callable[[Settings], Settings]


class SettingsDesk(QObject):
    """One file, the session that is open, and the way back.

    A simulated session has limits of its own, shortened to be seen: a change is made to those too. A replay keeps what its
    recording says.
    """

    changed = Signal()
    """Other settings, another note, or undo has come or gone."""

    def __init__(
        self, bridge: Bridge, choices: KeptChoices, path: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._choices, self._given = bridge, choices, path
        self._watch = SettingsWatch(path)
        self.note = ""
        """What was done last: "Saved 14:32, from now on"."""
        self._before: Settings | None = None
        self._session_before: Settings | None = None
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(UNDO_MS)
        self._forget.timeout.connect(self._no_way_back)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.look)

    @property
    def settings(self) -> Settings:
        """As they are saved."""
        return self._watch.settings

    @property
    def path(self) -> Path:
        """Where."""
        return self._watch.path

    @property
    def can_undo(self) -> bool:
        """Whether the last change can be taken back."""
        return self._before is not None

    def start(self) -> None:
        """Look at the file from now on."""
        self._look.start()

    def stop(self) -> None:
        """No longer."""
        self._look.stop()

    # --- changes ----------------------------------------------------------------------------------------------------
    def change(self, change: Change) -> str:
        """Make a change to what is saved and to what is in force. Empty, or the sentence why nothing was done."""
        before, session_before = self.settings, self._in_force()
        try:
            wanted = self._told_again(change(before))
            if wanted == before:
                return ""
            self._save(wanted)
            if session_before is not None:
                self._put_in_force(self._told_again(change(session_before)))
        except (SettingsError, ValueError) as error:
            return str(error)
        self._before, self._session_before = before, session_before
        self._forget.start()
        self._say(f"Saved {time.strftime('%H:%M')}, from now on")
        return ""

    def undo(self) -> None:
        """As it was before the last change."""
        if self._before is None:
            return
        try:
            self._save(self._before)
        except SettingsError as error:
            self._say(str(error))
            return
        if self._session_before is not None:
            self._put_in_force(self._session_before)
        self._before = self._session_before = None
        self._say("Undone")

    def hold_alerts(self) -> str:
        """Alerts are decided and kept, not told, until somebody has confirmed the limits."""
        self._choices.alerts_held = True
        return self.change(lambda settings: replace(settings, alerts=replace(settings.alerts, mode="track")))

    def _told_again(self, wanted: Settings) -> Settings:
        """With the limits confirmed, alerts that only waited for that are told."""
        if not (self._choices.alerts_held and wanted.confirmed):
            return wanted
        return replace(wanted, alerts=replace(wanted.alerts, mode="train"))

    def _save(self, wanted: Settings) -> None:
        save_settings(dump_settings(wanted), self.path)
        self._watch.settings, self._watch.problem = wanted, ""
        if wanted.confirmed:
            self._choices.alerts_held = False

    def _in_force(self) -> Settings | None:
        """Of the session that is open; None where none is, or where it keeps its own."""
        if self._bridge.feed is None:
            return None
        glance = self._bridge.glance(self._bridge.now())
        return None if glance.source is SourceKind.REPLAY else glance.settings

    def _put_in_force(self, wanted: Settings) -> None:
        if self._bridge.feed is not None:
            self._bridge.feed.act(ChangeSettings(settings=wanted))

    def _no_way_back(self) -> None:
        self._before = self._session_before = None
        self.changed.emit()

    def _say(self, note: str) -> None:
        self.note = note
        self.changed.emit()

    # --- the file ---------------------------------------------------------------------------------------------------
    def look(self) -> None:
        """Take over what was edited elsewhere; what is broken is said once."""
        problem = self._watch.problem
        wanted = self._watch.look()
        if wanted is not None:
            self._taken_over(wanted)
        elif self._watch.problem and self._watch.problem != problem:
            self._say(f"{self._watch.problem}. The settings from before stay in force.")

    def _taken_over(self, wanted: Settings) -> None:
        again = self._told_again(wanted)
        if again != wanted:
            self._save(again)
        if self._bridge.feed is not None and self._bridge.glance(self._bridge.now()).source is SourceKind.LIVE:
            self._put_in_force(again)
        self._before = self._session_before = None
        self._say(f"The settings file was changed elsewhere; read again {time.strftime('%H:%M')}, from now on")

    def forget(self) -> None:
        """The file was deleted: presets."""
        self._watch, self._before, self._session_before = SettingsWatch(self._given), None, None
        self._say("")

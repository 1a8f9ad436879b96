"""The same recording with the settings of now: read once more, beside the first reading, when somebody asks for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from hipmonitor.core.errors import SettingsError
from hipmonitor.io.settings import load_settings
from hipmonitor.ui.dashboard.feed import Feed
from hipmonitor.ui.dashboard.parts import Button
from hipmonitor.ui.dashboard.replay.projector import Projector
from hipmonitor.ui.dashboard.replay.reading import limits_of
from hipmonitor.ui.dashboard.replay.recording_source import RecordingChoice, recording_choice
from hipmonitor.ui.dashboard.session_runner import SessionRunner


class PresentSettings(QObject):
    """`changed`: another projector is to be shown, or there is another count."""

    changed = Signal()

    def __init__(self, button: Button) -> None:
        super().__init__(button)
        self._button, self._runner = button, SessionRunner(self)
        self._recorded: Projector | None = None
        self._mine: Projector | None = None
        self._choice: RecordingChoice | None = None
        self._path = Path()
        self._said = ""
        self._open = False
        """The runner has not told of its last one's end."""
        button.clicked.connect(self._asked)
        self._runner.began.connect(self._began, Qt.ConnectionType.QueuedConnection)
        self._runner.ended.connect(self._ended, Qt.ConnectionType.QueuedConnection)

    # --- what is shown ----------------------------------------------------------------------------------------------
    @property
    def shown(self) -> Projector | None:
        """Which of the two readings."""
        return self._mine if self._button.isChecked() and self._mine is not None else self._recorded

    @property
    def recorded(self) -> int:
        """Alerts with the settings in the file."""
        return 0 if self._recorded is None else self._recorded.film.alerts

    @property
    def counted(self) -> int | None:
        """Alerts with the settings of now; None = not asked for."""
        return None if self._mine is None else self._mine.film.alerts

    @property
    def sentence(self) -> str:
        """That it is being read; empty else."""
        return self._said

    def look(self) -> None:
        """How far it is."""
        if self._reading and self._choice is not None:
            self._said = f"Counting alerts with your present settings: {100 * self._choice.reading.share:.0f} %."

    @property
    def _reading(self) -> bool:
        return self._button.isChecked() and self._mine is None and self._runner.busy

    # --- what happens -----------------------------------------------------------------------------------------------
    def watch(self, recorded: Projector, path: Path) -> None:
        """Another recording was opened."""
        self.close()
        self._recorded, self._path = recorded, path

    def _asked(self) -> None:
        if self._button.isChecked() and self._mine is None:
            self._begin()
        elif not self._button.isChecked():
            self._said = ""
        self.changed.emit()

    def _begin(self) -> None:
        if self._recorded is None or self._open:
            self._button.setChecked(False)
            return
        try:
            settings = limits_of(load_settings(None), self._recorded.film.settings)
        except SettingsError as error:
            self._said = str(error)
            self._button.setChecked(False)
            return
        self._choice = recording_choice(self._path, settings)
        self._open = True
        self._runner.start(self._choice)

    def _began(self, feed: Feed) -> None:
        if isinstance(feed, Projector) and feed.running and self._recorded is not None:
            self._mine, self._said = feed, ""
            self.changed.emit()

    def _ended(self, sentence: str) -> None:
        self._open, self._said = False, sentence
        if self._mine is None:
            self._button.setChecked(False)
        self.changed.emit()

    def close(self) -> None:
        """No longer."""
        if self._choice is not None:
            self._choice.reading.cancel()
        self._runner.ask_to_end()
        self._recorded = self._mine = self._choice = None
        self._said = ""
        self._button.setChecked(False)

    def end(self) -> None:
        """No longer, and wait for it."""
        self.close()
        self._runner.end()

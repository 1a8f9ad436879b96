"""Recording, Sensors and About: short pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hipmonitor.io.places import recordings_folder
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.form import FormRow, Panel, PathWords, SettingControl
from hipmonitor.ui.dashboard.parts import Button
from hipmonitor.ui.dashboard.theme import Role
from hipmonitor.ui.view_model import Glance
from hipmonitor.ui.view_model.setting_rows import RECORDING_ROWS, SENSOR_ROWS, SettingRow
from hipmonitor.ui.view_model.status_now import size_words

KEPT = "Every session is kept as it came from the sensor; nothing of it leaves this computer by itself."


class RowsPage(QWidget):
    """Settings, one below the other."""

    def __init__(self, cockpit: Cockpit, rows: Sequence[SettingRow] = ()) -> None:
        super().__init__()
        self.cockpit, self.panel = cockpit, Panel(cockpit.theme)
        self.rows = {row.key: SettingControl(cockpit.theme, cockpit.settings, row) for row in rows}
        for row in self.rows.values():
            self.panel.column.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)

    def add(self, label: str, means: str, *controls: QWidget) -> FormRow:
        """Something that is no setting."""
        row = FormRow(self.cockpit.theme, label, means, *controls)
        self.panel.column.addWidget(row)
        return row

    def opens(self, word: str, view: str) -> Button:
        """A button that opens another view; off where there is none."""
        button = Button(self.cockpit.theme, word)
        button.clicked.connect(lambda: self.cockpit.open_view(view))
        return button


class RecordingPage(RowsPage):
    """Where recordings lie, and what days and reports take from here."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__(cockpit, RECORDING_ROWS)
        self.open_folder = Button(cockpit.theme, "Open folder")
        self.open_folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(recordings_folder()))))
        self.add("Recordings", KEPT, self.open_folder)
        self.now = PathWords(cockpit.theme, role=Role.SMALL, ink="ink2")
        self.panel.column.addSpacing(10)
        self.panel.column.addWidget(self.now)
        self.now.say(str(recordings_folder()))

    def look(self, glance: Glance) -> None:
        """What is being written."""
        recording = glance.recording
        written = (
            "" if recording is None else f"; being written: {recording.path.name}, {size_words(recording.size_bytes)}"
        )
        self.now.say(f"{recordings_folder()}{written}")


class SensorsPage(RowsPage):
    """Which sensor sits where; searching and connecting are in the Sensors view."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__(cockpit, SENSOR_ROWS)
        self.open_sensors = self.opens("Open Sensors", "sensors")
        self.add("Search and connect", "Signal, battery and a buzz to tell sensors apart are there.", self.open_sensors)

    def look(self, _glance: Glance) -> None:
        """Only where there is such a view."""
        self.open_sensors.refuse("" if self.cockpit.has_view("sensors") else "This window has no such view.")


class AboutPage(RowsPage):
    """The way to About, and to the first steps."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__(cockpit)
        self.open_about = self.opens("Open About", "about")
        self.again = self.opens("Go through them", "welcome")
        self.add(
            "About hipmonitor", "What it can and cannot know, version, licences, when to see someone.", self.open_about
        )
        self.add("First steps", "Five short pages: what it does, limits, connecting, calibrating.", self.again)

"""The Settings view: a change counts at once, is said, and can be taken back for ten seconds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from hipmonitor.core.instants import HostNs
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.parts import Button
from hipmonitor.ui.dashboard.settings.alerts_page import AlertsPage
from hipmonitor.ui.dashboard.settings.data_page import DataPage
from hipmonitor.ui.dashboard.settings.display_page import DisplayPage
from hipmonitor.ui.dashboard.settings.limits_page import LimitsPage
from hipmonitor.ui.dashboard.settings.more_pages import AboutPage, RecordingPage, SensorsPage
from hipmonitor.ui.dashboard.settings.quiet_page import QuietPage
from hipmonitor.ui.dashboard.settings.section_list import SectionList
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.view_model import Glance

SECTIONS = ("Limits", "Alerts", "Quiet times", "Display", "Recording", "Sensors", "Data", "About")
LIST, FORM, SIDE, GAP = 200.0, 640.0, 20, 14
STACKED_BELOW = 680.0
"""Narrower than this, by the size of letters, sections are a menu above the form."""


class SettingsView(View):
    """Sections and their pages."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self.cockpit, self._desk = cockpit, cockpit.settings
        theme = cockpit.theme
        self.limits, self.alerts, self.quiet = LimitsPage(cockpit), AlertsPage(cockpit), QuietPage(cockpit)
        self.display, self.recording, self.sensors = DisplayPage(cockpit), RecordingPage(cockpit), SensorsPage(cockpit)
        self.data = DataPage(cockpit)
        pages = (self.limits, self.alerts, self.quiet, self.display, self.recording, self.sensors, self.data)
        self.pages: dict[str, QWidget] = dict(zip(SECTIONS, (*pages, AboutPage(cockpit)), strict=True))
        self.list = SectionList(theme, SECTIONS)
        self.list.chosen.connect(self.open)
        self.picker = Button(theme, SECTIONS[0], icon="settings")
        self.picker.open_menu(self._menu())
        self.undo = Button(theme, "Undo")
        self.undo.clicked.connect(self._desk.undo)
        self.section = SECTIONS[0]
        self._lay_out()
        self._desk.changed.connect(self._say)
        self.open(SECTIONS[0])
        self._say()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for section in SECTIONS:
            menu.addAction(section, partial(self.open, section))
        return menu

    def _lay_out(self) -> None:
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(SIDE, 0, SIDE, GAP)
        self._line.setSpacing(GAP)
        self._line.addWidget(self.list, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self.picker, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._form = QWidget()
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        for page in self.pages.values():
            column.addWidget(page)
        column.addStretch(1)
        self._line.addWidget(self._form, 1)
        self._line.addStretch(0)

    # --- what the window asks ---------------------------------------------------------------------------------------
    @property
    def buttons(self) -> Sequence[QWidget]:
        """What was done last stands in the state line; Undo beside it."""
        return (self.undo,)

    @property
    def state_line(self) -> str | None:
        """What was done last; else whose settings they are."""
        return self._desk.note or f"Settings: {self._desk.path}"

    def look(self, glance: Glance) -> None:
        """The page that is open."""
        page = self.pages[self.section]
        if isinstance(page, LimitsPage | AlertsPage | RecordingPage | SensorsPage):
            page.look(glance)

    def frame(self, _now: HostNs, seconds: float) -> None:
        """The figure glides."""
        if self.section == SECTIONS[0]:
            self.limits.frame(seconds)

    def press(self, key: str) -> bool:
        """Space on the week's grid."""
        if key == "Space" and self.quiet.grid.hasFocus():
            self.quiet.grid.toggle()
            return True
        return False

    def fit(self, width: int, height: int) -> int:
        """Side by side where there is room; the form is never wider than it can be read."""
        theme = self.cockpit.theme
        stacked = width / theme.font_scale < STACKED_BELOW
        self.list.setVisible(not stacked)
        self.picker.setVisible(stacked)
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
        self.list.setFixedWidth(round(theme.px(LIST)))
        room = width - 2 * SIDE - (0 if stacked else round(theme.px(LIST)) + GAP)
        form = min(room, round(theme.px(FORM)))
        self._form.setFixedWidth(form)
        page = self.pages[self.section]
        high = page.heightForWidth(form) if page.hasHeightForWidth() else page.sizeHint().height()
        above = self.picker.sizeHint().height() + GAP if stacked else 0
        return max(high + above, 0 if stacked else self.list.sizeHint().height()) + GAP

    # --- sections ---------------------------------------------------------------------------------------------------
    def open(self, section: str) -> None:
        """Show this one."""
        self.section = section
        for name, page in self.pages.items():
            page.setVisible(name == section)
        self.list.show_chosen(section)
        self.picker.say(section)
        if section == "Data":
            self.data.opened()
        self.updateGeometry()
        self.cockpit.fit_again()

    def _say(self) -> None:
        self.undo.refuse("" if self._desk.can_undo else "Nothing to take back; a change can be for 10 seconds.")
        self.cockpit.fit_again()

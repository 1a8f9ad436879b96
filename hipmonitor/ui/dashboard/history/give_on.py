"""What leaves the program: a copy of everything, and the report for a physio. Both are written in a thread of their own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from hipmonitor.io.places import state_folder
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.history import loading
from hipmonitor.ui.dashboard.history.loading import Page, Span
from hipmonitor.ui.dashboard.parts import Button
from hipmonitor.ui.dashboard.side_work import SideWork

NOTHING_YET = "There is no history to report on yet."


class GiveOn(QObject):
    """Two buttons of the top bar."""

    def __init__(self, cockpit: Cockpit, parent: QObject) -> None:
        super().__init__(parent)
        self.cockpit, self.errands = cockpit, SideWork("export", self)
        self.export = Button(cockpit.theme, "Export", icon="export")
        self.report = Button(cockpit.theme, "Report for your physio")
        self._page: Page | None = None
        self.export.clicked.connect(self._ask_folder)
        self.report.clicked.connect(self.write_report)
        self.errands.done.connect(self._done)
        self.errands.failed.connect(lambda _name, sentence: cockpit.say(sentence))

    def show_page(self, page: Page | None) -> None:
        """The days a report would be on."""
        self._page = page
        self.report.refuse(NOTHING_YET if page is None else "")

    def _ask_folder(self) -> None:
        words = "A folder for the copy; a new one is made in it"
        folder = QFileDialog.getExistingDirectory(self.export, words, str(Path.home()))
        if folder:
            self.copy_into(Path(folder))

    def copy_into(self, folder: Path) -> None:
        """Everything that is kept, into a new folder in this one."""
        self.cockpit.say("Copying everything that is kept.")
        self.errands.ask("export", lambda _watch: loading.copy_all(folder))

    def write_report(self) -> None:
        """On the week or the weeks up to the shown day; opened when it is written."""
        if self._page is None:
            return
        last = self._page.day
        first = last - (loading.WEEKS if self._page.span is Span.WEEKS else loading.REPORT_DAYS) + 1
        self.cockpit.say("Writing the report.")
        self.errands.ask("report", lambda _watch: loading.write_report(state_folder() / "reports", first, last))

    def _done(self, name: object, path: object) -> None:
        if name == "export":
            self.cockpit.say(f"Copied to {path}, readable by you only.")
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.cockpit.say(f"The report lies at {path}.")

"""Which recordings there are: looked up in a thread, because what a crash left behind has to be read through."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from hipmonitor.core.errors import HipmonitorError
from hipmonitor.io.places import recordings_folder
from hipmonitor.io.session import list_recordings, repair
from hipmonitor.ui.view_model import RecordingRow, recording_row

LOG = logging.getLogger(__name__)
DEMOS = "demo"
MOST = 60
"""Newest first; older ones are opened as files."""


class Library(QObject):
    """`listed` brings the rows; `repaired` a file that now is whole, or why it is not."""

    listed = Signal(object)
    repaired = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[RecordingRow, ...] | None = None
        """None = not looked up yet."""
        self._busy = threading.Lock()

    def look(self) -> None:
        """Look anew, unless somebody is looking."""
        threading.Thread(target=self._look, name="hipmonitor recordings", daemon=True).start()

    def _look(self) -> None:
        if not self._busy.acquire(blocking=False):
            return
        try:
            folder = recordings_folder()
            rows = [recording_row(info, simulated=False) for info in list_recordings(folder)]
            rows += [recording_row(info, simulated=True) for info in list_recordings(folder / DEMOS)]
            rows.sort(key=lambda row: row.path.name, reverse=True)
            self.rows = tuple(rows[:MOST])
            self.listed.emit(self.rows)
        except OSError as error:
            LOG.warning("recordings cannot be listed: %s", error)
            self.rows = ()
            self.listed.emit(())
        finally:
            self._busy.release()

    def repair(self, path: Path) -> None:
        """Make it whole; the damaged original is kept."""
        threading.Thread(target=self._repair, args=(path,), name="hipmonitor repair", daemon=True).start()

    def _repair(self, path: Path) -> None:
        try:
            report = repair(path)
        except (HipmonitorError, OSError) as error:
            self.repaired.emit(None, str(error))
            return
        self.repaired.emit(report.path, "Repaired; the original is kept beside it.")

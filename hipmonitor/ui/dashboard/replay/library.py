"""Which recordings there are: looked up beside the window, because what a crash left behind has to be read through."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from hipmonitor.io.places import recordings_folder
from hipmonitor.io.session import list_recordings, recorded_utc_offset_s, repair
from hipmonitor.ui.dashboard.side_work import SideWork
from hipmonitor.ui.view_model import RecordingRow, recording_row

LOG = logging.getLogger(__name__)
DEMOS = "demo"
MOST = 60
"""Newest first; older ones are opened as files."""
REPAIRED = "Repaired; the original is kept beside it."


class Library(QObject):
    """`listed` brings the rows; `repaired` a file that now is whole, or why it is not."""

    listed = Signal(object)
    repaired = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[RecordingRow, ...] | None = None
        """None = not looked up yet."""
        self._looking, self._repairing = SideWork("recordings", self), SideWork("repair", self)
        self._looking.done.connect(lambda _name, rows: self._list(rows))
        self._looking.failed.connect(lambda _name, sentence: self._list_nothing(sentence))
        self._repairing.done.connect(lambda _name, path: self.repaired.emit(path, REPAIRED))
        self._repairing.failed.connect(lambda _name, sentence: self.repaired.emit(None, sentence))

    def look(self) -> None:
        """Look anew, unless it is being looked."""
        if not self._looking.busy:
            self._looking.ask("recordings", lambda _watch: _rows())

    def _list(self, rows: tuple[RecordingRow, ...]) -> None:
        self.rows = rows
        self.listed.emit(rows)

    def _list_nothing(self, sentence: str) -> None:
        LOG.warning("recordings cannot be listed: %s", sentence)
        self._list(())

    def repair(self, path: Path) -> None:
        """Make it whole; the damaged original is kept."""
        self._repairing.ask(path, lambda _watch: repair(path).path)


def _rows() -> tuple[RecordingRow, ...]:
    folder = recordings_folder()
    there = [(info, False) for info in list_recordings(folder)]
    there += [(info, True) for info in list_recordings(folder / DEMOS)]
    newest = sorted(there, key=lambda one: one[0].path.name, reverse=True)[:MOST]
    return tuple(
        recording_row(info, simulated=simulated, utc_offset_s=recorded_utc_offset_s(info.path))
        for info, simulated in newest
    )

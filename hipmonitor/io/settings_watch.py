"""Notices that the settings file was edited. It is looked at when asked to, so whoever asks decides how often."""

from __future__ import annotations

from pathlib import Path

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.settings import Settings
from hipmonitor.io import places
from hipmonitor.io.settings import load_settings

Look = tuple[int, int, int] | None
"""Modification time, size and number of a file; None where it is not there."""


class SettingsWatch:
    """The settings of one file, again and again. A broken or missing file is told once, and the old settings stay.

    Args:
        path: the file; None = this computer's, which need not be there.
    """

    def __init__(self, path: Path | None = None) -> None:
        # Once and for all: nobody should change which file is meant by going to another folder.
        self.path = (path or places.settings_file()).absolute()
        self.settings = load_settings(path)
        self.problem = ""
        """Why the file as it is now cannot be used; empty where it can."""
        self._acted_on = self._seen = self._look()

    def look(self) -> Settings | None:
        """Other settings, where the file now says them. A file that just changed is read at the next look, when it is whole."""
        look = self._look()
        still, self._seen = look == self._seen, look
        if look == self._acted_on or not still:
            return None
        self._acted_on = look
        return self._read()

    def _read(self) -> Settings | None:
        try:
            settings = load_settings(self.path)
        except SettingsError as error:
            self.problem = str(error)
            return None
        self.problem = ""
        if settings == self.settings:
            return None
        self.settings = settings
        return settings

    def _look(self) -> Look:
        try:
            facts = self.path.stat()
        except OSError:
            return None
        return facts.st_mtime_ns, facts.st_size, facts.st_ino

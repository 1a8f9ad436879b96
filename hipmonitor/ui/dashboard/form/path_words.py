"""Sentences with paths in them: one that is wider than its line keeps both ends, and the tooltip has all of it."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.form.words import Words
from hipmonitor.ui.dashboard.theme import Role, Theme

NAME = 0.4
"""Share of a line that a path leaves to what stands before it."""
NOT_BROKEN = "\u2060"
WORD = re.compile(r"\S+")


class PathWords(Words):
    """Can be selected with the mouse."""

    def __init__(
        self, theme: Theme, text: str = "", role: Role = Role.BODY, *, ink: str = "ink", parent: QWidget | None = None
    ) -> None:
        self._whole = text
        super().__init__(theme, text, role, ink=ink, copied=True, parent=parent)
        theme.changed.connect(self._fit)

    def text(self) -> str:
        """The whole of it."""
        return self._whole

    def say(self, text: str) -> None:
        """Another text; nothing stands there where it is empty."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()
        self.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = "\n".join(self._line(line) for line in self._whole.split("\n"))
        self.setToolTip(self._whole if shown != self._whole else "")
        if shown != super().text():
            self.setText(shown)

    def _line(self, line: str) -> str:
        """Its longest word beside a short name, or on a line of its own."""
        word, width, m = max(WORD.findall(line), key=len, default=""), self.width(), self.fontMetrics()
        others = m.horizontalAdvance(line) - m.horizontalAdvance(word)
        room = width - others if others < NAME * width else width
        if m.horizontalAdvance(word) <= room:
            return line
        brief = m.elidedText(word, Qt.TextElideMode.ElideMiddle, max(1, room - 2))
        return line.replace(word, NOT_BROKEN.join(brief), 1)

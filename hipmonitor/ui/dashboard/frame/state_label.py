"""The state line: one sentence, the same that is told to a screen reader."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.theme import Role, Theme
from hipmonitor.ui.view_model import Situation


class StateLabel(QWidget):
    """Shortened at its end where there is no room; the tooltip has all of it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.sentence = theme, ""
        self._situation: Situation | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.update)

    def say(self, sentence: str, situation: Situation | None = None) -> None:
        """Show it; announce it, politely, when the situation is another one."""
        if sentence != self.sentence:
            self.sentence = sentence
            self.setAccessibleName(sentence)
            self.setToolTip(sentence)
            self.update()
        if situation is not self._situation:
            self._situation = situation
            event = QAccessibleAnnouncementEvent(self, sentence)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)

    def sizeHint(self) -> QSize:
        """A line."""
        return QSize(60, round(self.theme.metrics(Role.BODY).height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in one line, or in two smaller ones."""
        painter = QPainter(self)
        writing, p, m = Writing(painter, self.theme), self.theme.palette, self.theme.metrics(Role.BODY)
        middle = self.height() / 2
        small = self.theme.metrics(Role.SMALL)
        if m.horizontalAdvance(self.sentence) <= self.width():
            writing.text(0, middle + m.capHeight() / 2, self.sentence, Role.BODY, p.ink2)
        elif small.horizontalAdvance(self.sentence) <= self.width():
            writing.text(0, middle + small.capHeight() / 2, self.sentence, Role.SMALL, p.ink2)
        else:
            first = _first_line(self.sentence, lambda text: small.horizontalAdvance(text) <= self.width())
            rest = self.sentence[len(first) :].strip()
            writing.text(0, middle - 2, first, Role.SMALL, p.ink2, room=self.width())
            writing.text(0, middle + small.ascent(), rest, Role.SMALL, p.ink2, room=self.width())
        painter.end()


def _first_line(sentence: str, fits: Callable[[str], bool]) -> str:
    """As many words as fit."""
    words = sentence.split(" ")
    line = words[0]
    for word in words[1:]:
        if not fits(f"{line} {word}"):
            break
        line = f"{line} {word}"
    return line

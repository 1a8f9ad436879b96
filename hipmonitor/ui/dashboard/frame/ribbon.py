"""Replay and simulated data wear a ribbon in every view: nobody takes them for their own hip."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model import SourceKind

HEIGHT = 32.0
WORDS = {
    SourceKind.SIMULATED: ("Simulated sensor", "These data are made up; nothing here is about you."),
    SourceKind.REPLAY: ("Replay, not live", "Alerts are drawn where they happened and are not sent again."),
}


class Ribbon(QWidget):
    """Hidden for live data."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self._kind = theme, SourceKind.LIVE
        self._more = ""
        theme.changed.connect(self._renew)
        self.say(SourceKind.LIVE)

    def say(self, kind: SourceKind, more: str = "") -> None:
        """What is shown; `more` stands instead of the usual sentence."""
        self._kind, self._more = kind, more
        self.setVisible(kind in WORDS)
        self.setAccessibleName(" ".join(self._words()) if kind in WORDS else "")
        self._renew()

    def _renew(self) -> None:
        self.setFixedHeight(round(self.theme.px(HEIGHT)) + 10)
        self.update()

    def _words(self) -> tuple[str, str]:
        title, sentence = WORDS[self._kind]
        return title, self._more or sentence

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if self._kind not in WORDS:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p, m = self.theme.palette, self.theme.metrics(Role.BODY)
        rect = QRectF(20.5, 0.5, self.width() - 41, self.height() - 11)
        painter.setPen(QPen(qcolor(p.mark), 1.0))
        painter.setBrush(qcolor(p.mark_tint))
        painter.drawRoundedRect(rect, 10, 10)
        writing, base = Writing(painter, self.theme), rect.center().y() + m.capHeight() / 2
        icon, px = "replay" if self._kind is SourceKind.REPLAY else "sensors", self.theme.px(18)
        x = rect.left() + 16
        writing.icon(x, base, icon, px, p.mark_text, Role.BODY)
        title, sentence = self._words()
        x += px + 10
        x += writing.text(x, base, title, Role.BODY, p.ink, weight=Weight.STRONG) + 12
        writing.text(x, base, sentence, Role.BODY, p.ink2, room=rect.right() - 16 - x)
        painter.end()

"""Replay and simulated data wear a ribbon in every view: nobody takes them for their own hip."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Button, Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model import SourceKind

HEIGHT = 32.0
WORDS = {
    SourceKind.SIMULATED: ("Simulated sensor", "These data are made up; nothing here is about you."),
    SourceKind.REPLAY: ("Replay, not live", "Alerts are drawn where they happened and are not sent again."),
}


class Ribbon(QWidget):
    """Hidden for live data. From a replay a button leads back to the session, which went on behind it."""

    back = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self._kind = theme, SourceKind.LIVE
        self._more = ""
        self.to_live = Button(theme, "Back to live", parent=self)
        self.to_live.clicked.connect(self.back)
        theme.changed.connect(self._renew)
        self.say(SourceKind.LIVE)

    def say(self, kind: SourceKind, more: str = "") -> None:
        """What is shown; `more` stands instead of the usual sentence."""
        if (kind, more) == (self._kind, self._more) and self.isVisible() == (kind in WORDS):
            return
        self._kind, self._more = kind, more
        self.to_live.setVisible(kind is SourceKind.REPLAY)
        self.setVisible(kind in WORDS)
        self.setAccessibleName(" ".join(self._words()) if kind in WORDS else "")
        self.setToolTip(self.accessibleName())
        self._renew()

    def _renew(self) -> None:
        button = self.to_live.sizeHint().height() + 2 if self._kind is SourceKind.REPLAY else 0
        self.setFixedHeight(max(round(self.theme.px(HEIGHT)), button) + 10)
        self._place()
        self.update()

    def _place(self) -> None:
        hint = self.to_live.sizeHint()
        top = (self.height() - 10 - hint.height()) / 2
        self.to_live.setGeometry(self.width() - 22 - hint.width(), round(top), hint.width(), hint.height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """The button stands at the right."""
        self._place()

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
        right = self.to_live.x() if self._kind is SourceKind.REPLAY else rect.right()
        writing.text(x, base, sentence, Role.BODY, p.ink2, room=right - 16 - x)
        painter.end()

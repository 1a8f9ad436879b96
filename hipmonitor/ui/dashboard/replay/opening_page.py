"""Before a recording is shown: the list of them, or how far one has been read."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.parts import Button, Look, flush_left
from hipmonitor.ui.dashboard.replay.recording_list import RecordingList
from hipmonitor.ui.dashboard.theme import Role, Theme, qcolor
from hipmonitor.ui.view_model import RecordingRow

SIDE, WIDTH = 20, 860
TITLE = "Choose a recording"
LOOKING = "Looking for recordings."
NONE_THERE = "No recordings yet. Every live or simulated session makes one."
ANOTHER = "Open another file"
READING = "Reading it once, to know every instant of it"


class Page(Enum):
    """Which of the two."""

    LIST = "list"
    READING = "reading"


class Progress(QWidget):
    """A bar of what is done."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.share = theme, 0.0
        self.setAccessibleName("Progress")

    def sizeHint(self) -> QSize:
        """A slim line."""
        return QSize(300, 13)

    def show_share(self, share: float) -> None:
        """0 to 1."""
        if share != self.share:
            self.share = share
            self.setAccessibleDescription(f"{100 * share:.0f} %")
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ink on an empty bar: it measures nothing."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, p = QRectF(self.rect()).adjusted(0.5, 2.5, -0.5, -2.5), self.theme.palette
        painter.setPen(qcolor(p.ctl))
        painter.setBrush(qcolor(p.inset))
        painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(p.btn))
        painter.drawRoundedRect(QRectF(rect.left(), rect.top(), rect.width() * self.share, rect.height()), 4, 4)
        painter.end()


class OpeningPage(QWidget):
    """One column in the middle."""

    cancelled = Signal()
    another = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.page = theme, Page.LIST
        self.title, self.sentence = QLabel(TITLE), QLabel(LOOKING)
        self.list, self.progress = RecordingList(theme), Progress(theme)
        self.cancel = Button(theme, "Cancel")
        self.file = Button(theme, ANOTHER, look=Look.PLAIN)
        self.cancel.clicked.connect(self.cancelled)
        self.file.clicked.connect(self.another)
        for label in (self.title, self.sentence):
            label.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SIDE, 4, SIDE, 14)
        self._column.setSpacing(8)
        foot = QHBoxLayout()
        for button in (self.cancel, self.file):
            foot.addWidget(button)
        foot.addStretch(1)
        for part in (self.title, self.sentence, self.progress, self.list):
            self._column.addWidget(part)
        self._column.addLayout(flush_left(foot))
        self._column.addStretch(1)
        theme.changed.connect(self._dress)
        self._dress()
        self.show_list(None, "")

    def _dress(self) -> None:
        p = self.theme.palette
        for label, role, colour in ((self.title, Role.TITLE, p.ink), (self.sentence, Role.BODY, p.ink2)):
            label.setFont(self.theme.font(role))
            palette = label.palette()
            palette.setColor(label.foregroundRole(), qcolor(colour))
            label.setPalette(palette)

    def show_list(self, rows: Sequence[RecordingRow] | None, said: str) -> None:
        """The recordings; `said`: why the last one could not be opened. None = they are being looked up."""
        self.page = Page.LIST
        self.title.setText(TITLE)
        empty = LOOKING if rows is None else "" if rows else NONE_THERE
        self.sentence.setText(said or empty)
        self.sentence.setVisible(bool(said or empty))
        self.list.show_rows(rows or ())
        self.file.say(ANOTHER if rows else "Open a file")
        self._show()

    def show_reading(self, name: str, share: float) -> None:
        """How far it is."""
        if self.page is not Page.READING:
            self.cancel.setFocus()
        self.page = Page.READING
        self.title.setText(f"Opening {name}")
        self.sentence.setText(f"{READING}: {100 * share:.0f} %.")
        self.sentence.setVisible(True)
        self.progress.show_share(share)
        self._show()

    def _show(self) -> None:
        reading = self.page is Page.READING
        for part, there in (
            (self.progress, reading),
            (self.cancel, reading),
            (self.list, not reading),
            (self.file, not reading),
        ):
            part.setVisible(there)

    def fit(self, width: int, height: int) -> int:
        """In the middle, no wider than one can read; how high it wants to be."""
        side = max(SIDE, (width - round(WIDTH * max(1.0, self.theme.font_scale * 0.8))) // 2)
        self._column.setContentsMargins(side, 4, side, 14)
        self._column.activate()
        wanted = max(self._column.totalMinimumSize().height(), self._column.heightForWidth(width))
        self.setGeometry(0, 0, width, max(height, wanted))
        return wanted

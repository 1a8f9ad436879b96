"""The list of recordings: every row is a button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model import RecordingRow

HEIGHT, SIDE = 60.0, 20.0


class RecordingButton(QAbstractButton):
    """One recording."""

    def __init__(self, theme: Theme, row: RecordingRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self.row = theme, row
        self.setAccessibleName(row.words)
        self.setAccessibleDescription(row.reason)
        self.setToolTip(row.reason or str(row.path))
        self.setEnabled(not row.reason)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Two lines."""
        words = self.theme.metrics(Role.BODY).height() + self.theme.metrics(Role.SMALL).height()
        return QSize(300, round(max(HEIGHT, words + 22)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; arrows go to the neighbour."""
        steps = {Qt.Key.Key_Down: True, Qt.Key.Key_Up: False}
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in steps:
            self.focusNextPrevChild(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Title, and what is known of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p, m, row = self.theme.palette, self.theme.metrics, self.row
        rect = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(QPen(qcolor(p.ink if self.hasFocus() else p.line), 2.0 if self.hasFocus() else 1.0))
        painter.setBrush(qcolor(p.inset if self.underMouse() and self.isEnabled() else p.surface))
        painter.drawRoundedRect(rect, 10, 10)
        painter.setOpacity(1.0 if self.isEnabled() else 0.6)
        writing, right = Writing(painter, self.theme), rect.right() - SIDE
        spare = (rect.height() - m(Role.BODY).height() - m(Role.SMALL).height()) / 2
        base = rect.top() + spare + m(Role.BODY).ascent()
        px = self.theme.px(20)
        x = rect.left() + SIDE + writing.icon(rect.left() + SIDE, base, "replay", px, p.ink2, Role.BODY) + 12
        loss = p.ink2 if row.whole else p.notice_text
        end = writing.right(right, base, row.loss, Role.SMALL, loss)
        writing.text(x, base, row.title, Role.BODY, p.ink, weight=Weight.STRONG, room=end - 12 - x)
        below = base + m(Role.BODY).descent() + m(Role.SMALL).ascent() + 2
        kind = "simulated" if row.simulated else ""
        said = row.reason or " · ".join(part for part in (row.length, row.size, kind) if part)
        x += writing.text(x, below, said, Role.SMALL, p.ink2, room=right - x)
        if not row.reason:
            writing.text(x, below, name_within(self.theme, row.path.name, right - x), Role.SMALL, p.ink2)
        painter.end()


def name_within(theme: Theme, name: str, room: float) -> str:
    """After a dot; with both of its ends where it is too long: one says when, the other of what kind it is."""
    return theme.metrics(Role.SMALL).elidedText(f" · {name}", Qt.TextElideMode.ElideMiddle, max(0.0, room))


class RecordingList(QWidget):
    """`chosen` says the path."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.buttons: tuple[RecordingButton, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_rows(self, rows: Sequence[RecordingRow]) -> None:
        """These, unless they are shown already."""
        if tuple(rows) == tuple(button.row for button in self.buttons):
            return
        for button in self.buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = tuple(RecordingButton(self.theme, row, self) for row in rows)
        for button in self.buttons:
            button.clicked.connect(lambda _on=False, path=button.row.path: self.chosen.emit(path))
            self._column.addWidget(button)
            button.show()

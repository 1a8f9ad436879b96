"""A number from 0 to 10, or none: one click, or arrows and digits; the same again leaves it out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.plan import ScaleField

HEIGHT, CELL, ROOM, COUNT = 30.0, 31.0, 4, 11
LEFT_OUT = "left out"
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
CLEARS = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})


class ScaleRow(QWidget):
    """`value` is None while it is left out."""

    changed = Signal()

    def __init__(self, theme: Theme, field: ScaleField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.field = theme, field
        self.value: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{field.label}, 0 {field.ends[0]} to 10 {field.ends[1]}")
        self._tell()
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def _tell(self) -> None:
        self.setAccessibleDescription(LEFT_OUT if self.value is None else str(self.value))

    def choose(self, value: int | None) -> None:
        """This number, or none."""
        if value != self.value:
            self.value = value
            self._tell()
            self.update()
            self.changed.emit()

    # --- places -----------------------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        """Label, eleven cells, what the ends mean."""
        return QSize(
            round(COUNT * self.theme.px(CELL)),
            round(self._cells().bottom() + self.theme.metrics(Role.SMALL).height() + 8),
        )

    def minimumSizeHint(self) -> QSize:
        """It may be narrow."""
        return QSize(180, self.sizeHint().height())

    def _cells(self) -> QRectF:
        wide = min(self.width() - 2 * ROOM, COUNT * self.theme.px(CELL) * 1.25)
        return QRectF(ROOM, self.theme.metrics(Role.BODY).height() + 5, wide, self.theme.px(HEIGHT))

    # --- hands ------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The number that was clicked; the same again leaves it out."""
        cells, at = self._cells(), event.position()
        if cells.contains(at):
            value = min(COUNT - 1, int((at.x() - cells.left()) / cells.width() * COUNT))
            self.choose(None if value == self.value else value)

    def event(self, event: QEvent) -> bool:
        """Digits are numbers here, whatever they open elsewhere."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.text().isdigit():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, digits, Delete."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self.choose(min(10, max(0, self.value + STEPS[key])) if self.value is not None else 0)
        elif key in CLEARS:
            self.choose(None)
        elif event.text().isdigit():
            ten = event.text() == "0" and self.value == 1
            self.choose(10 if ten else int(event.text()))
        else:
            super().keyPressEvent(event)

    # --- picture ----------------------------------------------------------------------------------------------------
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Label, cells, ends."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p, m, writing, cells = self.theme.palette, self.theme.metrics, Writing(painter, self.theme), self._cells()
        room = self.width() - 2 * ROOM
        x = ROOM + writing.text(
            ROOM, m(Role.BODY).ascent(), self.field.label, Role.BODY, p.ink, weight=Weight.MEDIUM, room=room
        )
        said = LEFT_OUT if self.value is None else str(self.value)
        if x + 12 + writing.width(said, Role.SMALL) <= self.width():
            writing.text(x + 12, m(Role.BODY).ascent(), said, Role.SMALL, p.ink2)
        if self.hasFocus():
            painter.setPen(QPen(qcolor(p.ink), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cells.adjusted(-3, -3, 3, 3), 9, 9)
        for k in range(COUNT):
            self._cell(
                writing,
                QRectF(cells.left() + k * cells.width() / COUNT, cells.top(), cells.width() / COUNT, cells.height()),
                k,
            )
        base = cells.bottom() + 2 + m(Role.SMALL).ascent()
        writing.text(cells.left() + 2, base, self.field.ends[0], Role.SMALL, p.ink2)
        writing.right(cells.right() - 2, base, self.field.ends[1], Role.SMALL, p.ink2)
        painter.end()

    def _cell(self, writing: Writing, cell: QRectF, k: int) -> None:
        p, chosen = self.theme.palette, k == self.value
        painter = writing.painter
        painter.setPen(QPen(qcolor(p.btn if chosen else p.ctl), 1.0))
        painter.setBrush(qcolor(p.btn if chosen else p.inset))
        painter.drawRoundedRect(cell.adjusted(1.5, 0.5, -1.5, -0.5), 6, 6)
        base = cell.center().y() + self.theme.metrics(Role.SMALL).capHeight() / 2
        weight = Weight.STRONG if chosen else Weight.PLAIN
        writing.middle(cell.center().x(), base, str(k), Role.SMALL, p.btn_ink if chosen else p.ink, weight=weight)

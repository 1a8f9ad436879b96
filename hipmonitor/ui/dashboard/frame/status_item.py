"""One thing the status bar says: pressed, the view that explains it opens."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Pressable, Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor

BOXES, BOX, ICON, GAP, PAD = 4, 8.5, 16.0, 7.0, 8.0


class StatusItem(Pressable):
    """Icon and text; the link's icon is four boxes, filled by how well data come in."""

    def __init__(self, theme: Theme, name: str, explained: str, parent: QWidget) -> None:
        """`explained`: what opens, in words."""
        super().__init__(theme, parent)
        self.name, self._explained = name, explained
        self._icon, self._boxes, self._ink, self._strong = "", 0, "ink2", False
        self.hide()

    def say(self, text: str, *, icon: str = "", boxes: int = 0, ink: str = "ink2", strong: bool = False) -> None:
        """Show this from now on; `ink` is the name of a colour of the palette. An empty text is not shown."""
        look = (text, icon, boxes, ink, strong)
        if look != (self.text(), self._icon, self._boxes, self._ink, self._strong):
            self.setText(text)
            self._icon, self._boxes, self._ink, self._strong = icon, boxes, ink, strong
            self.setAccessibleName(f"{self.name}: {text}")
            self.setToolTip(f"{self.name}. Opens {self._explained}.")
            self.update()

    def _picture(self) -> float:
        if self._icon == "boxes":
            return self.theme.px(BOXES * BOX) + GAP
        return self.theme.px(ICON) + GAP if self._icon else 0.0

    def sizeHint(self) -> QSize:
        """As wide as the text would be in bold: nothing moves when it becomes so."""
        metrics = self.theme.metrics(Role.SMALL, Weight.STRONG)
        wide = 2 * PAD + self._picture() + metrics.horizontalAdvance(self.text())
        return QSize(round(wide) + 1, round(metrics.height() + 12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground where it is pointed at, ring where it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p, rect = self.theme.palette, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(qcolor(p.ink if self.hasFocus() else p.line), 2.0 if self.hasFocus() else 1.0))
            painter.setBrush(qcolor(p.surface))
            painter.drawRoundedRect(rect, 7, 7)
        writing, colour = Writing(painter, self.theme), getattr(p, self._ink)
        base = self.height() / 2 + self.theme.metrics(Role.SMALL).capHeight() / 2
        if self._icon == "boxes":
            self._draw_boxes(painter, base)
        elif self._icon:
            writing.icon(PAD, base, self._icon, self.theme.px(ICON), colour, Role.SMALL)
        weight = Weight.STRONG if self._strong else Weight.PLAIN
        writing.text(PAD + self._picture(), base, self.text(), Role.SMALL, colour, weight=weight)
        painter.end()

    def _draw_boxes(self, painter: QPainter, base: float) -> None:
        p, px, middle = self.theme.palette, self.theme.px, base - self.theme.metrics(Role.SMALL).capHeight() / 2
        painter.setPen(QPen(qcolor(p.ink), 1.0))
        for k in range(BOXES):
            painter.setBrush(qcolor(p.ink) if k < self._boxes else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(PAD + px(BOX * k) + 0.5, middle - px(5), px(6.5), px(10)), px(1.5), px(1.5))

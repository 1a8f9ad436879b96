"""The status bar: how well data come in, and where they go."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Card, Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model import StatusNow

HEIGHT, GAP, BOXES = 34.0, 24.0, 4
DROPPED_FIRST = ("disk", "rate", "lost")


class StatusBar(Card[StatusNow]):
    """Where it is narrow, less: never without the word of the link, the battery and the recording."""

    framed = False

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Status", parent)
        self._fit()
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedHeight(round(max(HEIGHT, self.theme.metrics(Role.SMALL).height() + 16)))

    def spoken(self, value: StatusNow) -> str:
        """All of it."""
        return value.sentence

    def _items(self, value: StatusNow) -> list[tuple[str, str, str]]:
        """(name, icon, text) of what is known."""
        battery = "battery_low" if value.battery_low else "battery"
        items = [("link", "gap" if value.silent else "boxes", value.word)]
        items += [("rate", "", value.rate), ("lost", "", value.lost), ("battery", battery, value.battery)]
        items += [("recording", "rec", value.recording), ("disk", "disk", value.disk)]
        return [item for item in items if item[2]]

    def _width(self, icon: str, text: str) -> float:
        metrics = self.theme.metrics(Role.SMALL, Weight.STRONG)
        pictures = {"": 0.0, "boxes": BOXES * 8.5 + 7}
        return metrics.horizontalAdvance(text) + pictures.get(icon, self.theme.px(16) + 7) + GAP

    def draw(self, painter: QPainter, value: StatusNow) -> None:
        """From the left: the link; from the right: the recording."""
        p = self.theme.palette
        painter.fillRect(QRectF(0, 0, self.width(), 1), qcolor(p.line))
        items = self._items(value)
        for name in DROPPED_FIRST:
            if sum(self._width(icon, text) for _, icon, text in items) + 40 <= self.width():
                break
            items = [item for item in items if item[0] != name]
        writing, m = Writing(painter, self.theme), self.theme.metrics(Role.SMALL)
        base, x = self.height() / 2 + m.capHeight() / 2, 20.0
        right_items = [item for item in items if item[0] in {"recording", "disk"}]
        for item in items:
            if item not in right_items:
                x += self._item(writing, item, x, base, value)
        x = self.width() - 20 + GAP - sum(self._width(icon, text) for _, icon, text in right_items)
        for item in right_items:
            x += self._item(writing, item, x, base, value)

    def _item(self, writing: Writing, item: tuple[str, str, str], x: float, base: float, value: StatusNow) -> float:
        p, (name, icon, text) = self.theme.palette, item
        colour, weight = p.ink2, Weight.PLAIN
        if name == "link":
            colour, weight = (p.deep_text if value.silent else p.ink), Weight.STRONG
            colour = p.notice_text if value.boxes == 2 else colour
        at = x
        if icon == "boxes":
            at += self._boxes(writing.painter, x, base, value.boxes)
        elif icon:
            low = name == "battery" and value.battery_low
            at += writing.icon(x, base, icon, self.theme.px(16), p.notice_text if low else colour, Role.SMALL) + 7
        writing.text(at, base, text, Role.SMALL, colour, weight=weight)
        return self._width(icon, text)

    def _boxes(self, painter: QPainter, x: float, base: float, filled: int) -> float:
        p, middle = self.theme.palette, base - self.theme.metrics(Role.SMALL).capHeight() / 2
        painter.setPen(QPen(qcolor(p.ink), 1.0))
        for k in range(BOXES):
            painter.setBrush(qcolor(p.ink) if k < filled else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(x + 8.5 * k + 0.5, middle - 5, 6.5, 10), 1.5, 1.5)
        return BOXES * 8.5 + 7

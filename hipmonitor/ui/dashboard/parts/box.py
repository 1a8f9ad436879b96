"""Where a widget stands: plain numbers, shared out before any widget hears of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in logical pixels."""

    x: float
    y: float
    w: float
    h: float

    @property
    def rect(self) -> QRect:
        """As Qt takes it."""
        return QRect(round(self.x), round(self.y), round(self.w), round(self.h))


def stand(places: Iterable[tuple[QWidget, Box | None]]) -> None:
    """Every widget in its box; without one it is hidden."""
    for widget, box in places:
        widget.setVisible(box is not None)
        if box is not None:
            widget.setGeometry(box.rect)

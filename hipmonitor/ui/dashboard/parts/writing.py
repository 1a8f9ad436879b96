"""Text on a painter, in the theme's roles: where it stands is its left end and its base line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, draw_icon, qcolor

SMALLER = (0.94, 0.88, 0.82, 0.76, 0.7, 0.6, 0.5)
"""Shares of its size that a text is tried in where it has no room."""


class Writing:
    """Writes with one painter."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self.painter, self.theme = painter, theme

    def width(self, text: str, role: Role, weight: Weight | None = None, factor: float = 1.0) -> float:
        """How wide it would be."""
        return self.theme.width(text, role, weight, factor)

    def text(
        self,
        x: float,
        base: float,
        text: str,
        role: Role,
        colour: str,
        *,
        weight: Weight | None = None,
        room: float | None = None,
        factor: float = 1.0,
    ) -> float:
        """Write it; smaller where `room` is given and it is wider, at last shortened. How wide it became."""
        if room is not None and self.width(text, role, weight, factor) > room:
            factor = self._smaller(text, role, weight, factor, room)
            elided = Qt.TextElideMode.ElideRight
            text = self.theme.metrics(role, weight, factor).elidedText(text, elided, max(0.0, room))
        self.painter.setFont(self.theme.font(role, weight, factor))
        self.painter.setPen(qcolor(colour))
        self.painter.drawText(QPointF(x, base), text)
        return self.width(text, role, weight, factor)

    def _smaller(self, text: str, role: Role, weight: Weight | None, factor: float, room: float) -> float:
        """So that it fits, but never below the smallest role."""
        scale = self.theme.font_scale
        least = min(factor, Role.SMALL.px(scale) / role.px(scale))
        for step in SMALLER:
            if self.width(text, role, weight, max(least, factor * step)) <= room:
                return max(least, factor * step)
        return least

    def right(
        self, x: float, base: float, text: str, role: Role, colour: str, *, weight: Weight | None = None
    ) -> float:
        """Write it so that it ends at x; where it begins."""
        start = x - self.width(text, role, weight)
        self.text(start, base, text, role, colour, weight=weight)
        return start

    def middle(
        self, x: float, base: float, text: str, role: Role, colour: str, *, weight: Weight | None = None
    ) -> None:
        """Write it around x."""
        self.text(x - self.width(text, role, weight) / 2, base, text, role, colour, weight=weight)

    def icon(self, x: float, base: float, name: str, px: float, colour: str, role: Role) -> float:
        """An icon that stands in the middle of a line of this role; its width."""
        middle = base - self.theme.metrics(role).capHeight() / 2
        draw_icon(self.painter, name, QRectF(x, middle - px / 2, px, px), qcolor(colour))
        return px

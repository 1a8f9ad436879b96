"""The side-view figure with the range that counts as a green arc outside the gauge."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from hipmonitor.ui.dashboard.now.body import HEIGHT, HIP, WIDTH
from hipmonitor.ui.dashboard.now.figure import Figure
from hipmonitor.ui.dashboard.now.gauge import RADIUS
from hipmonitor.ui.dashboard.theme import qcolor
from hipmonitor.ui.view_model import FigurePose

OUTSIDE, BREADTH = 7.5, 3.5


class TargetFigure(Figure):
    """`target_deg`: from, to; None = no arc."""

    target_deg: tuple[float, float] | None = None

    def aim(self, target_deg: tuple[float, float] | None) -> None:
        """Another range."""
        if target_deg != self.target_deg:
            self.target_deg = target_deg
            self.update()

    def spoken(self, value: FigurePose) -> str:
        """With the range."""
        words = super().spoken(value)
        if self.target_deg is None:
            return words
        low, high = self.target_deg
        return f"{words} The range that counts: {low:g}° to {high:g}°."

    def draw(self, painter: QPainter, value: FigurePose) -> None:
        """The arc first: the body stands before it."""
        if self.target_deg is not None:
            painter.save()
            scale = min(self.height() / HEIGHT, self.width() / WIDTH)
            painter.translate((self.width() - WIDTH * scale) / 2, (self.height() - HEIGHT * scale) / 2)
            painter.scale(scale, scale)
            self._arc(painter, *self.target_deg)
            painter.restore()
        super().draw(painter, value)

    def _arc(self, painter: QPainter, low: float, high: float) -> None:
        pen = QPen(qcolor(self.theme.palette.up), BREADTH)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        r = RADIUS + OUTSIDE
        box = QRectF(HIP.x() - r, HIP.y() - r, 2 * r, 2 * r)
        painter.drawArc(box, round((low - 90) * 16), round((high - low) * 16))

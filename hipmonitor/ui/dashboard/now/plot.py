"""The curve in a pyqtgraph plot: two curves, two bands and a line; no axes, no grid, no ranges to find."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from hipmonitor.core.arrays import Floats
from hipmonitor.ui.dashboard.theme import Palette, qcolor
from hipmonitor.ui.view_model import NEAR_DEG, Curve, TraceRange

LOW_DEG, HIGH_DEG = -20.0, 125.0
"""Fixed, so that the same height always means the same angle."""
LINE_PX, ABOVE_PX = 1.7, 2.4
"""A line of 1000 points; thick lines are what a frame costs (a pen of 2 px takes ten times one of 1 px at 3000 points)."""


class Plot:
    """One plot widget, set up for speed."""

    def __init__(self, parent: QWidget) -> None:
        self.widget: Any = pg.PlotWidget(parent=parent, background=None)
        item = self.widget.getPlotItem()
        item.hideAxis("left")
        item.hideAxis("bottom")
        item.hideButtons()
        item.setMenuEnabled(False)
        item.setContentsMargins(0, 0, 0, 0)
        item.getViewBox().setDefaultPadding(0)
        item.disableAutoRange()
        item.setMouseEnabled(x=False, y=False)
        self.widget.setFrameShape(self.widget.Shape.NoFrame)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for part in (self.widget, self.widget.viewport()):  # The card below need not be painted for every frame.
            part.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._near = pg.LinearRegionItem(orientation="horizontal", movable=False)
        self._above = pg.LinearRegionItem(orientation="horizontal", movable=False)
        self._limit = pg.InfiniteLine(angle=0)
        self._zero, self._half = pg.InfiniteLine(angle=0, pos=0.0), pg.InfiniteLine(angle=0, pos=45.0)
        self._line = pg.PlotCurveItem(connect="finite")
        self._line_above = pg.PlotCurveItem(connect="finite")
        for part in (self._near, self._above, self._zero, self._half, self._limit, self._line, self._line_above):
            item.addItem(part, ignoreBounds=True)
        self._limit_deg = 90.0
        self._thick = False

    def dress(self, palette: Palette, which: TraceRange, limit_deg: float, *, calibrated: bool) -> None:
        """Colours, range and limit: only when one of them changes."""
        self._limit_deg, self._thick = limit_deg, which is TraceRange.HALF_MINUTE
        p = palette
        self.widget.setBackground(qcolor(p.inset))
        self.widget.setXRange(-which.span_s, 0.0, padding=0)
        self.widget.setYRange(LOW_DEG, HIGH_DEG, padding=0)
        self._near.setRegion((limit_deg - NEAR_DEG, limit_deg))
        self._above.setRegion((limit_deg, HIGH_DEG))
        for band, tint in ((self._near, p.notice_tint), (self._above, p.deep_tint)):
            band.setBrush(qcolor(tint))
            for edge in band.lines:
                edge.setPen(pg.mkPen(None))
            band.setVisible(calibrated)
        self._limit.setPos(limit_deg)
        self._limit.setPen(pg.mkPen(qcolor(p.deep), width=1.5, dash=[7 / 1.5, 4 / 1.5]))
        self._limit.setVisible(calibrated)
        for line in (self._zero, self._half):
            line.setPen(pg.mkPen(qcolor(p.line), width=1))
        width = LINE_PX if self._thick else 1
        self._line.setPen(pg.mkPen(qcolor(p.ink if calibrated else p.ink2), width=width))
        self._line_above.setPen(pg.mkPen(qcolor(p.deep_text), width=ABOVE_PX if self._thick else 1))
        self._line_above.setVisible(calibrated)

    def draw(self, curve: Curve) -> None:
        """Show this curve."""
        deg_per_px = (HIGH_DEG - LOW_DEG) / max(1, self.widget.height())
        if self._thick:
            middle = (curve.low_deg + curve.high_deg) / 2
            self._line.setData(curve.x_s, middle)
            self._line_above.setData(curve.x_s, np.where(middle >= self._limit_deg, middle, np.nan))
            return
        low, high = _at_least(curve.low_deg, curve.high_deg, LINE_PX * deg_per_px)
        self._line.setData(*_columns(curve.x_s, low, high))
        above = np.where(curve.high_deg >= self._limit_deg, np.maximum(curve.low_deg, self._limit_deg), np.nan)
        low, high = _at_least(above, curve.high_deg, ABOVE_PX * deg_per_px)
        self._line_above.setData(*_columns(curve.x_s, low, high))


def _at_least(low: Floats, high: Floats, deg: float) -> tuple[Floats, Floats]:
    """Columns are at least as high as a line is thick."""
    more = np.maximum(0.0, deg - (high - low)) / 2
    return low - more, high + more


def _columns(x: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Lowest and highest of every bucket, joined to one line of 1 px."""
    return np.repeat(x, 2), np.column_stack([low, high]).ravel()

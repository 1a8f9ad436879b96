"""The bars of a strip, the lane above the limit below them, and what they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from hipmonitor.ui.dashboard.parts.hatch import hatch
from hipmonitor.ui.dashboard.parts.writing import Writing
from hipmonitor.ui.dashboard.theme import Palette, Role, Theme, qcolor
from hipmonitor.ui.view_model import HEIGHTS, Bar, Fill

LANE = 7.0
BOX, BEHIND, APART = 12.0, 18.0, 34.0
LEGEND = ((Fill.UP, "Walking"), (Fill.STAND, "Standing"), (Fill.SIT, "Sitting"), (Fill.LIE, "Lying"))
ABOVE, NO_DATA = "Above limit", "No data"


def bar_colour(p: Palette, fill: Fill) -> str:
    """What a bar is filled with; hatched ones have none."""
    return {Fill.UP: p.up, Fill.STAND: p.stand, Fill.SIT: p.sit, Fill.LIE: p.lie}.get(fill, p.missing)


def draw_bars(painter: QPainter, p: Palette, bars: Sequence[Bar], strip: QRectF) -> None:
    """Each with its own height, so that the strip reads without colour."""
    for bar in bars:
        _bar(painter, p, bar, strip)


def _bar(painter: QPainter, p: Palette, bar: Bar, strip: QRectF) -> None:
    left, right = strip.left() + bar.start * strip.width(), strip.left() + bar.end * strip.width()
    height = HEIGHTS[bar.fill] * strip.height()
    rect = QRectF(left, strip.bottom() - height, right - left, height)
    if bar.fill is Fill.NOT_WORN:
        pen = QPen(qcolor(p.missing), 2.0)
        pen.setDashPattern([1, 2])
        painter.setPen(pen)
        painter.drawLine(QLineF(left, strip.bottom() - 2, right, strip.bottom() - 2))
    elif bar.fill in {Fill.UNCLEAR, Fill.MISSING}:
        painter.fillRect(rect, qcolor(p.surface))
        hatch(painter, rect, p.missing)
    else:
        painter.setRenderHint(painter.RenderHint.Antialiasing, on=False)
        painter.fillRect(rect, qcolor(bar_colour(p, bar.fill)))
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        if bar.fill is Fill.LIE:
            painter.fillRect(QRectF(left, rect.top(), right - left, 1.5), qcolor(p.lie_edge))


def draw_lane(painter: QPainter, p: Palette, above: Sequence[tuple[float, float]], strip: QRectF) -> None:
    """Under the base line; at least two pixels each."""
    width = strip.width()
    for start, end in above:
        rect = QRectF(strip.left() + start * width, strip.bottom() + 1, max(2.0, (end - start) * width), LANE - 1)
        painter.fillRect(rect, qcolor(p.deep))


def legend_width(theme: Theme) -> float:
    """With the space behind each."""
    metrics = theme.metrics(Role.SMALL)
    return sum(metrics.horizontalAdvance(words) + APART for words in (*(w for _, w in LEGEND), ABOVE, NO_DATA))


def draw_legend(writing: Writing, x: float, base: float) -> None:
    """From x on."""
    p = writing.theme.palette
    for colour, words in (*((bar_colour(p, fill), words) for fill, words in LEGEND), (p.deep, ABOVE), ("", NO_DATA)):
        x += draw_key(writing, x, base, colour, words)


def draw_key(writing: Writing, x: float, base: float, colour: str, words: str, *, outline: bool = False) -> float:
    """A box and its word: filled, or without a colour hatched, or an outline only; how much room it took."""
    p, m, painter = writing.theme.palette, writing.theme.metrics(Role.SMALL), writing.painter
    box = QRectF(x, base - m.capHeight() / 2 - BOX / 2, BOX, BOX)
    if colour and not outline:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(colour))
        painter.drawRoundedRect(box, 2, 2)
    else:
        if not colour:
            hatch(painter, box, p.missing)
        painter.setPen(QPen(qcolor(colour or p.missing), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    writing.text(x + BEHIND, base, words, Role.SMALL, p.ink2)
    return m.horizontalAdvance(words) + APART

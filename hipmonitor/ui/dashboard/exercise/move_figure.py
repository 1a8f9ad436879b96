"""The figure of an exercise: it shows how, or it does what the wearer does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from hipmonitor.core.exercises import Target
from hipmonitor.ui.dashboard.exercise.limb_drawing import HEAD_UP, R_HEAD, LimbDrawing
from hipmonitor.ui.dashboard.now.glide import Glide
from hipmonitor.ui.dashboard.parts import Card
from hipmonitor.ui.dashboard.theme import Palette, Theme
from hipmonitor.ui.view_model.exercise.move import Move, extent, share_at

FRAME_S = 1 / 15
"""Smooth enough for a limb that takes a second or two."""
STEP = 0.004
"""A share of the way that is worth drawing anew."""
AROUND = 0.3
"""Room around the joints, in thighs: half a trunk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the figure does."""

    move: Move
    target: Target
    share: float | None = None
    """Where the wearer is on the way; None = it shows how."""
    known: bool = True
    """Otherwise outlines only."""
    measured: bool = True
    """Otherwise the thigh is grey: it stands for what is to be done."""


@cache
def _room(move: Move) -> tuple[float, float, float, float]:
    """Left, bottom, wide, high of all it does, head and limbs included; the floor as well."""
    left, bottom, right, top = extent(move)
    head = HEAD_UP + R_HEAD
    lies = max(abs(pose.trunk_deg - 180) for pose in move.keys) > 40
    left -= head if lies and move.keys[0].trunk_deg < 0 else AROUND
    right += head if lies and move.keys[0].trunk_deg > 0 else AROUND
    top += AROUND if lies and move.keys[-1].trunk_deg != 180 else head
    bottom = min(bottom - 0.16, -0.12)
    return left, bottom, right - left, top - bottom


def draw_move(
    painter: QPainter, palette: Palette, size: tuple[float, float], shown: Shown, share: float, *, ghost: bool
) -> None:
    """In the middle of a room of this size."""
    wide, high = size
    left, bottom, w, h = _room(shown.move)
    scale = min(wide / w, high / h, high / 2.2)
    painter.save()
    painter.translate(wide / 2 - (left + w / 2) * scale, high - (high - h * scale) / 2 + bottom * scale)
    painter.scale(scale, scale)
    thigh = palette.ok if shown.measured else palette.body
    drawing = LimbDrawing(painter, palette, thigh, known=shown.known, line=min(0.05, 1.6 / scale))
    drawing.ground(shown.move.prop, shown.move.at(0.0), left, left + w, share)
    drawing.draw(shown.move.at(share), ghost=shown.move.at(0.0) if ghost else None)
    painter.restore()


class MoveFigure(Card[Shown]):
    """Goes on by itself only while `moves`; else, and with less motion, the far end with the start pose as an outline."""

    framed = False

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Figure of the exercise", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.moves = True
        self._seconds, self._waited_s, self._drawn = 0.0, 0.0, -1.0
        self._follows = Glide(value=0.0, target=0.0)

    def spoken(self, value: Shown) -> str:
        """What it shows."""
        return value.move.words if value.known else f"{value.move.words} The angle is not known right now."

    def show_value(self, value: Shown) -> None:
        """Another exercise begins at its start pose."""
        if self.shown is None or value.move is not self.shown.move:
            self._seconds = 0.0
        if value.share is not None:
            self._follows.target = 100 * value.share
            if self.theme.reduce_motion:
                self._follows.jump()
        super().show_value(value)

    def advance(self, seconds: float) -> None:
        """Time passes."""
        if self.shown is None or not self.isVisible():
            return
        if self.shown.share is not None:
            self._follows.advance(seconds)
        elif self.moves and not self.theme.reduce_motion:
            self._seconds += seconds
        self._waited_s += seconds
        if self._waited_s >= FRAME_S and abs(self._share - self._drawn) > STEP:
            self._waited_s = 0.0
            self.update()

    @property
    def _still(self) -> bool:
        """It shows how, without moving."""
        return self.shown is not None and self.shown.share is None and (not self.moves or self.theme.reduce_motion)

    @property
    def _share(self) -> float:
        if self.shown is None:
            return 0.0
        if self._still:
            return self.shown.move.telling
        if self.shown.share is None:
            return share_at(self.shown.move, self._seconds, self.shown.target)
        return self._follows.value / 100

    def draw(self, painter: QPainter, value: Shown) -> None:
        """Where it is now."""
        self._drawn = self._share
        ghost = not value.move.cycle_s and (self._still or value.share is None)
        draw_move(painter, self.theme.palette, (self.width(), self.height()), value, self._drawn, ghost=ghost)

"""One exercise among the others: its figure, its title, how much of it. It moves while it is pointed at, or has the focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.exercise.move_figure import FRAME_S, Shown, draw_move
from hipmonitor.ui.dashboard.parts import Pressable, Writing
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.exercise.library_look import Tile
from hipmonitor.ui.view_model.exercise.move import share_at

RING, PAD, LEAST_FIGURE = 3.0, 9.0, 58.0
TODAY, DONE = "Today", "Done"


class ExerciseTile(Pressable):
    """Chosen: an ink frame."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.tile: Tile | None = None
        self.words = 0.0
        """Room for title and amount: as much as the longest among the others takes."""
        self._seconds = self._waited_s = 0.0

    def show_tile(self, tile: Tile) -> None:
        """Another exercise, or more of it done."""
        if tile != self.tile:
            self.tile = tile
            today = f"{TODAY}. " * tile.planned + f"{DONE}. " * (tile.planned and tile.done)
            self.setText(tile.title)
            self.setAccessibleName(tile.title)
            self.setAccessibleDescription(f"{today}{tile.below}. {tile.move.words}")
            self.setToolTip(f"{tile.title}: {tile.below}")
            self.update()

    @property
    def _lively(self) -> bool:
        return (self.underMouse() or self.hasFocus()) and not self.theme.reduce_motion

    def advance(self, seconds: float) -> None:
        """Time passes."""
        if not self._lively:
            if self._seconds:
                self._seconds = 0.0
                self.update()
            return
        self._seconds += seconds
        self._waited_s += seconds
        if self._waited_s >= FRAME_S:
            self._waited_s = 0.0
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it; where it is open already, Enter is the view's, and starts it."""
        if self.isChecked() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    # --- size and picture ---------------------------------------------------------------------------------------------
    def words_height(self, width: float) -> float:
        """Of title and amount."""
        if self.tile is None:
            return 0.0
        room = width - 2 * (PAD + RING)
        title = paragraph_height(self.theme, self.tile.title, room, Role.BODY, Weight.STRONG)
        return title + self.theme.metrics(Role.SMALL).height() + 2

    def least_height(self, width: float) -> float:
        """With a small figure."""
        return self.words_height(width) + self.theme.px(LEAST_FIGURE) + 2 * (PAD + RING) + 4

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, figure, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p, chosen = self.theme.palette, self.isChecked()
        rect = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        if self.hasFocus():
            painter.setPen(QPen(qcolor(p.ink), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), 12, 12)
        painter.setPen(QPen(qcolor(p.ink if chosen else p.line), 2.0 if chosen else 1.0))
        painter.setBrush(qcolor(p.inset if self.isDown() else p.surface))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        if self.tile is not None:
            self._draw(painter, self.tile, rect.adjusted(PAD, PAD, -PAD, -PAD))
        painter.end()

    def _draw(self, painter: QPainter, tile: Tile, rect: QRectF) -> None:
        words = max(self.words, self.words_height(self.width()))
        self._figure(painter, tile, QRectF(rect.left(), rect.top(), rect.width(), rect.height() - words - 4))
        p, writing, small = self.theme.palette, Writing(painter, self.theme), self.theme.metrics(Role.SMALL)
        place = QRectF(rect.left(), rect.bottom() - words, rect.width(), words)
        high = draw_paragraph(painter, self.theme, place, tile.title, Role.BODY, p.ink, Weight.STRONG)
        base = place.top() + high + 2 + small.ascent()
        writing.text(rect.left(), base, tile.below, Role.SMALL, p.ink2, room=rect.width())
        if tile.planned:
            self._today(writing, tile, rect)

    def _figure(self, painter: QPainter, tile: Tile, rect: QRectF) -> None:
        lively = self._lively and self._seconds > 0
        share = share_at(tile.move, self._seconds, tile.target) if lively else tile.move.telling
        painter.save()
        painter.translate(rect.topLeft())
        shown = Shown(move=tile.move, target=tile.target)
        size = (rect.width(), rect.height())
        draw_move(painter, self.theme.palette, size, shown, share, ghost=not lively and not tile.move.cycle_s)
        painter.restore()

    def _today(self, writing: Writing, tile: Tile, rect: QRectF) -> None:
        """For today, in the corner: never colour alone."""
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL, Weight.STRONG)
        base, x = rect.top() + m.ascent(), rect.left()
        if tile.done:
            x += writing.icon(x, base, "check", self.theme.px(14), p.up_text, Role.SMALL) + 3
        colour = p.up_text if tile.done else p.ink
        writing.text(x, base, DONE if tile.done else TODAY, Role.SMALL, colour, weight=Weight.STRONG)

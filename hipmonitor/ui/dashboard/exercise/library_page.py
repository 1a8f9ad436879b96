"""The library: tiles at the left, one exercise opened at the right; where it is narrow, one after the other."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hipmonitor.core.exercises import Exercise, Target
from hipmonitor.ui.dashboard.exercise.note_bar import NoteBar
from hipmonitor.ui.dashboard.exercise.opened_card import OpenedCard
from hipmonitor.ui.dashboard.exercise.target_form import TargetForm
from hipmonitor.ui.dashboard.exercise.tile import RING, ExerciseTile
from hipmonitor.ui.dashboard.parts import Box, Button, Look
from hipmonitor.ui.dashboard.theme import Theme
from hipmonitor.ui.view_model.exercise.library_look import LibraryLook

SIDE, GAP, BOTTOM, TILE_GAP = 20.0, 14.0, 14.0, 4.0
OPENED, WIDE_FROM, TILE = 480.0, 900.0, 148.0
"""Effective widths: of the exercise that is open, of the content from which it stands beside the tiles, of a tile at least."""
OPENED_SHARE, WIDEST = 0.38, 2400.0
MOST_COLUMNS, MOST_TILE = 5, 1.25
"""How high a tile becomes, of its width."""


class LibraryPage(QWidget):
    """Says what was chosen; the view knows what that means."""

    chosen = Signal(str)
    started = Signal()
    editing = Signal()
    """The target is to be changed."""
    edited = Signal(object)
    """Target."""
    reset = Signal()
    asked = Signal(str)
    """A view that helps."""
    resized = Signal()
    """Another height is wanted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.note, self.opened = NoteBar(theme, self), OpenedCard(theme, self)
        self.tiles: list[ExerciseTile] = []
        self.form: TargetForm | None = None
        self.back = Button(theme, "All exercises", icon="left", parent=self)
        self.change = Button(theme, "Change target", icon="settings", parent=self)
        self.start = Button(theme, "Start", icon="play", key="Enter", look=Look.PRIMARY, parent=self)
        self.look: LibraryLook | None = None
        self._narrow = self._alone = False
        """Tiles and exercise one after the other; the exercise is what is shown."""
        self._wire()

    def _wire(self) -> None:
        self.note.asked.connect(self.asked)
        self.start.clicked.connect(self.started)
        self.change.clicked.connect(self.editing)
        self.back.clicked.connect(self.show_all)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def show_look(self, look: LibraryLook) -> None:
        """As it stands now."""
        before, self.look = self.look, look
        self._make_tiles(len(look.tiles))
        for tile, shown in zip(self.tiles, look.tiles, strict=True):
            tile.show_tile(shown)
            tile.setChecked(shown.name == look.opened.name)
        self.opened.show_value(look.opened)
        self.note.show_value((look.note, look.helps))
        self.start.refuse(look.opened.refused)
        changed = before is None or (before.note, before.helps, before.opened) != (look.note, look.helps, look.opened)
        if changed or before is None or len(before.tiles) != len(look.tiles):
            self.resized.emit()

    def _make_tiles(self, count: int) -> None:
        while len(self.tiles) < count:
            tile = ExerciseTile(self.theme, self)
            tile.clicked.connect(lambda _on=False, tile=tile: self._clicked(tile))
            tile.show()
            self.tiles.append(tile)
            for button in (self.back, self.change, self.start):
                button.raise_()
            self._order_focus()
        for tile in self.tiles[count:]:
            tile.deleteLater()
        del self.tiles[count:]

    def _order_focus(self) -> None:
        """Note, tiles, the exercise's buttons."""
        row: list[QWidget] = [self.note.button, *self.tiles, self.back, self.change, self.start]
        for one, other in pairwise(row):
            QWidget.setTabOrder(one, other)

    def _clicked(self, tile: ExerciseTile) -> None:
        if tile.tile is not None:
            self._alone = True
            self.close_form()
            self.chosen.emit(tile.tile.name)
            self.resized.emit()

    def show_all(self) -> None:
        """Where it is narrow: the tiles again."""
        self._alone = False
        self.close_form()
        self.resized.emit()

    # --- target -------------------------------------------------------------------------------------------------------
    def open_form(self, exercise: Exercise, target: Target) -> None:
        """Its numbers in the place of its words."""
        self.close_form()
        self.form = TargetForm(self.theme, exercise, target, self)
        self.form.changed.connect(self.edited)
        self.form.reset.connect(self.reset)
        self.form.closed.connect(self._form_closed)
        self.form.show()
        self.resized.emit()

    def _form_closed(self) -> None:
        self.close_form()
        self.start.setFocus()
        self.resized.emit()

    def close_form(self) -> None:
        """The words again."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def advance(self, seconds: float) -> None:
        """Figures move."""
        self.opened.figure.advance(seconds)
        for tile in self.tiles:
            tile.advance(seconds)

    # --- places -------------------------------------------------------------------------------------------------------
    def fit(self, width: int, height: int) -> int:
        """Share out the room; how high it wants to be."""
        scale = self.theme.font_scale
        whole, top = min(width - 2 * SIDE, WIDEST), RING
        side = (width - whole) / 2
        noted = self.look is not None and bool(self.look.note)
        self.note.setVisible(noted)
        if noted:
            high = self.note.least_height(whole)
            self.note.setGeometry(Box(side, top, whole, high).rect)
            top += high + GAP
        self._narrow = whole / scale < WIDE_FROM
        right = max(OPENED * scale, OPENED_SHARE * whole)
        rest = Box(side, top, whole, height - top - BOTTOM)
        if self._narrow:
            alone = self._alone
            used = self._put_opened(rest, shown=alone) if alone else self._put_tiles(rest)
            self._show(tiles=not alone, opened=alone)
        else:
            left = Box(rest.x - RING, rest.y - RING, rest.w - right - GAP + 2 * RING, rest.h + 2 * RING)
            self._show(tiles=True, opened=True)
            used = max(
                self._put_tiles(left) - 2 * RING,
                self._put_opened(Box(side + whole - right, top, right, rest.h), shown=True),
            )
        return round(max(height, top + used + BOTTOM))

    def _show(self, *, tiles: bool, opened: bool) -> None:
        for tile in self.tiles:
            tile.setVisible(tiles)
        editing = self.form is not None
        self.opened.setVisible(opened and not editing)
        self.start.setVisible(opened and not editing)
        self.change.setVisible(opened and not editing)
        self.back.setVisible(opened and self._narrow and not editing)
        if self.form is not None:
            self.form.setVisible(opened)

    def _put_tiles(self, room: Box) -> float:
        """In rows; how high they are together."""
        if not self.tiles:
            return 0.0
        columns = int((room.w + TILE_GAP) // (TILE * self.theme.font_scale + TILE_GAP))
        columns = min(MOST_COLUMNS, max(1, columns))
        width = (room.w - (columns - 1) * TILE_GAP) / columns
        rows = -(-len(self.tiles) // columns)
        least = max(tile.least_height(width) for tile in self.tiles)
        words = max(tile.words_height(width) for tile in self.tiles)
        even = (room.h - (rows - 1) * TILE_GAP) / rows
        high = max(least, min(even, MOST_TILE * width))
        for k, tile in enumerate(self.tiles):
            tile.words = words
            row, column = divmod(k, columns)
            x, y = room.x + column * (width + TILE_GAP), room.y + row * (high + TILE_GAP)
            tile.setGeometry(Box(x, y, width, high).rect)
        return rows * (high + TILE_GAP) - TILE_GAP

    def _put_opened(self, room: Box, *, shown: bool) -> float:
        """The exercise, with its buttons at its foot; how high it is."""
        buttons = [self.back] * self._narrow + [self.change, self.start]
        rows = self._button_rows(buttons, room.w - 2 * 18)
        line = self.start.sizeHint().height()
        self.opened.foot = len(rows) * (line + 2) + 10.0
        least = self.opened.least_height(room.w)
        high = max(room.h, least if least <= room.h else self.opened.least_height(room.w, figure=False))
        if self.form is not None:
            high = max(room.h, float(self.form.heightForWidth(round(room.w)) if self.form.hasHeightForWidth() else 0))
            high = max(high, float(self.form.sizeHint().height()))
            self.form.setGeometry(Box(room.x, room.y, room.w, high).rect)
            return high
        self.opened.setGeometry(Box(room.x, room.y, room.w, high).rect)
        self.opened.arrange()
        y = room.y + high - self.opened.foot
        for row in rows:
            x = room.x + room.w - 18
            for button in reversed(row):
                size = button.sizeHint()
                x -= size.width()
                at = room.x + 18 if button is self.back else x
                button.setGeometry(round(at), round(y), size.width(), line)
                x -= 4
            y += line + 2
        return high

    def _button_rows(self, buttons: list[Button], width: float) -> list[list[Button]]:
        """As many to a row as fit; Start is in the last."""
        rows: list[list[Button]] = [[]]
        for button in reversed(buttons):
            if rows[0] and sum(b.sizeHint().width() + 4 for b in [button, *rows[0]]) > width:
                rows.insert(0, [])
            rows[0].insert(0, button)
        return rows

"""A plate with a column of rows."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.parts import Plate
from hipmonitor.ui.dashboard.theme import Theme

PADDING = 20


class Panel(Plate):
    """Its column is filled from top to bottom."""

    def __init__(
        self, theme: Theme, *, ground: str = "surface", spacing: int = 0, parent: QWidget | None = None
    ) -> None:
        """`ground` is the name of a colour of the palette."""
        super().__init__(theme, parent, ground=ground)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(PADDING, PADDING - 4, PADDING, PADDING)
        self.column.setSpacing(spacing)

"""Both thighs side by side, where the other one was worn as well."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.plan.telling_card import Line, TellingCard
from hipmonitor.ui.dashboard.theme import Role, Theme, qcolor
from hipmonitor.ui.view_model.plan import BendsLook

BAR, BETWEEN = 9.0, 10.0
ALONE = "Only one thigh carries a sensor. With one on the other thigh both sides can be compared."


class SidesCard(TellingCard[BendsLook]):
    """Two bars for each thing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Both sides", parent)

    def lines(self, value: BendsLook) -> Sequence[Line]:
        """Only where there is nothing to compare."""
        return () if value.sides else (Line(text=ALONE, role=Role.SMALL, ink="ink2"),)

    def spoken(self, value: BendsLook) -> str:
        """Every row."""
        a, b = value.side_names
        rows = [f"{row.name}: {a} {row.words[0]}, {b} {row.words[1]}" for row in value.sides]
        return f"{'; '.join(rows)}." if rows else ALONE

    def _row(self) -> float:
        return 3 * self.theme.metrics(Role.SMALL).height() + 4 + BETWEEN

    def picture_height(self, value: BendsLook, width: float) -> float:
        """A row for each."""
        return len(value.sides) * self._row()

    def draw_picture(self, painter: QPainter, rect: QRectF, value: BendsLook) -> None:
        """Name, then a bar for each side."""
        writing, p, m = Writing(painter, self.theme), self.theme.palette, self.theme.metrics(Role.SMALL)
        names = max(m.horizontalAdvance(name) for name in value.side_names) + 12
        for k, row in enumerate(value.sides):
            y = rect.top() + k * self._row()
            writing.text(rect.left(), y + m.ascent(), row.name, Role.SMALL, p.ink, room=rect.width())
            for name, share, words in zip(value.side_names, (row.mine, row.other), row.words, strict=True):
                y += m.height()
                writing.text(rect.left(), y + m.ascent() + 2, name, Role.SMALL, p.ink2)
                end = writing.right(rect.right(), y + m.ascent() + 2, words, Role.SMALL, p.ink)
                room = max(10.0, end - 8 - rect.left() - names)
                bar = QRectF(rect.left() + names, y + 2 + (m.height() - BAR) / 2, max(2.0, share * room), BAR)
                painter.fillRect(bar, qcolor(p.sit))

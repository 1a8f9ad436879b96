"""A card that tells something: a head, lines that take as much room as they need, a picture, buttons at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.history.card_head import MARGIN, draw_head, head_height
from hipmonitor.ui.dashboard.parts import FOCUS_ROOM, Button, Card, Writing
from hipmonitor.ui.dashboard.parts.card import RADIUS
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, draw_icon, qcolor

FOOT, APART = 14.0, 5.0

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph; `ink` is the name of a colour of the palette."""

    text: str
    role: Role = Role.BODY
    ink: str = "ink"
    weight: Weight | None = None
    icon: str = ""
    after: float = APART


class TellingCard(Card[Told]):
    """Subclasses give `head`, `lines`, and the picture where they have one."""

    ground = "surface"

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self.buttons: list[Button] = []

    # --- what it tells ----------------------------------------------------------------------------------------------
    def head(self, value: Told) -> tuple[str, str]:
        """Title, and something small at the right."""
        return self.accessibleName(), ""

    def lines(self, value: Told) -> Sequence[Line]:
        """From the top."""
        return ()

    def picture_height(self, value: Told, width: float) -> float:
        """Of what is drawn below the lines."""
        return 0.0

    def draw_picture(self, painter: QPainter, rect: QRectF, value: Told) -> None:
        """In this rectangle, which may be higher than was asked for."""

    def spoken(self, value: Told) -> str:
        """All of its lines."""
        title, right = self.head(value)
        return " ".join(part for part in (title, right, *(line.text for line in self.lines(value))) if part)

    # --- places -----------------------------------------------------------------------------------------------------
    def wanted_height(self, width: float) -> float:
        """As high as what it tells."""
        if self.shown is None:
            return head_height(self.theme) + FOOT
        room = width - 2 * MARGIN
        lines = sum(self._line_height(line, room) + line.after for line in self.lines(self.shown))
        return head_height(self.theme) + lines + self.picture_height(self.shown, room) + self._foot_height(width) + FOOT

    def _visible(self) -> list[Button]:
        return [button for button in self.buttons if not button.isHidden()]

    def _foot_rows(self, width: float) -> list[list[Button]]:
        rows: list[list[Button]] = []
        x = 0.0
        for button in self._visible():
            wide = button.sizeHint().width() + 4
            if not rows or x + wide > width - 2 * MARGIN + 2 * FOCUS_ROOM:
                rows.append([])
                x = 0.0
            rows[-1].append(button)
            x += wide
        return rows

    def _foot_height(self, width: float) -> float:
        return sum(row[0].sizeHint().height() + 4 for row in self._foot_rows(width))

    def _line_height(self, line: Line, room: float) -> float:
        return paragraph_height(self.theme, line.text, room - self._indent(line), line.role, line.weight)

    def _indent(self, line: Line) -> float:
        return self._icon_px(line) + 10 if line.icon else 0.0

    def _icon_px(self, line: Line) -> float:
        return self.theme.metrics(line.role).ascent() * 1.1

    def place_buttons(self) -> None:
        """At the foot, beginning at the left."""
        rows = self._foot_rows(self.width())
        y = self.height() - FOOT - self._foot_height(self.width()) + 6
        for row in rows:
            x = MARGIN - FOCUS_ROOM
            for button in row:
                size = button.sizeHint()
                button.setGeometry(round(x), round(y), min(size.width(), self.width()), size.height())
                x += size.width() + 4
            y += row[0].sizeHint().height() + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons stay at the foot."""
        super().resizeEvent(event)
        self.place_buttons()

    # --- picture ----------------------------------------------------------------------------------------------------
    def _frame(self, painter: QPainter) -> None:
        p = self.theme.palette
        painter.setPen(QPen(qcolor(p.line if self.ground == "surface" else p.notice_edge), 1.0))
        painter.setBrush(qcolor(getattr(p, self.ground)))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def draw(self, painter: QPainter, value: Told) -> None:
        """Head, lines, picture."""
        title, right = self.head(value)
        draw_head(Writing(painter, self.theme), title, "", self.width() - MARGIN, at_right=right)
        y, room = head_height(self.theme), self.width() - 2 * MARGIN
        for line in self.lines(value):
            y += self._draw_line(painter, line, y, room) + line.after
        bottom = self.height() - FOOT - self._foot_height(self.width())
        if self.picture_height(value, room):
            self.draw_picture(painter, QRectF(MARGIN, y, room, max(10.0, bottom - y)), value)

    def _draw_line(self, painter: QPainter, line: Line, y: float, room: float) -> float:
        ink, indent = getattr(self.theme.palette, line.ink), self._indent(line)
        if line.icon:
            px, m = self._icon_px(line), self.theme.metrics(line.role)
            middle = y + m.ascent() - m.capHeight() / 2
            draw_icon(painter, line.icon, QRectF(MARGIN, middle - px / 2, px, px), qcolor(ink))
        high = self._line_height(line, room)
        place = QRectF(MARGIN + indent, y, room - indent, high + 2)
        return draw_paragraph(painter, self.theme, place, line.text, line.role, ink, line.weight)

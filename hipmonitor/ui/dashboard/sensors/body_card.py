"""The body from the front: which places have a sensor, and what this set can and cannot tell."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.now.capsule import capsule
from hipmonitor.ui.dashboard.parts import Button, Card, Writing
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role as Letters
from hipmonitor.ui.dashboard.theme import Theme, Weight, qcolor
from hipmonitor.ui.view_model.sensor_notes import SetWords
from hipmonitor.ui.view_model.sensor_roles import Role

TITLE, SIDES = "Where they are worn", "Seen from the front; left and right are yours."
HIGH, WIDE = 380.0, 300.0
"""The body in its own pixels."""
MIDDLE = 150.0
MARGIN = 20.0
PELVIS_AT = QRectF(MIDDLE - 40, 158, 80, 44)
THIGHS: dict[Role, tuple[QPointF, QPointF]] = {
    Role.RIGHT: (QPointF(MIDDLE - 21, 196), QPointF(MIDDLE - 27, 276)),
    Role.LEFT: (QPointF(MIDDLE + 21, 196), QPointF(MIDDLE + 27, 276)),
}
"""The wearer's left is on the picture's right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WornNow:
    """Last digits of the sensor of each place, and what the set can tell."""

    places: tuple[tuple[Role, str], ...]
    words: SetWords

    def at(self, role: Role) -> str:
        """Empty = free. A thigh whose side nobody has said is drawn on the left, and said to be so."""
        worn = dict(self.places)
        unsaid = {Role.LEFT: Role.THIGH, Role.RIGHT: Role.OTHER}.get(role)
        return worn.get(role) or (worn.get(unsaid, "") if unsaid is not None else "")

    @property
    def sides_known(self) -> bool:
        """Whether somebody has said which thigh it is."""
        return Role.THIGH not in dict(self.places)


class BodyCard(Card[WornNow]):
    """Measured is solid, free is dashed."""

    framed = False

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, TITLE, parent)
        self.calibrate = Button(theme, "Calibrate", icon="calibrate", parent=self)

    def spoken(self, value: WornNow) -> str:
        """In words."""
        worn = ", ".join(f"{role.value}: {name}" for role, name in value.places) or "no sensor worn"
        return f"{worn}. {value.words.title}. {value.words.text}"

    def _words_height(self, width: float) -> float:
        if self.shown is None:
            return 0.0
        room, words = width - 2 * MARGIN, self.shown.words
        title = paragraph_height(self.theme, words.title, room, Letters.BODY, Weight.STRONG)
        return title + paragraph_height(self.theme, words.text, room, Letters.SMALL) + 20

    def _head_height(self, width: float) -> float:
        m = self.theme.metrics(Letters.TITLE).height()
        return m + paragraph_height(self.theme, self._sides, width - 2 * MARGIN, Letters.SMALL) + 18

    @property
    def _sides(self) -> str:
        unsaid = self.shown is not None and not self.shown.sides_known
        return f"{SIDES} Which thigh it is has not been said yet." if unsaid else SIDES

    def least_height(self, width: float) -> float:
        """Below it the words would not fit."""
        button = self.calibrate.sizeHint().height() + 12
        return self._head_height(width) + 200 + self._words_height(width) + button

    def show_value(self, value: WornNow) -> None:
        """The button follows the words."""
        super().show_value(value)
        self.resizeEvent(None)

    def resizeEvent(self, _event: object) -> None:
        """The button stands below the words."""
        size = self.calibrate.sizeHint()
        y = self.height() - size.height() - 12
        self.calibrate.setGeometry(round(MARGIN) - 4, y, size.width(), size.height())

    def draw(self, painter: QPainter, value: WornNow) -> None:
        """Head, body, words."""
        p, theme = self.theme.palette, self.theme
        m = theme.metrics(Letters.TITLE)
        Writing(painter, theme).text(MARGIN, 14 + m.ascent(), TITLE, Letters.TITLE, p.ink, room=self.width() - MARGIN)
        room = self.width() - 2 * MARGIN
        place = QRectF(MARGIN, 14 + m.height(), room, self.height())
        draw_paragraph(painter, theme, place, self._sides, Letters.SMALL, p.ink2)
        words_top = self.calibrate.y() - self._words_height(self.width())
        top = self._head_height(self.width())
        self._body(painter, value, QRectF(0, top, self.width(), words_top - top - 8))
        painter.fillRect(QRectF(MARGIN, words_top, room, 1), qcolor(p.line))
        place = QRectF(MARGIN, words_top + 10, room, self.height())
        place.translate(0, draw_paragraph(painter, theme, place, value.words.title, Letters.BODY, p.ink, Weight.STRONG))
        draw_paragraph(painter, theme, place, value.words.text, Letters.SMALL, p.ink2)

    # --- the body ---------------------------------------------------------------------------------------------------
    def _body(self, painter: QPainter, value: WornNow, room: QRectF) -> None:
        scale = min(room.height() / HIGH, 1.4)
        painter.save()
        painter.translate(room.center().x() - MIDDLE * scale, room.top())
        painter.scale(scale, scale)
        p = self.theme.palette
        painter.setPen(QPen(qcolor(p.surface), 2.0))
        painter.setBrush(qcolor(p.body))
        for part in _grey_parts():
            painter.drawPath(part)
        for role, (top, knee) in THIGHS.items():
            painter.setBrush(qcolor(p.ok if value.at(role) else p.body))
            painter.drawPath(capsule(top, 21, knee, 15))
        painter.setBrush(qcolor(p.ok if value.at(Role.PELVIS) else p.body))
        painter.drawRoundedRect(PELVIS_AT, 22, 22)
        for role in (Role.PELVIS, *THIGHS):
            self._socket(painter, _spot(role), filled=bool(value.at(role)), upright=role is not Role.PELVIS)
        painter.restore()
        for role in (Role.PELVIS, *THIGHS):
            spot = _spot(role) * scale + QPointF(room.center().x() - MIDDLE * scale, room.top())
            self._label(painter, role, value, spot, scale)

    def _socket(self, painter: QPainter, spot: QPointF, *, filled: bool, upright: bool) -> None:
        p = self.theme.palette
        pen = QPen(qcolor(p.ink if filled else p.ink2), 1.6)
        if not filled:
            pen.setDashPattern([2.5, 2.5])
        painter.setPen(pen)
        painter.setBrush(qcolor(p.surface) if filled else Qt.BrushStyle.NoBrush)
        w, h = (16, 28) if upright else (28, 16)
        painter.drawRoundedRect(QRectF(spot.x() - w / 2, spot.y() - h / 2, w, h), 4, 4)
        if filled:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(p.ok))
            painter.drawEllipse(spot, 3, 3)

    def _label(self, painter: QPainter, role: Role, value: WornNow, spot: QPointF, scale: float) -> None:
        """At the outer edge of the card, with a line to the place."""
        p, w = self.theme.palette, Writing(painter, self.theme)
        left = role is Role.RIGHT
        name = role.value if value.sides_known or role is Role.PELVIS else {Role.LEFT: "Thigh"}.get(role, "Other thigh")
        second = value.at(role) or "free"
        y = spot.y() - (18 * scale if role is Role.PELVIS else 0)
        edge = MARGIN - 6 if left else self.width() - MARGIN + 6
        reach = w.width(name, Letters.SMALL, Weight.STRONG)
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        start = edge + reach + 5 if left else edge - reach - 5
        side = -10 if left else 10
        if (spot.x() + side * scale - start) * side < 0:
            painter.drawLine(QLineF(start, y - 4, spot.x() + side * scale, spot.y()))
        base2 = y + self.theme.metrics(Letters.SMALL).height()
        if left:
            w.text(edge, y, name, Letters.SMALL, p.ink, weight=Weight.STRONG)
            w.text(edge, base2, second, Letters.SMALL, p.ink2)
        else:
            w.right(edge, y, name, Letters.SMALL, p.ink, weight=Weight.STRONG)
            w.right(edge, base2, second, Letters.SMALL, p.ink2)


def _spot(role: Role) -> QPointF:
    if role is Role.PELVIS:
        return PELVIS_AT.center()
    top, knee = THIGHS[role]
    return QPointF(top.x() * 0.4 + knee.x() * 0.6, top.y() * 0.4 + knee.y() * 0.6)


def _grey_parts() -> list[QPainterPath]:
    """Head, neck, trunk, arms, shanks."""
    head = QPainterPath()
    head.addEllipse(QPointF(MIDDLE, 28), 23, 23)
    neck, trunk = QPainterPath(), QPainterPath()
    neck.addRect(QRectF(MIDDLE - 9, 44, 18, 26))
    trunk.addRoundedRect(QRectF(MIDDLE - 42, 60, 84, 122), 24, 24)
    parts = []
    for side in (-1, 1):
        parts.append(capsule(QPointF(MIDDLE + side * 45, 78), 12, QPointF(MIDDLE + side * 57, 180), 9))
        parts.append(capsule(QPointF(MIDDLE + side * 27, 282), 13, QPointF(MIDDLE + side * 28, 366), 9))
    return [*parts, neck.united(trunk), head]

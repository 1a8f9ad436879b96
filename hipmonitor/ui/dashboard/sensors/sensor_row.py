"""One sensor: what it is and does, its signal and battery, where it is worn, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QMenu, QWidget

from hipmonitor.ui.dashboard.parts import Button, Card, Writing
from hipmonitor.ui.dashboard.theme import Role as Letters
from hipmonitor.ui.dashboard.theme import Theme, Weight, draw_icon, qcolor
from hipmonitor.ui.view_model.sensor_roles import CHOICES, Role
from hipmonitor.ui.view_model.sensors_now import RowState, SensorRow

HEIGHT, BUTTON = 92.0, 44.0
WIDTHS = (
    (195.0, "Sensor 0001", 0.0),
    (116.0, "\N{MINUS SIGN}99 dBm", 40.0),
    (84.0, "100 %", 36.0),
    (137.0, "Right thigh", 50.0),
    (212.0, "DisconnectBuzz", 88.0),
)
"""Columns: name, signal, battery, place, buttons. Each at 100 %, the words that must find room, and what stands beside them."""
BAR_HEIGHTS = (4.0, 7.0, 10.0, 13.0)


class Columns(NamedTuple):
    """Where they begin, and how many lines of buttons stand below."""

    signal: float
    battery: float
    role: float
    below: int
    height: float


def columns(theme: Theme, width: float) -> Columns:
    """In one line where there is room, else in two, or in three."""
    name, signal, battery, role, ends = (_column(theme, *column) for column in WIDTHS)
    stacked = name + signal + battery + role + ends > width
    if stacked:
        name = max(name * 0.8, width - signal - battery)
    below = int(stacked) + int(role + ends > width)
    height = theme.px(HEIGHT + BUTTON * below)
    return Columns(name, name + signal, 0.0 if stacked else name + signal + battery, below, height)


def _column(theme: Theme, px: float, words: str, beside: float) -> float:
    """Wider only where the words are."""
    return max(theme.px(px), theme.metrics(Letters.BODY).horizontalAdvance(words) + theme.px(beside))


class SensorRowCard(Card[SensorRow]):
    """A row of the list."""

    framed = False
    joined, left, buzzed = Signal(str), Signal(str), Signal(str)
    placed = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Sensor", parent)
        self.role = Button(theme, "No role", parent=self)
        self.role_menu = QMenu(self.role)
        for role in CHOICES:
            self.role_menu.addAction(role.value, partial(self._place, role))
        self.role.open_menu(self.role_menu)
        self.buzz = Button(theme, "Buzz", icon="vibrate", parent=self)
        self.buzz.clicked.connect(lambda: self.buzzed.emit(self.address))
        self.join = Button(theme, "Connect", parent=self)
        self.join.clicked.connect(self._join_or_leave)

    @property
    def address(self) -> str:
        """Of the sensor it shows."""
        return self.shown.address if self.shown is not None else ""

    def _place(self, role: Role) -> None:
        self.placed.emit(self.address, role)

    def _join_or_leave(self) -> None:
        leaving = self.shown is not None and self.shown.joined
        (self.left if leaving else self.joined).emit(self.address)

    def show_value(self, value: SensorRow) -> None:
        """Buttons as well."""
        self.role.say(value.role.value)
        self.role.setAccessibleName(f"{value.name}, worn on: {value.role.value}")
        self.join.say("Disconnect" if value.joined else "Connect")
        self.join.setAccessibleName(f"{self.join.text()} {value.name}")
        self.join.stand_out(primary=value.primary)
        self.join.refuse("" if value.joined else value.not_to_join)
        self.buzz.setVisible(value.state is RowState.STREAMING)
        self.buzz.setAccessibleName(f"Buzz {value.name}")
        self.setAccessibleName(value.name)
        self.setToolTip("\n".join(value.remarks))
        super().show_value(value)
        self.arrange()

    def spoken(self, value: SensorRow) -> str:
        """In words."""
        return value.sentence

    def arrange(self) -> None:
        """Buttons to their places."""
        c = columns(self.theme, self.width())
        last = c.height - self.theme.px(BUTTON) - 6
        y = last if c.below else (c.height - self.role.sizeHint().height()) / 2
        self.role.resize(self.role.sizeHint())
        self.role.move(round(c.role) - 4, round(y - self.theme.px(BUTTON) * max(0, c.below - 1)))
        right = self.width() + 4
        for button in (self.join, self.buzz):
            size = button.sizeHint()
            button.resize(size)
            right -= size.width()
            button.move(right, round(y))

    def resizeEvent(self, _event: object) -> None:
        """Another width."""
        self.arrange()

    # --- picture ----------------------------------------------------------------------------------------------------
    def draw(self, painter: QPainter, value: SensorRow) -> None:
        """Name, kind and state; signal; battery; a line below."""
        p, w, c = self.theme.palette, Writing(painter, self.theme), columns(self.theme, self.width())
        top = self.theme.px(HEIGHT) / 2 - self.theme.px(30)
        room = c.signal - 8
        base = top + self.theme.metrics(Letters.NEXT).ascent()
        w.text(0, base, value.name, Letters.NEXT, p.ink, weight=Weight.STRONG, room=room)
        base += self.theme.metrics(Letters.SMALL).height() * 1.15
        w.text(0, base, value.kind, Letters.SMALL, p.ink2, room=room)
        self._state(w, base + self.theme.metrics(Letters.SMALL).height() * 1.2, value, room)
        middle = self.theme.px(HEIGHT) / 2 + self.theme.metrics(Letters.BODY).capHeight() / 2
        self._signal(painter, w, c.signal, middle, value)
        self._battery(w, c.battery, middle, value)
        painter.setPen(QPen(qcolor(p.line), 1.0))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _state(self, w: Writing, base: float, value: SensorRow, room: float) -> None:
        p, small = self.theme.palette, self.theme.px(14)
        good = value.state is RowState.STREAMING
        icon = "check" if good else "gap" if value.state in {RowState.NOT_HEARD, RowState.RECONNECTING} else "wait"
        w.icon(0, base, icon, small, p.up_text if good else p.ink2, Letters.SMALL)
        weight = Weight.STRONG if good else Weight.PLAIN
        colour = p.up_text if good else p.ink2
        w.text(small + 6, base, value.state_words, Letters.SMALL, colour, weight=weight, room=room - small - 6)

    def _signal(self, painter: QPainter, w: Writing, x: float, base: float, value: SensorRow) -> None:
        p = self.theme.palette
        if value.bars is not None:
            self._bars(painter, x, base, value.bars)
            x += self.theme.px(34)
        w.text(x, base, value.signal, Letters.SMALL if value.bars is None else Letters.BODY, p.ink2)

    def _bars(self, painter: QPainter, x: float, base: float, bars: int) -> None:
        p, px = self.theme.palette, self.theme.px
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        for k, high in enumerate(BAR_HEIGHTS):
            painter.setBrush(qcolor(p.ink) if k < bars else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(x + px(7 * k), base - px(high), px(5), px(high)), 1, 1)

    def _battery(self, w: Writing, x: float, base: float, value: SensorRow) -> None:
        p = self.theme.palette
        if value.battery_percent is None:
            w.text(x, base, value.battery, Letters.SMALL, p.ink2)
            return
        size = self.theme.px(24)
        middle = base - self.theme.metrics(Letters.BODY).capHeight() / 2
        place = QRectF(x, middle - size / 2, size, size)
        icon, ink = ("battery_low", p.notice_text) if value.battery_low else ("battery", p.ink)
        draw_icon(w.painter, icon, place, qcolor(ink))
        weight = Weight.STRONG if value.battery_low else Weight.PLAIN
        w.text(x + size + 6, base, value.battery, Letters.BODY, p.ink if value.battery_low else p.ink2, weight=weight)

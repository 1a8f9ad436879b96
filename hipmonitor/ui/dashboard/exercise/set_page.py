"""A guided set while it runs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.exercise.arc_card import ArcCard
from hipmonitor.ui.dashboard.exercise.count_card import CountCard
from hipmonitor.ui.dashboard.exercise.foot_row import foot_height, put_foot
from hipmonitor.ui.dashboard.parts import Box, Button, Look
from hipmonitor.ui.dashboard.theme import Theme
from hipmonitor.ui.view_model.exercise.set_look import SetLook

SIDE, GAP, BOTTOM = 20.0, 14.0, 14.0
ARC_SHARE, WIDE_FROM = 0.42, 700.0
READ_ONLY = "A replay shows the set as it was."


class SetPage(QWidget):
    """Count at the left, arc at the right, two buttons below."""

    paused = Signal()
    resumed = Signal()
    ended = Signal()
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.count, self.arc = CountCard(theme, self), ArcCard(theme, self)
        self.pause = Button(theme, "Pause", icon="freeze", key="Space", parent=self)
        self.end = Button(theme, "End set", icon="check", key="Enter", look=Look.PRIMARY, parent=self)
        self.pause.clicked.connect(self._pause_pressed)
        self.end.clicked.connect(self.ended)
        self._wanted = 0.0

    def _pause_pressed(self) -> None:
        paused = self.count.shown is not None and self.count.shown.paused
        (self.resumed if paused else self.paused).emit()

    def show_look(self, look: SetLook, telling: str, *, ended: bool = False) -> None:
        """As it stands now."""
        self.count.telling = telling
        self.count.show_value(look)
        self.arc.show_value(look)
        paused = look.paused and not ended
        self.pause.say("Go on" if paused else "Pause", icon="play" if paused else "freeze")
        self.pause.stand_out(primary=paused)
        self.end.stand_out(primary=not paused)
        for button in (self.pause, self.end):
            button.refuse(READ_ONLY if look.read_only else look.sentence if ended else "")
        if self._wanted != self._least(self.count.width()):
            self.resized.emit()

    def _least(self, width: float) -> float:
        return self.count.least_height(width)

    def advance(self, seconds: float) -> None:
        """Figure and pointer move."""
        self.arc.advance(seconds)

    def fit(self, width: int, height: int) -> int:
        """Side by side; where it is narrow, the count above, for it is what one reads."""
        whole = width - 2 * SIDE
        foot = foot_height([self.pause, self.end], whole)
        room = height - foot - GAP - BOTTOM
        if whole / self.theme.font_scale >= WIDE_FROM:
            right = ARC_SHARE * whole
            left = whole - right - GAP
            high = max(room, self._least(left))
            self.count.setGeometry(Box(SIDE, 0, left, high).rect)
            self.arc.setGeometry(Box(SIDE + left + GAP, 0, right, high).rect)
        else:
            high = max(self._least(whole), room)
            self.count.setGeometry(Box(SIDE, 0, whole, high).rect)
            below = self.arc.least_height(whole)
            self.arc.setGeometry(Box(SIDE, high + foot + 2 * GAP, whole, below).rect)
        put_foot([self.pause, self.end], Box(SIDE, high + GAP, whole, foot))
        self._wanted = self._least(self.count.width())
        lowest = max(high + GAP + foot, self.arc.geometry().bottom() + 1)
        return round(max(height, lowest + BOTTOM))

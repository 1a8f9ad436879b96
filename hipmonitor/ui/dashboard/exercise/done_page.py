"""After a set: what was done, how comfortable it was, the rest, and the next one."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.exercise.after_card import After, AfterCard, Begin
from hipmonitor.ui.dashboard.exercise.done_card import DoneCard
from hipmonitor.ui.dashboard.exercise.foot_row import foot_height, put_foot
from hipmonitor.ui.dashboard.parts import Box, Button, Look
from hipmonitor.ui.dashboard.theme import Theme
from hipmonitor.ui.view_model.exercise.done_look import DoneLook
from hipmonitor.ui.view_model.exercise.visit import Rest

SIDE, GAP, BOTTOM = 20.0, 14.0, 14.0
AFTER_SHARE, WIDE_FROM = 0.42, 780.0
KEPT = "Kept with the set. Another click changes it."
GO_ON = "It is open already when you go back to the exercises. A pause is fine."
NO_MORE = "Back to the exercises, or done for today."


class DonePage(QWidget):
    """What was done at the left, what follows at the right, buttons below."""

    rated = Signal(int)
    next_set = Signal()
    waited = Signal()
    left = Signal()
    """Back to the exercises."""
    finished = Signal()
    """Done for today."""
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.done, self.after = DoneCard(theme, self), AfterCard(theme, self)
        self.today = Button(theme, "Done for today", parent=self)
        self.others = Button(theme, "All exercises", icon="left", parent=self)
        self.wait = Button(theme, "Wait", icon="freeze", key="Space", parent=self)
        self.next = Button(theme, "Begin now", icon="play", key="Enter", look=Look.PRIMARY, parent=self)
        self.after.scale.chosen.connect(self.rated)
        self.today.clicked.connect(self.finished)
        self.others.clicked.connect(self.left)
        self.wait.clicked.connect(self.waited)
        self.next.clicked.connect(self.next_set)
        self._wanted: tuple[float, ...] = ()
        order = [self.after.scale, *self.buttons]
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)

    @property
    def buttons(self) -> list[Button]:
        """In reading order."""
        return [self.today, self.others, self.wait, self.next]

    def show_look(self, look: DoneLook, rest: Rest | None, begin: Begin, refused: str, following: str = "") -> None:
        """As it stands now; `begin`: how the next set begins, `refused`: why none can, `following`: the plan's next exercise."""
        self.done.show_value(look)
        self.after.scale.show_value(look.comfort)
        self.after.scale.setEnabled(not look.read_only)
        self.after.show_value(_after(look, rest, begin, following))
        self.wait.setVisible(rest is not None and rest.may_wait)
        self.wait.say("Begin by itself" if rest is not None and rest.waits else "Wait")
        self.next.setVisible(rest is not None)
        self.next.say("" if rest is None else f"Start set {rest.number}")
        self.next.refuse(refused)
        self.others.stand_out(primary=rest is None)
        if self._wanted != self._least():
            self.resized.emit()

    def _least(self) -> tuple[float, ...]:
        """What places follow from."""
        buttons = [0 if button.isHidden() else button.sizeHint().width() for button in self.buttons]
        return self.done.least_height(self.done.width()), self.after.least_height(self.after.width()), *buttons

    def advance(self, seconds: float) -> None:
        """The figure moves."""
        self.after.figure.advance(seconds)

    def fit(self, width: int, height: int) -> int:
        """Side by side; where it is narrow, first what is asked and what follows."""
        whole = width - 2 * SIDE
        foot = foot_height(self.buttons, whole)
        room = height - foot - GAP - BOTTOM
        if whole / self.theme.font_scale >= WIDE_FROM:
            right = AFTER_SHARE * whole
            left = whole - right - GAP
            high = max(room, self.done.least_height(left), self.after.least_height(right))
            self.done.setGeometry(Box(SIDE, 0, left, high).rect)
            self.after.setGeometry(Box(SIDE + left + GAP, 0, right, high).rect)
        else:
            high = self.after.least_height(whole)
            below = Box(SIDE, high + foot + 2 * GAP, whole, self.done.least_height(whole))
            self.after.setGeometry(Box(SIDE, 0, whole, high).rect)
            self.done.setGeometry(below.rect)
        put_foot(self.buttons, Box(SIDE, high + GAP, whole, foot))
        self._wanted = self._least()
        lowest = max(high + GAP + foot, self.done.geometry().bottom() + 1)
        return round(max(height, lowest + BOTTOM))


def _after(look: DoneLook, rest: Rest | None, begin: Begin, following: str) -> After:
    thanks = KEPT if look.comfort is not None else ""
    if rest is None and following:
        return After(title=f"Next today: {following}", big="", words=GO_ON, thanks=thanks)
    if rest is None:
        return After(title="Done", big="", words=NO_MORE, thanks=thanks)
    title = f"Next: set {rest.number}"
    return After(title=title, big=rest.left_words, words=rest.words, thanks=thanks, begin=begin)

"""After a set: what was done, how comfortable it was, the rest, and the next one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.exercise.after_card import After, AfterCard
from hipmonitor.ui.dashboard.exercise.done_card import DoneCard
from hipmonitor.ui.dashboard.exercise.foot_row import foot_height, put_foot
from hipmonitor.ui.dashboard.parts import Box, Button, Look
from hipmonitor.ui.dashboard.theme import Theme
from hipmonitor.ui.view_model.exercise.done_look import DoneLook
from hipmonitor.ui.view_model.exercise.visit import Rest

SIDE, GAP, BOTTOM = 20.0, 14.0, 14.0
AFTER_SHARE, WIDE_FROM = 0.42, 780.0
KEPT = "Kept with the set. Another click changes it."
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
        self._wanted = (0.0, 0.0)
        order = [self.after.scale, *self.buttons]
        for one, other in zip(order, order[1:], strict=False):
            QWidget.setTabOrder(one, other)

    @property
    def buttons(self) -> list[Button]:
        """In reading order."""
        return [self.today, self.others, self.wait, self.next]

    def show_look(self, look: DoneLook, rest: Rest | None, left: str, refused: str) -> None:
        """As it stands now; `left`: time of the rest that is left, `refused`: why no set can begin."""
        self.done.show_value(look)
        self.after.scale.show_value(look.comfort)
        self.after.scale.setEnabled(not look.read_only)
        self.after.show_value(_after(look, rest, left))
        shown = [button.isVisibleTo(self) for button in self.buttons]
        self.wait.setVisible(rest is not None and not rest.over)
        self.wait.say("Begin by itself" if rest is not None and rest.waits else "Wait")
        self.next.setVisible(rest is not None)
        self.next.say("" if rest is None else f"Start set {rest.number}")
        self.next.refuse(refused)
        self.others.stand_out(primary=rest is None)
        now = [button.isVisibleTo(self) for button in self.buttons]
        if now != shown or self._wanted != self._least():
            self.resized.emit()

    def _least(self) -> tuple[float, float]:
        return self.done.least_height(self.done.width()), self.after.least_height(self.after.width())

    def fit(self, width: int, height: int) -> int:
        """Side by side; where it is narrow, one below the other."""
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
            first, second = self.done.least_height(whole), self.after.least_height(whole)
            self.done.setGeometry(Box(SIDE, 0, whole, first).rect)
            self.after.setGeometry(Box(SIDE, first + GAP, whole, second).rect)
            high = first + GAP + second
        put_foot(self.buttons, Box(SIDE, high + GAP, whole, foot))
        self._wanted = self._least()
        return round(max(height, high + GAP + foot + BOTTOM))


def _after(look: DoneLook, rest: Rest | None, left: str) -> After:
    thanks = KEPT if look.comfort is not None else ""
    if rest is None:
        return After(title="Done", big="", words=NO_MORE, thanks=thanks)
    return After(title=f"Next: set {rest.number}", big="" if rest.over else left, words=rest.words, thanks=thanks)

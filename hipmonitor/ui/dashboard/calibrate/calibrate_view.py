"""The Calibrate view: steps at the left, the figure in the middle, live checks at the right, buttons below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent

from hipmonitor.core.inbound import HoldPose
from hipmonitor.core.instants import HostNs
from hipmonitor.ui.dashboard.calibrate.checks_card import ChecksCard, ChecksNow
from hipmonitor.ui.dashboard.calibrate.pose_card import PoseCard
from hipmonitor.ui.dashboard.calibrate.steps_card import StepsCard
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.feed import Feed
from hipmonitor.ui.dashboard.parts import Button, Look
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.view_model import Glance
from hipmonitor.ui.view_model.wizard import Stage, Wizard
from hipmonitor.ui.view_model.wizard_now import WizardNow, wizard_now

SIDE, GAP, BOTTOM = 20, 14, 14
STEPS, CHECKS = 262.0, 306.0
NARROW_STEPS, NARROW_CHECKS = 172.0, 236.0
WIDE_FROM = 1100.0
"""Effective width of the content, from which on both columns have their full width."""
LEAST_POSE = 330.0
SIDES = {"left": "left thigh", "right": "right thigh"}
NO_SENSORS = "Only a live or simulated sensor can be calibrated."


class CalibrateView(View):
    """Paces the wizard while it is shown."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self.cockpit, theme = cockpit, cockpit.theme
        self.wizard = Wizard()
        self.steps, self.pose, self.checks = StepsCard(theme, self), PoseCard(theme, self), ChecksCard(theme, self)
        self.cancel = Button(theme, "Cancel", key="Esc", parent=self)
        self.back = Button(theme, "Back", icon="left", parent=self)
        self.again = Button(theme, "Repeat this step", key="R", parent=self)
        self.skip = Button(theme, "Skip this step", parent=self)
        self.next = Button(theme, "Next", look=Look.PRIMARY, parent=self)
        self.now: WizardNow | None = None
        self._wanted, self._short = 0, False
        self._wire()

    def _wire(self) -> None:
        self.cancel.clicked.connect(self._cancel)
        self.back.clicked.connect(lambda: self._do(self.wizard.back))
        self.again.clicked.connect(self._again)
        self.skip.clicked.connect(lambda: self._do(self.wizard.skip))
        self.next.clicked.connect(self._next)

    # --- what the window asks ---------------------------------------------------------------------------------------
    @property
    def state_line(self) -> str | None:
        """Its own."""
        return None if self.now is None else self.now.line

    def watch(self, feed: Feed | None) -> None:
        """Another session: what was begun in the one before has ended with it."""
        self.wizard.restart()

    def look(self, glance: Glance) -> None:
        """Ask for the pose that is due, and show where it stands."""
        pose = self.wizard.turn(glance)
        if pose is not None:
            self.cockpit.act(HoldPose(pose=pose))
        self.now = now = wizard_now(self.wizard, glance)
        self.steps.side = SIDES.get(glance.settings.side, "thigh")
        self.steps.show_value(now.steps)
        self.pose.show_value(now)
        self.checks.show_value(ChecksNow(checks=now.checks, figures=now.figures, foot=now.foot))
        self._show_buttons(now)

    def frame(self, now: HostNs, seconds: float) -> None:
        """The figure moves."""
        self.pose.figure.advance(seconds)

    def press(self, key: str) -> bool:
        """R repeats, Esc cancels."""
        keys = {"R": self.again, "Esc": self.cancel}
        if key in keys and keys[key].isVisible():
            keys[key].click()
        return key in keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, where one can."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.next.click()
        else:
            super().keyPressEvent(event)

    # --- what the wearer does ---------------------------------------------------------------------------------------
    def _do(self, what: Callable[[], None]) -> None:
        what()
        self.cockpit.bridge.look_now()

    def _next(self) -> None:
        if self.wizard.stage is Stage.RESULT:
            self._keep()
        elif self.cockpit.sensors is None:
            self.cockpit.say(NO_SENSORS)
        else:
            self.cockpit.sensors.guide(self.wizard.begin())
            self.cockpit.bridge.look_now()

    def _again(self) -> None:
        """This step; after the result, all of it."""
        self._do(self.wizard.restart if self.wizard.stage is Stage.RESULT else self.wizard.repeat)

    def _keep(self) -> None:
        self._end()
        self.cockpit.open_view("now")

    def _cancel(self) -> None:
        self._end()
        self.cockpit.say("Cancelled. What was in force stays in force.")
        self.cockpit.open_view("now")

    def _end(self) -> None:
        self.wizard.restart()
        if self.cockpit.sensors is not None:
            self.cockpit.sensors.guide(None)

    # --- buttons and sizes ------------------------------------------------------------------------------------------
    def _show_buttons(self, now: WizardNow) -> None:
        o = now.offers
        visible = (
            self.cancel.isVisibleTo(self),
            self.skip.isVisibleTo(self),
            self.again.isVisibleTo(self),
            self.next.text(),
        )
        for button, shown in (
            (self.cancel, o.cancel),
            (self.back, o.back),
            (self.again, o.repeat),
            (self.skip, o.skip),
        ):
            button.setVisible(shown)
        self._name_buttons()
        self.next.say(o.next)
        self.next.refuse(o.next_refused)
        if visible != (o.cancel, o.skip, o.repeat, o.next) or self._wanted != self._least():
            self.cockpit.fit_again()

    def _least(self) -> int:
        cards = ((self.steps, self.steps.width()), (self.pose, self.pose.width()), (self.checks, self.checks.width()))
        return round(sum(card.least_height(width) for card, width in cards))

    def fit(self, width: int, height: int) -> int:
        """Three columns where there is room; else the figure, its buttons, and the rest below."""
        scale, whole = self.cockpit.theme.font_scale, width - 2 * SIDE
        wide = whole / scale >= WIDE_FROM
        self._shorten(short=not wide)
        left = round((STEPS if wide else NARROW_STEPS) * scale)
        right = round((CHECKS if wide else NARROW_CHECKS) * scale)
        middle = whole - left - right - 2 * GAP
        seen = self.pose.least_height(middle) + GAP + self._foot_height(middle) + BOTTOM <= height
        three = middle >= LEAST_POSE * scale and seen
        high = self._three(left, middle, right, height) if three else self._one(whole, height)
        self._wanted = self._least()
        return high

    def _shorten(self, *, short: bool) -> None:
        self._short = short
        for button in (self.cancel, self.again):
            button.shorten(key=short, word=False)
        self._name_buttons()

    def _name_buttons(self) -> None:
        result = self.wizard.stage is Stage.RESULT
        self.again.say("Repeat" if self._short or result else "Repeat this step")
        self.skip.say("Skip" if self._short else "Skip this step")

    def _three(self, left: int, middle: int, right: int, height: int) -> int:
        """The buttons stand below all three; below the figure alone, where the others are too high to see all of it."""
        whole, room = left + middle + right + 2 * GAP, height - BOTTOM - GAP
        foot = self._foot_height(whole)
        sides = round(max(self.steps.least_height(left), self.checks.least_height(right)))
        under = sides > room - foot
        foot = self._foot_height(middle) if under else foot
        high = max(round(self.pose.least_height(middle)), room - foot)
        side = max(sides, high + GAP + foot) if under else high
        self.pose.show_figure(shown=True)
        self.steps.setGeometry(SIDE, 0, left, side)
        self.pose.setGeometry(SIDE + left + GAP, 0, middle, high)
        self.checks.setGeometry(SIDE + left + middle + 2 * GAP, 0, right, side)
        x, width = (self.pose.x(), middle) if under else (SIDE, whole)
        self._foot(QRect(x, high + GAP, width, foot))
        return max(high + GAP + foot, side) + BOTTOM

    def _one(self, whole: int, height: int) -> int:
        foot = self._foot_height(whole)
        room = height - foot - BOTTOM - GAP
        figure = self.pose.least_height(whole) <= room
        self.pose.show_figure(shown=figure)
        least = round(self.pose.least_height(whole, figure=figure))
        high = max(least, min(room, whole)) if figure else least
        self.pose.setGeometry(SIDE, 0, whole, high)
        self._foot(QRect(SIDE, high + GAP, whole, foot))
        y = high + foot + 2 * GAP
        for card in (self.checks, self.steps):
            card.setGeometry(SIDE, y, whole, round(card.least_height(whole)))
            y += card.height() + GAP
        return y

    def _rows(self, width: int) -> list[list[Button]]:
        """In reading order, as many to a row as fit; the last row holds what goes on."""
        shown = [b for b in (self.cancel, self.back, self.skip, self.again, self.next) if b.isVisibleTo(self)]
        rows: list[list[Button]] = [[]]
        for button in reversed(shown):
            if rows[0] and sum(b.sizeHint().width() for b in [button, *rows[0]]) > width + 8:
                rows.insert(0, [])
            rows[0].insert(0, button)
        return rows

    def _foot_height(self, width: int) -> int:
        return len(self._rows(width)) * self._button_size.height()

    @property
    def _button_size(self) -> QSize:
        return self.next.sizeHint()

    def _foot(self, place: QRect) -> None:
        y = place.y()
        for row in self._rows(place.width()):
            x = place.right() + 4
            for button in reversed(row):
                size = button.sizeHint()
                x -= size.width()
                at = place.x() - 4 if button is self.cancel else x
                button.setGeometry(at, y, size.width(), size.height())
                x -= 2
            y += self._button_size.height()

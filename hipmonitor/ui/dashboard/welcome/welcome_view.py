"""The first steps as a view: one card, back, next, and past them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.form import Panel, Words
from hipmonitor.ui.dashboard.parts import Button, Look, flush_left
from hipmonitor.ui.dashboard.theme import Role
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.dashboard.welcome.pages import LIMITS_PAGE, PAGES, StepPage
from hipmonitor.ui.view_model import Glance

WIDTH, SIDE, GAP = 640.0, 20, 14
STACKED_BELOW = 560.0
HELD = "Alerts are on hold until the limits are confirmed: they are decided and kept, not told. Settings, Limits confirms them."
SKIP_MEANS = "Skip: measuring begins, and alerts stay on hold until somebody has confirmed the limits."
CONFIRM_FIRST = "Confirm the limits first, or skip: alerts then stay on hold."


class WelcomeView(View):
    """Five pages; alerts begin when the limits are confirmed."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self.cockpit, theme = cockpit, cockpit.theme
        self.pages: list[StepPage] = [page(cockpit) for page in PAGES]
        self.number = 0
        self.count = Words(theme, role=Role.SMALL, ink="ink2")
        self.title = Words(theme, role=Role.STATE)
        self.skip_means = Words(theme, SKIP_MEANS, Role.SMALL, ink="ink2")
        self.skip, self.back = Button(theme, "Skip to live"), Button(theme, "Back", icon="left")
        self.next = Button(theme, "Next", look=Look.PRIMARY)
        self.skip.clicked.connect(self._skip)
        self.back.clicked.connect(lambda: self.go(self.number - 1))
        self.next.clicked.connect(self._forward)
        self._lay_out()
        cockpit.settings.changed.connect(self._renew)
        self.go(0)

    def _lay_out(self) -> None:
        self.card = Panel(self.cockpit.theme, spacing=12)
        self.card.column.setContentsMargins(28, 22, 28, 22)
        for words in (self.count, self.title):
            self.card.column.addWidget(words)
        for page in self.pages:
            self.card.column.addLayout(flush_left(page))
        self.card.column.addSpacing(6)
        self.card.column.addWidget(self.skip_means)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.addWidget(self.skip)
        self._foot.addStretch(1)
        self._foot.addWidget(self.back)
        self._foot.addWidget(self.next)
        self.card.column.addLayout(flush_left(self._foot))
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 0, SIDE, GAP)
        column.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        column.addStretch(1)

    # --- pages ------------------------------------------------------------------------------------------------------
    def go(self, number: int) -> None:
        """To this page."""
        self.number = min(len(self.pages) - 1, max(0, number))
        for k, page in enumerate(self.pages):
            page.setVisible(k == self.number)
        self._renew()

    def _renew(self) -> None:
        self.count.say(f"First steps, {self.number + 1} of {len(self.pages)}")
        self.title.say(self.pages[self.number].title)
        self.back.refuse("" if self.number else "This is the first page.")
        self.next.say("Done" if self.number == len(self.pages) - 1 else "Next")
        confirmed = self.cockpit.settings.settings.confirmed
        self.next.refuse("" if confirmed or self.number != LIMITS_PAGE else CONFIRM_FIRST)
        self.skip_means.say("" if confirmed else SKIP_MEANS)
        self.cockpit.fit_again()

    def _forward(self) -> None:
        if self.number == len(self.pages) - 1:
            self._leave()
        else:
            self.go(self.number + 1)

    def _skip(self) -> None:
        """Past them; what is not confirmed is not told."""
        if not self.cockpit.settings.settings.confirmed:
            problem = self.cockpit.settings.hold_alerts()
            self.cockpit.say(problem or HELD)
        self._leave()

    def _leave(self) -> None:
        self.cockpit.choices.steps_seen = True
        self.cockpit.choices.write()
        self.cockpit.open_view("now")
        self.go(0)

    # --- what the window asks ---------------------------------------------------------------------------------------
    @property
    def state_line(self) -> str | None:
        """Where one is."""
        return f"First steps, {self.number + 1} of {len(self.pages)}: {self.pages[self.number].title}."

    def look(self, glance: Glance) -> None:
        """The page that is open."""
        self.pages[self.number].look(glance)

    def fit(self, width: int, _height: int) -> int:
        """One card, never wider than it can be read."""
        theme = self.cockpit.theme
        card = min(width - 2 * SIDE, round(theme.px(WIDTH)))
        self.card.setFixedWidth(card)
        stacked = card / theme.font_scale < STACKED_BELOW * 0.7
        self._foot.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
        self.card.setFixedHeight(self.card.heightForWidth(card))
        return self.card.height() + GAP

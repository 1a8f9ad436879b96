"""Whose limits they are: everyday presets, or those of a physio with who and when; confirmed once."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.settings import Settings
from hipmonitor.ui.dashboard.form import FormRow, TextField, Words
from hipmonitor.ui.dashboard.parts import FOCUS_ROOM, Button, Look, Segmented, flush_left
from hipmonitor.ui.dashboard.settings_desk import SettingsDesk
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight
from hipmonitor.ui.view_model.limits_set import ME, PHYSIO, PRESET, everyday, is_everyday, limits_said, set_by, today

CHOICES = ("Everyday", "Set by my physio")
MEANS = (
    "The presets: 30 min of sitting, 10 min above 90°. They are a beginning, and not a medical limit.",
    "The limits below, as your physio set them; reports name who and when.",
)


class Preset(QWidget):
    """What is chosen counts when it is confirmed."""

    def __init__(self, theme: Theme, desk: SettingsDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.said = Words(theme, role=Role.BODY, weight=Weight.MEDIUM)
        self.which = Segmented(theme, "Limits", CHOICES)
        self.which.chosen.connect(self._renew)
        self.means = Words(theme, role=Role.SMALL, ink="ink2")
        self.who, self.when = TextField(theme, "Who set them", letters=22), TextField(theme, "When", letters=12)
        self.who.show_text(PHYSIO)
        self.when.show_text(today())
        self.who_row = FormRow(theme, "Who set them", "In your words, as it should stand in reports.", self.who)
        self.when_row = FormRow(theme, "When", "As 2026-11-22.", self.when)
        self.confirm = Button(theme, "Confirm these limits", icon="check", look=Look.PRIMARY)
        self.confirm.clicked.connect(self._confirm)
        buttons = flush_left(self.confirm)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(FOCUS_ROOM, 0, 0, 8)
        column.setSpacing(6)
        which = flush_left(self.which)
        which.addStretch(1)
        column.addWidget(self.said)
        column.addLayout(which)
        for widget in (self.means, self.who_row, self.when_row):
            column.addWidget(widget)
        column.addLayout(buttons)
        desk.changed.connect(self._follow)
        self.follow()

    def follow(self) -> None:
        """As it is saved: who, when, and which of the two."""
        settings = self._desk.settings
        if settings.confirmed and settings.set_by not in {PRESET, ME}:
            self.who.show_text(settings.set_by)
            self.when.show_text(settings.set_on or today())
            self.which.choose(1)
        self._follow()

    def _follow(self) -> None:
        self.said.say(limits_said(self._desk.settings))
        self._renew()

    def _renew(self) -> None:
        by_physio = self.which.index == 1
        self.means.say(MEANS[self.which.index])
        for row in (self.who_row, self.when_row):
            row.setVisible(by_physio)
        presets = by_physio or is_everyday(self._desk.settings)
        self.confirm.say("Confirm these limits" if presets else "Take the presets")
        self.confirm.refuse("They are in force already." if self._unchanged() else "")

    def _unchanged(self) -> bool:
        settings = self._desk.settings
        if self.which.index == 0:
            return settings.confirmed and settings == everyday(settings, settings.set_on)
        return False

    def whose(self, settings: Settings) -> Settings:
        """A limit was changed by hand: by whom is what is chosen here."""
        by_physio = self.which.index == 1 and self.who.text().strip()
        return set_by(settings, self.who.text().strip() if by_physio else ME, today())

    def _confirm(self) -> None:
        if self.which.index == 0:
            problem = self._desk.change(lambda settings: everyday(settings, today()))
        else:
            problem = self._desk.change(self._by_physio)
        self.when_row.say_problem(problem)

    def _by_physio(self, settings: Settings) -> Settings:
        who, when = self.who.text().strip(), self.when.text().strip()
        if not who:
            raise SettingsError("Say who set the limits. Nothing was changed.")
        try:
            return set_by(settings, who, when)
        except SettingsError:
            raise SettingsError("Write the day as 2026-11-22. Nothing was changed.") from None

"""A setting in a form: its control follows what is saved; what is given is saved and in force at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hipmonitor.core.settings import Settings
from hipmonitor.ui.dashboard.form.number_field import NumberField
from hipmonitor.ui.dashboard.form.row import FormRow
from hipmonitor.ui.dashboard.form.switch import Switch
from hipmonitor.ui.dashboard.form.text_field import TextField
from hipmonitor.ui.dashboard.parts import Segmented
from hipmonitor.ui.dashboard.settings_desk import SettingsDesk
from hipmonitor.ui.dashboard.theme import Theme
from hipmonitor.ui.view_model.setting_rows import Control, SettingRow

Also = Callable[[Settings], Settings]


class SettingControl(FormRow):
    """`also` is done to the settings with every change: who changes a limit has set the limits."""

    def __init__(
        self,
        theme: Theme,
        desk: SettingsDesk,
        row: SettingRow,
        *beside: QWidget,
        also: Also = lambda settings: settings,
        parent: QWidget | None = None,
    ) -> None:
        self.row, self._desk, self._also = row, desk, also
        self.control, self._show = self._made(theme)
        super().__init__(theme, row.label, row.means, self.control, *beside, parent=parent)
        desk.changed.connect(self.renew)
        self.renew()

    def _made(self, theme: Theme) -> tuple[QWidget, Callable[[str], None]]:
        """The control, and how it is shown what is set."""
        row = self.row
        if row.control is Control.NUMBER:
            number = NumberField(theme, row.label, row.unit, row.step)
            number.given.connect(self.give)
            return number, number.field.show_text
        if row.control is Control.SWITCH:
            switch = Switch(theme, row.label)
            switch.clicked.connect(lambda on: self.give("on" if on else "off"))
            return switch, lambda text: switch.setChecked(text == "on")
        if row.control is Control.CHOICE:
            values = [value for value, _ in row.choices]
            choice = Segmented(theme, row.label, [word for _, word in row.choices])
            choice.chosen.connect(lambda index: self.give(values[index]))
            return choice, lambda text: choice.choose(values.index(text))
        text = TextField(theme, row.label)
        text.given.connect(self.give)
        return text, text.show_text

    def renew(self) -> None:
        """As it is saved; a field with a value that was refused keeps it until another one is given."""
        if self.problem.text():
            return
        self._show(self.row.written(self._desk.settings))

    def give(self, text: str) -> None:
        """A new value: in force, or a sentence why not."""
        if text == self.row.written(self._desk.settings):
            self.say_problem("")
            return
        self.say_problem("")
        self.say_problem(self._desk.change(lambda settings: self._also(self.row.change(settings, text))))

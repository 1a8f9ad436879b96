"""Display: theme, letters, motion, the large number, and what closing the window does."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.closing import Closing
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.form import FormRow, Panel, Switch
from hipmonitor.ui.dashboard.parts import Segmented
from hipmonitor.ui.dashboard.theme import Scheme
from hipmonitor.ui.dashboard.theme.theme import FONT_SCALES

SCHEMES = (Scheme.SYSTEM, Scheme.LIGHT, Scheme.DARK)
CLOSINGS = ("", Closing.KEEP.value, Closing.STOP.value)
NO_PELVIS = "No pelvis sensor is set; with one thigh sensor the hip is an estimate."


class DisplayPage(QWidget):
    """These belong to the window, not to the measurement; they are kept beside it."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        theme = cockpit.theme
        self._cockpit, self._choices = cockpit, cockpit.choices
        self.scheme = Segmented(theme, "Theme", ("As the system", "Light", "Dark"))
        self.letters = Segmented(theme, "Letters", [f"{round(scale * 100)} %" for scale in FONT_SCALES])
        self.still, self.hip = Switch(theme, "Reduce motion"), Switch(theme, "Hip as the large number")
        self.closing = Segmented(theme, "Closing", ("Ask", "Keep monitoring", "Stop"))
        self.hip_row = FormRow(
            theme, "Hip as the large number", "With a pelvis sensor; the label always says which angle it is.", self.hip
        )
        panel = Panel(theme)
        for row in (
            FormRow(theme, "Theme", "Ctrl+D changes between light and dark.", self.scheme),
            FormRow(
                theme,
                "Letters",
                "Also Ctrl and + or \u2212; angle and timers are large already, and grow less.",
                self.letters,
            ),
            FormRow(theme, "Reduce motion", "The figure jumps instead of gliding, banners do not slide.", self.still),
            self.hip_row,
            FormRow(
                theme, "When the window is closed", "What becomes of the monitoring of a live sensor.", self.closing
            ),
        ):
            panel.column.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self.renew()
        self._wire()
        theme.changed.connect(self.renew)
        cockpit.settings.changed.connect(self.renew)

    def _wire(self) -> None:
        looks, choices = self._cockpit.appearance, self._choices
        self.scheme.chosen.connect(lambda index: looks.scheme(SCHEMES[index]))
        self.letters.chosen.connect(lambda index: looks.letters(FONT_SCALES[index]))
        self.still.clicked.connect(lambda on: looks.still(on=on))
        self.hip.clicked.connect(lambda on: setattr(choices, "hip_large", on))
        self.closing.chosen.connect(lambda index: setattr(choices, "closing", CLOSINGS[index]))

    def renew(self) -> None:
        """As it is now, also where a key changed it."""
        choices = self._choices
        nearest = min(range(len(FONT_SCALES)), key=lambda k: abs(FONT_SCALES[k] - self._cockpit.theme.font_scale))
        self.letters.choose(nearest)
        self.scheme.choose(SCHEMES.index(self._cockpit.theme.scheme))
        self.still.setChecked(self._cockpit.theme.reduce_motion)
        self.hip.setChecked(choices.hip_large)
        reason = "" if self._cockpit.settings.settings.pelvis_sensor else NO_PELVIS
        self.hip.setEnabled(not reason)
        self.hip.setToolTip(reason)
        self.hip_row.means.say(reason or "The label always says which angle it is.")
        self.closing.choose(CLOSINGS.index(choices.closing) if choices.closing in CLOSINGS else 0)

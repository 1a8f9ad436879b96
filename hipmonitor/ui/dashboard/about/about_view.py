"""About: what it does and can see, when to see someone, where the data lie, version and licences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hipmonitor import __version__
from hipmonitor.io.places import recordings_folder, settings_file, state_folder
from hipmonitor.ui.dashboard.about.licences import licences
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.form import Panel, PathWords, Words
from hipmonitor.ui.dashboard.parts import Button
from hipmonitor.ui.dashboard.side_work import SideWork
from hipmonitor.ui.dashboard.theme import Role, Weight
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.view_model import Glance
from hipmonitor.ui.view_model.what_it_knows import CANNOT_SEE, DOES, SEE_SOMEONE, SEES, STAYS

LICENCE = "MIT licence. Qt and PySide6 are used under the LGPL version 3. It stands on the work of others:"
WIDTH, SIDE, GAP = 720.0, 20, 14


class AboutView(View):
    """One column of sentences."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self.cockpit, theme = cockpit, cockpit.theme
        self.steps = Button(theme, "First steps")
        self.steps.clicked.connect(self._open_steps)
        self.parts_used = Words(theme, role=Role.SMALL, ink="ink2", copied=True)
        self.places = PathWords(theme, role=Role.SMALL, ink="ink2")
        self.panel = Panel(theme, spacing=8)
        self.panel.column.addWidget(Words(theme, f"hipmonitor {__version__}", Role.STATE))
        self._tell("", DOES)
        self._tell("What one sensor can see", SEES)
        self._tell("What it cannot see", CANNOT_SEE)
        self._tell("When to see someone, soon", SEE_SOMEONE)
        self._tell("Where your data lie", (STAYS,))
        self.panel.column.addWidget(self.places)
        self._tell("Licence", (LICENCE,))
        self.panel.column.addWidget(self.parts_used)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 0, SIDE, GAP)
        column.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignTop)
        column.addStretch(1)
        self._reading = SideWork("licences", self)
        self._reading.done.connect(lambda _name, lines: self._say_licences(lines))
        self._read = False

    def _open_steps(self) -> None:
        self.cockpit.open_view("welcome")

    def _tell(self, title: str, sentences: Sequence[str]) -> None:
        if title:
            self.panel.column.addSpacing(8)
            self.panel.column.addWidget(Words(self.cockpit.theme, title, weight=Weight.STRONG))
        for sentence in sentences:
            self.panel.column.addWidget(Words(self.cockpit.theme, sentence))

    def _say_licences(self, lines: Sequence[str]) -> None:
        self.parts_used.say("\n".join(lines))
        self.cockpit.fit_again()

    # --- what the window asks ---------------------------------------------------------------------------------------
    @property
    def buttons(self) -> Sequence[QWidget]:
        """The first steps again."""
        return (self.steps,)

    @property
    def state_line(self) -> str | None:
        """What stands here."""
        return "What hipmonitor can and cannot know. It is not a medical device."

    def look(self, _glance: Glance) -> None:
        """Licences and places are read when this is shown first."""
        if not self._read:
            self._read = True
            self._reading.ask("licences", lambda _watch: licences())
            places = (("Recordings", recordings_folder()), ("History", state_folder()), ("Settings", settings_file()))
            self.places.say("\n".join(f"{name}: {place}" for name, place in places))
            self.cockpit.fit_again()

    def fit(self, width: int, _height: int) -> int:
        """One card, never wider than it can be read."""
        card = min(width - 2 * SIDE, round(self.cockpit.theme.px(WIDTH)))
        self.panel.setFixedWidth(card)
        self.panel.setFixedHeight(self.panel.heightForWidth(card))
        return self.panel.height() + GAP

"""Where nobody ever chose a sensor: search for one, try the simulated one, or look at a recording."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.parts import FOCUS_ROOM, Box, Button, Look
from hipmonitor.ui.view_model import SourceKind

NO_SIMULATED = "There is no simulated sensor here."


def first_choices(cockpit: Cockpit, parent: QWidget) -> tuple[Button, ...]:
    """The three buttons of an empty Now view, in the order in which they stand."""
    theme = cockpit.theme
    search = Button(theme, "Search", icon="search", look=Look.PRIMARY, parent=parent)
    simulated = Button(theme, "Simulated sensor", icon="sensors", parent=parent)
    recording = Button(theme, "Open a recording", icon="replay", parent=parent)
    search.clicked.connect(lambda: cockpit.open_view("sensors"))
    simulated.clicked.connect(lambda: cockpit.open_source(SourceKind.SIMULATED))
    recording.clicked.connect(lambda: cockpit.open_view("replay"))
    return search, simulated, recording


def stand_below(buttons: tuple[Button, ...], boxes: tuple[Box, ...], kinds: frozenset[SourceKind]) -> None:
    """In their boxes, edge to edge with the words; hidden where there are none."""
    buttons[1].refuse("" if SourceKind.SIMULATED in kinds else NO_SIMULATED)
    for number, button in enumerate(buttons):
        button.setVisible(bool(boxes))
        if boxes:
            button.setGeometry(boxes[number].rect.translated(-FOCUS_ROOM, 0))

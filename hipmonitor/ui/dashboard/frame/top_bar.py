"""Source picker, state line, and the buttons of the view."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from hipmonitor.core.instants import HostNs
from hipmonitor.ui.dashboard.feed import SourceChoice
from hipmonitor.ui.dashboard.frame.mark_note import MarkNote
from hipmonitor.ui.dashboard.frame.state_label import StateLabel
from hipmonitor.ui.dashboard.parts import Button, Look
from hipmonitor.ui.dashboard.theme import Theme
from hipmonitor.ui.view_model import Glance, RecordingRow, SourceKind

HEIGHT, LOW_HEIGHT = 56.0, 52.0
SOURCE_ICONS = {SourceKind.LIVE: "sensors", SourceKind.REPLAY: "replay", SourceKind.SIMULATED: "sensors"}
MOST_RECORDINGS = 8
SIDES = {"left": "left thigh", "right": "right thigh"}


class TopBar(QWidget):
    """The source is never hidden."""

    source_chosen = Signal(int)
    recording_chosen = Signal(object)
    """The path of one, or None: whichever the wearer chooses next."""

    def __init__(self, theme: Theme, sources: Sequence[SourceChoice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self._sources = theme, tuple(sources)
        self.picker = Button(theme, "Live", icon="sensors", look=Look.PILL)
        self.picker.setToolTip("Where the data come from")
        self.menu = QMenu(self.picker)
        for number, source in enumerate(sources):
            words = f"{source.word}, {source.second}" if source.second else source.word
            self.menu.addAction(words, partial(self.source_chosen.emit, number))
        self._recordings: list[QAction] = []
        self.picker.open_menu(self.menu)
        self.state, self.note = StateLabel(theme), MarkNote(theme)
        self.note.left.connect(self.state.show)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(6)
        self._row.addWidget(self.picker)
        self._row.addSpacing(8)
        self._row.addWidget(self.state, 1)
        self._row.addWidget(self.note, 1)
        self._actions: tuple[QWidget, ...] = ()
        self.fit(narrow=False)
        theme.changed.connect(lambda: self.fit(**self._fitted))

    def offer_recordings(self, rows: Sequence[RecordingRow]) -> None:
        """The newest of them, below the other sources."""
        for action in self._recordings:
            self.menu.removeAction(action)
        self._recordings = [self.menu.addSeparator()]
        for row in [row for row in rows if not row.reason][:MOST_RECORDINGS]:
            words = f"Replay, {row.words}"
            self._recordings.append(self.menu.addAction(words, partial(self.recording_chosen.emit, row.path)))
        self._recordings.append(
            self.menu.addAction("Replay another recording", partial(self.recording_chosen.emit, None))
        )

    def ask_note(self, made_at: HostNs) -> None:
        """Words to the mark of that instant, in the state line's place."""
        self.state.hide()
        self.note.ask(made_at)

    def show_actions(self, actions: Sequence[QWidget]) -> None:
        """The buttons of another view."""
        for widget in self._actions:
            self._row.removeWidget(widget)
            widget.hide()
        self._actions = tuple(actions)
        for widget in self._actions:
            self._row.addWidget(widget)
            widget.show()
        self.fit(**self._fitted)

    def show_source(self, choice: SourceChoice, glance: Glance) -> None:
        """Which one is open."""
        side = SIDES.get(glance.settings.side, "thigh")
        self.picker.say(choice.word, choice.second or side, icon=SOURCE_ICONS[choice.kind])

    def fit(self, *, narrow: bool, tight: bool = False, low: bool = False) -> None:
        """Without key hints where it is narrow, without words beside icons where it is tight: the state line needs room."""
        self._fitted = {"narrow": narrow, "tight": tight, "low": low}
        self.setFixedHeight(round(self.theme.px(LOW_HEIGHT if low else HEIGHT)))
        self._row.setContentsMargins(16, 0, 16, 0)
        for widget in self._actions:
            if isinstance(widget, Button):
                widget.shorten(key=narrow, word=tight)
        self.picker.shorten(key=False, word=tight)

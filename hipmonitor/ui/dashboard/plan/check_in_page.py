"""The check-in as a page: numbers, a note, the signs; earlier ones below, and scores from outside by name and date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hipmonitor.core.instants import HostNs
from hipmonitor.core.programme import CheckIn, WarningSign
from hipmonitor.ui.dashboard.form import FormRow, Panel, TextField, Words
from hipmonitor.ui.dashboard.parts import Button
from hipmonitor.ui.dashboard.plan.form_page import FormPage
from hipmonitor.ui.dashboard.plan.note_field import NoteField
from hipmonitor.ui.dashboard.plan.scale_field import ScaleRow
from hipmonitor.ui.dashboard.plan.tick import Tick
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight
from hipmonitor.ui.view_model.check_in_words import NOTE, SIGNS
from hipmonitor.ui.view_model.plan import FIELDS, CheckInRow, ScoreRow, is_empty
from hipmonitor.ui.view_model.plan.check_in_fields import NOTHING, PROMISE
from hipmonitor.ui.view_model.plan.warning_signs import ASKED, NONE_TICKED

TITLE, CHANGED = "Check-in", "Change a check-in"
TWO_COLUMNS = 560.0
OUTSIDE = (
    "A questionnaire that was filled in elsewhere: its name and its number. Its questions are not part of this program."
)
NO_NUMBER = "The score is no number; write it as 72 or 3.5."
NO_NAME = "Give the questionnaire's name."


class CheckInPage(FormPage):
    """Asks, changes and deletes; whoever opened it keeps what is given."""

    given = Signal(object)
    """A CheckIn: new, or changed."""
    dropped = Signal(str, object)
    """What is deleted, as the diary calls it, and its instant."""
    scored = Signal(str, float)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, TITLE, PROMISE)
        self.scales = {field.key: ScaleRow(theme, field) for field in FIELDS}
        self.note = NoteField(theme, NOTE)
        self.signs = {sign: Tick(theme, words) for sign, words in SIGNS.items()}
        self.delete = Button(theme, "Delete it")
        self._asked = CheckIn(made_at=HostNs(0), day=0, utc_offset_s=0)
        self._rows: list[QWidget] = []
        self._lay_out()
        self.keep.clicked.connect(self._give)
        self.delete.clicked.connect(lambda: self.dropped.emit("check_in", self._asked.made_at))
        for scale in self.scales.values():
            scale.changed.connect(lambda: self.say_problem(""))

    # --- the form ---------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        theme = self.theme
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self.column.addLayout(self._grid)
        self._arrange(2)
        self.column.addSpacing(4)
        self.column.addWidget(Words(theme, NOTE, weight=Weight.MEDIUM))
        self.column.addWidget(self.note)
        self.column.addSpacing(8)
        self.column.addWidget(Words(theme, ASKED, weight=Weight.STRONG))
        self.column.addWidget(Words(theme, NONE_TICKED, Role.SMALL, ink="ink2"))
        for tick in self.signs.values():
            self.column.addWidget(tick)
        self.setFocusProxy(next(iter(self.scales.values())))
        self.close_form(self.delete)
        self._lay_out_earlier()

    def _arrange(self, columns: int) -> None:
        """Numbers beside each other, or below where it is narrow."""
        self._columns = columns
        for k, scale in enumerate(self.scales.values()):
            self._grid.addWidget(scale, k // columns, k % columns)

    def _lay_out_earlier(self) -> None:
        theme = self.theme
        self.earlier = Panel(theme, spacing=2)
        self.earlier.column.addWidget(Words(theme, "Earlier check-ins", weight=Weight.STRONG))
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.earlier.column.addLayout(self._list)
        self.outside = Panel(theme, spacing=2)
        self.outside.column.addWidget(Words(theme, "Scores from outside", weight=Weight.STRONG))
        self.name, self.score = (
            TextField(theme, "Name of the questionnaire", letters=16),
            TextField(theme, "Score", letters=6),
        )
        self.name.setPlaceholderText("Name")
        self.score.setPlaceholderText("Score")
        self.add = Button(theme, "Add")
        self.add.clicked.connect(self._give_score)
        self.score_row = FormRow(theme, "Today's score", OUTSIDE, self.name, self.score, self.add)
        self.outside.column.addWidget(self.score_row)
        self._scores = QVBoxLayout()
        self._scores.setSpacing(0)
        self.outside.column.addLayout(self._scores)
        for panel in (self.earlier, self.outside):
            panel.setParent(self)
        self.beside = [self.earlier, self.outside]

    def wanted(self, width: int) -> int:
        """Two columns of numbers where there is room."""
        columns = 2 if width / self.theme.font_scale > TWO_COLUMNS + 80 else 1
        if columns != self._columns:
            self._arrange(columns)
        return super().wanted(width)

    # --- values -----------------------------------------------------------------------------------------------------
    def ask(self, check_in: CheckIn, *, kept: bool) -> None:
        """This one: empty and new, or one that is kept."""
        self._asked = check_in
        self.title.say(CHANGED if kept else TITLE)
        self.delete.setVisible(kept)
        for key, scale in self.scales.items():
            scale.choose(getattr(check_in, key))
        self.note.setPlainText(check_in.note)
        for sign, tick in self.signs.items():
            tick.setChecked(sign in check_in.signs)
        self.say_problem("")

    @property
    def check_in(self) -> CheckIn:
        """As it stands in the form."""
        ticked: tuple[WarningSign, ...] = tuple(sign for sign, tick in self.signs.items() if tick.isChecked())
        numbers: dict[str, Any] = {key: scale.value for key, scale in self.scales.items()}
        return replace(self._asked, note=self.note.note, signs=ticked, **numbers)

    def _give(self) -> None:
        if is_empty(self.check_in):
            self.say_problem(NOTHING)
        else:
            self.given.emit(self.check_in)

    def _give_score(self) -> None:
        name = self.name.text().strip()
        try:
            score = float(self.score.text().replace(",", "."))
        except ValueError:
            self.score_row.say_problem(NO_NUMBER)
            return
        self.score_row.say_problem("" if name else NO_NAME)
        if name:
            self.name.show_text("")
            self.score.show_text("")
            self.scored.emit(name, score)

    # --- what was given before --------------------------------------------------------------------------------------
    opened = Signal(object)
    """The instant of one that is to be changed."""

    def show_earlier(self, rows: Sequence[CheckInRow], scores: Sequence[ScoreRow]) -> None:
        """The newest first."""
        for row in self._rows:
            row.deleteLater()
        self._rows = []
        for check_in in rows:
            change = Button(self.theme, "Change")
            change.setAccessibleName(f"Change {check_in.name}")
            change.clicked.connect(partial(self.opened.emit, check_in.made_at))
            self._add_row(self._list, f"{check_in.name}: {check_in.words}", change)
        for score in scores:
            delete = Button(self.theme, "Delete")
            delete.setAccessibleName(f"Delete {score.words}")
            delete.clicked.connect(partial(self.dropped.emit, "outside_score", score.made_at))
            self._add_row(self._scores, score.words, delete)
        self.earlier.setVisible(bool(rows))

    def _add_row(self, column: QVBoxLayout, words: str, button: Button) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Words(self.theme, words, Role.SMALL), 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(row)
        self._rows.append(row)

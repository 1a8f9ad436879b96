"""The numbers of a target, to be changed: each holds for the next set, on this computer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hipmonitor.core.exercises import Exercise, Target
from hipmonitor.ui.dashboard.form import FormRow, NumberField, Panel, Words
from hipmonitor.ui.dashboard.parts import Button, Look, flush_left
from hipmonitor.ui.dashboard.theme import Role, Theme
from hipmonitor.ui.view_model.exercise.target_rows import TargetRow, target_rows

WHAT = "A target is what you or your physio choose; none of these numbers is medical advice. 0 = not asked for."


class TargetForm(Panel):
    """Made anew for every exercise."""

    changed = Signal(object)
    """Target."""
    closed = Signal()
    reset = Signal()

    def __init__(self, theme: Theme, exercise: Exercise, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.exercise, self.target = exercise, target
        self.column.addWidget(Words(theme, f"Target: {exercise.title}", Role.TITLE))
        self.column.addWidget(Words(theme, WHAT, Role.SMALL, ink="ink2"))
        self.column.addSpacing(4)
        self.rows: dict[str, FormRow] = {}
        for row in target_rows(exercise):
            field = NumberField(theme, row.label, row.unit, row.step)
            field.field.show_text(row.written(target))
            field.given.connect(partial(self._give, row))
            self.rows[row.name] = FormRow(theme, row.label, "", field)
            self.column.addWidget(self.rows[row.name])
        self.column.addStretch(1)
        self.again = Button(theme, "Back to the preset")
        self.ready = Button(theme, "Done", look=Look.PRIMARY)
        self.again.clicked.connect(self.reset)
        self.ready.clicked.connect(self.closed)
        foot = QHBoxLayout()
        foot.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        foot.addStretch(1)
        foot.addWidget(self.ready)
        self.column.addLayout(flush_left(foot))

    def _give(self, row: TargetRow, text: str) -> None:
        """In force at once, or a sentence why not."""
        try:
            self.target = row.change(self.target, text)
        except ValueError as problem:
            self.rows[row.name].say_problem(f"{problem}.")
            return
        self.rows[row.name].say_problem("")
        self.changed.emit(self.target)

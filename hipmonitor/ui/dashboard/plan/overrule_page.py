"""Decide otherwise than the plan: what, who, and a note."""

from __future__ import annotations

from PySide6.QtCore import Signal

from hipmonitor.core.programme import Step
from hipmonitor.ui.dashboard.form import Words
from hipmonitor.ui.dashboard.parts import Segmented, flush_left
from hipmonitor.ui.dashboard.plan.form_page import FormPage
from hipmonitor.ui.dashboard.plan.note_field import NoteField
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight
from hipmonitor.ui.view_model.plan import OVERRULES, STEPS

MEANS = "The plan is a table; you and your physio know more. What you decide counts for today, and stands in the report with your note."
WHO = (("me", "Me"), ("my physio", "My physio"))


class OverrulePage(FormPage):
    """Three fields."""

    given = Signal(object, str, str)
    """Step, by whom, note."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Decide otherwise for today", MEANS)
        self.which = Segmented(theme, "Decision", [STEPS[step].word for step in OVERRULES])
        self.who = Segmented(theme, "Decided by", [word for _, word in WHO])
        self.note = NoteField(theme, "Why, in your words")
        self.step_means = Words(theme, STEPS[OVERRULES[0]].means, Role.SMALL, ink="ink2")
        self.which.chosen.connect(lambda k: self.step_means.say(STEPS[OVERRULES[k]].means))
        for name, widget in (("What", self.which), ("Who decides", self.who)):
            self.column.addWidget(Words(theme, name, weight=Weight.MEDIUM))
            line = flush_left(widget)
            line.addStretch(1)
            self.column.addLayout(line)
            if widget is self.which:
                self.column.addWidget(self.step_means)
            self.column.addSpacing(6)
        self.column.addWidget(Words(theme, "Why, in your words", weight=Weight.MEDIUM))
        self.column.addWidget(self.note)
        self.setFocusProxy(self.which)
        self.close_form()
        self.keep.say("Decide")
        self.keep.clicked.connect(self._give)

    def ask(self, step: Step | None) -> None:
        """Begin with what is in force."""
        self.which.choose(OVERRULES.index(step) if step in OVERRULES else 0)
        self.who.choose(0)
        self.note.setPlainText("")
        self.say_problem("")

    def _give(self) -> None:
        self.given.emit(OVERRULES[self.which.index], WHO[self.who.index][0], self.note.note)

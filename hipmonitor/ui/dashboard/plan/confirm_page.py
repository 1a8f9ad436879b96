"""The plan in words, and who stands behind it: set up with the physio."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hipmonitor.core.programme import Plan
from hipmonitor.ui.dashboard.form import PathWords, Words
from hipmonitor.ui.dashboard.parts import Segmented, flush_left
from hipmonitor.ui.dashboard.plan.form_page import FormPage
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight
from hipmonitor.ui.view_model.plan import plan_sections
from hipmonitor.ui.view_model.plan.today_look import TitleOf

MEANS = "Go through it together. Every number can be changed in the plan's file; it is read again when it changes."
WHO = (("my physio", "My physio"), ("me", "Me"))


class SectionTitle(Words):
    """With room above it."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title, weight=Weight.STRONG)
        self.setContentsMargins(0, 10, 0, 0)


class ConfirmPage(FormPage):
    """`given` says who confirms."""

    given = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "The plan, to go through", MEANS)
        self.file = PathWords(theme, role=Role.SMALL, ink="ink2")
        self.who = Segmented(theme, "Confirmed by", [word for _, word in WHO])
        self._sections = QVBoxLayout()
        self._sections.setSpacing(2)
        self._shown: list[QWidget] = []
        self.column.addWidget(self.file)
        self.column.addLayout(self._sections)
        self.column.addSpacing(8)
        self.column.addWidget(Words(theme, "Who confirms it", weight=Weight.MEDIUM))
        line = flush_left(self.who)
        line.addStretch(1)
        self.column.addLayout(line)
        self.setFocusProxy(self.who)
        self.close_form()
        self.keep.say("Confirm this plan")
        self.keep.clicked.connect(lambda: self.given.emit(WHO[self.who.index][0]))

    def show_plan(self, plan: Plan, title_of: TitleOf, place: str) -> None:
        """This one, in words."""
        for words in self._shown:
            words.deleteLater()
        self._shown = []
        self.title.say(plan.name)
        self.file.say(f"Its file: {place}")
        for section in plan_sections(plan, title_of):
            self._add(SectionTitle(self.theme, section.title))
            for line in section.lines:
                self._add(Words(self.theme, line, Role.SMALL))
        self.say_problem("")

    def _add(self, words: Words) -> None:
        self._sections.addWidget(words)
        self._shown.append(words)

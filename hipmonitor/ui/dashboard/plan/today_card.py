"""Today's decision, its reasons, and the way to decide otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from hipmonitor.core.programme import Step
from hipmonitor.ui.dashboard.parts import Button
from hipmonitor.ui.dashboard.plan.telling_card import Line, TellingCard
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight
from hipmonitor.ui.view_model.plan import TodayLook

NOT_TODAY = "After such a sign only a clinician and you decide what comes next."
NOTHING_YET = "There is no decision to overrule yet."


class TodayCard(TellingCard[TodayLook]):
    """One step in large letters."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Today", parent)
        self.overrule = Button(theme, "Overrule", parent=self)
        self.exercise = Button(theme, "Open Exercise", icon="right", parent=self)
        self.buttons = [self.exercise, self.overrule]
        self.leads_there = False
        """Whether there is a view of exercises."""

    def show_value(self, value: TodayLook) -> None:
        """And whether it may be overruled."""
        super().show_value(value)
        self.overrule.refuse("" if value.may_overrule else NOTHING_YET if value.step is None else NOT_TODAY)
        self.exercise.setVisible(self.leads_there and bool(value.offered))
        self.place_buttons()

    def head(self, value: TodayLook) -> tuple[str, str]:
        """The date, and the phase."""
        return value.date, value.phase

    def lines(self, value: TodayLook) -> Sequence[Line]:
        """Step, what it means, why, what is offered."""
        found = [Line(text=value.word, role=Role.STATE, icon=value.icon, after=2)]
        if value.means:
            found.append(Line(text=value.means, after=8))
        if value.step is not Step.OFF:  # the card of the sign says it, above
            found += [Line(text=reason, role=Role.SMALL, ink="ink2", after=3) for reason in value.reasons]
        if value.note:
            found.append(Line(text=f"\u201c{value.note}\u201d", role=Role.SMALL, weight=Weight.MEDIUM, after=3))
        if value.offered:
            found[-1] = replace(found[-1], after=8)
            found.append(Line(text="Offered today", role=Role.SMALL, weight=Weight.STRONG, after=1))
            found += [Line(text=words, role=Role.SMALL, after=1) for words in value.offered]
        return found

"""Above the cards: that nobody has confirmed the plan, or that a sign was entered today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Button
from hipmonitor.ui.dashboard.plan.telling_card import Line, TellingCard
from hipmonitor.ui.dashboard.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is, and one thing to do."""

    title: str
    sentence: str
    action: str = ""
    tinted: bool = True


class StateCard(TellingCard[State]):
    """One button at most."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "About the plan", parent)
        self.button = Button(theme, "", parent=self)
        self.buttons = [self.button]

    def show_value(self, value: State) -> None:
        """And its button."""
        self.ground = "notice_tint" if value.tinted else "surface"
        super().show_value(value)
        self.button.say(value.action)
        self.button.setVisible(bool(value.action))
        self.place_buttons()

    def head(self, value: State) -> tuple[str, str]:
        """Its title."""
        return value.title, ""

    def lines(self, value: State) -> Sequence[Line]:
        """One."""
        return (Line(text=value.sentence),)

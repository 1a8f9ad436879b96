"""A few sentences that fit what was measured, their source, and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence

from hipmonitor.ui.dashboard.plan.telling_card import Line, TellingCard
from hipmonitor.ui.dashboard.theme import Role
from hipmonitor.ui.view_model.plan import TipLook


class TipCard(TellingCard[TipLook]):
    """Plain text."""

    def head(self, value: TipLook) -> tuple[str, str]:
        """Its own title."""
        return value.title, ""

    def lines(self, value: TipLook) -> Sequence[Line]:
        """Sentences, whom to ask, source."""
        told = [Line(text=words, after=3) for words in value.sentences]
        small = [words for words in (value.ask, value.source) if words]
        return (*told, *(Line(text=words, role=Role.SMALL, ink="ink2", after=2) for words in small))

"""A card of a few sentences with its source line; the seat's advice is one of them."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.programme import ASK, Situation, cards_for

ASKS = "ask your physio"


@dataclass(frozen=True, slots=True, kw_only=True)
class TipLook:
    """What it says, and where it is from."""

    title: str
    sentences: tuple[str, ...]
    source: str
    ask: str = ASK


def fitting_tips(now: Situation) -> tuple[TipLook, ...]:
    """Cards that fit what was measured and decided, the most fitting first."""
    return tuple(TipLook(title=card.title, sentences=card.sentences, source=card.source) for card in cards_for(now))

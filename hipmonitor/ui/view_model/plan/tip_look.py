"""A card of a few sentences with its source line; the seat's advice is one of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TipLook:
    """What it says, and where it is from."""

    title: str
    sentences: tuple[str, ...]
    source: str
    ask: str = "Ask your physio whether it fits you."
    icon: str = "about"

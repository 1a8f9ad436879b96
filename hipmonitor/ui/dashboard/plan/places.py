"""Where the cards of a page stand: some across, the rest in two columns that end together, or in one where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from hipmonitor.ui.dashboard.parts import Box

SIDE, BOTTOM, GAP = 20.0, 14.0, 12.0
NARROW = 760.0
"""Effective width below which there is one column."""
RIGHT_SHARE, WIDEST_RIGHT = 0.38, 520.0


class HasHeight(Protocol):
    """A card that knows how high it wants to be."""

    def wanted_height(self, width: float) -> float:
        """At this width."""


Places = list[tuple[HasHeight, Box]]


def page_places(
    across: Sequence[HasHeight],
    left: Sequence[HasHeight],
    right: Sequence[HasHeight],
    *,
    width: float,
    top: float,
    font_scale: float,
) -> tuple[Places, float]:
    """Boxes, and how high all of it is; `width`: of the view."""
    w = width - 2 * SIDE
    found: Places = []
    y = top
    if w / font_scale < NARROW:
        y = _column(found, [*across, *_by_turns(left, right)], SIDE, y, w)
        return found, y - GAP + BOTTOM
    y = _column(found, across, SIDE, y, w)
    wide = min(WIDEST_RIGHT * font_scale, RIGHT_SHARE * w) if right else 0.0
    first = w - wide - GAP if right else w
    ends = []
    for cards, x, room in ((left, SIDE, first), (right, width - SIDE - wide, wide)):
        if cards:
            ends.append((len(found) + len(cards) - 1, _column(found, cards, x, y, room) - GAP))
    bottom = max((end for _, end in ends), default=y - GAP)
    for last, _ in ends:
        card, box = found[last]
        found[last] = (card, Box(box.x, box.y, box.w, bottom - box.y))
    return found, bottom + BOTTOM


def _column(found: Places, cards: Sequence[HasHeight], x: float, y: float, w: float) -> float:
    """One below the other; where the next one would stand."""
    for card in cards:
        high = card.wanted_height(w)
        found.append((card, Box(x, y, w, high)))
        y += high + GAP
    return y


def _by_turns(left: Sequence[HasHeight], right: Sequence[HasHeight]) -> list[HasHeight]:
    """As they are read: first of the left, first of the right, and so on."""
    rows = max(len(left), len(right))
    return [cards[k] for k in range(rows) for cards in (left, right) if k < len(cards)]

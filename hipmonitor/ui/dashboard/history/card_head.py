"""The head of a card of this view: its title, what it rests on, and something small at the right."""

from __future__ import annotations

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight

MARGIN, TOP = 20.0, 12.0


def head_height(theme: Theme) -> float:
    """Where what comes below it may begin."""
    return TOP + theme.metrics(Role.BODY).height() + 6


def head_base(theme: Theme) -> float:
    """The base line of its words."""
    return TOP + theme.metrics(Role.BODY).ascent()


def draw_head(writing: Writing, title: str, second: str, right: float, *, at_right: str = "") -> float:
    """From the left margin to `right`; the second text is shortened first. Where it ended."""
    p, base = writing.theme.palette, head_base(writing.theme)
    if at_right:
        right = writing.right(right, base, at_right, Role.SMALL, p.ink2) - 14
    x = MARGIN + writing.text(MARGIN, base, title, Role.BODY, p.ink, weight=Weight.STRONG, room=right - MARGIN) + 14
    if second and right - x > writing.width("00000000", Role.SMALL):
        x += writing.text(x, base, second, Role.SMALL, p.ink2, room=right - x)
    return x

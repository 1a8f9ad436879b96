"""How much room the cards of Now and Replay have, and how little each can do with, by the letters in use."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.now.places import Room
from hipmonitor.ui.dashboard.parts import Box
from hipmonitor.ui.dashboard.theme import Role, Theme

LOW_TIMER, SMALLER_DIGITS = 125.0, 0.86


def room_for(
    view: QWidget, theme: Theme, width: int, height: int, *, timers: bool = True, buttons: Sequence[QWidget] = ()
) -> Room:
    """Of a view whose content has this size; `buttons` stand below the words."""
    m, window = theme.metrics, view.window()
    return Room(
        width=width,
        height=height,
        window_width=window.width(),
        window_height=window.height(),
        font_scale=theme.font_scale,
        least_timer=m(Role.BODY).height() + m(Role.TIMER).capHeight() + m(Role.SMALL).height() + 30,
        least_credit=m(Role.BODY).height() + 24,
        least_hero_text=2 * m(Role.STATE).height() + 2 * m(Role.BODY).height() + m(Role.ANGLE).capHeight() + 40,
        timers=timers,
        buttons=tuple((b.sizeHint().width(), b.sizeHint().height()) for b in buttons),
    )


def digits(timer: Box | None, theme: Theme) -> float:
    """Share of their usual size that the digits of a timer have."""
    return SMALLER_DIGITS if timer is not None and timer.h < LOW_TIMER * theme.font_scale else 1.0

"""Keys of the whole window. The rest belongs to the view that is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from hipmonitor.core.inbound import Snooze
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.views import VIEWS

SNOOZE_MIN = 5.0
VIEW_KEYS = ("Space", "M", "Q", "1", "2", "3", "4", ",", ".", "-", "+", "[", "]", "L", "R", "F5")
"""Handed to the view that is shown; letters and digits do nothing while a text is being typed."""


def bind(window: QWidget, cockpit: Cockpit, *, dismiss: Callable[[], object], pressed: Callable[[str], object]) -> None:
    """For as long as the window is there.

    Args:
        window: that hears them.
        cockpit: what they reach.
        dismiss: Esc.
        pressed: takes a key of the view.
    """
    looks = cockpit.appearance
    keys: dict[str, Callable[[], object]] = {
        "Esc": dismiss,
        "S": lambda: cockpit.act(Snooze(minutes=SNOOZE_MIN)),
        "Ctrl+D": looks.toggle_dark,
        "Ctrl+Q": window.close,
        "Ctrl+0": partial(looks.letters, 1.0),
        "Ctrl++": partial(looks.next_letters, 1),
        "Ctrl+=": partial(looks.next_letters, 1),
        "Ctrl+-": partial(looks.next_letters, -1),
    }
    in_rail = [row.name for row in VIEWS if row.in_rail]
    keys |= {f"Ctrl+{k + 1}": partial(cockpit.open_view, name) for k, name in enumerate(in_rail)}
    keys |= {key: partial(pressed, key) for key in VIEW_KEYS}
    for key, done in keys.items():
        QShortcut(QKeySequence(key), window, done)

"""Keys of the whole window. The rest belongs to the view that is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from hipmonitor.core.inbound import Snooze
from hipmonitor.ui.dashboard.banner_desk import BannerDesk
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.frame.frame import Frame
from hipmonitor.ui.dashboard.views import VIEWS

SNOOZE_MIN = 5.0
ABOUT = "about"
"""What it does, and what it can and cannot know: the help there is."""
VIEW_KEYS = ("Space", "M", "Q", "1", "2", "3", "4", ",", ".", "-", "+", "[", "]", "L", "R", "F5")
"""Handed to the view that is shown; letters and digits do nothing while a text is being typed."""


class ViewKeys:
    """What the view that is shown has to do with a key."""

    def __init__(self, cockpit: Cockpit, around: Frame, desk: BannerDesk) -> None:
        self._cockpit, self._around, self._desk = cockpit, around, desk

    def escape(self) -> None:
        """First the banner, then what the view has to end."""
        if self._around.banner.shown is not None:
            self._desk.dismiss()
        else:
            self._around.view.press("Esc")

    def press(self, key: str) -> None:
        """Space presses the button that has the focus; every other key is the view's, M also where it does not know it."""
        focused = QApplication.focusWidget()
        if key == "Space" and isinstance(focused, QAbstractButton):
            focused.click()
        elif not self._around.view.press(key) and key == "M":
            self._cockpit.mark()


def bind(window: QWidget, cockpit: Cockpit, around: Frame, desk: BannerDesk) -> None:
    """For as long as the window is there, which hears them."""
    shown = ViewKeys(cockpit, around, desk)
    looks = cockpit.appearance
    keys: dict[str, Callable[[], object]] = {
        "Esc": shown.escape,
        "S": lambda: cockpit.act(Snooze(minutes=SNOOZE_MIN)),
        "F1": partial(cockpit.open_view, ABOUT),
        "Ctrl+D": looks.toggle_dark,
        "Ctrl+Q": window.close,
        "Ctrl+0": partial(looks.letters, 1.0),
        "Ctrl++": partial(looks.next_letters, 1),
        "Ctrl+=": partial(looks.next_letters, 1),
        "Ctrl+-": partial(looks.next_letters, -1),
    }
    in_rail = [row.name for row in VIEWS if row.in_rail]
    keys |= {f"Ctrl+{k + 1}": partial(cockpit.open_view, name) for k, name in enumerate(in_rail)}
    keys |= {key: partial(shown.press, key) for key in VIEW_KEYS}
    for key, done in keys.items():
        QShortcut(QKeySequence(key), window, done)

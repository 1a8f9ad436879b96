"""A scene: what was lived, what is done in the window then, and how the window looks meanwhile."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import cast
from unittest.mock import patch

from PySide6.QtGui import QGuiApplication, QPixmap

from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.opening import application
from hipmonitor.ui.dashboard.parts import Card
from hipmonitor.ui.dashboard.screen import UNSEEN
from hipmonitor.ui.dashboard.theme import Scheme
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.kept import days as kept_days
from tests.core.day_builders import DAY
from tests.ui.dashboard_lived import LivedFeed, turn, window_on

NOW_S = DAY * 86_400 + 15.4 * 3600
"""For those who look back at days: 15:24 on a Wednesday, in London's winter."""
Way = Callable[[Window, LivedFeed], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Size of the window, colours, letters."""

    size: tuple[int, int] = (1280, 800)
    scheme: Scheme = Scheme.LIGHT
    font_scale: float = 1.0


LOOKS = {
    "dark": Look(scheme=Scheme.DARK),
    "narrow": Look(size=(760, 480)),
    "small": Look(size=(1000, 600)),
    "large": Look(size=(1920, 1080)),
    "large_dark": Look(size=(1920, 1080), scheme=Scheme.DARK),
    "wide": Look(size=(3840, 2160)),
    "font_125": Look(font_scale=1.25),
    "font_150": Look(font_scale=1.5),
    "font_200": Look(font_scale=2.0),
    "font_200_dark": Look(font_scale=2.0, scheme=Scheme.DARK),
    "font_200_small": Look(font_scale=2.0, size=(1000, 600)),
    "font_200_large": Look(font_scale=2.0, size=(1920, 1080)),
}


def stay(_window: Window, _lived: LivedFeed) -> None:
    """Nothing is done: the window is looked at as it opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One picture."""

    lived: Callable[[], LivedFeed]
    go: Way = stay
    look: Look = field(default=Look())
    trace_range: int = 1
    days: bool = False
    """Four weeks are kept in the history of this computer."""
    home: Callable[[Path], Path] | None = None
    """Makes another home, inside that folder; None = one of the two usual ones."""
    stops: bool = False
    """A card is meant to stop drawing."""


def seen(name: str, scene: Scene, looks: str = "") -> dict[str, Scene]:
    """The scene as it usually looks, and in these other LOOKS, by name."""
    return {name: scene} | {f"{name}_{look}": replace(scene, look=LOOKS[look]) for look in looks.split()}


@contextmanager
def staged(scene: Scene, home: Path) -> Iterator[tuple[Window, LivedFeed]]:
    """A window that got there. What it keeps lies in `home`."""
    look = scene.look
    choices = KeptChoices(
        scheme=look.scheme, font_scale=look.font_scale, trace_range=scene.trace_range, reduce_motion=True
    )
    lived = _only_looked_at(scene.lived) if scene.go is stay else scene.lived()
    wall = type("Wall", (), {"time": staticmethod(lambda: NOW_S)})
    with (
        patch.dict(os.environ, HIPMONITOR_HOME=str(home)),
        patch.object(kept_days, "time", wall),
        patch.object(kept_days, "local_utc_offset_s", lambda _s: 0),
    ):
        window = window_on(lived, choices, *look.size)
        try:
            scene.go(window, lived)
            turn(window)
            yield window, lived
        finally:
            window.finish()
            window.close()
            window.deleteLater()


def play(scene: Scene, home: Path) -> tuple[QPixmap, list[str]]:
    """Its picture, and the names of the cards that stopped drawing."""
    with staged(scene, home) as (window, _):
        taken = picture(window)
        cards = cast("list[Card[object]]", window.findChildren(Card))
        return taken, [card.accessibleName() for card in cards if card.stopped]


@cache
def _only_looked_at(lived: Callable[[], LivedFeed]) -> LivedFeed:
    """Once for all looks: half an hour is lived in seconds, not at once."""
    return lived()


def picture(window: Window) -> QPixmap:
    """What the screen shows of the window; where there is none, or it is too small, what the window draws."""
    screen = window.screen()
    if QGuiApplication.platformName() in UNSEEN or not screen.geometry().contains(window.geometry()):
        return window.grab()
    application().processEvents()
    return screen.grabWindow(window.winId())


def settle(window: Window, busy: Callable[[], bool] = lambda: False, *, patience_s: float = 120.0) -> None:
    """What is read aside comes, and what it asks for in turn."""
    for _ in range(4):
        until = time.monotonic() + patience_s
        while busy() and time.monotonic() < until:
            application().processEvents()
            time.sleep(0.01)
        turn(window)
        time.sleep(0.05)

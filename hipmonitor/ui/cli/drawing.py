"""Where the view is drawn: on a terminal's own screen, or as plain lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console, Group
from rich.live import Live

from hipmonitor.core.instants import NS_PER_S
from hipmonitor.ui.terminal import Screen, Signs, compose, plain_line, signs_for
from hipmonitor.ui.view_model import Banner, BannerKind, Glance

NARROWEST, LOWEST = 40, 9
"""A smaller terminal gets plain lines."""


class Drawing(Protocol):
    """Shows glances."""

    def draw(self, glance: Glance, note: str = "") -> None:
        """Show this one."""
        ...


class PlainDrawing:
    """One line a second of the session's time, and a line of its own for every new banner and note."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs
        self._second = -1
        self._said = ""

    def draw(self, glance: Glance, note: str = "") -> None:
        """Print what is due."""
        words = note or _told(glance.banner)
        if words and words != self._said:
            self._print(self._signs.text(f"  ! {words}"))
        self._said = words or self._said
        second = glance.at // NS_PER_S
        if second != self._second:
            self._second = second
            self._print(plain_line(glance, self._signs))

    def _print(self, line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _told(banner: Banner | None) -> str:
    """Alerts and nudges; what changes every second stands in the state line already."""
    if banner is None or banner.kind not in {BannerKind.ALERT, BannerKind.NUDGE, BannerKind.CALIBRATE}:
        return ""
    return f"{banner.title} {banner.evidence}"


class ScreenDrawing:
    """The terminal view, on the alternate screen."""

    def __init__(self, live: Live, signs: Signs, keys: Sequence[str]) -> None:
        self._live, self._signs, self._keys = live, signs, tuple(keys)

    def draw(self, glance: Glance, note: str = "") -> None:
        """Draw it anew."""
        size = self._live.console.size
        screen = Screen(width=size.width, height=size.height, signs=self._signs, keys=self._keys, note=note)
        self._live.update(Group(*compose(glance, screen)), refresh=True)


@contextmanager
def new_drawing(*, plain: bool, keys: Sequence[str]) -> Iterator[Drawing]:
    """The view that standard output can carry; the terminal is put back at the end."""
    console = Console(highlight=False)
    signs = signs_for(console.encoding)
    small = console.size.width < NARROWEST or console.size.height < LOWEST
    if plain or small or not console.is_terminal or console.is_dumb_terminal:
        yield PlainDrawing(signs)
        return
    with Live(console=console, screen=True, auto_refresh=False, transient=True) as live:
        yield ScreenDrawing(live, signs, keys)

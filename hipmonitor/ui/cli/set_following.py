"""Shows a running set in the terminal until it ends: one line written over, or plain lines where there is no terminal."""

from __future__ import annotations

import shutil
import sys
from typing import Protocol

from hipmonitor.core.inbound import EndSet, PauseSet, ResumeSet
from hipmonitor.ui.cli import printing, set_door
from hipmonitor.ui.cli.exits import say_on_stderr
from hipmonitor.ui.cli.set_door import Doc
from hipmonitor.ui.terminal import Keys


class _Shown(Protocol):
    def show(self, now: Doc) -> None: ...
    def done(self) -> None: ...


class _Lines:
    """A line for every repetition, minute, and answer to the start pose."""

    def __init__(self) -> None:
        self._last: object = None

    def show(self, now: Doc) -> None:
        waits = now["phase"] in {"pose", "paused"}
        step = (now["full"], now["partial"], now["counted_s"] // 60, waits and now["line"])
        if step != self._last:
            self._last = step
            printing.console().print(now["line"], soft_wrap=True)

    def done(self) -> None:
        """Nothing is open."""


class _OneLine:
    """One line of a terminal, written over."""

    def __init__(self) -> None:
        self._width = 0

    def show(self, now: Doc) -> None:
        line = now["line"][: shutil.get_terminal_size().columns - 1]
        sys.stdout.write(f"\r{line:<{self._width}}")
        sys.stdout.flush()
        self._width = len(line)

    def done(self) -> None:
        sys.stdout.write("\r" + " " * self._width + "\r")
        sys.stdout.flush()


class _Nothing:
    """Only the end is told."""

    def show(self, now: Doc) -> None:
        """Not this."""

    def done(self) -> None:
        """Nothing is open."""


def follow(started: int, *, quiet: bool) -> Doc:
    """Show the count of the set that began then until it has ended, and what was done; Ctrl-C ends it. `quiet`: show nothing."""
    shown: _Shown = _Nothing() if quiet else _OneLine() if sys.stdout.isatty() else _Lines()
    trouble: set[str] = set()
    try:
        with Keys() as keys:
            while (now := (sets := set_door.sets_now())["now"]) is not None and now["started_ns"] == started:
                shown.show(now)
                _say_trouble(sets["not_counted_by"], trouble)
                obey(keys.key(set_door.ASK_EVERY_S), now)
    except KeyboardInterrupt:
        set_door.send(EndSet())
    shown.done()
    return set_door.result_of(started)


def obey(key: str, now: Doc) -> None:
    """P pauses and goes on, e ends the set."""
    if key == "p":
        set_door.send(ResumeSet() if now["phase"] == "paused" else PauseSet())
    elif key in {"e", "x", "q"}:
        set_door.send(EndSet())


def _say_trouble(troubles: Doc, said: set[str]) -> None:
    """Once each: why the count is not heard or felt."""
    for way, why in troubles.items():
        if way not in said:
            said.add(way)
            say_on_stderr(f"Not counted by {way}: {why}.")

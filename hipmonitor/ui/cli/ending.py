"""Ends what is going on when somebody asks for it, by key or by signal: as KeyboardInterrupt, so that recordings end whole."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl-C, also of a background job that a shell made deaf to it; a polite kill; a terminal that closes."""


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """While this lasts each of the signals raises KeyboardInterrupt; the context swallows it."""
    with contextlib.suppress(KeyboardInterrupt):
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        numbers = [number for name in SIGNALS if (number := getattr(signal, name, None)) is not None]
        before = {number: signal.signal(number, _interrupt) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt

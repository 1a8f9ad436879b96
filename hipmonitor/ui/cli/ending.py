"""Ends what is going on when somebody asks for it, by key or by signal: as KeyboardInterrupt, so that recordings end whole."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl-C, also of a background job that a shell made deaf to it; a polite kill; a terminal that closes."""


Handler = Callable[[int, FrameType | None], None]


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """While this lasts the first of the signals raises KeyboardInterrupt, which the context swallows; later ones do nothing."""
    heard = False

    def once(_number: int, _frame: FrameType | None) -> None:
        nonlocal heard
        if not heard:
            heard = True
            raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt), signals_to(once):
        yield


@contextlib.contextmanager
def signals_to(handler: Handler) -> Iterator[None]:
    """While this lasts the signals go there; outside the main thread they stay as they are."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [number for name in SIGNALS if (number := getattr(signal, name, None)) is not None]
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, handled in before.items():
            signal.signal(number, handled)


def ignored(_number: int, _frame: FrameType | None) -> None:
    """Something is being brought to its end already."""

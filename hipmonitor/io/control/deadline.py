"""A time limit for talking over a connection whose other end may never answer."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any


@contextlib.contextmanager
def deadline(line: Connection[Any, Any], seconds: float) -> Iterator[None]:
    """Whatever reads or writes the connection after this long ends with EOFError or OSError."""
    with _cutter(line) as cut:
        timer = threading.Timer(seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


@contextlib.contextmanager
def _cutter(line: Connection[Any, Any]) -> Iterator[Callable[[], None]]:
    if sys.platform == "win32":  # A pipe's pending reads and writes end when it is closed.
        yield line.close
        return
    # Reads that wait on a socket end when it is shut down; one that is merely closed would let them wait on.
    with socket.socket(fileno=os.dup(line.fileno())) as same:
        yield lambda: _shut_down(same)


def _shut_down(line: socket.socket) -> None:
    with contextlib.suppress(OSError):  # It has ended by itself.
        line.shutdown(socket.SHUT_RDWR)

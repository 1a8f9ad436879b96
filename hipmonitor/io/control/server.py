"""The monitor's side of the door. Every caller has a thread and a deadline of its own, so none can stop another or the monitor.

Bytes of JSON only: `Connection.recv` would unpickle, which is running what was sent.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from typing import Any, Final, Self

from hipmonitor.core.errors import HipmonitorError
from hipmonitor.io.control import place
from hipmonitor.io.control.deadline import deadline
from hipmonitor.io.control.requests import LARGEST_BYTES, Answer, Request, decode_request, encode

TROUBLE: Final = (EOFError, OSError, AuthenticationError)
"""What talking to somebody who is hostile, hung or gone can end in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerParams:
    """Patience."""

    ask_within_s: float = 3.0
    """From connecting to the end of the request; on one computer this takes milliseconds."""
    take_within_s: float = 3.0
    """For the answer."""
    after_trouble_s: float = 0.1
    """Before callers are let in again after the system would not let one in."""
    callers: int = 16
    """At once; more wait until one is done or its time is over."""


class ControlServer:
    """Answers requests while the context lasts.

    `answer` is called from the callers' threads, may take its time, and raises HipmonitorError where it refuses.
    """

    def __init__(self, answer: Callable[[Request], Answer], params: ServerParams | None = None) -> None:
        self._answer, self._params = answer, params or ServerParams()
        self._free = threading.BoundedSemaphore(self._params.callers)
        self._closing = threading.Event()
        self._callers: set[threading.Thread] = set()

    def __enter__(self) -> Self:
        self._door = place.new_door()
        # Without a key here: accept() would wait for a silent caller's answer while all others wait outside.
        self._listener = Listener(self._door.address, backlog=self._params.callers)
        self._accepting = threading.Thread(target=self._accept, name="control door", daemon=True)
        self._accepting.start()
        return self

    def __exit__(self, *_: object) -> None:
        """No new callers; those who were promised an answer get it first."""
        self._closing.set()
        with contextlib.suppress(OSError):
            Client(self._door.address).close()  # wakes accept()
        self._accepting.join(self._params.ask_within_s)
        for caller in tuple(self._callers):
            caller.join(self._params.ask_within_s + self._params.take_within_s)
        with contextlib.suppress(FileNotFoundError):  # somebody took the socket away
            self._listener.close()
        place.close_door()

    def _accept(self) -> None:
        while True:
            self._free.acquire()
            try:
                caller = self._listener.accept()
            except OSError:
                self._free.release()
                if self._closing.wait(self._params.after_trouble_s):
                    return
                continue
            if self._closing.is_set():
                caller.close()
                return
            thread = threading.Thread(target=self._serve, args=(caller,), name="control caller", daemon=True)
            self._callers.add(thread)
            thread.start()

    def _serve(self, caller: Connection[Any, Any]) -> None:
        try:
            with contextlib.suppress(*TROUBLE), caller:
                self._talk(caller)
        finally:
            self._callers.discard(threading.current_thread())
            self._free.release()

    def _talk(self, caller: Connection[Any, Any]) -> None:
        with deadline(caller, self._params.ask_within_s):
            deliver_challenge(caller, self._door.key)
            answer_challenge(caller, self._door.key)
            try:
                asked = caller.recv_bytes(LARGEST_BYTES)
            except OSError as error:
                if isinstance(error, ConnectionError):
                    raise
                asked = b""  # too long: it was not read, and said so below
        answer = self._answered(asked)
        with deadline(caller, self._params.take_within_s):
            caller.send_bytes(encode(answer))

    def _answered(self, asked: bytes) -> Answer:
        if not asked:
            return {"ok": False, "error": f"a request has 1 to {LARGEST_BYTES} bytes"}
        try:
            return {"ok": True, **self._answer(decode_request(asked))}
        except (ValueError, HipmonitorError) as error:
            return {"ok": False, "error": str(error)}

"""The other side of the door: one question, one answer."""

from __future__ import annotations

import queue
import threading
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client

from hipmonitor.core.errors import ControlError, NotRunning
from hipmonitor.io.control.place import NO_MONITOR, Door, read_door
from hipmonitor.io.control.requests import LARGEST_BYTES, Answer, Request, decode, encode_request

PATIENCE_S = 40.0
"""Ending a session may take a goodbye to the sensor and a slow disk."""


def ask(request: Request, *, patience_s: float = PATIENCE_S) -> Answer:
    """What the monitor answers.

    Raises:
        NotRunning: there is none.
        ControlError: it refused, with its reason, or did not answer.
    """
    door = read_door()
    answers: queue.SimpleQueue[Answer | Exception] = queue.SimpleQueue()
    # In a thread: neither connecting nor the greeting of multiprocessing has a time limit of its own.
    threading.Thread(target=lambda: answers.put(_tried(door, request)), daemon=True).start()
    try:
        answer = answers.get(timeout=patience_s)
    except queue.Empty:
        raise ControlError(f"The monitor did not answer within {patience_s:g} s. Its process may hang.") from None
    if isinstance(answer, Exception):
        raise answer
    if answer.get("ok") is not True:
        raise ControlError(f"The monitor refused: {answer.get('error')}.")
    return answer


def _tried(door: Door, request: Request) -> Answer | Exception:
    try:
        return _exchanged(door, request)
    except (FileNotFoundError, ConnectionRefusedError):
        return NotRunning(NO_MONITOR)
    except (EOFError, ConnectionError):
        return ControlError("The monitor ended before it answered.")
    except (OSError, ValueError, AuthenticationError) as error:
        return ControlError(f"The monitor could not be asked ({error}).")


def _exchanged(door: Door, request: Request) -> Answer:
    with Client(door.address, authkey=door.key) as line:
        line.send_bytes(encode_request(request))
        return decode(line.recv_bytes(LARGEST_BYTES))

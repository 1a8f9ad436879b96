"""How commands reach the monitor in the background: one at a time for this person, through a door only they can open."""

from hipmonitor.io.control.client import ask
from hipmonitor.io.control.lock import Holder, lock_file, only_one
from hipmonitor.io.control.requests import (
    ActionRequest,
    Answer,
    Buzz,
    Calibrate,
    Pause,
    Release,
    Request,
    Resume,
    Status,
    Stop,
)
from hipmonitor.io.control.server import ControlServer, ServerParams

__all__ = [
    "ActionRequest",
    "Answer",
    "Buzz",
    "Calibrate",
    "ControlServer",
    "Holder",
    "Pause",
    "Release",
    "Request",
    "Resume",
    "ServerParams",
    "Status",
    "Stop",
    "ask",
    "lock_file",
    "only_one",
]

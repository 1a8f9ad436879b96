"""What the monitor in the background knows of sets, asked through its door until it is known."""

from __future__ import annotations

import time
from typing import Any, Final, cast

from hipmonitor.core.errors import ControlError
from hipmonitor.io.control import ActionRequest, Status, ask

ASK_EVERY_S: Final = 0.25
BEGINS_WITHIN_S: Final = 5.0
"""The monitor thinks several times a second."""
KNOWN_WITHIN_S: Final = 30.0
"""An activity is decided some seconds after it was lived."""
NO_SET: Final = "No set is running. `hipmonitor exercise start NAME` begins one."

Doc = dict[str, Any]


def send(action: ActionRequest) -> None:
    """Something the wearer does.

    Raises:
        ControlError: there is no monitor, or it refused.
    """
    ask(action)


def monitor_status() -> Doc:
    """All of it."""
    return cast("Doc", ask(Status()))


def sets_now() -> Doc:
    """The part about sets."""
    return cast("Doc", monitor_status()["exercise"])


def running_set() -> Doc:
    """The one that runs.

    Raises:
        ControlError: there is none.
    """
    now = sets_now()["now"]
    if now is None:
        raise ControlError(NO_SET)
    return cast("Doc", now)


def began(before: Doc) -> int:
    """When the set that was just asked for began, once it did; `before`: the status from before that.

    Raises:
        ControlError: it did not.
    """
    old = before["exercise"]["now"]
    until = time.monotonic() + BEGINS_WITHIN_S
    while time.monotonic() < until:
        sets = sets_now()
        for each in (sets["now"], sets["ended"]):
            new = each is not None and each["started_ns"] > before["at_ns"]
            if new and (old is None or each["started_ns"] != old["started_ns"]):
                return int(each["started_ns"])
        time.sleep(ASK_EVERY_S)
    raise ControlError("The set did not begin. `hipmonitor status` tells how the monitor is going.")


def result_of(started: int) -> Doc:
    """What was done in the set that began then, once that is known.

    Raises:
        ControlError: it is not yet.
    """
    until = time.monotonic() + KNOWN_WITHIN_S
    while time.monotonic() < until:
        ended = sets_now()["ended"]
        if ended is not None and ended["started_ns"] == started:
            return cast("Doc", ended)
        time.sleep(ASK_EVERY_S)
    raise ControlError("What was done in the set is not known yet. `hipmonitor exercise status` tells it later.")

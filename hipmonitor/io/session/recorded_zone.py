"""The wearer's time zone where a recording was made."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.inbound import Tick
from hipmonitor.io.session.reader import read_session

WITHIN = 2000
"""Events: a session has a Tick every second, the first with its first data."""


def recorded_utc_offset_s(path: Path) -> int | None:
    """As its first Tick says; None where none is heard at its beginning, or nothing can be read."""
    try:
        events = islice(read_session(path), WITHIN)
        return next((event.utc_offset_s for event in events if isinstance(event, Tick)), None)
    except RecordingError:
        return None

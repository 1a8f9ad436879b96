"""True host time for the simulator: nanoseconds since the Unix epoch, read once and then advanced by the monotonic clock."""

from __future__ import annotations

import time
from collections.abc import Callable


def steady_time() -> Callable[[], int]:
    """A clock that never goes back and starts at the host's present time."""
    offset_ns = time.time_ns() - time.monotonic_ns()
    return lambda: offset_ns + time.monotonic_ns()

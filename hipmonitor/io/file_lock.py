"""The system's own lock on an open file: it goes with its process, however that one ends."""

from __future__ import annotations

import errno
import os
import sys
import time
from typing import Final

TRY_EVERY_S: Final = 0.02
HELD: Final = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})
"""What the systems say of a lock that another one has."""

if sys.platform == "win32":
    import msvcrt

    FAR = 1 << 40
    """The locked byte lies behind what is written, because Windows keeps others from reading a locked one."""

    def take(descriptor: int) -> None:
        """Lock it for this process, at once.

        Raises:
            OSError: another one has it.
        """
        at = os.lseek(descriptor, 0, os.SEEK_CUR)
        os.lseek(descriptor, FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, at, os.SEEK_SET)

else:
    import fcntl

    def take(descriptor: int) -> None:
        """Lock it for this process, at once.

        Raises:
            OSError: another one has it.
        """
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def wait_for(descriptor: int, seconds: float) -> bool:
    """Lock it as soon as others let it go; whether that came within the time."""
    end = time.monotonic() + seconds
    while True:
        try:
            take(descriptor)
        except OSError as error:
            if error.errno not in HELD:
                return True  # some network file systems have no locks; what is to be written matters more
            if time.monotonic() >= end:
                return False
            time.sleep(TRY_EVERY_S)
        else:
            return True

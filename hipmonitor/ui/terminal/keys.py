"""Single key presses of a terminal, on POSIX systems and on Windows. The terminal is put back as it was, always."""

from __future__ import annotations

import contextlib
import sys
import time
from types import TracebackType
from typing import Protocol, Self

POLL_S = 0.02


class KeyReader(Protocol):
    """Reads keys while its context lasts."""

    def key(self, seconds: float) -> str:
        """The next key within so many seconds, else an empty string."""
        ...

    def close(self) -> None:
        """Put the terminal back."""
        ...


class NoKeys:
    """Where standard input is no terminal: only time passes."""

    def key(self, seconds: float) -> str:
        """Wait."""
        time.sleep(seconds)
        return ""

    def close(self) -> None:
        """Nothing was changed."""


if sys.platform == "win32":
    import msvcrt

    class TerminalKeys:
        """Windows console."""

        def key(self, seconds: float) -> str:
            """The next key within so many seconds, else an empty string."""
            until = time.monotonic() + seconds
            while not msvcrt.kbhit():
                left = until - time.monotonic()
                if left <= 0:
                    return ""
                time.sleep(min(POLL_S, left))
            return msvcrt.getwch()

        def close(self) -> None:
            """Nothing was changed."""

else:
    import os
    import select
    import termios

    class TerminalKeys:
        """POSIX terminal: no echo, no waiting for the end of a line; Ctrl-C stays Ctrl-C."""

        def __init__(self) -> None:
            self._fd = sys.stdin.fileno()
            self._before = termios.tcgetattr(self._fd)
            quiet = termios.tcgetattr(self._fd)
            quiet[3] &= ~(termios.ECHO | termios.ICANON)
            termios.tcsetattr(self._fd, termios.TCSADRAIN, quiet)

        def key(self, seconds: float) -> str:
            """The next key within so many seconds, else an empty string."""
            ready, _, _ = select.select([self._fd], [], [], seconds)
            if not ready:
                return ""
            pressed = os.read(self._fd, 32)
            if not pressed:  # The terminal is gone.
                time.sleep(seconds)
            # An arrow or function key is a whole sequence that means nothing here.
            return "" if pressed.startswith(b"\x1b") else pressed[:1].decode("ascii", "replace")

        def close(self) -> None:
            """Put the terminal back; one that was closed needs nothing."""
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._fd, termios.TCSADRAIN, self._before)


class Keys:
    """`with Keys() as keys: keys.key(0.2)`; where there is no keyboard, time passes and no key comes."""

    def __init__(self) -> None:
        self._reader: KeyReader = NoKeys()

    @property
    def there(self) -> bool:
        """Whether keys can be pressed at all."""
        return not isinstance(self._reader, NoKeys)

    def key(self, seconds: float) -> str:
        """The next key, lower case, within so many seconds, else an empty string."""
        return self._reader.key(seconds).lower()

    def __enter__(self) -> Self:
        if sys.stdin is not None and sys.stdin.isatty():
            self._reader = TerminalKeys()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()
        self._reader = NoKeys()

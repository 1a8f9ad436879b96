"""Exit codes, and the one place where an error becomes a sentence on stderr."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from enum import IntEnum
from typing import Any

import typer
from typer.core import TyperGroup

from hipmonitor.core.errors import (
    AlreadyRunning,
    DeliveryError,
    HipmonitorError,
    LinkError,
    NotRunning,
    RecordingDamaged,
)


class ExitCode(IntEnum):
    """What a script can rely on."""

    OK = 0
    USAGE = 2
    RECOVERED = 3
    """There are results, and something of the recording is lost."""
    NO_DEVICE = 4
    ALREADY_RUNNING = 5
    """Another process has the sensors."""
    NOT_RUNNING = 6
    """There is no monitor to ask."""
    INTERRUPTED = 130


def code_of(error: HipmonitorError) -> ExitCode:
    """The exit code of an error."""
    return next((code for kind, code in CODES if isinstance(error, kind)), ExitCode.USAGE)


CODES = (
    (LinkError, ExitCode.NO_DEVICE),
    (RecordingDamaged, ExitCode.RECOVERED),
    (AlreadyRunning, ExitCode.ALREADY_RUNNING),
    (NotRunning, ExitCode.NOT_RUNNING),
    (DeliveryError, ExitCode.NO_DEVICE),
)


def say_on_stderr(sentence: str) -> None:
    """One line beside the results."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def on_a_terminal() -> bool:
    """Whether what is said on stderr is read by a person, and not written into a log."""
    return sys.stderr is not None and sys.stderr.isatty()


class SpeakingGroup(TyperGroup):
    """Commands whose known errors end in one sentence and an exit code, never in a traceback."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command."""
        try:
            return super().invoke(ctx)
        except HipmonitorError as error:
            say_on_stderr(f"hipmonitor: {error}")
            raise typer.Exit(code_of(error)) from error
        except KeyboardInterrupt:
            say_on_stderr("Stopped.")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        except OSError as error:
            if error.errno not in {errno.EPIPE, errno.EIO}:
                raise
            # Whoever read the output has left (a pager, a closed terminal): nothing more to say to anyone.
            _say_nothing_more()
            raise typer.Exit(ExitCode.OK) from None


def _say_nothing_more() -> None:
    """What is still buffered, and what the interpreter says at its end, goes nowhere instead of failing again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)

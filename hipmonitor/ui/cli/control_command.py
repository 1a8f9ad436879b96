"""What one says to a monitor in the background: `status`, `pause`, `resume`, `snooze`, `quiet`, `mark`, `took-off`, `stop`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class SnoozeFor(StrEnum):
    """How long to hold further alerts."""

    FIVE = "5"
    TEN = "10"
    STAND = "stand"


class QuietFor(StrEnum):
    """How long to tell nothing."""

    HALF_AN_HOUR = "30m"
    ONE_HOUR = "1h"
    TWO_HOURS = "2h"
    TOMORROW = "tomorrow"
    OFF = "off"


SNOOZE_MIN = {SnoozeFor.FIVE: 5.0, SnoozeFor.TEN: 10.0, SnoozeFor.STAND: None}
QUIET_MIN = {QuietFor.HALF_AN_HOUR: 30.0, QuietFor.ONE_HOUR: 60.0, QuietFor.TWO_HOURS: 120.0, QuietFor.TOMORROW: None}


def status(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False
) -> None:
    """How the monitor in the background is going."""
    from hipmonitor.ui.cli import control  # noqa: PLC0415 - loaded for work only

    control.status(as_json=as_json)


def pause() -> None:
    """Stop measuring and let the sensor go; the time is a gap, and limits and calibration stay."""
    from hipmonitor.ui.cli import control  # noqa: PLC0415

    control.pause()


def resume() -> None:
    """Measure again after a pause."""
    from hipmonitor.ui.cli import control  # noqa: PLC0415

    control.resume()


def snooze(
    until: Annotated[SnoozeFor, typer.Argument(help="Minutes, or until you stand.")] = SnoozeFor.FIVE,
) -> None:
    """Hold further alerts for a while."""
    from hipmonitor.ui.cli import control  # noqa: PLC0415

    control.snooze(SNOOZE_MIN[until])


def quiet(until: Annotated[QuietFor, typer.Argument(help="How long; off ends it.")] = QuietFor.ONE_HOUR) -> None:
    """Show and play nothing for a while; measuring goes on."""
    from hipmonitor.ui.cli import control  # noqa: PLC0415

    if until is QuietFor.OFF:
        control.end_quiet()
    else:
        control.quiet(QUIET_MIN[until])


def mark(text: Annotated[str, typer.Argument(help="What you want to find again.")] = "") -> None:
    """Mark this moment in the recording."""
    from hipmonitor.ui.cli import control  # noqa: PLC0415

    control.mark(text)


def took_off() -> None:
    """Say that you took the sensor off; when it moves like a leg again, its place is learned anew."""
    from hipmonitor.ui.cli import control  # noqa: PLC0415

    control.took_off()


def stop() -> None:
    """End the monitor in the background, with its recording whole."""
    from hipmonitor.ui.cli import control  # noqa: PLC0415

    control.stop()


COMMANDS = {
    "status": status,
    "pause": pause,
    "resume": resume,
    "snooze": snooze,
    "quiet": quiet,
    "mark": mark,
    "took-off": took_off,
    "stop": stop,
}

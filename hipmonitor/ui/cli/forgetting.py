"""A pairing is forgotten, where it is ours to forget."""

from __future__ import annotations

import asyncio

from hipmonitor.io.ble import open_radio
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr

NOT_OURS = "This system keeps its own pairings: remove the sensor in its Bluetooth settings."


def run(address: str, radio: str | None) -> ExitCode:
    """Forget and say so; 4 where the sensor was not paired."""
    forgotten = asyncio.run(open_radio(radio).forget(address))
    if forgotten is None:
        say_on_stderr(NOT_OURS)
        return ExitCode.USAGE
    if not forgotten:
        say_on_stderr(f"{address} was not paired.")
        return ExitCode.NO_DEVICE
    printing.console().print(f"{address} is forgotten. Switch it off and on, and connect within a minute.")
    return ExitCode.OK

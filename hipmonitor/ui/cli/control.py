"""Asks the monitor in the background, and says what came of it."""

from __future__ import annotations

import time
from typing import Any, cast

from hipmonitor.core.alerts import MORNING_S
from hipmonitor.core.errors import ControlError, NotRunning
from hipmonitor.core.inbound import EndQuiet, Mark, Quiet, Snooze, TookOff
from hipmonitor.io.control import Calibrate, Pause, Resume, Status, Stop, ask
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import say_on_stderr

ASK_EVERY_S = 0.3


def status(*, as_json: bool) -> None:
    """How it is going."""
    answer = ask(Status())
    lines = answer.pop("lines")
    if as_json:
        printing.print_json(answer)
        return
    for line in lines if isinstance(lines, list) else ():
        _say(str(line))


def pause() -> None:
    """Until resume."""
    ask(Pause())
    _say("Paused. Nothing is measured, and the sensor is let go. `hipmonitor resume` goes on.")


def resume() -> None:
    """After a pause."""
    ask(Resume())
    _say("Looking for the sensor.")


def snooze(minutes: float | None) -> None:
    """Hold further alerts; None: until the wearer stands.

    Raises:
        ControlError: there is no snooze left, or no bout that standing would end.
    """
    now = ask(Status())
    if not (now["snoozes_left"] or now["snoozed_until_ns"] or now["snoozed_until_stand"]):
        raise ControlError("No snooze is left in this bout of sitting. Standing up gives new ones.")
    if minutes is None and not cast("dict[str, Any]", now["sitting"])["s"]:
        raise ControlError("There is nothing to put off: you are not in a bout of sitting.")
    ask(Snooze(minutes=minutes))
    _say("Snoozed until you stand." if minutes is None else f"Snoozed for {minutes:g} minutes.")


def quiet(minutes: float | None) -> None:
    """Tell nothing; None: until the next morning."""
    ask(Quiet(minutes=minutes))
    words = f"until {MORNING_S // 3600:02}:00" if minutes is None else f"for {minutes:g} minutes"
    _say(f"Quiet {words}. Measuring goes on; nothing will be shown or played.")


def end_quiet() -> None:
    """Tell again."""
    ask(EndQuiet())
    _say("No longer quiet.")


def calibrate(*, as_json: bool) -> bool:
    """By the monitor, step by step on stderr; False where there is none."""
    try:
        ask(Calibrate())
    except NotRunning:
        return False
    said = ""
    while True:
        told = cast("dict[str, Any]", ask(Status())["calibration"])
        if told["instruction"] != said:
            said = told["instruction"]
            say_on_stderr(said)
        if told["result"] is not None:
            break
        time.sleep(ASK_EVERY_S)
    if as_json:
        printing.print_json(told["result"])
    return True


def mark(text: str) -> None:
    """Find this moment again."""
    ask(Mark(text=text))
    _say("Marked.")


def took_off() -> None:
    """Not worn from now on."""
    ask(TookOff())
    _say("Noted. What follows is not counted until the sensor is worn again.")


def stop() -> None:
    """The end."""
    recording = ask(Stop())["recording"]
    _say("Stopped." if recording is None else f"Stopped. Recording: {recording}")


def _say(line: str) -> None:
    printing.console().print(line, soft_wrap=True)

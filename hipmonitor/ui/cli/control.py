"""Asks the monitor in the background, and says what came of it."""

from __future__ import annotations

from hipmonitor.core.inbound import EndQuiet, Mark, Quiet, Snooze, TookOff
from hipmonitor.io.control import Pause, Resume, Status, Stop, ask
from hipmonitor.ui.cli import printing


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
    """Hold further alerts; None: until the wearer stands."""
    ask(Snooze(minutes=minutes))
    _say("Snoozed until you stand." if minutes is None else f"Snoozed for {minutes:g} minutes.")


def quiet(minutes: float | None) -> None:
    """Tell nothing; None: until tomorrow."""
    ask(Quiet(minutes=minutes))
    words = "until tomorrow" if minutes is None else f"for {minutes:g} minutes"
    _say(f"Quiet {words}. Measuring goes on; nothing will be shown or played.")


def end_quiet() -> None:
    """Tell again."""
    ask(EndQuiet())
    _say("No longer quiet.")


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
    printing.console().print(line, soft_wrap=True, markup=False)

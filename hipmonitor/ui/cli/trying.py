"""Trying the ways by which alerts reach the wearer, one at a time."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Callable
from contextlib import closing

from hipmonitor.core.errors import DeliveryError, NotRunning
from hipmonitor.core.inbound import LinkChange, LinkState
from hipmonitor.io.ble import BleSource, Vibration
from hipmonitor.io.clock import SystemClock
from hipmonitor.io.control import Buzz, ask, only_one
from hipmonitor.io.notices import DesktopNotices, Notice, NoticeAnswer
from hipmonitor.io.settings import load_settings
from hipmonitor.io.sound import play, tone
from hipmonitor.runtime.delivery import BUTTONS
from hipmonitor.runtime.delivery_ways import STRENGTH_PERCENT
from hipmonitor.ui.cli.exits import say_on_stderr

TITLE, BODY = "This is a test.", "Nothing to do. The buttons answer here only."
ANSWER_S = 20.0
"""As long as most desktops show a notification."""
SENSOR_S = 30.0


def desktop(say: Callable[[str], None] = say_on_stderr) -> None:
    """Shown, and for a while the buttons are heard.

    Raises:
        HipmonitorError: it did not arrive, as of all three; says why.
    """
    answers: queue.SimpleQueue[NoticeAnswer] = queue.SimpleQueue()
    labels = {name: button.label for name, button in BUTTONS.items()}
    with closing(DesktopNotices(answers.put)) as notices:
        notices.show(Notice(about="test", title=TITLE, body=BODY, buttons=labels))
        say(f"Shown. Waiting {ANSWER_S:g} s for a click.")
        try:
            button = answers.get(timeout=ANSWER_S).button
        except queue.Empty:
            say("Nothing was clicked.")
        else:
            say("It was put away." if button is None else f"You clicked {labels[button]}.")


def sound(volume_percent: int, say: Callable[[str], None] = say_on_stderr) -> None:
    """At this volume."""
    play(tone(volume_percent))
    say(f"Played at {volume_percent} %.")


def vibration(radio: str | None, sensor: str | None) -> None:
    """By the monitor, if one has the sensor; else over a link of our own."""
    try:
        ask(Buzz())
    except NotRunning:
        with only_one("hipmonitor notify"):
            thigh = sensor or load_settings().thigh_sensor
            asyncio.run(_buzz(BleSource(SystemClock(), radio=radio, wanted=thigh or None)))
    say_on_stderr("The sensor vibrated twice.")


async def _buzz(source: BleSource) -> None:
    try:
        async with asyncio.timeout(SENSOR_S):
            async for batch in source.batches():
                if any(isinstance(event, LinkChange) and event.state is LinkState.STREAMING for event in batch):
                    break
            if not await source.vibrate(Vibration.DOUBLE, STRENGTH_PERCENT):
                raise DeliveryError("the sensor has no motor, or did not answer")
    except TimeoutError:
        raise DeliveryError(f"no sensor was reached within {SENSOR_S:g} s; wake it with a short shake") from None
    finally:
        await source.aclose()

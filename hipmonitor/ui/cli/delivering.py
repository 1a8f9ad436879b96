"""By which ways alerts reach the wearer of a live session, in the words of the view."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from hipmonitor.core.alerts import Alert
from hipmonitor.core.inbound import Action, Way
from hipmonitor.core.settings import Settings
from hipmonitor.io.ble import Vibration
from hipmonitor.runtime.delivery import Delivery, Tell, Words
from hipmonitor.runtime.delivery_ways import DesktopWay, by_line, by_sound, by_vibration
from hipmonitor.ui.view_model import alert_evidence, alert_title


def in_words(alert: Alert, settings: Settings, utc_offset_s: int) -> Words:
    """The banner's title, and one thing to do."""
    return Words(title=alert_title(alert, settings), body=alert_evidence(alert, settings, utc_offset_s))


@contextmanager
def delivery(
    settings: Settings,
    *,
    act: Callable[[Action], None],
    vibrate: Callable[[Vibration, int], bool],
    say: Callable[[str], None] | None,
    check_in: Callable[[], None] | None = None,
) -> Iterator[Delivery]:
    """All ways of this computer while the context lasts.

    Args:
        settings: in force at first.
        act: the front door.
        vibrate: the sensor's motor.
        say: a line of text; None = no lines, because a view shows them.
        check_in: opens a check-in; None = there is no window that could.
    """
    desktop = DesktopWay(lambda telling, button: made.answered(telling, button))  # noqa: PLW0108 - made below
    lines: Mapping[Way, Tell] = {} if say is None else {Way.TERMINAL: by_line(say)}
    ways: Mapping[Way, Tell] = {
        Way.DESKTOP: desktop.tell,
        Way.SOUND: by_sound,
        Way.VIBRATION: by_vibration(vibrate),
        **lines,
    }
    made = Delivery(ways, words=in_words, settings=settings, act=act, check_in=check_in)
    try:
        yield made
    finally:
        made.close()
        desktop.close()

"""How each way tells: desktop, sound, vibration, a line of text. Each has a time limit of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hipmonitor.core.errors import DeliveryError
from hipmonitor.io.ble import Vibration
from hipmonitor.io.notices import DesktopNotices, Notice, NoticeAnswer, do_not_disturb
from hipmonitor.io.sound import play, tone
from hipmonitor.runtime.delivery import Telling

STRENGTH_PERCENT = 80
"""Felt through trousers on a small coin motor, and not heard in a quiet room; a guess to be tried on people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNotice(Notice):
    """Knows which alert it tells: an older notice may be answered after a newer one was sent."""

    telling: Telling


class DesktopWay:
    """Notifications with buttons. `answered` gets the telling and the button, or None where it was put away."""

    def __init__(self, answered: Callable[[Telling, str | None], None]) -> None:
        self._answered = answered
        self._notices = DesktopNotices(self._hear)

    def tell(self, telling: Telling) -> None:
        """Show it; it takes the place of an older one of the same kind."""
        labels = {name: button.label for name, button in telling.buttons.items()}
        self._notices.show(
            ToldNotice(
                about=telling.kind,
                title=telling.words.title,
                body=telling.words.body,
                buttons=labels,
                telling=telling,
            )
        )

    def close(self) -> None:
        """Hear no more answers."""
        self._notices.close()

    def _hear(self, answer: NoticeAnswer) -> None:
        if isinstance(answer.notice, ToldNotice):
            self._answered(answer.notice.telling, answer.button)


def by_sound(telling: Telling) -> None:
    """A tone at the volume that is set, unless the desktop asks not to disturb."""
    if do_not_disturb():
        raise DeliveryError("the desktop asks not to disturb")
    play(tone(telling.volume_percent))


Vibrate = Callable[[Vibration, int], bool]
"""Pattern, and strength in %; whether the motor ran."""


def by_vibration(vibrate: Vibrate) -> Callable[[Telling], None]:
    """Felt away from the desk, and by nobody else."""
    return lambda _: try_vibration(vibrate)


def try_vibration(vibrate: Vibrate) -> None:
    """Two buzzes on the sensor.

    Raises:
        DeliveryError: it did not vibrate.
    """
    if not vibrate(Vibration.DOUBLE, STRENGTH_PERCENT):
        raise DeliveryError("the sensor is not connected, has no motor, or did not answer")


def by_line(say: Callable[[str], None]) -> Callable[[Telling], None]:
    """One line of text."""
    return lambda telling: say(f"{telling.words.title} {telling.words.body}")

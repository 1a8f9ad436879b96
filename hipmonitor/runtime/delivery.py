"""Alerts to the wearer: every way has a thread, a bounded queue and a time limit of its own, so none can stop another.

What was told, failed and answered goes back in at the front door, and so into the recording.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from hipmonitor.core.alerts import Alert, AlertLevel
from hipmonitor.core.errors import DeliveryError
from hipmonitor.core.inbound import (
    Action,
    Answered,
    ChangeSettings,
    Inbound,
    Quiet,
    Snooze,
    Tick,
    Told,
    UserAction,
    Way,
)
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.settings import Settings

LEAST_LEVEL: Final[Mapping[Way, AlertLevel]] = {
    Way.TERMINAL: AlertLevel.NOTICE,
    Way.DESKTOP: AlertLevel.NUDGE,
    Way.SOUND: AlertLevel.ALERT,
    Way.VIBRATION: AlertLevel.ALERT,
}
"""From which level on each way is used: a notice is a line, a nudge may be seen, an alert may also be heard and felt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """What the wearer can answer at once."""

    label: str
    action: Snooze | Quiet
    answer: Literal["snooze", "quiet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenButton:
    """Opens something; changes nothing."""

    label: str


BUTTONS: Final[Mapping[str, Button]] = {
    "snooze": Button(label="Snooze 5", action=Snooze(minutes=5.0), answer="snooze"),
    "until_stand": Button(label="Until I stand", action=Snooze(minutes=None), answer="snooze"),
    "quiet": Button(label="Quiet 1 h", action=Quiet(minutes=60.0), answer="quiet"),
}
CHECK_IN: Final = "check_in"
"""The kind of a telling that is no alert: the reminder to check in."""
OPEN_CHECK_IN: Final = {CHECK_IN: OpenButton(label="Check in")}
MOST_WAITING: Final = 4
"""A way that is so far behind tells only what comes when it is free again."""
CLOSE_WITHIN_S: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """An alert in words: what is, and one thing to do."""

    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One alert to be told."""

    at: HostNs
    kind: str
    words: Words
    buttons: Mapping[str, Button | OpenButton]
    volume_percent: int


CHECK_IN_WORDS: Final = Words(
    title="How is the hip today?", body="A check-in takes thirty seconds, and everything may be left out."
)
HOW_TO_CHECK_IN: Final = Words(
    title="Check in from a terminal or the window.",
    body="Type: hipmonitor checkin. Or open the window and choose Plan.",
)
Tell = Callable[[Telling], None]
"""Tells by one way, within a time limit of its own; raises DeliveryError where it did not reach the wearer."""
InWords = Callable[[Alert, Settings, int], Words]
"""An alert, the settings in force, the civil time's offset in seconds."""


class Post:
    """One way."""

    def __init__(self, way: Way, tell: Tell, report: Callable[[Told], None]) -> None:
        self._way, self._tell, self._report = way, tell, report
        self._waiting: queue.Queue[Telling | None] = queue.Queue(MOST_WAITING)
        self._thread = threading.Thread(target=self._work, name=f"tells by {way}", daemon=True)
        self._thread.start()

    def put(self, telling: Telling) -> None:
        """Tell this when the way is free; never waits."""
        try:
            self._waiting.put_nowait(telling)
        except queue.Full:
            self._say(telling, "still busy with earlier alerts")

    def close(self) -> None:
        """What waits is told, if that is quick."""
        try:
            self._waiting.put(None, timeout=CLOSE_WITHIN_S)
        except queue.Full:
            return
        self._thread.join(CLOSE_WITHIN_S)

    def _work(self) -> None:
        while (telling := self._waiting.get()) is not None:
            try:
                self._tell(telling)
            except DeliveryError as error:
                self._say(telling, str(error))
            except Exception as error:  # noqa: BLE001 - a fault in one way is said like any other, and stops nothing
                self._say(telling, f"{type(error).__name__}: {error}")
            else:
                self._say(telling, "")

    def _say(self, telling: Telling, failed: str) -> None:
        self._report(Told(alert_at=telling.at, alert_kind=telling.kind, way=self._way, failed=failed))


class Delivery:
    """A Recorder (it hears the settings at the door) and a Sink.

    Args:
        ways: how each way tells; those that are missing are not used.
        words: alerts in words.
        settings: in force until the first event says otherwise.
        act: the front door.
        check_in: opens a check-in where the wearer presses that button; None = a further notice says how.
    """

    def __init__(
        self,
        ways: Mapping[Way, Tell],
        *,
        words: InWords,
        settings: Settings,
        act: Callable[[Action], None],
        check_in: Callable[[], None] | None = None,
    ) -> None:
        self._words, self._settings, self._act, self._check_in = words, settings, act, check_in
        self._utc_offset_s, self._snoozes_left = 0, settings.alerts.snoozes_per_bout
        self._lock = threading.Lock()
        self._outcome: dict[Way, Told] = {}
        self._posts = {way: Post(way, tell, self._report) for way, tell in ways.items()}

    def record(self, events: Sequence[Inbound]) -> None:
        """Hear at the door what an alert does not carry."""
        for event in events:
            if isinstance(event, Tick):
                self._utc_offset_s = event.utc_offset_s
            elif isinstance(event, UserAction) and isinstance(event.action, ChangeSettings):
                self._settings = event.action.settings

    def accept(self, update: HipUpdate) -> None:
        """Tell what is to be told. Quiet times, working hours and tracking were seen to where alerts are decided."""
        if update.now is not None:
            self._snoozes_left = update.now.alerts.snoozes_left
        for alert in update.alerts:
            if alert.told:
                self._tell(alert)

    def remind_to_check_in(self, at: HostNs) -> None:
        """By the desktop, which is what the wearer asked for; it does not matter whether alerts come that way."""
        self._post_check_in(at, CHECK_IN_WORDS, OPEN_CHECK_IN)

    def _post_check_in(self, at: HostNs, words: Words, buttons: Mapping[str, OpenButton]) -> None:
        if Way.DESKTOP in self._posts:
            self._posts[Way.DESKTOP].put(Telling(at=at, kind=CHECK_IN, words=words, buttons=buttons, volume_percent=0))

    def answered(self, telling: Telling, button: str | None) -> None:
        """What the wearer did with a notification: its button, or None where it was put away."""
        if telling.kind == CHECK_IN:
            self._open_check_in(telling.at, button)
            return
        pressed = BUTTONS.get(button or "")
        if pressed is not None:
            self._act(pressed.action)
        answer = "dismissed" if pressed is None else pressed.answer
        self._act(Answered(alert_at=telling.at, alert_kind=telling.kind, answer=answer))

    def _open_check_in(self, at: HostNs, button: str | None) -> None:
        if button != CHECK_IN:
            return
        if self._check_in is None:
            self._post_check_in(at, HOW_TO_CHECK_IN, {})
        else:
            self._check_in()

    def outcomes(self) -> dict[Way, Told]:
        """The newest outcome of each way."""
        with self._lock:
            return dict(self._outcome)

    def close(self) -> None:
        """Tell no more."""
        for post in self._posts.values():
            post.close()

    def _tell(self, alert: Alert) -> None:
        settings = self._settings
        telling = Telling(
            at=alert.at,
            kind=alert.kind.value,
            words=self._words(alert, settings, self._utc_offset_s),
            buttons=buttons(self._snoozes_left),
            volume_percent=settings.delivery.sound_volume_percent,
        )
        for way in ways_of(alert.level, settings):
            if way in self._posts:
                self._posts[way].put(telling)

    def _report(self, told: Told) -> None:
        with self._lock:
            self._outcome[told.way] = told
        self._act(told)


def buttons(snoozes_left: int) -> Mapping[str, Button]:
    """No snooze is offered where none is left in this bout."""
    return {name: button for name, button in BUTTONS.items() if snoozes_left or not isinstance(button.action, Snooze)}


def ways_of(level: AlertLevel, settings: Settings) -> list[Way]:
    """By which ways an alert of this level reaches this person."""
    delivery = settings.delivery
    wanted = {
        Way.TERMINAL: True,
        Way.DESKTOP: delivery.desktop,
        Way.SOUND: delivery.sound and delivery.sound_volume_percent > 0,
        Way.VIBRATION: delivery.vibration,
    }
    return [way for way, least in LEAST_LEVEL.items() if wanted[way] and level >= least]

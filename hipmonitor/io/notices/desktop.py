"""Notifications through desktop-notifier (D-Bus, Windows toasts, macOS), in a thread with a loop of its own."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hipmonitor.core.errors import DeliveryError

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier

APP_NAME = "hipmonitor"
LIBRARY = "desktop_notifier"
WITHIN_S = 5.0
"""A desktop takes a notification within milliseconds; one that just starts takes a second or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is shown."""

    about: str
    """A notice about the same thing takes the place of an older one."""
    title: str
    body: str
    buttons: Mapping[str, str] = field(default_factory=dict)
    """What a click answers, and what stands on the button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAnswer:
    """What the wearer did with a notice."""

    notice: Notice
    button: str | None
    """None: put away."""


class DesktopNotices:
    """Shows notices. `show` may be called from any thread; `answered` is called in the thread of this object."""

    def __init__(self, answered: Callable[[NoticeAnswer], None], *, within_s: float = WITHIN_S) -> None:
        self._answered, self._within_s = answered, within_s
        self._loop = asyncio.new_event_loop()
        self._notifier: DesktopNotifier | None = None
        self._shown: dict[str, str] = {}
        self._last_words = _LastWords()
        self._thread = threading.Thread(target=self._run, name="desktop notices", daemon=True)
        self._thread.start()

    def show(self, notice: Notice) -> None:
        """Hand a notice to the desktop.

        Raises:
            DeliveryError: it did not take it; says why.
        """
        shown = asyncio.run_coroutine_threadsafe(self._show(notice), self._loop)
        _result(shown, self._within_s + 1.0)

    def close(self) -> None:
        """Answers are not heard any more; what is shown stays."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(self._within_s)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._disconnect()
        self._last_words.listen_no_more()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _show(self, notice: Notice) -> None:
        self._last_words.text = ""
        try:
            async with asyncio.timeout(self._within_s):
                dispatched = await self._sent(notice)
        except DeliveryError:
            raise
        except TimeoutError:
            self._disconnect()
            raise DeliveryError(f"the desktop did not take it within {self._within_s:g} s") from None
        except Exception as error:  # the library hands on whatever its system's service answers
            self._disconnect()
            raise DeliveryError(f"the desktop's notification service cannot be reached ({error})") from error
        if not dispatched:
            self._disconnect()
            raise DeliveryError(f"the desktop did not take it ({self._last_words.text or 'no reason given'})")

    async def _sent(self, notice: Notice) -> bool:
        from desktop_notifier import Button, Notification  # noqa: PLC0415 - 50 ms, for who is told

        notifier = self._opened()
        if not await notifier.get_capabilities():
            raise DeliveryError("this system shows no notifications of a plain Python program")
        dispatched: list[bool] = []
        notification = Notification(
            title=notice.title,
            message=notice.body,
            buttons=tuple(
                Button(title=title, identifier=name, on_pressed=self._answer(notice, name))
                for name, title in notice.buttons.items()
            ),
            on_dispatched=lambda: dispatched.append(True),
            on_dismissed=self._answer(notice, None),
        )
        await self._take_away(notifier, notice.about)
        self._shown[notice.about] = await notifier.send_notification(notification)
        return bool(dispatched)

    def _answer(self, notice: Notice, button: str | None) -> Callable[[], None]:
        return lambda: self._answered(NoticeAnswer(notice=notice, button=button))

    async def _take_away(self, notifier: DesktopNotifier, about: str) -> None:
        old = self._shown.pop(about, None)
        if old in await notifier.get_current_notifications():
            await notifier.clear(old)

    def _opened(self) -> DesktopNotifier:
        from desktop_notifier import DesktopNotifier  # noqa: PLC0415 - as above

        if self._notifier is None:
            self._last_words.listen()
            self._notifier = DesktopNotifier(app_name=APP_NAME, app_icon=None)
        return self._notifier

    def _disconnect(self) -> None:
        """Begin anew next time. The library has no way to let go of its connection."""
        bus = getattr(getattr(self._notifier, "_backend", None), "bus", None)
        if bus is not None:
            bus.disconnect()
        self._notifier = None
        self._shown.clear()


class _LastWords(logging.Handler):
    """The library logs why a notification failed instead of raising it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.text = ""

    def listen(self) -> None:
        """Instead of letting it print tracebacks."""
        logger = logging.getLogger(LIBRARY)
        if self not in logger.handlers:
            logger.addHandler(self)
            logger.propagate = False

    def listen_no_more(self) -> None:
        """Leave the library's log as it was."""
        logging.getLogger(LIBRARY).removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the reason."""
        error = record.exc_info[1] if record.exc_info else None
        self.text = str(error) if error else record.getMessage()


def _result(asked: Future[None], seconds: float) -> None:
    try:
        asked.result(seconds)
    except TimeoutError:
        asked.cancel()
        raise DeliveryError("the desktop's notification service hangs") from None

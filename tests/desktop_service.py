"""A desktop for tests: a private message bus, and on it a double of the notification service (Desktop Notifications 1.2)."""

import asyncio
import shutil
import subprocess
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pytest
from dbus_fast import PropertyAccess
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

DAEMON = shutil.which("dbus-daemon")
needs_bus = pytest.mark.skipif(DAEMON is None, reason="dbus-daemon is missing; on Debian: apt install dbus-daemon")
SERVICE, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
LIMIT_S = 60.0


@contextmanager
def message_bus(folder: Path) -> Iterator[str]:
    """A bus of our own; its address."""
    command = [str(DAEMON), "--session", "--nofork", "--nopidfile", "--print-address"]
    command += [f"--address=unix:path={folder / 'bus'}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        try:
            yield daemon.stdout.readline().strip()
        finally:
            daemon.terminate()


@dataclass
class Shown:
    """One notification, as the service was given it."""

    number: int
    app: str
    title: str
    body: str
    actions: list[str]
    buttons: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        pairs = dict(zip(self.actions[::2], self.actions[1::2], strict=True))
        self.buttons = {key: label for key, label in pairs.items() if key != "default"}


class Notifications(ServiceInterface):
    """What a desktop does with notifications, without a screen."""

    def __init__(self, *, hangs: bool, inhibited: bool) -> None:
        super().__init__(SERVICE)
        self.hangs, self.inhibited = hangs, inhibited
        self.shown: list[Shown] = []
        self.closed: list[int] = []

    @dbus_method(name="Notify")
    async def notify(
        self,
        app: "s",  # type: ignore[name-defined]  # noqa: F821 - D-Bus signatures
        _replaces: "u",  # type: ignore[name-defined]  # noqa: F821
        _icon: "s",  # type: ignore[name-defined]  # noqa: F821
        title: "s",  # type: ignore[name-defined]  # noqa: F821
        body: "s",  # type: ignore[name-defined]  # noqa: F821
        actions: "as",  # type: ignore[name-defined]  # noqa: F722
        _hints: "a{sv}",  # type: ignore[name-defined]  # noqa: F722
        _expires: "i",  # type: ignore[name-defined]  # noqa: F821
    ) -> "u":  # type: ignore[name-defined]  # noqa: F821
        if self.hangs:
            await asyncio.sleep(3600)
        self.shown.append(Shown(len(self.shown) + 1, app, title, body, actions))
        return len(self.shown)

    @dbus_method(name="CloseNotification")
    def close_notification(self, number: "u") -> None:  # type: ignore[name-defined]  # noqa: F821
        self.closed.append(number)
        self.notification_closed(number, 3)

    @dbus_method(name="GetCapabilities")
    def get_capabilities(self) -> "as":  # type: ignore[name-defined]  # noqa: F722
        return ["actions", "body"]

    @dbus_method(name="GetServerInformation")
    def get_server_information(self) -> "ssss":  # type: ignore[name-defined]  # noqa: F821
        return ["test desktop", "nobody", "1", "1.2"]

    @dbus_property(name="Inhibited", access=PropertyAccess.READ)
    def inhibited_now(self) -> "b":  # type: ignore[name-defined]  # noqa: F821
        return self.inhibited

    @dbus_signal(name="ActionInvoked")
    def action_invoked(self, number: int, action: str) -> "us":  # type: ignore[name-defined]  # noqa: F821
        return [number, action]

    @dbus_signal(name="NotificationClosed")
    def notification_closed(self, number: int, reason: int) -> "uu":  # type: ignore[name-defined]  # noqa: F821
        return [number, reason]


class Desktop:
    """The service on its bus, in a thread with a loop of its own."""

    def __init__(self, address: str, *, hangs: bool = False, inhibited: bool = False) -> None:
        self.service = Notifications(hangs=hangs, inhibited=inhibited)
        self._address, self._loop = address, asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._appear())
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._disappear())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LIMIT_S)
        self._loop.close()

    @property
    def shown(self) -> list[Shown]:
        return self.service.shown

    def click(self, shown: Shown, button: str) -> None:
        """The person clicks a button; desktops then close the notification."""
        self._loop.call_soon_threadsafe(self.service.action_invoked, shown.number, button)
        self._loop.call_soon_threadsafe(self.service.notification_closed, shown.number, 2)

    def put_away(self, shown: Shown) -> None:
        """The person closes it without an answer."""
        self._loop.call_soon_threadsafe(self.service.notification_closed, shown.number, 2)

    def _do(self, what: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(LIMIT_S)

    async def _appear(self) -> None:
        self._bus = await MessageBus(bus_address=self._address).connect()
        self._bus.export(PATH, self.service)
        await self._bus.request_name(SERVICE)

    async def _disappear(self) -> None:
        self._bus.disconnect()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

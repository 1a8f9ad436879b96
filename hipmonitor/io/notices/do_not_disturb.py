"""Whether the desktop asks not to disturb: a hint, because most systems do not tell.

Linux: the `Inhibited` property of the notification service, which KDE has and GNOME has not. Windows and macOS tell no program
like this one.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
WITHIN_S = 1.0


def do_not_disturb(within_s: float = WITHIN_S) -> bool | None:
    """None where the system does not tell."""
    if sys.platform != "linux":
        return None
    try:
        return asyncio.run(asyncio.wait_for(_inhibited(), within_s))
    except Exception:  # noqa: BLE001 - no bus, no service, an odd one: a hint that is not there, whatever the library says
        return None


async def _inhibited() -> bool | None:
    from dbus_fast.aio import MessageBus  # noqa: PLC0415 - Linux only

    bus = await MessageBus().connect()
    try:
        return await _asked(bus)
    finally:
        bus.disconnect()


async def _asked(bus: MessageBus) -> bool | None:
    from dbus_fast import Message, MessageFlag, MessageType  # noqa: PLC0415 - as above

    question = Message(
        destination=SERVICE,
        path=PATH,
        interface="org.freedesktop.DBus.Properties",
        member="Get",
        signature="ss",
        body=[SERVICE, "Inhibited"],
        flags=MessageFlag.NO_AUTOSTART,
    )
    answer = await bus.call(question)
    if answer.message_type is not MessageType.METHOD_RETURN:
        return None
    value = answer.body[0].value
    return value if isinstance(value, bool) else None

"""The control port of the air: one JSON object a line in, one out. A line that cannot be used is answered with why."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict

from firmware_sim.air.conditions import MOST_PACKET_ERROR_RATE
from firmware_sim.air.link import Air

WEAKEST_DBM, STRONGEST_DBM = -127, 20
"""What HCI can report (Core 6.0, Vol 4, Part E, 7.7.65.2)."""


def _set_range(air: Air, value: object) -> None:
    if not isinstance(value, bool):
        raise ValueError("range is true or false")
    air.set_in_range(value)


def _set_packet_error_rate(air: Air, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_PACKET_ERROR_RATE:
        raise ValueError(f"per is a number from 0 to {MOST_PACKET_ERROR_RATE}")
    air.conditions.packet_error_rate = float(value)


def _set_rssi(air: Air, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not WEAKEST_DBM <= value <= STRONGEST_DBM:
        raise ValueError(f"rssi is a whole number from {WEAKEST_DBM} to {STRONGEST_DBM} (dBm)")
    air.conditions.rssi_dbm = value


def _only_ask(_air: Air, _value: object) -> None:
    """Every answer carries the statistics; asking for them changes nothing."""


COMMANDS: dict[str, Callable[[Air, object], None]] = {
    "range": _set_range,
    "per": _set_packet_error_rate,
    "rssi": _set_rssi,
    "stats": _only_ask,
}


def obey(air: Air, line: bytes) -> dict[str, object]:
    """Do what one line asks; the answer says how the air is now, or what was wrong with the line."""
    try:
        request = json.loads(line)
        if not isinstance(request, dict) or not request.keys() <= COMMANDS.keys():
            raise ValueError(f"send one JSON object with some of the keys {', '.join(COMMANDS)}")
        for key, value in request.items():
            COMMANDS[key](air, value)
    except (ValueError, RecursionError) as error:
        return {"ok": False, "error": str(error)}
    return {"ok": True, **state_of(air)}


def state_of(air: Air) -> dict[str, object]:
    """How the air is, in plain values."""
    conditions = air.conditions
    return {
        "range": conditions.in_range,
        "per": conditions.packet_error_rate,
        "rssi": conditions.rssi_dbm,
        "controllers": len(air.controllers),
        "connections": air.connection_count,
        "stats": asdict(conditions.stats),
    }


async def converse(air: Air, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer lines until the other side closes."""
    try:
        while line := await reader.readline():
            writer.write(json.dumps(obey(air, line)).encode() + b"\n")
            await writer.drain()
    except ValueError:
        writer.write(b'{"ok": false, "error": "the line is too long"}\n')
    except ConnectionError:
        pass
    finally:
        writer.close()

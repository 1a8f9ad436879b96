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


TOO_LONG: dict[str, object] = {"ok": False, "error": "the line is too long"}
Change = Callable[[Air], None]


def _range(value: object) -> Change:
    if not isinstance(value, bool):
        raise TypeError("range is true or false")
    return lambda air: air.set_in_range(value)


def _packet_error_rate(value: object) -> Change:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_PACKET_ERROR_RATE:
        raise ValueError(f"per is a number from 0 to {MOST_PACKET_ERROR_RATE}")
    return lambda air: setattr(air.conditions, "packet_error_rate", float(value))


def _rssi(value: object) -> Change:
    if isinstance(value, bool) or not isinstance(value, int) or not WEAKEST_DBM <= value <= STRONGEST_DBM:
        raise ValueError(f"rssi is a whole number from {WEAKEST_DBM} to {STRONGEST_DBM} (dBm)")
    return lambda air: setattr(air.conditions, "rssi_dbm", value)


def _nothing(_value: object) -> Change:
    """Every answer carries the statistics; asking for them changes nothing."""
    return lambda _air: None


COMMANDS: dict[str, Callable[[object], Change]] = {
    "range": _range,
    "per": _packet_error_rate,
    "rssi": _rssi,
    "stats": _nothing,
}


def _changes(line: bytes) -> list[Change]:
    """What the line asks for; checked as a whole before any of it is done."""
    request = json.loads(line)
    if not isinstance(request, dict) or not request.keys() <= COMMANDS.keys():
        raise ValueError(f"send one JSON object with some of the keys {', '.join(COMMANDS)}")
    return [COMMANDS[key](value) for key, value in request.items()]


def obey(air: Air, line: bytes) -> dict[str, object]:
    """Do what one line asks; the answer says how the air is now, or what was wrong with the line."""
    try:
        changes = _changes(line)
    except (ValueError, TypeError, RecursionError) as error:
        return {"ok": False, "error": str(error)}
    for change in changes:
        change(air)
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
        while (line := await _next_line(reader)) != b"":
            answer = TOO_LONG if line is None else obey(air, line)
            writer.write(json.dumps(answer).encode() + b"\n")
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def _next_line(reader: asyncio.StreamReader) -> bytes | None:
    """Empty at the end, None for a line too long to be read."""
    try:
        return await reader.readline()
    except ValueError:
        return None

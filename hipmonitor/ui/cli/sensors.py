"""Sensors in reach, as a table or JSON."""

from __future__ import annotations

import asyncio

from hipmonitor.core.wire import remarks_of
from hipmonitor.io.ble import FoundSensor, open_radio, scan
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr

NOTHING = "No sensor was heard. Wake it with a short shake, keep it within a few metres, and scan again."


def run(*, seconds: float, radio: str | None, as_json: bool) -> ExitCode:
    """Listen and print; 4 where nothing was heard."""
    found = asyncio.run(_listen(seconds, radio))
    if as_json:
        printing.print_json({"sensors": [_document(sensor) for sensor in found]})
    elif found:
        table = printing.table("Sensor", "Address", "Kind", "Signal", numbers=(3,))
        for sensor in found:
            table.add_row(sensor.name, sensor.address, sensor.title, f"{sensor.rssi_dbm} dBm")
        printing.console().print(table)
        for family, title in {sensor.kind: sensor.title for sensor in found}.items():
            for remark in remarks_of(family):
                printing.console().print(f"{title}: {remark}", style="dim")
    if not found:
        say_on_stderr(NOTHING)
    return ExitCode.OK if found else ExitCode.NO_DEVICE


async def _listen(seconds: float, name: str | None) -> list[FoundSensor]:
    radio = open_radio(name)
    try:
        return await scan(radio, seconds)
    finally:
        await radio.aclose()


def _document(sensor: FoundSensor) -> dict[str, object]:
    return {
        "name": sensor.name,
        "address": sensor.address,
        "kind": sensor.kind,
        "title": sensor.title,
        "rssi_dbm": sensor.rssi_dbm,
        "remarks": list(remarks_of(sensor.kind)),
    }

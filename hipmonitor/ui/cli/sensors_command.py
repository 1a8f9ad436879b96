"""`hipmonitor sensors`."""

from __future__ import annotations

from hipmonitor.ui.cli.options import Json


def sensors(*, json: Json = False) -> None:
    """Which sensors are supported, and what is good to know of each. `scan` lists those in reach."""
    from hipmonitor.ui.cli import supported_sensors  # noqa: PLC0415 - numpy is loaded for work only

    supported_sensors.show(as_json=json)

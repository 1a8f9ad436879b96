"""`hipmonitor notify`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Trial(StrEnum):
    """By which an alert can reach the wearer beside the view."""

    DESKTOP = "desktop"
    SOUND = "sound"
    VIBRATION = "vibration"


def notify(
    way: Annotated[Trial, typer.Argument(help="By which way.")] = Trial.DESKTOP,
    radio: Annotated[
        str | None, typer.Option(help="For vibration: the system's Bluetooth, or a transport such as usb:0.")
    ] = None,
    sensor: Annotated[str | None, typer.Option(metavar="NAME|ADDRESS", help="For vibration: which sensor.")] = None,
    settings: Annotated[Path | None, typer.Option(metavar="FILE", help="The volume from this TOML file.")] = None,
) -> None:
    """Try a way by which alerts can reach you; nothing is recorded."""
    from hipmonitor.ui.cli import trying  # noqa: PLC0415 - numpy and the radio are loaded for work only

    match way:
        case Trial.DESKTOP:
            trying.desktop()
        case Trial.SOUND:
            from hipmonitor.io.settings import load_settings  # noqa: PLC0415 - as above

            trying.sound(load_settings(settings).delivery.sound_volume_percent)
        case Trial.VIBRATION:
            trying.vibration(radio, sensor)

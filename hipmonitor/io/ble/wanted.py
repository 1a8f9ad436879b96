"""Which sensors a session listens to: the thigh's, and those that the settings name for other places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from hipmonitor.core.settings import Settings, Side


class Place(Enum):
    """Where on the body a sensor is worn."""

    THIGH = "thigh"
    PELVIS = "pelvis"
    OTHER_THIGH = "other thigh"


OPPOSITE: dict[Side, Side] = {"left": "right", "right": "left"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A place and the sensor that is worn there."""

    place: Place
    sensor: str | None
    """Its address, or the name of a thigh's; None: the first one heard that has no other place."""
    but: frozenset[str] = frozenset()
    """The sensors of other places."""
    called: str = ""
    """In sentences; empty where there is only one sensor."""


def wanted_sensors(settings: Settings, thigh: str | None) -> tuple[Wanted, ...]:
    """The thigh's first; `thigh`: its address or name, where one was chosen."""
    beside = [(Place.PELVIS, settings.pelvis_sensor), (Place.OTHER_THIGH, settings.other_thigh_sensor)]
    worn = [(Place.THIGH, thigh or None), *((place, sensor) for place, sensor in beside if sensor)]
    return tuple(
        Wanted(
            place=place,
            sensor=sensor,
            but=frozenset(other for at, other in beside if other and at is not place),
            called=_called(place, settings.side) if len(worn) > 1 else "",
        )
        for place, sensor in worn
    )


def _called(place: Place, side: Side) -> str:
    if place is Place.PELVIS:
        return "pelvis sensor"
    if place is Place.THIGH:
        return "thigh sensor" if side == "unknown" else f"{side} thigh sensor"
    return f"{OPPOSITE.get(side, 'other')} thigh sensor"

"""Which sensor is worn where. The thigh's is the one that is connected as such; the settings name all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from hipmonitor.core.settings import Settings, Side


class Role(StrEnum):
    """A place on the body, as the wearer says it."""

    LEFT = "Left thigh"
    RIGHT = "Right thigh"
    PELVIS = "Pelvis"
    THIGH = "Thigh"
    """Nobody has said which side."""
    OTHER = "Other thigh"
    NONE = "No role"


CHOICES = (Role.LEFT, Role.RIGHT, Role.PELVIS, Role.NONE)
SIDE_OF: dict[Role, Side] = {Role.LEFT: "left", Role.RIGHT: "right"}
ROLE_OF = {side: role for role, side in SIDE_OF.items()}
OPPOSITE: dict[Role, Role] = {Role.LEFT: Role.RIGHT, Role.RIGHT: Role.LEFT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wearing:
    """Settings, and the sensor that is the thigh's; empty = the first one heard."""

    settings: Settings
    thigh: str = ""

    def places(self) -> dict[Role, str]:
        """The sensor of every place that has one."""
        s = self.settings
        own = ROLE_OF.get(s.side, Role.THIGH)
        worn = {own: self.thigh, OPPOSITE.get(own, Role.OTHER): s.other_thigh_sensor, Role.PELVIS: s.pelvis_sensor}
        return {role: sensor for role, sensor in worn.items() if sensor}

    def role_of(self, sensor: str) -> Role:
        """Where this one is worn."""
        return next((role for role, worn in self.places().items() if worn == sensor), Role.NONE)

    def taken_by(self, sensor: str, role: Role) -> str:
        """Another sensor that has this place already; empty = it is free."""
        holder = self.places().get(role, "")
        return "" if holder == sensor else holder

    def with_role(self, sensor: str, role: Role) -> Wearing:
        """This sensor in this place; whoever had it has none any more."""
        freed = _without(self, sensor)
        if freed.taken_by(sensor, role):
            freed = _without(freed, freed.places()[role])
        if role is Role.PELVIS:
            return replace(freed, settings=replace(freed.settings, pelvis_sensor=sensor))
        return _on_thigh(freed, sensor, role) if role in SIDE_OF else freed


def _on_thigh(wearing: Wearing, sensor: str, role: Role) -> Wearing:
    """Of two thighs the one that was there first stays the thigh that is measured."""
    if not wearing.thigh:
        return replace(wearing, thigh=sensor, settings=replace(wearing.settings, side=SIDE_OF[role]))
    side = SIDE_OF[OPPOSITE[role]]
    return replace(wearing, settings=replace(wearing.settings, side=side, other_thigh_sensor=sensor))


def _without(wearing: Wearing, sensor: str) -> Wearing:
    s = wearing.settings
    thigh = "" if sensor == wearing.thigh else wearing.thigh
    pelvis = "" if sensor == s.pelvis_sensor else s.pelvis_sensor
    other = "" if sensor == s.other_thigh_sensor else s.other_thigh_sensor
    side: Side = s.side if thigh == wearing.thigh or other else "unknown"
    return Wearing(thigh=thigh, settings=replace(s, pelvis_sensor=pelvis, other_thigh_sensor=other, side=side))


def with_places_of(settings: Settings, chosen: Settings) -> Settings:
    """The same settings, with side and sensors as chosen."""
    return replace(
        settings,
        side=chosen.side,
        thigh_sensor=chosen.thigh_sensor,
        pelvis_sensor=chosen.pelvis_sensor,
        other_thigh_sensor=chosen.other_thigh_sensor,
    )

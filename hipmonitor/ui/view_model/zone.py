"""The zone of the thigh's angle: what the words and the colour say. Alerts are decided by the policy, never here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.instants import NS_PER_S


class Zone(StrEnum):
    """Where the thigh is, seen from the limit."""

    OK = "ok"
    NOTICE = "notice"
    DEEP = "deep"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """What a view says."""
        return ZONE_WORDS[self]


ZONE_WORDS = {
    Zone.OK: "Below your limit",
    Zone.NOTICE: "Near your limit",
    Zone.DEEP: "Above your limit",
    Zone.UNKNOWN: "Not known right now",
}

NEAR_DEG = 10.0
"""The notice zone begins this far below the limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneParams:
    """The design tokens' rule, section 3."""

    near_deg: float = NEAR_DEG
    past_deg: float = 2.0
    """A border counts as crossed this far beyond it."""
    after_s: float = 1.0
    """A zone changes after this long in the new one, so that a fidget does not flicker."""


PARAMS = ZoneParams()


def zone_of(flexion_deg: float, limit_deg: float, current: Zone, params: ZoneParams = PARAMS) -> Zone:
    """The zone of an angle, with borders that lean away from the zone one is in."""
    order = (Zone.OK, Zone.NOTICE, Zone.DEEP)
    here = order.index(current) if current in order else None
    borders = (limit_deg - params.near_deg, limit_deg)
    lean = (0.0, 0.0) if here is None else tuple(params.past_deg if here <= k else -params.past_deg for k in (0, 1))
    return order[sum(flexion_deg >= border + by for border, by in zip(borders, lean, strict=True))]


class ZoneTracker:
    """Follows the angle, calmly."""

    def __init__(self, params: ZoneParams = PARAMS) -> None:
        self.zone = Zone.UNKNOWN
        self._params = params
        self._other: tuple[Zone, int] | None = None

    def forget(self) -> None:
        """Nothing was known for a while; the next angle counts at once."""
        self.zone, self._other = Zone.UNKNOWN, None

    def see(self, at_ns: int, flexion_deg: float, limit_deg: float) -> None:
        """One more trusted angle."""
        zone = zone_of(flexion_deg, limit_deg, self.zone, self._params)
        if zone is self.zone or self.zone is Zone.UNKNOWN:
            self.zone, self._other = zone, None
            return
        if self._other is None or self._other[0] is not zone:
            self._other = (zone, at_ns)
        if at_ns - self._other[1] >= self._params.after_s * NS_PER_S:
            self.zone, self._other = zone, None

"""What the diary is made of: one entry for everything that the wearer says or was shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from hipmonitor.core.instants import HostNs
from hipmonitor.core.programme import CheckIn, Decision, OutsideScore, Overruled
from hipmonitor.core.settings import is_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """An earlier entry does not count any more."""

    what: Literal["check_in", "outside_score", "overruled"]
    made_at: HostNs
    """Of the entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionShown:
    """What the wearer was shown of a day, as it was worked out then."""

    shown_at: HostNs
    decision: Decision
    plan_mark: str
    """Of the plan that it followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanConfirmed:
    """Somebody stands behind a plan as it was then."""

    at: HostNs
    name: str
    by: str
    on: str
    """As 2026-11-22."""
    plan_mark: str

    def __post_init__(self) -> None:
        if not is_date(self.on):
            raise ValueError(f"on is {self.on!r}; write the day as 2026-11-22")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedToCheckIn:
    """The reminder of a day was shown; there is no second one."""

    at: HostNs
    day: int


Entry = CheckIn | OutsideScore | Overruled | Deleted | DecisionShown | PlanConfirmed | AskedToCheckIn
KINDS: Final[dict[str, type[Entry]]] = {
    "check_in": CheckIn,
    "outside_score": OutsideScore,
    "overruled": Overruled,
    "deleted": Deleted,
    "decision_shown": DecisionShown,
    "plan_confirmed": PlanConfirmed,
    "asked_to_check_in": AskedToCheckIn,
}
"""Names stay for ever: files carry them."""

"""What the plan says of a day, with every reason, and what the wearer made of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.instants import HostNs
from hipmonitor.core.programme.plan import Load


class Step(StrEnum):
    """The decision of a day."""

    FORWARD = "forward"
    """On to the next phase."""
    GO_ON = "go_on"
    HOLD = "hold"
    """The same as before: nothing more."""
    STEP_BACK = "step_back"
    REST = "rest"
    OFF = "off"
    """A warning sign was entered: exercises and coaching are off for the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One row of the table that applied."""

    rule: str
    """Its name in the table, e.g. "pain_rises"."""
    sentence: str
    """In the wearer's words, with the numbers it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is left of a load this week."""

    load: Load
    done: float
    allowed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Of one day, made from what was known by its morning and by check-ins of the day itself."""

    day: int
    step: Step
    phase: str
    """In force on this day, after the decision."""
    reasons: tuple[Reason, ...]
    """Never empty."""
    allowances: tuple[Allowance, ...] = ()
    overruled: Overruled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruled:
    """The wearer, or the physio, decided otherwise."""

    made_at: HostNs
    day: int
    step: Step
    by: str
    note: str

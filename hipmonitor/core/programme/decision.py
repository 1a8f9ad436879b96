"""What the plan says of a day, with every reason, and what the wearer made of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.instants import HostNs
from hipmonitor.core.programme.plan import Load, Planned


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
    leads_to: Step
    sentence: str
    """In the wearer's words, with the numbers it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is left of a load for this day: a week is any seven days, the last of them this one."""

    load: Load
    done: float
    """In the six days before."""
    allowed: float
    """In the seven days."""
    usual: float | None = None
    """Mean of the weeks before with enough valid days; None = not known yet."""
    assumed_days: int = 0
    """Of the six: not measured, and counted in `done` as usual ones."""

    @property
    def left(self) -> float:
        """For new planned load on this day."""
        return max(0.0, self.allowed - self.done)


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
    exercises: tuple[Planned, ...] = ()
    """Offered on this day, with the targets of this day: within the allowances, none on a day of rest."""
    overruled: Overruled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruled:
    """The wearer, or the physio, decided otherwise."""

    made_at: HostNs
    day: int
    step: Step
    by: str
    note: str

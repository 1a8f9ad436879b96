"""What one day brought to the plan: measured load, sets, check-ins. Missing is missing, never zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hipmonitor.core.exercise import SetResult
from hipmonitor.core.programme.check_in import CheckIn
from hipmonitor.core.programme.plan import Load


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLoad:
    """One civil day."""

    day: int
    weekday: int
    """0 = Monday."""
    valid: bool
    """Worn long enough; where not, what `loads` holds is a lower bound and leads nowhere forward."""
    loads: Mapping[Load, float] = field(default_factory=dict)
    """As settled; a load that could not be measured is left out."""
    sets: tuple[SetResult, ...] = ()
    set_comfort: tuple[int, ...] = ()
    """As rated after sets of this day, 0-10, 10 is best."""
    check_ins: tuple[CheckIn, ...] = ()
    """About this day, in order."""

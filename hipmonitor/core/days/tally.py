"""What is counted of any stretch of decided seconds: a minute, or a day."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.arrays import Bools, Ints
from hipmonitor.core.days.civil_seconds import CivilSeconds
from hipmonitor.core.exposure import NO_THIGH_DEG
from hipmonitor.core.settings import DeepFlexionLimit

ABOVE_DEG = (70.0, 80.0, 90.0, 100.0)
"""Of hips above and below knees, as reports of thigh-worn sensors and seating guides cut them."""
MAY_LIE = frozenset({ActivityKind.LIE, ActivityKind.SEDENTARY, ActivityKind.NOT_WORN, ActivityKind.UNKNOWN})
"""A thigh of somebody who may lie is level without any bend of the hip: no time above an angle is counted there."""
AWAY = frozenset({ActivityKind.NOT_WORN, ActivityKind.UNKNOWN})
NO_FLEXION = AWAY | {ActivityKind.LIE}
"""Of who lies on the side the angle in the bending plane is any angle."""
_MAY_LIE, _AWAY, _NO_FLEXION = (np.array(sorted(kinds), np.int8) for kinds in (MAY_LIE, AWAY, NO_FLEXION))
MDEG = 1000


@dataclass(slots=True, kw_only=False)
class Tally:
    """Whole seconds, and sums in thousandths: integers, so that the order of adding never shows."""

    unknown_s: int = 0
    not_worn_s: int = 0
    lie_s: int = 0
    sit_s: int = 0
    sedentary_s: int = 0
    """Sitting or lying, not told apart."""
    stand_s: int = 0
    walk_s: int = 0
    run_s: int = 0
    stairs_s: int = 0
    cycle_s: int = 0
    above_70_s: int = 0
    """Mean thigh flexion of the second at or above; only trusted ones of somebody who surely does not lie. So the next six."""
    above_80_s: int = 0
    above_90_s: int = 0
    above_100_s: int = 0
    above_limit_s: int = 0
    above_limit_at_least_s: int = 0
    """Above the limit even if the placement errs by its sd one way ..."""
    above_limit_at_most_s: int = 0
    """... and the other way."""
    deep_s: int = 0
    """Deep flexion by the rule of the alerts: sitting shown, with hysteresis."""
    deep_unsure_s: int = 0
    """Above the limit, and not counted by that rule, for the sitting is assumed."""
    untrusted_s: int = 0
    """The activity is known, the thigh's angle is not."""
    flexion_sum_mdeg: int = 0
    flexion_s: int = 0
    """Seconds in that sum: worn, with a trusted angle, and not lying."""

    def add(self, more: Tally) -> None:
        """Count these as well."""
        for name in NAMES:
            setattr(self, name, getattr(self, name) + getattr(more, name))

    def of_kind_s(self, kind: ActivityKind) -> int:
        """Seconds of one kind."""
        return int(getattr(self, f"{kind.word}_s"))

    @property
    def recorded_s(self) -> int:
        """Every decided second, also those of which nothing is known."""
        return sum(self.of_kind_s(kind) for kind in ActivityKind)

    @property
    def worn_s(self) -> int:
        """On the thigh and known what it did."""
        return self.recorded_s - self.not_worn_s - self.unknown_s

    @property
    def sedentary_time_s(self) -> int:
        """Sitting, lying and what is not told apart."""
        return self.sit_s + self.lie_s + self.sedentary_s

    @property
    def upright_s(self) -> int:
        """Standing and on the feet."""
        return self.stand_s + self.walk_s + self.run_s + self.stairs_s

    @property
    def mean_flexion_deg(self) -> float | None:
        """While worn, trusted and not lying; None without any."""
        return self.flexion_sum_mdeg / MDEG / self.flexion_s if self.flexion_s else None


NAMES = tuple(field.name for field in fields(Tally))


def surely_bent(seconds: CivilSeconds) -> Bools:
    """(n,) a trusted angle of somebody who surely does not lie."""
    return np.isfinite(seconds.flexion_deg) & ~np.isin(seconds.kind, _MAY_LIE) & (seconds.highest_deg < NO_THIGH_DEG)


def worn_angle(seconds: CivilSeconds) -> Bools:
    """(n,) a trusted angle of somebody who is not lying as far as can be told."""
    return np.isfinite(seconds.flexion_deg) & ~np.isin(seconds.kind, _NO_FLEXION)


def counted(seconds: CivilSeconds, limit: DeepFlexionLimit) -> Ints:
    """(n, columns of a Tally) what each second adds."""
    n, kind = len(seconds), seconds.kind
    angle = np.where(surely_bent(seconds), seconds.flexion_deg, -np.inf)
    worn, limit_deg, sd = worn_angle(seconds), limit.thigh_limit_deg, seconds.sd_deg
    columns = [
        *(kind == code for code in ActivityKind),
        *(angle >= degrees for degrees in ABOVE_DEG),
        angle >= limit_deg,
        angle >= limit_deg + sd,
        (angle > -np.inf) & (angle >= limit_deg - sd),
        seconds.deep,
        seconds.unsure,
        ~seconds.trusted & ~np.isin(kind, _AWAY),
        np.where(worn, np.rint(np.where(worn, seconds.flexion_deg, 0.0) * MDEG), 0.0),
        worn,
    ]
    return np.stack([np.asarray(column, np.int64) for column in columns], axis=1).reshape(n, len(NAMES))


def tallies(table: Ints, first: Ints) -> list[Tally]:
    """Of each run of rows, of which there is one at least; `first`: where they begin."""
    return [Tally(*row) for row in np.add.reduceat(table, first, axis=0).tolist()]

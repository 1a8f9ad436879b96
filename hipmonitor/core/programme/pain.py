"""Pain beside what is usual for the wearer: the trailing median of their own check-ins, and what rises above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from hipmonitor.core.programme.check_in import WarningSign
from hipmonitor.core.programme.day_load import DayLoad
from hipmonitor.core.programme.plan import Criteria

USUAL_DAYS: Final = (14, 28)
"""The lower of the medians of these last days: neither a flare-up nor the pain of weeks ago hides a rise. Custom."""
USUAL_VALUES: Final = 5
"""Fewer check-ins than this say nothing about what is usual. Custom."""
MEASURES: Final = {"pain_rest": "Pain at rest", "pain_worst": "Pain at its worst", "stiffness": "Morning stiffness"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pain:
    """What the wearer said of a day; the highest where there are several check-ins. None = not said."""

    pain_rest: int | None = None
    pain_worst: int | None = None
    stiffness: int | None = None
    comfort: tuple[int, int] | None = None
    """Before and after exercise, of the check-in in which it fell most."""
    set_comfort: int | None = None
    """Lowest after a set."""
    signs: tuple[WarningSign, ...] = ()

    @property
    def scored(self) -> bool:
        """Pain was said."""
        return self.pain_rest is not None or self.pain_worst is not None

    @property
    def whole(self) -> bool:
        """Both pains were said."""
        return self.pain_rest is not None and self.pain_worst is not None


def pain_of(day: DayLoad) -> Pain:
    """Of all check-ins and sets of a day."""
    pairs = [(each.comfort_before, each.comfort_after) for each in day.check_ins]
    fell = [(before, after) for before, after in pairs if before is not None and after is not None]
    return Pain(
        pain_rest=_highest(each.pain_rest for each in day.check_ins),
        pain_worst=_highest(each.pain_worst for each in day.check_ins),
        stiffness=_highest(each.stiffness for each in day.check_ins),
        comfort=max(fell, key=lambda pair: pair[0] - pair[1], default=None),
        set_comfort=min(day.set_comfort, default=None),
        signs=tuple(dict.fromkeys(sign for each in day.check_ins for sign in each.signs)),
    )


def rises(day: int, pains: Mapping[int, Pain], points: int, first: Criteria) -> tuple[str, ...]:
    """What lies `points` or more above the usual of the days before, each in one sentence; from days up to `day` only.

    Before anything is usual it is compared with what the phase of the plan goes on with.
    """
    pain = pains[day]
    found = []
    for name, words in MEASURES.items():
        value, usual = getattr(pain, name), usual_of(name, day, pains)
        if value is None:
            continue
        if usual is not None and value >= usual + points:
            found.append(f"{words} is {value}; your usual is {usual:g}.")
        most = {"pain_rest": first.most_pain_rest, "pain_worst": first.most_pain_worst}.get(name)
        if usual is None and most is not None and value >= most + points:
            found.append(f"{words} is {value}; this phase goes on up to {most}.")
    if pain.comfort is not None and pain.comfort[0] - pain.comfort[1] >= points:
        found.append(f"Comfort went from {pain.comfort[0]} before exercise to {pain.comfort[1]} after it.")
    usual = usual_of("set_comfort", day, pains)
    if pain.set_comfort is not None and usual is not None and pain.set_comfort <= usual - points:
        found.append(f"Comfort after a set was {pain.set_comfort}; your usual is {usual:g}.")
    return tuple(found)


def usual_of(name: str, day: int, pains: Mapping[int, Pain]) -> float | None:
    """Median of the days before `day`; of two spans the one that notices more. None of too few values."""
    spans = [_values(name, range(day - span, day), pains) for span in USUAL_DAYS]
    medians = [median(values) for values in spans if len(values) >= USUAL_VALUES]
    return (max if name == "set_comfort" else min)(medians, default=None)


def _values(name: str, days: range, pains: Mapping[int, Pain]) -> list[int]:
    found = (getattr(pains[day], name) for day in days if day in pains)
    return [value for value in found if value is not None]


def _highest(values: Iterable[int | None]) -> int | None:
    return max((value for value in values if value is not None), default=None)

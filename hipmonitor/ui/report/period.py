"""The days a report is about, and what is asked of them again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from hipmonitor.core.days import DayFigures, LimitsInForce
from hipmonitor.core.settings import Settings
from hipmonitor.io.history import DayRecord
from hipmonitor.runtime.care import CareKept
from hipmonitor.ui.view_model.plan.today_look import TitleOf, title_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Civil days of the wearer, one after the other."""

    records: tuple[DayRecord, ...]
    """One for every day, also for those without a recording; at least one."""
    before: tuple[DayFigures, ...]
    """As many days before it."""
    settings: Settings
    """Who wears it and where; the limits only where nothing was recorded."""
    today: int
    """The day of the report."""
    care: CareKept | None = None
    """What the wearer said and what the plan decided; None where nothing of it was asked for."""
    title_of: TitleOf = title_in_words
    """Of exercises."""

    @property
    def first(self) -> int:
        """Days since 1970-01-01."""
        return self.records[0].figures.day

    @property
    def last(self) -> int:
        """Days since 1970-01-01; included."""
        return self.records[-1].figures.day

    @property
    def figures(self) -> list[DayFigures]:
        """Of every day."""
        return [record.figures for record in self.records]

    @property
    def recorded(self) -> list[DayFigures]:
        """Days with a recording."""
        return [f for f in self.figures if f.tally.recorded_s]

    @property
    def worn(self) -> bool:
        """Whether there is anything to report."""
        return any(f.tally.worn_s for f in self.figures)

    @property
    def valid(self) -> list[DayFigures]:
        """Days that are in means."""
        return [f for f in self.figures if f.valid]

    @property
    def counted(self) -> list[DayFigures]:
        """Days that summaries go over: the valid ones, or all where none is valid."""
        return self.valid or self.recorded

    def limits(self) -> list[tuple[int, LimitsInForce]]:
        """Each set of limits, with the last day on which it held; those of the settings where nothing was recorded."""
        found: list[tuple[int, LimitsInForce]] = []
        for f in self.recorded:
            if f.limits is not None and found and found[-1][1] == f.limits:
                found[-1] = (f.day, f.limits)
            elif f.limits is not None:
                found.append((f.day, f.limits))
        return found or [(self.last, LimitsInForce.of(self.settings))]

    @property
    def limit_words(self) -> str:
        """90°, or "the limit" where there were several."""
        degrees = {limits.thigh_limit_deg for _, limits in self.limits()}
        return f"{degrees.pop():g}°" if len(degrees) == 1 else "the limit"

    @property
    def per_day(self) -> str:
        """What a summary's numbers are over."""
        if self.valid:
            return "per valid day"
        return "in all"


def mean_of(days: Sequence[DayFigures], value: Callable[[DayFigures], float]) -> float:
    """Over these days; there is at least one."""
    return fmean(map(value, days))


def summary_of(period: Period, value: Callable[[DayFigures], float]) -> float:
    """Mean over the valid days; the sum of all recorded days where none is valid."""
    if period.valid:
        return mean_of(period.valid, value)
    return float(sum(map(value, period.recorded)))

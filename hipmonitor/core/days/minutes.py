"""Minutes of the wearer's clock, compact enough to keep for years: what charts of a day are drawn from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Ints
from hipmonitor.core.civil import S_PER_MIN
from hipmonitor.core.days.civil_seconds import CivilSeconds
from hipmonitor.core.days.tally import MDEG, Tally, tallies, worn_angle
from hipmonitor.core.instants import NS_PER_S

NO_ANGLE = np.iinfo(np.int64).min


@dataclass(slots=True, kw_only=True)
class Minute:
    """One minute of the wall's clock, or the part of it that was recorded."""

    start_s: int
    """Unix second of its first second. When clocks go back there are two minutes of the same name, an hour apart."""
    day: int
    minute_of_day: int
    utc_offset_s: int
    tally: Tally = field(default_factory=Tally)
    highest_mdeg: int | None = None
    """Highest thigh flexion while worn and trusted."""
    steps_milli: int = 0
    """Thousandths of a step, of both legs."""

    @property
    def name(self) -> tuple[int, int, int]:
        """What the clock on the wall shows."""
        return self.day, self.minute_of_day, self.utc_offset_s


@dataclass(slots=True, kw_only=True)
class Minutes:
    """The last minutes, still open: steps of a second become known some seconds after what was done in it."""

    open: list[Minute] = field(default_factory=list)

    def take(self, seconds: CivilSeconds, table: Ints) -> None:
        """Count seconds, of which there is one at least, each with its row of what it adds."""
        minute = seconds.second_of_day // S_PER_MIN
        first = seconds.runs(minute, seconds.day, seconds.utc_offset_s)
        degrees = np.where(worn_angle(seconds), np.rint(seconds.highest_deg * MDEG), NO_ANGLE).astype(np.int64)
        highest = np.maximum.reduceat(degrees, first).tolist()
        for row, tally, most in zip(first.tolist(), tallies(table, first), highest, strict=True):
            minute_of_run = self._at(
                Minute(
                    start_s=int(seconds.start_ns[row]) // NS_PER_S,
                    day=int(seconds.day[row]),
                    minute_of_day=int(minute[row]),
                    utc_offset_s=int(seconds.utc_offset_s[row]),
                )
            )
            minute_of_run.tally.add(tally)
            if most != NO_ANGLE:
                before = minute_of_run.highest_mdeg
                minute_of_run.highest_mdeg = most if before is None else max(most, before)

    def _at(self, begun: Minute) -> Minute:
        """The open minute of that name if it goes on, else the new one."""
        if not self.open or self.open[-1].name != begun.name or begun.start_s >= self.open[-1].start_s + S_PER_MIN:
            self.open.append(begun)
        return self.open[-1]

    def step(self, second: int, steps_milli: int) -> None:
        """Steps of a Unix second that was counted before."""
        minute = next((minute for minute in reversed(self.open) if minute.start_s <= second), None)
        if minute is not None:
            minute.steps_milli += steps_milli

    def closed(self, before_s: int | None) -> Iterator[Minute]:
        """Hand out those that end before this Unix second; None: all."""
        while self.open and (before_s is None or self.open[0].start_s + S_PER_MIN <= before_s):
            yield self.open.pop(0)

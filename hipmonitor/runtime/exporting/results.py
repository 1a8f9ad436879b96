"""What an export is made of: an analysis, the samples it rests on, and what is known of the file they came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np

from hipmonitor.core.arrays import Ints, Singles
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.settings import Side
from hipmonitor.io.files import FileClock
from hipmonitor.runtime.analysis import Analysis
from hipmonitor.runtime.row_table import Column, RowTable

READINGS = {
    "settled": "settled: the whole recording was known when each instant was judged",
    "as_lived": "as lived: each instant was judged by what came before it, as the wearer saw it",
}
BLANKS: dict[str, Column] = {
    "acc_mps2": np.full((1, 3), np.nan, np.float32),
    "gyr_radps": np.full((1, 3), np.nan, np.float32),
}


class MeasuredRows:
    """A sink that keeps what was measured, in the rows of the analysis."""

    def __init__(self, rows: int | None = None) -> None:
        """`rows`: how many came in; None = the measured samples of a recording, as many as there will be."""
        self._table = RowTable(rows, BLANKS)
        self._numbered = rows is not None
        self._seen = 0
        self.has_gyroscope = False

    def accept(self, update: HipUpdate) -> None:
        """Keep one update's samples; bridged ones are no measurement."""
        for piece in update.pieces:
            imu = piece.imu
            measured = imu.index >= 0
            place: Ints = imu.index[measured]
            if not self._numbered:
                place = np.arange(self._seen, self._seen + len(place))
                self._seen += len(place)
            self._table.put(place, acc_mps2=imu.acc_mps2[measured])
            if imu.gyr_radps is not None:
                self.has_gyroscope = True
                self._table.put(place, gyr_radps=imu.gyr_radps[measured])

    @property
    def acc_mps2(self) -> Singles:
        """(n, 3) in the sensor's axes."""
        return self._table["acc_mps2"]

    @property
    def gyr_radps(self) -> Singles:
        """(n, 3); NaN where there is no gyroscope, 0 where it is not believed."""
        return self._table["gyr_radps"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Results:
    """All of one recording."""

    analysis: Analysis
    measured: MeasuredRows
    file: Path
    clock: FileClock
    missing: str
    """What of the file could not be used, as a sentence."""
    side: Side
    rate_hz: float
    """Of the rows, by their median step."""
    utc_offset_s: int
    """Of the wearer's local time: as recorded, as given, or this computer's."""
    note: str
    """What every page says of what this is not."""

    @property
    def start_ns(self) -> int:
        """Of the first row."""
        return self.analysis.summary.start_ns

    def seconds_in(self, at_ns: int) -> float:
        """Since the first row."""
        return (at_ns - self.start_ns) / NS_PER_S

    def civil(self, at_ns: int) -> datetime:
        """The wearer's local time, with its zone; of times that count from their own start that time since 1970, as UTC."""
        zone = timezone(timedelta(seconds=self.utc_offset_s))
        moment = datetime.fromtimestamp(at_ns // NS_PER_S, UTC).replace(microsecond=at_ns % NS_PER_S // 1000)
        return moment.astimezone(zone) if self.clock is FileClock.UTC else moment.replace(tzinfo=zone)

    def text(self, at_ns: int) -> str:
        """The wearer's local time for people, to the millisecond; empty where the times count from their own start."""
        return "" if self.clock is FileClock.OWN else self.civil(at_ns).isoformat(timespec="milliseconds")[:23]


def median_rate_hz(t_ns: Ints) -> float:
    """Samples a second; 0 without two rows."""
    steps = np.diff(t_ns[:100_000])
    steps = steps[steps > 0]
    return NS_PER_S / float(np.median(steps)) if len(steps) else 0.0

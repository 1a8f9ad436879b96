"""The result of an analysis, as a researcher holds it: one row an input sample, spans, events and a summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from hipmonitor.core.activity import ActivityKind, ActivitySpan
from hipmonitor.core.alerts import Alert
from hipmonitor.core.arrays import Bools, Codes, Floats, Nanoseconds, Singles
from hipmonitor.core.exercise import HipInSet, SetResult
from hipmonitor.core.exposure import DeepCycle, FlexionCycle, RhythmSecond, SittingBout, Transition
from hipmonitor.core.hip import HipMethod, PelvisPlacement
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.samples import Gap
from hipmonitor.core.thigh import Placement
from hipmonitor.core.wire import FaultKind

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from hipmonitor.runtime.notebook.pandas_tables import TableName

Reading = Literal["settled", "as_lived"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at an instant: a transition, an alert, a pose, a mark."""

    at: HostNs
    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of a recording. Every one is of the reading named; times in seconds, angles in degrees."""

    reading: Reading
    samples: int
    start_ns: int
    duration_s: float
    activity_s: dict[str, float]
    """Seconds of every kind, by its word."""
    sedentary_time_s: float
    """Sit, lie and not told apart together."""
    upright_time_s: float
    sitting_bouts: int
    """Bouts that ended: with a break, or, uncounted as one, with a long time not worn or not seen."""
    breaks: int
    sit_to_stand: int
    """Both sides at least `minimum_bout_s`."""
    minimum_bout_s: int
    """Least time on both sides of a counted transition."""
    steps: float
    """Of both legs, while walking, running or on stairs."""
    cadence_spm: float
    """Median over those seconds whose rhythm is known, steps of both legs a minute; NaN without any."""
    crank_turns: float
    crank_rpm: float
    """Median on a bicycle; NaN without any."""
    flexion_cycles: dict[str, int]
    """The thigh up and down by at least 20 deg, by activity; only where its angle is trusted."""
    deep_cycles: dict[str, int]
    """Beyond the limit and back by the release, by activity."""
    deep_flexion_s: float
    """Thigh at or above the limit, by its rule."""
    longest_deep_s: float
    thigh_flexion_p95_deg: float
    """Of means over a second, while trusted and neither lying nor not worn; NaN without any."""
    trusted_share: float
    """Share of the rows whose angle is trusted."""
    gap_s: float
    faults: dict[str, int]
    alerts: int
    placement_method: str
    placement_sd_deg: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OtherThigh:
    """Angles of the other thigh, one row a sample of its own sensor; read-only."""

    t_ns: Nanoseconds
    thigh_flexion_deg: Floats
    thigh_inclination_deg: Floats
    thigh_roll_deg: Floats
    trusted: Bools
    calibration: Placement


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Analysis:
    """All arrays have one row per input sample, in input order, and are read-only; none with `per_sample=False`.

    NaN stands only where `trusted` is False or where the quantity has no value (roll near vertical; with one sensor, hip
    adduction and rotation, and hip flexion while lying, in squats, stairs, running and cycling; with a pelvis sensor adduction
    and rotation where the side or the heading between the sensors is not known).
    """

    reading: Reading
    t_ns: Nanoseconds
    world_from_sensor: Singles
    """(n, 4) wxyz; world z up, heading arbitrary."""
    thigh_flexion_deg: Singles
    thigh_inclination_deg: Singles
    thigh_roll_deg: Singles
    hip_flexion_deg: Singles
    hip_flexion_sd_deg: Singles
    hip_adduction_deg: Singles
    hip_adduction_sd_deg: Singles
    hip_rotation_deg: Singles
    """From the wearer's own average over standing and walking: without magnetometers no more can be known."""
    hip_rotation_sd_deg: Singles
    pelvis_tilt_deg: Singles
    """+ tipped forward, 0 in own quiet standing; NaN without a pelvis sensor."""
    hip_method_code: Codes
    """(n,) HipMethod as numbers; `hip_method` has the words."""
    trusted: Bools
    activity: tuple[ActivitySpan, ...]
    events: tuple[Event, ...]
    bouts: tuple[SittingBout, ...]
    transitions: tuple[Transition, ...]
    """Between a seat or bed and the feet, to the instant where the thigh shows it."""
    rhythm: Sequence[RhythmSecond]
    """Steps and cadence, or crank rate, of every second that has them. Like the cycles kept as columns, and made on asking."""
    flexion_cycles: Sequence[FlexionCycle]
    deep_cycles: tuple[DeepCycle, ...]
    sets: tuple[SetResult, ...]
    """Guided sets, in the order in which they were begun."""
    hips_in_sets: tuple[HipInSet, ...]
    """How far the hip itself went in them; only with a pelvis sensor."""
    alerts: tuple[Alert, ...]
    """As lived, in either reading: what the wearer was, or would have been, told."""
    gaps: tuple[Gap, ...]
    """Of all sensors, each with its sensor; figures and timers go by those of the thigh's alone."""
    faults: dict[FaultKind, int]
    calibration: Placement
    """sensor to thigh, with method and sd in degrees."""
    pelvis_calibration: PelvisPlacement | None
    """sensor to pelvis, likewise; None without a pelvis sensor, or where it was not found."""
    other_thigh: OtherThigh | None
    """None without a sensor there."""
    summary: Summary

    @property
    def hip_method(self) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
        """(n,) the word for how each hip angle came about."""
        words = np.array([method.word for method in HipMethod])[self.hip_method_code]
        words.flags.writeable = False
        return words

    def activity_per_second(self) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
        """Entry k covers [t0 + k s, t0 + (k + 1) s), t0 the first row's time; words as in `activity`."""
        if not self.activity and not len(self.t_ns):
            return np.array([], dtype="<U9")
        first = self.summary.start_ns
        count = round(self.summary.duration_s * NS_PER_S) // NS_PER_S + 1
        middle = first + np.arange(count) * NS_PER_S + NS_PER_S // 2
        if not self.activity:
            return np.full(count, ActivityKind.UNKNOWN.word, dtype="<U9")
        starts, ends = (np.array([getattr(span, edge) for span in self.activity]) for edge in ("start", "end"))
        words = np.array([span.kind.word for span in self.activity])
        which = np.searchsorted(starts, middle, side="right") - 1
        inside = (which >= 0) & (middle < ends[which])
        return np.where(inside, words[which], ActivityKind.UNKNOWN.word).astype("<U9")

    def __repr__(self) -> str:
        s = self.summary
        return (
            f"<Analysis, {self.reading.replace('_', ' ')}: {s.samples} samples, {s.duration_s:.0f} s, "
            f"sedentary {s.sedentary_time_s:.0f} s, placement {s.placement_method} ± {s.placement_sd_deg:.1f}°, "
            f"{len(self.alerts)} alerts>"
        )

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from hipmonitor.runtime.notebook.summary_html import summary_html  # noqa: PLC0415 - for notebooks only

        return summary_html(self)

    def to_pandas(self, table: TableName = "samples") -> pd.DataFrame:
        """One table, indexed by time in UTC; units in its columns' names, `attrs["reading"]` says which reading it is.

        Args:
            table: "samples" (a row an input sample), "seconds" (means of trusted samples), "activity" (spans), "bouts" (of
                sitting), "alerts" (as lived in either reading), or "events".

        Raises:
            UsageError: pandas is not installed (`pip install 'hipmonitor[notebook]'`), or there is no such table.
        """
        from hipmonitor.runtime.notebook.pandas_tables import table_of  # noqa: PLC0415 - pandas is optional

        return table_of(self, table)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Thigh flexion (trusted samples) with activities and alerts, into `ax` or a new figure of matplotlib.

        Raises:
            UsageError: matplotlib is not installed (`pip install 'hipmonitor[notebook]'`).
        """
        from hipmonitor.runtime.notebook.picture import plot  # noqa: PLC0415 - matplotlib is optional

        return plot(self, ax)

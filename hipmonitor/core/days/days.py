"""The stage: decided seconds of a recording, to minutes, bouts and parts of the wearer's civil days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.arrays import Ints
from hipmonitor.core.civil import CivilTime
from hipmonitor.core.days.bouts import DayBout, OpenBouts
from hipmonitor.core.days.civil_seconds import CivilSeconds, civil_seconds
from hipmonitor.core.days.day_part import BINS_PER_DEG, DayPart, LimitsInForce, count_in_hour
from hipmonitor.core.days.deep_pieces import DeepPiece
from hipmonitor.core.days.minutes import Minute, Minutes
from hipmonitor.core.days.other_side import OtherSide
from hipmonitor.core.days.stepping import BANDS, BOUT_BINS, LATE_S, MILLI, PeakSteps, Walk, Walks, bin_of
from hipmonitor.core.days.tally import MDEG, counted, surely_bent, tallies
from hipmonitor.core.exposure import (
    BoutEnd,
    CycleParams,
    DeepCycle,
    ExposureBlock,
    FlexionCycle,
    RhythmSecond,
    TimedSecond,
)
from hipmonitor.core.inbound import ChangeSettings, Inbound, Tick, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.samples import Gap
from hipmonitor.core.settings import Settings
from hipmonitor.core.settings_in_force import FROM_THE_BEGINNING, SettingsInForce
from hipmonitor.core.thigh import ThighBlock

MIN_PER_HOUR = 60
MOST_ROWS_S = 86_400
"""A loss of many days is counted a day at a time."""
NS_PER_MS = 1_000_000
CYCLES = CycleParams()
"""As of the worn thigh."""


@dataclass(slots=True, kw_only=True)
class DaysState:
    """What is carried from step to step."""

    civil: CivilTime = field(default_factory=CivilTime)
    settings: SettingsInForce = field(default_factory=SettingsInForce)
    parts: dict[int, DayPart] = field(default_factory=dict)
    """By day, in the order in which they were first seen."""
    minutes: Minutes = field(default_factory=Minutes)
    bouts: OpenBouts = field(default_factory=OpenBouts)
    walks: Walks = field(default_factory=Walks)
    peaks: PeakSteps = field(default_factory=PeakSteps)
    deep: DeepPiece = field(default_factory=DeepPiece)
    other: OtherSide = field(default_factory=OtherSide)
    gaps: list[Gap] = field(default_factory=list)
    """Named, and the seconds after them not decided yet."""
    until_ns: int = 0
    """End of the last decided second, whoever owns it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysBlock:
    """What has just become complete."""

    minutes: tuple[Minute, ...]
    bouts: tuple[DayBout, ...]


class Days:
    """Counts what exposure decided, by the wearer's days."""

    def __init__(self, state: DaysState | None = None, *, owned_from: HostNs = FROM_THE_BEGINNING) -> None:
        """Time before `owned_from` belongs to another recording: nothing of it is counted."""
        self.state = state or DaysState()
        self._owned_from = owned_from

    def hear(self, events: Iterable[Inbound]) -> None:
        """What came through the front door, before what was decided of it: civil time, and limits."""
        for event in events:
            if isinstance(event, Tick):
                self.state.civil.hear(event)
            elif isinstance(event, UserAction) and isinstance(event.action, ChangeSettings):
                first = self.state.settings.now is None and not self.state.settings.said
                since = FROM_THE_BEGINNING if first else event.at
                self.state.settings.said.append((since, event.action.settings))

    def step(
        self, exposure: ExposureBlock, gaps: Sequence[Gap] = (), other_thigh: Sequence[ThighBlock] = ()
    ) -> DaysBlock:
        """Count one block, the gaps that the samples room named, and what the other thigh did."""
        s, seconds = self.state, list(chain.from_iterable(map(_within_days, exposure.seconds)))
        for rows, settings in s.settings.parts([second.start for second in seconds]):
            self._seconds(civil_seconds(seconds[rows], s.civil), settings)
            s.other.hear_done(seconds[rows], settings.deep_flexion)
        self._other_side(other_thigh)
        self._rhythm(exposure.rhythm)
        self._movements(exposure)
        s.gaps += gaps
        while s.gaps and s.gaps[0].end <= s.until_ns:
            self._gap(s.gaps.pop(0))
        bouts = self._bouts(s.bouts.ended(exposure.bouts))
        decided_s = s.until_ns // NS_PER_S - LATE_S
        self._walks(s.walks.closed(decided_s))
        return DaysBlock(minutes=tuple(s.minutes.closed(decided_s)), bouts=bouts)

    def flush(self) -> DaysBlock:
        """The recording ends: everything closes with what it has."""
        s = self.state
        for gap in s.gaps:
            self._gap(gap)
        s.gaps = []
        self._walks(s.walks.closed())
        return DaysBlock(minutes=tuple(s.minutes.closed(None)), bouts=self._bouts(s.bouts.flush()))

    def _seconds(self, rows: CivilSeconds, settings: Settings) -> None:
        """Seconds under the same settings."""
        s, seconds = self.state, rows.rows(rows.start_ns >= self._owned_from)
        s.until_ns = int(rows.start_ns[-1]) + NS_PER_S if len(rows) else s.until_ns
        if not len(seconds):
            return
        table = counted(seconds, settings.deep_flexion)
        self._days(seconds, table, settings)
        s.minutes.take(seconds, table)
        s.bouts.take(seconds)
        s.walks.take(seconds)
        for day, lasting_s in s.deep.take(seconds):
            part = s.parts[day]
            part.longest_deep_s = max(part.longest_deep_s, lasting_s)

    def _days(self, seconds: CivilSeconds, table: Ints, settings: Settings) -> None:
        first = seconds.runs(seconds.day)
        last = np.append(first[1:], len(seconds))
        for a, b, tally in zip(first.tolist(), last.tolist(), tallies(table, first), strict=True):
            run = seconds.rows(slice(a, b))
            part = self._part(run, settings)
            part.tally.add(tally)
            bent = run.rows(surely_bent(run))
            if not len(bent):
                continue
            peak = round(float(bent.highest_deg.max()) * MDEG)
            part.peak_mdeg = peak if part.peak_mdeg is None else max(peak, part.peak_mdeg)
            bins, counts = np.unique(np.floor(bent.flexion_deg * BINS_PER_DEG).astype(np.int64), return_counts=True)
            for number, count in zip(bins.tolist(), counts.tolist(), strict=True):
                part.flexion_bins[number] = part.flexion_bins.get(number, 0) + count

    def _part(self, run: CivilSeconds, settings: Settings) -> DayPart:
        """The part of the day of these seconds; it now reaches to their end."""
        day, last_s, zone_s = int(run.day[0]), int(run.start_ns[-1]) // NS_PER_S, int(run.utc_offset_s[-1])
        part = self.state.parts.get(day)
        if part is None:
            part = self.state.parts[day] = DayPart(
                day=day,
                first_s=int(run.start_ns[0]) // NS_PER_S,
                last_s=last_s,
                first_utc_offset_s=int(run.utc_offset_s[0]),
                last_utc_offset_s=zone_s,
                limits=LimitsInForce.of(settings),
            )
        part.last_s, part.last_utc_offset_s, part.limits = last_s, zone_s, LimitsInForce.of(settings)
        return part

    def _of(self, at: HostNs) -> DayPart | None:
        """The part that an instant belongs to; None where its time is not counted here."""
        return self.state.parts.get(self.state.civil.at(at).day) if at >= self._owned_from else None

    def _rhythm(self, rhythm: Sequence[RhythmSecond]) -> None:
        s = self.state
        for second in rhythm:
            part = self._of(second.start)
            if part is None:
                continue
            steps_milli, at_s = round(second.steps * MILLI), second.start // NS_PER_S
            part.crank_turns_milli += round(second.crank_turns * MILLI)
            if not steps_milli:
                continue
            part.steps_milli += steps_milli
            band = bin_of(second.cadence_spm, BANDS)
            part.cadence_s[band] += 1
            part.cadence_steps_milli[band] += steps_milli
            peaks = s.peaks.step(at_s, steps_milli)
            part.peak_steps_milli = [max(pair) for pair in zip(part.peak_steps_milli, peaks, strict=True)]
            s.minutes.step(at_s, steps_milli)
            s.walks.step(at_s, steps_milli)

    def _movements(self, exposure: ExposureBlock) -> None:
        for transition in exposure.transitions:
            if (part := self._of(transition.at)) is not None:
                part.transitions[transition.kind] = part.transitions.get(transition.kind, 0) + 1
        for cycle in exposure.cycles:
            if (part := self._of(cycle.at)) is not None:
                part.flexion_cycles[cycle.kind] = part.flexion_cycles.get(cycle.kind, 0) + 1
                count_in_hour(part.flexion_cycles_by_hour, self._hour(cycle.at), cycle.kind)
        for deep in exposure.deep_cycles:
            if (part := self._of(deep.start)) is not None:
                part.deep_cycles[deep.kind] = part.deep_cycles.get(deep.kind, 0) + 1
                count_in_hour(part.deep_cycles_by_hour, self._hour(deep.start), deep.kind)

    def _hour(self, at: HostNs) -> int:
        """Of the wearer's day."""
        return self.state.civil.at(at).minute_of_day // MIN_PER_HOUR

    def _other_side(self, blocks: Sequence[ThighBlock]) -> None:
        for one in self.state.other.step(blocks, CYCLES):
            if isinstance(one, FlexionCycle):
                _count_in(self._of(one.at), "other_flexion_cycles", one.kind)
            elif isinstance(one, DeepCycle):
                _count_in(self._of(one.start), "other_deep_cycles", one.kind)
            elif (part := self._of(one)) is not None:
                part.other_seen_s += 1

    def _gap(self, gap: Gap) -> None:
        """Its time, by the days it fell on."""
        begun = True
        for start, end in self._by_day(HostNs(max(gap.start, self._owned_from)), gap.end):
            if (part := self._of(start)) is not None:
                part.gaps += begun
                part.gap_ms += (end - start) // NS_PER_MS
            begun = False

    def _by_day(self, start: HostNs, end: HostNs) -> Iterator[tuple[HostNs, HostNs]]:
        while start < end:
            day = self.state.civil.at(start).day
            until = end
            if self.state.civil.at(HostNs(end - 1)).day != day:
                until = self._midnight(start, end)
            yield start, until
            start = until

    def _midnight(self, start: HostNs, end: HostNs) -> HostNs:
        """The first whole second after `start` that is on another day: halving finds it, whatever clocks did."""
        day, low, high = self.state.civil.at(start).day, start // NS_PER_S, end // NS_PER_S
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.state.civil.at(HostNs(middle * NS_PER_S)).day == day else (low, middle)
        return HostNs(min(high * NS_PER_S, end))

    def _bouts(self, ended: Iterator[DayBout]) -> tuple[DayBout, ...]:
        bouts = tuple(ended)
        for bout in bouts:
            if bout.ended_by is BoutEnd.BREAK:
                self.state.parts[bout.shares[-1][0]].breaks += 1
        return bouts

    def _walks(self, walks: Iterator[Walk]) -> None:
        for walk in walks:
            part, k = self.state.parts[walk.day], bin_of(walk.end_s - walk.start_s, BOUT_BINS)
            part.walks[k] += 1
            part.walks_s[k] += walk.end_s - walk.start_s
            part.walks_steps_milli[k] += walk.steps_milli


def _count_in(part: DayPart | None, name: str, kind: ActivityKind) -> None:
    if part is not None:
        counts: dict[ActivityKind, int] = getattr(part, name)
        counts[kind] = counts.get(kind, 0) + 1


def _within_days(second: TimedSecond) -> Iterator[TimedSecond]:
    """The second; of a long loss pieces of a day."""
    start, left_s = second.start, second.lasting_s
    while left_s > MOST_ROWS_S:
        yield second._replace(start=start, lasting_s=MOST_ROWS_S)
        start, left_s = HostNs(start + MOST_ROWS_S * NS_PER_S), left_s - MOST_ROWS_S
    yield second if start == second.start else second._replace(start=start, lasting_s=left_s)

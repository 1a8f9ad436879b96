"""Room 7's stage: decided seconds and the thigh's angle to timers, bouts and totals."""

from __future__ import annotations

from dataclasses import dataclass, field

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from hipmonitor.core.exposure.blocks import Exposure, SittingBout, TimedSecond
from hipmonitor.core.exposure.second_angles import NOTHING, SecondAnglesState, collect
from hipmonitor.core.exposure.timers import Timers
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.core.thigh import ThighBlock


@dataclass(slots=True, kw_only=True)
class ExposureState:
    """What is carried from step to step."""

    angles: SecondAnglesState = field(default_factory=SecondAnglesState)
    timers: Timers = field(default_factory=Timers)
    seconds: dict[ActivityKind, float] = field(default_factory=dict)
    bouts: int = 0
    first_ns: int | None = None
    latest: TimedSecond | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureBlock:
    """The decided seconds of a step with their timers, and the bouts that closed in it."""

    seconds: tuple[TimedSecond, ...]
    bouts: tuple[SittingBout, ...]


class ExposureCounter:
    """Room 7. The limits come from the settings in force."""

    def __init__(self, settings: Settings, state: ExposureState | None = None) -> None:
        self.settings = settings
        self.state = state or ExposureState()

    def step(self, thigh: ThighBlock, activity: ActivityBlock, *, flush: bool = False) -> ExposureBlock:
        """Count the decided seconds. `flush`: nothing more will come, the open second counts as it is."""
        collect(self.state.angles, thigh, flush=flush)
        bouts: list[SittingBout] = []
        seconds = tuple(
            self._second(HostNs(start), ActivityKind(kind), bouts)
            for start, kind in zip(activity.start_ns.tolist(), activity.kind.tolist(), strict=True)
        )
        self.state.bouts += len(bouts)
        return ExposureBlock(seconds=seconds, bouts=tuple(bouts))

    def _second(self, start: HostNs, kind: ActivityKind, bouts: list[SittingBout]) -> TimedSecond:
        s, t = self.state, self.state.timers
        angle = s.angles.waiting.pop(start, NOTHING)
        mean, highest = (angle.mean_deg, angle.highest_deg) if angle.trusted else (NOTHING.mean_deg, NOTHING.mean_deg)
        t.deep.second(start, kind, (mean, highest), angle.sd_deg, self.settings.deep_flexion)
        bout = t.sitting.second(start, kind, self.settings.sitting, deep=t.deep.deep)
        t.transitions.second(kind)
        s.seconds[kind] = s.seconds.get(kind, 0.0) + 1
        s.first_ns = start if s.first_ns is None else s.first_ns
        s.latest = t.row(start, kind, (mean, highest), trusted=angle.trusted, sd_deg=angle.sd_deg)
        if bout:
            bouts.append(bout)
        return s.latest

    def decided_until(self) -> HostNs:
        """End of the last decided second; 0 before the first."""
        return HostNs(0 if self.state.latest is None else self.state.latest.start + NS_PER_S)

    def snapshot(self, as_of: HostNs) -> Exposure:
        """The totals at a Tick."""
        s, t = self.state, self.state.timers
        return Exposure(
            as_of=as_of,
            seconds=dict(s.seconds),
            undecided_s=0.0 if s.latest is None else max(0, as_of - self.decided_until()) / NS_PER_S,
            sitting_s=t.sitting.sitting_s,
            sitting_since=None if t.sitting.since is None else HostNs(t.sitting.since),
            upright_s=t.sitting.upright_s,
            deep_s=t.deep.deep_s,
            deep_total_s=t.deep.total_s,
            longest_deep_s=t.deep.longest_s,
            bouts=s.bouts,
            breaks=t.sitting.breaks,
            sit_to_stand=t.transitions.count,
            latest=s.latest,
        )

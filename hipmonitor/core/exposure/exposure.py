"""Room 7's stage: decided seconds and what the thigh did in them, to timers, bouts, events and totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from hipmonitor.core.exposure.blocks import (
    DeepCycle,
    Exposure,
    FlexionCycle,
    RhythmSecond,
    SittingBout,
    TimedSecond,
    Transition,
)
from hipmonitor.core.exposure.decided_row import KINDS, decided_rows
from hipmonitor.core.exposure.movements import Movements, MovementsState
from hipmonitor.core.exposure.second_angles import SD, SecondAnglesState, collect, one_by_one
from hipmonitor.core.exposure.timers import ExposureParams, Timers
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.settings import Settings
from hipmonitor.core.settings_in_force import SettingsInForce
from hipmonitor.core.thigh import ThighBlock


@dataclass(slots=True, kw_only=True)
class ExposureState:
    """What is carried from step to step."""

    settings: SettingsInForce = field(default_factory=SettingsInForce)
    angles: SecondAnglesState = field(default_factory=SecondAnglesState)
    timers: Timers = field(default_factory=Timers)
    movements: MovementsState = field(default_factory=MovementsState)
    seconds: dict[ActivityKind, float] = field(default_factory=dict)
    bouts: int = 0
    latest: TimedSecond | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureBlock:
    """The decided seconds of a step with their timers, the bouts that closed in it, and what happened."""

    seconds: tuple[TimedSecond, ...]
    bouts: tuple[SittingBout, ...]
    transitions: tuple[Transition, ...]
    """Each as soon as both sides lasted long enough."""
    rhythm: tuple[RhythmSecond, ...] = ()
    cycles: tuple[FlexionCycle, ...] = ()
    deep_cycles: tuple[DeepCycle, ...] = ()


NOTHING_COUNTED = ExposureBlock(seconds=(), bouts=(), transitions=())


class ExposureCounter:
    """Room 7. The limits of a second come from the settings in force when it began."""

    def __init__(
        self, settings: Settings, state: ExposureState | None = None, params: ExposureParams | None = None
    ) -> None:
        """`settings` are in force until others were said."""
        self.state = state or ExposureState()
        self.state.settings.now = self.state.settings.now or settings
        self.params = params or ExposureParams()

    def change(self, at: HostNs, settings: Settings) -> None:
        """These hold for the seconds that begin at this instant or later."""
        self.state.settings.said.append((at, settings))

    @property
    def began(self) -> bool:
        """Whether there was a sample."""
        return self.state.angles.grid.anchor_ns is not None

    def step(self, imu: ImuBlock, thigh: ThighBlock, activity: ActivityBlock, *, flush: bool = False) -> ExposureBlock:
        """Count the decided seconds. `flush`: nothing more will come, the open second counts as it is."""
        if not collect(self.state.angles, imu, thigh, flush=flush) and not len(activity):
            return NOTHING_COUNTED  # as after most packets
        parts = [
            self._part(activity.rows(rows), settings, flush=flush and rows.stop == len(activity))
            for rows, settings in self.state.settings.parts(activity.start_ns.tolist())
        ]
        return parts[0] if len(parts) == 1 else _as_one(parts)

    def _part(self, activity: ActivityBlock, settings: Settings, *, flush: bool) -> ExposureBlock:
        """Seconds of the same settings."""
        bouts: list[SittingBout] = []
        seconds: list[TimedSecond] = []
        movements = Movements(self.state.movements, self.state.angles, self.params, settings.deep_flexion)
        timers, limit_s = self.state.timers, self.params.transition_s
        angles = self.state.angles.waiting.take(activity.start_ns)
        for row, angle in zip(decided_rows(activity), one_by_one(angles), strict=True):
            bout = timers.row(row, angle, settings, self.params)
            if bout is not None:
                bouts.append(bout)
            change = timers.transitions.row(row, limit_s)
            if change is not None:
                movements.changed(change)
            seconds.append(timers.now(row, angle))
        self._add_up(activity, seconds)
        movements.decided(activity, angles[:, SD], flush=flush)
        self.state.bouts += len(bouts)
        return ExposureBlock(
            seconds=tuple(seconds),
            bouts=tuple(bouts),
            transitions=tuple(movements.transitions),
            rhythm=tuple(movements.rhythm),
            cycles=tuple(movements.cycles),
            deep_cycles=tuple(movements.deep_cycles),
        )

    def _add_up(self, activity: ActivityBlock, seconds: list[TimedSecond]) -> None:
        s = self.state
        s.latest = seconds[-1] if seconds else s.latest
        total = np.bincount(activity.kind, activity.lasting_s, len(KINDS))
        for kind in np.flatnonzero(total).tolist():
            s.seconds[KINDS[kind]] = s.seconds.get(KINDS[kind], 0.0) + float(total[kind])
        s.seconds = dict(sorted(s.seconds.items()))  # the order must not tell how the stream was cut

    def decided_until(self) -> HostNs:
        """End of the last decided second; 0 before the first."""
        return HostNs(0) if self.state.latest is None else self.state.latest.end

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
            steps=s.movements.steps,
            crank_turns=s.movements.crank_turns,
            flexion_cycles=dict(s.movements.flexion_cycles),
            deep_cycles=dict(s.movements.deep_cycles),
            minimum_bout_s=self.params.transition_s,
        )


def _as_one(parts: Sequence[ExposureBlock]) -> ExposureBlock:
    def all_of(name: str) -> tuple[Any, ...]:
        return tuple(item for part in parts for item in getattr(part, name))

    return ExposureBlock(**{field.name: all_of(field.name) for field in fields(ExposureBlock)})

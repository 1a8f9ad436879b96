"""Which placement is in force when: what the caller gave, else what poses gave, else what ordinary movement taught."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hipmonitor.core.inbound import ForgetPlacement, HoldPose, TookOff, UserAction
from hipmonitor.core.instants import HostNs
from hipmonitor.core.orientation import OrientationBlock
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.seconds import ClosedSeconds, SecondsState
from hipmonitor.core.thigh.automatic import AutomaticParams, AutomaticPlacement, AutomaticState
from hipmonitor.core.thigh.blocks import ALWAYS, Placement, PlacementMethod, PoseResult
from hipmonitor.core.thigh.guided import GuidedParams, GuidedState, ask, watch


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlacingParams:
    """What may be tuned, and what was given."""

    given: tuple[Placement, ...] = ()
    """Placements in force from their `since` on, in order. With any, nothing is learned: the settled reading, or a caller
    who knows."""
    guided: GuidedParams = field(default_factory=GuidedParams)
    automatic: AutomaticParams = field(default_factory=AutomaticParams)


@dataclass(slots=True, kw_only=True)
class PlacingState:
    """What is carried from step to step."""

    current: Placement | None = None
    given_used: int = 0
    strap_on: int = 0
    """How often the sensor was put on, or found to sit, anew."""
    moves_seen: int = 0
    """Of those, how many the automatic placement found."""
    holds_from: HostNs = ALWAYS
    """Since when the sensor sits as it does now."""
    grid: SecondsState = field(default_factory=SecondsState)
    guided: GuidedState = field(default_factory=GuidedState)
    automatic: AutomaticState = field(default_factory=AutomaticState)


class Placing:
    """Decides the placement; angles are computed elsewhere."""

    def __init__(self, params: PlacingParams, state: PlacingState) -> None:
        self.params = params
        self.state = state

    def act(self, actions: Sequence[UserAction]) -> None:
        """What the wearer did, before the next samples."""
        if self.params.given:
            return
        for event in actions:
            if isinstance(event.action, HoldPose):
                ask(self.state.guided, event.action.pose, event.at)
            elif isinstance(event.action, ForgetPlacement | TookOff):
                self.state.current = None
                self.state.guided, self.state.automatic = GuidedState(), AutomaticState()
                self._anew(event.at)
                self.state.moves_seen = 0

    def _anew(self, holds_from: HostNs) -> None:
        self.state.strap_on += 1
        self.state.holds_from = holds_from

    def learn(
        self, imu: ImuBlock, orientation: OrientationBlock, up: ClosedSeconds
    ) -> tuple[list[Placement], list[PoseResult]]:
        """New placements in order of time."""
        if self.params.given:
            return self._given(imu), []
        automatic = AutomaticPlacement(self.params.automatic, self.state.automatic)
        learned = automatic.step(imu, orientation)
        self.state.automatic = automatic.state
        held, results = watch(self.state.guided, self.params.guided, up)
        return self._ranked([*learned, *held]), results

    def _given(self, imu: ImuBlock) -> list[Placement]:
        """Those that are due; one that holds from before the recording comes into force with its first sample."""
        if not len(imu):
            return []
        oldest, newest = HostNs(int(imu.t_ns[0])), HostNs(int(imu.t_ns[-1]))
        due = [p for p in self.params.given[self.state.given_used :] if p.since <= newest]
        self.state.given_used += len(due)
        return [replace(p, since=max(p.since, oldest)) for p in due]

    def _ranked(self, placements: list[Placement]) -> list[Placement]:
        """Poses outrank ordinary movement until the sensor sits anew: put on again, calibrated again, or found moved."""
        s = self.state
        out: list[Placement] = []
        guided = s.current is not None and s.current.method is PlacementMethod.GUIDED
        for placement in sorted(placements, key=lambda p: p.since):
            if placement.method is PlacementMethod.AUTOMATIC:
                if placement.strap_on > s.moves_seen:
                    s.moves_seen, guided = placement.strap_on, False
                    self._anew(placement.holds_from)
                if guided:
                    continue
            else:
                if guided:
                    self._anew(placement.holds_from)
                guided = True
            out.append(replace(placement, strap_on=s.strap_on, holds_from=s.holds_from))
        return out

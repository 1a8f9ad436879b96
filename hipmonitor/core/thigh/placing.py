"""Which placement is in force when: what the caller gave, else what poses gave, else what ordinary movement taught."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hipmonitor.core.arrays import Vec3s
from hipmonitor.core.frames import dot, inverse, rotate
from hipmonitor.core.inbound import EndSet, ForgetPlacement, HoldPose, StartSet, TookOff, UserAction
from hipmonitor.core.instants import HostNs
from hipmonitor.core.orientation import OrientationBlock
from hipmonitor.core.samples import Calibration, ImuBlock
from hipmonitor.core.seconds import SecondGrid, SecondsState
from hipmonitor.core.thigh.automatic import AutomaticParams, AutomaticPlacement, AutomaticState
from hipmonitor.core.thigh.automatic_memory import Memory
from hipmonitor.core.thigh.automatic_sets import heard
from hipmonitor.core.thigh.blocks import ALWAYS, Placement, PlacementMethod
from hipmonitor.core.thigh.guided import GuidedParams, GuidedState, Watched, ask, watch
from hipmonitor.core.thigh.recalibrated import recalibrated


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlacingParams:
    """What may be tuned, and what was given."""

    given: tuple[Placement, ...] = ()
    """Placements in force from their `since` on, in order, until the sensor is put on anew. With any, nothing is learned: the
    settled reading, or a caller who knows."""
    guided: GuidedParams = field(default_factory=GuidedParams)
    automatic: AutomaticParams = field(default_factory=AutomaticParams)
    contradicting_deg: float = 35.0
    """Walking is 4-7 deg from standing, 16 at most (harth, har70, sens); poses held in the wrong order are 80 off."""
    contradicting_walks: int = 3
    """Epochs of walking that are believed against poses."""


@dataclass(slots=True, kw_only=True)
class PlacingState:
    """What is carried from step to step."""

    current: Placement | None = None
    """In force, with what is known of the accelerometer."""
    ranked: Placement | None = None
    """The same before that."""
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
    calibration: Calibration | None = None
    """What is surely known of the accelerometer; it outlives the strap-on."""


class Placing:
    """Decides the placement; angles are computed elsewhere."""

    def __init__(self, params: PlacingParams, state: PlacingState) -> None:
        self.params = params
        self.state = state

    def act(self, actions: Sequence[UserAction]) -> None:
        """What the wearer did, before the next samples."""
        if self.params.given:
            self._end_given(actions)
            return
        for event in actions:
            if isinstance(event.action, HoldPose):
                ask(self.state.guided, event.action.pose, event.at)
            elif isinstance(event.action, StartSet | EndSet):
                heard(self.state.automatic.sets, self.params.automatic.sets, event)
            elif isinstance(event.action, ForgetPlacement | TookOff):
                self.state.current = self.state.ranked = None
                loose = isinstance(event.action, TookOff)
                self.state.guided, self.state.automatic = GuidedState(), AutomaticState(memory=Memory(loose=loose))
                self._anew(event.at)
                self.state.moves_seen = 0

    def _end_given(self, actions: Sequence[UserAction]) -> None:
        """A given placement ends where the sensor was put on anew; where those given say so themselves, they are followed."""
        given = self.params.given
        said = {p.since for p in given if p.method is PlacementMethod.NONE}
        for event in actions:
            if isinstance(event.action, ForgetPlacement | TookOff) and event.at not in said:
                self.state.current = None
                self.state.given_used = max(self.state.given_used, sum(p.since < event.at for p in given))

    def _anew(self, holds_from: HostNs) -> None:
        self.state.strap_on += 1
        self.state.holds_from = holds_from

    def learn(self, imu: ImuBlock, orientation: OrientationBlock, up: Vec3s) -> Watched:
        """New placements in order of time, and what became of poses. `up`: (n, 3) of these samples, in the sensor's axes."""
        if self.params.given:
            return Watched(placements=self._given(imu))
        automatic = AutomaticPlacement(self.params.automatic, self.state.automatic)
        learned = automatic.step(imu, orientation)
        self.state.automatic = automatic.state
        watched = self._watch(imu, up)
        watched.summarised = automatic.summarised
        ranked = self._ranked([*learned, *watched.placements])
        watched.placements = self._recalibrated(ranked, imu.calibrations)
        self.state.ranked = ranked[-1] if ranked else self.state.ranked
        return watched

    def _recalibrated(self, ranked: list[Placement], calibrations: Sequence[Calibration]) -> list[Placement]:
        """Placements by what was known of the accelerometer then; the one in force anew where that became known."""
        s, last = self.state, self.state.ranked
        if s.calibration is None and not calibrations:
            return ranked
        out: list[Placement] = []
        both: list[Placement | Calibration] = [*ranked, *calibrations]
        for news in sorted(both, key=lambda one: one.since):
            if isinstance(news, Calibration):
                s.calibration = news
                out += [] if last is None else [replace(recalibrated(last, news), since=news.since)]
            else:
                last = news
                out.append(recalibrated(news, s.calibration) if s.calibration else news)
        return out

    def _watch(self, imu: ImuBlock, up: Vec3s) -> Watched:
        """The pose that was asked for, second by second; a second counts from the first that begins after it was asked."""
        grid, guided = SecondGrid(self.state.grid), self.state.guided
        watched = Watched()
        if guided.asked is not None:
            watched = watch(guided, self.params.guided, grid.step(imu.t_ns, up, imu.acc_mps2))
        if guided.asked is None:
            grid.pass_over(imu.t_ns)
        return watched

    def _given(self, imu: ImuBlock) -> list[Placement]:
        """Those that are due; one that holds from before the recording comes into force with its first sample."""
        if not len(imu):
            return []
        oldest, newest = HostNs(int(imu.t_ns[0])), HostNs(int(imu.t_ns[-1]))
        due = [p for p in self.params.given[self.state.given_used :] if p.since <= newest]
        self.state.given_used += len(due)
        return [replace(p, since=max(p.since, oldest)) for p in due]

    def _ranked(self, placements: list[Placement]) -> list[Placement]:
        """Poses outrank ordinary movement until the sensor sits anew: put on again, calibrated again, or found moved.

        Until then walking only casts doubt on them: it may contradict them, or the sensor may have been taken off.
        """
        s = self.state
        out: list[Placement] = []
        guided = s.ranked if s.ranked is not None and s.ranked.method is PlacementMethod.GUIDED else None
        for placement in sorted(placements, key=lambda p: p.since):
            if placement.method is PlacementMethod.AUTOMATIC:
                if placement.strap_on > s.moves_seen:
                    s.moves_seen, guided = placement.strap_on, None
                    self._anew(placement.holds_from)
                elif guided and self._contradicts(placement, guided):
                    guided = None
                elif guided:
                    if placement.doubted != guided.doubted:
                        guided = self._doubted(guided, placement)
                        out.append(guided)
                    continue
            elif guided:
                self._anew(placement.holds_from)
            out.append(replace(placement, strap_on=s.strap_on, holds_from=s.holds_from))
            guided = out[-1] if placement.method is PlacementMethod.GUIDED else None
        return out

    def _contradicts(self, learned: Placement, guided: Placement) -> bool:
        """Somebody walks where the poses say that nobody could: they were held wrongly."""
        y = np.array([0.0, 1.0, 0.0])
        upright = rotate(inverse(learned.thigh_from_sensor), y), rotate(inverse(guided.thigh_from_sensor), y)
        return learned.walked >= self.params.contradicting_walks and bool(
            dot(*upright) < np.cos(np.deg2rad(self.params.contradicting_deg))
        )

    def _doubted(self, guided: Placement, learned: Placement) -> Placement:
        """The same placement with the sd of a sensor that may have been put on anew, or with its own again."""
        doubt_deg = self.params.automatic.axes.doubt_sd_deg
        sign = 1.0 if learned.doubted else -1.0
        sd_deg = float(np.sqrt(guided.sd_deg**2 + sign * doubt_deg**2))
        return replace(guided, since=learned.since, sd_deg=sd_deg, doubted=learned.doubted)

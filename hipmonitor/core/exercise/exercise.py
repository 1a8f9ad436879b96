"""Room 8's stage: runs the set that the wearer began, row by row; without one it looks at nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from hipmonitor.core.civil import CivilTime
from hipmonitor.core.exercise import words
from hipmonitor.core.exercise.blocks import EndedBy, ExerciseBlock, ExerciseNow, HipInSet, PoseChecked, SetResult
from hipmonitor.core.exercise.guided_set import GuidedSet
from hipmonitor.core.exercise.guided_state import Brought, GuidedState, Row, SetParams
from hipmonitor.core.exercise.hip_in_sets import HipInSetsState, hips_in_sets
from hipmonitor.core.exercise.in_thigh import MOST_SD_DEG, InThigh
from hipmonitor.core.exercise.minutes_set import MinutesSet, MinutesState
from hipmonitor.core.exercise.smooth_up import SmoothState, SmoothUp
from hipmonitor.core.exercises import Counts
from hipmonitor.core.frames import up_in_sensor
from hipmonitor.core.hip import HipBlock
from hipmonitor.core.inbound import (
    Action,
    DaySoFar,
    EndSet,
    ForgetPlacement,
    PauseSet,
    RestOfDay,
    ResumeSet,
    StartSet,
    TookOff,
    UserAction,
)
from hipmonitor.core.instants import HostNs
from hipmonitor.core.orientation import OrientationBlock
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.settings import Side
from hipmonitor.core.thigh import Placement, ThighBlock

UTC = CivilTime()
NOTHING = ExerciseBlock()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseParams:
    """What may be tuned."""

    side: Side = "unknown"
    guided: SetParams = field(default_factory=SetParams)


@dataclass(slots=True, kw_only=True)
class ExerciseState:
    """What is carried from step to step."""

    guided: GuidedState | None = None
    minutes: list[MinutesState] = field(default_factory=list)
    """The one that runs, and those that ended and wait for their last seconds to be decided."""
    hips: HipInSetsState = field(default_factory=HipInSetsState)
    smooth: SmoothState = field(default_factory=SmoothState)
    placement: Placement | None = None
    """The newest."""
    known_strap_on: int = -1
    """The last strap-on whose placement was known well."""
    rest_day: int | None = None
    """The civil day on which a warning sign was entered."""


class ExerciseRoom:
    """Room 8. One set runs at a time."""

    def __init__(self, params: ExerciseParams | None = None, state: ExerciseState | None = None) -> None:
        self.params = params or ExerciseParams()
        self.state = state or ExerciseState()

    def step(
        self,
        imu: ImuBlock,
        orientation: OrientationBlock,
        thigh: ThighBlock,
        activity: ActivityBlock,
        actions: Sequence[UserAction] = (),
        *,
        hip: HipBlock | None = None,
        civil: CivilTime = UTC,
        flush: bool = False,
    ) -> ExerciseBlock:
        """What these samples brought to the running set. The actions happened before them. `flush`: nothing more will come."""
        brought, results = Brought(), []
        for event in actions:
            results += self._obey(event, civil, brought)
        if self.state.guided is not None:
            results += self._guided(self.state.guided, imu, orientation, thigh, brought)
        for placement in thigh.placements:  # those of a set were taken with their rows
            self._take(placement)
        if self.state.minutes:
            results += self._minutes(activity)
        if flush:
            results += self._flush(brought)
        hips = () if hip is None else self._hips(hip, results, flush=flush)
        if not (self.state.guided or self.state.minutes or results or brought.poses or hips):
            return NOTHING
        return ExerciseBlock(
            poses=tuple(brought.poses),
            repetitions=tuple(brought.repetitions),
            results=tuple(results),
            hips=hips,
            now=self.now(HostNs(int(imu.t_ns[-1]) if len(imu) else actions[-1].at if actions else 0)),
        )

    def _hips(self, hip: HipBlock, results: Sequence[SetResult], *, flush: bool) -> tuple[HipInSet, ...]:
        runs = self.state.guided is not None
        return hips_in_sets(self.state.hips, hip, results, runs=runs, flush=flush)

    def now(self, at: HostNs) -> ExerciseNow | None:
        """The running set at an instant; None while none runs."""
        if self.state.guided is not None:
            return self._set(self.state.guided).now()
        running = self._running_minutes()
        return None if running is None else running.now(at)

    def _set(self, state: GuidedState) -> GuidedSet:
        return GuidedSet(state, self.params.guided)

    def _running_minutes(self) -> MinutesSet | None:
        running = MinutesSet(self.state.minutes[-1]) if self.state.minutes else None
        return running if running is not None and running.running else None

    def _obey(self, event: UserAction, civil: CivilTime, brought: Brought) -> list[SetResult]:
        """What the wearer did; the result of a set that it ended."""
        action, s = event.action, self.state
        if isinstance(action, RestOfDay):
            s.rest_day = civil.stretch(event.at).day
        elif isinstance(action, DaySoFar) and action.resting:
            s.rest_day = action.day
        elif isinstance(action, ForgetPlacement | TookOff):
            s.placement = None
        elif isinstance(action, PauseSet | ResumeSet):
            self._pause_or_resume(event)
        by = _ends(action)
        results = [] if by is None else self._end(event.at, by, brought)
        if isinstance(action, StartSet):
            self._start(event.at, action, civil, brought)
        return results

    def _pause_or_resume(self, event: UserAction) -> None:
        pauses, running = isinstance(event.action, PauseSet), self._running_minutes()
        if self.state.guided is not None:
            guided = self._set(self.state.guided)
            guided.pause() if pauses else guided.resume()
        elif running is not None:
            running.pause(event.at) if pauses else running.resume(event.at)

    def _start(self, at: HostNs, action: StartSet, civil: CivilTime, brought: Brought) -> None:
        s = self.state
        if s.rest_day is not None and civil.stretch(at).day <= s.rest_day:
            brought.poses.append(PoseChecked(at=at, accepted=False, sentence=words.RESTING))
        elif action.exercise.counts is Counts.MINUTES:
            s.minutes.append(MinutesState(begun=action, started=at, heard=at, side=self.params.side))
        else:
            s.guided = GuidedState(begun=action, started=at, side=self.params.side, last_ns=at)
            s.smooth = SmoothState()

    def _end(self, at: HostNs, by: EndedBy, brought: Brought) -> list[SetResult]:
        """The set that runs, if one does. One that counts minutes is over when its last seconds are decided."""
        s, running = self.state, self._running_minutes()
        if running is not None:
            running.end(at, by)
        if s.guided is None:
            return []
        guided, s.guided = self._set(s.guided), None
        guided.finish(brought)
        return [guided.result(at, by)]

    def _guided(
        self, state: GuidedState, imu: ImuBlock, orientation: OrientationBlock, thigh: ThighBlock, brought: Brought
    ) -> list[SetResult]:
        """Rows of a set of repetitions or holds; its result where it ended."""
        guided, s = self._set(state), self.state
        coming = list(thigh.placements)
        frame = self._frame(state.placement)
        rows = SmoothUp(s.smooth).step(imu.t_ns, up_in_sensor(orientation.world_from_sensor), imu.rate_hz)
        results: list[SetResult] = []
        believed = zip(orientation.trusted.tolist(), thigh.trusted.tolist(), strict=True)
        for (t_ns, up), (steady, trusted) in zip(rows, believed, strict=True):
            while coming and coming[0].since <= t_ns:
                self._take(coming.pop(0))
            if s.guided is None or t_ns < state.started:
                continue
            if guided.unheard(t_ns):
                results += self._end(HostNs(state.last_ns), EndedBy.SENSOR, brought)
                continue
            if state.start is None and state.placement is not s.placement:
                state.placement = s.placement
                frame = self._frame(state.placement)
            row = Row(
                t_ns=t_ns, up=frame.up(up), known=frame.known, doubted=frame.doubted, steady=steady, trusted=trusted
            )
            guided.row(row, brought)
            if guided.done:
                results += self._end(state.repetitions[-1].end, EndedBy.TARGET, brought)
        return results

    def _take(self, placement: Placement) -> None:
        s = self.state
        s.placement = placement
        if placement.sd_deg <= MOST_SD_DEG and not placement.doubted:
            s.known_strap_on = placement.strap_on

    def _frame(self, placement: Placement | None) -> InThigh:
        was_known = placement is not None and placement.strap_on == self.state.known_strap_on
        return InThigh(placement, was_known=was_known)

    def _minutes(self, activity: ActivityBlock) -> list[SetResult]:
        """Decided seconds, for every set whose minutes are not all known yet."""
        sets = [MinutesSet(state) for state in self.state.minutes]
        over: list[MinutesSet] = []
        columns = (activity.start_ns.tolist(), activity.end_ns.tolist(), activity.kind.tolist())
        for start, end, kind in zip(*columns, strict=True):
            for one in sets:
                if one not in over and one.second(start, end, ActivityKind(kind)):
                    over.append(one)
        self.state.minutes = [one.state for one in sets if one not in over]
        return [one.result() for one in over]

    def _flush(self, brought: Brought) -> list[SetResult]:
        """The sensor is not heard any more."""
        s = self.state
        results = [] if s.guided is None else self._end(HostNs(s.guided.last_ns), EndedBy.SENSOR, brought)
        for state in s.minutes:
            one = MinutesSet(state)
            one.end(max(state.heard, state.started), EndedBy.SENSOR)
            results.append(one.result())
        s.minutes = []
        return results


def _ends(action: Action) -> EndedBy | None:
    """Whether, and by what, an action ends the running set."""
    if isinstance(action, ForgetPlacement | TookOff):
        return EndedBy.SENSOR
    if isinstance(action, RestOfDay) or (isinstance(action, DaySoFar) and action.resting):
        return EndedBy.REST_OF_DAY
    return EndedBy.WEARER if isinstance(action, StartSet | EndSet) else None

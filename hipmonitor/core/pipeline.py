"""The corridor: one typed call a room, in the order in which data flow. What comes in is cut where it must take effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from hipmonitor.core.activity import Activity, ActivityParams, ActivityState
from hipmonitor.core.alerts import Alerts, AlertState
from hipmonitor.core.beside import NOTHING_BESIDE, Beside, BesideState, SensorsBeside, state_of
from hipmonitor.core.chain import THIGH_WAIT_NS, Door
from hipmonitor.core.civil import CivilTime
from hipmonitor.core.exercise import ExerciseParams, ExerciseRoom, ExerciseState
from hipmonitor.core.exposure import ExposureCounter, ExposureState
from hipmonitor.core.hip import Hip, HipParams, HipState
from hipmonitor.core.inbound import (
    ChangeSettings,
    ForgetPlacement,
    Inbound,
    LinkChange,
    LinkState,
    Mark,
    Notification,
    Samples,
    SensorId,
    Tick,
    TookOff,
    UserAction,
)
from hipmonitor.core.instants import HostNs
from hipmonitor.core.orientation import (
    Orientation,
    OrientationParams,
    OrientationStage,
    OrientationState,
    Oriented,
)
from hipmonitor.core.pieces import Piece, cut, roles
from hipmonitor.core.products import HipUpdate, Marked, Now, Products
from hipmonitor.core.samples import Gap, Sampling, SamplingParams, SamplingState, SensorDoubt
from hipmonitor.core.settings import Settings
from hipmonitor.core.settings_in_force import FROM_THE_BEGINNING
from hipmonitor.core.thigh import PlacingParams, Thigh, ThighParams, ThighState
from hipmonitor.core.waiting_actions import WaitingActions
from hipmonitor.core.wire import BatteryLevel, Decoded, SensorInfo, Wire, WireFault, WireState

__all__ = ["HipUpdate", "Marked", "Now", "Pipeline", "PipelineParams", "PipelineState", "Products"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PipelineParams:
    """What may be tuned in each room. Limits are not here: they are settings, and come through the front door."""

    sampling: SamplingParams = field(default_factory=SamplingParams)
    orientation: OrientationParams = field(default_factory=OrientationParams)
    placing: PlacingParams = field(default_factory=PlacingParams)
    other_placing: PlacingParams = field(default_factory=PlacingParams)
    """Of the sensor on the other thigh."""
    activity: ActivityParams = field(default_factory=ActivityParams)
    hip: HipParams = field(default_factory=HipParams)
    exercise: ExerciseParams = field(default_factory=ExerciseParams)


@dataclass(slots=True, kw_only=True)
class PipelineState:
    """What every room carries."""

    settings: Settings = field(default_factory=Settings)
    wire: WireState = field(default_factory=WireState)
    sampling: SamplingState = field(default_factory=SamplingState)
    orientation: OrientationState = field(default_factory=OrientationState)
    thigh: ThighState = field(default_factory=ThighState)
    beside: BesideState = field(default_factory=BesideState)
    door: Door = field(default_factory=Door)
    activity: ActivityState = field(default_factory=ActivityState)
    hip: HipState = field(default_factory=HipState)
    exposure: ExposureState = field(default_factory=ExposureState)
    exercise: ExerciseState = field(default_factory=ExerciseState)
    alerts: AlertState = field(default_factory=AlertState)
    civil: CivilTime = field(default_factory=CivilTime)
    battery_percent: int | None = None


Said = tuple[tuple[Decoded, ...], tuple[Gap, ...], tuple[WireFault, ...], tuple[SensorDoubt, ...]]
"""What the first two rooms said of a piece: decoded, gaps, faults, doubts."""


class Pipeline:
    """All rooms, built once. `step` takes Inbounds in the order of the front door, in pieces of any size."""

    def __init__(
        self,
        params: PipelineParams | None = None,
        state: PipelineState | None = None,
        *,
        orientation: Callable[[], OrientationStage] | None = None,
    ) -> None:
        """`orientation` makes a stage for each sensor; without it, orientation is as lived."""
        self.params = params or PipelineParams()
        s = state or PipelineState()
        self.wire = Wire(s.wire)
        self.sampling = Sampling(self.params.sampling, s.sampling)
        self._new_orientation = orientation
        self.orientation = self._orientation_stage(s.orientation)
        self.beside = SensorsBeside(self.params.sampling, self.params.other_placing, self._orientation_stage, s.beside)
        self.door = s.door
        self.activity = Activity(self.params.activity, s.activity)
        self.hip = Hip(replace(self.params.hip, side=s.settings.side), s.hip)
        self.thigh = Thigh(ThighParams(side=s.settings.side, placing=self.params.placing), s.thigh)
        self.exposure = ExposureCounter(s.settings, s.exposure)
        self.exercise = ExerciseRoom(replace(self.params.exercise, side=s.settings.side), s.exercise)
        self.alerts = Alerts(s.settings, s.alerts)
        self.civil = s.civil
        self.settings = s.settings
        self._battery = s.battery_percent
        self._waiting = WaitingActions()

    @property
    def state(self) -> PipelineState:
        """What every room carries now."""
        return PipelineState(
            settings=self.settings,
            wire=self.wire.state,
            sampling=self.sampling.state,
            orientation=state_of(self.orientation),
            beside=self.beside.state,
            door=self.door,
            thigh=self.thigh.state,
            activity=self.activity.state,
            hip=self.hip.state,
            exposure=self.exposure.state,
            exercise=self.exercise.state,
            alerts=self.alerts.state,
            civil=self.civil,
            battery_percent=self._battery,
        )

    def _orientation_stage(self, state: OrientationState) -> OrientationStage:
        return self._new_orientation() if self._new_orientation else Orientation(self.params.orientation, state)

    def step(self, events: Sequence[Inbound]) -> HipUpdate:
        """Work on what came in since the last step."""
        products: list[Products] = []
        now: Now | None = None
        for event in events:
            if isinstance(event, Tick):
                self.civil.hear(event)
        for piece in cut(events, self.door, self.beside.settings):
            products += self._piece(piece)
            if piece.tick:
                now = self._now(piece.tick.at)
        actions = [event for event in events if isinstance(event, UserAction)]
        return HipUpdate(
            pieces=tuple(products),
            now=now,
            exposure=self.exposure.snapshot(self.exposure.decided_until()),
            links=tuple(event for event in events if isinstance(event, LinkChange)),
            forgotten=tuple(event.at for event in actions if isinstance(event.action, FORGETTING)),
            marks=tuple(_marked(event.at, event.action) for event in actions if isinstance(event.action, Mark)),
        )

    def _obey(self, actions: Sequence[UserAction]) -> None:
        """Settings that changed are in force for everything after them: samples now, seconds when their turn comes.

        Those from before the first sample hold from the beginning, also where a memory hands on what is older.
        """
        for event in actions:
            if isinstance(event.action, ChangeSettings):
                if self.settings.pelvis_sensor not in {"", event.action.settings.pelvis_sensor}:
                    self.hip.put_on_anew()
                self.settings = event.action.settings
                self.thigh.params = replace(self.thigh.params, side=self.settings.side)
                self.hip.params = replace(self.hip.params, side=self.settings.side)
                self.exercise.params = replace(self.exercise.params, side=self.settings.side)
                since = event.at if self.exposure.began else FROM_THE_BEGINNING
                self.exposure.change(since, self.settings)
                self.alerts.change(since, self.settings)
            elif isinstance(event.action, FORGETTING):
                self.hip.put_on_anew()

    def _piece(self, piece: Piece) -> Iterator[Products]:
        actions = piece.actions
        yield from self._assign(actions)
        beside = self.beside.step(piece)
        for decoded in self._decoded(piece.data) or ([[]] if actions or piece.beside else []):
            yield from self._rooms(decoded, actions, beside, ended=False)
            actions, beside = [], NOTHING_BESIDE
        if piece.link is not None:
            yield from self._link(piece.link)
        if piece.ended is not None:
            ended = piece.ended in {"", self.sampling.state.sensor}
            if ended or piece.ended in roles(self.beside.settings):
                yield from self._rooms([], [], self.beside.end(piece.ended, all_of_them=ended), ended=ended)
        if not self.orientation.holds_back:
            self.hip.forget_pelvis_before(self.door.line_ns - THIGH_WAIT_NS)

    def _link(self, link: LinkChange) -> Iterator[Products]:
        """A sensor beside the thigh's is away, or is back: until here, or from here on, nobody waits for it."""
        if link.state is not LinkState.STREAMING:
            self.beside.hear_link(link)
        yield from self._rooms([], [], NOTHING_BESIDE, ended=False)
        self.beside.hear_link(link)

    def _assign(self, actions: Sequence[UserAction]) -> Iterator[Products]:
        """Which sensor sits where, from here on in the stream; what was held back of one that lost its place."""
        for event in actions:
            if isinstance(event.action, ChangeSettings):
                before = self.beside.settings
                held_back = self.beside.assign(event.action.settings)
                if self.orientation.holds_back and (held_back.pelvis.parts or held_back.other_thigh):
                    yield from self._rooms([], [], held_back, ended=False)
                if event.action.settings.pelvis_sensor != before.pelvis_sensor:
                    self.hip.other_pelvis_sensor()
                self._assign_thigh(before, event.action.settings)

    def _assign_thigh(self, before: Settings, now: Settings) -> None:
        """Another sensor is the thigh's where the one of so far has another place, or another one was chosen."""
        heard, chosen = self.sampling.state.sensor, now.thigh_sensor
        if heard in roles(now) or (heard is not None and chosen not in {"", before.thigh_sensor, heard}):
            self.sampling.hear_another(SensorId(chosen) if chosen else None)

    def _decoded(self, data: Sequence[Notification | Samples]) -> list[list[Decoded | Samples]]:
        """Through the wire room, and cut where a sensor states its facts."""
        groups: list[list[Decoded | Samples]] = []
        items: list[Decoded | Samples] = []
        if data and isinstance(data[0], Samples):
            return [[item for item in data if isinstance(item, Samples)]]
        for item in self.wire.step([item for item in data if isinstance(item, Notification)]):
            if isinstance(item, SensorInfo) and items:
                groups.append(items)
                items = []
            items.append(item)
        return [*groups, items] if items else groups

    def _rooms(
        self, items: Sequence[Decoded | Samples], actions: Sequence[UserAction], beside: Beside, *, ended: bool
    ) -> Iterator[Products]:
        """Through all rooms; the first part that orientation hands on carries what the first two rooms said."""
        sampled = self.sampling.step(items)
        self._hear_battery(items)
        oriented = self.orientation.flush() if ended else self.orientation.step(sampled)
        said = (
            tuple(item for item in items if not isinstance(item, Samples)),
            sampled.gaps,
            (*sampled.faults, *beside.faults),
            sampled.doubts,
        )
        parts = self._waiting.due(oriented, actions, holds_back=self.orientation.holds_back, ended=ended)
        for due, part, last in parts:
            yield self._after_orientation(said, part, due, beside, ended=ended and last)
            said, beside = ((), (), (), ()), NOTHING_BESIDE

    def _after_orientation(
        self, said: Said, oriented: Oriented, actions: Sequence[UserAction], beside: Beside, *, ended: bool
    ) -> Products:
        self._obey(actions)
        imu, orientation = oriented.imu, oriented.orientation
        thigh = self.thigh.step(imu, orientation, actions)
        activity = self.activity.step(imu, thigh, actions)
        if ended:
            activity = activity.followed_by(self.activity.flush())
        hip = self.hip.step(thigh, activity, oriented, self.beside.pelvis_heard(beside, self.door))
        exposure = self.exposure.step(imu, thigh, activity, flush=ended)
        exercise = self.exercise.step(
            imu, orientation, thigh, activity, actions, hip=hip, civil=self.civil, flush=ended
        )
        alerts = self.alerts.step(exposure.seconds, actions, deep_cycles=exposure.deep_cycles, civil=self.civil)
        decoded, gaps, faults, doubts = said
        return Products(
            decoded=decoded,
            gaps=gaps,
            faults=faults,
            imu=imu,
            orientation=orientation,
            thigh=thigh,
            activity=activity,
            hip=hip,
            exposure=exposure,
            exercise=exercise,
            alerts=alerts,
            held_back=self.alerts.held_back(flush=ended),
            doubts=doubts,
            other_thigh=beside.other_thigh,
            decoded_beside=beside.decoded,
            doubts_beside=beside.doubts,
            gaps_beside=beside.gaps,
        )

    def _hear_battery(self, items: Sequence[Decoded | Samples]) -> None:
        """Of the sensor that the samples come from."""
        for item in items:
            if isinstance(item, BatteryLevel) and item.sensor == self.sampling.state.sensor:
                self._battery = item.percent

    def _now(self, at: HostNs) -> Now:
        return Now(
            at=at,
            exposure=self.exposure.snapshot(at),
            placement=self.thigh.state.placing.current,
            alerts=self.alerts.now(at, self.civil),
            exercise=self.exercise.now(at),
            battery_percent=self._battery,
            doubt=self.sampling.doubt,
        )


FORGETTING = (ForgetPlacement, TookOff)


def _marked(at: HostNs, mark: Mark) -> Marked:
    """A note comes later than the moment it is about."""
    return Marked(at=at if mark.made_at is None else mark.made_at, text=mark.text)

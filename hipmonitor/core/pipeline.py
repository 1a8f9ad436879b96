"""The corridor: one typed call a room, in the order in which data flow. What comes in is cut where it must take effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hipmonitor.core.activity import Activity, ActivityBlock, ActivityParams, ActivityState
from hipmonitor.core.alerts import Alert, Alerts, AlertState, Hold
from hipmonitor.core.exposure import Exposure, ExposureBlock, ExposureCounter, ExposureState
from hipmonitor.core.hip import Hip, HipBlock, HipParams, HipState
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
    OrientationBlock,
    OrientationParams,
    OrientationStage,
    OrientationState,
    Oriented,
)
from hipmonitor.core.samples import Gap, ImuBlock, Sampling, SamplingParams, SamplingState, SensorDoubt
from hipmonitor.core.settings import Settings
from hipmonitor.core.thigh import Placement, PlacingParams, Thigh, ThighBlock, ThighParams, ThighState
from hipmonitor.core.wire import BatteryLevel, Decoded, SensorInfo, Wire, WireFault, WireState


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PipelineParams:
    """What may be tuned in each room. Limits are not here: they are settings, and come through the front door."""

    sampling: SamplingParams = field(default_factory=SamplingParams)
    orientation: OrientationParams = field(default_factory=OrientationParams)
    placing: PlacingParams = field(default_factory=PlacingParams)
    activity: ActivityParams = field(default_factory=ActivityParams)
    hip: HipParams = field(default_factory=HipParams)


@dataclass(slots=True, kw_only=True)
class PipelineState:
    """What every room carries."""

    settings: Settings = field(default_factory=Settings)
    wire: WireState = field(default_factory=WireState)
    sampling: SamplingState = field(default_factory=SamplingState)
    orientation: OrientationState = field(default_factory=OrientationState)
    thigh: ThighState = field(default_factory=ThighState)
    activity: ActivityState = field(default_factory=ActivityState)
    hip: HipState = field(default_factory=HipState)
    exposure: ExposureState = field(default_factory=ExposureState)
    alerts: AlertState = field(default_factory=AlertState)
    battery_percent: int | None = None


Said = tuple[tuple[Decoded, ...], tuple[Gap, ...], tuple[WireFault, ...], tuple[SensorDoubt, ...]]
"""What the first two rooms said of a piece: decoded, gaps, faults, doubts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Products:
    """What every room made of one uncut piece of the stream."""

    decoded: tuple[Decoded, ...]
    gaps: tuple[Gap, ...]
    faults: tuple[WireFault, ...]
    imu: ImuBlock
    orientation: OrientationBlock
    thigh: ThighBlock
    activity: ActivityBlock
    hip: HipBlock
    exposure: ExposureBlock
    alerts: tuple[Alert, ...]
    doubts: tuple[SensorDoubt, ...] = ()
    """Where what is believed of the sensor changed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Now:
    """The state of things at a Tick."""

    at: HostNs
    exposure: Exposure
    placement: Placement | None
    holds: dict[str, Hold | None]
    battery_percent: int | None
    snoozed_until_ns: int
    doubt: SensorDoubt | None = None
    """What of the sensor is not believed, with a sentence that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A moment the wearer wants to find again."""

    at: HostNs
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HipUpdate:
    """Everything one step brought: products in order, and the snapshot at its last Tick."""

    pieces: tuple[Products, ...]
    now: Now | None
    exposure: Exposure
    """Totals after this step's last decided second."""
    links: tuple[LinkChange, ...] = ()
    forgotten: tuple[HostNs, ...] = ()
    """When the wearer said that the sensor sits anew."""
    marks: tuple[Marked, ...] = ()

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Alerts of all pieces."""
        return tuple(alert for piece in self.pieces for alert in piece.alerts)


@dataclass(slots=True, kw_only=True)
class _Piece:
    """Events that may be worked on together: actions first, then data, then perhaps an end."""

    actions: list[UserAction] = field(default_factory=list)
    data: list[Notification | Samples] = field(default_factory=list)
    ended: SensorId | None = None
    """The sensor from which nothing more will come; "" where none was ever found."""
    tick: Tick | None = None


class Pipeline:
    """All rooms, built once. `step` takes Inbounds in the order of the front door, in pieces of any size."""

    def __init__(
        self,
        params: PipelineParams | None = None,
        state: PipelineState | None = None,
        *,
        orientation: OrientationStage | None = None,
    ) -> None:
        self.params = params or PipelineParams()
        s = state or PipelineState()
        self.wire = Wire(s.wire)
        self.sampling = Sampling(self.params.sampling, s.sampling)
        self.orientation: OrientationStage = orientation or Orientation(self.params.orientation, s.orientation)
        self.activity = Activity(self.params.activity, s.activity)
        self.hip = Hip(self.params.hip, s.hip)
        self.thigh = Thigh(ThighParams(side=s.settings.side, placing=self.params.placing), s.thigh)
        self.exposure = ExposureCounter(s.settings, s.exposure)
        self.alerts = Alerts(s.settings, s.alerts)
        self.settings = s.settings
        self._battery = s.battery_percent
        self._waiting: list[UserAction] = []
        """Actions whose samples orientation still holds back; always empty as lived."""

    @property
    def state(self) -> PipelineState:
        """What every room carries now."""
        return PipelineState(
            settings=self.settings,
            wire=self.wire.state,
            sampling=self.sampling.state,
            orientation=self._orientation_state(),
            thigh=self.thigh.state,
            activity=self.activity.state,
            hip=self.hip.state,
            exposure=self.exposure.state,
            alerts=self.alerts.state,
            battery_percent=self._battery,
        )

    def _orientation_state(self) -> OrientationState:
        return self.orientation.state if isinstance(self.orientation, Orientation) else OrientationState()

    def step(self, events: Sequence[Inbound]) -> HipUpdate:
        """Work on what came in since the last step."""
        products: list[Products] = []
        now: Now | None = None
        for piece in _cut(events):
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
            marks=tuple(Marked(at=e.at, text=e.action.text) for e in actions if isinstance(e.action, Mark)),
        )

    def _obey(self, actions: Sequence[UserAction]) -> None:
        """Settings that changed are in force for everything after them."""
        for event in actions:
            if isinstance(event.action, ChangeSettings):
                self.settings = event.action.settings
                self.thigh.params = replace(self.thigh.params, side=self.settings.side)
                self.exposure.settings = self.alerts.settings = self.settings

    def _piece(self, piece: _Piece) -> Iterator[Products]:
        actions = piece.actions
        for decoded in self._decoded(piece.data) or ([[]] if actions else []):
            yield from self._rooms(decoded, actions, ended=False)
            actions = []
        if piece.ended is not None and piece.ended in {"", self.sampling.state.sensor}:
            yield from self._rooms([], [], ended=True)

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
        self, items: Sequence[Decoded | Samples], actions: Sequence[UserAction], *, ended: bool
    ) -> Iterator[Products]:
        """Through all rooms; the first part that orientation hands on carries what the first two rooms said."""
        sampled = self.sampling.step(items)
        self._hear_battery(items)
        oriented = self.orientation.flush() if ended else self.orientation.step(sampled)
        said = (
            tuple(item for item in items if not isinstance(item, Samples)),
            sampled.gaps,
            sampled.faults,
            sampled.doubts,
        )
        for due, part, last in self._with_actions(oriented, actions, ended=ended):
            yield self._after_orientation(said, part, due, ended=ended and last)
            said = ((), (), (), ())

    def _with_actions(
        self, oriented: Oriented, actions: Sequence[UserAction], *, ended: bool
    ) -> Iterator[tuple[Sequence[UserAction], Oriented, bool]]:
        """Parts of what orientation handed on, each with the actions that happened before it, and whether it is the last.

        As lived everything is handed on at once, after the actions. Where samples are held back, an action waits for the
        first sample of its own time.
        """
        if not self.orientation.holds_back:
            yield actions, oriented, True
            return
        self._waiting += actions
        reached = 0
        due: list[UserAction] = []
        while self._waiting:
            row = int(np.searchsorted(oriented.imu.t_ns, self._waiting[0].at))
            if row == len(oriented.imu) and not ended:
                break
            if row > reached:
                yield due, oriented.rows(slice(reached, row)), False
                due, reached = [], row
            due.append(self._waiting.pop(0))
        yield due, oriented.rows(slice(reached, len(oriented.imu))), True

    def _after_orientation(
        self, said: Said, oriented: Oriented, actions: Sequence[UserAction], *, ended: bool
    ) -> Products:
        self._obey(actions)
        imu, orientation = oriented.imu, oriented.orientation
        thigh = self.thigh.step(imu, orientation, actions)
        activity = self.activity.step(imu, thigh, actions)
        if ended:
            activity = activity.followed_by(self.activity.flush())
        hip = self.hip.step(thigh, activity)
        exposure = self.exposure.step(imu, thigh, activity, flush=ended)
        alerts = self.alerts.step(exposure.seconds, actions)
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
            alerts=alerts,
            doubts=doubts,
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
            holds={kind.value: hold for kind, hold in self.alerts.state.holds.items()},
            battery_percent=self._battery,
            snoozed_until_ns=self.alerts.state.snoozed_until_ns,
            doubt=self.sampling.doubt,
        )


FORGETTING = (ForgetPlacement, TookOff)


def _differ(one: Notification | Samples, other: Notification | Samples) -> bool:
    """Whether two sources, or two rates or kinds of arrays, meet here."""
    if isinstance(one, Samples) and isinstance(other, Samples):
        return one.rate_hz != other.rate_hz or (one.gyr_radps is None) != (other.gyr_radps is None)
    return type(one) is not type(other)


def _cut(events: Sequence[Inbound]) -> Iterator[_Piece]:
    """Cut before every user action, after an end, at the change between radio and arrays, and at the last Tick."""
    last_tick = max((i for i, event in enumerate(events) if isinstance(event, Tick)), default=-1)
    piece = _Piece()
    for i, event in enumerate(events):
        if isinstance(event, UserAction) and piece.data:
            yield piece
            piece = _Piece()
        if isinstance(event, Notification | Samples):
            if piece.data and _differ(piece.data[-1], event):
                yield piece
                piece = _Piece()
            piece.data.append(event)
        elif isinstance(event, UserAction):
            piece.actions.append(event)
        elif isinstance(event, LinkChange) and event.state is LinkState.ENDED:
            piece.ended = event.sensor
        elif isinstance(event, Tick) and i == last_tick:
            piece.tick = event
        if piece.ended is not None or piece.tick:
            yield piece
            piece = _Piece()
    if piece.data or piece.actions:
        yield piece

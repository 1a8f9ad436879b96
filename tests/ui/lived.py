"""Seconds as the rooms would bring them: activity and angle are given, exposure, hip and alerts come from the real rooms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from hipmonitor.core.alerts import Alert, Alerts
from hipmonitor.core.civil import CivilTime
from hipmonitor.core.exposure import ExposureBlock, ExposureCounter
from hipmonitor.core.hip import Hip, HipBlock
from hipmonitor.core.inbound import (
    ChangeSettings,
    EndQuiet,
    LinkChange,
    LinkState,
    Mark,
    Quiet,
    SensorId,
    Snooze,
    Tick,
    UserAction,
)
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.orientation import OrientationBlock
from hipmonitor.core.pipeline import HipUpdate, Marked, Now, Products
from hipmonitor.core.samples import Doubt, Gap, ImuBlock, SensorDoubt
from hipmonitor.core.settings import DeepFlexionLimit, Settings, SittingLimit
from hipmonitor.core.thigh import Holding, Placement, PlacementMethod, PoseResult, ThighBlock
from hipmonitor.core.wire import FaultKind, WireFault
from hipmonitor.ui.view_model import Glance, LiveView, RecordingNow, SourceKind, ViewMemory
from tests.core.builders import felt

SENSOR = SensorId("C0:FF:EE:00:00:01")
START = HostNs(1_786_000_000_000_000_000)
"""2026-08-06 07:06:40 UTC."""
RATE = 10
SHORT_LIMITS = Settings(
    side="left",
    set_by="me",
    sitting=SittingLimit(sit_limit_min=0.5, break_s=6.0),
    deep_flexion=DeepFlexionLimit(thigh_limit_deg=90.0, deep_limit_min=0.25, break_s=6.0),
)


class Lived:
    """A session told second by second into a LiveView."""

    def __init__(self, settings: Settings | None = None, source: SourceKind = SourceKind.LIVE) -> None:
        self.settings = settings or SHORT_LIMITS
        self.recording: RecordingNow | None = None
        self.view, self.memory = LiveView(source=source, recording=lambda: self.recording), ViewMemory()
        self.now = START
        self._exposure, self._alerts = ExposureCounter(self.settings), Alerts(self.settings)
        self._hip, self._civil = Hip(), CivilTime()
        self.alerts: list[Alert] = []
        """Decided so far."""
        self.battery: int | None = 84
        self.doubt = Doubt.NONE
        self.act(ChangeSettings(settings=self.settings))
        tick = Tick(at=START, civil_day=20671, minute_of_day=546, weekday=3, utc_offset_s=7200)
        self.view.record([tick])
        self._civil.hear(tick)

    def act(self, action: ChangeSettings | Snooze | Quiet | EndQuiet) -> None:
        """The wearer did something."""
        event = UserAction(at=self.now, action=action)
        self.view.record([event])
        if not isinstance(action, ChangeSettings):
            self._alerts.step([], [event], civil=self._civil)
            self._tell(())

    def link(self, state: LinkState, detail: str = "") -> None:
        """The link changed."""
        change = LinkChange(at=self.now, sensor=SENSOR, state=state, detail=detail)
        self._tell((), links=(change,))

    def mark(self, mark: Mark | None = None) -> None:
        """The wearer set a mark."""
        mark = mark or Mark()
        at = self.now if mark.made_at is None else mark.made_at
        self._tell((), marks=(Marked(at=at, text=mark.text),))

    def seconds(
        self,
        count: int,
        kind: ActivityKind,
        flexion_deg: float = 80.0,
        *,
        sd_deg: float = 2.5,
        trusted: bool = True,
        lost: int = 0,
        poses: tuple[PoseResult, ...] = (),
        placements: tuple[Placement, ...] = (),
        holdings: tuple[Holding, ...] = (),
    ) -> None:
        """So many seconds of the same."""
        for _ in range(count):
            thigh = _thigh(self.now, flexion_deg, sd_deg=sd_deg, trusted=trusted, poses=poses, placements=placements)
            thigh = replace(thigh, holdings=holdings)
            self._second(thigh, kind, lost)
            self.now = HostNs(self.now + NS_PER_S)

    def silence(self, seconds: float) -> None:
        """Time passes and nothing comes."""
        self.now = HostNs(self.now + round(seconds * NS_PER_S))

    def gap_told(self, seconds: float) -> None:
        """Nothing came, and the samples room says so."""
        gap = Gap(start=self.now, end=HostNs(self.now + round(seconds * NS_PER_S)), reason="no samples came")
        self.silence(seconds)
        self._tell((_products(_thigh(self.now, 0.0, rows=0), _activity(self.now, None), gaps=(gap,)),))

    def glance(self) -> Glance:
        """What a view shows now."""
        return self.view.glance(self.now)

    def _second(self, thigh: ThighBlock, kind: ActivityKind, lost: int) -> None:
        activity = _activity(self.now, kind)
        exposure = self._exposure.step(felt(thigh), thigh, activity, flush=True)
        alerts = self._alerts.step(exposure.seconds, deep_cycles=exposure.deep_cycles, civil=self._civil)
        self.alerts += alerts
        piece = _products(
            thigh,
            activity,
            hip=self._hip.step(thigh, activity),
            exposure=exposure,
            alerts=alerts,
            faults=(WireFault(at=self.now, sensor=SENSOR, kind=FaultKind.SAMPLES_LOST, count=lost),) if lost else (),
        )
        self._tell((piece,))

    def _tell(
        self,
        pieces: tuple[Products, ...],
        links: tuple[LinkChange, ...] = (),
        marks: tuple[Marked, ...] = (),
    ) -> None:
        snapshot = self._exposure.snapshot(self._exposure.decided_until())
        now = Now(
            at=self.now,
            exposure=snapshot,
            placement=None,
            alerts=self._alerts.now(self.now, self._civil),
            battery_percent=self.battery,
            doubt=None if self.doubt is Doubt.NONE else SensorDoubt(kind=self.doubt, since=self.now),
        )
        update = HipUpdate(pieces=pieces, now=now, exposure=snapshot, links=links, marks=marks)
        self.view.accept(update)
        self.memory.accept(update)


def _thigh(
    start: HostNs,
    flexion_deg: float,
    *,
    rows: int = RATE,
    sd_deg: float = 2.5,
    trusted: bool = True,
    poses: tuple[PoseResult, ...] = (),
    placements: tuple[Placement, ...] = (),
) -> ThighBlock:
    placed = np.isfinite(sd_deg)
    return ThighBlock(
        t_ns=start + np.arange(rows, dtype=np.int64) * (NS_PER_S // RATE),
        thigh_flexion_deg=np.full(rows, flexion_deg if placed else np.nan),
        thigh_inclination_deg=np.full(rows, abs(flexion_deg)),
        thigh_roll_deg=np.full(rows, np.nan),
        trusted=np.full(rows, trusted and bool(placed)),
        sd_deg=np.full(rows, sd_deg),
        placements=placements,
        poses=poses,
    )


def _activity(start: HostNs, kind: ActivityKind | None) -> ActivityBlock:
    n = 0 if kind is None else 1
    return ActivityBlock(
        start_ns=np.full(n, start, np.int64),
        lasting_s=np.ones(n, np.int64),
        kind=np.full(n, kind or 0, np.int8),
        confidence=np.full(n, 0.9),
    )


def _products(
    thigh: ThighBlock,
    activity: ActivityBlock,
    *,
    hip: HipBlock | None = None,
    exposure: ExposureBlock | None = None,
    alerts: tuple[Alert, ...] = (),
    gaps: tuple[Gap, ...] = (),
    faults: tuple[WireFault, ...] = (),
) -> Products:
    n = len(thigh)
    imu = ImuBlock(
        t_ns=thigh.t_ns,
        acc_mps2=np.zeros((n, 3)),
        gyr_radps=None,
        measured=np.ones(n, np.bool_),
        clipped=np.zeros(n, np.bool_),
        index=np.arange(n),
        segment=np.zeros(n, np.int64),
        rate_hz=float(RATE),
    )
    orientation = OrientationBlock(
        t_ns=thigh.t_ns,
        world_from_sensor=np.tile([1.0, 0, 0, 0], (n, 1)),
        at_rest=np.zeros(n, np.bool_),
        trusted=thigh.trusted,
    )
    return Products(
        decoded=(),
        gaps=gaps,
        faults=faults,
        imu=imu,
        orientation=orientation,
        thigh=thigh,
        activity=activity,
        hip=hip or Hip().step(_thigh(START, 0.0, rows=0), _activity(START, None)),
        exposure=exposure or ExposureBlock(seconds=(), bouts=(), transitions=()),
        alerts=alerts,
    )


def guided_placement(at: HostNs) -> Placement:
    """As the thigh room gives it after two poses."""
    return Placement(since=at, thigh_from_sensor=np.array([1.0, 0, 0, 0]), method=PlacementMethod.GUIDED, sd_deg=2.5)

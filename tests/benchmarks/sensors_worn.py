"""One simulated sensor of any family on a moving body, over the virtual air on virtual time; and how well its signal lies in time."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from bumble.transport.common import Transport

from firmware_sim.air import Air, AirController, Conditions
from firmware_sim.body import Activity, MovingBody, Person, Script, sit, stand, walk
from firmware_sim.body.choreography import ACTIVITIES
from firmware_sim.device import Counts6, SampleSource, StreamShape
from firmware_sim.scenarios import wearer
from firmware_sim.sensors import SimulatedSensor
from firmware_sim.worn_sensor import wear_imu
from hipmonitor.core.arrays import Floats
from hipmonitor.core.inbound import (
    ChangeSettings,
    HoldPose,
    Inbound,
    LinkChange,
    LinkState,
    Notification,
    Pose,
    UserAction,
)
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.settings import Settings
from hipmonitor.core.wire import FaultKind
from hipmonitor.io.ble import BleSource
from hipmonitor.io.ble.bumble_radio import BumbleRadio
from hipmonitor.runtime.analyze import analyze_slabs
from tests.journeys.air_world import AirSensor
from tests.journeys.virtual_time import EPOCH_NS, run_virtually, virtual_clock

PACKET_ERROR = 0.05
OUT_OF_REACH_S = (75.0, 1.2)
"""When, and for how long: shorter than any link waits, longer than any sensor's buffers last."""
STANDS_S, SETTLED_S = 12.0, 0.5
SLAB = 4096
WINDOW_S = 5.0
GRID_HZ = 500.0


def life(person: Person) -> Script:
    """Stands and sits for the guided calibration, then two and a half minutes of moving about."""
    return (
        stand(STANDS_S),
        sit(person.sit_down_s + 18, "office_chair"),
        walk(person.rise_s + 40),
        stand(10, "restless"),
        sit(25, "kitchen_chair", "restless"),
        walk(30, "slow"),
        stand(8, "restless"),
        sit(20, "low_sofa"),
        walk(40, "fast"),
    )


class Watched:
    """A source of samples whose streams are remembered."""

    def __init__(self, source: SampleSource) -> None:
        self._source = source
        self.shapes: list[StreamShape] = []

    def begin(self, shape: StreamShape) -> None:
        self.shapes.append(shape)
        self._source.begin(shape)

    def samples(self, first_index: int, count: int) -> Counts6:
        return self._source.samples(first_index, count)


@dataclass(kw_only=True)
class Told:
    """A sink: what one reading said."""

    t_ns: list[np.ndarray] = field(default_factory=list)
    acc: list[np.ndarray] = field(default_factory=list)
    flexion_deg: list[np.ndarray] = field(default_factory=list)
    trusted: list[np.ndarray] = field(default_factory=list)
    measured: list[np.ndarray] = field(default_factory=list)
    rate_hz: float = 0.0
    lost: int = 0

    def accept(self, update: HipUpdate) -> None:
        for piece in update.pieces:
            self.t_ns.append(piece.imu.t_ns)
            self.acc.append(np.linalg.norm(piece.imu.acc_mps2, axis=1))
            self.measured.append(piece.imu.measured)
            self.flexion_deg.append(piece.thigh.thigh_flexion_deg)
            self.trusted.append(piece.thigh.trusted)
            self.rate_hz = piece.imu.rate_hz if len(piece.imu) else self.rate_hz
            self.lost += sum(fault.count for fault in piece.faults if fault.kind is FaultKind.SAMPLES_LOST)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of one family and one reading."""

    rate_hz: float
    rmse_deg: float
    compared: int
    early_ms: float
    """Median of the windows; + = told before it was."""
    worst_ms: float
    """The window that is furthest off."""
    sent: int
    lost: int
    said_lost: int


@dataclass(frozen=True, kw_only=True)
class Run:
    """What came over the air, and what was so."""

    events: Sequence[Inbound]
    body: MovingBody
    shapes: Sequence[StreamShape]
    notifications_hz: float


async def _lived(row: SimulatedSensor, seed: int) -> Run:
    person = wearer(seed)
    script = life(person)
    imu = wear_imu(script, seed=seed, person=person)
    source = Watched(imu.source)
    clock, air = virtual_clock(), Air(Conditions(packet_error_rate=PACKET_ERROR, seed=seed))
    host = AirController("host", air)
    settings = Settings(side=person.side)
    ble = BleSource(clock, radio=BumbleRadio(Transport(host, host)), settings=settings, chance=random.Random(seed))
    sensor = AirSensor(row, row.new_firmware(source, seed=imu.seed), air, clock)
    events: list[Inbound] = [UserAction(at=clock.now(), action=ChangeSettings(settings=settings))]

    async def monitor() -> None:
        async for batch in ble.batches():
            events.extend(batch)

    await sensor.power_on()
    listening = asyncio.ensure_future(monitor())
    for at_s, happens in _happenings(person, ble, air):
        await asyncio.sleep(at_s - asyncio.get_running_loop().time())
        happens()
    await asyncio.sleep(sum(each.seconds for each in script) - asyncio.get_running_loop().time())
    await ble.aclose()
    await listening
    sensor.power_off()
    return Run(events=events, body=imu.body, shapes=source.shapes, notifications_hz=_notifications_hz(events))


def _happenings(person: Person, ble: BleSource, air: Air) -> list[tuple[float, Callable[[], None]]]:
    """(second of the script, what happens then)."""
    start_s, lasting_s = OUT_OF_REACH_S
    return [
        (STANDS_S - 4.0, lambda: ble.act(HoldPose(pose=Pose.STAND))),
        (STANDS_S + person.sit_down_s + SETTLED_S, lambda: ble.act(HoldPose(pose=Pose.SIT))),
        (start_s, lambda: air.set_in_range(False)),
        (start_s + lasting_s, lambda: air.set_in_range(True)),
    ]


def _notifications_hz(events: Sequence[Inbound]) -> float:
    data = [e.at for e in events if isinstance(e, Notification) and ">" not in e.channel]
    return len(data) / ((data[-1] - data[0]) / 1e9)


def lived(row: SimulatedSensor, seed: int) -> Run:
    """A few minutes of life with this sensor on."""
    run = run_virtually(_lived(row, seed))
    states = [event.state for event in run.events if isinstance(event, LinkChange)]
    if states.count(LinkState.STREAMING) != 1:
        raise AssertionError(f"{row.sensor}: the link was lost, or never came to a stream: {states}")
    return run


def readings(run: Run) -> dict[str, Figures]:
    """Both readings against truth."""
    lived, settled = Told(), Told()
    slabs = [run.events[i : i + SLAB] for i in range(0, len(run.events), SLAB)]
    analyze_slabs(lambda: slabs, lived_sinks=[lived], settled_sinks=[settled], per_sample=False)
    sent = _sent(run.shapes[-1], settled)
    return {"as lived": _figures(run, lived, sent), "settled": _figures(run, settled, sent)}


def _figures(run: Run, told: Told, sent: int) -> Figures:
    t_ns = np.concatenate(told.t_ns)
    t_s = (t_ns - EPOCH_NS) / 1e9
    truth = run.body.truth(t_s)
    error = np.concatenate(told.flexion_deg) - truth.thigh_flexion_deg
    trusted = np.concatenate(told.trusted) & np.isfinite(error)
    measured = np.concatenate(told.measured)
    early_ms = _windows_early_ms(run.body, t_s, np.concatenate(told.acc), measured)
    return Figures(
        rate_hz=told.rate_hz,
        rmse_deg=float(np.sqrt(np.mean(error[trusted] ** 2))),
        compared=int(trusted.sum()),
        early_ms=float(np.median(early_ms)),
        worst_ms=float(early_ms[np.argmax(np.abs(early_ms))]),
        sent=sent,
        lost=sent - int(measured.sum()),
        said_lost=told.lost,
    )


def _sent(shape: StreamShape, settled: Told) -> int:
    """Samples that the sensor made from the first row to the last; the same rows as lived."""
    inner = round(shape.rate_hz / settled.rate_hz)
    true_s = shape.clock.true_s(np.array([0, inner]))
    t_ns = np.concatenate(settled.t_ns)[np.concatenate(settled.measured)]
    return round((t_ns[-1] - t_ns[0]) / 1e9 / (true_s[1] - true_s[0])) + 1


def _windows_early_ms(body: MovingBody, t_s: Floats, acc: Floats, measured: np.ndarray) -> Floats:
    """Windows of walking: by how much times have to be later for |acceleration| to lie on the true one best.

    Least squares of gain, offset and shift; the sensor's own errors are in gain and offset.
    """
    grid_s = np.arange(0, t_s[-1] + 1, 1 / GRID_HZ)
    force = np.linalg.norm(body.felt(grid_s).specific_force_mps2, axis=1)
    slope = np.gradient(force, 1 / GRID_HZ)
    walks = body.truth(t_s).activity == ACTIVITIES.index(Activity.WALK)
    out = []
    for start_s in np.arange(t_s[0], t_s[-1] - WINDOW_S, WINDOW_S):
        rows = (t_s >= start_s) & (t_s < start_s + WINDOW_S) & measured
        if walks[rows].mean() > 0.98:
            out.append(_early_s(grid_s, force, slope, t_s[rows], acc[rows]) * 1e3)
    return np.array(out)


def _early_s(grid_s: Floats, force: Floats, slope: Floats, t_s: Floats, acc: Floats) -> float:
    early_s = 0.0
    for _ in range(6):
        true = np.interp(t_s + early_s, grid_s, force)
        turn = np.interp(t_s + early_s, grid_s, slope)
        (_, gain, both), *_ = np.linalg.lstsq(np.stack([np.ones_like(true), true, turn], axis=1), acc, rcond=None)
        early_s += float(np.clip(both / gain, -0.02, 0.02))
    return early_s

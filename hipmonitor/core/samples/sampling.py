"""Packets or arrays to samples on the host's clock: late ones dropped, short losses bridged, long ones named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import numpy as np

from hipmonitor.core.arrays import Bools, Vec3s, read_only
from hipmonitor.core.inbound import Samples, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.samples.believing import BeliefParams, BeliefState, begin, believe
from hipmonitor.core.samples.blocks import ImuBlock
from hipmonitor.core.samples.calibration import Calibration, calibration
from hipmonitor.core.samples.doubts import Doubt, SensorDoubt
from hipmonitor.core.samples.joining import Joined, JoinState, Judged, join
from hipmonitor.core.samples.packet_rows import (
    STANDARD_GRAVITY_MPS2,
    PacketParams,
    PacketReader,
    StreamState,
    slow_every,
)
from hipmonitor.core.samples.rails import LEAST_ACC_MPS2, LEAST_GYR_RADPS, RailState, at_the_rail
from hipmonitor.core.samples.rows import Rows
from hipmonitor.core.samples.selection import one_block
from hipmonitor.core.wire import ClockPair, Decoded, FaultKind, ImuPackets, PacketKind, SensorInfo, WireFault


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingParams:
    """What may be tuned."""

    most_acc_mps2: float = 100 * STANDARD_GRAVITY_MPS2
    most_gyr_radps: float = 100.0
    """Arrays: beyond what any motion sensor measures (±64 g, ±4000 °/s), so it was not measured."""
    bridge_s: float = 0.2
    """Losses up to this long are bridged: a thigh turns about 20 deg in it at most while sitting down."""
    packets: PacketParams = field(default_factory=PacketParams)
    belief: BeliefParams = field(default_factory=BeliefParams)


@dataclass(slots=True, kw_only=True)
class SamplingState:
    """What is carried from step to step."""

    sensor: SensorId | None = None
    """The sensor this room listens to: the first that was heard."""
    rate_hz: float = 0.0
    has_gyroscope: bool = False
    stream: StreamState | None = None
    joining: JoinState = field(default_factory=JoinState)
    belief: BeliefState = field(default_factory=BeliefState)
    acc_rail: RailState = field(default_factory=RailState)
    gyr_rail: RailState = field(default_factory=RailState)
    row: int = 0
    """Arrays: rows taken so far."""
    slow: bool = False
    """The newest samples are of the slow memory."""


class Sampling:
    """Room 2. One step holds samples of one rate: the corridor cuts where the sensor's facts change."""

    def __init__(self, params: SamplingParams | None = None, state: SamplingState | None = None) -> None:
        self.params = params or SamplingParams()
        self.state = state or SamplingState()

    def step(self, items: Sequence[Decoded | Samples]) -> ImuBlock:
        """The samples that these packets or arrays hold, in time order."""
        runs = [list(run) for _, run in groupby(items, key=_is_slow)] or [[]]
        blocks = [self._step(run, slow=bool(run) and _is_slow(run[0])) for run in runs]
        return blocks[0] if len(blocks) == 1 else one_block(blocks)

    def _step(self, items: Sequence[Decoded | Samples], *, slow: bool) -> ImuBlock:
        faults: Counter[FaultKind] = Counter()
        pieces = [rows for item in items for rows in self._take(item, faults)]
        rows = _together(pieces, with_gyroscope=self.state.has_gyroscope and not slow)
        judged, doubts, calibrations = self._as_it_is(rows) if slow else self._believed(rows, faults)
        joined = join(
            self.state.joining,
            judged,
            period_s=1 / (self.state.rate_hz or 1.0),
            bridge_s=self.params.bridge_s,
            numbered=self.state.stream is not None,
            faults=faults,
        )
        named = [item for item in items if isinstance(item, WireFault)]
        block = self._block(joined, [*named, *self._counted(faults, joined)], doubts)
        return replace(block, calibrations=calibrations) if calibrations else block

    @property
    def doubt(self) -> SensorDoubt | None:
        """What of the sensor is not believed at present."""
        return self.state.belief.guard.verdict

    @property
    def calibration(self) -> Calibration | None:
        """Of the accelerometer, from rest so far; None = nothing is known, or nothing is worth it."""
        return calibration(self.state.belief.rest, self.params.belief.calibration)

    def _believed(
        self, rows: Rows, faults: Counter[FaultKind]
    ) -> tuple[Judged, tuple[SensorDoubt, ...], tuple[Calibration, ...]]:
        """What the guards leave; rates that cannot have been measured make a row unusable unless they are set aside anyway."""
        s, p = self.state, self.params
        info = s.stream.info if s.stream else None
        ranges = (info.acc_range_g, info.gyr_range_dps) if info else ()
        begin(s.belief, (s.rate_hz, float(s.has_gyroscope), *ranges))
        changed = self._changed(rows, slow=False)
        judged, doubts, calibrations = believe(s.belief, p.belief, rows, s.rate_hz or 1.0, p.most_gyr_radps)
        doubts = (*changed, *doubts)
        faults[FaultKind.ACCELEROMETER_DOUBTED] += len(rows) - len(judged.rows)
        faults[FaultKind.GYROSCOPE_DOUBTED] += int(np.count_nonzero(judged.doubt))
        if judged.rows.gyr_radps is None:
            return judged, doubts, calibrations
        _, possible = _usable(judged.rows.gyr_radps, p.most_gyr_radps)
        faults[FaultKind.IMPOSSIBLE] += int((~possible).sum())
        return judged.where(possible), doubts, calibrations

    def _as_it_is(self, rows: Rows) -> tuple[Judged, tuple[SensorDoubt, ...], tuple[Calibration, ...]]:
        """Of the slow memory: no rates to be judged, and no window of what the guards compare."""
        gyr = np.zeros((len(rows), 3)) if self.state.has_gyroscope else None
        none = np.zeros(len(rows), np.int8)
        judged = Judged(rows=replace(rows, gyr_radps=gyr), doubt=none + np.int8(Doubt.SLOW_MEMORY), refused=none)
        return judged, self._changed(rows, slow=True), ()

    def _changed(self, rows: Rows, *, slow: bool) -> tuple[SensorDoubt, ...]:
        """Where the slow memory begins to fill in, and where the sensor itself is heard again."""
        if not len(rows) or slow is self.state.slow:
            return ()
        self.state.slow = slow
        in_force = Doubt.NONE if self.doubt is None else self.doubt.kind
        return (SensorDoubt(kind=Doubt.SLOW_MEMORY if slow else in_force, since=HostNs(int(rows.t_ns[0]))),)

    def hear_another(self, sensor: SensorId | None = None) -> None:
        """Listen to this one from now on, or to the next one that is heard; nothing is known of it."""
        s = self.state
        s.sensor, s.stream = sensor, None
        s.belief, s.acc_rail, s.gyr_rail = BeliefState(), RailState(), RailState()
        s.joining.restarted = s.joining.last is not None

    def _take(self, item: Decoded | Samples, faults: Counter[FaultKind]) -> list[Rows]:
        if isinstance(item, WireFault):
            return []
        s = self.state
        if s.sensor is None:
            s.sensor = item.sensor
        if item.sensor != s.sensor:
            faults[FaultKind.OTHER_SENSOR] += _samples_in(item)
        elif isinstance(item, ImuPackets):
            return self._packets(item, faults)
        elif isinstance(item, Samples):
            return self._arrays(item, faults)
        elif isinstance(item, SensorInfo):
            self._info(item)
        elif isinstance(item, ClockPair) and s.stream:
            PacketReader(self.params.packets, s.stream, faults).round_trip(item)
        return []

    def _info(self, info: SensorInfo) -> None:
        s = self.state
        if s.stream and (s.stream.info.boot_id, s.stream.info.stream) == (info.boot_id, info.stream):
            return
        s.joining.restarted = s.joining.last is not None
        s.stream = StreamState.fresh(info, s.stream)
        s.rate_hz, s.has_gyroscope = info.rate_hz, info.gyr_range_dps > 0

    def _packets(self, packets: ImuPackets, faults: Counter[FaultKind]) -> list[Rows]:
        stream = self.state.stream
        if stream is None or packets.info.stream != stream.info.stream:
            faults[FaultKind.WRONG_STREAM] += int(packets.count.sum())
            return []
        reader = PacketReader(self.params.packets, stream, faults)
        if packets.kind is PacketKind.LIVE or (_is_slow(packets) and reader.line and slow_every(packets.info)):
            return reader.read(packets)
        faults[FaultKind.LATE] += int(packets.count.sum())
        return []

    def _arrays(self, samples: Samples, faults: Counter[FaultKind]) -> list[Rows]:
        s = self.state
        s.rate_hz, s.has_gyroscope = samples.rate_hz, samples.gyr_radps is not None
        index = s.row + np.arange(len(samples.t_ns))
        s.row += len(samples.t_ns)
        finite, possible = _usable(samples.acc_mps2, self.params.most_acc_mps2)
        if samples.gyr_radps is not None:
            gyr_finite, _ = _usable(samples.gyr_radps, self.params.most_gyr_radps)
            finite, possible = finite & gyr_finite, possible & gyr_finite
        faults[FaultKind.NOT_FINITE] += int((~finite).sum())
        faults[FaultKind.IMPOSSIBLE] += int((finite & ~possible).sum())
        rows = Rows(
            t_ns=samples.t_ns,
            index=index,
            acc_mps2=samples.acc_mps2,
            gyr_radps=samples.gyr_radps,
            clipped=self._at_the_rail(samples, faults),
            measured=np.ones(len(index), np.bool_),
        )
        return [rows.where(possible)]

    def _at_the_rail(self, samples: Samples, faults: Counter[FaultKind]) -> Bools:
        clipped = at_the_rail(self.state.acc_rail, samples.acc_mps2, LEAST_ACC_MPS2)
        if samples.gyr_radps is not None:
            clipped |= at_the_rail(self.state.gyr_rail, samples.gyr_radps, LEAST_GYR_RADPS)
        faults[FaultKind.CLIPPED] += int(np.count_nonzero(clipped))
        return clipped

    def _counted(self, faults: Counter[FaultKind], joined: Joined) -> list[WireFault]:
        at = HostNs(int(joined.rows.t_ns[-1])) if len(joined.rows) else HostNs(0)
        sensor = self.state.sensor or SensorId("")
        return [WireFault(at=at, sensor=sensor, kind=kind, count=n) for kind, n in faults.items() if n]

    def _block(self, joined: Joined, faults: list[WireFault], doubts: tuple[SensorDoubt, ...]) -> ImuBlock:
        rows = joined.rows
        return ImuBlock(
            t_ns=read_only(rows.t_ns),
            acc_mps2=read_only(rows.acc_mps2),
            gyr_radps=None if rows.gyr_radps is None else read_only(rows.gyr_radps),
            measured=read_only(rows.measured),
            clipped=read_only(rows.clipped),
            index=read_only(rows.index),
            segment=read_only(joined.segment),
            rate_hz=self.state.rate_hz,
            lost_deg=read_only(joined.lost_deg),
            doubt=read_only(joined.doubt),
            gaps=joined.gaps,
            faults=tuple(faults),
            doubts=doubts,
        )


def _is_slow(item: Decoded | Samples) -> bool:
    return isinstance(item, ImuPackets) and item.kind is PacketKind.SLOW_BACKFILL


def _usable(vectors: Vec3s, most: float) -> tuple[Bools, Bools]:
    """(n,) finite rows, and those of them that a sensor can have measured."""
    if vectors.max(initial=0.0) <= most and vectors.min(initial=0.0) >= -most:  # False where anything is not a number
        return np.ones(len(vectors), np.bool_), np.ones(len(vectors), np.bool_)
    finite = np.all(np.isfinite(vectors), axis=1)
    return finite, finite & np.all(np.abs(np.where(finite[:, None], vectors, 0.0)) <= most, axis=1)


def _samples_in(item: Decoded | Samples) -> int:
    if isinstance(item, ImuPackets):
        return int(item.count.sum())
    return len(item.t_ns) if isinstance(item, Samples) else 0


def _together(pieces: list[Rows], *, with_gyroscope: bool) -> Rows:
    pieces = [piece for piece in pieces if len(piece)]
    if not pieces:
        return Rows(
            t_ns=np.zeros(0, np.int64),
            index=np.zeros(0, np.int64),
            acc_mps2=np.zeros((0, 3)),
            gyr_radps=np.zeros((0, 3)) if with_gyroscope else None,
            clipped=np.zeros(0, np.bool_),
            measured=np.zeros(0, np.bool_),
        )
    if len(pieces) == 1:
        return pieces[0]
    gyr = [piece.gyr_radps for piece in pieces if piece.gyr_radps is not None]
    return Rows(
        t_ns=np.concatenate([piece.t_ns for piece in pieces]),
        index=np.concatenate([piece.index for piece in pieces]),
        acc_mps2=np.concatenate([piece.acc_mps2 for piece in pieces]),
        gyr_radps=np.concatenate(gyr) if with_gyroscope else None,
        clipped=np.concatenate([piece.clipped for piece in pieces]),
        measured=np.concatenate([piece.measured for piece in pieces]),
    )

"""Accelerometer and gyroscope of a Verity Sense on one grid: rates are interpolated to the accelerometer's instants.

Both streams have the sensor's clock and the same rate, but neither the same instants nor the same frames. A frame of the
accelerometer waits until the gyroscope has gone past it. Linear interpolation halfway between samples keeps 99.6 % of a turning
back and forth at 1 Hz, 95 % at 5 Hz (52 Hz). Where a frame of the gyroscope was lost, samples have no rates and are left out: a
known gap, as where a frame of the accelerometer was lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Ints, Vec3s, read_only
from hipmonitor.core.inbound import SensorId
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.wire.packets import ImuPackets, PacketKind, SensorInfo
from hipmonitor.core.wire.sample_numbers import Placed, SampleNumbers

US = 1000
TICK_HZ = 1e6
U32 = 1 << 32
GYRO_KEPT_S = 20.0
"""Of the gyroscope so much is kept for an accelerometer that lags behind, by less than a clock may go back and a frame; a frame
that begins before is refused."""
NEIGHBOURS = 1.5
"""Samples of the gyroscope further apart than so many periods do not follow each other."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame:
    """A data frame as numbers: n samples."""

    at: HostNs
    last_ns: int
    """Of its last sample, since the grid's origin."""
    values: Vec3s
    """(n, 3) mG or degrees a second."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Timed:
    """A frame with its place in its stream."""

    at: HostNs
    index: int
    t_ns: Floats
    """(n,) since the grid's origin."""
    values: Vec3s


@dataclass(slots=True, kw_only=True)
class Track:
    """One of the two streams: its frames get times and numbers."""

    numbers: SampleNumbers
    first: Frame | None = None
    """It waits for the second, which says how far apart its samples lie: at a rate 2 % wrong they would be 30 ms off."""

    @property
    def newest_ns(self) -> float:
        """Of its last sample with a time."""
        return -np.inf if self.numbers.last_ns is None else self.numbers.last_ns

    def take(self, frame: Frame) -> list[Timed] | None:
        """The frames that have their times with this one; None where it is not newer than those before."""
        if self.numbers.last_ns is None and self.first is None:
            self.first = frame
            return []
        timed: list[Timed] = []
        if self.first is not None:
            first, count = self.first, len(self.first.values)
            if frame.last_ns <= first.last_ns:
                return None
            timed.append(_timed(first, self.numbers.begin(first.last_ns, count, frame.last_ns, len(frame.values))))
            self.first = None
        placed = self.numbers.place(frame.last_ns, len(frame.values))
        return None if placed is None else [*timed, _timed(frame, placed)]


@dataclass(slots=True, kw_only=True)
class Grid:
    """What came of both streams of one clock, and was not handed on yet."""

    origin_ns: int
    """The sensor's time from which t_ns is counted."""
    acc: Track
    gyro: Track | None
    """None: the accelerometer goes alone."""
    waiting: list[Timed] = field(default_factory=list)
    """Frames of the accelerometer that the gyroscope has not gone past."""
    ready: list[Timed] = field(default_factory=list)
    turned: list[Timed] = field(default_factory=list)
    """Frames of the gyroscope."""

    def take_acc(self, frame: Frame) -> bool:
        """Whether the frame is of use: newer than those before, and not far behind the gyroscope."""
        timed = self.acc.take(frame)
        if timed is None or any(each.t_ns[0] < self._newest_gyro_ns() - GYRO_KEPT_S * NS_PER_S for each in timed):
            return False
        self.waiting += timed
        self._let_go()
        return True

    def take_gyro(self, frame: Frame) -> bool:
        """Whether the frame is newer than those before."""
        timed = None if self.gyro is None else self.gyro.take(frame)
        if timed is None:
            return False
        self.turned += timed
        self._let_go()
        return True

    def waits_s(self) -> float:
        """So much of the accelerometer waits for the gyroscope."""
        return sum(len(frame.t_ns) for frame in self.waiting) * self.acc.numbers.nominal_ns / NS_PER_S

    def join(self, gyro: Track | None) -> None:
        """From here on the accelerometer waits for the gyroscope, or goes alone."""
        self.gyro, self.turned = gyro, []
        self._let_go()

    def _newest_gyro_ns(self) -> float:
        return -np.inf if self.gyro is None else self.gyro.newest_ns

    def _let_go(self) -> None:
        newest = np.inf if self.gyro is None else self._newest_gyro_ns()
        while self.waiting and self.waiting[0].t_ns[-1] <= newest:
            self.ready.append(self.waiting.pop(0))

    def packets(self, info: SensorInfo) -> ImuPackets | None:
        """The frames that are ready, as packets; None where nothing is left of them."""
        frames, self.ready = self.ready, []
        if not frames:
            self._forget()
            return None
        t_ns = np.concatenate([frame.t_ns for frame in frames])
        rates, covered = (None, np.ones(len(t_ns), np.bool_)) if self.gyro is None else self._rates(t_ns, self.gyro)
        self._forget()
        return _packets(self.origin_ns, info, frames, t_ns, rates, covered) if covered.any() else None

    def _rates(self, t_ns: Floats, gyro: Track) -> tuple[Vec3s, Bools]:
        """(n, 3) rates at these instants, and (n,) whether both neighbours were measured."""
        turned_ns = np.concatenate([frame.t_ns for frame in self.turned])
        rates = np.concatenate([frame.values for frame in self.turned])
        left = np.clip(np.searchsorted(turned_ns, t_ns, side="left") - 1, 0, len(turned_ns) - 2)
        before, after = turned_ns[left], turned_ns[left + 1]
        share = ((t_ns - before) / (after - before))[:, None]
        covered = (before < t_ns) & (t_ns <= after) & (after - before <= NEIGHBOURS * gyro.numbers.nominal_ns)
        return rates[left] + (rates[left + 1] - rates[left]) * share, covered

    def _forget(self) -> None:
        """Frames of the gyroscope that no frame of the accelerometer can need; one before them is kept."""
        needed_ns = self._newest_gyro_ns() - GYRO_KEPT_S * NS_PER_S
        if self.waiting:
            needed_ns = min(needed_ns, float(self.waiting[0].t_ns[0]))
        while len(self.turned) > 1 and self.turned[1].t_ns[-1] < needed_ns:
            del self.turned[0]


def _timed(frame: Frame, placed: Placed) -> Timed:
    t_ns = placed.first_ns + np.arange(len(frame.values), dtype=np.float64) * placed.spacing_ns
    return Timed(at=frame.at, index=placed.index, t_ns=t_ns, values=frame.values)


def _packets(
    origin_ns: int, info: SensorInfo, frames: list[Timed], t_ns: Floats, rates: Vec3s | None, covered: Bools
) -> ImuPackets:
    """Of every frame the runs of samples that have all they need."""
    lengths = [len(frame.t_ns) for frame in frames]
    row = np.flatnonzero(covered)
    frame_of = np.repeat(np.arange(len(frames)), lengths)[row]
    index = np.concatenate([frame.index + np.arange(len(frame.t_ns)) for frame in frames])[row]
    begins = np.append(True, (frame_of[1:] != frame_of[:-1]) | (index[1:] - index[:-1] != 1))
    first = np.flatnonzero(begins)
    acc = np.concatenate([frame.values for frame in frames])
    at_ns = np.array([frame.at for frame in frames], np.int64)[frame_of[first]]
    return ImuPackets(
        sensor=SensorId(info.sensor),
        kind=PacketKind.LIVE,
        info=info,
        at_ns=read_only(at_ns),
        sequence=read_only(np.zeros(len(first), np.int64)),
        first_index=read_only(index[first] % U32),
        first_tick=read_only(_ticks(origin_ns, t_ns[row[first]])),
        count=read_only(np.append(first[1:], len(row)) - first),
        status=read_only(np.zeros(len(first), np.int64)),
        acc_counts=read_only(acc[row].astype(np.float32)),
        gyr_counts=None if rates is None else read_only(rates[row].astype(np.float32)),
    )


def _ticks(origin_ns: int, t_ns: Floats) -> Ints:
    """(p,) u32 microseconds of the sensor's clock."""
    return (origin_ns // US % U32 + np.rint((origin_ns % US + t_ns) / US).astype(np.int64)) % U32

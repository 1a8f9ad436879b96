"""Six-axis orientation by VQF, at the true sample rate, restarted after long gaps with what it learned of the offset.

Source: D. Laidig, T. Seel, "VQF: Highly accurate IMU orientation estimation", Information Fusion 91 (2023) 187-204, compiled
implementation `vqf`, default parameters. Differs from calling it alone: the rates are scaled by true / nominal period (a
period wrong by 3 % costs 1.6 deg otherwise), it never sees a non-finite sample (one would silence its gyroscope for the rest
of the session), and its output is marked untrusted while it settles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
from vqf import VQF

from hipmonitor.core.arrays import Bools, Floats, Ints, Nanoseconds, Vec3s, read_only
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.orientation.blocks import OrientationBlock
from hipmonitor.core.orientation.trust import held_until
from hipmonitor.core.samples import ImuBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class GyroscopeParams:
    """What may be tuned; VQF's own parameters stay at their defaults (tauAcc 3 s is best on BROAD, 0.69 deg)."""

    settle_s: float = 2.0
    """After a start from nothing: VQF has the tilt of the first samples at once, and averages motion out of it."""
    after_gap_s: float = 3.0
    """After a gap that it ran over, or a rate out of range: one accelerometer time constant."""
    restart_gap_s: float = 2.0
    """A longer gap than this starts VQF anew: the leg may be anywhere."""
    rate_chunk: int = 256
    """The true period is measured over chunks of so many samples, counted in the segment."""
    rate_chunks: int = 8
    most_rate_error: float = 0.2
    """A period further from nominal is a fault of the times, not of the sensor, and is not used."""


@dataclass(slots=True, kw_only=True)
class GyroscopeState:
    """What is carried from step to step."""

    rate_hz: float = 0.0
    vqf: dict[str, Any] | None = None
    """VQF's own state: a plain dict of numbers and arrays."""
    segment: int = -1
    last_ns: int = 0
    count: int = 0
    """Samples in this segment."""
    chunk_ns: list[int] = field(default_factory=list)
    """Times of the newest chunk beginnings in this segment."""
    scale: float = 1.0
    """True / nominal period in force."""
    untrusted_until_ns: int = 0


class OrientationByGyroscope:
    """VQF over blocks of any length."""

    def __init__(self, params: GyroscopeParams | None = None, state: GyroscopeState | None = None) -> None:
        self.params = params or GyroscopeParams()
        self._state = state or GyroscopeState()
        self._filter: VQF | None = None
        if self._state.vqf is not None:
            self._filter = VQF(1 / self._state.rate_hz)
            self._filter.state = cast("Any", self._state.vqf)

    @property
    def state(self) -> GyroscopeState:
        """The state, with the filter's own inside."""
        self._state.vqf = None if self._filter is None else dict(self._filter.state)
        return self._state

    def step(self, imu: ImuBlock) -> OrientationBlock:
        """One orientation a sample."""
        if imu.gyr_radps is None or not len(imu):
            return _empty()
        cuts = np.flatnonzero(np.diff(imu.segment)) + 1
        parts = [self._segment(imu, imu.gyr_radps, rows) for rows in np.split(np.arange(len(imu)), cuts)]
        return OrientationBlock(
            t_ns=imu.t_ns,
            world_from_sensor=read_only(np.concatenate([part[0] for part in parts])),
            at_rest=read_only(np.concatenate([part[1] for part in parts])),
            trusted=read_only(np.concatenate([part[2] for part in parts])),
        )

    def _segment(self, imu: ImuBlock, gyr_radps: Vec3s, rows: Ints) -> tuple[Vec3s, Bools, Bools]:
        s = self._state
        t_ns = imu.t_ns[rows]
        if int(imu.segment[rows[0]]) != s.segment or imu.rate_hz != s.rate_hz:
            self._begin(int(imu.segment[rows[0]]), int(t_ns[0]), imu.rate_hz)
        gyr = np.ascontiguousarray(gyr_radps[rows] * self._scales(t_ns, imu.rate_hz)[:, None])
        result = cast("VQF", self._filter).updateBatch(gyr, np.ascontiguousarray(imu.acc_mps2[rows]))
        until = held_until(s.untrusted_until_ns, t_ns, imu.clipped[rows], self.params.after_gap_s)
        s.untrusted_until_ns, s.last_ns = int(until[-1]), int(t_ns[-1])
        return result["quat6D"], result["restDetected"], t_ns >= until

    def _begin(self, segment: int, t_ns: int, rate_hz: float) -> None:
        """A new segment: go on over a short gap, start anew after a long one."""
        s, p = self._state, self.params
        first = self._filter is None or rate_hz != s.rate_hz
        hold_s = p.after_gap_s
        if first or t_ns - s.last_ns > p.restart_gap_s * NS_PER_S:
            hold_s = p.settle_s
            bias = None if first or self._filter is None else self._filter.getBiasEstimate()
            self._filter = VQF(1 / rate_hz)
            if bias is not None:
                self._filter.setBiasEstimate(*bias)
        s.segment, s.rate_hz, s.count, s.chunk_ns = segment, rate_hz, 0, []
        s.untrusted_until_ns = max(s.untrusted_until_ns, t_ns + round(hold_s * NS_PER_S))

    def _scales(self, t_ns: Nanoseconds, rate_hz: float) -> Floats:
        """(n,) true / nominal period: what the chunks that ended before each sample say."""
        s, p = self._state, self.params
        number = s.count + np.arange(len(t_ns))
        out = np.empty(len(t_ns))
        starts = np.flatnonzero(number % p.rate_chunk == 0)
        done = 0
        for start in starts.tolist():
            out[done:start] = s.scale
            s.chunk_ns = [*s.chunk_ns[-p.rate_chunks :], int(t_ns[start])]
            self._measure(rate_hz)
            done = start
        out[done:] = s.scale
        s.count += len(t_ns)
        return out

    def _measure(self, rate_hz: float) -> None:
        s, p = self._state, self.params
        if len(s.chunk_ns) > 1:
            samples = (len(s.chunk_ns) - 1) * p.rate_chunk
            scale = (s.chunk_ns[-1] - s.chunk_ns[0]) / NS_PER_S / samples * rate_hz
            if abs(scale - 1) < p.most_rate_error:
                s.scale = scale


def _empty() -> OrientationBlock:
    return OrientationBlock(
        t_ns=np.zeros(0, np.int64),
        world_from_sensor=np.zeros((0, 4)),
        at_rest=np.zeros(0, np.bool_),
        trusted=np.zeros(0, np.bool_),
    )

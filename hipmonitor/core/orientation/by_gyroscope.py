"""Six-axis orientation by VQF, at the true sample rate, restarted after long gaps with what it learned of the offset.

Source: D. Laidig, T. Seel, "VQF: Highly accurate IMU orientation estimation", Information Fusion 91 (2023) 187-204, compiled
implementation `vqf`, default parameters. Differs from calling it alone: the rates are scaled by true / nominal period (a
period wrong by 3 % costs 1.6 deg otherwise), it never sees a non-finite sample (one would silence its gyroscope for the rest
of the session), and its output is marked untrusted while it settles.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Nanoseconds, Quats, Vec3s, read_only
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.orientation.blocks import OrientationBlock, no_orientations
from hipmonitor.core.orientation.forward_strides import Forward, ForwardState
from hipmonitor.core.orientation.in_strides import stride_samples
from hipmonitor.core.orientation.over_gaps import filled, missing_steps
from hipmonitor.core.orientation.shaken import ShakenParams, clipped_in_a_row, lost_before, untrusted
from hipmonitor.core.orientation.spans import changes, spans
from hipmonitor.core.orientation.trust import held_until
from hipmonitor.core.samples import ImuBlock, selected


@dataclass(frozen=True, slots=True, kw_only=True)
class GyroscopeParams:
    """What may be tuned; VQF's own parameters stay at their defaults (tauAcc 3 s is best on BROAD, 0.69 deg)."""

    settle_s: float = 2.0
    """After a start from nothing: VQF has the tilt of the first samples at once, and averages motion out of it."""
    after_gap_s: float = 3.0
    """After a gap that it ran over, or a rate out of range: one accelerometer time constant."""
    restart_gap_s: float = 2.0
    """A longer gap than this starts VQF anew: the leg may be anywhere."""
    fill_gap_s: float = 0.5
    """A gap up to this long is turned through as a straight line between the rates on both sides."""
    rate_chunk: int = 256
    """The true period is measured over chunks of so many samples, counted in the segment."""
    rate_chunks: int = 8
    most_rate_error: float = 0.2
    """A period further from nominal is a fault of the times, not of the sensor, and is not used."""
    longest_stride_s: float = 0.075
    """VQF runs once a stride, as when settled: seven samples at 100 Hz."""
    shaken: ShakenParams = field(default_factory=ShakenParams)


@dataclass(slots=True, kw_only=True)
class GyroscopeState:
    """What is carried from step to step."""

    rate_hz: float = 0.0
    forward: ForwardState | None = None
    segment: int = -1
    last_ns: int = 0
    last: Vec3s | None = None
    """(2, 3) specific force and rate of the newest sample."""
    count: int = 0
    """Samples in this segment."""
    chunk_ns: list[int] = field(default_factory=list)
    """Times of the newest chunk beginnings in this segment."""
    scale: float = 1.0
    """True / nominal period in force."""
    untrusted_until_ns: int = 0
    clipped: int = 0
    """Newest rows in a row that were out of range."""


class OrientationByGyroscope:
    """VQF over blocks of any length."""

    def __init__(self, params: GyroscopeParams | None = None, state: GyroscopeState | None = None) -> None:
        self.params = params or GyroscopeParams()
        self._state = state or GyroscopeState()
        self._filter = None if self._state.forward is None else Forward(self._state.forward)

    @property
    def state(self) -> GyroscopeState:
        """The state, with the filter's own inside."""
        self._state.forward = None if self._filter is None else self._filter.state
        return self._state

    def step(self, imu: ImuBlock) -> OrientationBlock:
        """One orientation a sample."""
        if imu.gyr_radps is None or not len(imu):
            return no_orientations()
        clipped, self._state.clipped = clipped_in_a_row(imu.clipped, self._state.clipped)
        lost_deg = lost_before(imu, clipped, self.params.shaken)
        begins = changes(imu.segment) | (lost_deg > 0)
        parts = []
        for rows in spans(begins):
            part = imu if rows == slice(0, len(imu)) else selected(imu, rows)
            parts.append(self._part(part, imu.gyr_radps[rows], float(lost_deg[rows.start])))
        quats, rest, trusted = parts[0] if len(parts) == 1 else [np.concatenate(p) for p in zip(*parts, strict=True)]
        return OrientationBlock(
            t_ns=imu.t_ns,
            world_from_sensor=read_only(quats),
            at_rest=read_only(rest),
            trusted=read_only(trusted),
        )

    def begin_anew(self) -> None:
        """Forget all: what it was given could not be believed."""
        self._filter, self._state.segment = None, -1

    def _part(self, imu: ImuBlock, gyr_radps: Vec3s, lost_deg: float) -> tuple[Quats, Bools, Bools]:
        """Rows of one segment, with the angle that was lost just before them."""
        s, p = self._state, self.params
        if self._filter is None or int(imu.segment[0]) != s.segment or imu.rate_hz != s.rate_hz:
            self._filter = self._begun(imu, gyr_radps)
        elif lost_deg:
            self._filter.forget(lost_deg, p.shaken)
        quats, rest = self._filter.step(imu.acc_mps2, gyr_radps * self._scales(imu.t_ns, imu.rate_hz)[:, None])
        until = held_until(s.untrusted_until_ns, imu.t_ns, untrusted(imu, p.shaken), p.after_gap_s)
        s.untrusted_until_ns, s.last_ns = int(until[-1]), int(imu.t_ns[-1])
        s.last = np.array([imu.acc_mps2[-1], gyr_radps[-1]])
        return quats, rest, imu.t_ns >= until

    def _begun(self, imu: ImuBlock, gyr_radps: Vec3s) -> Forward:
        """The filter for a new segment: it goes on over a short gap, and starts anew after a long one."""
        s, p, t_ns, forward = self._state, self.params, int(imu.t_ns[0]), self._filter
        hold_s = p.settle_s
        if forward is None or imu.rate_hz != s.rate_hz:
            period_s = 1 / imu.rate_hz
            forward = Forward(ForwardState(period_s=period_s, stride=stride_samples(p.longest_stride_s, period_s)))
        elif t_ns - s.last_ns > p.restart_gap_s * NS_PER_S:
            forward = forward.anew()
        else:
            self._run_over(forward, imu, gyr_radps)
            hold_s = p.after_gap_s
        s.segment, s.rate_hz, s.count, s.chunk_ns = int(imu.segment[0]), imu.rate_hz, 0, []
        s.untrusted_until_ns = max(s.untrusted_until_ns, t_ns + round(hold_s * NS_PER_S))
        return forward

    def _run_over(self, forward: Forward, imu: ImuBlock, gyr_radps: Vec3s) -> None:
        """Go on in front of these rows: what was turned meanwhile is a guess, and the tilt is soon to be learned anew."""
        s, p = self._state, self.params
        missing = missing_steps(np.array([s.last_ns, imu.t_ns[0]]), 1 / imu.rate_hz, p.fill_gap_s)
        if s.last is not None and missing.any():
            ends = np.stack([s.last, np.stack([imu.acc_mps2[0], gyr_radps[0]])])
            acc, gyr, there = filled(ends[:, 0], ends[:, 1], missing)
            forward.step(acc[~there], gyr[~there] * s.scale)
        forward.forget(p.shaken.unknown_deg, p.shaken)

    def _scales(self, t_ns: Nanoseconds, rate_hz: float) -> Floats:
        """(n,) true / nominal period: what the chunks that ended before each sample say."""
        s, p = self._state, self.params
        starts = np.arange(-s.count % p.rate_chunk, len(t_ns), p.rate_chunk)
        s.count += len(t_ns)
        if not len(starts):
            return np.full(len(t_ns), s.scale)
        begun_ns = np.concatenate([np.array(s.chunk_ns, np.int64), t_ns[starts]])
        newest = np.arange(len(s.chunk_ns), len(begun_ns))
        oldest = np.maximum(newest - p.rate_chunks, 0)
        samples = np.maximum(newest - oldest, 1) * p.rate_chunk
        scale = (begun_ns[newest] - begun_ns[oldest]) / NS_PER_S / samples * rate_hz
        good = np.append(True, np.abs(scale - 1) < p.most_rate_error)
        in_force = np.append(s.scale, scale)[np.maximum.accumulate(np.where(good, np.arange(len(good)), 0))]
        s.chunk_ns, s.scale = begun_ns[-p.rate_chunks - 1 :].tolist(), float(in_force[-1])
        return np.repeat(in_force, np.diff(starts, prepend=0, append=len(t_ns)))

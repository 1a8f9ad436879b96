"""Room 3 of the settled reading: orientation that also knows what came after, in bounded memory.

Fixed chunks of the sample stream are worked on with a margin on both sides and only their middle is kept: VQF forward and
backward, in strides, with a gyroscope, a zero-phase low-pass without. Chunks lie at absolute sample numbers, so the result is
a pure function of the recording. Heading, which nothing measures, is made continuous at the seams.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from scipy.signal import sosfilt, sosfiltfilt

from hipmonitor.core.arrays import Bools, Codes, Floats, Quats, Vec3s, read_only
from hipmonitor.core.frames import inverse, length, multiply, tilt_from_up, unit
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.orientation.blocks import OrientationBlock, joined_orientations, no_orientations
from hipmonitor.core.orientation.by_gravity import GravityParams, low_pass, running_mean
from hipmonitor.core.orientation.either import no_samples
from hipmonitor.core.orientation.in_strides import oriented_in_strides, stride_samples
from hipmonitor.core.orientation.oriented import Oriented
from hipmonitor.core.orientation.over_gaps import filled, mean_period_s, missing_steps
from hipmonitor.core.orientation.shaken import ShakenParams, untrusted
from hipmonitor.core.orientation.spans import changes, spans
from hipmonitor.core.orientation.trust import followed, near
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2, ImuBlock, copied, joined_blocks, selected


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledOrientationParams:
    """What may be tuned."""

    chunk_samples: int = 120_000
    """Twenty minutes at 100 Hz: the margins, worked on twice, are then 5 %. Twice as long is slower by a fifth: what is held at
    once no longer stays near the processor."""
    margin_samples: int = 3_000
    """Ten time constants of VQF's accelerometer correction at 100 Hz."""
    restart_gap_s: float = 2.0
    """Runs are parted where more than this is missing."""
    fill_gap_s: float = 0.5
    """A gap up to this long is turned through as a straight line between the rates on both sides."""
    settle_s: float = 1.5
    """Untrusted on both sides of a gap and of a rate out of range: half of VQF's time constant on each, where as lived one
    follows."""
    doubted_before_s: float = 3.0
    """A doubt is found after about so long: from there on gravity is asked instead of the gyroscope."""
    longest_stride_s: float = 0.091
    """Nine samples at 100 Hz. A turn of 1980 deg/s for a whole stride would be the half turn whose way round is not known; legs
    reach half of that. An eighth of a second changes nothing either (BROAD: .0015 deg)."""
    gravity: GravityParams = field(default_factory=GravityParams)
    shaken: ShakenParams = field(default_factory=ShakenParams)


@dataclass(slots=True, kw_only=True)
class SettledOrientationState:
    """Samples held back, and where the last chunk ended."""

    held: list[ImuBlock] = field(default_factory=list)
    samples: int = 0
    before: int = 0
    """How many of the held samples were handed on already and only serve as margin."""
    seam: Quats | None = None
    """(4,) orientation of the last sample handed on."""


class SettledOrientation:
    """Holds samples back until what follows them is known."""

    holds_back = True

    def __init__(
        self, params: SettledOrientationParams | None = None, state: SettledOrientationState | None = None
    ) -> None:
        self.params = params or SettledOrientationParams()
        self.state = state or SettledOrientationState()

    @property
    def held_from_ns(self) -> int | None:
        """The oldest sample that is not margin alone."""
        handed_on = self.state.before
        for block in self.state.held:
            if handed_on < len(block):
                return int(block.t_ns[handed_on])
            handed_on -= len(block)
        return None

    def step(self, imu: ImuBlock) -> Oriented:
        """Whole chunks whose margin is complete, and what was held before the sensor changed its rate or its gyroscope."""
        parts: list[Oriented] = []
        if len(imu):
            if self.state.held and not _alike(self.state.held[-1], imu):
                parts = self._rest()
                self.state.held, self.state.samples, self.state.before = [], 0, 0
            self.state.held.append(imu)
            self.state.samples += len(imu)
        need = self.state.before + self.params.chunk_samples + self.params.margin_samples
        while self.state.samples >= need:
            parts.append(self._chunk(self.params.chunk_samples))
            need = self.state.before + self.params.chunk_samples + self.params.margin_samples
        if parts:  # a view of what was handed on would keep all of it
            self.state.held = [copied(block) for block in self.state.held]
        return _joined(parts)

    def flush(self) -> Oriented:
        """The rest: nothing more will come."""
        return _joined(self._rest())

    def _rest(self) -> list[Oriented]:
        rest = self.state.samples - self.state.before
        return [self._chunk(rest)] if rest else []

    def _chunk(self, n: int) -> Oriented:
        held = joined_blocks(self.state.held)
        begin, end = self.state.before, self.state.before + n
        window = selected(held, slice(0, min(len(held), end + self.params.margin_samples)))
        window = replace(window, doubt=_doubt_from_earlier_on(window, self.params.doubted_before_s))
        quats, rest, trusted = self._orient(window)
        seen_twice = quats[max(0, begin - 1)]
        quats, rest, trusted = quats[begin:end], rest[begin:end], trusted[begin:end]
        if self.state.seam is not None:
            quats = multiply(_heading_between(self.state.seam, seen_twice), quats)
        self.state.seam = quats[-1]
        self._keep(held, end)
        imu = selected(window, slice(begin, end))
        block = OrientationBlock(
            t_ns=imu.t_ns,
            world_from_sensor=read_only(quats),
            at_rest=read_only(rest),
            trusted=read_only(trusted),
        )
        return Oriented(imu=imu, orientation=block)

    def _keep(self, held: ImuBlock, end: int) -> None:
        start = max(0, end - self.params.margin_samples)
        self.state.held = [selected(held, slice(start, len(held)))]
        self.state.samples, self.state.before = len(held) - start, end - start

    def _orient(self, imu: ImuBlock) -> tuple[Quats, Bools, Bools]:
        """Run by run: parted where too much is missing, and where the gyroscope is not believed."""
        doubted = imu.doubt != 0
        parted = np.diff(imu.t_ns, prepend=imu.t_ns[:1]) > self.params.restart_gap_s * NS_PER_S
        parts = [
            self._run(selected(imu, rows), by_gravity=bool(doubted[rows.start]))
            for rows in spans(parted | changes(doubted))
        ]
        quats, rest, trusted = parts[0] if len(parts) == 1 else [np.concatenate(p) for p in zip(*parts, strict=True)]
        disturbed = self._disturbed(imu) | changes(doubted)
        return quats, rest, trusted & ~near(imu.t_ns, disturbed, self.params.settle_s)

    def _run(self, imu: ImuBlock, *, by_gravity: bool) -> tuple[Quats, Bools, Bools]:
        if imu.gyr_radps is None or by_gravity:
            return self._by_gravity(imu)
        period_s = 1 / imu.rate_hz
        missing = missing_steps(imu.t_ns, period_s, self.params.fill_gap_s)
        acc, gyr, there = imu.acc_mps2, imu.gyr_radps, slice(None)
        if missing.any():
            acc, gyr, there = filled(acc, gyr, missing)  # type: ignore[assignment]
        stride = stride_samples(self.params.longest_stride_s, period_s)
        quats, rest = oriented_in_strides(acc, gyr, mean_period_s(imu.t_ns, period_s), stride)
        return quats[there], rest[there], np.ones(len(imu), np.bool_)

    def _by_gravity(self, imu: ImuBlock) -> tuple[Quats, Bools, Bools]:
        g = self.params.gravity
        sos, _ = low_pass(g.cutoff_hz, imu.rate_hz)
        pad = min(len(imu) - 1, round(3 * imu.rate_hz))
        slow: Vec3s = sosfiltfilt(sos, imu.acc_mps2, axis=0, padlen=pad)
        power = length(imu.acc_mps2 - slow) ** 2
        mean = running_mean(g.moving_tau_s / 2, imu.rate_hz)
        power = sosfilt(mean, sosfilt(mean, power)[::-1])[::-1]
        off_one_g: Floats = np.abs(length(slow) / STANDARD_GRAVITY_MPS2 - 1)
        trusted = (power < g.moving_mps2**2) & (off_one_g < g.magnitude_share)
        return tilt_from_up(unit(slow)), power < g.rest_mps2**2, trusted

    def _disturbed(self, imu: ImuBlock) -> Bools:
        """Rows beside which an angle was lost: out of range, and both sides of a gap."""
        part = np.diff(imu.segment, prepend=imu.segment[:1]) != 0
        disturbed: Bools = untrusted(imu, self.params.shaken) | part | np.append(part[1:], False)
        return disturbed


def _doubt_from_earlier_on(imu: ImuBlock, before_s: float) -> Codes:
    """(n,) doubt, in force from so long before it was found: what leaves says of every row how it was oriented."""
    doubted = followed(imu.t_ns, imu.doubt != 0, before_s)
    if not doubted.any():
        return imu.doubt
    found = np.flatnonzero(imu.doubt)
    first = found[np.minimum(np.searchsorted(found, np.arange(len(imu))), len(found) - 1)]
    return read_only(np.where(doubted, imu.doubt[first], np.int8(0)))


def _alike(earlier: ImuBlock, later: ImuBlock) -> bool:
    """One filter can run over both."""
    return earlier.rate_hz == later.rate_hz and (earlier.gyr_radps is None) == (later.gyr_radps is None)


def _heading_between(earlier: Quats, later: Quats) -> Quats:
    """(4,) turn about the vertical that brings `later` to the heading of `earlier`."""
    turn = multiply(earlier, inverse(later))
    heading = np.array([turn[0], 0.0, 0.0, turn[3]])
    size = float(np.sqrt(np.sum(heading * heading)))
    return heading / size if size > 1e-6 else np.array([1.0, 0.0, 0.0, 0.0])


def _joined(parts: list[Oriented]) -> Oriented:
    if not parts:
        return Oriented(imu=no_samples(), orientation=no_orientations())
    if len(parts) == 1:
        return parts[0]
    return Oriented(
        imu=joined_blocks([part.imu for part in parts]),
        orientation=joined_orientations([part.orientation for part in parts]),
    )

"""VQF going forward in strides of several samples, for less than two thirds of what it costs on every sample; causal.

The gyroscope is integrated sample by sample, and the accelerometer turned into that slowly drifting frame. There a stride is
its turn and its mean specific force: that is what VQF is given as soon as the stride is complete. What VQF's orientation adds
to the integrated one changes over seconds. It is put onto the samples that follow, each with what the gyroscope's offset has
turned since: no sample waits. On BROAD the tilt is .727 deg off, with VQF on every sample .721.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
from vqf import VQF, BasicVQF

from hipmonitor.core.arrays import Bools, Floats, Quats, Vec3s, lengths
from hipmonitor.core.frames import inverse, multiply, rotate, tilt_from_up, unit
from hipmonitor.core.orientation.in_strides import turns
from hipmonitor.core.orientation.shaken import ShakenParams, forget_tilt


def _since_end(rows: int, stride: int) -> Floats:
    """(rows,) samples since the end of a stride: 0, 1, ... stride - 1, 0, 1, ..."""
    out = np.empty((rows // stride + 1, stride))
    out[:] = np.arange(stride)
    return out.ravel()[:rows]


def _same() -> Quats:
    return np.array([1.0, 0.0, 0.0, 0.0])


@dataclass(slots=True, kw_only=True)
class ForwardState:
    """What is carried from step to step. The drifting frame is the one in which the rates alone are integrated."""

    period_s: float
    stride: int
    """Samples."""
    vqf: dict[str, Any] | None = None
    """Plain numbers and arrays, as the next one."""
    integrator: dict[str, Any] | None = None
    world_from_drifting: Quats | None = None
    """(4,) as of the last stride's end; None before the first sample."""
    growing: Quats = field(default_factory=lambda: np.zeros(4))
    """(4,) by how much it changes with every sample since then."""
    felt: Vec3s = field(default_factory=lambda: np.zeros((0, 3)))
    """(m, 3) specific force of the stride that is not complete, in the drifting frame."""
    ended: Quats = field(default_factory=_same)
    """(4,) drifting_from_sensor at the last stride's end."""
    newest: Quats = field(default_factory=_same)
    """(4,) the same of the newest sample."""
    rest: bool = False


class Forward:
    """One run of the filter."""

    def __init__(self, state: ForwardState) -> None:
        self._state = state
        self._vqf = VQF(state.period_s * state.stride)
        self._integrator = BasicVQF(state.period_s)
        if state.vqf is not None and state.integrator is not None:
            self._vqf.state = cast("Any", state.vqf)
            self._integrator.state = cast("Any", state.integrator)

    @property
    def state(self) -> ForwardState:
        """The state, with those of both filters inside."""
        self._state.vqf, self._state.integrator = dict(self._vqf.state), dict(self._integrator.state)
        return self._state

    def anew(self) -> Forward:
        """Another run of the same sensor: its offset is what outlives this one."""
        other = Forward(ForwardState(period_s=self._state.period_s, stride=self._state.stride))
        other._vqf.setBiasEstimate(*self._vqf.getBiasEstimate())
        return other

    def step(self, acc: Vec3s, gyr: Vec3s) -> tuple[Quats, Bools]:
        """(n, 4) world_from_sensor and (n,) at rest; at least one sample. `acc`: (n, 3) m/s²; `gyr`: (n, 3) rad/s."""
        s = self._state
        drifting, waiting = self._integrated(gyr), len(s.felt)
        if s.world_from_drifting is None:
            s.world_from_drifting = multiply(tilt_from_up(unit(acc[:1]))[0], inverse(drifting[0]))
        world, growing, rest = s.world_from_drifting[None], s.growing[None], np.array([s.rest])
        s.felt = np.concatenate([s.felt.T, rotate(drifting, acc).T], axis=1).T
        s.newest = drifting[-1].copy()
        ends = np.arange(s.stride - 1 - waiting, len(acc), s.stride)
        if len(ends):
            after = self._strides(drifting[ends], self._taken(len(ends), s.stride))
            world, growing, rest = (np.concatenate(one) for one in zip((world, growing, rest), after, strict=True))
        counts = lengths(np.concatenate([[0], ends]), len(acc))
        in_force = growing.T.repeat(counts, axis=1)
        in_force *= _since_end(waiting + 1 + len(acc), s.stride)[waiting + 1 :]
        in_force += world.T.repeat(counts, axis=1)
        return multiply(in_force.T, drifting), rest.repeat(counts)

    def _integrated(self, gyr: Vec3s) -> Quats:
        """(n, 4) drifting_from_sensor, component by component: so it is used. BasicVQF passes over a force of exactly 0."""
        quats = self._integrator.updateBatch(np.ascontiguousarray(gyr), np.zeros((len(gyr), 3)))["quat6D"]
        return np.asfortranarray(quats)

    def forget(self, lost_deg: float, params: ShakenParams) -> None:
        """The tilt is known less well from here on; the stride of so far ends here."""
        s = self._state
        if len(s.felt):
            self._strides(s.newest[None], self._taken(1, len(s.felt)))
        forget_tilt(self._vqf, lost_deg, s.period_s * s.stride, params)

    def _taken(self, strides: int, samples: int) -> Vec3s:
        """(strides, 3) mean specific force of the oldest strides of so many samples each, which then are complete."""
        s, whole = self._state, strides * samples
        first = np.arange(0, whole, samples)
        mean = np.add.reduceat(np.ascontiguousarray(s.felt[:whole].T), first, axis=1).T / samples
        s.felt = s.felt[whole:].copy()
        return mean

    def _strides(self, there: Quats, mean: Vec3s) -> tuple[Quats, Quats, Bools]:
        """What is in force after each of k strides. `there`: (k, 4) drifting_from_sensor at their ends; `mean`: (k, 3) felt."""
        s = self._state
        rates = turns(np.concatenate([s.ended[None], there])) / (s.stride * s.period_s)
        sensor_from_drifting = inverse(there)
        felt = rotate(sensor_from_drifting, mean)
        out = self._vqf.updateBatch(np.ascontiguousarray(rates), np.ascontiguousarray(felt))
        world = multiply(out["quat6D"], sensor_from_drifting)
        offset = np.concatenate([np.zeros((len(there), 1)), rotate(there, out["bias"])], axis=1)
        growing = multiply(world, offset * (-s.period_s / 2))
        rest = out["restDetected"]
        s.world_from_drifting, s.growing, s.ended, s.rest = world[-1], growing[-1], there[-1], bool(rest[-1])
        return world, growing, rest

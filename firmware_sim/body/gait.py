"""Walking as published: the thigh's swing and the hip's path over one stride, and the strides of a script."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from firmware_sim.body.track import smooth_step
from hipmonitor.core.arrays import Floats

TURN = 2.0 * np.pi
N_HARMONICS = 8

THIGH_BY_TENTH_DEG = np.array([25.0, 23.0, 15.0, 6.0, -3.0, -11.0, -6.0, 11.0, 25.0, 28.0])
"""Sagittal thigh angle at each tenth of the stride from heel strike on, comfortable walking. Shape of the published hip
curve (Perry and Burnfield 2010; Kadaba 1990): 20 to 30 flexed at contact and through the first tenth, 10 extended at 50 %,
neutral about toe-off, most flexed at 85 to 90 %. Only its shape is used: the mean is the person's own."""
HARMONICS = np.fft.rfft(THIGH_BY_TENTH_DEG - THIGH_BY_TENTH_DEG.mean())[1:5] / 5.0

ABDUCTION_DEG, ROTATION_DEG = 4.0, 5.0
"""Half the frontal and transverse range of the hip over a stride (Kadaba 1990: about 10 to 12 and 8 to 12, harmonics above
the first included)."""
PELVIS_TILT_DEG = 1.5
"""Half the sagittal range of the pelvis, twice a stride (Perry and Burnfield 2010: 4 in all, at most)."""
PELVIS_LIST_DEG, PELVIS_TURN_DEG = 3.0, 5.0
"""Half its ranges in a stride: in stance the worn side is raised against the other, which drops with its leg, and each side goes
forward with its leg (Perry and Burnfield 2010; Kadaba 1990: 6 to 8 and 8 to 10 in all)."""
BOB_M, LATERAL_M, FORE_AFT_M = 0.020, 0.02, 0.01
"""Half the paths of the pelvis: 4 to 5 cm up and down, 4 cm sideways, 2 cm to and fro in a stride (Perry and Burnfield)."""
FASTEST_AT = 0.05
"""Share of the stride at which the body is fastest, in the middle of double support; it is slowest over the standing leg."""
WANDER_HZ = np.array([0.07, 0.17, 0.29, 0.43])
WANDER_OF_CV = 0.50
"""Amplitude of each wander of the phase, in strides, that together give successive strides of 1 s a CV of 1 in time."""


def published() -> np.ndarray[tuple[int, ...], np.dtype[np.complex128]]:
    """(6, N_HARMONICS) of the walk that everybody shares, at the usual pace: angle or path = Re sum c_n exp(2 pi i n phase).

    Rows: thigh flexion, abduction, internal rotation in degrees; the hip's path forward, left, up in m.
    """
    c = np.zeros((6, N_HARMONICS), np.complex128)
    c[0, : len(HARMONICS)] = HARMONICS
    c[1, 0] = 1j * ABDUCTION_DEG * np.exp(0.05j * TURN)
    c[2, 0] = ROTATION_DEG * np.exp(-0.1j * TURN)
    c[3, 1] = -1j * FORE_AFT_M * np.exp(-2j * TURN * FASTEST_AT)
    c[4, 0] = -1j * LATERAL_M
    c[5, 1] = -BOB_M
    return c


def harmonics(phase: Floats) -> tuple[Floats, Floats]:
    """Cosine and sine of 1 to N_HARMONICS times the phase (in strides), each (N_HARMONICS, n)."""
    cos, sin = np.empty((N_HARMONICS, *phase.shape)), np.empty((N_HARMONICS, *phase.shape))
    cos[0], sin[0] = np.cos(TURN * phase), np.sin(TURN * phase)
    for n in range(1, N_HARMONICS):
        cos[n] = cos[n - 1] * cos[0] - sin[n - 1] * sin[0]
        sin[n] = sin[n - 1] * cos[0] + cos[n - 1] * sin[0]
    return cos, sin


@dataclass(slots=True)
class Strides:
    """When the strides of a script fall: bouts that start at a heel strike, whose pace may change smoothly.

    `stride_sd` is the coefficient of variation of stride times; `phase_rad` makes one walker's wander unlike another's.
    """

    stride_sd: float = 0.02
    phase_rad: Floats = field(default_factory=lambda: np.zeros(4))
    _starts: list[float] = field(default_factory=lambda: [-1000.0])
    _seconds: list[float] = field(default_factory=lambda: [1.0])
    _from_hz: list[float] = field(default_factory=lambda: [1.0])
    _to_hz: list[float] = field(default_factory=lambda: [1.0])
    _phase: list[float] = field(default_factory=lambda: [0.0])

    def begin(self, *, at: float, stride_hz: float, phase: float = 0.0) -> None:
        """A bout begins, with a heel strike unless told otherwise. The one before must have come to rest."""
        self._add(at, 1.0, stride_hz, stride_hz, phase)

    def change(self, *, at: float, seconds: float, stride_hz: float) -> None:
        """The pace of the present bout changes within `seconds`, once an earlier change is done."""
        at = max(at, self._starts[-1] + self._seconds[-1])
        phase = float(self._steady(np.array([at]))[0][0])
        self._add(at, seconds, self._to_hz[-1], stride_hz, phase)

    def phase(self, t_s: Floats) -> tuple[Floats, Floats]:
        """Phase in strides, and the pace in Hz, each (n,)."""
        phase, pace = self._steady(t_s)
        for hz, offset in zip(WANDER_HZ, self.phase_rad, strict=True):
            phase = phase + self.stride_sd * WANDER_OF_CV * np.sin(TURN * hz * t_s + offset)
        return phase, pace

    def _add(self, at: float, seconds: float, from_hz: float, to_hz: float, phase: float) -> None:
        self._starts.append(at)
        self._seconds.append(seconds)
        self._from_hz.append(from_hz)
        self._to_hz.append(to_hz)
        self._phase.append(phase)

    def _steady(self, t_s: Floats) -> tuple[Floats, Floats]:
        """Without the wander: the exact integral of a pace that moves with minimum jerk."""
        k = np.maximum(np.searchsorted(np.array(self._starts), t_s, side="right") - 1, 0)
        since, seconds = t_s - np.array(self._starts)[k], np.array(self._seconds)[k]
        start, gain = np.array(self._from_hz)[k], (np.array(self._to_hz) - np.array(self._from_hz))[k]
        x = np.clip(since / seconds, 0.0, 1.0)
        gained = seconds * x * x * x * x * (2.5 + x * (x - 3.0)) + np.maximum(since - seconds, 0.0)
        return np.array(self._phase)[k] + start * since + gain * gained, start + gain * smooth_step(x)


def since_strike_s(phase: Floats, pace_hz: Floats) -> tuple[Floats, Floats]:
    """Seconds since the last heel strike of the worn leg and of the other, each (n,)."""
    return (phase - np.floor(phase)) / pace_hz, (phase + 0.5 - np.floor(phase + 0.5)) / pace_hz

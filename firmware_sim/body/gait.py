"""Walking: the thigh's swing and the hip's path over one stride, and the strides of a bout."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Floats

TURN = 2.0 * np.pi

THIGH_BY_TENTH_DEG = np.array([25.0, 23.0, 15.0, 6.0, -3.0, -11.0, -6.0, 11.0, 25.0, 28.0])
"""Sagittal thigh angle at each tenth of the stride from heel strike on, comfortable walking. Shape of the published hip
curve (Perry and Burnfield 2010; Kadaba 1990): 20 to 30 flexed at contact and through the first tenth, 10 extended at 50 %,
neutral about toe-off, most flexed at 85 to 90 %. Only its shape is used: the mean is the person's own."""
HARMONICS = np.fft.rfft(THIGH_BY_TENTH_DEG - THIGH_BY_TENTH_DEG.mean())[1:5] / 5.0

ABDUCTION_DEG, ROTATION_DEG = 5.0, 5.0
"""Half the frontal and transverse range of the hip over a stride (Kadaba 1990: about 10 to 12 and 8 to 12)."""
PELVIS_TILT_DEG = 1.5
"""Half the sagittal range of the pelvis, twice a stride (Perry and Burnfield 2010: 4 in all, at most)."""
BOB_M, LATERAL_M, FORE_AFT_M = 0.022, 0.02, 0.01
"""Half the paths of the pelvis: 4 to 5 cm up and down, 4 cm sideways, 2 cm to and fro in a stride (Perry and Burnfield)."""
PACE_WANDER, PACE_WANDER_HZ = 0.015, 0.11
"""Strides differ by 1 to 3 % in time: the phase wanders by this share of a stride."""


def thigh_swing_deg(phase: Floats) -> Floats:
    """The thigh's swing about its walking mean at a phase in strides (0 = own heel strike)."""
    swing = np.zeros_like(phase)
    for n, c in enumerate(HARMONICS, start=1):
        swing = swing + c.real * np.cos(TURN * n * phase) - c.imag * np.sin(TURN * n * phase)
    return swing


@dataclass(slots=True)
class Strides:
    """The walking bouts of a script: each starts at a heel strike and keeps its own pace."""

    starts: list[float] = field(default_factory=lambda: [-1000.0])
    stride_hz: list[float] = field(default_factory=lambda: [1.0])

    def begin(self, *, at: float, stride_hz: float) -> None:
        """A bout begins. The one before must have come to rest."""
        self.starts.append(at)
        self.stride_hz.append(stride_hz)

    def phase(self, t_s: Floats) -> tuple[Floats, Floats]:
        """Phase in strides, and the bout's pace in Hz, each (n,)."""
        bout = np.maximum(np.searchsorted(np.array(self.starts), t_s, side="right") - 1, 0)
        pace = np.array(self.stride_hz)[bout]
        since = t_s - np.array(self.starts)[bout]
        return pace * since + PACE_WANDER * np.sin(TURN * PACE_WANDER_HZ * since), pace


def since_strike_s(phase: Floats, pace_hz: Floats) -> tuple[Floats, Floats]:
    """Seconds since the last heel strike of the worn leg and of the other, each (n,)."""
    return (phase - np.floor(phase)) / pace_hz, (phase + 0.5 - np.floor(phase + 0.5)) / pace_hz

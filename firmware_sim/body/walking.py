"""How one person walks: the published walk, their own style on it, and strides that are never quite the same.

Compared with people, all labelled walking, five seconds at a time: thigh accelerometers of 8 adults (HARTH) and 6 people of
70 to 95 (HAR70+) at 50 Hz and of 8 adults (SENS) at 12.5 Hz, and the angular rate of a phone in the front trouser pocket of 8
people (MotionSense). What was compared: SD along and across the mean direction of up below 5 Hz and their ratio, root mean
square by band (0.3-1.25-2.5-3.5-5-8-15 Hz) along up and along the larger and smaller direction across it, 99th percentile and
largest |acceleration|, autocorrelation of |acceleration| after one step and one stride, and the rates' bands about the
thigh's three axes. Only ranges were matched; no curve of anybody was copied.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firmware_sim.body import gait
from firmware_sim.body.choreography import Choreography
from firmware_sim.body.person import Person
from hipmonitor.core.arrays import Floats, Ints

Harmonics = np.ndarray[tuple[int, ...], np.dtype[np.complex128]]
STYLE_DPS = np.array(
    [
        [0.0, 6.0, 12.0, 16.0, 10.0, 9.0, 7.0, 5.0],
        [0.0, 6.0, 9.0, 8.0, 6.0, 6.0, 5.0, 4.0],
        [0.0, 10.0, 15.0, 14.0, 9.0, 8.0, 7.0, 5.0],
    ]
)
"""SD of the rate that each harmonic of one's own style adds: flexion, abduction, rotation. Pocket phones (MotionSense, middle of
8 people) show 22, 9, 18 °/s at 1.25-2.5 Hz, then by band up to 8 Hz 22-32-25, 13-10-13 and 23-24-20."""
STYLE_MPS2 = np.array(
    [
        [0.0, 0.6, 0.4, 0.3, 0.3, 0.2, 0.2, 0.1],
        [0.0, 0.3, 0.3, 0.3, 0.2, 0.2, 0.2, 0.1],
        [0.0, 0.3, 0.3, 0.15, 0.2, 0.3, 0.3, 0.2],
    ]
)
"""SD of the acceleration that each harmonic adds to the hip's path forward, left and up."""
STYLE_SPREAD = 0.3
"""SD of the logarithm of each harmonic's size."""
SIZE_SHARE, TIMING_STRIDES = 0.2, 0.012
"""How far the style swells and shifts within the stride from stride to stride (SD of each of three slow wanders)."""
STRAY_HZ = np.array([[0.13, 0.31, 0.47], [0.11, 0.23, 0.41]])


ADDED = ("flexion_deg", "abduction_deg", "rotation_deg", "forward_m", "left_m", "up_m", "pelvis_deg")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stepping:
    """What walking adds at n instants."""

    added: Floats
    """(7, n) as named in ADDED; 0 where nobody walks."""
    where: Ints
    """(k,) rows at which somebody walks; the rest is for those only."""
    amount: Floats
    """From 0, standing, to 1, full strides."""
    phase: Floats
    pace_hz: Floats
    vigour: Floats
    """Speed as a share of the person's usual one."""


class Walking:
    """The walk of one person in one script. A pure function of time."""

    def __init__(self, choreography: Choreography, person: Person, *, seed: int) -> None:
        self._c = choreography
        self._shared = gait.published()
        self._shared[:3] *= person.gait_scale
        self._style = drawn_style(person)
        self._pelvis_scale = np.random.default_rng([person.gait_style, 0x9E1]).uniform(0.6, 1.4, 2)
        self._stray = np.random.default_rng([seed, 0x57A]).uniform(0.0, gait.TURN, STRAY_HZ.shape)

    def at(self, t_s: Floats) -> Stepping:
        """What walking adds at these times."""
        everywhere = self._c.gait.at(t_s)
        where = np.flatnonzero(everywhere > 0.0)
        t_s, amount = t_s[where], everywhere[where]
        phase, pace = self._c.strides.phase(t_s)
        vigour = self._c.vigour.at(t_s)
        added = np.zeros((7, len(everywhere)))
        if len(where):
            added[:, where] = amount * self._added(t_s, phase, vigour)
        return Stepping(added=added, where=where, amount=amount, phase=phase, pace_hz=pace, vigour=vigour)

    def other_leg_deg(self, t_s: Floats, steps: Stepping) -> Floats:
        """What walking adds to the other leg's flexion, abduction and internal rotation, half a stride away, (3, n)."""
        added = np.zeros((3, len(t_s)))
        if len(steps.where):
            at = t_s[steps.where]
            added[:, steps.where] = steps.amount * self._added(at, steps.phase + 0.5, steps.vigour)[:3]
        return added

    def pelvis_deg(self, phase: Floats) -> Floats:
        """How the pelvis lists and turns at full strides, (2, k)."""
        cos, sin = np.cos(gait.TURN * phase), np.sin(gait.TURN * phase)
        turned: Floats = self._pelvis_scale[:, None] * np.stack(
            [gait.PELVIS_LIST_DEG * sin, gait.PELVIS_TURN_DEG * cos]
        )
        return turned

    def _added(self, t_s: Floats, phase: Floats, vigour: Floats) -> Floats:
        """Rows as in Stepping.added, shape (7, n)."""
        size, timing = (self._strays(t_s, row) for row in (0, 1))
        cos, sin = gait.harmonics(phase)
        own = gait.harmonics(phase + TIMING_STRIDES * timing)
        longer = np.sqrt(vigour)  # stride length and stride rate both grow with the root of the speed
        style = (1.0 + SIZE_SHARE * size) * vigour
        rows = np.empty((7, len(t_s)))
        for row in range(6):
            shared = _sum(self._shared[row], cos, sin) * (longer if row < 3 else vigour)
            rows[row] = shared + style * _sum(self._style[row], *own)
        rows[6] = gait.PELVIS_TILT_DEG * cos[1]
        return rows

    def _strays(self, t_s: Floats, row: int) -> Floats:
        total = np.zeros_like(t_s)
        for hz, start in zip(STRAY_HZ[row], self._stray[row], strict=True):
            total = total + np.sqrt(2.0) * np.sin(gait.TURN * hz * t_s + start)
        return total


def drawn_style(person: Person) -> Harmonics:
    """(6, harmonics) of one person's own style at their usual pace, as gait.published()."""
    r = np.random.default_rng([person.gait_style, 0x571])
    n = np.arange(1, gait.N_HARMONICS + 1)
    radps = gait.TURN * n * person.stride_hz
    sizes = np.sqrt(2.0) * np.concatenate([STYLE_DPS / radps, STYLE_MPS2 / radps**2])
    spread = np.exp(STYLE_SPREAD * r.standard_normal(sizes.shape))
    turned = np.exp(1j * r.uniform(0.0, gait.TURN, sizes.shape))
    style: Harmonics = person.gait_roughness * sizes * spread * turned
    return style


def _sum(c: np.ndarray[tuple[int], np.dtype[np.complex128]], cos: Floats, sin: Floats) -> Floats:
    """Re sum c_n exp(2 pi i n phase); harmonics without a share are left out."""
    total = np.zeros(cos.shape[1])
    for n in np.flatnonzero(c):
        total = total + (c[n].real * cos[n] - c[n].imag * sin[n])
    return total

"""Nobody keeps quite still: breathing, slow settling and small muscle activity, in hundredths to tenths of a degree.

Compared with labelled sitting and lying of 12 people with a fine thigh accelerometer (HARTH, HAR70+), and quieter than
most of them: the wandering of one-second means over 10 and 30 s, SDs within a second beyond the sensor's own noise, and the
longest time in which no second stood out of its noise (at most 50 s sitting, 171 s lying).
"""

from __future__ import annotations

import numpy as np

from firmware_sim.body.person import Person
from hipmonitor.core.arrays import Floats

TURN = 2.0 * np.pi
SETTLE_HZ = np.array([[0.011, 0.027, 0.073], [0.013, 0.031, 0.067], [0.009, 0.023, 0.081]])
SETTLE_SHARE = np.array([1.0, 0.8, 0.5])
"""Slow settling and swaying on a seat, periods of 12 to 110 s; flexion, abduction, rotation."""
BREATH_SHARE = np.array([1.0, 0.2, 0.6])
"""Of the breath's amount: flexion, abduction, rotation."""
TREMOR_HZ = np.array([[1.2, 2.3, 3.9], [1.3, 2.7, 4.3], [1.1, 2.1, 4.7]])
TREMOR_SHARE = np.array([1.0, 0.38, 0.17])
"""The heartbeat and small muscle activity: about even in acceleration, so falling with the frequency in angle."""
SWELL = 0.5
"""The tremor comes and goes by this share."""


class MicroMotion:
    """The stirring of one person. A pure function of time."""

    def __init__(self, person: Person, *, seed: int) -> None:
        r = np.random.default_rng([seed, 0x313])
        self._person = person
        self._settle_phase, self._tremor_phase = r.uniform(0.0, TURN, (2, 3, 3))
        self._settle_hz, self._tremor_hz = SETTLE_HZ * r.uniform(0.85, 1.15), TREMOR_HZ * r.uniform(0.9, 1.1)

    def at(self, t_s: Floats, stir: Floats, shake: Floats) -> Floats:
        """Degrees of flexion, abduction and rotation, shape (3, n), by how much there is of it all and of trembling alone."""
        person = self._person
        breath = person.breath_deg * np.sin(TURN * person.breath_hz * t_s)
        rows = np.empty((3, len(t_s)))
        for row in range(3):
            slow = _sum(t_s, self._settle_hz[row], self._settle_phase[row], SETTLE_SHARE)
            fast = _sum(t_s, self._tremor_hz[row], self._tremor_phase[row], TREMOR_SHARE)
            tremor = person.tremor_deg * (1.0 + SWELL * slow) * fast
            rows[row] = stir * (person.settle_deg * slow + BREATH_SHARE[row] * breath) + (stir + shake) * tremor
        return rows


def _sum(t_s: Floats, hz: Floats, phase: Floats, share: Floats) -> Floats:
    total = np.zeros_like(t_s)
    for f, start, size in zip(hz, phase, share, strict=True):
        total = total + size * np.sin(TURN * f * t_s + start)
    return total

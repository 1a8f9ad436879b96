"""The small motion of the pelvis: breathing, settling and swaying."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from firmware_sim.body import gait
from firmware_sim.body.micro_motion import MicroMotion
from firmware_sim.body.person import Person
from hipmonitor.core.arrays import Floats

BREATH_TIMES, SETTLE_TIMES = 6.0, 2.0
"""The pelvis is nearer to the breath than the thigh is (0.1 to 0.4 degrees at the sacrum of sitters, from memory) and is held by
a spine, not by a seat and a floor."""
SWAY_HZ, SWAY_SHARE = (0.11, 0.27, 0.49), (0.8, 0.5, 0.3)


class PelvisMotion:
    """The stirring of one person's pelvis. A pure function of time."""

    def __init__(self, person: Person, *, seed: int) -> None:
        self._sway_deg = person.sway_deg
        nearer = replace(
            person, breath_deg=BREATH_TIMES * person.breath_deg, settle_deg=SETTLE_TIMES * person.settle_deg
        )
        self._micro = MicroMotion(nearer, seed=seed + 104_729)
        self._phase = np.random.default_rng([seed, 0x5A2]).uniform(0.0, gait.TURN, (3, 3))

    def at(self, t_s: Floats, sway: Floats, stir: Floats) -> Floats:
        """Degrees tipped forward, listed and turned, shape (3, n)."""
        rows = self._micro.at(t_s, stir, np.zeros_like(t_s))
        for row in range(3):
            for hz, share, phase in zip(SWAY_HZ, SWAY_SHARE, self._phase[row], strict=True):
                rows[row] += sway * self._sway_deg * share * np.sin(gait.TURN * hz * t_s + phase)
        return rows

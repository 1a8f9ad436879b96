"""Skin and muscle between bone and strap: the sensor does not move as the femur does."""

from __future__ import annotations

import numpy as np

from firmware_sim.body.person import Person
from hipmonitor.core.arrays import Floats, Quats, Vec3s
from hipmonitor.core.frames import multiply

G_MPS2 = 9.80665
ONSET_S = 0.015
"""The wobbling mass follows the bone's impact with this delay; the onset is smooth (value, rate, acceleration)."""
SHOCK_HZ, SHOCK_DECAY_S = 16.0, 0.03
"""The impact's transient at the thigh: 10 to 20 Hz, gone after a tenth of a second (Lafortune 1991, at the shank)."""
SHOCK_BACKWARD = 0.35
"""Share of the shock that pushes back."""
OTHER_LEG = 0.3
"""What arrives at this thigh of the other heel's strike."""


def _ring(since_s: Floats, hz: float, decay_s: float) -> Floats:
    onset = 1.0 - np.exp(-((since_s / ONSET_S) ** 2))
    return onset * np.exp(-since_s / decay_s) * np.sin(2 * np.pi * hz * since_s)


class SoftTissue:
    """How the strap of one person sits on the thigh."""

    def __init__(self, person: Person) -> None:
        self._person = person
        grid = np.arange(0.0, 0.3, 0.0005)
        self._swing = person.strike_swing_deg / float(
            np.max(np.abs(_ring(grid, person.strike_hz, person.strike_decay_s)))
        )
        self._shock = person.strike_g * G_MPS2 / float(np.max(np.abs(_ring(grid, SHOCK_HZ, SHOCK_DECAY_S))))

    def thigh_from_strap(self, flexion_deg: Floats, walking: Floats, strikes: tuple[Floats, Floats]) -> Quats:
        """Identity in standing; with the hip bent by 90 degrees tilted by the person's amounts; ringing after a strike.

        The share of the tilt is (1 - cos flexion): 0 standing, 1 at 90 degrees, small while walking.
        """
        person, share = self._person, 1.0 - np.cos(np.radians(flexion_deg))
        own, other = (_ring(since, person.strike_hz, person.strike_decay_s) for since in strikes)
        swing = walking * self._swing * (own + OTHER_LEG * other)
        half_bend = np.radians(person.tissue_bend_deg * share + swing) / 2.0
        half_across = np.radians(person.tissue_across_deg * share + 0.3 * swing) / 2.0
        zero, across = np.zeros_like(share), np.sin(half_across)
        cos, sin = np.cos(person.tissue_direction_rad), np.sin(person.tissue_direction_rad)
        bend = np.stack([np.cos(half_bend), zero, zero, np.sin(half_bend)], axis=-1)
        return multiply(bend, np.stack([np.cos(half_across), cos * across, sin * across, zero], axis=-1))

    def shock_mps2(self, forward: Vec3s, walking: Floats, strikes: tuple[Floats, Floats]) -> Vec3s:
        """Acceleration of the heel strikes at the thigh, world, shape (n, 3)."""
        own, other = (_ring(since, SHOCK_HZ, SHOCK_DECAY_S) for since in strikes)
        size = walking * self._shock * (own + OTHER_LEG * other)
        up = np.array([0.0, 0.0, 1.0])
        return size[:, None] * (up - SHOCK_BACKWARD * forward)

"""Skin and muscle between bone and strap: the strap does not turn as the femur does."""

from __future__ import annotations

import numpy as np

from firmware_sim.body.person import Person
from hipmonitor.core.arrays import Floats, Quats
from hipmonitor.core.frames import multiply

ONSET_S = 0.015
"""The wobbling mass follows the bone's impact with this delay; the onset is smooth (value, rate, acceleration)."""
SWING_ACROSS = 0.6
"""The strap swings about its other axis by this share."""
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

    def swing_deg(self, strikes: tuple[Floats, Floats]) -> Floats:
        """How far the strap swings about its place so long after the last strike of either heel."""
        own, other = (_ring(since, self._person.strike_hz, self._person.strike_decay_s) for since in strikes)
        return self._swing * (own + OTHER_LEG * other)

    def thigh_from_strap(self, flexion_deg: Floats, swing_deg: Floats) -> Quats:
        """Identity in standing; with the hip bent by 90 degrees tilted by the person's amounts; swung by a strike.

        The share of the tilt is (1 - cos flexion): 0 standing, 1 at 90 degrees, small while walking.
        """
        person, share = self._person, 1.0 - np.cos(np.radians(flexion_deg))
        half_bend = np.radians(person.tissue_bend_deg * share + swing_deg) / 2.0
        half_across = np.radians(person.tissue_across_deg * share + SWING_ACROSS * swing_deg) / 2.0
        zero, across = np.zeros_like(share), np.sin(half_across)
        cos, sin = np.cos(person.tissue_direction_rad), np.sin(person.tissue_direction_rad)
        bend = np.stack([np.cos(half_bend), zero, zero, np.sin(half_bend)], axis=-1)
        return multiply(bend, np.stack([np.cos(half_across), cos * across, sin * across, zero], axis=-1))

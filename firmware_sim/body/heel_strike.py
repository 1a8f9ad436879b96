"""What a heel strike or a seat does to a strap on the thigh: bursts of acceleration that soft tissue filters, no two the same."""

from __future__ import annotations

import numpy as np

from firmware_sim.body.person import Person
from hipmonitor.core.arrays import Floats, Ints, Vec3s

G_MPS2 = 9.80665
ONSET_S = 0.015
"""The wobbling mass follows the bone's impact with this delay; the onset is smooth (value and rate)."""
BURSTS = ((0.045, 0.032, (10.0, 15.0), 1.0), (0.09, 0.08, (5.0, 8.0), 0.25))
"""Centre and half width after the strike in s, range of frequency in Hz, size: the transient itself (10 to 20 Hz, gone after a
tenth of a second, Lafortune 1991 at the shank) and the thigh's flesh and the loaded knee giving way, slower."""
DIRECTION = (0.8, 0.6, 1.0)
"""Forward, left and up, before the person's own spread."""
OTHER_LEG = 0.4
"""What arrives at this thigh of the other heel's strike."""
SEAT_G = 0.5
"""Size of the slower burst when the seat is met. Labelled sitting down (HARTH, HAR70+, few events) shows 0.13 g at 4 to 8 Hz."""
STRIKE_SD = 0.3
"""How strikes differ from one to the next: each part of a burst, in size and thereby in timing."""
TABLE = 1024


class HeelStrike:
    """The strikes of one person."""

    def __init__(self, person: Person) -> None:
        r = np.random.default_rng([person.gait_style, 0x4EE])
        self._hz = [float(r.uniform(*hz)) for _, _, hz, _ in BURSTS]
        self._even = [_even_share(number, hz) for number, hz in enumerate(self._hz)]
        self._parts = np.array([_drawn_parts(r, OTHER_LEG**leg * person.strike_g * G_MPS2) for leg in (0, 1)])
        """(leg, burst, cosine or sine, axis)."""
        self._seat = _drawn_parts(r, SEAT_G / BURSTS[1][3] * G_MPS2)[1]
        for parts in (self._parts, self._seat):
            parts[..., 1] *= person.mirror
        self._strikes = 1.0 + STRIKE_SD * np.clip(r.standard_normal((TABLE, 2, len(BURSTS), 2)), -2.5, 2.5)

    def felt_mps2(self, phase: Floats, since_s: tuple[Floats, Floats], vigour: Floats) -> Vec3s:
        """Acceleration forward, left and up at the strap, (n, 3): own strikes and what arrives of the other leg's."""
        felt = np.zeros((len(phase), 3))
        for leg, since in enumerate(since_s):
            strike = self._strikes[np.floor(phase + 0.5 * leg).astype(np.int64) % TABLE, leg]
            for number in range(len(BURSTS)):
                for part, wave in enumerate(self._waves(number, since)):
                    felt += (strike[:, number, part] * wave)[:, None] * self._parts[leg, number, part]
        return felt * (vigour * np.sqrt(vigour))[:, None]

    def seat_mps2(self, since_s: Floats, event: Ints) -> Vec3s:
        """Likewise, so long after the seat was met for the time numbered `event`."""
        felt = np.zeros((len(since_s), 3))
        for part, wave in enumerate(self._waves(1, since_s)):
            felt += (self._strikes[event % TABLE, 0, 1, part] * wave)[:, None] * self._seat[part]
        return felt

    def _waves(self, number: int, since_s: Floats) -> tuple[Floats, Floats]:
        """A cosine and a sine under the burst's bell, without a mean: a strike leaves no speed behind."""
        bell, (even, odd) = _bell(number, since_s), self._even[number]
        angle = 2 * np.pi * self._hz[number] * (since_s - BURSTS[number][0])
        return bell * (np.cos(angle) - even), bell * (np.sin(angle) - odd)


def _bell(number: int, since_s: Floats) -> Floats:
    centre, half_width, _, _ = BURSTS[number]
    x, onset = (since_s - centre) / half_width, since_s / ONSET_S
    return (1.0 - np.exp(-(onset * onset))) * np.exp(-(x * x))


def _even_share(number: int, hz: float) -> tuple[float, float]:
    """Means of cosine and sine under the bell."""
    grid = np.arange(0.0, 0.6, 0.0005)
    bell, angle = _bell(number, grid), 2 * np.pi * hz * (grid - BURSTS[number][0])
    weight = bell / np.sum(bell)
    return float(np.sum(weight * np.cos(angle))), float(np.sum(weight * np.sin(angle)))


def _drawn_parts(r: np.random.Generator, size_mps2: float) -> Floats:
    """(burst, cosine or sine, axis): each axis has a size and a phase of its own."""
    sizes = np.array([size for _, _, _, size in BURSTS])[:, None] * np.array(DIRECTION)
    sizes = size_mps2 * sizes * np.exp(0.3 * r.standard_normal(sizes.shape))
    phase = r.uniform(0.0, 2 * np.pi, sizes.shape)
    parts: Floats = np.stack([sizes * np.cos(phase), sizes * np.sin(phase)], axis=1)
    return parts

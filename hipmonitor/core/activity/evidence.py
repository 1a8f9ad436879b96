"""What a second shows, as numbers that the rules compare with thresholds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from hipmonitor.core.arrays import Floats, Ints, Vec3s
from hipmonitor.core.frames import rotate, unit
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.core.seconds import ClosedSeconds
from hipmonitor.core.thigh import Placement, movement

INCLINATION, COUNT = movement.WIDTH, movement.WIDTH + 1
COLUMNS = movement.WIDTH + 2


class Evidence(NamedTuple):
    """One second; a tuple because a day has 86 400 of them.

    Accelerations in g where they are compared with the literature, in m/s² for stillness.
    """

    number: int
    inclination_deg: float
    """Median of five seconds; NaN without a placement."""
    sideways_deg: float
    """How far up has turned round the thigh from its front, 0-180; NaN where the front is not known."""
    along_g: float
    across_g: float
    frequency_hz: float
    covered: float
    """Share of the second that has samples."""
    mean_mps2: list[float]
    """Three axes, in the sensor's frame."""
    sd_mps2: float
    samples: float
    """How many."""


@dataclass(slots=True, kw_only=True)
class PlacementsInForce:
    """The placements still needed, oldest first."""

    known: list[Placement] = field(default_factory=list)

    def learn(self, placements: tuple[Placement, ...]) -> None:
        """Add what is new; given placements are repeated in every block."""
        for placement in placements:
            if not self.known or placement.since > self.known[-1].since:
                self.known.append(placement)

    def forget_before(self, start_ns: int) -> None:
        """Drop what no later second can need."""
        while len(self.known) > 1 and self.known[1].since <= start_ns:
            del self.known[0]


def summaries_with_posture(closed: ClosedSeconds) -> movement.Rows:
    """(k, COLUMNS) of closed seconds with the columns acceleration and inclination."""
    acc, inclination = (column.astype(np.float64) for column in closed.columns)
    out = np.empty((len(closed), COLUMNS))
    out[:, : movement.WIDTH] = movement.summaries(closed, acc)
    out[:, INCLINATION] = closed.mean(inclination)
    out[:, COUNT] = closed.count
    return out


def evidence(
    number: Ints, rows: movement.Rows, anchor_ns: int, placements: PlacementsInForce, worst_sd_deg: float, due: Ints
) -> list[Evidence]:
    """Evidence of the seconds in `due` (indices), each seen in the five seconds around it."""
    moved = movement.judged(number, rows)
    start_ns = anchor_ns + number[due] * NS_PER_S
    sideways = _sideways_deg(moved.mean_mps2[due], start_ns, placements, worst_sd_deg)
    table = zip(
        number[due].tolist(),
        _median_around(number, rows[:, INCLINATION])[due].tolist(),
        sideways.tolist(),
        (moved.along_mps2[due] / STANDARD_GRAVITY_MPS2).tolist(),
        (moved.across_mps2[due] / STANDARD_GRAVITY_MPS2).tolist(),
        moved.frequency_hz[due].tolist(),
        rows[due, movement.FILLED].tolist(),
        moved.mean_mps2[due].tolist(),
        moved.sd_mps2[due].tolist(),
        rows[due, COUNT].tolist(),
        strict=True,
    )
    return [Evidence._make(second) for second in table]


def _median_around(number: Ints, values: Floats) -> Floats:
    """(k,) lower median over the five seconds around each; NaN where none of them has a value."""
    at, there = movement.neighbours(number)
    window = np.sort(np.where(there, values[at], np.nan), axis=0)
    count = np.isfinite(window).sum(axis=0)
    middle = np.maximum(count - 1, 0) // 2
    return np.asarray(np.take_along_axis(window, middle[None], axis=0)[0])


def _sideways_deg(mean: Vec3s, start_ns: Ints, placements: PlacementsInForce, worst_sd_deg: float) -> Floats:
    """(k,) |atan2(u_z, u_x)| in the thigh frame of the placement in force at each second."""
    out = np.full(len(mean), np.nan)
    known = placements.known
    starts = np.searchsorted(start_ns, [p.since for p in known]).tolist()
    for placement, first, last in zip(known, starts, [*starts, len(mean)][1:], strict=True):
        if last > first and placement.sd_deg <= worst_sd_deg:
            u = rotate(placement.thigh_from_sensor, unit(mean[first:last]))
            out[first:last] = np.abs(np.rad2deg(np.arctan2(u[:, 2], u[:, 0])))
    return out


CONTEXT_S = movement.AROUND[-1]
"""Seconds before and after one that its evidence rests on."""

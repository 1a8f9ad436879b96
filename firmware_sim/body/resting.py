"""A sensor that is not worn: on a table, outer face up, or in a bag that is carried about and set down."""

from __future__ import annotations

import numpy as np

from firmware_sim.body import gait
from firmware_sim.body.choreography import Choreography
from firmware_sim.body.turning import WORLD_FROM_STANDING, part_way, turn
from hipmonitor.core.arrays import Floats, Quats, Vec3s
from hipmonitor.core.frames import multiply

TABLE_M, BAG_M = np.array([0.35, -0.3, 0.1]), np.array([0.0, -0.25, -0.1])
BAG_HZ = (0.85, 1.0)
"""A bag swings with the carrier's stride and jolts with the steps."""
SWING_DEG = np.array([9.0, 5.0, 2.0, 1.5, 0.8, 0.5, 0.3, 0.2])
BAG_PATH_M = np.array([0.02, 0.02, 0.003, 0.003, 0.0008, 0.0005, 0.0003, 0.0002])
"""By harmonic of the stride, each of three axes; a bag on a shoulder follows the trunk (2 cm up and down at the step), one in a
hand swings by 10 to 20 degrees; its walls bump against the leg."""
ROLLS_DEG, ROLL_HZ = 14.0, (0.021, 0.053, 0.11)
"""What lies loosely in it rolls about."""


class Resting:
    """Where a sensor lies that is not worn. A pure function of time."""

    def __init__(self, choreography: Choreography, *, seed: int) -> None:
        self._c = choreography
        r = np.random.default_rng([seed, 0xBA6])
        lies = r.standard_normal(4)
        self._in_bag = lies / np.sqrt(np.sum(lies * lies))
        self._hz = float(r.uniform(*BAG_HZ))
        self._turns, self._paths = (
            np.exp(
                0.3 * r.standard_normal((3, gait.N_HARMONICS)) + 1j * r.uniform(0.0, gait.TURN, (3, gait.N_HARMONICS))
            )
            for _ in range(2)
        )
        self._roll_phase = r.uniform(0.0, gait.TURN, (3, 3))

    def put_down(self, t_s: Floats, strap: Quats, place: Vec3s, off: Floats) -> tuple[Quats, Vec3s]:
        """Carry the strap to where it rests: a share `off` of the way and of the turn."""
        carried = np.flatnonzero(off > 0.0)
        if not len(carried):
            return strap, place
        share = off[carried]
        turned, there = self._rests(t_s[carried])
        strap, place = strap.copy(), place.copy()
        strap[carried] = part_way(strap[carried], turned, share)
        place[carried] += share[:, None] * (there - place[carried])
        return strap, place

    def _rests(self, t_s: Floats) -> tuple[Quats, Vec3s]:
        table = multiply(WORLD_FROM_STANDING, turn(2, np.full(len(t_s), 90.0)))
        if not self._c.bag.moves:
            return table, np.broadcast_to(TABLE_M, (len(t_s), 3))
        bag, there = self._bagged(t_s)
        share = self._c.bag.at(t_s)
        return part_way(table, bag, share), TABLE_M + share[:, None] * (there - TABLE_M)

    def _bagged(self, t_s: Floats) -> tuple[Quats, Vec3s]:
        amount = self._c.carried.at(t_s)
        wanders = t_s + 0.05 * np.sin(0.9 * t_s) + 0.07 * np.sin(0.37 * t_s)
        waves = np.exp(1j * gait.TURN * self._hz * np.outer(np.arange(1, gait.N_HARMONICS + 1), wanders))
        angles = np.stack([_real(SWING_DEG * own, waves) for own in self._turns])
        path = np.stack([_real(BAG_PATH_M * own, waves) for own in self._paths], axis=-1)
        for row in range(3):
            for hz, phase in zip(ROLL_HZ, self._roll_phase[row], strict=True):
                angles[row] += ROLLS_DEG * np.sin(gait.TURN * hz * t_s + phase)
        bag = multiply(np.broadcast_to(self._in_bag, (len(t_s), 4)), turn(0, amount * angles[0]))
        bag = multiply(multiply(bag, turn(1, amount * angles[1])), turn(2, amount * angles[2]))
        return bag, BAG_M + amount[:, None] * path


def _real(
    c: np.ndarray[tuple[int], np.dtype[np.complex128]], waves: np.ndarray[tuple[int, ...], np.dtype[np.complex128]]
) -> Floats:
    """Re sum c_n exp(2 pi i n phase)."""
    total = np.zeros(waves.shape[1], np.complex128)
    for share, wave in zip(c, waves, strict=True):
        total = total + share * wave
    return np.real(total)

"""Is the sensor on a body at all? A table shows noise that is the same every second; a wearer's thigh never does for long.

Within a still run each second's mean stays where chance alone would leave it (the samples' own noise, divided by the root of
their number), and its noise stays the same. The length of such a run is the evidence. Measured, 14 people with a fine
sensor (harth, har70): the longest run of anybody sitting was 50 s, of anybody lying 145 s, and 2 of 14 lay longer than 105 s.

Where the sensor's own noise or resolution hides the wearer's movements (SENS: 16 mg steps, most seconds of quiet lying show
none), such a run is not enough: people lay for up to 215 s without a step. But they had stirred in that very place first, at
rest, while a sensor that was put down is still from the first moment on, and mostly lies as no thigh has rested. So a run
that began like that, in a direction in which the wearer was never seen to stir, is a table too; in one where they were, it has
to last twice as long as anybody's; any other as long as accelerometer studies ask for. (Seen to begin like that in 8 SENS
people: three of twenty runs of a minute, all lying in a new direction, 76-235 s; in a known direction none.)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, inf, radians, sqrt

Direction = tuple[float, float, float]
"""In the sensor's axes; of what is known, a unit vector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StillnessParams:
    """What may be tuned. Accelerations in m/s²."""

    table_s: int = 105
    """A run this long is a sensor on a table: twice the longest of anybody sitting."""
    hidden_table_s: int = 115
    """Likewise where small movements cannot be seen, from being put down on, in a direction of its own: two minutes with the
    seconds that a decision waits."""
    hidden_known_s: int = 480
    """The same in a direction in which the wearer was seen to stir: twice the longest run of any kind (SENS: 235 s)."""
    hidden_sure_s: int = 3600
    """Likewise wherever it lies (van Hees 2013, actipy: 60 min)."""
    noise_mps2: float = 0.1
    """Noise (all three axes) above which small movements are hidden; AX3 has 0.05, common BLE sensors 0.01-0.06."""
    quantum_mps2: float = 0.05
    """Likewise the step of the coarsest axis (5 mg)."""
    handled_mps2: tuple[float, float] = (1.5, 1.0)
    """A mean that moves or an SD this large is more than a stir: the posture is a new one."""
    settle_s: int = 5
    """After that, the sensor comes to rest."""
    stirs: int = 3
    """Ends of still runs in one place that show somebody there."""
    place_deg: float = 15.0
    """A direction of rest within this is the same place."""
    places: int = 12
    """Remembered, the newest first."""
    varied_mps2: float = 0.5
    varied_s: int = 20
    """The step is told from this many seconds with some variation below that: faster ones jump over steps."""
    stray: float = 3.0
    """A second's mean may stray this many standard errors (vector of three axes: 1 in 100 000 of white noise)."""
    drift_mps2: float = 0.005
    """And this much more, for noise that is not white and for warming up."""
    noise_stray: float = 4.0
    """Its SD may exceed the run's by this many standard errors of an SD."""
    loose: float = 2.0
    """A run that is a table already ends only at this many times those limits."""
    averaged_s: int = 60
    """The run's mean and noise rest on this many seconds."""
    certain_mps2: tuple[float, float] = (0.2, 0.3)
    """A mean that moved or an SD this large is never a table."""


@dataclass(slots=True, kw_only=True)
class Stillness:
    """The run so far, and what is known of the sensor's steps."""

    run_s: int = 0
    x: float = 0.0
    y: float = 0.0
    z: float = 0.0
    noise: float = 0.0
    quantum: float = inf
    """Smallest step seen: an SD that comes from one sample in n being one step off."""
    varied_s: int = 0
    """Seconds that could show it."""
    flat: bool = False
    """A second without any variation was seen: the noise is below the step."""
    here_s: int = 0
    """Since the sensor was moved from one place to another."""
    stirred: int = 0
    """Still runs that ended in this place."""
    known: list[Direction] = field(default_factory=list)
    """In which a wearer stirred, newest first."""

    def add(self, params: StillnessParams, mean: Direction, sd: float, count: float) -> None:
        """One more second of count samples."""
        if sd <= 1e-4:
            self.flat = True
        elif sd < params.varied_mps2:
            self.varied_s += 1
            self.quantum = min(self.quantum, sd * sqrt(count))
        x, y, z = mean
        dx, dy, dz = x - self.x, y - self.y, z - self.z
        moved = sqrt(dx * dx + dy * dy + dz * dz)
        if self.run_s and self._goes_on(params, moved, sd, count):
            self.run_s, self.here_s = self.run_s + 1, self.here_s + 1
            share = 1.0 / min(self.run_s, params.averaged_s)
            self.x, self.y, self.z = self.x + share * dx, self.y + share * dy, self.z + share * dz
            self.noise += share * (sd - self.noise)
        else:
            self._stir(params, mean, moved, sd)
            self.run_s, self.x, self.y, self.z, self.noise = 1, x, y, z, sd

    def stop(self) -> None:
        """A second without samples."""
        self.run_s = self.here_s = self.stirred = 0

    def _stir(self, params: StillnessParams, mean: Direction, moved: float, sd: float) -> None:
        """A run ended: somebody stirs where the sensor is, or it is somewhere else now."""
        most_moved, most_sd = params.handled_mps2
        if sd > most_sd or moved > most_moved:
            self.here_s = self.stirred = 0
            return
        self.here_s += 1
        if self.run_s and self.here_s > params.settle_s:
            self.stirred += 1
            if self.stirred >= params.stirs:
                here = _unit(mean)
                if not self._known(params, here):
                    self.known = [here, *self.known][: params.places]

    def _known(self, params: StillnessParams, here: Direction) -> bool:
        """Whether a wearer was seen to stir with the sensor in this direction."""
        x, y, z = here
        least = cos(radians(params.place_deg))
        for a, b, c in self.known:  # noqa: SIM110 - asked in a third of all seconds, and any() takes twice as long
            if x * a + y * b + z * c > least:
                return True
        return False

    def hidden(self, params: StillnessParams) -> bool:
        """Whether this sensor cannot show how still a wearer is."""
        coarse = self.varied_s >= params.varied_s and self.quantum > params.quantum_mps2
        return self.noise > params.noise_mps2 or (self.flat and coarse)

    def is_table(self, params: StillnessParams) -> bool:
        """Whether the run is longer than anybody keeps still."""
        if self.run_s < params.table_s:
            return False
        if not self.hidden(params) or self.run_s >= params.hidden_sure_s:
            return True
        if self.stirred or self.run_s < params.hidden_table_s:
            return False
        return self.run_s >= params.hidden_known_s or not self._known(params, _unit((self.x, self.y, self.z)))

    def _goes_on(self, params: StillnessParams, moved: float, sd: float, count: float) -> bool:
        most_moved, most_sd = params.certain_mps2
        if moved > most_moved or sd > most_sd:
            return False
        if self.run_s < 3:
            return True
        loose = params.loose if self.run_s >= params.table_s else 1.0
        may_move = params.stray * self.noise / sqrt(count) + params.drift_mps2
        if moved > loose * may_move:
            return False
        may_vary = self.noise * params.noise_stray / sqrt(6 * count) + 0.001
        return sd - self.noise <= loose * may_vary


def _unit(mean: Direction) -> Direction:
    x, y, z = mean
    size = sqrt(x * x + y * y + z * z) or 1.0
    return x / size, y / size, z / size

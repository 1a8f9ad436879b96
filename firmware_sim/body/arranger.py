"""What every part of the direction uses: the person, the clock of the arrangement, and how moves are written down."""

from __future__ import annotations

import numpy as np

from firmware_sim.body.choreography import Activity, Choreography
from firmware_sim.body.manners import Manners
from firmware_sim.body.person import Person
from firmware_sim.body.script import Posture, Seat
from firmware_sim.body.track import Track


class Arranger:
    """Arranges moves one after the other; `_now` is the end of the movement last arranged."""

    def __init__(self, person: Person, *, seed: int, manners: Manners) -> None:
        self._person, self._m, self._seed = person, manners, seed
        self._c = Choreography()
        self._now = 0.0
        self._posture = self._before_off = Posture.STAND
        self._was_before_off = (Activity.STAND, False)
        self._seat: Seat | None = None
        self._meant = 1.0
        self._tempo = 1.0
        self._random = np.random.default_rng([seed, 0xAC7])
        self._beside = np.random.default_rng([seed, 0xBE5])
        """For what was added later: drawing from it leaves what `_random` gives as it was."""

    def _move(self, track: Track, seconds: float, to: float) -> None:
        track.move(at=self._now, seconds=seconds, to=to)

    def _pass(self, seconds: float) -> None:
        self._now += seconds

    def _became(self, at: float, activity: Activity, *, seated: bool) -> None:
        self._c.activity.append((at, activity))
        self._c.seated.append((at, seated))

    def _move_to(self, track: Track, seconds: float, to: float) -> None:
        """Likewise, where it is not there already."""
        if track.final != to:
            self._move(track, seconds, to)

    def _moments(self, start: float, end: float, per_min: float) -> list[float]:
        """Moments of a Poisson process."""
        moments: list[float] = []
        if not per_min:
            return moments
        at = start
        while (at := at + self._random.exponential(60.0 / per_min)) < end:
            moments.append(at)
        return moments

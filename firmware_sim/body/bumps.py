"""What reaches a sensor from feet that strike and seats that are met, in the body's own directions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from firmware_sim.body import gait
from firmware_sim.body.choreography import Choreography
from firmware_sim.body.cyclic import Cyclic
from firmware_sim.body.heel_strike import HeelStrike
from firmware_sim.body.person import Person
from firmware_sim.body.worn import Where
from hipmonitor.core.arrays import Floats, Vec3s

BUMP_S = 0.6
"""A bump is over after this: exp(-40) of it is left."""
PELVIS_FEELS = 0.45
"""Share of a strike at the thigh that arrives at the belt (accelerations fall by half from knee to sacrum, from memory)."""


class Bumps:
    """Strikes and seats of one script at one place of the body. A pure function of time."""

    def __init__(self, choreography: Choreography, person: Person, cyclic: Sequence[Cyclic], *, where: Where) -> None:
        self._c, self._cyclic, self._where = choreography, cyclic, where
        self._strike = HeelStrike(person)

    def felt_mps2(self, t_s: Floats) -> Vec3s:
        """Acceleration forward, left and up, (n, 3)."""
        return self._strikes(t_s) + self._seats(t_s)

    def _strikes(self, t_s: Floats) -> Vec3s:
        out = np.zeros((len(t_s), 3))
        amount = self._c.gait.at(t_s)
        where = np.flatnonzero(amount > 0.0)
        if len(where):
            on = amount[where] * (1.0 - self._c.off.at(t_s[where]))
            phase, pace = self._c.strides.phase(t_s[where])
            felt = self._strike_felt(phase, pace, self._c.vigour.at(t_s[where]))
            out[where] = on[:, None] * felt
        for one in self._cyclic:
            if one.form.kind.strike and (turning := one.at(t_s)) is not None:
                felt = self._strike_felt(turning.phase, turning.hz, turning.vigour)
                out[turning.where] += (one.form.kind.strike * turning.amount)[:, None] * felt
        return out

    def _strike_felt(self, phase: Floats, pace: Floats, vigour: Floats) -> Vec3s:
        """At this place: the other thigh has its strikes half a stride away, the pelvis feels both legs, less."""
        felt = self._strike.felt_mps2
        match self._where:
            case "thigh":
                return felt(phase, gait.since_strike_s(phase, pace), vigour)
            case "other_thigh":
                return felt(phase + 0.5, gait.since_strike_s(phase + 0.5, pace), vigour)
            case _:
                both = (felt(phase + half, gait.since_strike_s(phase + half, pace), vigour) for half in (0.0, 0.5))
                return PELVIS_FEELS * sum(both, np.zeros((len(phase), 3)))

    def _seats(self, t_s: Floats) -> Vec3s:
        out = np.zeros((len(t_s), 3))
        met = np.array([-np.inf, *self._c.seats_met])
        event = np.searchsorted(met, t_s, side="right") - 1
        since = t_s - met[event]
        where = np.flatnonzero(since < BUMP_S)
        if len(where):
            out[where] = self._strike.seat_mps2(since[where], event[where])
        return out

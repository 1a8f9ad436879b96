"""What happened to a simulated body and when: seat contacts and steps, exact to the instant at which they happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firmware_sim.body.choreography import Activity, Choreography
from hipmonitor.core.arrays import Floats

ON_FEET = frozenset({Activity.STAND, Activity.WALK})
STEP_AMOUNT = 0.25
"""A heel counts as a step from this share of a full stride on: the first and last steps of a walk are shuffles."""
GRID_S = 0.02
"""Strides are looked at this often; between the looks their phase is straight, which errs by less than a millisecond."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TruthEvents:
    """Instants in seconds since the script's start, each sorted, those from 0 on and before its end."""

    seat_off_s: Floats
    """A seat let go of the weight and the feet took it (sit-to-stand)."""
    seat_on_s: Floats
    """A seat took the weight from the feet (stand-to-sit)."""
    steps_s: Floats
    """Every heel strike of either leg."""
    own_steps_s: Floats
    """Those of the leg that carries the sensor: one a stride."""


def events_of(choreography: Choreography, *, seconds: float) -> TruthEvents:
    """What happened from 0 until `seconds`."""
    own, other = (_strikes_s(choreography, shift, seconds) for shift in (0.0, 0.5))
    return TruthEvents(
        seat_off_s=_contacts_s(choreography, seconds, takes=False),
        seat_on_s=_contacts_s(choreography, seconds, takes=True),
        steps_s=np.sort(np.concatenate([own, other])),
        own_steps_s=own,
    )


def _contacts_s(c: Choreography, seconds: float, *, takes: bool) -> Floats:
    """When the seat took the weight from the feet, or gave it back. Lying down and sitting up in bed are neither."""
    found = []
    for (_, before), (_, was), (at, now), (_, seated) in zip(
        c.activity, c.seated, c.activity[1:], c.seated[1:], strict=False
    ):
        feet = before if takes else now
        if was is not takes and seated is takes and feet in ON_FEET and 0.0 <= at < seconds:
            found.append(at)
    return np.array(found)


def _strikes_s(c: Choreography, shift: float, seconds: float) -> Floats:
    """When phase + shift passed a whole number while somebody walked."""
    parts = [np.zeros(0)]
    for start, end in _walking(c, seconds):
        t_s = np.linspace(start, end, int((end - start) / GRID_S) + 2)
        phase = c.strides.phase(t_s)[0] + shift
        k = np.flatnonzero(np.diff(np.floor(phase)) > 0)
        share = (np.floor(phase[k + 1]) - phase[k]) / (phase[k + 1] - phase[k])
        parts.append(t_s[k] + share * (t_s[k + 1] - t_s[k]))
    strikes = np.concatenate(parts)
    return strikes[c.gait.at(strikes) >= STEP_AMOUNT]


def _walking(c: Choreography, seconds: float) -> Sequence[tuple[float, float]]:
    """Spans with at least a step's share of gait, each inside one bout of strides."""
    grid = np.arange(0.0, seconds, 0.1)
    walks = np.concatenate([[False], c.gait.at(grid) > 0.0, [False]])
    edges = np.flatnonzero(np.diff(walks.astype(np.int8)))
    return [(max(0.0, 0.1 * a - 0.1), min(seconds, 0.1 * b)) for a, b in edges.reshape(-1, 2)]

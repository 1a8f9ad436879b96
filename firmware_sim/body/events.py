"""What happened to a simulated body and when: seat contacts and steps, exact to the instant at which they happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firmware_sim.body.choreography import Activity, Choreography
from firmware_sim.body.gait import Strides
from firmware_sim.body.script import Posture
from firmware_sim.body.track import Track
from hipmonitor.core.arrays import Floats

ON_FEET = frozenset({Activity.STAND, Activity.WALK, Activity.RUN, Activity.STAIRS})
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
    """Walking, running and on stairs."""
    own_steps_s: Floats
    """Those of the leg that carries the sensor: one a stride."""
    running_steps_s: Floats
    stairs_steps_s: Floats
    """Those of `steps_s` that were run, or taken up or down stairs."""
    crank_s: Floats
    """The pedal of the worn leg's foot on top: one a turn of the crank."""
    squats_s: Floats
    lunges_s: Floats
    """The deepest instants; in every other lunge the worn leg is in front."""


def events_of(choreography: Choreography, *, seconds: float) -> TruthEvents:
    """What happened from 0 until `seconds`."""
    own, other = (_by_kind(choreography, shift, seconds) for shift in (0.0, 0.5))
    both = {kind: np.sort(np.concatenate([own[kind], other[kind]])) for kind in own}
    feet = [kind for kind in own if kind is not Posture.CYCLE]
    return TruthEvents(
        seat_off_s=_contacts_s(choreography, seconds, takes=False),
        seat_on_s=_contacts_s(choreography, seconds, takes=True),
        steps_s=np.sort(np.concatenate([both[kind] for kind in feet])),
        own_steps_s=np.sort(np.concatenate([own[kind] for kind in feet])),
        running_steps_s=both[Posture.RUN],
        stairs_steps_s=np.sort(np.concatenate([both[Posture.STAIRS_UP], both[Posture.STAIRS_DOWN]])),
        crank_s=own[Posture.CYCLE],
        squats_s=_within(choreography.squats, seconds),
        lunges_s=_within(choreography.lunges, seconds),
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


def _within(instants: list[float], seconds: float) -> Floats:
    return np.array([at for at in instants if 0.0 <= at < seconds])


def _by_kind(c: Choreography, shift: float, seconds: float) -> dict[Posture, Floats]:
    """For every cyclic movement, when phase + shift passed a whole number."""
    found = {Posture.WALK: _passes_s(c.gait, c.strides, shift, seconds)}
    for kind, turning in c.rounds.items():
        found[kind] = _passes_s(turning.amount, turning.strides, shift, seconds)
    return found


def _passes_s(amount: Track, strides: Strides, shift: float, seconds: float) -> Floats:
    parts = [np.zeros(0)]
    for start, end in _spans(amount, seconds):
        t_s = np.linspace(start, end, int((end - start) / GRID_S) + 2)
        phase = strides.phase(t_s)[0] + shift
        k = np.flatnonzero(np.diff(np.floor(phase)) > 0)
        share = (np.floor(phase[k + 1]) - phase[k]) / (phase[k + 1] - phase[k])
        parts.append(t_s[k] + share * (t_s[k + 1] - t_s[k]))
    passes = np.concatenate(parts)
    return passes[amount.at(passes) >= STEP_AMOUNT]


def _spans(amount: Track, seconds: float) -> Sequence[tuple[float, float]]:
    """When there is any of it."""
    if not amount.moves:
        return []
    grid = np.arange(0.0, seconds, 0.1)
    goes_on = np.concatenate([[False], amount.at(grid) > 0.0, [False]])
    edges = np.flatnonzero(np.diff(goes_on.astype(np.int8)))
    return [(max(0.0, 0.1 * a - 0.1), min(seconds, 0.1 * b)) for a, b in edges.reshape(-1, 2)]

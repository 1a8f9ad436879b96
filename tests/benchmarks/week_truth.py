"""What the simulated wearer truly did, second by second.

Plain arithmetic on the body's own motion; nothing of `hipmonitor.core.exposure`, `core.days` or `core.alerts` is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan

import numpy as np

from firmware_sim.body import ACTIVITIES, Activity, MovingBody
from firmware_sim.ordinary_week import HOME_S, MONDAY, Wearing
from hipmonitor.core.arrays import Bools, Floats

RATE_HZ = 20
"""The body is looked at so often."""
AT_ONCE_S = 1800
UNSEEN = len(ACTIVITIES)
"""Code of a second that the host never heard of."""
HELD = UNSEEN + 1
"""Sitting or lying that was not told apart: a kind of its own, which adds to no bout and ends none."""
CODE = {kind: code for code, kind in enumerate(ACTIVITIES)}
LIE, SIT, CYCLE, NOT_WORN = (CODE[kind] for kind in (Activity.LIE, Activity.SIT, Activity.CYCLE, Activity.NOT_WORN))
UPRIGHT = tuple(CODE[kind] for kind in (Activity.STAND, Activity.WALK, Activity.RUN, Activity.STAIRS))
STEPPING = tuple(CODE[kind] for kind in (Activity.WALK, Activity.RUN, Activity.STAIRS))
TURN_DEG = 20.0
"""Least rise and fall of a flexion cycle."""
SIDE_S = 5
"""Least time on both sides of a counted change between seat and feet."""
BACK_DEG = (82.0, 85.0, 88.0)
"""A deep cycle is over below the limit less the release; and for angles that are read 3 deg too high or too low."""
FORGET_S = 1800
CADENCE_S = 5.0
"""Steps a minute are told of five seconds (METHODS), as of a step alone nobody can: single steps differ from the next by some
per cent, and the band beyond somebody's own pace would be filled by those alone."""
SAME_WALK_S = 1.5
"""Steps further apart belong to different walks."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Lived:
    """One recording's truth; row k is second k of the script."""

    start_ns: int
    kind: np.ndarray
    flexion_deg: Floats
    """Mean of the second; NaN while not worn."""
    highest_deg: Floats
    steps_s: Floats
    cadence_spm: Floats
    """Around every step: of the steps of its walk that lie within CADENCE_S."""
    cranks_s: Floats
    tops: tuple[tuple[float, float], ...]
    """(when, degrees) of the tops of flexion cycles."""
    bends: dict[float, list[tuple[float, float]]]
    """By the angle that ends them (BACK_DEG): (when, degrees) of the tops of all that was bent further, and came back."""
    never_heard: Bools
    """The host never got it."""
    late: Bools
    """The host got it later than it happened, or never."""

    def seen(self, not_told_apart: Bools, missed: Bools) -> np.ndarray:
        """Kinds with what was missed unseen, and what was said to be sitting or lying held if it was one of these."""
        held = not_told_apart & np.isin(self.kind, (SIT, LIE))
        return np.where(missed, UNSEEN, np.where(held, HELD, self.kind))


def start_ns(wearing: Wearing) -> int:
    """When it is put on."""
    return round((MONDAY * 86_400 - HOME_S + wearing.begins_s) * 1e9)


def lived(wearing: Wearing, body: MovingBody) -> Lived:
    """Of the whole wearing."""
    seconds = int(wearing.seconds)
    parts = [_looked_at(body, a, min(a + AT_ONCE_S, seconds)) for a in range(0, seconds, AT_ONCE_S)]
    activity, flexion = (np.concatenate(column).reshape(seconds, RATE_HZ) for column in zip(*parts, strict=True))
    events = body.events()
    missed = np.zeros(seconds, np.bool_)
    for a, b in wearing.outages_s:
        missed[int(a) : int(b) + 1] = True
    return Lived(
        start_ns=start_ns(wearing),
        kind=_majority(activity),
        flexion_deg=flexion.mean(axis=1),
        highest_deg=flexion.max(axis=1),
        steps_s=events.steps_s,
        cadence_spm=_cadence_spm(events.steps_s),
        cranks_s=events.crank_s,
        tops=tuple(_tops(flexion.ravel())),
        bends={back_deg: _bends(flexion.ravel(), back_deg) for back_deg in BACK_DEG},
        never_heard=missed & (not wearing.backfill),
        late=missed,
    )


def _looked_at(body: MovingBody, a: int, b: int) -> tuple[np.ndarray, Floats]:
    truth = body.truth(a + (np.arange((b - a) * RATE_HZ) + 0.5) / RATE_HZ)
    return truth.activity, truth.thigh_flexion_deg


def _majority(activity: np.ndarray) -> np.ndarray:
    counts = np.stack([np.count_nonzero(activity == code, axis=1) for code in range(len(ACTIVITIES))])
    return np.argmax(counts, axis=0).astype(np.int8)


def _cadence_spm(steps_s: Floats) -> Floats:
    walk = np.concatenate([[0], np.cumsum(np.diff(steps_s) >= SAME_WALK_S)])[: len(steps_s)]
    every = np.arange(len(steps_s))
    first = np.maximum(np.searchsorted(steps_s, steps_s - CADENCE_S / 2), np.searchsorted(walk, walk))
    until = np.minimum(
        np.searchsorted(steps_s, steps_s + CADENCE_S / 2, side="right"), np.searchsorted(walk, walk, side="right")
    )
    last = np.maximum(until - 1, every)
    lasted_s = steps_s[last] - steps_s[first]
    return np.divide(60.0 * (last - first), lasted_s, out=np.zeros(len(steps_s)), where=lasted_s > 0)


def _tops(flexion: Floats) -> Iterator[tuple[float, float]]:
    """Highest points between a rise and a fall of TURN_DEG each."""
    rising, low, high, at = False, np.inf, -np.inf, 0
    for k, degrees in enumerate(flexion.tolist()):
        if isnan(degrees):
            rising, low, high = False, np.inf, -np.inf
        elif not rising:
            low = min(low, degrees)
            if degrees >= low + TURN_DEG:
                rising, high, at = True, degrees, k
        elif degrees > high:
            high, at = degrees, k
        elif degrees <= high - TURN_DEG:
            yield at / RATE_HZ, high
            rising, low = False, degrees


def _bends(flexion: Floats, back_deg: float) -> list[tuple[float, float]]:
    """Stretches at or above it; not those that end with the sensor taken off."""
    above = np.concatenate([[False], flexion >= back_deg, [False]])
    first, end = np.flatnonzero(np.diff(above.astype(np.int8))).reshape(-1, 2).T
    seen = [
        (a, b) for a, b in zip(first.tolist(), end.tolist(), strict=True) if b < len(flexion) and not isnan(flexion[b])
    ]
    return [((a + int(np.argmax(flexion[a:b]))) / RATE_HZ, float(flexion[a:b].max())) for a, b in seen]

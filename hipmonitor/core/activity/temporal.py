"""One second does not stand alone: people go on with what they do. A hidden Markov model over a window of fixed length.

Each kind lasts into the next second with its own probability; else one is begun, each as often as people begin it, whatever
went before. The probability of a second is worked out anew from a window: `before` seconds that came earlier and `after` that
came later (forward-backward). As lived `after` is 0; the settled reading waits. Nothing is carried, so memory is bounded and a
second has the same bits in any cut.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipmonitor.core.activity.score_card import SCORED
from hipmonitor.core.arrays import Floats, Ints, differences
from hipmonitor.core.thigh import movement


@dataclass(frozen=True, slots=True, kw_only=True)
class TemporalParams:
    """What may be tuned."""

    before_s: int = 20
    after_s: int = 0
    stay: tuple[float, ...] = (0.99, 0.8, 0.8, 0.98, 0.95, 0.995)
    """Probability of going on for one more second: sedentary, stand, walk, run, stairs, cycle. Bouts of about 100, 5, 5, 50,
    20 and 200 s: stepping about the house comes in short pieces, nobody cycles for some seconds."""
    begin: tuple[float, ...] = (0.04, 0.41, 0.46, 0.02, 0.055, 0.015)
    """Of all bouts that begin, the share of each kind: 1 900 labelled changes of 22 people (harth, har70, sens)."""
    trust: float = 1.0
    """Exponent of each second's probability; below 1 neighbouring seconds, which share samples, count for less."""


def likely(params: TemporalParams, number: Ints, log_p: movement.Rows, due: Ints) -> movement.Rows:
    """(d, SCORED) probability of the seconds in `due` (indices in a row); a missing second says nothing."""
    before, after = params.before_s, params.after_s
    place = np.cumsum(np.minimum(differences(number, number[0]), before + after + 1)) + before
    evidence = np.ones((SCORED, int(place[-1]) + after + 1))
    evidence[:, place] = np.exp(params.trust * np.ascontiguousarray(log_p)).T
    stay, begin = np.array(params.stay)[:, None], np.array(params.begin)[:, None]
    leave = 1 - stay
    wanted, answer = _fresh(evidence, place[due], before, after)
    forward, backward = (np.ones((SCORED, len(wanted))) for _ in range(2))
    for back in range(before, 0, -1):
        forward = _passed(forward * evidence.take(wanted - back, axis=1), stay, leave, begin)
    for ahead in range(after, 0, -1):
        backward = _passed_back(backward * evidence.take(wanted + ahead, axis=1), stay, leave, begin)
    out = forward * evidence.take(wanted, axis=1) * backward
    return np.ascontiguousarray((out / _whole(out))[:, answer].T)


def _fresh(evidence: movement.Rows, due: Ints, before: int, after: int) -> tuple[Ints, Ints]:
    """The seconds that have to be worked out, and for each of `due` which of them has its answer.

    A second whose whole window says the same as that of the second before it, as most of a night does, has its answer.
    """
    changes = np.ones(evidence.shape[1], np.bool_)
    changes[1:] = (evidence[:, 1:] != evidence[:, :-1]).any(axis=0)
    changed_at = np.maximum.accumulate(np.where(changes, np.arange(len(changes)), 0))
    fresh = (changed_at[due + after] >= due - before) | (differences(due, -2) != 1)
    wanted = due[fresh]
    return np.append(wanted, wanted[-1]), np.cumsum(fresh) - 1  # one more than is needed: see `_whole`


def _passed(p: movement.Rows, stay: Floats, leave: Floats, begin: Floats) -> movement.Rows:
    """One second on."""
    out = stay * p + begin * _whole(leave * p)
    return out / _whole(out)


def _passed_back(p: movement.Rows, stay: Floats, leave: Floats, begin: Floats) -> movement.Rows:
    """One second back: the transpose."""
    out = stay * p + leave * _whole(begin * p)
    return out / _whole(out)


def _whole(p: movement.Rows) -> Floats:
    """(k,) sums over the kinds, added one by one. numpy does so where there are two columns or more, and not with one."""
    return np.asarray(np.add.reduce(p, axis=0))

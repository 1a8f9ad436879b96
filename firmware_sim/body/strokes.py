"""The shape of repetitions: pushes, overshoot, wobble, sinking, springing back, tremor. No two people's are alike, nor any two.

A movement is a sum of pushes of lopsided (log-normal) speed, as hands and legs are found to move (Plamondon 1995, from memory):
who is strong needs one, who labours needs several and stalls between them. Nothing here is sinusoidal or symmetric but the sway.
"""

from __future__ import annotations

import numpy as np

from firmware_sim.body.course import STEP_S
from firmware_sim.body.exercise_plan import COMPOSED_S, LONG_STOP_S, Exerciser, SetPlan, Stroke, starts_s
from hipmonitor.core.arrays import Floats

SMOOTH_S = 0.035
"""Flesh is not stiff: SD of the smoothing of every edge."""
STILL = 20
"""Steps before the first repetition, in which nothing moves yet."""
TREMOR_SPREAD = (0.9, 1.0, 1.13)
"""A tremor is a narrow band, not a line."""


def progress(n: int, pieces: int, r: np.random.Generator, *, late: bool) -> Floats:
    """From 0 to 1 in n steps, shape (n,); hasty and then creeping, or `late`: slow to begin and let go at the end."""
    x = (np.arange(n) + 0.5) / n
    speed = np.zeros(n)
    for piece in range(pieces):
        onset = 0.75 * piece / pieces * float(r.uniform(0.7, 1.2))
        width = float(r.uniform(0.5, 1.1)) * (1.0 - onset) / np.sqrt(pieces)
        since = np.maximum((x - onset) / width, 1e-9)
        skew = float(r.uniform(0.3, 0.6))
        speed += float(r.uniform(0.5, 1.5)) * np.exp(-0.5 * (np.log(since / 0.55) / skew) ** 2) / since
    whole: Floats = np.cumsum(speed * (1.0 - x**3))
    whole = whole / whole[-1]
    return 1.0 - whole[::-1] if late else whole


def levels(plan: SetPlan, *, own: bool) -> Floats:
    """Share of the range over the whole set, STILL steps of STEP_S before its first repetition and on; smooth, 0 at both ends."""
    who, r = plan.exerciser, np.random.default_rng([plan.seed, 0x1E7, own])
    level = np.zeros(steps_of(plan))
    rest = 0.0
    for start_s, stroke in zip(starts_s(plan), plan.strokes, strict=True):
        if stroke.own is own:
            _stroke(level[_step(start_s) :], stroke, who, rest, r)
            rest = stroke.returns_to
    _settle(level, rest, _last_s(plan, own=own))
    return smoothed(level)


def turning_points(plan: SetPlan, level: Floats, *, own: bool) -> list[tuple[float, float, float, float]]:
    """When this leg's repetitions really begin, are at their far end, leave it and are over: seconds of the set.

    Begun and over: a twentieth of the way up, and of the way down left. At the far end: within a tenth of its greatest.
    """
    points = []
    for start_s, stroke in zip(starts_s(plan), plan.strokes, strict=True):
        if stroke.own is own:
            first, last = _step(start_s), _step(start_s + stroke.moves_s + 3 * SMOOTH_S)
            points.append(tuple(STEP_S * (first - STILL + k) for k in _turning(level[first : last + 1])))
    return [(a, b, c, d) for a, b, c, d in points]


def _turning(way: Floats) -> tuple[int, int, int, int]:
    top = int(np.argmax(way))
    up, down = way[top] - way[0], way[top] - way[-1]
    far = np.flatnonzero(way >= way[top] - 0.1 * up)
    begun = np.flatnonzero(way[: top + 1] <= way[0] + 0.05 * up)
    over = np.flatnonzero(way[top:] <= way[-1] + 0.05 * down)
    return int(begun[-1]), int(far[0]), int(far[-1]), top + int(over[0])


def steps_of(plan: SetPlan) -> int:
    """To the end of settling, with some still steps at either end."""
    return _step(sum(one.seconds for one in plan.strokes) + 1.0) + STILL


def _step(at_s: float) -> int:
    """The step of a second after the first repetition began."""
    return STILL + round(at_s / STEP_S)


def smoothed(values: Floats, sd_s: float = SMOOTH_S) -> Floats:
    """With a bell of this SD; what lies before and after is 0."""
    reach = int(4 * sd_s / STEP_S)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) * STEP_S / sd_s) ** 2)
    return np.convolve(values, bell / np.sum(bell), mode="same")


def tremor_deg(plan: SetPlan, level: Floats) -> Floats:
    """Three rows of trembling, stronger at the far end and with every repetition, (3, n)."""
    who, r = plan.exerciser, np.random.default_rng([plan.seed, 0x73E])
    t_s = STEP_S * np.arange(len(level))
    grows = (0.15 + level) * (1.0 + 4.0 * who.fade * t_s / max(float(t_s[-1]), 1.0))
    rows = np.zeros((3, len(t_s)))
    for row, share in enumerate((1.0, 0.6, 0.7)):
        for spread in TREMOR_SPREAD:
            phase, hz = r.uniform(0.0, 2 * np.pi), who.tremor_hz * spread * r.uniform(0.97, 1.03)
            rows[row] += share * np.sin(2 * np.pi * hz * t_s + phase) / np.sqrt(3.0)
    return rows * who.tremor_deg * _in_and_out(grows)


def sway_deg(plan: SetPlan, level: Floats) -> Floats:
    """Three rows of slow wandering where the limb is held up, (3, n)."""
    who, r = plan.exerciser, np.random.default_rng([plan.seed, 0x5A3])
    t_s = STEP_S * np.arange(len(level))
    rows = np.zeros((3, len(t_s)))
    for row in range(3):
        for hz, share in ((0.07, 0.6), (0.19, 0.6), (0.47, 0.35)):
            rows[row] += share * np.sin(2 * np.pi * hz * r.uniform(0.8, 1.2) * t_s + r.uniform(0.0, 2 * np.pi))
    return rows * who.sway_deg * _in_and_out(0.1 + 0.9 * np.clip(level, 0.0, 1.0))


def wanderings_deg(plan: SetPlan, sd_deg: float, key: int) -> Floats:
    """Where the limb comes to lie is never quite the same: another offset from repetition to repetition, (n,)."""
    r = np.random.default_rng([plan.seed, 0xAD2, key])
    at, offset, knots, values = 0.0, 0.0, [0.0], [0.0]
    for stroke in plan.strokes:
        at += stroke.seconds
        offset = 0.7 * offset + float(r.normal(0.0, sd_deg))
        knots.append(at)
        values.append(offset)
    t_s = STEP_S * (np.arange(steps_of(plan)) - STILL)
    return smoothed(np.interp(t_s, [*knots, at + 0.8], [*values, 0.0]), 0.15) * _in_and_out(np.ones(len(t_s)))


def fidgets(plan: SetPlan) -> Floats:
    """Scratching and putting things right in the pauses: about unit size, (3, n)."""
    r = np.random.default_rng([plan.seed, 0xF1D])
    rows = np.zeros((3, steps_of(plan)))
    for start_s, stroke in zip(starts_s(plan), plan.strokes, strict=True):
        if stroke.pause_s:
            first = _step(start_s + stroke.moves_s + stroke.rests_s)
            composed_s = COMPOSED_S if stroke.pause_s > LONG_STOP_S else 0.0
            n = min(round((stroke.pause_s - composed_s) / STEP_S), rows.shape[1] - first)
            rows[:, first : first + n] += _scratching(n, r)
    return np.stack([smoothed(row, 0.08) for row in rows])


def _scratching(n: int, r: np.random.Generator) -> Floats:
    """The limb gives way, is shaken at 2 to 4 Hz for a while, and comes back."""
    t_s, away = STEP_S * np.arange(n), np.zeros((3, n))
    inside = np.clip(np.minimum(np.arange(n), np.arange(n)[::-1]) * STEP_S / 0.8, 0.0, 1.0)
    shakes = np.clip(1.0 - np.abs(t_s / t_s[-1] - r.uniform(0.3, 0.7)) / 0.25, 0.0, 1.0)
    for row in range(3):
        gives, shake = r.normal(0.0, 1.0), 0.3 * r.uniform()
        away[row] = inside * (gives + shake * shakes * np.sin(2 * np.pi * r.uniform(2.0, 4.0) * t_s))
    return away


def _stroke(level: Floats, stroke: Stroke, who: Exerciser, rest: float, r: np.random.Generator) -> None:
    """Writes one repetition, and where the limb rests from then on, into the rest of the set."""
    up, held, down = (max(2, round(s / STEP_S)) for s in (stroke.rises_s, stroke.holds_s, stroke.falls_s))
    reach, low = stroke.reach, stroke.returns_to
    rises, falls = (
        progress(n, 1 + int(r.poisson(who.pieces - 1.0)), r, late=bool(r.random() < who.late)) for n in (up, down)
    )
    far = reach * (1.0 - stroke.sinks * np.linspace(0.0, 1.0, held) ** 1.5)
    far = far - reach * _bounces(held, stroke.pulses, r)
    far = far + reach * _rings(held, who.overshoot * float(r.uniform(0.3, 1.2)), float(r.uniform(1.3, 2.6)))
    way = np.concatenate([rest + (reach - rest) * rises, far, far[-1] + (low - far[-1]) * falls])
    level[: len(way)] = way[: len(level)]
    after = level[len(way) :]
    after[:] = low + np.abs(_rings(len(after), who.recoil * reach, float(r.uniform(2.0, 4.0))))


def _bounces(n: int, count: int, r: np.random.Generator) -> Floats:
    """Dips at the far end, a sixth to a third of the way down."""
    if not count:
        return np.zeros(n)
    x = np.linspace(0.0, count, n)
    dips: Floats = float(r.uniform(0.16, 0.33)) * np.sin(np.pi * (x % 1.0)) ** 2
    return dips


def _rings(n: int, size: float, hz: float) -> Floats:
    t_s = STEP_S * np.arange(n)
    rings: Floats = size * np.exp(-t_s / 0.22) * np.sin(2 * np.pi * hz * t_s)
    return rings


def _settle(level: Floats, rest: float, last_s: float) -> None:
    first, n = _step(last_s), round(0.8 / STEP_S)
    level[first:] = 0.0
    x = np.linspace(0.0, 1.0, n)[: len(level) - first]
    level[first : first + n] = rest * (1.0 - x * x * (3.0 - 2.0 * x))


def _last_s(plan: SetPlan, *, own: bool) -> float:
    """When this leg's last repetition and its rest are over."""
    ends = [at + one.seconds for at, one in zip(starts_s(plan), plan.strokes, strict=True) if one.own is own]
    return max(ends, default=0.0)


def _in_and_out(values: Floats) -> Floats:
    """Fades in and out within half a second, so that what is added begins and ends with nothing."""
    n = len(values)
    edge = np.clip(np.minimum(np.arange(n), np.arange(n)[::-1] - 10) * STEP_S / 0.5, 0.0, 1.0)
    return values * edge * edge * edge * (10.0 + edge * (6.0 * edge - 15.0))

"""Whether the sensor is to be believed, judged window by window before anything is computed from it; causal, and healing.

Stuck: an axis that moved before gives the very same number while others of its kind move. Scale of the accelerometer: at rest
it must read 1 g. Gyroscope: over two windows, gravity moves in the sensor's axes by the integral of -rate x gravity; what the
accelerometer saw and what the gyroscope says must agree (a factor of 57.3 either way, a dead axis and swapped axes do not).
Measured on 84 recordings with a gyroscope and a simulated day, most at three rates: healthy ones disagree by at most .14, 57.3 x, 1/57.3 x
and 0 by .9 or more. Judged only where little but gravity acts and the turn is slow enough to be summed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Bools, Codes, Floats, Ints
from hipmonitor.core.frames import dot, length
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.samples.doubts import Doubt, SensorDoubt
from hipmonitor.core.samples.packet_rows import STANDARD_GRAVITY_MPS2
from hipmonitor.core.samples.windows import Windows

KINDS = (slice(0, 3), slice(3, 6))
"""Axes of the accelerometer, and of the gyroscope."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardParams:
    """What may be tuned; windows last about a second."""

    stuck_windows: int = 3
    """So many windows of the same number while others move."""
    alive_windows: int = 5
    """An axis that changed in so many windows has noise, and does not stand still by itself; one that never did may be unused."""
    dead_windows: int = 10
    """So many windows without any change of the whole gyroscope while the accelerometer moves, alive before or not."""
    moving_mps2: float = 0.3 * STANDARD_GRAVITY_MPS2
    """Range of another axis; coarse sensors (16 mg) keep one axis within a step while a foot taps."""
    moving_radps: float = 0.7
    """40 deg/s."""
    still_mps2: float = 0.15
    """Standard deviation at rest: 15 mg, a coarse sensor's step (van Hees 2014 takes 13 mg)."""
    off_one_g_share: float = 0.2
    """At rest further from 1 g than offset and scale of a working sensor reach together (seen: 15 %)."""
    scale_windows: int = 3
    gravity_alone_mps2: float = 2.0
    """Root mean square of what acts besides gravity, above which a window does not tell its direction."""
    slow_mps2: float = 3.0
    """Spread of the acceleration in a window: a turn of about 60 deg/s."""
    least_turn_mps2: float = 2.0
    """Of gravity, seen and said together: 8 deg from one window to the next."""
    least_over_rest: float = 8.0
    """Power of the turn over that of what acts besides gravity in the two windows: being carried about must not look like a turn."""
    window_power: float = 40.0
    """(m/s²)²; a window counts for no more than this, so that one does not decide and none is remembered for long."""
    decide_power: float = 45.0
    """Carried about by hand, with 2 % of the packets lost, healthy sensors reach 16 while they seem to disagree; once or twice
    sitting down is enough to find a dead one."""
    kept: float = 0.5
    """Of what earlier windows said, at each one more."""
    disagrees: float = 0.6
    agrees: float = 0.35
    """Share of the power that is difference: 0 = the same, 1 = one of them is nothing beside the other."""
    most_mean_radps: float = 35.0
    """2000 deg/s, held for a second: no leg does."""
    apart_s: float = 1.0
    """Windows further apart have a gap between them."""


@dataclass(slots=True, kw_only=True)
class GuardState:
    """What is carried from window to window."""

    last: Windows | None = None
    """The newest window, alone."""
    changed: Ints = field(default_factory=lambda: np.zeros(6, np.int64))
    """Windows in which each axis changed."""
    stood: Ints = field(default_factory=lambda: np.zeros(6, np.int64))
    """Windows in a row in which each axis gave one number while others moved."""
    frozen: Ints = field(default_factory=lambda: np.zeros(6, np.int64))
    """Windows in a row in which each axis gave one number while another of its kind did not."""
    off_scale: int = 0
    """Windows at rest in a row, off 1 g (negative: near it)."""
    scale_doubted: bool = False
    difference: float = 0.0
    power: float = 0.0
    """Remembered of how the gyroscope agrees, (m/s²)²."""
    disagrees: bool = False
    verdict: SensorDoubt | None = None
    """In force after the newest window."""


def judge(state: GuardState, params: GuardParams, windows: Windows) -> tuple[Codes, tuple[SensorDoubt, ...]]:
    """(k,) the doubt in force after each window, and where it changed. At least one window."""
    stuck = _stuck(state, params, windows)
    scale = _off_scale(state, params, windows)
    disagrees = _disagrees(state, params, windows, stuck[:, 0])
    state.last = _newest(windows)
    verdicts = _verdicts(stuck, scale, disagrees)
    changes = _changes(state, windows, verdicts)
    if changes:
        state.verdict = changes[-1] if changes[-1].kind else None
    return verdicts, changes


def _verdicts(stuck: Bools, scale: Bools, disagrees: Bools) -> Codes:
    """(k,) the gravest doubt; stuck[:, 0] and [:, 1]: accelerometer and gyroscope surely, [:, 2] and [:, 3]: if contradicted."""
    out = np.zeros(len(stuck), np.int8)
    out[disagrees] = Doubt.GYROSCOPE_DISAGREES
    out[stuck[:, 1] | (stuck[:, 3] & disagrees)] = Doubt.GYROSCOPE_STUCK
    out[scale] = Doubt.ACCELEROMETER_SCALE
    out[stuck[:, 0] | (stuck[:, 2] & (scale | disagrees))] = Doubt.ACCELEROMETER_STUCK
    return out


def _changes(state: GuardState, windows: Windows, verdicts: Codes) -> tuple[SensorDoubt, ...]:
    before = np.int8(state.verdict.kind if state.verdict else Doubt.NONE)
    at = np.flatnonzero(np.diff(verdicts, prepend=before)).tolist()
    return tuple(SensorDoubt(kind=Doubt(int(verdicts[k])), since=HostNs(int(windows.end_ns[k]))) for k in at)


def _newest(windows: Windows) -> Windows:
    return Windows(**{name: getattr(windows, name)[-1:].copy() for name in Windows.__dataclass_fields__})


# -- an axis that stands still -----------------------------------------------------------------------------------------


def _stuck(state: GuardState, params: GuardParams, windows: Windows) -> Bools:
    """(k, 4) accelerometer, gyroscope: an axis surely stands still; the same if something else contradicts it too."""
    width = windows.highest - windows.lowest
    constant = width == 0
    axes = width.shape[1]
    changed = state.changed[:axes] + np.cumsum(~constant, axis=0)
    before = windows.lowest[:1] if state.last is None else state.last.highest
    same = constant & (windows.lowest == np.concatenate([before, windows.highest[:-1]]))
    stood = _in_a_row(state.stood[:axes], same & _others_move(params, width, constant), ~same)
    frozen = _in_a_row(state.frozen[:axes], same & ~_all_of_a_kind(constant), ~same)
    state.changed[:axes], state.stood[:axes], state.frozen[:axes] = changed[-1], stood[-1], frozen[-1]
    sure = (stood >= params.stuck_windows) & (changed >= params.alive_windows)
    if axes == 6:
        sure[:, 3:] |= (stood[:, 3:] >= params.dead_windows).all(axis=1, keepdims=True)
    parts = [part[:, of].any(axis=1) for part in (sure, frozen >= params.stuck_windows) for of in KINDS]
    return np.stack(parts, axis=1)


def _in_a_row(before: Ints, counted: Bools, ends: Bools) -> Ints:
    """(k, axes) how many were counted since the last end."""
    total = before + np.cumsum(counted, axis=0)
    counts: Ints = total - np.maximum.accumulate(np.where(ends, total, 0), axis=0)
    return counts


def _all_of_a_kind(constant: Bools) -> Bools:
    """(k, axes) whether no axis of the same kind changes."""
    kinds = [constant[:, of].all(axis=1, keepdims=True) for of in KINDS[: constant.shape[1] // 3]]
    return np.repeat(np.concatenate(kinds, axis=1), 3, axis=1)


def _others_move(params: GuardParams, width: Floats, constant: Bools) -> Bools:
    """(k, axes) whether another axis of the same kind moves; where all three stand still, whether the other kind does."""
    least = np.repeat([params.moving_mps2, params.moving_radps], 3)[: width.shape[1]]
    moves = np.stack([(width > least)[:, of].any(axis=1) for of in KINDS[: width.shape[1] // 3]], axis=1)
    others: Bools = np.repeat(moves, 3, axis=1) | (_all_of_a_kind(constant) & moves.any(axis=1, keepdims=True))
    return others


# -- the accelerometer's scale -----------------------------------------------------------------------------------------


def still(windows: Windows, still_mps2: float) -> Bools:
    """(k,) whole windows at rest; what reads too much also reads its noise too large."""
    size = np.maximum(length(windows.acc_mean) / STANDARD_GRAVITY_MPS2, 1.0)
    return windows.whole & (windows.acc_variance < (still_mps2 * size) ** 2)


def _off_scale(state: GuardState, params: GuardParams, windows: Windows) -> Bools:
    """(k,) whether rest last read something else than 1 g, so many times in a row."""
    share = np.abs(length(windows.acc_mean) / STANDARD_GRAVITY_MPS2 - 1)
    rest = still(windows, params.still_mps2)
    off = rest & (share > params.off_one_g_share)
    out = np.full(len(windows), state.scale_doubted)
    if not state.scale_doubted and not off.any():
        state.off_scale = 0 if rest.any() else state.off_scale
        return out
    for k in np.flatnonzero(rest).tolist():
        run = state.off_scale
        state.off_scale = max(run, 0) + 1 if off[k] else min(run, 0) - 1
        if abs(state.off_scale) >= params.scale_windows:
            state.scale_doubted = state.off_scale > 0
        out[k:] = state.scale_doubted
    return out


# -- the gyroscope -----------------------------------------------------------------------------------------------------


def _disagrees(state: GuardState, params: GuardParams, windows: Windows, blind: Bools) -> Bools:
    """(k,) whether the gyroscope's turning of gravity last disagreed with the accelerometer's; `blind`: nothing to compare with."""
    out = np.full(len(windows), state.disagrees)
    if windows.highest.shape[1] < 6:
        return out
    difference, power, told = _turns(state, params, windows)
    fast = windows.rate_mean > params.most_mean_radps
    for k in np.flatnonzero(told | fast | blind).tolist():
        if blind[k]:
            state.difference, state.power, state.disagrees = 0.0, 0.0, False
        elif fast[k]:
            state.disagrees = True
        else:
            _weigh(state, params, float(difference[k]), float(power[k]))
        out[k:] = state.disagrees
    return out


def _weigh(state: GuardState, params: GuardParams, difference: float, power: float) -> None:
    """One more window that tells something."""
    counted = min(1.0, params.window_power / power)
    state.difference = params.kept * state.difference + counted * difference
    state.power = params.kept * state.power + counted * power
    if state.power >= params.decide_power:
        ratio = state.difference / state.power
        state.disagrees = ratio > params.disagrees or (state.disagrees and ratio > params.agrees)


def _turns(state: GuardState, params: GuardParams, windows: Windows) -> tuple[Floats, Floats, Bools]:
    """(k,) difference and power of gravity's turn since the window before, (m/s²)², and whether they tell something."""
    before = windows if state.last is None else state.last

    def with_before(name: str) -> Floats:
        return np.concatenate([getattr(before, name)[:1], getattr(windows, name)])

    mean, turned, late = with_before("acc_mean"), with_before("turned"), with_before("turned_late")
    seen = np.diff(mean, axis=0)
    said = late[:-1] + turned[1:] - late[1:]
    difference, power = dot(seen - said, seen - said), dot(seen, seen) + dot(said, said)
    fit: Bools = np.concatenate([before.whole[:1], windows.whole])
    fit &= with_before("off_one_g") < params.gravity_alone_mps2
    fit &= with_before("acc_variance") < params.slow_mps2**2
    apart_s = (with_before("start_ns")[1:] - with_before("end_ns")[:-1]) / NS_PER_S
    besides = with_before("off_one_g") ** 2
    least = np.maximum(params.least_turn_mps2**2, params.least_over_rest * (besides[1:] + besides[:-1]))
    told = fit[1:] & fit[:-1] & (power > least) & (apart_s > 0) & (apart_s < params.apart_s)
    sure = np.maximum(1 - least / np.maximum(power, least), 0.0)
    return difference * sure, power * sure, told

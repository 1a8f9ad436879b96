"""What the simulated wearer truly did, second by second, and what follows from it for the figures of a day.

Plain arithmetic on the body's own motion; nothing of `hipmonitor.core.exposure`, `core.days` or `core.alerts` is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
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
    """Of every step: sixty over the mean of the intervals beside it."""
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
    gap = np.diff(steps_s)
    gap = np.where(gap < SAME_WALK_S, gap, np.nan)
    beside = np.stack([np.append(np.nan, gap), np.append(gap, np.nan)]) if len(steps_s) else np.zeros((2, 0))
    known = np.isfinite(beside).any(axis=0)
    return np.where(known, 60 / np.nanmean(np.where(known, beside, 1.0), axis=0), 0.0)


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


@dataclass(frozen=True, kw_only=True, eq=False)
class Told:
    """A recording's truth, with what cannot be known better."""

    truth: Lived
    held: Bools
    """Seconds that were not told apart."""
    sd_deg: Floats
    """Of the placement, by second."""


@dataclass(kw_only=True)
class TrueBout:
    """Sitting between breaks."""

    begins: int
    """Rows."""
    rows: list[int] = field(default_factory=list)
    by_break: bool = False
    last: int = 0


def true_bouts(kind: np.ndarray, break_s: int) -> list[TrueBout]:
    """A bout ends with that much upright in one piece; other shorter things stay inside."""
    bouts: list[TrueBout] = []
    now: TrueBout | None = None
    up = away = 0
    for row, code in enumerate(kind.tolist()):
        away = away + 1 if code in (NOT_WORN, UNSEEN) else 0
        up = up + 1 if code in UPRIGHT else 0
        if code == SIT:
            if now is None:
                now = TrueBout(begins=row)
                bouts.append(now)
            now.rows.append(row)
        if now is not None and (up >= break_s or away >= FORGET_S):
            now.by_break, now = up >= break_s, None
    return bouts


def changes(kind: np.ndarray, *, to_feet: bool, of_seat: bool) -> list[int]:
    """Rows at which a side of SIDE_S or more begins after another side of SIDE_S or more; `kind`: with nothing held."""
    rest, feet = (SIT, LIE), UPRIGHT
    side = np.where(np.isin(kind, feet), 1, np.where(np.isin(kind, rest), 0, -1))
    edges = [0, *(np.flatnonzero(np.diff(side)) + 1).tolist(), len(side)]
    runs = [(a, b, int(side[a])) for a, b in pairwise(edges)]
    found, before = [], None
    for a, b, which in runs:
        if which < 0:
            before = None
        elif b - a >= SIDE_S:
            if before is not None and before[2] != which and which == to_feet:
                seat = slice(max(before[0], before[1] - SIDE_S), before[1]) if to_feet else slice(a, a + SIDE_S)
                if bool(np.all(kind[seat] == SIT)) == of_seat:
                    found.append(a)
            before = (a, b, which)
    return found


# -- by the wearer's days ----------------------------------------------------------------------------------------------


@dataclass(kw_only=True, eq=False)
class TrueDay:
    """All of the week's rows that fall on one civil day."""

    day: int
    length_s: int = 86_400
    kind: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int8))
    flexion_deg: Floats = field(default_factory=lambda: np.zeros(0))
    highest_deg: Floats = field(default_factory=lambda: np.zeros(0))
    bouts: list[tuple[int, int]] = field(default_factory=list)
    """(length, on this day) of those that began on it; (length, on this day) of others is in `shares`."""
    shares: list[tuple[int, int]] = field(default_factory=list)
    breaks: int = 0
    seat_to_feet: int = 0
    to_feet: int = 0
    to_rest: int = 0
    steps_s: list[float] = field(default_factory=list)
    step_spm: list[float] = field(default_factory=list)
    cranks: int = 0
    tops: list[tuple[int, float]] = field(default_factory=list)
    """(kind, degrees)."""
    bends: dict[float, list[tuple[int, float, float]]] = field(default_factory=lambda: {back: [] for back in BACK_DEG})
    """By the angle that ends them: (kind, degrees, sd of the placement)."""
    gaps: int = 0
    gap_s: float = 0.0

    def seconds(self, *codes: int) -> int:
        """Of these kinds."""
        return int(np.count_nonzero(np.isin(self.kind, codes)))

    def above(self, degrees: float) -> int:
        """Seconds of somebody who does not lie."""
        return int(np.count_nonzero((self.flexion_deg >= degrees) & ~np.isin(self.kind, (LIE, UNSEEN, HELD))))

    def longest_above(self, degrees: float) -> int:
        """In one piece."""
        above = (self.flexion_deg >= degrees) & ~np.isin(self.kind, (LIE, UNSEEN, HELD))
        edges = np.flatnonzero(np.diff(np.concatenate([[0], above.astype(np.int8), [0]])))
        return int((edges[1::2] - edges[::2]).max(initial=0))

    def bent_rows(self) -> Bools:
        """Worn, seen, and not lying."""
        return np.isfinite(self.flexion_deg) & ~np.isin(self.kind, (LIE, UNSEEN, HELD))

    def bent_deg(self) -> Floats:
        """Flexion of those seconds."""
        return self.flexion_deg[self.bent_rows()]

    def mean_deg(self) -> float:
        """Of worn seconds but lying: there is no flexion on the side."""
        return float(self.flexion_deg[np.isfinite(self.flexion_deg) & ~np.isin(self.kind, (LIE, UNSEEN))].mean())

    def deep_cycles(self, limit_deg: float, edge_deg: float) -> tuple[int, int]:
        """Least and most, for angles that are read up to `edge_deg` wrong: beyond the limit and sd, and back."""
        counts = [
            sum(deg >= limit_deg + edge + sd and kind not in (LIE, UNSEEN, HELD, NOT_WORN) for kind, deg, sd in bends)
            for bends in self.bends.values()
            for edge in (-edge_deg, 0.0, edge_deg)
        ]
        return min(counts), max(counts)

    def walks(self, least_s: int) -> tuple[int, int]:
        """(how many, seconds) of stepping in one piece for so long."""
        step = np.isin(self.kind, STEPPING).astype(np.int8)
        edges = np.flatnonzero(np.diff(np.concatenate([[0], step, [0]])))
        lengths = edges[1::2] - edges[::2]
        return int(np.count_nonzero(lengths >= least_s)), int(lengths[lengths >= least_s].sum())

    def most_steps(self, window_s: float) -> int:
        """Within one window."""
        at = np.sort(np.array(self.steps_s))
        return int((np.searchsorted(at, at + window_s) - np.arange(len(at))).max(initial=0))


def true_days(
    recordings: Sequence[Told], day_of: Callable[[np.ndarray], np.ndarray], break_s: int
) -> dict[int, TrueDay]:
    """The truth of settled figures, with what each recording did not tell apart. `day_of`: the civil day of instants (ns)."""
    days: dict[int, TrueDay] = {}

    def of(day: int) -> TrueDay:
        return days.setdefault(int(day), TrueDay(day=int(day)))

    for told in recordings:
        one = told.truth
        kind = one.seen(told.held, one.never_heard)
        plain = one.seen(np.zeros(len(kind), np.bool_), one.never_heard)
        civil = day_of(one.start_ns + np.arange(len(kind)) * 10**9)
        for day in np.unique(civil).tolist():
            _rows(of(day), told, kind, civil == day)
        for bout in true_bouts(kind, break_s):
            on = civil[bout.rows]
            of(on[0]).bouts.append((len(bout.rows), int(np.count_nonzero(on == on[0]))))
            for day in np.unique(on).tolist():
                of(day).shares.append((len(bout.rows), int(np.count_nonzero(on == day))))
            of(on[-1]).breaks += bout.by_break
        for row in changes(plain, to_feet=True, of_seat=True):
            of(civil[row]).seat_to_feet += 1
        for of_seat in (True, False):
            for row in changes(plain, to_feet=True, of_seat=of_seat):
                of(civil[row]).to_feet += 1
            for row in changes(plain, to_feet=False, of_seat=of_seat):
                of(civil[row]).to_rest += 1
    return days


def _rows(day: TrueDay, told: Told, kind: np.ndarray, rows: Bools) -> None:
    one = told.truth
    day.kind = np.concatenate([day.kind, kind[rows]])
    day.flexion_deg = np.concatenate([day.flexion_deg, one.flexion_deg[rows]])
    day.highest_deg = np.concatenate([day.highest_deg, one.highest_deg[rows]])
    first, last = int(np.flatnonzero(rows)[0]), int(np.flatnonzero(rows)[-1]) + 1
    heard = ~one.never_heard
    for at, spm in zip(one.steps_s.tolist(), one.cadence_spm.tolist(), strict=True):
        if first <= at < last and heard[int(at)] and kind[int(at)] != NOT_WORN:
            day.steps_s.append(one.start_ns / 1e9 + at)
            day.step_spm.append(spm)
    day.cranks += sum(first <= at < last and bool(heard[int(at)]) for at in one.cranks_s.tolist())
    day.tops += [(int(kind[int(at)]), deg) for at, deg in one.tops if first <= at < last and heard[int(at)]]
    for back_deg, bends in one.bends.items():
        day.bends[back_deg] += [
            (int(kind[int(at)]), deg, float(told.sd_deg[int(at)]))
            for at, deg in bends
            if first <= at < last and heard[int(at)]
        ]
    unseen = np.concatenate([[0], one.never_heard[first:last].astype(np.int8), [0]])
    day.gaps += int(np.count_nonzero(np.diff(unseen) == 1))
    day.gap_s += float(unseen.sum())

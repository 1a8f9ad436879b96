"""What follows from the truth of the week for the figures of each day.

Plain arithmetic on the body's own motion; nothing of `hipmonitor.core.exposure`, `core.days` or `core.alerts` is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from hipmonitor.core.arrays import Bools, Floats
from tests.benchmarks.week_truth import (
    BACK_DEG,
    FORGET_S,
    HELD,
    LIE,
    NOT_WORN,
    SIDE_S,
    SIT,
    STEPPING,
    UNSEEN,
    UPRIGHT,
    Lived,
)


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

"""Alerts of the week beside what the policy makes due: each of them, when it came, and where none may be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipmonitor.core.alerts import AlertKind
from hipmonitor.core.arrays import Bools, Floats
from hipmonitor.core.instants import NS_PER_S
from tests.benchmarks.week_figures import EDGE_DEG
from tests.benchmarks.week_lived import LivedRecording, Said
from tests.benchmarks.week_policy import LEVELS, MOST_SD_DEG, SIT_S, Due, deep_due, sat, sitting_due
from tests.benchmarks.week_truth import LIE, NOT_WORN, UNSEEN, Lived

LATE_S = 5.0
SAME_S = 120
"""An alert of the same level so near to the one that is due is that one."""
NOTHING = Said(kind="none", sd_deg=np.inf, sure=False)
LEVEL_S = {name: share * SIT_S for name, share in LEVELS}
RANK = {name: k for k, name in enumerate([*(name for name, _ in LEVELS), "REMINDER"])}


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Alerts of a recording beside the policy."""

    lines: tuple[str, ...]
    below: tuple[str, ...]


def heard(truth: Lived, got: LivedRecording) -> tuple[np.ndarray, Floats, Bools]:
    """(n,) kinds as the host could see them in time, sd of the placement, and whether deep flexion could count."""
    first = truth.start_ns // NS_PER_S
    said = [got.said.get(first + row, NOTHING) for row in range(len(truth.kind))]
    held = np.array([one.kind == "sedentary" for one in said])
    sd, shown = np.array([one.sd_deg for one in said]), np.array([one.sure for one in said])
    return truth.seen(held, truth.late), sd, shown


def judged_alerts(name: str, truth: Lived, got: LivedRecording) -> Judged:
    """Sitting and deep flexion; where the others fell."""
    first = truth.start_ns // NS_PER_S
    kind, sd, shown = heard(truth, got)
    fired = [(f.alert.kind, f.alert.level.name, f.alert.at // NS_PER_S - 1 - first, f.host_ns) for f in got.fired]
    sitting = [(level, row, host) for what, level, row, host in fired if what is AlertKind.SITTING]
    deep = [(level, row, host) for what, level, row, host in fired if what is AlertKind.DEEP_FLEXION]
    due = list(sitting_due(kind, sd <= MOST_SD_DEG))
    lines, below = _sitting(due, sitting, truth, sat(kind).since_break_s)
    surely, perhaps = (
        list(deep_due(kind, truth.flexion_deg, sd, shown, edge, doubts))
        for edge, doubts in ((EDGE_DEG, sat(kind).in_doubt), (-EDGE_DEG, np.zeros(len(kind), np.bool_)))
    )
    more, wrong = _deep(surely, perhaps, deep, truth)
    plain = truth.seen(np.zeros(len(kind), np.bool_), truth.late)
    away = [(what, row) for what, _, row, _ in fired if plain[row] in (LIE, NOT_WORN, UNSEEN)]
    lines += [*more, f"in bed, on the table, in the bag or in a gap: {len(away)}"]
    below += [*wrong, *(f"{what.value} at {row} s in {_where(int(plain[row]))}" for what, row in away)]
    always = list(sitting_due(plain, sd <= MOST_SD_DEG))
    lines.append(f"sitting alerts had sitting always been told from lying: {len(always)}")
    return Judged(lines=tuple(lines), below=tuple(f"{name}: {what}" for what in below))


def _where(code: int) -> str:
    return {LIE: "bed", NOT_WORN: "bag or on the table", UNSEEN: "a gap"}[code]


def _late_s(due: Due, host_ns: int, truth: Lived) -> float:
    return (host_ns - truth.start_ns) / NS_PER_S - (due.row + 1)


def _sitting(
    due: list[Due], fired: list[tuple[str, int, int]], truth: Lived, sat_s: np.ndarray
) -> tuple[list[str], list[str]]:
    """What stays within LATE_S of a level, in time sat, may come or not."""
    free, below, late = list(fired), [], []
    for one in due:
        same = [f for f in free if f[0] == one.level and abs(f[1] - one.row) <= SAME_S]
        if not same:
            below += [f"sitting {one.level.lower()} due at {one.row} s never came"] * _goes_on(one, sat_s)
            continue
        best = min(same, key=lambda f: abs(f[1] - one.row))
        free.remove(best)
        late.append(_late_s(one, best[2], truth))
        if abs(late[-1]) > LATE_S:
            below.append(f"sitting {one.level.lower()} due at {one.row} s came {late[-1]:+.1f} s from its moment")
    wrong = [f for f in free if sat_s[f[1]] < LEVEL_S.get(f[0], SIT_S) - LATE_S]
    below += [f"sitting {level.lower()} at {row} s was not due ({sat_s[row]} s)" for level, row, _ in wrong]
    spread = f", {min(late):+.1f} to {max(late):+.1f} s from their moment" if late else ""
    return [f"sitting: {len(late)} of {len(due)} due{spread}; not due {len(wrong)}"], below


def _goes_on(due: Due, sat_s: np.ndarray) -> bool:
    """The wearer sits on long enough for it to be missed."""
    after = sat_s[due.row : due.row + 120]
    return bool(after.max() >= sat_s[due.row] + LATE_S)


def _deep(
    surely: list[Due], perhaps: list[Due], fired: list[tuple[str, int, int]], truth: Lived
) -> tuple[list[str], list[str]]:
    below, met = [], 0
    for one in surely:
        same = [f for f in fired if RANK[f[0]] >= RANK[one.level] and one.since <= f[1] + SAME_S]
        if one.level != "REMINDER" and not any(_late_s(one, f[2], truth) <= LATE_S for f in same):
            below.append(f"deep flexion {one.level.lower()} due at {one.row} s did not come in time")
        met += one.level != "REMINDER" and bool(same)
    asked = sum(one.level != "REMINDER" for one in surely)
    wrong = [
        f"deep flexion {level.lower()} at {row} s was not due"
        for level, row, _ in fired
        if not any(
            RANK[one.level] >= RANK[level] and one.row <= row + LATE_S for one in perhaps if one.row > row - 7200
        )
    ]
    return [f"deep flexion: {len(fired)}, {asked} surely due; not due {len(wrong)}"], [*below, *wrong]

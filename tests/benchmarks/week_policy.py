"""When the alert policy makes an alert due, read plainly from what the wearer truly did. Nothing of `core.alerts` is used.

Sitting: told at 80, 90 and 100 % of 30 min sat since the last 60 s upright in one piece, then 5, 15, 35, ... min later; never in the
first tenth of the limit after sitting down, only in a second of sitting, and where most of the last quarter of an hour was told from
lying. Deep flexion: likewise for 10 min above the limit
since the last 60 s upright, or 60 s lower than 15 deg below the limit; over again 5 deg below it. Time not seen or not worn adds
nothing and takes nothing away; half an hour of it begins anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Ints
from tests.benchmarks.week_truth import CYCLE, FORGET_S, HELD, LIE, NOT_WORN, SIDE_S, SIT, UNSEEN, UPRIGHT

SIT_S, DEEP_S = 1800.0, 600.0
BREAK_S = 60
LIMIT_DEG, RELEASE_DEG, BELOW_DEG = 90.0, 5.0, 15.0
LEVELS = (("NOTICE", 0.8), ("NUDGE", 0.9), ("ALERT", 1.0))
REMINDER_S = 300.0
LATELY_S, MOST_UNCLEAR = 900, 1 / 3
"""Once more of the last quarter of an hour (fading) was not told from lying, nothing is said until the wearer was up."""
MOST_SD_DEG = 5.0
"""A placement known less well says nothing."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """An alert that the policy asks for."""

    row: int
    """The second that makes it due."""
    level: str
    since: int
    """The timer stood at nothing until here."""


@dataclass(kw_only=True)
class _Timer:
    """What was said since the timer was last set back."""

    limit_s: float
    said: str = ""
    said_at_s: float = 0.0
    reminders: int = 0

    @property
    def first_s(self) -> float:
        """Below it there is nothing to say, and what was said may be said anew."""
        return LEVELS[0][1] * self.limit_s

    def due(self, value_s: float) -> str:
        """The level to be said now; empty: none."""
        if value_s < self.first_s:
            self.said, self.reminders = "", 0
            return ""
        level = [name for name, share in LEVELS if value_s >= share * self.limit_s][-1]
        order = ["", *(name for name, _ in LEVELS), "REMINDER"]
        if order.index(level) > order.index(self.said):
            self.said, self.said_at_s = level, value_s
            return level
        if self.said in {"ALERT", "REMINDER"} and value_s >= self.said_at_s + REMINDER_S * 2**self.reminders:
            self.said, self.said_at_s, self.reminders = "REMINDER", value_s, self.reminders + 1
            return self.said
        return ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Sat:
    """Of every second, after it."""

    since_break_s: Ints
    since_up_s: Ints
    in_doubt: Bools
    """Since the last time on the feet too much of it could not be told from lying."""


def sat(kind: np.ndarray) -> Sat:
    """Time sat since the last break, and since the last time on the feet, and whether that may have been lying."""
    total = seated = up = away = 0
    unclear, in_doubt = 0.0, False
    columns = []
    for code in kind.tolist():
        away = away + 1 if code in (NOT_WORN, UNSEEN) else 0
        up = up + 1 if code in UPRIGHT else 0
        if up >= BREAK_S or away >= FORGET_S:
            total = 0
        if up >= SIDE_S or code in (LIE, NOT_WORN):
            seated = 0
        if up >= SIDE_S:
            unclear, in_doubt = 0.0, False
        if code in (SIT, HELD):
            unclear += ((code == HELD) - unclear) / LATELY_S
            in_doubt = in_doubt or unclear > MOST_UNCLEAR
        total, seated = total + (code == SIT), seated + (code == SIT)
        columns.append((total, seated, in_doubt))
    since_break, since_up, doubts = np.array(columns, np.int64).reshape(-1, 3).T
    return Sat(since_break_s=since_break, since_up_s=since_up, in_doubt=doubts.astype(np.bool_))


def sitting_due(kind: np.ndarray, may_speak: Bools) -> Iterator[Due]:
    """`kind`: as the host could see it in time. `may_speak`: the sensor's place on the thigh is known well enough."""
    timer, time_sat, since = _Timer(limit_s=SIT_S), sat(kind), 0
    for row, value_s in enumerate(time_sat.since_break_s.tolist()):
        since = since if value_s else row
        if value_s < timer.first_s:
            timer.due(value_s)
            continue
        seen = kind[row] == SIT and not time_sat.in_doubt[row]
        speaks = seen and may_speak[row] and time_sat.since_up_s[row] >= SIT_S / 10
        if speaks and (level := timer.due(value_s)):
            yield Due(row=row, level=level, since=since)


def deep_due(
    kind: np.ndarray, flexion_deg: Floats, sd_deg: Floats, shown: Bools, edge_deg: float, in_doubt: Bools
) -> Iterator[Due]:
    """The same of deep flexion, for angles that are read `edge_deg` too low. `shown`: a seat was in evidence."""
    timer = _Timer(limit_s=DEEP_S)
    deep_s = seated = up = away = lowered = since = 0
    deep = False
    limits = LIMIT_DEG + edge_deg + sd_deg
    rows = zip(kind.tolist(), flexion_deg.tolist(), limits.tolist(), shown.tolist(), strict=True)
    for row, (code, degrees, limit, seat) in enumerate(rows):
        away = away + 1 if code in (NOT_WORN, UNSEEN) else 0
        up = up + 1 if code in UPRIGHT else 0
        seated = 0 if up >= SIDE_S or code in (LIE, NOT_WORN) else seated + (code == SIT)
        low = code in UPRIGHT or (code not in (NOT_WORN, UNSEEN) and degrees < LIMIT_DEG + edge_deg - BELOW_DEG)
        lowered = lowered + 1 if low else 0
        if code in (LIE, HELD, NOT_WORN, UNSEEN) or not seat or degrees < LIMIT_DEG + edge_deg - RELEASE_DEG:
            deep = False
        elif degrees >= limit:
            deep = True
        deep_s += deep
        if lowered >= BREAK_S or away >= FORGET_S:
            deep_s = 0
        since = since if deep_s else row
        if deep_s < timer.first_s:
            timer.due(deep_s)
            continue
        speaks = deep and code != CYCLE and not in_doubt[row] and limit <= LIMIT_DEG + edge_deg + MOST_SD_DEG
        if speaks and (code != SIT or seated >= DEEP_S / 10) and (level := timer.due(deep_s)):
            yield Due(row=row, level=level, since=since)

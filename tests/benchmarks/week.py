"""A week of one simulated person, lived, replayed and rebuilt: every figure of every day, and every alert, beside the truth.

    python -m tests.benchmarks.week [--seed 3] [--recordings 1 2 3 4] [--keep FOLDER]

The wearer follows `firmware_sim.ordinary_week` (desk, commute, sofa, nights in bed, table, bag, bicycle, a flight over six zones,
summer time; a guided calibration on Monday, told nothing after that). The firmware's state machine sends 25 Hz over the in-memory
link on simulated time; what arrives is recorded, thought about and kept as a monitor does it, then rebuilt from the recordings.

Sitting and lying look alike to one thigh sensor. Where it says so (`sedentary`), that time is a kind of its own in the truth, too: it
adds to no bout and ends none. How much of the sitting that was is printed, and what the figures would have to be without it.

Bars: every figure within its tolerance (`week_figures`); no alert in bed, on the table, in the bag or in a gap; every alert that is
due by a plain reading of the policy (`week_policy`) had by the host within 5 s of its moment, and none that is not due. Deep flexion
is due if it is with angles read 3 deg too low, and not due only if it is not with angles read 3 deg too high. The history of the
lived week and that rebuilt from its recordings are identical.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from firmware_sim.body import Person
from firmware_sim.ordinary_week import HOME_S, MONDAY, Wearing, ordinary_week, zones
from firmware_sim.scenarios import wearer
from hipmonitor.core.alerts import AlertKind
from hipmonitor.core.arrays import Bools, Floats
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.settings import Settings
from hipmonitor.io.history import History
from hipmonitor.runtime.history_settling import rebuild
from hipmonitor.runtime.recorded import open_recording
from tests.benchmarks.week_figures import EDGE_DEG, compared
from tests.benchmarks.week_lived import (
    LivedRecording,
    Said,
    live,
    said,
    through_the_door,
    worn,
)
from tests.benchmarks.week_policy import BREAK_S, LEVELS, MOST_SD_DEG, SIT_S, Due, deep_due, sat, sitting_due
from tests.benchmarks.week_truth import LIE, NOT_WORN, SIT, UNSEEN, Lived, TrueDay, lived, start_ns, true_days

LATE_S = 5.0
SAME_S = 120
"""An alert of the same level so near to the one that is due is that one."""
NOTHING = Said(kind="none", sd_deg=np.inf, seat_shown=False)
MONDAY_NS = (MONDAY * 86_400 - HOME_S) * NS_PER_S
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon")
LEVEL_S = {name: share * SIT_S for name, share in LEVELS}
RANK = {name: k for k, name in enumerate([*(name for name, _ in LEVELS), "REMINDER"])}


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The wearer's clock on the wall."""

    since_ns: np.ndarray
    offset_s: np.ndarray

    def offset(self, at_ns: np.ndarray) -> np.ndarray:
        """Seconds ahead of UTC."""
        return self.offset_s[np.maximum(np.searchsorted(self.since_ns, at_ns, side="right") - 1, 0)]

    def day(self, at_ns: np.ndarray) -> np.ndarray:
        """Civil day."""
        return (at_ns // NS_PER_S + self.offset(at_ns)) // 86_400


def clock_of(week: Sequence[Wearing]) -> Clock:
    """Of the week."""
    changes = zones(week)
    since = np.array([MONDAY_NS + round(at_s * NS_PER_S) for at_s, _ in changes])
    return Clock(since_ns=since, offset_s=np.array([offset for _, offset in changes]))


@dataclass(frozen=True, kw_only=True, eq=False)
class Recorded:
    """A wearing, its truth and what was lived."""

    wearing: Wearing
    truth: Lived
    got: LivedRecording
    settled_held: Bools
    """Seconds of the truth that the settled reading did not tell apart."""


# -- living ------------------------------------------------------------------------------------------------------------


def lived_through(number: int, wearing: Wearing, person: Person, seed: int, clock: Clock, folder: Path) -> Recorded:
    """One recording, from the body to the settled history."""
    body, turns = worn(wearing, person, seed + number)
    truth, start = lived(wearing, body), start_ns(wearing)
    door = through_the_door(
        turns(start), said(wearing, person, start, Settings()), lambda at: int(clock.offset(np.array(at)))
    )
    got = live(door, folder, folder / "lived.db", number + 1, start)
    analysis = open_recording(got.path, per_sample=False)
    settled = analysis.activity_per_second()
    ahead = (start - analysis.summary.start_ns) // NS_PER_S
    held = np.array(
        [settled[k + ahead] == "sedentary" if 0 <= k + ahead < len(settled) else False for k in range(len(truth.kind))]
    )
    return Recorded(wearing=wearing, truth=truth, got=got, settled_held=held)


# -- alerts ------------------------------------------------------------------------------------------------------------


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
    sd, shown = np.array([one.sd_deg for one in said]), np.array([one.seat_shown for one in said])
    return truth.seen(held, truth.late), sd, shown


def judged_alerts(one: Recorded) -> Judged:
    """Sitting and deep flexion; where the others fell."""
    first, truth = one.truth.start_ns // NS_PER_S, one.truth
    kind, sd, shown = heard(truth, one.got)
    fired = [(f.alert.kind, f.alert.level.name, f.alert.at // NS_PER_S - 1 - first, f.host_ns) for f in one.got.fired]
    sitting = [(level, row, host) for what, level, row, host in fired if what is AlertKind.SITTING]
    deep = [(level, row, host) for what, level, row, host in fired if what is AlertKind.DEEP_FLEXION]
    due = list(sitting_due(kind, sd <= MOST_SD_DEG))
    lines, below = _sitting(due, sitting, truth, sat(kind).since_break_s)
    surely, perhaps = (list(deep_due(kind, truth.flexion_deg, sd, shown, edge)) for edge in (EDGE_DEG, -EDGE_DEG))
    more, wrong = _deep(surely, perhaps, deep, truth)
    plain = truth.seen(np.zeros(len(kind), np.bool_), truth.late)
    away = [(what, row) for what, _, row, _ in fired if plain[row] in (LIE, NOT_WORN, UNSEEN)]
    lines += [*more, f"in bed, on the table, in the bag or in a gap: {len(away)}"]
    below += [*wrong, *(f"{what.value} at {row} s in {_where(int(plain[row]))}" for what, row in away)]
    always = list(sitting_due(plain, sd <= MOST_SD_DEG))
    lines.append(f"sitting alerts had sitting always been told from lying: {len(always)}")
    return Judged(lines=tuple(lines), below=tuple(f"{one.wearing.name}: {what}" for what in below))


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


# -- figures -----------------------------------------------------------------------------------------------------------


def judged_figures(recorded: Sequence[Recorded], clock: Clock, database: Path) -> Iterator[str]:
    """The table of every day; hands out what is beyond its tolerance."""
    told = true_days([(one.truth, one.settled_held) for one in recorded], clock.day, BREAK_S)
    whole = true_days([(one.truth, np.zeros_like(one.settled_held)) for one in recorded], clock.day, BREAK_S)
    for day in told:
        for days in (told, whole):
            days[day].length_s = _length_s(days[day], recorded, clock)
    with History(database) as history:
        figures = history.figures(min(told), max(told), valid_day_worn_h=Settings().days.valid_day_worn_h)
    for ours in figures:
        if ours.day not in told:
            continue
        name = NAMES[ours.day - MONDAY]
        print(f"\n{name}: {'ours':>39} {'truth':>17} {'tolerance':>10}   sitting told from lying")
        for row, plain in zip(compared(ours, told[ours.day]), compared(ours, whole[ours.day]), strict=True):
            other = plain.truth if plain.truth != row.truth else ""
            print(
                f"  {row.name:32} {row.ours:9.0f} {row.truth:>17} {row.tolerance:9.0f}   {other:>17}"
                f"{'' if row.met else '   NOT MET'}"
            )
            if not row.met:
                yield f"{name}: {row.name}"


def _length_s(day: TrueDay, recorded: Sequence[Recorded], clock: Clock) -> int:
    """A day is shorter or longer by what the wall's clock was moved while it was recorded."""
    edges = []
    for one in recorded:
        at = one.truth.start_ns + np.arange(len(one.truth.kind)) * NS_PER_S
        on = at[clock.day(at) == day.day]
        edges += [clock.offset(on[[0, -1]])] if len(on) else []
    return 86_400 - int(edges[-1][1] - edges[0][0])


# -- the whole ---------------------------------------------------------------------------------------------------------


def identical(folder: Path) -> bool:
    """Rebuild the history from the recordings alone; the same rows as the lived one's."""
    with History(folder / "rebuilt.db") as again:
        rebuild(again, folder)
        rebuilt = list(again.dump())
    with History(folder / "lived.db") as history:
        return list(history.dump()) == rebuilt


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--recordings", type=int, nargs="+", default=[1, 2, 3, 4], help="some of the week's four")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        below = week(options.seed, [number - 1 for number in options.recordings], Path(folder))
    print("\nall met" if not below else f"\nNOT met ({len(below)}):\n  " + "\n  ".join(below))
    return 1 if below else 0


def week(seed: int, which: Sequence[int], folder: Path) -> list[str]:
    """Live it, and print the table; what is below the bars."""
    person = wearer(seed)
    wearings = ordinary_week(person)
    clock, recorded, below = clock_of(wearings), [], []
    for number in which:
        began = time.monotonic()
        one = lived_through(number, wearings[number], person, seed, clock, folder)
        recorded.append(one)
        alerts = judged_alerts(one)
        below += alerts.below
        sat = one.truth.kind == SIT
        print(
            f"{one.wearing.name} ({one.wearing.seconds / 3600:.1f} h in {time.monotonic() - began:.0f} s; "
            f"{np.mean(one.settled_held[sat]):.0%} of the sitting not told from lying)"
        )
        print("\n".join(f"    {line}" for line in alerts.lines), flush=True)
    below += judged_figures(recorded, clock, folder / "lived.db")
    same = identical(folder)
    print(f"\nhistory lived and rebuilt: {'identical' if same else 'NOT identical'}")
    return below if same else [*below, "history lived and rebuilt"]


if __name__ == "__main__":
    sys.exit(main())

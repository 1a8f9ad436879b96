"""A week of one simulated person, lived, replayed and rebuilt: every figure of every day, and every alert, beside the truth.

    python -m tests.benchmarks.week [--seed 3] [--recordings 1 2 3 4] [--keep FOLDER] [--processes 2]

The wearer follows `firmware_sim.ordinary_week` (desk, commute, sofa, nights in bed, table, bag, bicycle, a flight over six zones,
summer time; a guided calibration on Monday, told nothing after that). The firmware's state machine sends 25 Hz over the in-memory
link on simulated time; what arrives is recorded, thought about and kept as a monitor does it, then replayed from the recordings, and
rebuilt from them alone.

Sitting and lying look alike to one thigh sensor. Where it says so (`sedentary`), that time is a kind of its own in the truth, too: it
adds to no bout and ends none. How much of the sitting that was is printed, and what the figures would have to be without it.

Bars: every figure within its tolerance (`week_figures`); no alert in bed, on the table, in the bag or in a gap; every alert that is
due by a plain reading of the policy (`week_policy`) had by the host within 5 s of its moment, and none that is not due. Deep flexion
is due if it is with angles read 3 deg too low, and not due only if it is not with angles read 3 deg too high. Alerts lived and
replayed are the same, and so are the history of the lived week and that rebuilt from its recordings.

It takes about twenty minutes of a processor (1159 s, measured on two cores with much else on them), in two processes half of that.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import numpy as np

from firmware_sim.ordinary_week import MONDAY
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.settings import Settings
from hipmonitor.io.history import History
from tests.benchmarks.week_alerts import judged_alerts
from tests.benchmarks.week_days import Told, TrueDay, true_days
from tests.benchmarks.week_figures import compared
from tests.benchmarks.week_policy import BREAK_S
from tests.benchmarks.week_readings import LIVED_DB, Clock, Recorded, Replayed, Week, whole_week
from tests.benchmarks.week_truth import SIT, Lived

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon")


def alerts_below(one: Recorded, again: Replayed) -> list[str]:
    """Prints a recording's alerts; what is below the bars."""
    judged = judged_alerts(one.wearing.name, one.truth, one.got)
    same = tuple(repr(fired.alert) for fired in one.got.fired) == again.alerts
    sat = one.truth.kind == SIT
    print(
        f"{one.wearing.name} ({one.wearing.seconds / 3600:.1f} h; "
        f"{np.mean(again.held(one.truth)[sat]):.0%} of the sitting not told from lying)"
    )
    lines = [
        *judged.lines,
        f"lived and replayed: {len(again.alerts)} alerts, {'identical' if same else 'NOT identical'}",
    ]
    print("\n".join(f"    {line}" for line in lines), flush=True)
    return [*judged.below, *([] if same else [f"{one.wearing.name}: alerts lived and replayed"])]


def judged_figures(week: Week, database: Path) -> Iterator[str]:
    """The table of every day; hands out what is beyond its tolerance."""
    both = list(zip(week.recorded, week.replayed, strict=True))
    told, whole = (
        true_days([_told(one.truth, again, held=held) for one, again in both], week.clock.day, BREAK_S)
        for held in (True, False)
    )
    for day in told:
        for days in (told, whole):
            days[day].length_s = _length_s(days[day], week.recorded, week.clock)
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


def _told(truth: Lived, again: Replayed, *, held: bool) -> Told:
    nothing = np.zeros(len(truth.kind), np.bool_)
    return Told(truth=truth, held=again.held(truth) if held else nothing, sd_deg=again.sd_deg(truth))


def _length_s(day: TrueDay, recorded: Sequence[Recorded], clock: Clock) -> int:
    """A day is shorter or longer by what the wall's clock was moved while it was recorded."""
    edges = []
    for one in recorded:
        at = one.truth.start_ns + np.arange(len(one.truth.kind)) * NS_PER_S
        on = at[clock.day(at) == day.day]
        edges += [clock.offset(on[[0, -1]])] if len(on) else []
    return 86_400 - int(edges[-1][1] - edges[0][0])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--recordings", type=int, nargs="+", default=[1, 2, 3, 4], help="some of the week's four")
    parser.add_argument("--keep", type=Path, help="an empty folder in which recordings and histories are to stay")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with nullcontext(options.keep) if options.keep else tempfile.TemporaryDirectory() as folder:
        which = [number - 1 for number in options.recordings]
        week = whole_week(options.seed, which, Path(folder), options.processes)
        below = judged(week, Path(folder) / LIVED_DB)
    print(f"\n{time.monotonic() - began:.0f} s in {options.processes} processes, {week.cpu_s:.0f} s of a processor")
    print("all met" if not below else f"NOT met ({len(below)}):\n  " + "\n  ".join(below))
    return 1 if below else 0


def judged(week: Week, database: Path) -> list[str]:
    """Prints the tables; what is below the bars."""
    below = [what for one, again in zip(week.recorded, week.replayed, strict=True) for what in alerts_below(one, again)]
    below += judged_figures(week, database)
    print(f"\nhistory lived and rebuilt: {'identical' if week.rebuilt_alike else 'NOT identical'}")
    return below if week.rebuilt_alike else [*below, "history lived and rebuilt"]


if __name__ == "__main__":
    sys.exit(main())

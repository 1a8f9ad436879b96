"""Twelve weeks, from first run to report: `python -m tests.journeys.twelve_weeks [--out FOLDER] [--weeks 12]`.

A simulated person with a sore left hip: limits and a plan that the physio confirms, then every day a check-in, what the plan
says, and the exercises that it offers, recorded by the recorder and settled into the history, ending today. A sign in week 3, a
flare-up in week 5, a lapse in week 8, two days decided otherwise. Then what must hold is checked, the history is made anew, the
report is written, and every view of care is photographed into FOLDER. The exit code is 1 where something does not hold.

What is cheaper than life: about an hour and a half is worn a day, at 25 samples a second, and one hour makes a day valid (a
setting). Pieces of the day (a stay on a seat, a set of an exercise, a walk) are simulated once in two variants and put together
anew each day, under a strap turned another way; the commands run in this process, with the clock on the wall turned.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.journeys.twelve_weeks.checks import Check
from tests.journeys.twelve_weeks.life import LivedDay, iso
from tests.journeys.twelve_weeks.run import S_PER_DAY, lived_through
from tests.journeys.twelve_weeks.story import of_weeks


def main(words: Sequence[str] | None = None) -> int:
    """One life."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--out", type=Path, default=Path("twelve-weeks"), metavar="FOLDER", help="for pictures and report"
    )
    parser.add_argument("--weeks", type=int, default=12, choices=range(1, 13), metavar="WEEKS")
    given = parser.parse_args(words)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    given.out.mkdir(parents=True, exist_ok=True)
    story = of_weeks(given.weeks)
    print(f"{story.days} days; worn for {story.valid_day_worn_h:g} h, a day is valid in this life.")
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        checks = lived_through(story, int(time.time()) // S_PER_DAY, Path(home), given.out, each_day=_print_day)
        _print_table(checks)
        print(f"{time.perf_counter() - began:.0f} s")
    return 0 if all(check.holds for check in checks) else 1


def _print_day(day: LivedDay) -> None:
    pain = day.said.get("pain-worst", "-")
    print(
        f"{iso(day.day)}  {day.phase or '-':<10} {day.step or 'nothing':<10} pain {pain:>2}  worn {day.worn_h:4.1f} h  "
        f"{len(day.sets):2} sets",
        flush=True,
    )


def _print_table(checks: Sequence[Check]) -> None:
    for check in checks:
        print(f"{'holds' if check.holds else 'FAILS'}  {check.name:<55} {check.found}")
    print(f"{sum(check.holds for check in checks)} of {len(checks)} checks hold.")


if __name__ == "__main__":
    raise SystemExit(main())

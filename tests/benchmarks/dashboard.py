"""What the window costs, how late it is, and that it makes nobody else late.

    python -m tests.benchmarks.dashboard [--quick]

Drawn into memory (QT_QPA_PLATFORM=offscreen, 1280 x 800). Costs are processor time of the window's thread, not wall time.

- Frame: all of one, look, curve, paint. In the Now view beside a simulated 100 Hz sensor and the ordinary pipeline, after a
  day of data, and the curve is drawn anew in every frame; in the other views as they stand in the walk's scenes.
- On the air: the window as `hipmonitor demo` opens it. The simulated sensor and the virtual air are processes of their own, the
  Bluetooth client, recorder, pipeline and window are the real ones. Packet to pixel is from when the packet's last sample was
  taken, by the line its ticks were found to follow, until the plot that holds it has been painted: the wait for the
  connection event is in it, the screen's own delay is not. Spells with and without stalls take turns in one session; a
  stall keeps the window's thread computing for 300 ms, once a second.
- First picture: from the start of a new process, as `hipmonitor demo` starts; and until the whole window stands.
- Memory: an hour of a 100 Hz sensor, replayed in the window in real time at 20 times its speed, and lived with as many frames;
  a straight line through all but the first third.

Bars: frame of Now <= 4 ms, of 1 h and 24 h <= 5 ms, of other views <= 6.7 ms (a fifth of a core at 30 frames a second);
window <= 20 % of a core; packet to pixel p99 <= 100 ms; stalls add <= 10 ms to the p99 of packets' way into the view, and lose
nothing; first picture <= 2 s; memory grows by <= 16 MiB in an hour. The rows marked "quiet" are wall-clock time and want a
quiet machine: where one misses it is measured once more, and that is said. `--quick` leaves the memory out (four minutes).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from rich.console import Console
from rich.table import Table

from hipmonitor.ui.view_model import TraceRange
from tests.benchmarks.dashboard_air import on_air
from tests.benchmarks.dashboard_frames import of_now, of_views
from tests.benchmarks.dashboard_hour import Growth, Hour

SPELLS, SPELL_S = 3, 5.0
MOST_FRAME_MS = {TraceRange.HALF_MINUTE: 4.0, TraceRange.TEN_MINUTES: 4.0, TraceRange.HOUR: 5.0, TraceRange.DAY: 5.0}
MOST_VIEW_FRAME_MS = 1000 / 30 * 0.20
"""A fifth of a core at 30 frames a second: what is asked of the whole window."""
MOST_SHARE, MOST_PIXEL_MS, MOST_LATE_MS, MOST_FIRST_S, MOST_GROWTH_MIB = 0.20, 100.0, 10.0, 2.0, 16.0
TRIES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the result."""

    what: str
    value: float
    bar: float
    unit: str
    more: str = ""
    quiet: bool = False
    """It wants a quiet machine."""

    @property
    def met(self) -> bool:
        return self.value <= self.bar


def frames() -> Iterator[Row]:
    """Of every range of the Now view, and of every other view."""
    for which in TraceRange:
        yield _frame(f"frame, Now, {which.words}", of_now(which), MOST_FRAME_MS[which])
    for view, took in of_views().items():
        yield _frame(f"frame, {view}", took, MOST_VIEW_FRAME_MS)


def _frame(what: str, took: np.ndarray, bar: float) -> Row:
    more = f"median {np.median(took):.1f}, p99 {np.percentile(took, 99):.1f}"
    return Row(what=what, value=float(took.mean()), bar=bar, unit="ms", more=more)


def air() -> Iterator[Row]:
    """Beside a live session on the virtual air."""
    calm, stalled = on_air(SPELLS, SPELL_S)
    heard, pixel = calm.heard_ms, calm.pixel_ms
    late, stalled_late = (float(np.percentile(spells.late_ms, 99)) for spells in (calm, stalled))
    share = {"bar": 100 * MOST_SHARE, "unit": "% of a core"}
    yield Row(what="window at 30 fps", value=100 * calm.window_share, **share)  # type: ignore[arg-type]
    yield Row(
        what="program at 30 fps",
        value=100 * calm.program_share,
        more="with pipeline, recorder, Bluetooth in Python",
        **share,  # type: ignore[arg-type]
    )
    yield Row(
        what="packet to pixel, p99",
        value=float(np.percentile(pixel, 99)),
        bar=MOST_PIXEL_MS,
        unit="ms",
        more=f"median {np.median(pixel):.0f}; {len(pixel)} packets; on the air {np.percentile(heard, 99):.0f}",
        quiet=True,
    )
    yield Row(
        what="stalls add, p99",
        value=stalled_late - late,
        bar=MOST_LATE_MS,
        unit="ms",
        more=f"{late:.0f} calm, {stalled_late:.0f} with; median {np.median(calm.late_ms):.0f}, {np.median(stalled.late_ms):.0f}",
        quiet=True,
    )
    yield Row(what="lost beside stalls", value=stalled.lost, bar=0, unit="samples")


FIRST = """
import time
from hipmonitor.ui.cli import demo_command
from hipmonitor.ui.dashboard.kept_choices import read
from hipmonitor.ui.dashboard.opening import Opening, application
application()
opening = Opening(read())
opening.show_at_once()
assert opening.painted
print("opening", time.time(), time.process_time(), flush=True)
from hipmonitor.ui.cli import demonstration
from hipmonitor.ui.dashboard.application import Window
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
plan = demonstration.DemoPlan(scenario="alert", seconds=None, seed=8, folder=None)
window = Window([demonstration.choice(plan, lambda session: None)], KeptChoices())
window.show()
application().processEvents()
print("window", time.time(), time.process_time(), flush=True)
"""


def first_picture() -> Iterator[Row]:
    """From the start of a process to the opening picture, and to the whole window."""
    began = time.time()
    done = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True, check=True, timeout=120)
    pictures = {name: (float(at) - began, float(cpu)) for name, at, cpu in map(str.split, done.stdout.splitlines())}
    opening, whole = pictures["opening"], pictures["window"]
    more = f"cpu {opening[1]:.1f}; whole window {whole[0]:.1f}, cpu {whole[1]:.1f}"
    yield Row(what="first picture", value=opening[0], bar=MOST_FIRST_S, unit="s", more=more, quiet=True)


def memory() -> Iterator[Row]:
    """An hour."""
    with tempfile.TemporaryDirectory() as folder:
        hour = Hour(Path(folder))
        try:
            yield _growth("memory, an hour at 20x", hour.replayed())
            yield _growth("memory, an hour lived", hour.lived())
        finally:
            hour.end()


def _growth(what: str, growth: Growth) -> Row:
    more = f"measured {growth.grown_mib:+.1f} on {growth.warm_mib:.0f} in 40 min"
    return Row(what=what, value=growth.slope_mib, bar=MOST_GROWTH_MIB, unit="MiB an hour", more=more)


def tried(measure: Callable[[], Iterator[Row]]) -> Iterator[Row]:
    """Once more where a row that wants a quiet machine misses its bar: each such row at its best."""
    rows = list(measure())
    for _ in range(TRIES - 1):
        if all(row.met for row in rows if row.quiet):
            break
        again = list(measure())
        better = [new.value < old.value for old, new in zip(rows, again, strict=True)]
        rows = [
            replace(new if is_better else old, more=f"{(new if is_better else old).more}; best of {TRIES}")
            if old.quiet
            else old
            for old, new, is_better in zip(rows, again, better, strict=True)
        ]
    yield from rows


def main() -> int:
    """Print the table; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        os.environ["HIPMONITOR_HOME"] = home
        rows = list(all_rows(quick=given.quick))
    return report(rows, time.monotonic() - began)


def all_rows(*, quick: bool) -> Iterator[Row]:
    """In order; each is told on the way, as a sign of life."""
    for row in chain(frames(), tried(air), tried(first_picture), () if quick else memory()):
        print(f"{row.what}: {row.value:.1f} {row.unit} ({row.more})", file=sys.stderr, flush=True)
        yield row


def report(rows: Sequence[Row], took_s: float) -> int:
    """Print the table."""
    table = Table(title=f"The window, 1280 x 800, one 100 Hz sensor; load {os.getloadavg()[0]:.1f}, {took_s:.0f} s")
    for column in ("what", "value", "bar", "unit", "more", ""):
        table.add_column(column, justify="right" if column in {"value", "bar"} else "left")
    for row in rows:
        met = "met" if row.met else "NOT met"
        wants = ", quiet" if row.quiet else ""
        table.add_row(row.what, f"{row.value:.1f}", f"{row.bar:g}", row.unit, row.more, met + wants)
    Console(width=130).print(table)
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())

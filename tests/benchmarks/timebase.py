"""Sampling instants on the host's clock: how far from the truth, as lived and settled, with and without round trips.

    python -m tests.benchmarks.timebase [--minutes 90] [--seeds 1]

Crystals of +-20, +-100 and +-200 ppm with 3 ppm of wander over ten minutes; sampling instants and ticks drift together;
30 ms connection interval, 5 % of packets repeated by the link layer, a u32 counter that turns over and a reboot in the
middle. Bars are on p99 - p1 of (estimated - true) after the first 20 min, the reboot's own beginning included; the constant
part (bias) has none: one way nobody can tell the shortest delay, and it is printed. Rows without a bar are what cannot be
known from arrivals alone: a packet period that is a multiple of the connection interval, or a sensor in step with the
radio, hides up to a whole interval for as long as the beat lasts.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from rich.console import Console
from rich.table import Table

from hipmonitor.core.samples import ClockLearner, ClockLine, PacketParams, Sampling, SamplingParams
from tests.benchmarks.link_model import BEGIN_NS, Boot, LinkModel, boots, heard

SKIP_S = 20 * 60
BARS_MS = {(True, "as lived"): 3.0, (True, "settled"): 1.0, (False, "as lived"): 12.0, (False, "settled"): 3.0}
"""By whether the sensor answers round trips, and reading."""
BAR_INTERVAL_MS = 0.5
BAR_RATE = 2e-4
RATE_OVER_S = 20.0
"""The orientation filter measures the period over about as long."""
RATE_AFTER_BOOT_S = 60.0
"""A clock that is heard for the first time is off by what the radio adds, and is steered in (as in every session's beginning)."""
DRIFTS_PPM = (20.0, -20.0, 100.0, -100.0, 200.0, -200.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A row of the table."""

    name: str
    model: LinkModel
    barred: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was measured; milliseconds, and parts for the rate."""

    bias: float
    spread: float
    interval: float
    rate: float
    rows: int
    missing: int


def cases(minutes: float) -> list[Case]:
    """All rows: with round trips, one way, and without any timestamps."""
    base = LinkModel(ppm=0.0, minutes=minutes)
    one_way = replace(base, round_trips=False)
    counted = replace(one_way, tick_hz=0, wrap_min=0.0)
    rows = [Case(name="round trips", model=replace(base, ppm=ppm)) for ppm in DRIFTS_PPM]
    rows.append(Case(name="round trips", model=replace(base, ppm=20.0, packet_samples=6)))
    rows.append(Case(name="round trips, each 5 s", model=replace(base, ppm=100.0, trip_every_s=5.0), barred=False))
    for size in (8, 5, 10):
        rows += [Case(name="one way", model=replace(one_way, ppm=ppm, packet_samples=size)) for ppm in DRIFTS_PPM]
    fast = replace(one_way, tick_hz=1_000_000, reboot_min=None, wrap_min=30.0)
    rows.append(Case(name="one way, 1 MHz, no reboot", model=replace(fast, ppm=-20.0)))
    rows += [
        Case(name="no timestamps", model=replace(counted, ppm=ppm)) for ppm in (-100.0, 100.0, -30_000.0, 30_000.0)
    ]
    rows.append(Case(name="one way, in step", model=replace(one_way, ppm=4.0), barred=False))
    rows.append(Case(name="one way, 6 a packet", model=replace(one_way, ppm=20.0, packet_samples=6), barred=False))
    return rows


def as_lived(recording: Iterable[Boot], lines: tuple[ClockLine, ...] = ()) -> list[tuple[np.ndarray, np.ndarray]]:
    """(sample index, host ns) of every boot's samples, through the samples room."""
    room = Sampling(SamplingParams(packets=PacketParams(lines=lines)))
    out = []
    for boot in recording:
        blocks = [room.step([item]) for item in heard(boot)]
        index = np.concatenate([block.index[block.measured] for block in blocks])
        out.append((index, np.concatenate([block.t_ns[block.measured] for block in blocks])))
    return out


def settled(recording: Iterable[Boot]) -> list[tuple[np.ndarray, np.ndarray]]:
    """The same, with clock lines learned from the whole recording."""
    learner = ClockLearner()
    for boot in recording:
        for item in heard(boot):
            learner.hear([item])
    return as_lived(recording, learner.lines())


def figures(recording: list[Boot], told: list[tuple[np.ndarray, np.ndarray]]) -> Figures:
    """Errors of everything after the first twenty minutes."""
    errors, intervals, rates, rows, missing = [], [], [], 0, 0
    for boot, (index, t_ns) in zip(recording, told, strict=True):
        true_s = boot.true_s[index]
        told_s = (t_ns - BEGIN_NS) / 1e9
        after = true_s > SKIP_S
        errors.append((told_s - true_s)[after] * 1e3)
        one = np.diff(index)[after[1:]] == 1
        intervals.append((np.diff(told_s) - np.diff(true_s))[after[1:]][one] * 1e3)
        step = round(RATE_OVER_S * boot.info.rate_hz)
        steady = after & (true_s > true_s[0] + RATE_AFTER_BOOT_S)
        true, said = true_s[steady][::step], told_s[steady][::step]
        rates.append(np.diff(said) / np.diff(true) - 1)
        rows, missing = rows + len(index), missing + len(boot.true_s) - len(index)
    error = np.concatenate(errors)
    return Figures(
        bias=float(np.median(error)),
        spread=float(np.subtract(*np.percentile(error, [99, 1]))),
        interval=float(np.abs(np.concatenate(intervals)).max()),
        rate=float(np.abs(np.concatenate(rates)).max()),
        rows=rows,
        missing=missing,
    )


def met(case: Case, reading: str, got: Figures) -> bool:
    """Whether every bar is met."""
    within = got.spread <= BARS_MS[case.model.round_trips, reading] and got.missing == 0
    return within and got.interval <= BAR_INTERVAL_MS and got.rate <= BAR_RATE


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=90.0)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", default="", help="rows whose name contains this")
    arguments = parser.parse_args()
    table = Table(title=f"Error of sampling instants after the first 20 of {arguments.minutes:g} min")
    for column in ("clock", "ppm", "a packet", "reading", "bias ms", "p99-p1 ms", "bar", "interval ms", "rate %", ""):
        table.add_column(column, justify="left" if column in {"clock", "reading"} else "right")
    failed = 0
    for case in cases(arguments.minutes):
        if arguments.only not in case.name:
            continue
        for seed in range(1, arguments.seeds + 1):
            failed += row(table, replace(case, model=replace(case.model, seed=seed)))
    Console(width=130).print(table)
    print(f"bars: interval {BAR_INTERVAL_MS:g} ms, rate {BAR_RATE:.2%}, no sample missing; {failed} rows NOT met")
    return 1 if failed else 0


def row(table: Table, case: Case) -> int:
    """Both readings of a case; how many missed a bar."""
    recording, failed = boots(case.model), 0
    for reading, told in (("as lived", as_lived(recording)), ("settled", settled(recording))):
        got = figures(recording, told)
        good = met(case, reading, got)
        failed += case.barred and not good
        verdict = ("met" if good else "NOT met") if case.barred else "-"
        bar = f"{BARS_MS[case.model.round_trips, reading]:g}" if case.barred else "none"
        numbers = (f"{got.bias:.2f}", f"{got.spread:.2f}", bar, f"{got.interval:.3f}", f"{got.rate:.4%}"[:-1], verdict)
        model = case.model
        table.add_row(case.name, f"{model.ppm:+g}", str(model.packet_samples), reading, *numbers)
    return failed


if __name__ == "__main__":
    raise SystemExit(main())

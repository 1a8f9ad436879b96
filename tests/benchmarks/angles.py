"""Placement and the thigh's angles: on simulated people, on labelled people, after slips, and beside a reference.

    python -m tests.benchmarks.angles [--people 64] [--mountings 2] [--slips har70 sens]

Simulated people (soft tissue, offsets and mounting unknown to the pipeline) tell the error against the bone: 0-4 deg of soft
tissue in the bending plane are in it, which no thigh sensor can see. Labelled people tell whether their standing reads 0 and
their sitting positive in mountings drawn at random; their slips are injected. Bars are those of the issue.
"""

from __future__ import annotations

import argparse

import numpy as np

from tests.benchmarks.angles_on_people import (
    READINGS,
    SETS,
    SLIPS,
    Noticed,
    Postures,
    Reading,
    beside_reference,
    noticed,
    passes,
    postures,
    recordings,
)
from tests.benchmarks.angles_simulated import Read, Worn, read, worn

GUIDED_BAR_DEG, AUTOMATIC_BAR_DEG, REFERENCE_BAR_DEG = 2.5, 5.0, 4.0
HALF_BAR_DEG, NINE_TENTHS_BAR_DEG = 3.0, 8.0
COVERED_BAR = {1: (0.6, 0.95), 2: (0.9, 1.0)}
"""Share of people whose placement error is within so many sd: nearly the normal .68 and .95 at least, and not everybody in one.
Soft tissue is drawn evenly, which has .58 within one sd, and a share of 24 people errs by .1: so people are many."""


def rms(values: np.ndarray) -> float:
    return float(np.sqrt(np.mean(values * values)))


class Bars:
    """What was asked for, and whether it was met."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def check(self, what: str, met: bool) -> None:
        """Print one."""
        print(f"  bar: {what}: {'met' if met else 'NOT met'}")
        if not met:
            self.missed.append(what)


def simulated(people: list[Worn], reading: Reading, bars: Bars, *, guided: bool) -> None:
    """One method in one reading."""
    reads = [read(person, reading, guided=guided) for person in people]
    pooled, each = rms(np.concatenate([r.error_deg for r in reads])), np.array([rms(r.error_deg) for r in reads])
    method, bar = ("guided", GUIDED_BAR_DEG) if guided else ("automatic", AUTOMATIC_BAR_DEG)
    at = np.round(np.quantile(each, (0.1, 0.5, 0.9, 1.0)), 2).tolist()
    said = reading.replace("_", " ")
    print(
        f"simulated, {method}, {said}: {len(reads)} people, pooled RMSE {pooled:.2f} deg; per person 10, 50, 90, 100 % {at}"
    )
    bars.check(f"pooled thigh flexion, {method}, {said}, {pooled:.2f} <= {bar:g} deg", pooled <= bar)
    covered(reads, f"{method}, {said}", bars)


def covered(reads: list[Read], name: str, bars: Bars) -> None:
    """Whether each person's placement error is within what was said: where it is largest, seated, and in standing."""
    sd = np.array([r.placement.sd_deg for r in reads])
    standing, sitting = (np.abs([getattr(r, which) for r in reads]) for which in ("standing_deg", "sitting_deg"))
    print(
        f"  said sd {np.median(sd):.1f} (up to {sd.max():.1f}) deg; error standing {rms(standing):.2f}, sitting {rms(sitting):.2f}"
    )
    for times, (low, high) in COVERED_BAR.items():
        inside = np.mean(sitting <= times * sd), np.mean(standing <= times * sd)
        print(f"  within {times} sd: sitting {inside[0]:.2f}, standing {inside[1]:.2f} of the people")
        bars.check(f"{name}, {low:g}-{high:g} of the people within {times} sd, sitting", low <= inside[0] <= high)


def on_people(name: str, mountings: int, bars: Bars) -> None:
    """Standing and sitting of one set, in both readings."""
    got: dict[Reading, list[Postures]] = {reading: [] for reading in READINGS}
    for recording in recordings(name):
        for seed in range(mountings):
            both = passes(recording, seed)
            for reading in READINGS:
                got[reading].append(postures(both[reading]))
                if not seed:
                    _say(got[reading][-1], reading)
    for reading, people in got.items():
        _judge(f"{name}, {reading.replace('_', ' ')}", people, bars)


def _say(p: Postures, reading: Reading) -> None:
    found = f"placed after {p.placed_s:.0f} s, within 5 deg after {p.certain_s:.0f} s" if reading == "as_lived" else ""
    print(f"  {p.name:10} {reading:8} stand {p.stand_deg:+5.1f} sit {p.sit_deg:+6.1f} deg, sd {p.sd_deg:.1f}  {found}")


def _judge(name: str, people: list[Postures], bars: Bars) -> None:
    off = np.abs([p.stand_deg for p in people])
    off = off[np.isfinite(off)]
    seated = [p.sit_deg for p in people if not np.isnan(p.sit_deg)]
    half, nine = np.median(off), np.quantile(off, 0.9)
    print(
        f"{name}: |standing| 50 % {half:.1f}, 90 % {nine:.1f}, worst {off.max():.1f} deg, {len(off)} of {len(people)} recordings"
    )
    bars.check(f"{name}, standing within {HALF_BAR_DEG:g} deg of 0 for half: {half:.1f}", bool(half <= HALF_BAR_DEG))
    bars.check(
        f"{name}, within {NINE_TENTHS_BAR_DEG:g} deg for nine in ten: {nine:.1f}", bool(nine <= NINE_TENTHS_BAR_DEG)
    )
    bars.check(
        f"{name}, sitting positive for {sum(d > 0 for d in seated)} of {len(seated)}", all(d > 0 for d in seated)
    )


def slips(sets: list[str], bars: Bars) -> None:
    """What becomes of slips half-way through every recording."""
    people = [recording for name in sets for recording in recordings(name)]
    print(f"slips half-way, {len(people)} recordings. After it was noticed as lived, from the slip on settled:")
    for slip in SLIPS:
        found = [noticed(recording, slip) for recording in people]
        print(_slip_line(slip.name, found))
        for reading in READINGS:
            _sitting_after(slip.name, found, reading, bars)
        if slip.name == "untouched":
            bars.check("no false move on untouched recordings", not any(n.moves for n in found))


def _sitting_after(slip: str, found: list[Noticed], reading: Reading, bars: Bars) -> None:
    """Who ends with sitting below 0, and what sd is said of it. Nobody may be sure of that."""
    below = [n for n in found if n.sit_deg[reading] < 0]
    said = ", ".join(f"{n.sit_deg[reading]:+.0f} +- {n.sit_sd_deg[reading]:.0f}" for n in below) or "nobody"
    known = sum(bool(np.isfinite(n.sit_deg[reading])) for n in found)
    lived = f"; {sum(n.backwards_s for n in found)} s below 0 while sure" if reading == "as_lived" else ""
    print(f"      sitting below 0 at the end, {reading.replace('_', ' ')}: {len(below)} of {known} ({said}){lived}")
    sure = sum(n.sit_sd_deg[reading] <= 5 for n in below)
    if sure:
        bars.check(f"{slip}, {reading}: {sure} end with sitting below 0 and an sd within 5 deg", met=False)


def _slip_line(name: str, found: list[Noticed]) -> str:
    seen = [n for n in found if not np.isnan(n.delay_s)]
    walked, delay = (np.array([getattr(n, which) for n in seen]) for which in ("walked_s", "delay_s"))
    when = f"after {np.median(walked):3.0f} s of walking, {np.median(delay):4.0f} s in all" if seen else ""
    off = {reading: np.abs([n.stand_deg[reading] for n in found]) for reading in READINGS}
    standing = "; ".join(
        f"{reading.replace('_', ' ')} {np.nanmedian(v):.1f} / {np.nanquantile(v, 0.9):.1f}"
        for reading, v in off.items()
        if np.isfinite(v).any()
    )
    return (
        f"  {name:27} noticed {len(seen):2d}, twice {sum(n.moves > 1 for n in found)}; {when:37}"
        f" |standing| 50 / 90 %: {standing}; sd above 5: {sum(n.sd_deg > 5 for n in found)};"
        f" misled {np.median([n.misled_s for n in found]):.0f} s"
    )


def main() -> int:
    """Print everything; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=64)
    parser.add_argument("--mountings", type=int, default=2)
    parser.add_argument(
        "--slips", nargs="*", choices=SETS, default=["har70", "sens"], help="sets whose recordings slip"
    )
    asked, bars = parser.parse_args(), Bars()
    people = [worn(seed) for seed in range(asked.people)]
    for reading in READINGS:
        for guided in (True, False):
            simulated(people, reading, bars, guided=guided)
    for name in SETS:
        on_people(name, asked.mountings, bars)
    slips(asked.slips, bars)
    for what, error in beside_reference().items():
        bars.check(f"{what}, flexion RMSE {error:.2f} <= {REFERENCE_BAR_DEG:g} deg", error <= REFERENCE_BAR_DEG)
    print("all bars met" if not bars.missed else f"NOT met: {bars.missed}")
    return 1 if bars.missed else 0


if __name__ == "__main__":
    raise SystemExit(main())

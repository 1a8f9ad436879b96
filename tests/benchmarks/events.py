"""Seat contacts, steps, cadence and crank rate, in both readings, on simulated bodies and on recordings of people.

    python -m tests.benchmarks.events

Bars: example-610-steps.cwa within 5 %; seat-off and seat-on (contact change) of simulated days F1 >= .97, error of their
times median <= 0.3 s and 90th percentile <= 0.8 s. Everything else is printed: nobody counted those people's steps.
Transitions have at least 5 s on both sides, in the truth as well. Sensors are turned at random and `analyze` is told nothing.
No part of this is learned from the recordings.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Literal

import numpy as np

import hipmonitor
from firmware_sim.body import MovingBody, Script, sit, stand, walk
from firmware_sim.device import Crystal, SampleClock, StreamShape
from firmware_sim.imu import ImuSource, drawn_errors, drawn_mounting
from firmware_sim.scenarios import scenario_named, wearer
from hipmonitor.core.exposure import ExposureParams
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.thigh import Placement
from hipmonitor.runtime.analysis import Analysis
from hipmonitor.runtime.recorded import open_recording
from tests.benchmarks.activity import data_folder, mounted, posture_score

Reading = Literal["settled", "as_lived"]
READINGS: tuple[Reading, ...] = ("settled", "as_lived")
G = 9.80665
RATE_HZ = 50.0
LEAST_S = ExposureParams().transition_s
NEAR_S = 3.0
"""A contact is found where a transition of its direction is told so near."""
STEPS_BAR, F1_BAR, MEDIAN_BAR_S, P90_BAR_S = 0.05, 0.97, 0.3, 0.8
UP = {"walk": 1, "run": 1, "stairs": 1, "stand": 1, "sit": 0, "lie": 0}
SEATS = ("high_stool", "saddle_stool", "office_chair", "kitchen_chair", "armchair", "low_sofa")
DAY_FROM_S, DAY_TO_S = 6.5 * 3600, 16.5 * 3600
DAY_SEEDS, DENSE_SEEDS, SHORT_SEEDS = (3,), (11, 12, 13, 14), (21, 22)
SHORT = ("run", "stairs", "cycle", "squats")


# -- simulated bodies --------------------------------------------------------------------------------------------------


@dataclass
class Recorded:
    """What a simulated sensor recorded from `start_s` of its body's script on."""

    body: MovingBody
    start_s: float
    seconds: float
    acc_mps2: np.ndarray
    gyr_radps: np.ndarray

    def within(self, at_s: np.ndarray) -> np.ndarray:
        """Events inside, in seconds of the recording."""
        at_s = np.asarray(at_s) - self.start_s
        return at_s[(at_s >= 0) & (at_s < self.seconds)]


def recorded(script: Script, seed: int, start_s: float = 0.0, end_s: float = np.inf) -> Recorded:
    """A script as a worn sensor feels it: soft tissue, offsets, noise, mounting are the simulator's own. Its clock is right."""
    person, mounting = wearer(seed), drawn_mounting(seed)
    body = MovingBody(script, person, seed=seed, along_m=mounting.along_m)
    source = ImuSource(body, mounting=mounting, errors=drawn_errors(seed), seed=seed)
    clock = SampleClock(crystal=Crystal(error_ppb=0), rate_mhz=round(RATE_HZ * 1000), start_own_ns=0, boot_true_s=0.0)
    source.begin(StreamShape(clock=clock, acc_range_g=16, gyr_range_dps=2000))
    first, last = round(start_s * RATE_HZ), round(min(end_s, body.seconds) * RATE_HZ)
    counts = np.concatenate([source.samples(k, min(30_000, last - k)) for k in range(first, last, 30_000)])
    return Recorded(
        body=body,
        start_s=first / RATE_HZ,
        seconds=(last - first) / RATE_HZ,
        acc_mps2=counts[:, :3] * (16 * G / 32768),
        gyr_radps=counts[:, 3:] * np.deg2rad(2000 / 32768),
    )


def dense(seed: int, minutes: float = 45) -> Script:
    """Sitting down and rising again and again, out of standing and out of walking."""
    r = np.random.default_rng([seed, 77])
    acts = [stand(20.0), walk(60.0)]
    while sum(act.seconds for act in acts) < minutes * 60:
        if r.random() < 0.5:
            acts.append(stand(float(r.uniform(12, 60)), "restless"))
        if r.random() < 0.7:
            acts.append(walk(float(r.uniform(15, 120)), r.choice(["slow", "usual", "fast"])))
        elif acts[-1].posture != "stand":
            acts.append(stand(float(r.uniform(12, 60)), "restless"))
        acts.append(sit(float(r.uniform(15, 200)), r.choice(SEATS), r.choice(["quiet", "restless", "lean_back"])))
    return (*acts, walk(40.0))


def contacts_s(sample: Recorded) -> tuple[np.ndarray, np.ndarray]:
    """True seat-on and seat-off with at least LEAST_S of rest before or after, and on the feet on the other side."""
    events = sample.body.events()
    at = np.concatenate([events.seat_on_s, events.seat_off_s])
    up = np.repeat([0, 1], [len(events.seat_on_s), len(events.seat_off_s)])
    grid = np.arange(0.0, sample.body.seconds, 0.1)
    truth = sample.body.truth(grid)
    feet = ~(truth.seat_contact | np.isin(truth.activity, _codes("sit", "lie"))) & np.isin(
        truth.activity, _codes("stand", "walk", "run", "stairs")
    )
    keep = np.array([_lasts(feet, t, on_feet=bool(u)) for t, u in zip(at, up, strict=True)], np.bool_)
    return sample.within(np.sort(at[keep & (up == 0)])), sample.within(np.sort(at[keep & (up == 1)]))


def _codes(*names: str) -> list[int]:
    from firmware_sim.body import ACTIVITIES  # noqa: PLC0415 - only here

    return [i for i, kind in enumerate(ACTIVITIES) if kind.value in names]


def _lasts(feet: np.ndarray, at_s: float, *, on_feet: bool) -> bool:
    k, n = round(at_s * 10), LEAST_S * 10
    before, after = feet[max(0, k - n) : k - 1], feet[k + 2 : k + n]
    return bool(np.all(after == on_feet) and np.all(before != on_feet))


@dataclass
class Score:
    """How well instants were found."""

    truth: int = 0
    found: int = 0
    errors_s: list[float] = field(default_factory=list)

    def add(self, truth_s: Sequence[float], found_s: Sequence[float]) -> None:
        """Match each true instant with the nearest found one that is free."""
        free = list(found_s)
        for t in truth_s:
            nearest = min(free, key=lambda f, t=t: abs(f - t), default=np.inf)
            if abs(nearest - t) <= NEAR_S:
                self.errors_s.append(nearest - t)
                free.remove(nearest)
        self.truth += len(truth_s)
        self.found += len(found_s)

    @property
    def f1(self) -> float:
        """Of the instants."""
        return 2 * len(self.errors_s) / max(self.truth + self.found, 1)

    def quantile_s(self, q: float) -> float:
        """Of the absolute error."""
        return float(np.quantile(np.abs(self.errors_s), q)) if self.errors_s else float("nan")

    def line(self) -> str:
        bias = np.median(self.errors_s) if self.errors_s else float("nan")
        return (
            f"true {self.truth:3} found {self.found:3}  F1 {self.f1:.3f}  |error| median {self.quantile_s(0.5):.2f} s "
            f"p90 {self.quantile_s(0.9):.2f} s  bias {bias:+.2f} s"
        )

    def met(self) -> bool:
        """The bar."""
        return self.f1 >= F1_BAR and self.quantile_s(0.5) <= MEDIAN_BAR_S and self.quantile_s(0.9) <= P90_BAR_S


def told_s(analysis: Analysis, *, to_feet: bool) -> list[float]:
    """Transitions of one direction, in seconds of the recording."""
    start = int(analysis.t_ns[0])
    told = [t for t in analysis.transitions if t.kind.value.endswith("to_stand") == to_feet]
    return [(t.at - start) / NS_PER_S for t in told]


def simulated() -> list[str]:
    """Contacts and steps of days and of dense hours; what is below the bar."""
    below = []
    days = [(scenario_named("day_full").script(wearer(seed)), seed, DAY_FROM_S, DAY_TO_S) for seed in DAY_SEEDS]
    hours = [(dense(seed), seed, 0.0, np.inf) for seed in DENSE_SEEDS]
    scores: dict[tuple[str, str, str], Score] = defaultdict(Score)
    steps: dict[tuple[str, str], list[float]] = defaultdict(list)
    for name, scripts in (("days", days), ("dense hours", hours)):
        for script, seed, start_s, end_s in scripts:
            sample = recorded(script, seed, start_s, end_s)
            for sensor, reading, analysis in readings_of(sample):
                for to_feet, truth_s in enumerate(contacts_s(sample)):
                    score = scores[f"{name}, {sensor}", reading, "seat-off" if to_feet else "seat-on"]
                    score.add(truth_s, told_s(analysis, to_feet=bool(to_feet)))
                n = len(sample.within(sample.body.events().steps_s))
                steps[f"{name}, {sensor}", reading].append(analysis.summary.steps / max(n, 1))
    print(f"simulated bodies; at least {LEAST_S} s on both sides")
    for (name, reading, kind), score in scores.items():
        print(f"  {name:26} {reading:8} {kind:8} {score.line()}")
        if name.startswith("days") and not score.met():
            below.append(f"{kind} of {name}, {reading}")
    for (name, reading), shares in steps.items():
        print(f"  {name:26} {reading:8} steps found / taken {np.round(shares, 3).tolist()}")
    return below


def readings_of(
    sample: Recorded, placement: Placement | Literal["auto"] = "auto"
) -> Iterator[tuple[str, Reading, Analysis]]:
    """With and without the gyroscope, in both readings."""
    for sensor, gyr in (("gyroscope", sample.gyr_radps), ("accelerometer", None)):
        for reading in READINGS:
            analysis = hipmonitor.analyze(
                acc_mps2=sample.acc_mps2, gyr_radps=gyr, rate_hz=RATE_HZ, reading=reading, placement=placement
            )
            yield sensor, reading, analysis


def short_scenarios() -> None:
    """Running, stairs, a bicycle, squats: what was found beside what was done."""
    print("simulated activities: steps, crank turns and deep cycles, found of done; placement from earlier that day")
    for seed in SHORT_SEEDS:
        earlier = recorded(dense(seed, 15), seed)
        placement = hipmonitor.analyze(
            acc_mps2=earlier.acc_mps2, gyr_radps=earlier.gyr_radps, rate_hz=RATE_HZ
        ).calibration
        for name in SHORT:
            sample = recorded(scenario_named(name).script(wearer(seed)), seed)
            done = sample.body.events()
            for sensor, reading, analysis in readings_of(sample, placement):
                s = analysis.summary
                said = {kind: round(seconds) for kind, seconds in s.activity_s.items() if seconds}
                print(
                    f"  {name:9} {seed} {sensor:13} {reading:8} steps {s.steps:4.0f} of {len(done.steps_s):3}  crank "
                    f"{s.crank_turns:4.0f} of {len(done.crank_s):3}  squats and lunges {len(done.squats_s) + len(done.lunges_s):2}"
                    f" flexion cycles {s.flexion_cycles} deep {s.deep_cycles}  seconds {said}"
                )


# -- people ------------------------------------------------------------------------------------------------------------


def counted_steps() -> list[str]:
    """The recording whose steps somebody counted."""
    below = []
    for reading in READINGS:
        s = open_recording(data_folder() / "devices" / "example-610-steps.cwa", reading=reading).summary
        error = s.steps / 610 - 1
        print(f"example-610-steps.cwa {reading:8} {s.steps:.0f} steps ({error:+.1%}), cadence {s.cadence_spm:.0f}/min")
        if abs(error) > STEPS_BAR:
            below.append(f"610 steps, {reading}")
    return below


def gyro_stride_hz(gyr_radps: np.ndarray, rate_hz: float) -> float:
    """Median over 8-s windows of the strongest frequency, 0.4-1.9 Hz, of the angular rate about its main axis."""
    centred = gyr_radps - gyr_radps.mean(axis=0)
    x = centred @ np.linalg.eigh(centred.T @ centred)[1][:, -1]
    n, step = round(8 * rate_hz), round(2 * rate_hz)
    freq = np.fft.rfftfreq(4096, 1 / rate_hz)
    band = (freq > 0.4) & (freq < 1.9)
    windows = [x[i : i + n] - x[i : i + n].mean() for i in range(0, max(len(x) - n, 1), step)]
    peaks = [freq[band][np.argmax(np.abs(np.fft.rfft(w * np.hanning(len(w)), 4096))[band])] for w in windows]
    return float(np.median(peaks))


def phones() -> None:
    """MotionSense: cadence with and without the gyroscope beside the gyroscope's own spectrum."""
    print(
        "MotionSense, cadence a minute: spectrum of the gyroscope / with gyroscope / accelerometer alone; share of seconds"
    )
    for act in ("wlk", "jog", "ups", "dws"):
        for path in sorted((data_folder() / "phone").glob(f"motionsense_{act}_*.npz")):
            z = np.load(path)
            acc = z["acc_g"].astype(np.float64) * G
            both = [
                hipmonitor.analyze(acc_mps2=acc, gyr_radps=gyr, rate_hz=50.0, reading="as_lived")
                for gyr in (z["gyr_radps"].astype(np.float64), None)
            ]
            cadence = " / ".join(f"{a.summary.cadence_spm:5.1f}" for a in both)
            share = " / ".join(f"{len(a.rhythm) / max(a.summary.duration_s, 1):.2f}" for a in both)
            print(f"  {path.stem[12:]:12} {120 * gyro_stride_hz(z['gyr_radps'], 50.0):5.1f} / {cadence}   {share}")


def people(score: ModuleType) -> None:
    """harth, har70, sens: cadence by true activity, steps where there are none, changes between seat and feet."""
    for reading in READINGS:
        for name in ("harth", "har70", "sens"):
            rates: dict[str, list[float]] = defaultdict(list)
            steps, seconds = Counter[str](), Counter[str]()
            changes = Score()
            for path in sorted((data_folder() / "posture").glob(f"{name}_*.npz")):
                t_ns, acc = mounted(path, 0)
                analysis = hipmonitor.analyze(acc_mps2=acc, t_ns=t_ns, reading=reading)
                truth = score.true_seconds(path)
                seconds.update(truth.values())
                for second in analysis.rhythm:
                    kind = truth.get((second.start - int(t_ns[0])) // NS_PER_S, "")
                    rates[kind].append(second.crank_rpm if second.crank_turns else second.cadence_spm)
                    steps[kind] += second.steps  # type: ignore[assignment]  # steps are fractions of seconds
                for to_feet in (False, True):
                    known = [t for t in told_s(analysis, to_feet=to_feet) if all(int(t) + d in truth for d in (-4, 4))]
                    changes.add(true_changes_s(truth, to_feet=to_feet), known)
            print(f"{name:6} {reading:8} " + show_rates(rates))
            idle = "  ".join(
                f"{kind} {3600 * steps[kind] / seconds[kind]:.1f}" for kind in ("sit", "lie") if seconds[kind]
            )
            print(f"       steps an hour of labelled {idle}; changes (labels of 1 s, >= {LEAST_S} s): {changes.line()}")


def show_rates(rates: dict[str, list[float]]) -> str:
    """10th, 50th and 90th percentile by true activity: steps a minute, or turns on a bicycle."""
    shown = [kind for kind in ("walk", "run", "stairs", "cycle") if len(rates[kind]) > 60]
    return "  ".join(
        f"{kind} " + "-".join(f"{q:.0f}" for q in np.percentile(rates[kind], [10, 50, 90])) for kind in shown
    )


def true_changes_s(truth: dict[int, str], *, to_feet: bool) -> list[float]:
    """Seconds at which the labels change sides, with LEAST_S on both; up to 4 s between may be without a label."""
    runs: list[list[int]] = []
    for second in sorted(truth):
        side = UP.get(truth[second], -1)
        if runs and runs[-1][0] == side and second <= runs[-1][2] + LEAST_S:
            runs[-1][2] = second
        else:
            runs.append([side, second, second])
    return [
        (before[2] + 1 + after[1]) / 2
        for before, after in pairwise(runs)
        if (before[0], after[0]) == (1 - to_feet, int(to_feet))
        and after[1] - before[2] <= LEAST_S
        and min(before[2] - before[1], after[2] - after[1]) >= LEAST_S - 1
    ]


def main() -> int:
    """Print everything; 1 where a bar is missed."""
    if not Path(data_folder()).is_dir():
        sys.exit(f"{data_folder()} is missing; set HIPMONITOR_DATA to the folder of the recordings")
    below = [*counted_steps(), *simulated()]
    short_scenarios()
    phones()
    people(posture_score())
    bars = f"610 steps within {STEPS_BAR:.0%}; F1 >= {F1_BAR}, median <= {MEDIAN_BAR_S} s, p90 <= {P90_BAR_S} s"
    print(f"below the bar ({bars}): {', '.join(below)}" if below else f"bars met: {bars}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())

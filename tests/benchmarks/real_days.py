"""Days of real people: sedentary time and every deep-flexion alert, on the labelled recordings, told nothing.

    python -m tests.benchmarks.real_days [--mountings 1] [--people harth sens_P04]

How they are joined: each person's recording is repeated from its beginning, half a minute without samples between, until eight
hours are full; the sensor is turned at random, once a person and mounting. Leave one subject out, as in `tests.benchmarks.activity`:
nobody is scored with a card that they taught. Only labelled seconds are compared.

Bars: sedentary time (settled) within 5 % or 60 s for all people but one, 2 % over all; deep-flexion alerts (as lived, presets) while
the label says anything but sitting: at most 0.1 a day, none while lying or standing. A label tells no angle: whether somebody who sat
was truly bent that far nobody wrote down.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from math import nan
from pathlib import Path
from types import ModuleType

import numpy as np

from hipmonitor.core.activity.score_card import ScoreCard
from hipmonitor.core.alerts import Alert, AlertKind
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.runtime.analysis import Analysis
from tests.benchmarks.activity import READINGS, analysis_of, folds, mounted, posture_score, recordings

DAY_S = 8 * 3600
PAUSE_S = 30
SHARE, SECONDS, POOLED, MAY_MISS = 0.05, 60, 0.02, 1
FALSE_A_DAY = 0.1
NEVER = ("lie", "stand")


@dataclass(frozen=True, kw_only=True)
class PersonDay:
    """One person's day in one reading."""

    name: str
    reading: str
    truth_s: int
    """Labelled as sitting or lying."""
    ours_s: int
    """Of all labelled seconds."""
    not_told_apart_s: int
    alerts: tuple[tuple[Alert, str], ...]
    """Every deep-flexion alert with the label of its second."""

    @property
    def error(self) -> float:
        """Share of the truth; NaN of somebody who never sat."""
        return self.ours_s / self.truth_s - 1 if self.truth_s else nan

    @property
    def met(self) -> bool:
        """The bar of a person."""
        return abs(self.ours_s - self.truth_s) <= max(SECONDS, SHARE * self.truth_s)


def joined(path: Path, score: ModuleType, mounting: int) -> tuple[np.ndarray, np.ndarray, dict[int, str]]:
    """Times, specific force, and the label of every labelled second of eight hours."""
    t_ns, acc = mounted(path, mounting)
    t_ns, labels = t_ns - t_ns[0], score.true_seconds(path)
    lasts_s = int(t_ns[-1] // NS_PER_S) + 1
    whole = t_ns < lasts_s * NS_PER_S
    times, forces, truth = [], [], {}
    for begin_s in range(0, DAY_S, lasts_s + PAUSE_S):
        rows = whole & (t_ns < (DAY_S - begin_s) * NS_PER_S)
        times.append(t_ns[rows] + begin_s * NS_PER_S)
        forces.append(acc[rows])
        truth |= {begin_s + second: name for second, name in labels.items() if begin_s + second < DAY_S}
    return np.concatenate(times), np.concatenate(forces), truth


def lived(path: Path, score: ModuleType, card: ScoreCard, mounting: int) -> list[PersonDay]:
    """A person's day in both readings."""
    t_ns, acc, truth = joined(path, score, mounting)
    return [person_day(path.stem, reading, truth, analysis_of(t_ns, acc, reading, card), score) for reading in READINGS]


def person_day(name: str, reading: str, truth: dict[int, str], analysis: Analysis, score: ModuleType) -> PersonDay:
    """What was said of the labelled seconds."""
    said = dict(enumerate(analysis.activity_per_second().tolist()))
    ours = Counter(said.get(second, "none") for second in truth)
    start = int(analysis.t_ns[0])
    deep = [alert for alert in analysis.alerts if alert.kind is AlertKind.DEEP_FLEXION]
    return PersonDay(
        name=name,
        reading=reading,
        truth_s=sum(kind in score.SEDENTARY for kind in truth.values()),
        ours_s=sum(ours[kind] for kind in score.SEDENTARY),
        not_told_apart_s=ours["sedentary"],
        alerts=tuple((alert, truth.get((alert.at - 1 - start) // NS_PER_S, "not labelled")) for alert in deep),
    )


def show(day: PersonDay) -> None:
    """One line, and the alerts below it."""
    print(
        f"  {day.name:12} {day.reading:8} sedentary {day.ours_s:6} of {day.truth_s:6} s ({day.error:+6.1%})"
        f"  not told apart {day.not_told_apart_s:6} s  {'' if day.met else 'beyond 5 % and 60 s'}",
        flush=True,
    )
    for alert, label in day.alerts if day.reading == "as_lived" else ():
        print(
            f"      {alert.level.name.lower():8} after {alert.evidence.minutes:.1f} min, mean "
            f"{alert.evidence.mean_deg:.0f} deg: labelled {label}"
        )


def judged(days: list[PersonDay], reading: str) -> list[str]:
    """The pooled line of a reading, and what is below the bars."""
    mine = [day for day in days if day.reading == reading]
    ours, truth = sum(day.ours_s for day in mine), sum(day.truth_s for day in mine)
    beyond = [day.name for day in mine if not day.met]
    print(f"{reading:8}: {ours / truth - 1:+.2%} over all, beyond 5 % and 60 s: {', '.join(beyond) or 'nobody'}")
    if reading != "settled":
        return []
    below = [f"sedentary time of {', '.join(beyond)}"] if len(beyond) > MAY_MISS else []
    return [*below, "sedentary time over all"] if abs(ours / truth - 1) > POOLED else below


def alerts_judged(days: list[PersonDay]) -> list[str]:
    """Deep-flexion alerts by label, and what is below the bars."""
    mine = [day for day in days if day.reading == "as_lived"]
    by_label = Counter(label for day in mine for _, label in day.alerts)
    false = sum(n for label, n in by_label.items() if label not in ("sit", "not labelled"))
    print(f"deep-flexion alerts of {len(mine)} days by label: {dict(by_label)}; false: {false / len(mine):.2f} a day")
    below = ["false deep-flexion alerts"] if false > FALSE_A_DAY * len(mine) else []
    return [*below, *(f"a deep-flexion alert while labelled {label}" for label in NEVER if by_label[label])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mountings", type=int, default=1, help="days a person, each mounted otherwise")
    parser.add_argument("--people", nargs="+", default=[""], help="beginnings of the names of the recordings")
    options = parser.parse_args()
    score, cards = posture_score(), folds()
    days: list[PersonDay] = []
    for path in (path for path in recordings() if path.stem.startswith(tuple(options.people))):
        for mounting in range(options.mountings):
            two = lived(path, score, cards[path.stem], mounting)
            for day in two:
                show(day)
            days += two
    below = [*judged(days, "settled"), *judged(days, "as_lived"), *alerts_judged(days)]
    print("met" if not below else "NOT met: " + "; ".join(below))
    return 1 if below else 0


if __name__ == "__main__":
    raise SystemExit(main())

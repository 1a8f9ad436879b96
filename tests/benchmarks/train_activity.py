"""Learns the score card of the moving kinds from the labelled recordings: `python -m tests.benchmarks.train_activity [--write]`.

Every recording goes through the corridor in a random mounting, told nothing, so that the features rest on placements as they
are found. `--write` writes `hipmonitor/core/activity/weights.py` from everybody; `tests.benchmarks.activity` leaves people out.
A fit is convex (multinomial logistic regression, L-BFGS), takes some seconds, and has no random part.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from hipmonitor.core.activity.features import NAMES
from hipmonitor.core.activity.score_card import SCORED, ScoreCard, Scored

KIND = {
    "lie": Scored.SEDENTARY,
    "sit": Scored.SEDENTARY,
    "stand": Scored.STAND,
    "walk": Scored.WALK,
    "run": Scored.RUN,
    "stairs": Scored.STAIRS,
    "cycle": Scored.CYCLE,
}
DEGREES: dict[str, tuple[float, ...]] = {
    "inclination": (0, 8, 14, 20, 27, 35, 45, 60, 75),
    "inclination_15s": (0, 8, 14, 20, 27, 35, 45, 60, 75),
    "flexion": (-15, -5, 5, 10, 15, 20, 27, 35, 45, 60),
    "lowest": (-60, -25, -12, -6, 0, 6, 12, 20, 28, 36),
    "own_inclination": (-15, -8, -4, -1, 1, 3, 5, 8, 12, 20, 30),
    "own_flexion": (-15, -8, -4, -1, 1, 3, 5, 8, 12, 20, 30),
}
"""Knots in degrees; the other features have theirs at percentiles of the training seconds."""
PERCENTILES = (2, 15, 35, 65, 85, 98)
MOST_S = 400
"""Seconds of a kind that count of one person, evenly taken: nobody's long ride decides what cycling is."""
BALANCE = 0.35
"""Exponent of a kind's weight, 1 / seconds ** BALANCE: between as often as it is (0) and all alike (1)."""
RIDGE = 3e-4
ITERATIONS = 400
"""Enough to converge (some 200): a card without somebody owes nothing to where its fit began."""


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One person's seconds."""

    name: str
    features: np.ndarray
    """(n, F)."""
    kind: np.ndarray
    """(n,) Scored."""


def fewer(lesson: Lesson) -> Lesson:
    """At most MOST_S seconds of each kind, evenly spread."""
    keep = []
    for kind in Scored:
        rows = np.flatnonzero(lesson.kind == kind)
        keep.append(rows[np.unique(np.linspace(0, len(rows) - 1, MOST_S).astype(int))] if len(rows) > MOST_S else rows)
    chosen = np.concatenate(keep)
    return replace(lesson, features=lesson.features[chosen], kind=lesson.kind[chosen])


def knots_of(lessons: Iterable[Lesson]) -> tuple[np.ndarray, ...]:
    """Where the curves bend."""
    table = np.concatenate([lesson.features for lesson in lessons])
    return tuple(
        np.array(DEGREES[name]) if name in DEGREES else np.unique(np.round(np.percentile(column, PERCENTILES), 4))
        for name, column in zip(NAMES, table.T, strict=True)
    )


def design(features: np.ndarray, knots: tuple[np.ndarray, ...]) -> np.ndarray:
    """(n, all knots) how near each value is to each knot, 0-1."""
    parts = []
    for column, at in zip(features.T, knots, strict=True):
        inside = np.clip(column, at[0], at[-1])
        piece = np.clip(np.searchsorted(at, inside, side="right") - 1, 0, len(at) - 2)
        share = (inside - at[piece]) / (at[piece + 1] - at[piece])
        part = np.zeros((len(column), len(at)), np.float32)
        part[np.arange(len(column)), piece], part[np.arange(len(column)), piece + 1] = 1 - share, share
        parts.append(part)
    return np.concatenate(parts, axis=1)


def fitted(x: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """(knots + 1, SCORED) points; the last row is what each kind has beforehand."""
    weight = (1 / np.maximum(np.bincount(kind, minlength=SCORED), 1) ** BALANCE)[kind]
    weight = (weight / weight.sum()).astype(np.float32)
    truth = np.eye(SCORED, dtype=np.float32)[kind]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        points = flat.reshape(-1, SCORED)
        score = x @ points[:-1].astype(np.float32) + points[-1].astype(np.float32)
        score -= score.max(axis=1, keepdims=True)
        e = np.exp(score)
        whole = e.sum(axis=1, keepdims=True)
        surprise = -(weight * ((score * truth).sum(axis=1) - np.log(whole[:, 0]))).sum()
        slope = (e / whole - truth) * weight[:, None]
        gradient = np.concatenate([x.T @ slope + RIDGE * points[:-1], slope.sum(axis=0)[None]])
        return float(surprise + 0.5 * RIDGE * (points[:-1] ** 2).sum()), gradient.ravel().astype(np.float64)

    first = np.zeros((x.shape[1] + 1) * SCORED)
    found: Any = minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    return np.asarray(found.x).reshape(-1, SCORED)


def card_of(points: np.ndarray, knots: tuple[np.ndarray, ...]) -> ScoreCard:
    """The card of a fit, as exact as it is stored."""
    ends = np.cumsum([len(at) for at in knots])
    return ScoreCard(
        names=NAMES,
        knots=knots,
        points=tuple(np.round(part, 3) for part in np.split(points[:-1], ends[:-1])),
        start=np.round(points[-1], 3),
    )


def cards(lessons: list[Lesson], left_out: Iterable[Callable[[str], bool]]) -> list[ScoreCard]:
    """The card of everybody first, then one for each choice of people who are left out (with its own knots)."""
    short = [fewer(lesson) for lesson in lessons]
    out: list[ScoreCard] = []
    for leave in [lambda _: False, *left_out]:
        kept = [lesson for lesson in short if not leave(lesson.name)]
        knots = knots_of(kept)
        x, kind = np.concatenate([design(k.features, knots) for k in kept]), np.concatenate([k.kind for k in kept])
        out.append(card_of(fitted(x, kind), knots))
    return out


def write(card: ScoreCard, path: Path, data: list[Path]) -> None:
    """As a Python module with where it comes from."""
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in data)).hexdigest()[:16]
    lines = [
        '"""Generated by `python -m tests.benchmarks.train_activity --write`; do not edit.',
        "",
        f"Learned from {len(data)} labelled recordings (harth, har70: BSD-3, MIT; sens: BSD-3), random mountings, no gyroscope.",
        f"SHA-256 of their bytes in order of name begins {digest}. Points per knot: sedentary, stand, walk, run, stairs, cycle.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "import numpy as np",
        "",
        "from hipmonitor.core.activity.score_card import ScoreCard",
        "",
        "# fmt: off",
        "_CURVES: dict[str, tuple[tuple[float, ...], tuple[tuple[float, ...], ...]]] = {",
    ]
    for name, at, points in zip(card.names, card.knots, card.points, strict=True):
        lines += [f'    "{name}": (', f"        {tuple(at.tolist())},", "        ("]
        lines += [f"            {tuple(row)}," for row in points.tolist()]
        lines += ["        ),", "    ),"]
    lines += [
        "}",
        "# fmt: on",
        "SHIPPED = ScoreCard(",
        "    names=tuple(_CURVES),",
        "    knots=tuple(np.array(at, np.float64) for at, _ in _CURVES.values()),",
        "    points=tuple(np.array(points) for _, points in _CURVES.values()),",
        f"    start=np.array({card.start.tolist()}),",
        ")",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Fit, and write if asked to."""
    from tests.benchmarks import activity  # noqa: PLC0415 - it uses this module

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    lessons = activity.lessons()
    card = cards(lessons, [])[0]
    path = Path(__file__).parents[2] / "hipmonitor" / "core" / "activity" / "weights.py"
    if parser.parse_args().write:
        write(card, path, [*activity.recordings()])
        print(f"wrote {path}, {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())

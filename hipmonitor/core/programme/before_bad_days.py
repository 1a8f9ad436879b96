"""What went before a worse day: loads of the same day and of the day before, beside how far pain rose. Never more than that.

Pain rises by so many points over what is usual (`pain.usual_of`); loads are of valid days. For each load and each of the two days
the rank correlation (Spearman; ties share their mean rank) over the days that have both. How far chance goes: the weeks of pain
are put in other orders, whole, so that the rhythm of a week and flare-ups of several days stay as they are; every other order up to
six weeks, else 999 drawn by a fixed counter. A correlation is told from chance where at most one in fifty orders has any correlation as
large, of any load (Westfall and Young's largest statistic: several loads are looked at, and that is corrected for).
Its interval: blocks of four days drawn with replacement, the middle 95 % of 500 draws. Under 14 days nothing is said.
That things go together does not say why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
from scipy.stats import rankdata

from hipmonitor.core.arrays import Floats
from hipmonitor.core.programme.counted_draws import draws, orders
from hipmonitor.core.programme.day_load import DayLoad
from hipmonitor.core.programme.pain import pain_of, usual_of
from hipmonitor.core.programme.plan import DAYS_A_WEEK, Load
from hipmonitor.core.programme.words import LOAD_WORDS

LEAST_DAYS: Final = 14
ORDERS: Final = 999
DRAWS: Final = 500
BLOCK_DAYS: Final = 4
CLEAR_P: Final = 0.02
"""Stricter than the usual 0.05, at which 19 of 300 simulated lives without any link, their loads and pain both with flare-ups of days,
were taken for one: weeks that are put in another order are torn at their ends."""
MIDDLE: Final = (2.5, 97.5)
ROUNDING: Final = 1e-9
LAGS: Final = {1: "the day before", 0: "the same day"}
WHY: Final = "That they went together does not say why; other things change from day to day as well."


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """One load and one day: how it went with pain."""

    load: Load
    days_before: int
    """0 = the same day, 1 = the day before."""
    days: int
    """With both."""
    rank_correlation: float
    """-1 to 1."""
    low: float
    """Middle 95 % of the draws, with the next one."""
    high: float
    chance: float
    """Share of orders, this one with them, in which some load goes as far."""
    clear: bool
    """Told from chance."""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeBadDays:
    """Of a span of days."""

    days: int
    """With pain, what is usual of it, and some load."""
    associations: tuple[Association, ...]
    """Those told from chance first, then the largest; none of loads that are known of too few days, or hardly changed."""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pair:
    """A load and the pain beside it, as ranks by day, NaN where not known; whole weeks of them."""

    load: Load
    lag: int
    load_rank: Floats
    pain_rank: Floats

    @property
    def days(self) -> int:
        """With both."""
        return int(np.count_nonzero(np.isfinite(self.load_rank) & np.isfinite(self.pain_rank)))

    def correlations(self, pain_ranks: Floats) -> Floats:
        """With each row of pain."""
        return _correlations(np.broadcast_to(self.load_rank, pain_ranks.shape), pain_ranks)


def before_bad_days(days: Iterable[DayLoad]) -> BeforeBadDays:
    """Of days in order, each once; what is missing on either side is left out."""
    pairs = _pairs(tuple(days))
    enough = [pair for pair in pairs if pair.days >= LEAST_DAYS and _varies(pair)]
    paired = max((pair.days for pair in pairs), default=0)
    if paired < LEAST_DAYS:
        words = f"Too few days yet: {paired} of {LEAST_DAYS} with pain, what is usual of it, and a measured load."
        return BeforeBadDays(days=paired, associations=(), sentence=words)
    largest = np.max([_shuffled(pair) for pair in enough], axis=0) if enough else np.zeros(0)
    found = sorted((_association(pair, largest) for pair in enough), key=_first)
    said = f"{found[0].sentence} {WHY}" if found and found[0].clear else ""
    return BeforeBadDays(
        days=paired,
        associations=tuple(found),
        sentence=said or f"No load went clearly with pain on these {paired} days so far.",
    )


def _first(association: Association) -> tuple[bool, float]:
    return not association.clear, -abs(association.rank_correlation)


def _pairs(days: Sequence[DayLoad]) -> list[_Pair]:
    if not days:
        return []
    first = days[0].day
    weeks = -(-(days[-1].day - first + 1) // DAYS_A_WEEK)
    pain, loads = np.full(weeks * DAYS_A_WEEK, np.nan), {load: np.full(weeks * DAYS_A_WEEK, np.nan) for load in Load}
    pains = {day.day: pain_of(day) for day in days}
    for day in days:
        worst, usual = pains[day.day].pain_worst, usual_of("pain_worst", day.day, pains)
        if worst is not None and usual is not None:
            pain[day.day - first] = worst - usual
        for load, amount in day.loads.items() if day.valid else ():
            loads[load][day.day - first] = amount
    ranks = _ranks(pain)
    return [
        _Pair(load=load, lag=lag, load_rank=_ranks(_later(loads[load], lag)), pain_rank=ranks)
        for load in Load
        for lag in LAGS
    ]


def _later(values: Floats, days: int) -> Floats:
    """Of so many days before."""
    return np.concatenate([np.full(days, np.nan), values[: len(values) - days]])


def _ranks(values: Floats) -> Floats:
    known = np.isfinite(values)
    ranks = np.full(len(values), np.nan)
    ranks[known] = rankdata(values[known])
    return ranks


def _varies(pair: _Pair) -> bool:
    both = np.isfinite(pair.load_rank) & np.isfinite(pair.pain_rank)
    return bool(np.ptp(pair.load_rank[both]) > 0 and np.ptp(pair.pain_rank[both]) > 0)


def _correlations(loads: Floats, pains: Floats) -> Floats:
    """(k,) of (k, days) and (k, days), over the days that have both; 0 where either does not vary."""
    both = np.isfinite(loads) & np.isfinite(pains)
    count = np.maximum(both.sum(axis=1, keepdims=True), 1)
    x, y = (np.where(both, values, 0.0) for values in (loads, pains))
    x, y = (np.where(both, values - values.sum(axis=1, keepdims=True) / count, 0.0) for values in (x, y))
    spread = np.sqrt((x * x).sum(axis=1) * (y * y).sum(axis=1))
    found: Floats = np.divide((x * y).sum(axis=1), spread, out=np.zeros(len(spread)), where=spread > 0)
    return found


def _shuffled(pair: _Pair) -> Floats:
    """How far the correlation goes with the weeks of pain in other orders."""
    weeks = pair.pain_rank.reshape(-1, DAYS_A_WEEK)
    shuffled = weeks[orders(len(weeks), ORDERS)]
    return np.abs(pair.correlations(shuffled.reshape(len(shuffled), -1)))


def _interval(pair: _Pair) -> tuple[float, float]:
    days = len(pair.load_rank)
    blocks = -(-days // BLOCK_DAYS)
    starts = np.array(list(islice(draws(days - BLOCK_DAYS + 1), DRAWS * blocks)), np.int64).reshape(DRAWS, blocks, 1)
    rows = (starts + np.arange(BLOCK_DAYS)).reshape(DRAWS, -1)[:, :days]
    low, high = np.percentile(_correlations(pair.load_rank[rows], pair.pain_rank[rows]), MIDDLE)
    return float(low), float(high)


def _association(pair: _Pair, largest: Floats) -> Association:
    whole = float(pair.correlations(pair.pain_rank[np.newaxis])[0])
    low, high = _interval(pair)
    chance = float((1 + np.count_nonzero(largest >= abs(whole) - ROUNDING)) / (1 + len(largest)))
    clear = chance <= CLEAR_P
    return Association(
        load=pair.load,
        days_before=pair.lag,
        days=pair.days,
        rank_correlation=whole,
        low=low,
        high=high,
        chance=chance,
        clear=clear,
        sentence=_said(pair, whole, (low, high), chance, clear=clear),
    )


def _said(pair: _Pair, whole: float, interval: tuple[float, float], chance: float, *, clear: bool) -> str:
    numbers = f"rank correlation {whole:.2f}, between {interval[0]:.2f} and {interval[1]:.2f}"
    words, when = LOAD_WORDS[pair.load], LAGS[pair.lag]
    if not clear:
        return f"{words.capitalize()} on {when}: no clear pattern on {pair.days} days ({numbers})."
    way = "higher" if whole > 0 else "lower"
    return (
        f"More {words} on {when} went with {way} pain: {pair.days} days, {numbers}; "
        f"chance alone goes as far in {100 * chance:.1f} of 100 shuffles of the weeks."
    )

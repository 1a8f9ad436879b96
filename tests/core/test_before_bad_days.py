"""What went before worse days: said only where chance hardly does it, and never why."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from random import Random

import numpy as np
import pytest
from scipy.stats import spearmanr

from hipmonitor.core.programme import DayLoad, Load, before_bad_days
from hipmonitor.core.programme.counted_draws import draws, orders
from tests.core.programme_builders import MONDAY, a_check_in, a_day, quiet_days


def life(seed: int, days: int, effect: float = 0.0, lag: int = 1) -> list[DayLoad]:
    """Loads and pain that each go up and down over days and with the week; pain follows sitting where there is an effect."""
    rng = Random(seed)
    waves = dict.fromkeys(Load, 0.0)
    sat, found, mood = [480.0] * (lag + 1), [], 0.0
    for k in range(days):
        waves = {load: 0.6 * wave + rng.gauss(0, 1) for load, wave in waves.items()}
        mood = 0.6 * mood + rng.gauss(0, 0.8)
        weekend = k % 7 in {5, 6}
        loads = {load: 100 + 15 * wave + 20 * weekend for load, wave in waves.items()}
        sat.append(loads[Load.SITTING_MIN])
        pain = 3 + mood + 0.7 * weekend + effect * (sat[-1 - lag] - 106) / 19
        said = a_check_in(MONDAY + k, worst=min(10, max(0, round(pain))))
        found.append(a_day(k, loads=loads, check_ins=(said,)))
    return found


def test_under_two_weeks_of_pairs_nothing_is_said() -> None:
    found = before_bad_days(life(1, 18))
    assert found.associations == ()
    assert found.sentence == "Too few days yet: 13 of 14 with pain, what is usual of it, and a measured load."
    assert before_bad_days([]).sentence.startswith("Too few days yet: 0 of 14")


def test_a_load_that_pain_follows_is_found_with_its_day() -> None:
    found = before_bad_days(life(3, 84, effect=1.5))
    first = found.associations[0]
    assert (first.load, first.days_before, first.clear) == (Load.SITTING_MIN, 1, True)
    assert 0.3 < first.low < first.rank_correlation < first.high < 0.95
    assert found.sentence.startswith("More sitting on the day before went with higher pain: 79 days, rank correlation")
    assert found.sentence.endswith("does not say why; other things change from day to day as well.")


def test_a_load_with_which_pain_falls_is_said_as_such() -> None:
    assert (
        "More sitting on the same day went with lower pain" in before_bad_days(life(4, 84, effect=-1.8, lag=0)).sentence
    )


def test_chance_is_taken_for_a_pattern_in_few_lives() -> None:
    lives = [before_bad_days(life(seed, 70)) for seed in range(100, 140)]
    said = sum(any(each.clear for each in found.associations) for found in lives)
    assert said <= 4


def test_a_plain_effect_is_mostly_found_in_ten_weeks() -> None:
    lives = [before_bad_days(life(seed, 70, effect=1.5)) for seed in range(300, 308)]
    assert sum(found.associations[0].load is Load.SITTING_MIN and found.associations[0].clear for found in lives) >= 6


def test_two_weeks_are_never_told_from_chance() -> None:
    found = before_bad_days(life(5, 21, effect=4))
    assert found.days >= 14
    assert not any(each.clear for each in found.associations)
    assert found.sentence == "No load went clearly with pain on these 16 days so far."


def test_the_correlation_is_spearmans() -> None:
    days = life(6, 60)
    pain = [day.check_ins[0].pain_worst for day in days]
    first = next(each for each in before_bad_days(days).associations if (each.load, each.days_before) == (Load.SETS, 0))
    usual = [min(np.median(pain[max(0, k - span) : k]) for span in (14, 28)) for k in range(5, 60)]
    rises = [worst - before for worst, before in zip(pain[5:], usual, strict=True)]
    theirs = spearmanr([day.loads[Load.SETS] for day in days[5:]], rises).statistic
    assert first.rank_correlation == pytest.approx(theirs, abs=0.02)


def test_days_not_measured_and_days_without_pain_are_left_out() -> None:
    days = life(7, 60)
    holes = [replace(day, valid=k % 3 > 0, check_ins=day.check_ins if k % 4 else ()) for k, day in enumerate(days)]
    counts = {each.days for each in before_bad_days(holes).associations}
    assert max(counts) < 40


def test_a_load_that_never_changes_is_not_judged() -> None:
    found = before_bad_days(quiet_days(40))
    assert found.associations == ()
    assert found.sentence.startswith("No load went clearly with pain")


def test_the_same_days_give_the_same_numbers() -> None:
    days = life(8, 70, effect=1)
    assert before_bad_days(days) == before_bad_days(list(days))


def test_no_sentence_says_why() -> None:
    found = [before_bad_days(life(seed, 70, effect=effect)) for seed in range(4) for effect in (0.0, 2.0)]
    said = " ".join(each.sentence for one in found for each in (one, *one.associations))
    assert "cause" not in said
    assert "because" not in said


def test_draws_are_spread_evenly_and_always_the_same() -> None:
    numbers = list(islice(draws(10), 5000))
    assert numbers[:5] == list(islice(draws(10), 5))
    assert all(430 < numbers.count(k) < 570 for k in range(10))


def test_few_things_are_put_in_every_other_order_and_many_in_drawn_ones() -> None:
    assert orders(3, 999).tolist() == [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    assert orders(1, 999).shape == (0, 1)
    drawn = orders(9, 50)
    assert drawn.shape == (50, 9)
    assert all(sorted(row) == list(range(9)) for row in drawn.tolist())

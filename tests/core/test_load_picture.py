"""Who bends this hip most: bends by activity and by hour, over valid days."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days import DayFigures, Tally, figures_of_day
from hipmonitor.core.exposure import TransitionKind
from hipmonitor.core.programme import BENDERS, load_picture

SIT, STAND, WALK, RUN, CYCLE = (
    ActivityKind.SIT,
    ActivityKind.STAND,
    ActivityKind.WALK,
    ActivityKind.RUN,
    ActivityKind.CYCLE,
)


def a_day(day: int, *, worn_h: float = 12.0, **more: object) -> DayFigures:
    """Sat for most of it."""
    empty = figures_of_day(day, (), (), valid_day_worn_h=10.0, minimum_bout_s=3)
    tally = Tally(sit_s=int(3600 * worn_h), cycle_s=1800, deep_s=1200)
    return replace(empty, tally=tally, **more)  # type: ignore[arg-type]


BUSY = {
    "flexion_cycles": {WALK: 2000, CYCLE: 900, SIT: 40},
    "deep_cycles": {CYCLE: 30, SIT: 8, STAND: 2},
    "flexion_cycles_by_hour": {8: {CYCLE: 900}, 12: {WALK: 2000, SIT: 40}},
    "deep_cycles_by_hour": {8: {CYCLE: 30}, 12: {SIT: 8, STAND: 2}},
}


def test_the_first_row_is_who_bends_it_most() -> None:
    picture = load_picture([a_day(1, **BUSY), a_day(2, **BUSY)])
    assert [row.bender.name for row in picture.rows] == ["bike", "chair", "bending_down", "walking"]
    bike, chair = picture.rows[:2]
    assert (bike.cycles, bike.deep_cycles, bike.deep_share, bike.minutes) == (900, 30, 0.75, 30)
    assert (chair.deep_min, bike.deep_min) == (20, 0)
    assert picture.sentences == (
        "The bike: 75 % of the deep bends, 30 a day.",
        "Held above your limit on a seat for 20 min a day.",
        "Most deep bends fall between 8:00 and 9:00.",
    )


def test_means_are_over_valid_days_only() -> None:
    picture = load_picture([a_day(1, **BUSY), a_day(2), a_day(3, worn_h=2.0, **BUSY)])
    assert (picture.days, picture.valid_days) == (3, 2)
    assert picture.rows[0].deep_cycles == 15


def test_hours_are_of_days_that_have_them() -> None:
    old = a_day(2, flexion_cycles={WALK: 500}, deep_cycles={SIT: 100})
    hours = load_picture([a_day(1, **BUSY), old, a_day(3)]).hours
    assert [(each.hour, each.cycles, each.deep_cycles) for each in hours if each.cycles] == [
        (8, 450, 15),
        (12, 1020, 5),
    ]
    assert hours[12].deep_by == (("chair", 4), ("bending_down", 1))
    assert load_picture([old]).hours == ()


def test_without_deep_bends_it_is_said() -> None:
    picture = load_picture([a_day(1, flexion_cycles={WALK: 500})])
    assert picture.sentences[0] == "No deep bends were counted on these days."


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], "No day of these was measured long enough."),
        ([a_day(1, worn_h=1.0)], "No day of these was measured long enough."),
    ],
)
def test_without_days_nothing_is_drawn(days: list[DayFigures], words: str) -> None:
    picture = load_picture(days)
    assert (picture.rows, picture.hours, picture.sentences) == ((), (), (words,))


def test_a_day_without_bends_is_no_missing_day() -> None:
    quiet = replace(a_day(1), tally=Tally(walk_s=40_000))
    assert load_picture([quiet]).sentences == ("No bends were counted on these days.",)


def test_sitting_down_and_getting_up_is_counted_beside_it() -> None:
    assert load_picture([a_day(1, transitions={TransitionKind.SIT_TO_STAND: 24})]).sit_to_stand == 24


def test_every_activity_is_somebodys() -> None:
    assert sorted(kind for bender in BENDERS for kind in bender.kinds) == sorted(ActivityKind)

"""The other thigh's bends: the rules of the worn one, by day, and nothing where it was not seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days import DayFigures, Days, figures_of_day
from hipmonitor.core.exposure import ExposureBlock
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.thigh import ThighBlock
from hipmonitor.io.history import History
from hipmonitor.io.history.part_text import part_from, part_text
from hipmonitor.ui.cli.day_figures import figure_lines
from tests.core.day_builders import DAY, LIE, NOT_WORN, SIT, STAND, Diary, clock, cut_up, fresh
from tests.core.history_builders import head, news

BEGIN = clock(9)
RATE_HZ = 25


def squatting(seconds: int, *, period_s: float = 4.0, from_s: float = 0.0, trusted: bool = True) -> ThighBlock:
    """The other thigh between 2 and 105 degrees, lowest at first, at instants of its own."""
    t_s = from_s + 0.013 + np.arange(RATE_HZ * seconds) / RATE_HZ
    flexion = 53.5 - 51.5 * np.cos(2 * np.pi * t_s / period_s)
    n = len(t_s)
    return ThighBlock(
        t_ns=BEGIN + np.rint(t_s * NS_PER_S).astype(np.int64),
        thigh_flexion_deg=flexion,
        thigh_inclination_deg=np.abs(flexion),
        thigh_roll_deg=np.full(n, np.nan),
        trusted=np.full(n, trusted),
        sd_deg=np.full(n, 2.0),
    )


def figures(days: Days) -> DayFigures:
    return figures_of_day(DAY, [days.state.parts[DAY]], [], valid_day_worn_h=10, minimum_bout_s=5)


def counted(kind: ActivityKind, block: ThighBlock | None) -> DayFigures:
    days = fresh()
    days.step(Diary(BEGIN).did(kind, 130, 80.0).block(), other_thigh=() if block is None else [block])
    return figures(days)


def test_squats_of_the_other_leg_are_counted() -> None:
    day = counted(STAND, squatting(122))
    assert day.other_deep_cycles == {STAND: 30}
    assert day.other_flexion_cycles == {STAND: 30}
    assert day.other_seen_s == 121
    assert day.sides == (0, 30)


@pytest.mark.parametrize("kind", [LIE, NOT_WORN])
def test_no_deep_bend_is_counted_of_who_lies_or_wears_nothing(kind: ActivityKind) -> None:
    assert counted(kind, squatting(122)).other_deep_cycles == {}


def test_an_untrusted_angle_counts_nothing() -> None:
    day = counted(SIT, squatting(122, trusted=False))
    assert (day.other_flexion_cycles, day.other_seen_s, day.sides) == ({}, 0, None)


def test_without_a_sensor_there_nothing_is_known() -> None:
    assert counted(STAND, None).sides is None


@pytest.mark.parametrize("size", [1, 7, 60])
@pytest.mark.parametrize("late_s", [0, 25])
def test_it_is_the_same_however_and_whenever_it_came(size: int, late_s: int) -> None:
    days, other = fresh(), squatting(122)
    pieces = cut_up(Diary(BEGIN).did(STAND, 130, 80.0).block(), size)
    at = np.searchsorted(other.t_ns, [BEGIN + (k * size - late_s) * NS_PER_S for k in range(len(pieces) + 40 // size)])
    nothing = ExposureBlock(seconds=(), bouts=(), transitions=())
    for k, (a, b) in enumerate(zip(at, [*at[1:], len(other)], strict=True)):
        days.step(pieces[k] if k < len(pieces) else nothing, other_thigh=[rows(other, int(a), int(b))])
    assert figures(days) == counted(STAND, other)


def rows(block: ThighBlock, a: int, b: int) -> ThighBlock:
    names = ("t_ns", "thigh_flexion_deg", "thigh_inclination_deg", "thigh_roll_deg", "trusted", "sd_deg")
    return ThighBlock(**{name: getattr(block, name)[a:b] for name in names})


def test_after_some_seconds_unseen_a_bend_begins_anew() -> None:
    days = fresh()
    up, down = squatting(2), squatting(2, from_s=22.0)  # up to the top; twenty seconds later down from it
    days.step(Diary(BEGIN).did(STAND, 40, 80.0).block(), other_thigh=[up, down])
    assert figures(days).other_flexion_cycles == {}


def test_parts_from_before_it_was_kept_still_read(tmp_path: Path) -> None:
    days = fresh()
    days.step(Diary(BEGIN).did(STAND, 130, 80.0).block(), other_thigh=[squatting(122)])
    part = days.state.parts[DAY]
    assert part_from(part_text(part)) == part
    old = part_text(part).replace('"other_seen_s":121,', "")
    assert part_from(old).other_seen_s == 0
    with History(tmp_path / "history.db") as history:
        history.replace(head(), news())
        assert history.figures(DAY, DAY, valid_day_worn_h=10)[0].sides is None


def test_the_day_page_names_both_legs() -> None:
    lines = {name.strip(): value for name, value, _ in figure_lines(counted(STAND, squatting(122)))}
    assert lines["other leg"] == "30"

"""The thigh's angle on the seat of a bout, through days and the history."""

from __future__ import annotations

from math import nan as NAN  # noqa: N812 - no angle
from pathlib import Path

from hipmonitor.core.days import SeatedAngle, joined
from hipmonitor.core.settings import SeatHeight
from hipmonitor.io.history import History
from hipmonitor.runtime.seat import seat_until
from tests.core.day_builders import DAY, LIE, SIT, STAND, Diary, clock, counted, cut_up, fresh
from tests.core.history_builders import head, news


def sitting() -> Diary:
    """Mostly at 95 degrees, a while at 110, some of it without an angle, then a break."""
    return Diary(clock(9)).did(SIT, 1500, 95.25).did(SIT, 300, 110.25).did(SIT, 60, NAN).did(STAND, 90, 2.0)


def test_a_bout_keeps_its_median_and_not_what_was_untrusted() -> None:
    seated = counted(sitting().block()).bouts[0].seated
    assert seated is not None
    assert seated.seconds == 1800
    assert abs(seated.flexion_deg - 95.25) < 0.25
    assert seated.placement_sd_deg == 2.0


def test_who_sat_in_two_ways_has_a_wide_spread() -> None:
    two_ways = Diary(clock(9)).did(SIT, 900, 85.25).did(SIT, 900, 98.25).did(STAND, 90, 2.0)
    seated = counted(two_ways.block()).bouts[0].seated
    assert seated is not None
    assert seated.spread_deg > 6.0


def test_it_is_the_same_however_the_day_came() -> None:
    block = sitting().block()
    days, found = fresh(), []
    for piece in cut_up(block, 7):
        found += days.step(piece).bouts
    assert found == counted(block).bouts


def test_a_bout_without_a_trusted_second_has_none() -> None:
    assert counted(Diary(clock(9)).did(SIT, 600, NAN).did(STAND, 90).block()).bouts[0].seated is None


def test_one_sitting_in_two_recordings_has_one_angle() -> None:
    first = counted(Diary(clock(9)).did(SIT, 600, 90.25).block()).bouts
    second = counted(Diary(clock(9, 12)).did(SIT, 1800, 94.25).did(STAND, 90).block()).bouts
    (one,) = joined([*first, *second], lambda _a, _b: (0.0, 60.0))
    assert one.seated is not None
    assert one.seated.seconds == 2400
    assert 93.0 < one.seated.flexion_deg < 93.5


def test_the_history_gives_it_back(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        history.replace(head(), news(sitting()))
        (bout,) = history.day(DAY, valid_day_worn_h=10).bouts
    assert bout == counted(sitting().block()).bouts[0]


def test_rows_from_before_it_was_kept_still_read(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        history.replace(head(), news(sitting()))
        history._connection.execute("UPDATE bout SET seated_s=NULL")
        assert history.day(DAY, valid_day_worn_h=10).bouts[0].seated is None
        assert seat_until(history, SeatHeight(), DAY).usual is None


def test_the_coach_reads_the_history(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        history.replace(head(), news(Diary(clock(9)).did(SIT, 1500, 95.25).did(STAND, 90, 2.0)))
        told = SeatHeight(thigh_length_cm=40, knee_above_hip_cm=3.0, measured_at="2026-03-11 09:10")
        usual = seat_until(history, told, DAY).usual
    assert usual is not None
    assert usual.raise_cm is not None
    assert abs(usual.raise_cm - 3.0) < 0.3


def test_lying_is_no_seat() -> None:
    assert not counted(Diary(clock(9)).did(LIE, 1200, 90.0).block()).bouts


def test_pieces_are_weighted_by_their_time() -> None:
    short = SeatedAngle(seconds=100, flexion_deg=80.0, spread_deg=1.0, placement_sd_deg=2.0)
    long = SeatedAngle(seconds=300, flexion_deg=84.0, spread_deg=1.0, placement_sd_deg=4.0)
    both = short.with_more(long)
    assert (both.seconds, both.flexion_deg, both.placement_sd_deg) == (400, 83.0, 3.5)
    assert both.spread_deg == 2.0

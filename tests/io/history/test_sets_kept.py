"""Guided sets in the history: as they were, what was shown of them, and what was said of their comfort."""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan
from pathlib import Path

from hipmonitor.core.instants import HostNs
from hipmonitor.io.history import History, SessionNews, SetRating, SetRecord
from hipmonitor.io.history.database import connect
from hipmonitor.io.history.schema import MIGRATIONS
from tests.core.day_builders import DAY, clock
from tests.core.history_builders import head, news
from tests.core.set_builders import ended_set, repetition


def kept(started: HostNs, *, full: int = 10, shown: int = 10, day: int = DAY) -> SetRecord:
    return SetRecord(result=ended_set(started, full=full), shown=shown, day=day, utc_offset_s=3600)


def with_sets(*sets: SetRecord, ratings: tuple[SetRating, ...] = ()) -> SessionNews:
    return replace(news(), sets=sets, ratings=ratings)


def test_sets_come_out_as_they_were_put_in_in_order_of_time(tmp_path: Path) -> None:
    late, early = kept(clock(9, 40)), kept(clock(9, 10), full=8)
    with History(tmp_path / "h.db") as history:
        history.replace(head(), with_sets(late, early))
        assert history.sets(DAY, DAY) == (early, late)
        assert history.day(DAY, valid_day_worn_h=1).sets == (early, late)
        assert history.sets(DAY + 1, DAY + 9) == ()


def test_an_angle_that_is_not_known_stays_unknown(tmp_path: Path) -> None:
    result = replace(ended_set(clock(9)), repetitions=(repetition(1, clock(9), range_deg=nan),))
    with History(tmp_path / "h.db") as history:
        history.replace(head(), with_sets(SetRecord(result=result, shown=1, day=DAY, utc_offset_s=0)))
        (record,) = history.sets(DAY, DAY)
    assert isnan(record.result.repetitions[0].range_deg)


def test_comfort_is_what_was_said_last_also_in_a_later_session(tmp_path: Path) -> None:
    rated = kept(clock(9, 10))
    first = SetRating(at=clock(9, 12), started=clock(9, 10), comfort=8)
    later = SetRating(at=clock(14), started=clock(9, 10), comfort=3)
    for name, order in (("a.db", (0, 1)), ("b.db", (1, 0))):
        with History(tmp_path / name) as history:
            for k in order:
                session = (head(), with_sets(rated, ratings=(first,))) if k == 0 else None
                history.replace(*(session or (head("noon", start=clock(13)), with_sets(ratings=(later,)))))
            assert [record.comfort for record in history.sets(DAY, DAY)] == [3]


def test_while_a_session_runs_its_sets_are_there_and_settling_replaces_their_figures(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        history.append(head(reading="as_lived"), with_sets(kept(clock(9), full=9, shown=9)))
        assert [record.result.full for record in history.sets(DAY, DAY)] == [9]
        history.replace(head(), with_sets(kept(clock(9), full=10, shown=9)))
        (record,) = history.sets(DAY, DAY)
    assert (record.result.full, record.shown) == (10, 9)


def test_what_was_shown_stays_when_a_later_version_counts_anew(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        history.replace(head(), with_sets(kept(clock(9), full=10, shown=9)))
        history.replace(head(), with_sets(kept(clock(9), full=11, shown=11), kept(clock(10), shown=4)))
        records = history.sets(DAY, DAY)
    assert [(record.result.full, record.shown) for record in records] == [(11, 9), (10, 4)]


def test_a_history_from_before_there_were_sets_is_brought_up_to_date(tmp_path: Path) -> None:
    connect(tmp_path / "h.db", MIGRATIONS[:1]).close()
    with History(tmp_path / "h.db") as history:
        history.replace(head(), with_sets(kept(clock(9))))
        assert len(history.sets(DAY, DAY)) == 1
        assert history.is_sound

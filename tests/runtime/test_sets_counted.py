"""Sets of a session as rows: from both readings, with what the wearer said of them."""

from __future__ import annotations

from dataclasses import replace

from hipmonitor.core.exercise import ExerciseBlock, SetResult
from hipmonitor.core.inbound import RateSet
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.io.clock import civil_tick
from hipmonitor.io.history import SetRating
from hipmonitor.runtime.history_counting import SessionCounter
from hipmonitor.runtime.history_settling import settled_sets
from tests.core.builders import at, did
from tests.core.set_builders import ended_set
from tests.runtime.updates import EMPTY


def brought(*results: SetResult) -> HipUpdate:
    return replace(EMPTY, pieces=(replace(EMPTY.pieces[0], exercise=ExerciseBlock(results=results)),))


def counter(*results: SetResult) -> SessionCounter:
    made = SessionCounter("as_lived")
    made.hear([civil_tick(at(0), 7200)])
    made.accept(brought(*results))
    return made


def test_a_set_is_handed_out_once_with_the_wearers_day() -> None:
    made = counter(ended_set(at(5), full=7))
    (record,) = made.sets()
    assert (record.result, record.shown, record.utc_offset_s) == (ended_set(at(5), full=7), 7, 7200)
    assert made.sets() == ()


def test_what_was_said_of_comfort_is_handed_out_once() -> None:
    made = counter()
    made.hear([did(9, RateSet(started=at(5), comfort=6))])
    assert made.lived().ratings == (SetRating(at=at(9), started=at(5), comfort=6),)
    assert made.lived().ratings == ()


def test_settled_figures_replace_those_as_lived_and_what_was_shown_stays() -> None:
    lived = counter(ended_set(at(5), full=9), ended_set(at(100), full=3))
    settled = counter(ended_set(at(5), full=10), ended_set(at(300), full=2))
    joined = settled_sets(lived.sets(), settled.sets())
    as_said = [(record.result.started, record.result.full, record.shown) for record in joined]
    assert as_said == [(at(5), 10, 9), (at(100), 3, 3), (HostNs(at(300)), 2, 0)]

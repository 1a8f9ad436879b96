"""Rows of one answer that follow each other, kept as one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from tests.core.builders import activity, at

SIT, STAND = ActivityKind.SIT, ActivityKind.STAND


def test_seconds_of_one_answer_become_one_row() -> None:
    runs = activity([SIT, SIT, SIT, STAND, SIT]).in_runs()
    assert runs.start_ns.tolist() == [at(0), at(3), at(4)]
    assert runs.lasting_s.tolist() == [3, 1, 1]
    assert runs.kind.tolist() == [SIT, STAND, SIT]


def test_another_confidence_is_another_answer() -> None:
    seconds = replace(activity([SIT, SIT, SIT]), confidence=np.array([0.8, 0.6, 0.6]))
    assert seconds.in_runs().lasting_s.tolist() == [1, 2]


def test_rows_that_do_not_follow_each_other_stay_apart() -> None:
    assert activity([SIT, SIT]).followed_by(activity([SIT], start_s=5)).in_runs().lasting_s.tolist() == [2, 1]


def test_runs_do_not_tell_how_they_were_gathered() -> None:
    kinds = [SIT, SIT, STAND, STAND, STAND, SIT]
    gathered: ActivityBlock = activity(kinds[:1])
    for second, kind in enumerate(kinds[1:], start=1):
        gathered = gathered.followed_by(activity([kind], start_s=second)).in_runs()
    whole = activity(kinds).in_runs()
    assert gathered.start_ns.tolist() == whole.start_ns.tolist()
    assert gathered.lasting_s.tolist() == whole.lasting_s.tolist()


def test_of_nothing_there_are_no_runs() -> None:
    assert not len(activity([]).in_runs())

"""Sets as rows of the history and back; always the same row for the same set."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from hipmonitor.core.exercise import EndedBy, Repetition, SetResult
from hipmonitor.core.exercises import Target
from hipmonitor.core.instants import HostNs
from hipmonitor.io.history.records import SetRecord
from hipmonitor.io.session.fields import Plain, from_plain, to_plain

Span = tuple[int, int]


def set_row(record: SetRecord) -> tuple[object, ...]:
    """Its columns after the session's. What was said of its comfort has rows of its own."""
    r = record.result
    texts = (_text(to_plain(r.target)), _text([to_plain(each) for each in r.repetitions]))
    how = (r.counted_s, r.unseen_s, r.ended_by.value, r.sentence)
    name = (r.started, r.ended, r.exercise, r.title, r.number, r.side)
    return (*name, *texts, *how, record.shown, record.day, record.utc_offset_s)


def sets(connection: sqlite3.Connection, days: Span) -> tuple[SetRecord, ...]:
    """Those that began on these days, in order of time; their comfort as it was said last."""
    rows = connection.execute(
        "SELECT started_ns, ended_ns, exercise, title, number, side, target, repetitions, counted_s, unseen_s, ended_by, "
        "sentence, shown, day, utc_offset_s, (SELECT comfort FROM set_rating WHERE set_rating.started_ns = "
        "exercise_set.started_ns ORDER BY at_ns DESC, set_rating.session LIMIT 1) "
        "FROM exercise_set WHERE day BETWEEN ? AND ? ORDER BY started_ns, session",
        days,
    )
    return tuple(
        SetRecord(result=_result(columns), shown=shown, day=day, utc_offset_s=offset_s, comfort=comfort)
        for *columns, shown, day, offset_s, comfort in rows
    )


def _result(columns: Sequence[Any]) -> SetResult:
    started, ended, exercise, title, number, side, target, repetitions, counted_s, unseen_s, ended_by, sentence = (
        columns
    )
    return SetResult(
        exercise=exercise,
        title=title,
        started=HostNs(started),
        ended=HostNs(ended),
        number=number,
        side=side,
        target=from_plain(Target, json.loads(target), "target"),
        repetitions=tuple(from_plain(Repetition, each, "repetition") for each in json.loads(repetitions)),
        counted_s=counted_s,
        unseen_s=unseen_s,
        ended_by=EndedBy(ended_by),
        sentence=sentence,
    )


def _text(plain: Plain) -> str:
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

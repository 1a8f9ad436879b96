"""Rows into tables. The caller holds the transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from math import isfinite

from hipmonitor.core.days import NAMES, DayBout, Minute, SeatedAngle
from hipmonitor.core.instants import HostNs
from hipmonitor.io.history.part_text import part_text
from hipmonitor.io.history.records import AlertRecord, SessionHead, SessionNews, number_of

SETTLED_TABLES = ("reading", "day_part", "minute", "bout_share", "bout", "event", "calibration")
"""Replaced as a whole. Alerts are not among them."""


def put_head(connection: sqlite3.Connection, head: SessionHead) -> None:
    """The session's own row, new or changed."""
    row = (
        number_of(head.key),
        head.key,
        head.sensor,
        head.start,
        head.end,
        head.owned_from,
        head.reading,
        head.program,
        head.minimum_bout_s,
        head.note,
    )
    connection.execute(
        f"INSERT INTO session VALUES ({_marks(len(row))}) ON CONFLICT (id) DO UPDATE SET sensor=excluded.sensor, "  # noqa: S608 - marks only
        "start_ns=excluded.start_ns, end_ns=excluded.end_ns, owned_from_ns=excluded.owned_from_ns, "
        "reading=excluded.reading, program=excluded.program, minimum_bout_s=excluded.minimum_bout_s, note=excluded.note",
        row,
    )


def forget(connection: sqlite3.Connection, key: str) -> HostNs | None:
    """Take away what a new reading replaces. Settled alerts stay: they are as lived for ever.

    Returns the instant from which alerts may be added, None where they were never settled.
    """
    number = number_of(key)
    for table in SETTLED_TABLES:
        connection.execute(f"DELETE FROM {table} WHERE session=?", (number,))  # noqa: S608 - names of our own tables
    row = connection.execute("SELECT reading, end_ns FROM session WHERE id=?", (number,)).fetchone()
    if row is not None and row[0] == "settled":
        return HostNs(row[1])
    connection.execute("DELETE FROM alert WHERE session=?", (number,))
    return None


def add(connection: sqlite3.Connection, key: str, news: SessionNews) -> None:
    """New rows; those of the same name are replaced."""
    number = number_of(key)
    _put(connection, "reading", [(number, *_totals(totals)) for totals in news.totals])
    _put(connection, "day_part", [(number, part.day, part_text(part)) for part in news.parts])
    _put(connection, "minute", [(number, *_minute(minute)) for minute in news.minutes])
    _bouts(connection, number, news.bouts)
    _put(
        connection,
        "event",
        [(number, e.at, e.kind, e.detail, e.end, e.day, e.utc_offset_s) for e in news.events],
    )
    _put(
        connection,
        "calibration",
        [
            (
                number,
                c.since,
                c.place,
                c.method,
                _finite(c.sd_deg),
                *map(_finite, c.quaternion),
                c.doubted,
                c.day,
                c.utc_offset_s,
            )
            for c in news.calibrations
        ],
    )
    for record in news.alerts:
        put_alert(connection, key, record)


def _totals(totals: object) -> tuple[object, ...]:
    return tuple(
        getattr(totals, name)
        for name in ("reading", "sedentary_s", "upright_s", "unknown_s", "not_worn_s", "deep_s", "breaks")
    )


def _minute(minute: Minute) -> tuple[object, ...]:
    tally = (getattr(minute.tally, name) for name in NAMES)
    where = (minute.start_s, minute.day, minute.minute_of_day, minute.utc_offset_s)
    return (*where, *tally, minute.highest_mdeg, minute.steps_milli)


def _bouts(connection: sqlite3.Connection, number: int, bouts: Iterable[DayBout]) -> None:
    for b in bouts:
        row = (
            number,
            b.start,
            b.end,
            b.day,
            b.utc_offset_s,
            b.sitting_s,
            b.deep_s,
            b.ended_by.value,
            *_seated(b.seated),
        )
        _put(connection, "bout", [row])
        _put(connection, "bout_share", [(number, b.start, day, sitting_s) for day, sitting_s in b.shares])


def _seated(seated: SeatedAngle | None) -> tuple[int | None, ...]:
    if seated is None:
        return (None,) * 4
    angles = (seated.flexion_deg, seated.spread_deg, seated.placement_sd_deg)
    return (seated.seconds, *(round(degrees * 1000) for degrees in angles))


def put_alert(connection: sqlite3.Connection, key: str, record: AlertRecord) -> None:
    """An alert, new or again, and what followed."""
    alert, evidence = record.followed.alert, record.followed.alert.evidence
    connection.execute("DELETE FROM alert WHERE (session, at_ns, kind)=(?, ?, ?)", _name(key, record))
    row = (
        *_name(key, record),
        int(alert.level),
        alert.limit_min,
        evidence.since,
        evidence.minutes,
        _finite(evidence.mean_deg),
        _finite(evidence.highest_deg),
        evidence.bends,
        alert.limit_bends,
        alert.left_min,
        alert.reminder_min,
        None if alert.not_told is None else alert.not_told.value,
        None,
        record.day,
        record.utc_offset_s,
    )
    _put(connection, "alert", [row])
    put_what_followed(connection, key, record)


def put_what_followed(connection: sqlite3.Connection, key: str, record: AlertRecord) -> None:
    """How a stored alert was told, what was answered and when the wearer stood up; nothing where it is not stored."""
    name, followed = _name(key, record), record.followed
    found = connection.execute(
        "UPDATE alert SET stood_up_after_s=? WHERE (session, at_ns, kind)=(?, ?, ?)", (followed.stood_up_after_s, *name)
    )
    if not found.rowcount:
        return
    _put(connection, "alert_told", [(*name, k, told.way.value, told.failed) for k, told in enumerate(followed.told)])
    answers = [(*name, k, at, answered.answer) for k, (at, answered) in enumerate(followed.answers)]
    _put(connection, "alert_answer", answers)


def _name(key: str, record: AlertRecord) -> tuple[int, HostNs, str]:
    return number_of(key), record.followed.alert.at, record.followed.alert.kind.value


def _put(connection: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({_marks(len(rows[0]))})", rows)  # noqa: S608 - names of our own tables


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _finite(value: float) -> float | None:
    """SQLite knows no NaN, and infinity reads badly."""
    return value if isfinite(value) else None

"""Tables into plain values."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from math import inf, nan
from typing import Any

from hipmonitor.core.alerts import Alert, AlertKind, AlertLevel, Evidence, Hold
from hipmonitor.core.days import NAMES, DayBout, DayPart, FollowedAlert, Minute, SeatedAngle, Tally, joined
from hipmonitor.core.exposure import BoutEnd
from hipmonitor.core.inbound import Answered, SensorId, Told, Way
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import SittingLimit
from hipmonitor.io.history.part_text import part_from
from hipmonitor.io.history.records import AlertRecord, CalibrationRecord, HistoryEvent, ReadingTotals, SessionHead

Span = tuple[int, int]
"""(first day, last day), both included."""
_HEAD = "key, sensor, start_ns, end_ns, owned_from_ns, reading, program, minimum_bout_s, note"


def heads(connection: sqlite3.Connection) -> tuple[SessionHead, ...]:
    """Every session, in the order in which they own time."""
    return _heads(connection.execute(f"SELECT {_HEAD} FROM session ORDER BY start_ns, key"))  # noqa: S608 - our own names


def heads_of(connection: sqlite3.Connection, day: int) -> tuple[SessionHead, ...]:
    """Sessions with time on a day."""
    return _heads(
        connection.execute(
            f"SELECT {_HEAD} FROM session WHERE id IN (SELECT session FROM day_part WHERE day=?) ORDER BY start_ns, key",  # noqa: S608 - our own names
            (day,),
        )
    )


def _heads(rows: sqlite3.Cursor) -> tuple[SessionHead, ...]:
    return tuple(
        SessionHead(
            key=key,
            sensor=SensorId(sensor),
            start=HostNs(start),
            end=HostNs(end),
            owned_from=None if owned is None else HostNs(owned),
            reading=reading,
            program=program,
            minimum_bout_s=minimum,
            note=note,
        )
        for key, sensor, start, end, owned, reading, program, minimum, note in rows
    )


def totals_of(connection: sqlite3.Connection, number: int) -> tuple[ReadingTotals, ...]:
    """Of both readings of a session."""
    rows = connection.execute(
        "SELECT reading, sedentary_s, upright_s, unknown_s, not_worn_s, deep_s, breaks FROM reading WHERE session=? "
        "ORDER BY reading",
        (number,),
    )
    return tuple(
        ReadingTotals(reading=reading, sedentary_s=a, upright_s=b, unknown_s=c, not_worn_s=d, deep_s=e, breaks=f)
        for reading, a, b, c, d, e, f in rows
    )


def span(connection: sqlite3.Connection) -> Span | None:
    """First and last day with a recording."""
    first, last = connection.execute("SELECT min(day), max(day) FROM day_part").fetchone()
    return None if first is None else (first, last)


def parts(connection: sqlite3.Connection, days: Span) -> dict[int, list[DayPart]]:
    """By day; only days that have some."""
    found: dict[int, list[DayPart]] = {}
    rows = connection.execute("SELECT day, figures FROM day_part WHERE day BETWEEN ? AND ? ORDER BY day, session", days)
    for day, figures in rows:
        found.setdefault(day, []).append(part_from(figures))
    return found


def bouts(connection: sqlite3.Connection, days: Span) -> tuple[DayBout, ...]:
    """Those with time on these days, in order; one sitting in two recordings is one."""
    first, last = days

    def upright(start: HostNs, end: HostNs) -> tuple[float, float]:
        return _upright_s(connection, start, end), _break_s(connection, days)

    around = joined(_bouts(connection, (first - 1, last + 1)), upright)
    return tuple(bout for bout in around if any(first <= day <= last for day, _ in bout.shares))


def _upright_s(connection: sqlite3.Connection, start: HostNs, end: HostNs) -> int:
    """In all minutes that have some of it: rather too much than too little."""
    (total,) = connection.execute(
        "SELECT total(stand_s + walk_s + run_s + stairs_s) FROM minute WHERE start_s > ? AND start_s < ?",
        (start // NS_PER_S - 60, end / NS_PER_S),
    ).fetchone()
    return int(total)


def _break_s(connection: sqlite3.Connection, days: Span) -> float:
    """The shortest break that was set."""
    set_s = [part.limits.break_s for of_day in parts(connection, days).values() for part in of_day]
    return min(set_s, default=SittingLimit().break_s)


def _bouts(connection: sqlite3.Connection, days: Span) -> tuple[DayBout, ...]:
    """As the recordings have them."""
    shares: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for session, start, day, sitting_s in connection.execute(
        "SELECT session, start_ns, day, sitting_s FROM bout_share WHERE (session, start_ns) IN "
        "(SELECT session, start_ns FROM bout_share WHERE day BETWEEN ? AND ?) ORDER BY start_ns, day",
        days,
    ):
        shares.setdefault((session, start), []).append((day, sitting_s))
    rows = connection.execute(
        "SELECT session, start_ns, end_ns, day, utc_offset_s, sitting_s, deep_s, ended_by, seated_s, seated_mdeg, "
        "seated_spread_mdeg, seated_sd_mdeg FROM bout WHERE "
        "(session, start_ns) IN (SELECT session, start_ns FROM bout_share WHERE day BETWEEN ? AND ?) ORDER BY start_ns",
        days,
    )
    return tuple(
        DayBout(
            start=HostNs(start),
            end=HostNs(end),
            day=day,
            utc_offset_s=offset_s,
            sitting_s=sitting_s,
            deep_s=deep_s,
            ended_by=BoutEnd(ended_by),
            shares=tuple(shares[session, start]),
            seated=_seated(*seated),
        )
        for session, start, end, day, offset_s, sitting_s, deep_s, ended_by, *seated in rows
    )


def _seated(seconds: int | None, flexion: int | None, spread: int | None, sd: int | None) -> SeatedAngle | None:
    if seconds is None or flexion is None or spread is None or sd is None:
        return None
    return SeatedAngle(
        seconds=seconds, flexion_deg=flexion / 1000, spread_deg=spread / 1000, placement_sd_deg=sd / 1000
    )


def minutes(connection: sqlite3.Connection, days: Span) -> tuple[Minute, ...]:
    """In order of time."""
    rows = connection.execute(
        f"SELECT start_s, day, minute_of_day, utc_offset_s, {', '.join(NAMES)}, highest_mdeg, steps_milli "  # noqa: S608 - our own names
        "FROM minute WHERE day BETWEEN ? AND ? ORDER BY start_s, session",
        days,
    )
    return tuple(
        Minute(
            start_s=start_s,
            day=day,
            minute_of_day=minute,
            utc_offset_s=offset_s,
            tally=Tally(*rest[: len(NAMES)]),
            highest_mdeg=rest[-2],
            steps_milli=rest[-1],
        )
        for start_s, day, minute, offset_s, *rest in rows
    )


def events(connection: sqlite3.Connection, days: Span) -> tuple[HistoryEvent, ...]:
    """In order of time."""
    rows = connection.execute(
        "SELECT at_ns, kind, detail, end_ns, day, utc_offset_s FROM event WHERE day BETWEEN ? AND ? "
        "ORDER BY at_ns, kind, detail",
        days,
    )
    return tuple(
        HistoryEvent(at=HostNs(at), kind=kind, detail=detail, end=HostNs(end), day=day, utc_offset_s=offset_s)
        for at, kind, detail, end, day, offset_s in rows
    )


def calibrations(connection: sqlite3.Connection, days: Span) -> tuple[CalibrationRecord, ...]:
    """In order of time."""
    rows = connection.execute(
        "SELECT since_ns, place, method, sd_deg, w, x, y, z, doubted, day, utc_offset_s FROM calibration "
        "WHERE day BETWEEN ? AND ? ORDER BY since_ns, place",
        days,
    )
    return tuple(
        CalibrationRecord(
            since=HostNs(since),
            place=place,
            method=method,
            sd_deg=inf if sd is None else sd,
            quaternion=tuple(nan if q is None else q for q in (w, x, y, z)),
            doubted=bool(doubted),
            day=day,
            utc_offset_s=offset_s,
        )
        for since, place, method, sd, w, x, y, z, doubted, day, offset_s in rows
    )


def alerts(connection: sqlite3.Connection, days: Span) -> tuple[AlertRecord, ...]:
    """In order of time."""
    rows = connection.execute(
        "SELECT day, utc_offset_s, session, at_ns, kind, level, limit_min, since_ns, minutes, mean_deg, highest_deg, bends, "
        "limit_bends, left_min, reminder_min, not_told, stood_up_after_s FROM alert WHERE day BETWEEN ? AND ? "
        "ORDER BY at_ns, kind",
        days,
    ).fetchall()
    return tuple(
        AlertRecord(
            followed=_followed(connection, session, _alert(rest[:-1]), rest[-1]), day=day, utc_offset_s=offset_s
        )
        for day, offset_s, session, *rest in rows
    )


def _alert(row: Sequence[Any]) -> Alert:
    at, kind, level, limit_min, since, minutes, mean, highest, bends, limit_bends, left_min, reminder_min, hold = row
    return Alert(
        at=HostNs(at),
        kind=AlertKind(kind),
        level=AlertLevel(level),
        evidence=Evidence(
            since=HostNs(since),
            minutes=minutes,
            mean_deg=nan if mean is None else mean,
            highest_deg=nan if highest is None else highest,
            bends=bends,
        ),
        limit_min=limit_min,
        limit_bends=limit_bends,
        left_min=left_min,
        reminder_min=reminder_min,
        not_told=None if hold is None else Hold(hold),
    )


def _followed(
    connection: sqlite3.Connection, session: int, alert: Alert, stood_up_after_s: int | None
) -> FollowedAlert:
    name = (session, alert.at, alert.kind.value)
    told = connection.execute(
        "SELECT way, failed FROM alert_told WHERE (session, at_ns, kind)=(?, ?, ?) ORDER BY number", name
    )
    answers = connection.execute(
        "SELECT answered_ns, answer FROM alert_answer WHERE (session, at_ns, kind)=(?, ?, ?) ORDER BY number", name
    )
    return FollowedAlert(
        alert=alert,
        told=tuple(
            Told(alert_at=alert.at, alert_kind=alert.kind.value, way=Way(way), failed=failed) for way, failed in told
        ),
        answers=tuple(
            (HostNs(at), Answered(alert_at=alert.at, alert_kind=alert.kind.value, answer=answer))
            for at, answer in answers
        ),
        stood_up_after_s=stood_up_after_s,
    )

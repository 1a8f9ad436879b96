"""What history and diary hold of today, told to a session that begins: day budgets, and a day of rest, belong to the day."""

from __future__ import annotations

from pathlib import Path

from hipmonitor.core.alerts import POLICY, Alert
from hipmonitor.core.errors import DiaryError, HistoryError
from hipmonitor.core.inbound import DaySoFar, Tick, ToldToday
from hipmonitor.io.diary import read_check_ins
from hipmonitor.io.history import DayRecord, History, history_file

OF_DAY = frozenset(rule.kind for rule in POLICY if rule.of_day or rule.most_a_day)
BUSY_S = 1.0
"""For another who writes: a session waits no longer to begin."""


def day_so_far(now: Tick, path: Path | None = None, diary: Path | None = None) -> DaySoFar | None:
    """Of the wearer's day at this Tick; None where nothing of the day is kept, in the history or in the diary.

    What cannot be read counts as not there: that is told by who keeps it, and holds up no session.
    """
    resting = _resting(now, diary)
    record = _record(now, path)
    if record is None or not record.sessions:
        return DaySoFar(day=now.civil_day, sitting_s=0, deep_s=0, resting=True) if resting else None
    by_kind: dict[str, list[Alert]] = {}
    for kept in record.alerts:
        if kept.followed.alert.kind in OF_DAY:
            by_kind.setdefault(kept.followed.alert.kind.value, []).append(kept.followed.alert)
    tally = record.figures.tally
    told = tuple(
        ToldToday(
            kind=kind,
            level=max(int(alert.level) for alert in alerts),
            times=len(alerts),
            last_at=max(alert.at for alert in alerts),
        )
        for kind, alerts in sorted(by_kind.items())
    )
    return DaySoFar(day=now.civil_day, sitting_s=tally.sit_s, deep_s=tally.deep_s, told=told, resting=resting)


def _record(now: Tick, path: Path | None) -> DayRecord | None:
    file = path or history_file()
    if not file.exists():
        return None
    try:
        with History(path, busy_s=BUSY_S) as history:
            return history.day(now.civil_day, valid_day_worn_h=0.0)
    except HistoryError:
        return None


def _resting(now: Tick, diary: Path | None) -> bool:
    try:
        return read_check_ins(diary).signs_on(now.civil_day)
    except DiaryError:
        return False

"""What the history holds of today, told to a session that begins: day budgets belong to the day."""

from __future__ import annotations

from pathlib import Path

from hipmonitor.core.alerts import POLICY, Alert
from hipmonitor.core.errors import HistoryError
from hipmonitor.core.inbound import DaySoFar, Tick, ToldToday
from hipmonitor.io.history import History, history_file

OF_DAY = frozenset(rule.kind for rule in POLICY if rule.of_day or rule.most_a_day)
BUSY_S = 1.0
"""For another who writes: a session waits no longer to begin."""


def day_so_far(now: Tick, path: Path | None = None) -> DaySoFar | None:
    """Of the wearer's day at this Tick; None where there is no history, it cannot be read, or nothing of the day is in it."""
    file = path or history_file()
    if not file.exists():
        return None
    try:
        with History(path, busy_s=BUSY_S) as history:
            record = history.day(now.civil_day, valid_day_worn_h=0.0)
    except HistoryError:
        return None  # that it cannot be read is told by who keeps it
    if not record.sessions:
        return None
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
    return DaySoFar(day=now.civil_day, sitting_s=tally.sit_s, deep_s=tally.deep_s, told=told)

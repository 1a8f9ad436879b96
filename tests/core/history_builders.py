"""Sessions for the history, made by hand from a diary."""

from __future__ import annotations

from hipmonitor.core.alerts import Alert, AlertKind, AlertLevel, Evidence
from hipmonitor.core.days import FollowedAlert
from hipmonitor.core.inbound import Answered, SensorId, Told, Way
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.io.history import (
    AlertRecord,
    CalibrationRecord,
    HistoryEvent,
    Reading,
    ReadingTotals,
    SessionHead,
    SessionNews,
)
from tests.core.day_builders import DAY, SIT, STAND, WALK, Diary, clock, counted


def morning(sit_s: int = 2400) -> Diary:
    """Sitting with a break on both sides, from nine."""
    return Diary(clock(9)).did(STAND, 120, 1).did(SIT, sit_s, 92, deep=True).did(WALK, 90, 5, cadence_spm=110)


def head(
    key: str = "morning", *, reading: Reading = "settled", start: HostNs | None = None, end: HostNs | None = None
) -> SessionHead:
    begun = clock(9) if start is None else start
    return SessionHead(
        key=key,
        sensor=SensorId("C0:FF"),
        start=begun,
        end=HostNs(begun + 3600 * NS_PER_S) if end is None else end,
        owned_from=None,
        reading=reading,
        program="hipmonitor",
        minimum_bout_s=5,
    )


def news(diary: Diary | None = None, *alerts: AlertRecord) -> SessionNews:
    done = counted((diary or morning()).block())
    event = HistoryEvent(at=clock(9, 5), kind="mark", detail="tea", end=clock(9, 5), day=DAY, utc_offset_s=0)
    calibration = CalibrationRecord(
        since=clock(9),
        place="thigh",
        method="guided",
        sd_deg=2.0,
        quaternion=(1.0, 0.0, 0.0, 0.0),
        doubted=False,
        day=DAY,
        utc_offset_s=0,
    )
    totals = [
        ReadingTotals(reading=r, sedentary_s=1, upright_s=2, unknown_s=3, not_worn_s=4, deep_s=5, breaks=6)
        for r in ("as_lived", "settled")
    ]
    return SessionNews(
        minutes=tuple(done.minutes),
        bouts=tuple(done.bouts),
        parts=tuple(done.days.state.parts.values()),
        events=(event,),
        alerts=alerts,
        calibrations=(calibration,),
        totals=tuple(totals),
    )


def alert(
    minute: float = 40.0,
    *,
    level: AlertLevel = AlertLevel.ALERT,
    stood_up_after_s: int | None = 75,
    minutes: float = 30.0,
) -> AlertRecord:
    at = clock(9, minute)
    return AlertRecord(
        followed=FollowedAlert(
            alert=Alert(
                at=at,
                kind=AlertKind.SITTING,
                level=level,
                evidence=Evidence(since=clock(9, 2), minutes=minutes, mean_deg=91.5, highest_deg=97.0),
                limit_min=30.0,
                reminder_min=5.0,
            ),
            told=(
                Told(alert_at=at, alert_kind="sitting", way=Way.DESKTOP),
                Told(alert_at=at, alert_kind="sitting", way=Way.SOUND, failed="no device"),
            ),
            answers=((HostNs(at + NS_PER_S), Answered(alert_at=at, alert_kind="sitting", answer="snooze")),),
            stood_up_after_s=stood_up_after_s,
        ),
        day=DAY,
        utc_offset_s=0,
    )

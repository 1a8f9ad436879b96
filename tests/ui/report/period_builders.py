"""Days for a report, made by hand: short ones, so an hour of wear is a valid day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hipmonitor.core.alerts import AlertKind, AlertLevel, Hold
from hipmonitor.core.civil import CivilTime
from hipmonitor.core.days import figures_of_day
from hipmonitor.core.inbound import Answered
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.io.history import AlertRecord, CalibrationRecord, DayRecord, HistoryEvent
from hipmonitor.ui.report import Period
from tests.core.day_builders import DAY, SIT, STAND, WALK, Diary, clock, counted
from tests.core.history_builders import alert, head

PHYSIO = Settings(set_by="my physio", set_on="2026-03-02", confirmed=True, side="left", wearer="K-17")
VALID_H = 1.0


def at(day: int, hours: float) -> HostNs:
    return HostNs(clock(hours) + (day - DAY) * 86_400 * NS_PER_S)


def diary(day: int = DAY, *, sit_min: int = 55, flexion_deg: float = 80.0, from_h: float = 9.0) -> Diary:
    """Sitting in one piece between a minute's walk and ten minutes up."""
    begun = Diary(at(day, from_h)).did(WALK, 60, 5, cadence_spm=100)
    return begun.did(SIT, sit_min * 60, flexion_deg, deep=flexion_deg > 92).did(STAND, 600, 1)


def day_record(
    day: int = DAY,
    lived: Diary | None = None,
    *,
    alerts: Sequence[AlertRecord] = (),
    events: Sequence[HistoryEvent] = (),
    calibrations: Sequence[CalibrationRecord] = (),
    settings: Settings = PHYSIO,
    civil: CivilTime | None = None,
    reading: str = "settled",
    note: str = "",
) -> DayRecord:
    """What the history keeps of such a day."""
    done = counted((lived or diary(day)).block(), settings=settings, civil=civil)
    return DayRecord(
        figures=done.figures(day, VALID_H),
        reading=reading,  # type: ignore[arg-type]
        sessions=(replace(head(), note=note),),
        minutes=tuple(minute for minute in done.minutes if minute.day == day),
        bouts=tuple(done.bouts),
        events=tuple(events),
        alerts=tuple(alerts),
        calibrations=tuple(calibrations),
    )


def nothing(day: int) -> DayRecord:
    """A day without a recording."""
    figures = figures_of_day(day, [], [], valid_day_worn_h=VALID_H, minimum_bout_s=5)
    return DayRecord(
        figures=figures, reading="none", sessions=(), minutes=(), bouts=(), events=(), alerts=(), calibrations=()
    )


def period(*records: DayRecord, before: Sequence[DayRecord] = (), settings: Settings = PHYSIO) -> Period:
    return Period(
        records=records,
        before=tuple(record.figures for record in before),
        settings=settings,
        today=DAY + 1,
    )


def days(count: int, sit_min: int = 55) -> list[DayRecord]:
    """Valid days one after the other; each sits a minute longer than the one before."""
    return [day_record(DAY + k, diary(DAY + k, sit_min=sit_min + k)) for k in range(count)]


def shown(
    *,
    stood_up_after_s: int | None = 60,
    answer: str = "",
    not_told: Hold | None = None,
    level: AlertLevel = AlertLevel.ALERT,
    kind: AlertKind = AlertKind.SITTING,
    every_way_failed: bool = False,
) -> AlertRecord:
    """An alert, and what followed."""
    kept = alert(level=level, stood_up_after_s=stood_up_after_s)
    followed = kept.followed
    answered = Answered(alert_at=followed.alert.at, alert_kind=kind.value, answer=answer)
    return replace(
        kept,
        followed=replace(
            followed,
            alert=replace(followed.alert, not_told=not_told, kind=kind),
            answers=((followed.alert.at, answered),) if answer else (),
            told=tuple(told for told in followed.told if told.failed or not every_way_failed),
        ),
    )


def calibration(
    day: int = DAY,
    *,
    hours: float = 9.0,
    method: str = "guided",
    sd_deg: float = 2.4,
    quaternion: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0),
    doubted: bool = False,
) -> CalibrationRecord:
    return CalibrationRecord(
        since=at(day, hours),
        place="thigh",
        method=method,
        sd_deg=sd_deg,
        quaternion=quaternion,
        doubted=doubted,
        day=day,
        utc_offset_s=0,
    )


def gap(minutes: float, *, hours: float = 10.0, day: int = DAY) -> HistoryEvent:
    begin = at(day, hours)
    end = HostNs(begin + round(minutes * 60 * NS_PER_S))
    return HistoryEvent(at=begin, kind="gap", detail="lost", end=end, day=day, utc_offset_s=0)

"""An hour of a day: the angle from the recording, or from the kept minutes while that is read or where it is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hipmonitor.core.civil import S_PER_MIN
from hipmonitor.core.days import Minute
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.ui.view_model.angle_history import Curve
from hipmonitor.ui.view_model.durations import clock_time
from hipmonitor.ui.view_model.history.day_look import DayLook
from hipmonitor.ui.view_model.strip import StripMark
from hipmonitor.ui.view_model.strip_look import PlacedMark, placed_marks

HOUR_S = 3600
MERGE = 0.02
SOON_S = 3600


class HourSource(StrEnum):
    """What the curve is drawn from."""

    RECORDING = "from the recording; columns from lowest to highest"
    READING = "reading; its minutes so far"
    DELETED = "the recording is gone; means of its minutes are kept"
    STOPPED = "means of the kept minutes"
    EMPTY = "nothing was recorded in this hour"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HourLook:
    """The card of an hour. x of the curve in seconds before its end."""

    day: int
    hour: int
    title: str
    source: HourSource
    end: HostNs
    utc_offset_s: int
    limit_deg: float
    curve: Curve
    marks: tuple[PlacedMark, ...]
    said: str
    """Of the last alert in it: alert 14:36; stood up 22 s later."""


def hour_span(minutes: Sequence[Minute], hour: int) -> tuple[HostNs, HostNs] | None:
    """From when to when an hour of the day was; the first of two of the same name. None where nothing was recorded in it."""
    minute = next((m for m in minutes if m.minute_of_day // 60 == hour), None)
    if minute is None:
        return None
    second = minute.start_s + minute.utc_offset_s
    start_s = second // HOUR_S * HOUR_S - minute.utc_offset_s
    return HostNs(start_s * NS_PER_S), HostNs((start_s + HOUR_S) * NS_PER_S)


def hour_look(day: DayLook, hour: int, source: HourSource, curve: Curve | None = None) -> HourLook:
    """`curve`: from the recording; None = the kept minutes."""
    span = hour_span(day.minutes, hour)
    start, end = span or (HostNs(0), HostNs(HOUR_S * NS_PER_S))
    offset_s = next((m.utc_offset_s for m in day.minutes if m.minute_of_day // 60 == hour), 0)
    alerts = [kept for kept in day.marks if start <= kept.followed.alert.at < end]
    marks = tuple(
        StripMark(at_ns=a.followed.alert.at, level=a.followed.alert.level, sent=a.followed.alert.told) for a in alerts
    )
    return HourLook(
        day=day.day,
        hour=hour,
        title=f"{hour:02}:00 to {hour + 1:02}:00",
        source=HourSource.EMPTY if span is None else source,
        end=end,
        utc_offset_s=offset_s,
        limit_deg=90.0 if day.limit_deg is None else day.limit_deg,
        curve=_of_minutes(day.minutes, start, end) if curve is None else curve,
        marks=placed_marks(marks, start, end, MERGE),
        said="" if not alerts else _said(alerts[-1].followed.alert.at, offset_s, alerts[-1].followed.stood_up_after_s),
    )


def _said(at: HostNs, utc_offset_s: int, stood_up_after_s: int | None) -> str:
    after = ""
    if stood_up_after_s is not None and stood_up_after_s <= SOON_S:
        amount = f"{stood_up_after_s} s" if stood_up_after_s < 60 else f"{round(stood_up_after_s / 60)} min"
        after = f"; up {amount} later"
    return f"{clock_time(at, utc_offset_s)}{after}"


def _of_minutes(minutes: Sequence[Minute], start: HostNs, end: HostNs) -> Curve:
    """The mean of every minute; a minute without an angle breaks the curve."""
    x, mean = [], []
    for minute in minutes:
        at, deg = minute.start_s * NS_PER_S, minute.tally.mean_flexion_deg
        if start <= at < end and deg is not None:
            x.append((at - end) / NS_PER_S + S_PER_MIN / 2)
            mean.append(deg)
    cuts = np.flatnonzero(np.diff(np.array(x, np.float64)) > 1.5 * S_PER_MIN) + 1
    x_s, mean_deg = (np.insert(np.array(values, np.float64), cuts, np.nan) for values in (x, mean))
    return Curve(x_s=x_s, low_deg=mean_deg, high_deg=mean_deg, unknown=())

"""A day of the history as everything the Day page shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hipmonitor.core.alerts import AlertLevel
from hipmonitor.core.civil import MIN_PER_DAY, S_PER_DAY, S_PER_MIN
from hipmonitor.core.days import DayFigures, Minute
from hipmonitor.io.history import AlertRecord, DayRecord, SessionHead
from hipmonitor.ui.view_model.alert_followed import alert_words, what_followed
from hipmonitor.ui.view_model.bout_names import BOUT_NAMES
from hipmonitor.ui.view_model.civil_dates import long_name, short_name
from hipmonitor.ui.view_model.day_strip import MORNING, Window, whole_day
from hipmonitor.ui.view_model.durations import clock_time, h_mm
from hipmonitor.ui.view_model.history.day_bars import DayBars, day_bars
from hipmonitor.ui.view_model.history.fortnight import Column, columns
from hipmonitor.ui.view_model.history.key_figures import KeyFigure, key_figures

NOT_SETTLED = {"as_lived": "as lived so far, not settled yet", "mixed": "partly as lived: a session is not settled yet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """One alert, as lived."""

    clock: str
    level: AlertLevel
    told: bool
    title: str
    followed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoutRow:
    """Bouts of a length."""

    name: str
    share: float
    """Of the longest bar: their time."""
    count: int
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLook:
    """The page of a day."""

    day: int
    name: str
    so_far: bool
    """It is today."""
    recorded: bool
    worn: bool
    note: str
    """What there is to say of the day as a whole: settled or not, a moved clock, a damaged recording."""
    figures: tuple[KeyFigure, ...]
    bars: DayBars
    alerts: tuple[AlertRow, ...]
    alerts_said: str
    bouts: tuple[BoutRow, ...]
    bouts_said: str
    fortnight: tuple[Column, ...]
    limit_deg: float | None
    minutes: tuple[Minute, ...]
    marks: tuple[AlertRecord, ...]
    sessions: tuple[SessionHead, ...]

    @property
    def title(self) -> str:
        """Tuesday 10 March 2026, so far."""
        return f"{self.name}, so far" if self.so_far else self.name

    @property
    def short_title(self) -> str:
        """Tue 10 Mar."""
        return short_name(self.day)

    @property
    def spoken(self) -> str:
        """The day in a sentence."""
        if not self.recorded:
            return f"{self.title}: nothing was recorded."
        return f"{self.title}: {'; '.join(figure.spoken for figure in self.figures)}."

    @property
    def best_hour(self) -> int | None:
        """The hour that is opened first: of the last alert, else the one with most time above the limit, else worn most."""
        told = [kept for kept in self.marks if kept.followed.alert.level >= AlertLevel.ALERT]
        if told:
            return int(told[-1].followed.alert.at // 10**9 + told[-1].utc_offset_s) % S_PER_DAY // 3600
        hours = sorted({m.minute_of_day // 60 for m in self.minutes})
        return max(hours, key=self._weight) if hours else None

    def _weight(self, hour: int) -> tuple[int, int]:
        tallies = [m.tally for m in self.minutes if m.minute_of_day // 60 == hour]
        return sum(t.above_limit_s for t in tallies), sum(t.worn_s for t in tallies)


def day_look(record: DayRecord, fortnight: Sequence[DayFigures], *, today: int, now_s: int) -> DayLook:
    """`fortnight`: the days up to this one; `now_s`: seconds since the wearer's midnight, of today."""
    f, is_today = record.figures, record.figures.day == today
    window = whole_day(record.minutes)
    now_min = now_s // S_PER_MIN if is_today else None
    if now_min is not None and now_min < MORNING:
        window = Window(start=0, end=MIN_PER_DAY)
    return DayLook(
        day=f.day,
        name=long_name(f.day),
        so_far=is_today,
        recorded=f.tally.recorded_s > 0,
        worn=f.tally.worn_s > 0,
        note="; ".join(_notes(record)),
        figures=tuple(key_figures(f)) if f.tally.recorded_s else (),
        bars=day_bars(record, window, now_min=now_min),
        alerts=tuple(_alert_row(kept) for kept in _last_ones(record.alerts)),
        alerts_said=_alerts_said(record.alerts),
        bouts=tuple(_bouts(f)),
        bouts_said=_count(f.sitting.bouts, "bout"),
        fortnight=columns(fortnight),
        limit_deg=None if f.limits is None else f.limits.thigh_limit_deg,
        minutes=record.minutes,
        marks=record.alerts,
        sessions=record.sessions,
    )


def _last_ones(alerts: Sequence[AlertRecord]) -> Iterator[AlertRecord]:
    """Of a notice, its nudge and its alert about the same sitting only the last: what followed is the same."""
    found = {(kept.followed.alert.kind, kept.followed.alert.evidence.since): kept for kept in alerts}
    full = [kept for kept in alerts if kept.followed.alert.level >= AlertLevel.ALERT]
    return (kept for kept in alerts if kept in full or kept in found.values())


def _notes(record: DayRecord) -> Iterator[str]:
    if record.reading in NOT_SETTLED:
        yield NOT_SETTLED[record.reading]
    moved_h = (S_PER_DAY - record.figures.length_s) / 3600
    if moved_h:
        yield f"the wall's clock moved by {moved_h:+g} h; hours are as worn"
    yield from (head.note for head in record.sessions if head.note)


def _alert_row(kept: AlertRecord) -> AlertRow:
    alert = kept.followed.alert
    return AlertRow(
        clock=clock_time(alert.at, kept.utc_offset_s),
        level=alert.level,
        told=alert.told,
        title=alert_words(alert),
        followed=what_followed(kept.followed),
    )


def _alerts_said(alerts: Sequence[AlertRecord]) -> str:
    """2 alerts, 6 notices: those that were told."""
    told = [kept.followed.alert.level for kept in alerts if kept.followed.alert.told]
    full = sum(level is AlertLevel.ALERT for level in told)
    early = sum(level < AlertLevel.ALERT for level in told)
    return f"{_count(full, 'alert')}, {_count(early, 'notice')}"


def _bouts(f: DayFigures) -> Iterator[BoutRow]:
    """The last two lengths only where there are such bouts."""
    bins = f.sitting.bins
    most = max([1, *(part.time_s for part in bins)])
    for k, (name, part) in enumerate(zip(BOUT_NAMES, bins, strict=True)):
        if k < 4 or part.time_s:
            yield BoutRow(name=name, share=part.time_s / most, count=part.bouts, time=f"{h_mm(part.time_s)} h")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"

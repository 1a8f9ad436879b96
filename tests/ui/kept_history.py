"""Weeks of made-up days in the real store, and an hour that was really recorded."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import Alert, AlertKind, AlertLevel, Evidence
from hipmonitor.core.civil import CivilTime
from hipmonitor.core.days import FollowedAlert
from hipmonitor.core.exposure import DeepCycle, ExposureBlock, FlexionCycle
from hipmonitor.core.inbound import Answered, Told, Way
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.io.history import AlertRecord, History, HistoryEvent, SessionNews, history_file
from hipmonitor.io.places import recordings_folder
from hipmonitor.runtime.history_settling import settle
from tests.core.day_builders import DAY, LIE, NOT_WORN, SEDENTARY, SIT, STAND, WALK, Diary, counted
from tests.core.history_builders import head
from tests.journeys.lived_days import Session

MINE = Settings(set_by="my physio", set_on="2026-03-02", confirmed=True, side="left", wearer="K-17")
DESK = ((8, 76), (27, 84), (14, 82), (41, 88), (18, 94), (33, 80), (22, 92), (12, 78), (47, 86), (16, 81))
"""Minutes of sitting, degrees."""


def at(day: int, hours: float) -> HostNs:
    return HostNs(round((day * 86_400 + hours * 3600) * NS_PER_S))


class MadeUpDay:
    """From waking to bed, the same for the same day."""

    def __init__(self, day: int, *, hours: float = 15.5) -> None:
        self.day, self._draw = day, random.Random(day)
        self.diary = Diary(at(day, 6.9))
        self.alerts: list[AlertRecord] = []
        self.events: list[HistoryEvent] = []
        self.diary.did(STAND, 300, 2).did(WALK, 240, 6, cadence_spm=100).did(STAND, 420, 2)
        k = day
        while self._hour() < 6.9 + hours - 1.2:
            self._sit(*DESK[k % len(DESK)])
            self._up(k)
            k += 1
        if hours > 12:
            self.diary.did(LIE, 1900, 85).did(SEDENTARY, 500, 88)
        self.diary.did(STAND, 500, 2).did(WALK, 200, 5, cadence_spm=90).did(NOT_WORN, 1200)

    def _hour(self) -> float:
        return (self.diary.now / NS_PER_S - self.day * 86_400) / 3600

    def _sit(self, minutes: int, deg: float) -> None:
        begun = self.diary.now
        for _ in range(minutes):
            wobble = deg + self._draw.gauss(0, 2.5)
            self.diary.did(SIT, 60, wobble, deep=wobble > 92, sd_deg=2.4)
        if minutes > 24:
            self._alert(begun, 24, AlertLevel.NOTICE, (minutes - 24) * 60)
        if minutes > 30:
            self._alert(begun, 30, AlertLevel.ALERT, (minutes - 30) * 60)

    def _alert(self, begun: HostNs, minutes: int, level: AlertLevel, stood_up_after_s: int) -> None:
        when = HostNs(begun + minutes * 60 * NS_PER_S)
        alert = Alert(
            at=when,
            kind=AlertKind.SITTING,
            level=level,
            evidence=Evidence(since=begun, minutes=minutes, mean_deg=86.0, highest_deg=95.0),
            limit_min=30.0,
            reminder_min=5.0,
        )
        name = {"alert_at": when, "alert_kind": "sitting"}
        snoozed = level is AlertLevel.ALERT and stood_up_after_s > 600
        answers = ((HostNs(when + NS_PER_S), Answered(**name, answer="snooze")),) if snoozed else ()  # type: ignore[arg-type]
        told = (Told(**name, way=Way.DESKTOP),)  # type: ignore[arg-type]
        followed = FollowedAlert(alert=alert, told=told, answers=answers, stood_up_after_s=stood_up_after_s)
        self.alerts.append(AlertRecord(followed=followed, day=self.day, utc_offset_s=0))

    def _up(self, k: int) -> None:
        """Some breaks are long, some too short; now and then the sensor is out of reach, and a mark is set."""
        self.diary.did(STAND, 30 + 25 * (k % 4), 3)
        if k % 3:
            self.diary.did(WALK, 80 + 160 * (k % 5), 6, cadence_spm=104)
        if k % 11 == 0:
            lost = HistoryEvent(
                at=self.diary.now,
                kind="gap",
                detail="lost",
                end=HostNs(self.diary.now + 420 * NS_PER_S),
                day=self.day,
                utc_offset_s=0,
            )
            self.events.append(lost)
            self.diary.lost(420)
        if k % 7 == 0:
            mark = HistoryEvent(
                at=self.diary.now, kind="mark", detail="tea", end=self.diary.now, day=self.day, utc_offset_s=0
            )
            self.events.append(mark)


def bends(made: MadeUpDay) -> ExposureBlock:
    """What bent the thigh of that day: seats, stairs, some squats, a way by bike."""
    draw = random.Random(made.day)
    worn = made.diary.seconds[-1].end - made.diary.seconds[0].start
    kinds = (ActivityKind.SIT,) * 5 + (ActivityKind.STAIRS,) * 3 + (ActivityKind.STAND,) * 2 + (ActivityKind.CYCLE,)
    deep = []
    for _ in range(draw.randint(14, 30)):
        when = HostNs(made.diary.seconds[0].start + int(draw.triangular(0, 1, 0.4) * worn))
        deep.append(DeepCycle(start=when, end=HostNs(when + NS_PER_S), kind=draw.choice(kinds), highest_deg=98.0))
    steps = [WALK] * 900 + [ActivityKind.CYCLE] * 140
    every = [(each.start, each.kind) for each in deep]
    every += [(HostNs(made.diary.seconds[0].start + k * (worn // len(steps))), kind) for k, kind in enumerate(steps)]
    cycles = [FlexionCycle(at=when, kind=kind, lowest_deg=0.0, highest_deg=45.0) for when, kind in sorted(every)]
    return replace(
        made.diary.block(), cycles=tuple(cycles), deep_cycles=tuple(sorted(deep, key=lambda each: each.start))
    )


def keep(made: MadeUpDay, *, civil: CivilTime | None = None, until: HostNs | None = None) -> None:
    """Into the history of this computer; `until`: what came later is not there yet, and it is as lived."""
    if until is not None:
        made.diary.seconds = [second for second in made.diary.seconds if second.end <= until]
        made.diary.bouts = [bout for bout in made.diary.bouts if bout.end <= until]
        made.diary.rhythm = [second for second in made.diary.rhythm if second.start < until]
    done, seconds = counted(bends(made), settings=MINE, civil=civil), made.diary.seconds
    last = HostNs(seconds[-1].end)
    offset = {minute.day: minute.utc_offset_s for minute in done.minutes}.get(made.day, 0)
    news = SessionNews(
        minutes=tuple(done.minutes),
        bouts=tuple(done.bouts),
        parts=tuple(done.days.state.parts.values()),
        events=tuple(event for event in made.events if event.at < last),
        alerts=tuple(replace(kept, utc_offset_s=offset) for kept in made.alerts if kept.followed.alert.at < last),
    )
    reading = "settled" if until is None else "as_lived"
    with History() as history:
        history.replace(head(f"day {made.day}", start=seconds[0].start, end=last, reading=reading), news)  # type: ignore[arg-type]


def keep_weeks(count: int = 28, *, last: int = DAY - 1) -> None:
    """Days up to `last`; one was worn for some hours only, some not at all."""
    for k, day in enumerate(range(last - count + 1, last + 1)):
        if count > 14 and k in {8, 9}:
            continue
        keep(MadeUpDay(day, hours=6.0 if k % 9 == 4 else 15.5 - (k % 3)))


SCRIPT: Sequence[tuple[str, int]] = (
    ("stand", 60), ("walk", 90), ("sit", 900), ("stand", 70), ("walk", 120), ("sit", 1500), ("walk", 100), ("sit", 900),
)  # fmt: skip


def keep_recorded_hour(day: int = DAY, hour: float = 14.0) -> None:
    """A session of about an hour in a recording, settled into the history."""
    session = Session(begin_s=round((day - DAY) * 86_400 + hour * 3600), script=tuple(SCRIPT))  # type: ignore[arg-type]
    recordings_folder().mkdir(parents=True, exist_ok=True)
    history_file().parent.mkdir(parents=True, exist_ok=True)
    path = session.record(recordings_folder())
    with History() as history:
        settle(history, path)

"""The life, day after day: a check-in, what the plan says, the exercises it offers, a recording, and what the history makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hipmonitor.core.civil import weekday_of
from hipmonitor.core.exercises import Target
from hipmonitor.core.programme import STARTING_PLAN
from hipmonitor.io.history import History, SetRecord, history_file
from hipmonitor.io.places import recordings_folder
from hipmonitor.io.settings import load_settings
from hipmonitor.runtime.history_settling import settle
from tests.journeys.twelve_weeks.story import Overruling, Story, said
from tests.journeys.twelve_weeks.turned_clock import Wall, say, told
from tests.journeys.twelve_weeks.worn_day import DoneSet, lived

EPOCH = date(1970, 1, 1)
MORNING_H, EVENING_H, LATE_H = 7.25, 19.5, 7.1
PHYSIO = "my physio"
THIGH_LIMIT_DEG = 95


@dataclass(frozen=True, kw_only=True)
class LivedDay:
    """What was so on one day, and what the program said."""

    number: int
    """Of the life, 0 the first."""
    day: int
    """Since 1970-01-01."""
    said: Mapping[str, str]
    """The check-in."""
    plan: Mapping[str, Any]
    """As `hipmonitor plan --json` told it in the morning; empty where nobody looked."""
    sets: tuple[DoneSet, ...]
    worn_h: float

    @property
    def step(self) -> str:
        return str(self.plan["step"]) if self.plan else ""

    @property
    def phase(self) -> str:
        return str(self.plan["phase"]) if self.plan else ""


@dataclass(kw_only=True)
class Life:
    """One life in one home."""

    story: Story
    first: int
    """Day, since 1970-01-01."""
    wall: Wall
    lived: list[LivedDay] = field(default_factory=list)

    @property
    def last(self) -> int:
        return self.first + self.story.days - 1

    def begin(self) -> None:
        """First run: limits that somebody set, a plan that somebody confirmed."""
        on = iso(self.first)
        self.wall.turn(self.first, MORNING_H)
        say("settings", "set", "side", "left")
        say("settings", "set", "wearer", "L-12")
        say("settings", "set", "days.valid_day_worn_h", self.story.valid_day_worn_h)
        say("settings", "set", "seat.thigh_length_cm", "42")
        for key, value in (("sit_limit_min", self.story.sit_limit_min), ("thigh_limit_deg", THIGH_LIMIT_DEG)):
            say("settings", "set", key, value, "--by", PHYSIO, "--on", on)
        say("plan", "template")
        say("plan", "confirm", "--by", PHYSIO, "--on", on)

    def live(self, after: Callable[[LivedDay], object] = lambda _day: None) -> None:
        """Every day; `after` is called in the evening of each."""
        for number in range(self.story.days):
            self.lived.append(self._day(number))
            after(self.lived[-1])

    def _day(self, number: int) -> LivedDay:
        day, story = self.first + number, self.story
        if story.lapsed(number):
            return LivedDay(number=number, day=day, said={}, plan={}, sets=(), worn_h=0.0)
        words = said(story, number)
        self._morning(number, day, words)
        plan = told("plan")["today"]
        offered = [(each["exercise"], _target(each["target"])) for each in plan["exercises"]]
        comfort = max(1, 9 - int(words.get("pain-worst", "3")))
        worn = lived(story, number, day, offered, load_settings(), comfort)
        with History() as history:
            settle(history, worn.record(recordings_folder()))
        self.wall.turn(day, EVENING_H)
        sets = tuple(worn.sets())
        if sets and words and number != story.said_late:
            say("checkin", "edit", "today", "--comfort-before", comfort, "--comfort-after", comfort)
        return LivedDay(number=number, day=day, said=words, plan=plan, sets=sets, worn_h=worn.seconds / 3600)

    def _overruling(self, day: int) -> Overruling | None:
        days = {_no_rest_day(self.first + number): other for number, other in self.story.overrulings.items()}
        return days.get(day)

    def _morning(self, number: int, day: int, words: Mapping[str, str]) -> None:
        story = self.story
        self.wall.turn(day, LATE_H)
        if number == story.said_late + 1:
            _check_in(said(story, story.said_late), "--day", "yesterday")
        self.wall.turn(day, MORNING_H)
        if number in story.scores:
            say("checkin", "score", "HAGOS pain", story.scores[number])
        if words and number != story.said_late:
            sign = ("--sign", story.sign) if number == story.sign_day else ()
            _check_in({**words, "note": story.sign_note} if sign else words, *sign)
        other = self._overruling(day)
        if other is not None:
            say("plan", "overrule", other.step, "--by", other.by, "--note", other.note)


def _no_rest_day(day: int) -> int:
    """That day, or the next one on which the plan does not rest anyway."""
    return next(each for each in range(day, day + 7) if weekday_of(each) not in STARTING_PLAN.rest_weekdays)


def _check_in(words: Mapping[str, str], *more: str) -> None:
    say("checkin", *(part for name, value in words.items() for part in (f"--{name}", value)), *more)


def _target(plain: Mapping[str, Any]) -> Target:
    return Target(**plain)


def iso(day: int) -> str:
    """As 2026-11-22."""
    return (EPOCH + timedelta(days=day)).isoformat()


def sets_kept(first: int, last: int) -> list[SetRecord]:
    """Of the history."""
    if not history_file().exists():
        return []
    with History() as history:
        return list(history.sets(first, last))

"""What a check-in asks, and how one that was made is said in a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipmonitor.core.civil import S_PER_DAY
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.programme import SCORES, CheckIn, OutsideScore
from hipmonitor.ui.view_model.check_in_words import QUESTIONS, SIGNS
from hipmonitor.ui.view_model.civil_dates import short_name
from hipmonitor.ui.view_model.durations import clock_time

PROMISE = "Thirty seconds. Every field may be left out, and all of it can be changed or deleted later."
NOTHING = "Nothing is entered yet."
NOT_YET = "No check-in today yet."
SHOWN = 12
"""Earlier ones in the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleField:
    """One number from 0 to 10."""

    key: str
    """Of the check-in."""
    label: str
    brief: str
    """In a line: worst pain 4."""
    ends: tuple[str, str]
    """What 0 and 10 mean."""


PAIN, COMFORT = ("none", "worst"), ("none", "full")
FIELDS = tuple(
    ScaleField(key=key, label=QUESTIONS[key], brief=brief, ends=ends)
    for key, brief, ends in (
        ("stiffness", "stiffness", PAIN),
        ("pain_rest", "pain at rest", PAIN),
        ("pain_worst", "at its worst", PAIN),
        ("fatigue", "fatigue", PAIN),
        ("comfort_before", "comfort before exercise", COMFORT),
        ("comfort_after", "after exercise", COMFORT),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInRow:
    """One that was made."""

    made_at: HostNs
    name: str
    """Today, 07:12."""
    words: str
    sign: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """A score from outside."""

    made_at: HostNs
    words: str
    """HAGOS pain 72, 2 March."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInLook:
    """The card: today's, and how many of the last days had one."""

    done_today: bool
    title: str
    words: str
    days: tuple[tuple[str, int | None, bool], ...]
    """Weekday, worst pain, whether there was a check-in: the last seven days."""

    @property
    def spoken(self) -> str:
        """In words."""
        said = [
            f"{day} {'no check-in' if not there else 'check-in' if pain is None else f'pain {pain}'}"
            for day, pain, there in self.days
        ]
        return f"{self.title} {self.words} The last days: {', '.join(said)}."


def is_empty(check_in: CheckIn) -> bool:
    """Whether nothing was entered."""
    return not (check_in.note.strip() or check_in.signs or any(getattr(check_in, key) is not None for key in SCORES))


def check_in_words(check_in: CheckIn) -> str:
    """In a line: pain at rest 2, at its worst 4; numbness; "a note"."""
    scores = [
        f"{field.brief} {getattr(check_in, field.key)}" for field in FIELDS if getattr(check_in, field.key) is not None
    ]
    parts = [", ".join(scores), "; ".join(SIGNS[sign] for sign in check_in.signs), check_in.note.strip()]
    return "; ".join(part for part in parts if part)


def check_in_rows(check_ins: Sequence[CheckIn], today: int) -> tuple[CheckInRow, ...]:
    """The newest first."""
    newest = sorted(check_ins, key=lambda each: (each.day, each.made_at), reverse=True)[:SHOWN]
    return tuple(
        CheckInRow(made_at=each.made_at, name=_when(each, today), words=check_in_words(each), sign=bool(each.signs))
        for each in newest
    )


def _when(check_in: CheckIn, today: int) -> str:
    """Made on another day than it is about: without the clock."""
    day = day_name(check_in.day, today)
    made_on = (check_in.made_at // NS_PER_S + check_in.utc_offset_s) // S_PER_DAY
    return f"{day}, {clock_time(check_in.made_at, check_in.utc_offset_s)}" if made_on == check_in.day else day


def day_name(day: int, today: int) -> str:
    """Today; Yesterday; Mon 9 Mar."""
    return {0: "Today", 1: "Yesterday"}.get(today - day, " ".join(short_name(day).split()))


def score_rows(scores: Sequence[OutsideScore]) -> tuple[ScoreRow, ...]:
    """The newest first."""
    newest = sorted(scores, key=lambda each: (each.day, each.made_at), reverse=True)[:SHOWN]
    return tuple(
        ScoreRow(
            made_at=each.made_at, words=f"{each.name} {each.score:g}, {' '.join(short_name(each.day).split()[1:])}"
        )
        for each in newest
    )


def check_in_look(check_ins: Sequence[CheckIn], today: int) -> CheckInLook:
    """Of today, beside the last seven days."""
    mine = [each for each in check_ins if each.day == today]
    latest = max(mine, key=lambda each: each.made_at, default=None)
    return CheckInLook(
        done_today=latest is not None,
        title=NOT_YET if latest is None else f"Checked in, {_when(latest, today)}.".replace("Today", "today"),
        words=PROMISE if latest is None else check_in_words(latest),
        days=tuple(_day(check_ins, day) for day in range(today - 6, today + 1)),
    )


def _day(check_ins: Sequence[CheckIn], day: int) -> tuple[str, int | None, bool]:
    mine = [each for each in check_ins if each.day == day]
    pains = [each.pain_worst for each in mine if each.pain_worst is not None]
    return short_name(day)[:3], max(pains, default=None), bool(mine)

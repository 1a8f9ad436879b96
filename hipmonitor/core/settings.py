"""The settings in force, as the rooms see them. Plain values; `io.settings` reads them from TOML and names the file.

Every number here is a preset that the wearer or the physio confirms. None is a medical limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

Side = Literal["left", "right", "unknown"]
AlertMode = Literal["train", "track"]
AfterQuiet = Literal["keep", "reset", "alert_if_over"]
ALL_DAY, OFF = "all day", "off"
MIN_PER_DAY = 1440
ADDRESS = re.compile("(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""Of a Bluetooth device; macOS has identifiers of its own instead."""


def _within(name: str, value: float, low: float, high: float, unit: str) -> None:
    if not low <= value <= high:
        raise ValueError(f"{name} is {value:g} {unit}; choose a value from {low:g} to {high:g} {unit}")


def is_date(text: str) -> bool:
    """Whether there was, or will be, such a day: 2026-11-22."""
    parts = text.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(part.isascii() and part.isdecimal() for part in parts):
        return False
    year, month, day = map(int, parts)
    return year > 0 and 1 <= month <= 12 and 1 <= day <= _days_of(year, month)


def day_number(date: str) -> int:
    """Days since 1970-01-01 of a day as 2026-11-22 (`is_date`); Hinnant's count of days from March on."""
    year, month, day = map(int, date.split("-"))
    year -= month <= 2
    era, of_year = year // 400, (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    of_era = (year % 400) * 365 + year % 400 // 4 - year % 400 // 100 + of_year
    return era * 146_097 + of_era - 719_468


def _days_of(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingLimit:
    """Prolonged sitting. 30 min is common in sitting trials and protocols; not a limit known for the hip."""

    sit_limit_min: float = 30.0
    break_s: float = 60.0
    """Upright in one piece for this long resets the timer (activPAL's prompt study asked for at least 1 min)."""

    def __post_init__(self) -> None:
        _within("sit_limit_min", self.sit_limit_min, 0.05, 600, "min")
        _within("break_s", self.break_s, 1, 3600, "s")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepFlexionLimit:
    """Prolonged deep flexion of the thigh. No trial supports the minutes: a preset that somebody confirms."""

    thigh_limit_deg: float = 90.0
    deep_limit_min: float = 10.0
    release_deg: float = 5.0
    """The thigh counts as lowered again this far below the limit (hysteresis)."""
    break_below_deg: float = 15.0
    """Lowering the thigh this far below the limit, in any posture, for `break_s` is a break."""
    break_s: float = 60.0

    def __post_init__(self) -> None:
        _within("thigh_limit_deg", self.thigh_limit_deg, 30, 130, "deg")
        _within("deep_limit_min", self.deep_limit_min, 0.05, 600, "min")
        _within("release_deg", self.release_deg, 0, 30, "deg")
        _within("break_below_deg", self.break_below_deg, 0, 60, "deg")
        _within("break_s", self.break_s, 1, 3600, "s")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRules:
    """How the wearer is told. Nothing here changes what is measured."""

    mode: AlertMode = "train"
    """train = alerts are told; track = they are decided and kept, never told."""
    snoozes_per_bout: int = 2
    """After so many in one bout of sitting the next alert cannot be put off; 0 = no snooze."""
    reminder_min: float = 5.0
    """After an alert the first reminder comes this much later, each further one after twice the wait before."""
    after_quiet: AfterQuiet = "keep"
    """When a quiet time ends: timers go on (keep), begin anew (reset), or what is over is told at once (alert_if_over)."""
    deep_bends_per_hour: int = 0
    """Told when exceeded; 0 = not told."""
    daily_sitting_budget_h: float = 0.0
    """0 = none. No evidence names one for the hip."""
    daily_deep_budget_min: float = 0.0
    """0 = none. No evidence names one."""
    seat_hint: bool = True
    """Say so once a day where the seat keeps the thigh above its limit."""

    def __post_init__(self) -> None:
        if self.mode not in {"train", "track"}:
            raise ValueError(f"mode is {self.mode!r}; choose train or track")
        if self.after_quiet not in {"keep", "reset", "alert_if_over"}:
            raise ValueError(f"after_quiet is {self.after_quiet!r}; choose keep, reset or alert_if_over")
        _within("snoozes_per_bout", self.snoozes_per_bout, 0, 20, "snoozes")
        _within("reminder_min", self.reminder_min, 1, 120, "min")
        _within("deep_bends_per_hour", self.deep_bends_per_hour, 0, 1000, "bends")
        _within("daily_sitting_budget_h", self.daily_sitting_budget_h, 0, 24, "h")
        _within("daily_deep_budget_min", self.daily_deep_budget_min, 0, MIN_PER_DAY, "min")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """When alerts may be told, by weekday: "all day", "off", or ranges as "08:00-12:00, 13:00-18:00"."""

    monday: str = ALL_DAY
    tuesday: str = ALL_DAY
    wednesday: str = ALL_DAY
    thursday: str = ALL_DAY
    friday: str = ALL_DAY
    saturday: str = ALL_DAY
    sunday: str = ALL_DAY

    def __post_init__(self) -> None:
        for name, text in zip(WEEKDAYS, self.by_weekday(), strict=True):
            try:
                minute_ranges(text)
            except ValueError as error:
                raise ValueError(f"{name} is {text!r}; {error}") from error

    def by_weekday(self) -> tuple[str, ...]:
        """Monday first."""
        return self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday

    def hold(self, weekday: int, minute_of_day: int) -> bool:
        """Whether that minute lies inside."""
        return any(start <= minute_of_day < end for start, end in minute_ranges(self.by_weekday()[weekday]))


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@cache
def minute_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Ranges of minutes of a day, ends excluded, from what a person writes.

    Raises:
        ValueError: it says what to write.
    """
    if text.strip() in {ALL_DAY, OFF}:
        return ((0, MIN_PER_DAY),) if text.strip() == ALL_DAY else ()
    ranges = [tuple(_minute(edge) for edge in part.split("-")) for part in text.split(",")]
    if any(len(edges) != 2 or edges[0] >= edges[1] for edges in ranges):
        raise ValueError(HOURS_REMEDY)
    return tuple((start, end) for start, end in ranges)


HOURS_REMEDY = 'write "all day", "off", or ranges within the day as "08:00-12:00, 13:00-18:00"'


def _minute(text: str) -> int:
    hours, colon, minutes = text.strip().partition(":")
    digits = hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2
    minute = int(hours) * 60 + int(minutes) if digits and colon else -1
    if not (0 <= minute <= MIN_PER_DAY and int(minutes) < 60):
        raise ValueError(HOURS_REMEDY)
    return minute


def _is_time(text: str) -> bool:
    try:
        return _minute(text) < MIN_PER_DAY
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """By which ways an alert reaches the wearer, beside the view."""

    desktop: bool = True
    sound: bool = False
    sound_volume_percent: int = 50
    vibration: bool = False

    def __post_init__(self) -> None:
        _within("sound_volume_percent", self.sound_volume_percent, 0, 100, "%")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountAloud:
    """How a guided set is counted where nobody looks at a screen; as loud as an alert."""

    count_by_sound: bool = True
    count_by_vibration: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """How days are judged."""

    valid_day_worn_h: float = 10.0
    """A day worn for less is shown, and left out of every mean (10 waking hours are usual; activPAL's 24-h protocol asks 20)."""

    def __post_init__(self) -> None:
        _within("valid_day_worn_h", self.valid_day_worn_h, 0, 24, "h")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIns:
    """Whether the wearer is asked to check in."""

    remind_at: str = OFF
    """Once a day by a desktop notification, as 20:30; "off" = never. Not where the day has a check-in, and never in quiet time."""

    def __post_init__(self) -> None:
        if self.remind_at != OFF and not 0 <= _minute_or_minus_one(self.remind_at) < MIN_PER_DAY:
            raise ValueError(f'remind_at is {self.remind_at!r}; write "off", or a time of day as "20:30"')

    @property
    def minute(self) -> int | None:
        """Of the day; None = never."""
        return None if self.remind_at == OFF else _minute(self.remind_at)


def _minute_or_minus_one(text: str) -> int:
    try:
        return _minute(text)
    except ValueError:
        return -1


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatHeight:
    """What the seat coach is told, once. Nothing here changes what is measured."""

    margin_deg: float = 0.0
    """The hip this far above the knee, as the thigh's slope. 0 = hips not below knees, as protocols after hip arthroscopy and
    advice for such hips put it; no trial names a slope."""
    thigh_length_cm: float = 0.0
    """From the outer hip bone to the outer knee joint; 0 = not given, then no centimetres are told."""
    knee_above_hip_cm: float = 0.0
    """Measured with a tape while sitting, both feet on the floor: height of the outer knee joint minus that of the outer hip bone,
    each above the floor, each the mean of some times, the bone felt for anew each time."""
    times_measured: int = 2
    """How often each of the two heights was measured. From four on it is enough for centimetres on most seats."""
    measured_at: str = ""
    """The middle minute of that, as 2026-11-22 14:30; "" = not measured."""
    changed_on: str = ""
    """The day on which the usual seat was changed last, as 2026-11-22; "" = not said, then it is looked for."""

    def __post_init__(self) -> None:
        _within("margin_deg", self.margin_deg, -10, 30, "deg")
        if self.thigh_length_cm:
            _within("thigh_length_cm", self.thigh_length_cm, 30, 60, "cm")
        _within("knee_above_hip_cm", self.knee_above_hip_cm, -30, 30, "cm")
        _within("times_measured", self.times_measured, 1, 20, "times")
        if self.changed_on and not is_date(self.changed_on):
            raise ValueError(f"changed_on is {self.changed_on!r}; write the day as 2026-11-22")
        date, _, time = self.measured_at.partition(" ")
        if self.measured_at and not (is_date(date) and _is_time(time)):
            raise ValueError(f"measured_at is {self.measured_at!r}; write the day and the time as 2026-11-22 14:30")

    @property
    def measured(self) -> tuple[int, int] | None:
        """(day since 1970-01-01, minute of the day) of the measurement; None without one."""
        date, _, time = self.measured_at.partition(" ")
        return (day_number(date), _minute(time)) if date else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """Hints about how one sits: a line in the view, three a day of a kind, an hour apart. Each has a switch."""

    leaning: bool = False
    """Leaning forward; needs a pelvis sensor. Off: on simulated people it missed most and was wrong once in eight."""
    crossed_legs: bool = True
    """An ankle on the other knee: the thigh turned out. Needs the side."""
    knee_in: bool = True
    """The thigh turned in. Needs the side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recordings:
    """How recordings are kept."""

    encrypt: bool = False
    """Closed recordings are encrypted with a key in this system's keyring; other programs cannot open them then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a person can set that changes a result."""

    side: Side = "unknown"
    thigh_sensor: str = ""
    """The sensor worn on the thigh, by its address or serial number; "" = the first one heard that has no other place."""
    pelvis_sensor: str = ""
    """The sensor worn on the pelvis; "" = none."""
    other_thigh_sensor: str = ""
    """The sensor worn on the other thigh; "" = none."""
    set_by: str = "preset"
    """Who chose the limits, in the wearer's words: "preset", "me", "my physio"."""
    set_on: str = ""
    """When, as 2026-11-22; "" = not said."""
    confirmed: bool = False
    """The wearer has confirmed the limits once."""
    wearer: str = ""
    """Name or pseudonym for the report; "" = none."""
    sitting: SittingLimit = field(default_factory=SittingLimit)
    deep_flexion: DeepFlexionLimit = field(default_factory=DeepFlexionLimit)
    alerts: AlertRules = field(default_factory=AlertRules)
    working_hours: WorkingHours = field(default_factory=WorkingHours)
    delivery: Delivery = field(default_factory=Delivery)
    exercise: CountAloud = field(default_factory=CountAloud)
    days: Days = field(default_factory=Days)
    check_ins: CheckIns = field(default_factory=CheckIns)
    seat: SeatHeight = field(default_factory=SeatHeight)
    hints: Hints = field(default_factory=Hints)
    recordings: Recordings = field(default_factory=Recordings)

    def __post_init__(self) -> None:
        if self.set_on and not is_date(self.set_on):
            raise ValueError(f"set_on is {self.set_on!r}; write the day as 2026-11-22")
        if self.side not in {"left", "right", "unknown"}:
            raise ValueError(f"side is {self.side!r}; choose left, right or unknown (of the wearer)")
        self._check_places()

    def _check_places(self) -> None:
        """One sensor, one place; an address means the same in small letters."""
        placed: dict[str, str] = {}
        for place in ("thigh_sensor", "pelvis_sensor", "other_thigh_sensor"):
            sensor = str(getattr(self, place))
            if ADDRESS.fullmatch(sensor):
                sensor = sensor.upper()
                object.__setattr__(self, place, sensor)
            if sensor in placed:
                raise ValueError(f"{placed[sensor]} and {place} are both {sensor!r}; one sensor sits in one place")
            if sensor:
                placed[sensor] = place

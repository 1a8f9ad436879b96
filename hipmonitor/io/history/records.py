"""What the history holds of a session and of a day, as plain values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from hipmonitor.core.days import DayBout, DayFigures, DayPart, FollowedAlert, Minute
from hipmonitor.core.exercise import SetResult
from hipmonitor.core.inbound import SensorId
from hipmonitor.core.instants import HostNs

Reading = Literal["as_lived", "settled"]
Place = Literal["thigh", "pelvis", "other thigh"]


def number_of(key: str) -> int:
    """A session's number in the database, from its key: no counter, so that every rebuild gives the same."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHead:
    """One recording."""

    key: str
    """Its name without endings: a repair keeps it."""
    sensor: SensorId
    start: HostNs
    end: HostNs
    """Of its last decided second."""
    owned_from: HostNs | None
    """Time before it belongs to a session that began earlier and had not ended; None = all of it is its own."""
    reading: Reading
    program: str
    minimum_bout_s: int
    note: str = ""
    """What is missing of the recording, as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingTotals:
    """What one reading says of a whole recording."""

    reading: Reading
    sedentary_s: int
    upright_s: int
    unknown_s: int
    not_worn_s: int
    deep_s: int
    breaks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEvent:
    """Something at an instant: a transition, a gap, a link that was lost, a pose, a mark."""

    at: HostNs
    kind: str
    detail: str
    end: HostNs
    """Of a gap; else `at`."""
    day: int
    utc_offset_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationRecord:
    """How a sensor sat, from when on."""

    since: HostNs
    place: Place
    method: str
    sd_deg: float
    """inf where it was not known."""
    quaternion: tuple[float, ...]
    """wxyz, segment from sensor; NaN where it was not known."""
    doubted: bool
    day: int
    utc_offset_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRecord:
    """An alert as it was lived, and what followed."""

    followed: FollowedAlert
    day: int
    utc_offset_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRecord:
    """A guided set that ended."""

    result: SetResult
    """As its session's reading has it: settled, once it is."""
    shown: int
    """Repetitions that counted, as the wearer was shown them; stays as lived."""
    day: int
    utc_offset_s: int
    comfort: int | None = None
    """0-10, 10 is best; None where the wearer did not say. Read from what was said, which may be of a later session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRating:
    """How comfortable the hip was in a set, said at some time after it."""

    at: HostNs
    started: HostNs
    """Which set."""
    comfort: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNews:
    """Rows to be added to a session, or all of them."""

    minutes: tuple[Minute, ...] = ()
    bouts: tuple[DayBout, ...] = ()
    parts: tuple[DayPart, ...] = ()
    events: tuple[HistoryEvent, ...] = ()
    alerts: tuple[AlertRecord, ...] = ()
    calibrations: tuple[CalibrationRecord, ...] = ()
    totals: tuple[ReadingTotals, ...] = ()
    sets: tuple[SetRecord, ...] = ()
    ratings: tuple[SetRating, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRecord:
    """Everything that is kept of one civil day."""

    figures: DayFigures
    reading: Literal["as_lived", "settled", "mixed", "none"]
    """Of its recordings; mixed while one of them goes on. Alerts are always as lived."""
    sessions: tuple[SessionHead, ...]
    minutes: tuple[Minute, ...]
    bouts: tuple[DayBout, ...]
    """That began on the day or reach into it."""
    events: tuple[HistoryEvent, ...]
    alerts: tuple[AlertRecord, ...]
    calibrations: tuple[CalibrationRecord, ...]
    sets: tuple[SetRecord, ...] = ()
    """That began on the day."""

"""The front door: everything from outside that can change a result enters as one of these, time-stamped, and is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NewType

from hipmonitor.core.arrays import Nanoseconds, Vec3s
from hipmonitor.core.exercises import Exercise, Target
from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import Settings

SensorId = NewType("SensorId", str)
"""What tells one sensor from another for as long as a recording lasts: its address or serial number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """Bytes that crossed the radio, untouched: notified by the sensor, read from it, or written to it.

    `channel` is family/name, e.g. "hip/data"; what the host wrote ends in ">", e.g. "hip/sync>".
    `at` is the instant the bytes arrived or, for a write, the instant just before it was handed to the radio.
    """

    at: HostNs
    sensor: SensorId
    channel: str
    payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Samples:
    """Samples of a source that is not a radio (arrays, files). They enter at the second room and are never quantised."""

    at: HostNs
    sensor: SensorId
    rate_hz: float
    """Nominal sample rate of the source; the true one is estimated from t_ns."""
    t_ns: Nanoseconds
    acc_mps2: Vec3s
    gyr_radps: Vec3s | None


class LinkState(StrEnum):
    """What became of the link to one sensor."""

    SEARCHING = "searching"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    STREAMING = "streaming"
    LOST = "lost"
    OVERFLOW = "overflow"
    """The host could not keep up: `detail` says how many notifications were dropped."""
    ENDED = "ended"
    """No more will come from this sensor in this session; open windows close with what they have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChange:
    """The link to a sensor changed; `detail` is a sentence for a person."""

    at: HostNs
    sensor: SensorId
    state: LinkState
    detail: str = ""


class Pose(StrEnum):
    """What the wearer is asked to hold, or to do, during a guided calibration."""

    STAND = "stand"
    LIFT = "lift"
    """Standing, the knee is lifted some times; between standing and sitting, and may be left out."""
    SIT = "sit"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPose:
    """The wearer says: from now on I hold this pose quietly, or lift the knee."""

    pose: Pose


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPlacement:
    """The sensor was put on anew: earlier calibrations no longer hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSettings:
    """From now on these settings are in force. The first Inbound of a session is one of these."""

    settings: Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """Hold further alerts for this long, or until the wearer stands."""

    minutes: float | None
    """None: until the wearer stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Tell nothing for this long, or until the next morning; measuring goes on."""

    minutes: float | None
    """None: until tomorrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndQuiet:
    """Alerts are told again."""


class Way(StrEnum):
    """How an alert reaches the wearer."""

    DESKTOP = "desktop"
    SOUND = "sound"
    VIBRATION = "vibration"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An alert was handed to one way, or that failed. Changes no result; the history shows it."""

    alert_at: HostNs
    alert_kind: str
    way: Way
    failed: str = ""
    """Why it did not reach the wearer; empty where it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the wearer did with a told alert; a snooze or a quiet time it asked for is an action of its own."""

    alert_at: HostNs
    alert_kind: str
    answer: Literal["snooze", "quiet", "stand", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A moment the wearer wants to find again."""

    text: str = ""
    made_at: HostNs | None = None
    """The moment, where it is not now: a note is written after its mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TookOff:
    """The wearer took the sensor off; what follows is not worn until movement of a leg is seen again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldToday:
    """An alert that an earlier session of the day gave: the highest level of its kind."""

    kind: str
    level: int
    times: int = 1
    last_at: HostNs | None = None
    """The last of them; None = not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySoFar:
    """What the history holds of this civil day as a session begins: day budgets go on, and nothing is said twice."""

    day: int
    """Since 1970-01-01, of the wearer's date."""
    sitting_s: int
    deep_s: int
    told: tuple[ToldToday, ...] = ()
    resting: bool = False
    """A warning sign was entered today: see `RestOfDay`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSet:
    """The wearer begins a guided set; a set that still runs ends. The exercise comes whole, so that a replay needs no library."""

    exercise: Exercise
    target: Target
    number: int = 1
    """Which set of it in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseSet:
    """Nothing is counted until the set goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeSet:
    """The set goes on: the start pose is looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSet:
    """The wearer ends the set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateSet:
    """How comfortable the hip was in a set that ended."""

    started: HostNs
    """Which set."""
    comfort: int
    """0-10, 10 is best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestOfDay:
    """A warning sign was entered: until the wearer's day is over no reminder is told and no set begins; measuring goes on."""


Action = (
    HoldPose
    | ForgetPlacement
    | ChangeSettings
    | Snooze
    | Quiet
    | EndQuiet
    | Told
    | Answered
    | Mark
    | TookOff
    | DaySoFar
    | StartSet
    | PauseSet
    | ResumeSet
    | EndSet
    | RateSet
    | RestOfDay
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserAction:
    """Something a person did or set."""

    at: HostNs
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStep:
    """The wall clock was stepped, or the computer slept and woke."""

    at: HostNs
    step_ns: int
    reason: str
    slept_ns: int = 0
    """How long the computer slept; 0 = it did not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Once a second: the civil time at `at`, so that core compares integers and knows no calendar."""

    at: HostNs
    civil_day: int
    """Days since 1970-01-01 of the wearer's local date."""
    minute_of_day: int
    weekday: int
    """0 = Monday."""
    utc_offset_s: int


Inbound = Notification | Samples | LinkChange | UserAction | ClockStep | Tick

"""What can be asked of a monitor, as JSON and back; every value is checked, because anyone may write to a door."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Final

from hipmonitor.core.exercises import Exercise
from hipmonitor.core.inbound import (
    EndQuiet,
    EndSet,
    Mark,
    PauseSet,
    Quiet,
    RateSet,
    RestOfDay,
    ResumeSet,
    Snooze,
    StartSet,
    TookOff,
)
from hipmonitor.io.session.fields import Plain, UnknownField, WrongValue, from_plain, to_plain

LARGEST_BYTES: Final = 64 * 1024
"""Of a request or an answer: a hundred times what the longest of ours has."""
LONGEST_TEXT: Final = 500
LONGEST_MIN: Final = 24 * 60
MOST_SENTENCES: Final = 20
"""Of an exercise; three are usual."""
MOST_SETS: Final = 100
"""In a row."""
BEST_COMFORT: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How is it going?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Stop measuring, and let the sensor go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Measure again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """End; the answer comes when the recording is whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """End as for Stop, because somebody else wants the radio; the answer says how to start this monitor again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buzz:
    """Run the sensor's motor, to try it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrate:
    """Begin a guided calibration; Status tells its steps."""


ActionRequest = (
    Snooze | Quiet | EndQuiet | Mark | TookOff | RestOfDay | StartSet | PauseSet | ResumeSet | EndSet | RateSet
)
"""What goes through the front door as it is."""
Request = Status | Pause | Resume | Stop | Release | Buzz | Calibrate | ActionRequest

Answer = dict[str, Plain]
"""With "ok": true, or false and an "error"."""
REQUESTS: Final[dict[str, type[Request]]] = {
    "status": Status,
    "pause": Pause,
    "resume": Resume,
    "stop": Stop,
    "release": Release,
    "buzz": Buzz,
    "calibrate": Calibrate,
    "snooze": Snooze,
    "quiet": Quiet,
    "end_quiet": EndQuiet,
    "mark": Mark,
    "took_off": TookOff,
    "rest_of_day": RestOfDay,
    "start_set": StartSet,
    "pause_set": PauseSet,
    "resume_set": ResumeSet,
    "end_set": EndSet,
    "rate_set": RateSet,
}
_NAMES = {kind: name for name, kind in REQUESTS.items()}


def encode_request(request: Request) -> bytes:
    """As it is sent."""
    return encode({"ask": _NAMES[type(request)], "with": to_plain(request)})


def decode_request(data: bytes) -> Request:
    """The request in what was sent.

    Raises:
        ValueError: it says what is wrong with it.
    """
    document = decode(data)
    name = document.get("ask")
    if not isinstance(name, str) or name not in REQUESTS:
        raise UnknownField(f"ask is {name!r}; one can ask {', '.join(REQUESTS)}")
    try:
        request = from_plain(REQUESTS[name], document.get("with", {}), name)
    except OverflowError as error:
        raise WrongValue(f"{name} has a number that is too large") from error
    _check(request)
    return request


def _check(request: Request) -> None:
    minutes = request.minutes if isinstance(request, Snooze | Quiet) else None
    if minutes is not None and not (math.isfinite(minutes) and 0 < minutes <= LONGEST_MIN):
        raise WrongValue(f"minutes is {minutes:g}; choose more than 0 and at most {LONGEST_MIN}")
    if isinstance(request, Mark):
        _check_texts(request.text)
    elif isinstance(request, StartSet):
        _check_exercise(request.exercise)
        if not 1 <= request.number <= MOST_SETS:
            raise WrongValue(f"number is {request.number}; choose 1 to {MOST_SETS}")
    elif isinstance(request, RateSet) and not 0 <= request.comfort <= BEST_COMFORT:
        raise WrongValue(f"comfort is {request.comfort}; choose 0 to {BEST_COMFORT}")


def _check_exercise(exercise: Exercise) -> None:
    """Its numbers were checked where it was made; it is recorded and shown, so its words are looked at here."""
    if max(len(exercise.instructions), len(exercise.kinds)) > MOST_SENTENCES:
        raise WrongValue(f"give at most {MOST_SENTENCES} instructions and kinds")
    pose = "" if exercise.start is None else exercise.start.words
    _check_texts(exercise.title, exercise.unseen, exercise.figure, pose, *exercise.instructions, *exercise.kinds)


def _check_texts(*texts: str) -> None:
    if not all(len(text) <= LONGEST_TEXT and text.isprintable() for text in texts):
        raise WrongValue(f"give a text of one line, with at most {LONGEST_TEXT} characters")


def encode(document: dict[str, Plain]) -> bytes:
    """Any document of this channel."""
    return json.dumps(document, allow_nan=False, separators=(",", ":")).encode()


def decode(data: bytes) -> dict[str, Plain]:
    """A JSON object.

    Raises:
        ValueError: it is none.
    """
    try:
        document = json.loads(data)
    except RecursionError as error:
        raise WrongValue("that is nested too deeply") from error
    if not isinstance(document, dict):
        raise WrongValue("that is not a JSON object")
    return document

"""Every Inbound to bytes and back, exactly: a Notification is its payload, Samples are binary, the rest is JSON."""

from __future__ import annotations

import json
import struct
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Vec3s, read_only
from hipmonitor.core.errors import RecordingError, UsageError
from hipmonitor.core.inbound import (
    Action,
    Answered,
    ChangeSettings,
    ClockStep,
    DaySoFar,
    EndQuiet,
    EndSet,
    ForgetPlacement,
    HoldPose,
    LinkChange,
    Mark,
    PauseSet,
    Quiet,
    RateSet,
    RestOfDay,
    ResumeSet,
    Samples,
    SensorId,
    Snooze,
    StartSet,
    Tick,
    Told,
    TookOff,
    UserAction,
)
from hipmonitor.core.instants import HostNs
from hipmonitor.io.session.fields import Plain, UnknownField, WrongValue, from_plain, to_plain
from hipmonitor.io.session.mended import Mended
from hipmonitor.io.session.versions import program

JsonInbound = LinkChange | UserAction | ClockStep | Tick

# The names in the file, so that renaming a class does not make old recordings unreadable.
KINDS: Final[dict[str, type[LinkChange | ClockStep | Tick]]] = {
    "link_change": LinkChange,
    "clock_step": ClockStep,
    "tick": Tick,
}
USER_ACTION: Final = "user_action"
ACTIONS: Final[dict[str, type[Action]]] = {
    "hold_pose": HoldPose,
    "forget_placement": ForgetPlacement,
    "change_settings": ChangeSettings,
    "snooze": Snooze,
    "quiet": Quiet,
    "end_quiet": EndQuiet,
    "told": Told,
    "answered": Answered,
    "mark": Mark,
    "took_off": TookOff,
    "day_so_far": DaySoFar,
    "start_set": StartSet,
    "pause_set": PauseSet,
    "resume_set": ResumeSet,
    "end_set": EndSet,
    "rate_set": RateSet,
    "rest_of_day": RestOfDay,
}
_KIND_NAMES = {kind: name for name, kind in KINDS.items()}
_ACTION_NAMES = {kind: name for name, kind in ACTIONS.items()}

_SAMPLES_HEAD = struct.Struct("<IIdQ")
"""Bytes of the sensor's name, flags, rate_hz, n. Then name padded to 8, t_ns (n,) i8, acc (n, 3) f8, gyr (n, 3) f8."""
_HAS_GYROSCOPE = 1


def encode_json(event: JsonInbound) -> bytes:
    """UTF-8 JSON of any Inbound but Notification and Samples."""
    if isinstance(event, UserAction):
        document: Plain = {"kind": USER_ACTION, "at": event.at, "action": _tagged(_ACTION_NAMES, event.action)}
    else:
        document = _tagged(_KIND_NAMES, event)
    return json.dumps(document, allow_nan=False, separators=(",", ":")).encode()


def decode_json(data: bytes, mended: Mended | None = None) -> JsonInbound:
    """The Inbound from its JSON. What older versions let through, and no result rests on, is left out and told to `mended`.

    Raises:
        RecordingError: it names what a newer version wrote, or what is wrong.
    """
    try:
        return _inbound(_object(json.loads(data), "inbound"), mended or Mended())
    except UnknownField as unknown:
        raise RecordingError(
            f"holds {unknown}, which {program()} does not know: update hipmonitor to read it"
        ) from unknown
    except (ValueError, OverflowError, RecursionError) as error:
        raise RecordingError(f"holds an event that cannot be read ({error}): restore the file from a copy") from error


def _tagged(names: dict[type, str], value: object) -> dict[str, Plain]:
    plain = to_plain(value)
    return {"kind": names[type(value)], **_object(plain, "value")}


def _object(plain: Plain, where: str) -> dict[str, Plain]:
    if not isinstance(plain, dict):
        raise WrongValue(f"{where} is not an object")
    return plain


def _kind_and_rest(document: dict[str, Plain], where: str) -> tuple[str, dict[str, Plain]]:
    kind = document.get("kind")
    if not isinstance(kind, str):
        raise WrongValue(f"{where}.kind is missing")
    return kind, {name: value for name, value in document.items() if name != "kind"}


def _inbound(document: dict[str, Plain], mended: Mended) -> JsonInbound:
    kind, rest = _kind_and_rest(document, "inbound")
    if kind == USER_ACTION:
        return _user_action(rest, mended)
    if kind not in KINDS:
        raise UnknownField(f"events of the kind {kind!r}")
    return from_plain(KINDS[kind], rest, kind)


def _user_action(rest: dict[str, Plain], mended: Mended) -> UserAction:
    for name in rest.keys() - {"at", "action"}:
        raise UnknownField(f"{USER_ACTION}.{name}")
    at = rest.get("at")
    if type(at) is not int:
        raise WrongValue(f"{USER_ACTION}.at is {at!r}, not int")
    kind, fields = _kind_and_rest(_object(rest.get("action"), "action"), "action")
    if kind not in ACTIONS:
        raise UnknownField(f"actions of the kind {kind!r}")
    return UserAction(at=HostNs(at), action=from_plain(ACTIONS[kind], mended.action(fields), kind))


def encode_samples(event: Samples) -> bytes:
    """Samples as bytes that give the same bits back. `at` is not in them: it is the message's time."""
    n = len(event.t_ns)
    name = event.sensor.encode()
    flags = 0 if event.gyr_radps is None else _HAS_GYROSCOPE
    parts = [_SAMPLES_HEAD.pack(len(name), flags, event.rate_hz, n), name, bytes(-len(name) % 8)]
    parts.append(_checked(event.t_ns, (n,), "<i8", "t_ns"))
    parts.append(_checked(event.acc_mps2, (n, 3), "<f8", "acc_mps2"))
    if event.gyr_radps is not None:
        parts.append(_checked(event.gyr_radps, (n, 3), "<f8", "gyr_radps"))
    return b"".join(parts)


def _checked(array: NDArray[np.generic], shape: tuple[int, ...], layout: str, name: str) -> bytes:
    if array.shape != shape:
        raise UsageError(f"Samples.{name} has the shape {array.shape}; give one row for each t_ns, shape {shape}")
    return array.astype(layout, casting="safe", copy=False).tobytes()


def decode_samples(at: HostNs, data: bytes) -> Samples:
    """The Samples from their bytes, arrays read-only.

    Raises:
        RecordingError: the bytes contradict themselves or come from a newer version.
    """
    if len(data) < _SAMPLES_HEAD.size:
        raise RecordingError("holds samples that end too early: restore the file from a copy")
    name_bytes, flags, rate_hz, n = _SAMPLES_HEAD.unpack_from(data)
    if flags & ~_HAS_GYROSCOPE:
        raise RecordingError(f"holds samples.flags = {flags}, which is newer: update hipmonitor to read it")
    start = _SAMPLES_HEAD.size + name_bytes + -name_bytes % 8
    if len(data) != start + n * (56 if flags else 32):
        raise RecordingError("holds samples whose length contradicts their head: restore the file from a copy")
    return Samples(
        at=at,
        sensor=_name(data[_SAMPLES_HEAD.size : _SAMPLES_HEAD.size + name_bytes]),
        rate_hz=rate_hz,
        t_ns=read_only(np.frombuffer(data, "<i8", n, start).astype(np.int64, copy=False)),
        acc_mps2=_vectors(data, n, start + 8 * n),
        gyr_radps=_vectors(data, n, start + 32 * n) if flags else None,
    )


def _vectors(data: bytes, n: int, start: int) -> Vec3s:
    return read_only(np.frombuffer(data, "<f8", 3 * n, start).astype(np.float64, copy=False).reshape(n, 3))


def _name(data: bytes) -> SensorId:
    try:
        return SensorId(data.decode())
    except UnicodeDecodeError as error:
        raise RecordingError(
            "holds samples of a sensor without a readable name: restore the file from a copy"
        ) from error

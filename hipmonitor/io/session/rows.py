"""What the pipeline hands to the recording for plotting tools: rows of /hip and /events."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.instants import HostNs


@dataclass(frozen=True, slots=True, kw_only=True)
class HipRow:
    """One row of /hip, ten a second. NaN where there is no value."""

    at: HostNs
    thigh_flexion_deg: float
    thigh_inclination_deg: float
    hip_flexion_deg: float
    hip_flexion_sd_deg: float
    hip_method: str
    activity: str
    trusted: bool


class EventKind(StrEnum):
    """What a row of /events tells about."""

    ALERT = "alert"
    GAP = "gap"
    CALIBRATION = "calibration"
    CONNECTION = "connection"
    MARK = "mark"
    SET = "set"
    """Of an exercise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One row of /events: a moment, or a stretch that began `duration_s` before it was told."""

    at: HostNs
    kind: EventKind
    text: str
    """A sentence for a person."""
    level: str = ""
    """How pressing an alert is."""
    duration_s: float = math.nan
    """NaN for a moment."""


def _message(document: Mapping[str, object]) -> bytes:
    """A value that there is not is left out: null is no number to a schema, and some plotting tools draw it as one."""
    there = {name: value for name, value in document.items() if not isinstance(value, float) or math.isfinite(value)}
    return json.dumps(there, allow_nan=False).encode()


def hip_json(row: HipRow) -> bytes:
    """The message of a row; JSON has no NaN, so a missing value is left out."""
    document = {
        "thigh_flexion_deg": float(row.thigh_flexion_deg),
        "thigh_inclination_deg": float(row.thigh_inclination_deg),
        "hip_flexion_deg": float(row.hip_flexion_deg),
        "hip_flexion_sd_deg": float(row.hip_flexion_sd_deg),
        "hip_method": row.hip_method,
        "activity": row.activity,
        "trusted": bool(row.trusted),
    }
    return _message(document)


def event_json(row: EventRow) -> bytes:
    """The message of a row; a moment has no duration."""
    document = {
        "kind": row.kind.value,
        "level": row.level,
        "text": row.text,
        "duration_s": float(row.duration_s),
    }
    return _message(document)

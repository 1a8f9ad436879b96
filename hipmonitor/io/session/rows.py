"""What the pipeline hands to the recording for plotting tools: rows of /hip and /events."""

from __future__ import annotations

import json
import math
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


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def hip_json(row: HipRow) -> bytes:
    """The message of a row; JSON has no NaN, so a missing value is null."""
    document = {
        "thigh_flexion_deg": _number(row.thigh_flexion_deg),
        "thigh_inclination_deg": _number(row.thigh_inclination_deg),
        "hip_flexion_deg": _number(row.hip_flexion_deg),
        "hip_flexion_sd_deg": _number(row.hip_flexion_sd_deg),
        "hip_method": row.hip_method,
        "activity": row.activity,
        "trusted": bool(row.trusted),
    }
    return json.dumps(document, allow_nan=False).encode()


def event_json(row: EventRow) -> bytes:
    """The message of a row; the duration of a moment is null."""
    document = {
        "kind": row.kind.value,
        "level": row.level,
        "text": row.text,
        "duration_s": _number(row.duration_s),
    }
    return json.dumps(document, allow_nan=False).encode()

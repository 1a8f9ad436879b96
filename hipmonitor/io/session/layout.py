"""What a recording looks like inside: topics, encodings, schemas and metadata of one session's MCAP file.

| Topic             | Encoding                 | A message is                                                             |
| ----------------- | ------------------------ | ------------------------------------------------------------------------ |
| /ble/raw/CHANNEL  | x-hipmonitor-packet-v1   | a Notification: its payload, untouched; sensor and channel are metadata  |
| /inbound          | json                     | a LinkChange, UserAction, ClockStep or Tick                              |
| /inbound/samples  | x-hipmonitor-samples-v1  | Samples, arrays as little-endian bytes (see codec)                       |
| /hip              | json                     | what the pipeline made of it, 10 Hz, for plotting tools                  |
| /events           | json                     | alerts, gaps, calibrations, for plotting tools                           |

The first three are the door: their `sequence` is one running number (u32), so the order is exact, and `log_time` is `at`.
There is one MCAP channel for each pair of sensor and channel. /hip and /events carry the number of the next Inbound.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

PROFILE: Final = "x-hipmonitor"
FORMAT: Final = 1
"""Goes up when an older hipmonitor could no longer read the file."""

RAW_TOPIC: Final = "/ble/raw"
INBOUND_TOPIC: Final = "/inbound"
SAMPLES_TOPIC: Final = "/inbound/samples"
HIP_TOPIC: Final = "/hip"
EVENTS_TOPIC: Final = "/events"

PACKET_ENCODING: Final = "x-hipmonitor-packet-v1"
SAMPLES_ENCODING: Final = "x-hipmonitor-samples-v1"
JSON_ENCODING: Final = "json"
SCHEMA_ENCODING: Final = "jsonschema"

PROGRAM_METADATA: Final = "hipmonitor"
"""Format and versions of what wrote the file."""
SESSION_METADATA: Final = "session"
"""Session id, sensor and start."""
REPAIR_METADATA: Final = "repair"
"""In a repaired file: what was lost, and which running numbers are known to be missing."""

SEQUENCE_MASK: Final = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutParams:
    """Sizes of a recording's blocks. A block is lost as a whole, so it is small; a flush closes one early."""

    chunk_bytes: int = 256 * 1024
    """A block is closed at this size, uncompressed. MCAP's own default is 1 MiB, the measured optimum is flat."""
    largest_message_bytes: int = 64 * 1024 * 1024
    """One Samples larger than this is refused (3 h of six axes at 100 Hz): readers hold a block in memory."""

    @property
    def largest_chunk_bytes(self) -> int:
        """A reader refuses to unpack more than this, whatever a damaged header asks for."""
        return self.largest_message_bytes + 2 * self.chunk_bytes


PARAMS: Final = LayoutParams()


def raw_topic(channel: str) -> str:
    """Topic of a radio channel, e.g. /ble/raw/hip/data."""
    return f"{RAW_TOPIC}/{channel}"


def _schema(title: str, description: str, properties: dict[str, dict[str, str]]) -> bytes:
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": description,
        "type": "object",
        "properties": properties,
    }
    return json.dumps(document).encode()


def _property(kind: str, description: str) -> dict[str, str]:
    return {"type": kind, "description": description}


INBOUND_SCHEMA: Final = _schema(
    "hipmonitor.Inbound",
    "Something from outside that can change a result. Further fields depend on the kind.",
    {
        "kind": _property("string", "link_change, user_action, clock_step or tick"),
        "at": _property("number", "ns since the Unix epoch on the host's steady clock, equal to the log time"),
    },
)

# Plotting tools want one plain type for each property: a number that there is not is left out of the message.
HIP_SCHEMA: Final = _schema(
    "hipmonitor.Hip",
    "What the pipeline made of the recording while it ran. Angles in degrees; left out where there is no value.",
    {
        "thigh_flexion_deg": _property("number", "0 in quiet standing, + knee forward; left out where unknown"),
        "thigh_inclination_deg": _property(
            "number", "angle of the thigh from the vertical, 0-180; left out where unknown"
        ),
        "hip_flexion_deg": _property("number", "pelvis to thigh, measured or estimated; left out where neither"),
        "hip_flexion_sd_deg": _property("number", "standard deviation of hip_flexion_deg; left out where unknown"),
        "hip_method": _property("string", "how hip_flexion_deg was made"),
        "activity": _property("string", "lie, sit, sedentary, stand, walk, ..., not_worn, unknown"),
        "trusted": _property("boolean", "whether the angles can be relied on"),
    },
)

EVENT_SCHEMA: Final = _schema(
    "hipmonitor.Event",
    "A moment worth finding again.",
    {
        "kind": _property("string", "alert, gap, calibration, connection, set or mark"),
        "level": _property("string", "how pressing an alert is; empty for the rest"),
        "text": _property("string", "a sentence for a person"),
        "duration_s": _property("number", "how long it lasted; left out for a moment"),
    },
)

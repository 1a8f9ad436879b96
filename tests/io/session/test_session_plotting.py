"""Plotting tools find angles and events as JSON with a schema that they understand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from mcap.reader import make_reader
from session_builders import at, packet, settings_first, writer

from hipmonitor.core.instants import HostNs
from hipmonitor.io.session import EventKind, EventRow, HipRow

PLAIN_TYPES = {"number": (int, float), "string": str, "boolean": bool}
"""What Foxglove's reader of JSON Schema takes as the type of a property; it refuses lists of types."""


def hip_row(instant: HostNs, thigh_flexion_deg: float = 88.5) -> HipRow:
    return HipRow(
        at=instant,
        thigh_flexion_deg=thigh_flexion_deg,
        thigh_inclination_deg=91.5,
        hip_flexion_deg=67.0,
        hip_flexion_sd_deg=math.nan,
        hip_method="estimated",
        activity="sit",
        trusted=True,
    )


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    with writer(tmp_path / "a.mcap") as session:
        session.record([settings_first(), packet(1)])
        session.write_hip([hip_row(at(100 * tenth), 80.0 + tenth) for tenth in range(10)])
        session.write_events(
            [
                EventRow(at=at(900), kind=EventKind.ALERT, text="Sitting for 30 min.", level="notice"),
                EventRow(at=at(950), kind=EventKind.GAP, text="Nothing came for 2.5 s.", duration_s=2.5),
            ]
        )
    return session.path


@pytest.mark.parametrize("topic", ["/hip", "/events", "/inbound"])
def test_rows_are_json_objects_that_their_schema_describes(recording: Path, topic: str) -> None:
    with recording.open("rb") as file:
        messages = list(make_reader(file, validate_crcs=True).iter_messages(topic))
    assert messages
    for schema, channel, message in messages:
        assert channel.message_encoding == "json"
        assert schema is not None
        assert schema.encoding == "jsonschema"
        described = json.loads(schema.data)
        row = json.loads(message.data, parse_constant=pytest.fail)
        assert described["type"] == "object"
        for name, about in described["properties"].items():
            assert row[name] is None or isinstance(row[name], PLAIN_TYPES[about["type"]])


def test_angles_stand_at_their_instants(recording: Path) -> None:
    with recording.open("rb") as file:
        rows = [
            (message.log_time, json.loads(message.data)) for _, _, message in make_reader(file).iter_messages("/hip")
        ]
    assert [(time, row["thigh_flexion_deg"]) for time, row in rows] == [(at(100 * k), 80.0 + k) for k in range(10)]
    assert rows[0][1] == {
        "thigh_flexion_deg": 80.0,
        "thigh_inclination_deg": 91.5,
        "hip_flexion_deg": 67.0,
        "hip_flexion_sd_deg": None,
        "hip_method": "estimated",
        "activity": "sit",
        "trusted": True,
    }


def test_events_tell_their_kind_and_length(recording: Path) -> None:
    with recording.open("rb") as file:
        rows = [json.loads(message.data) for _, _, message in make_reader(file).iter_messages("/events")]
    assert rows == [
        {"kind": "alert", "level": "notice", "text": "Sitting for 30 min.", "duration_s": None},
        {"kind": "gap", "level": "", "text": "Nothing came for 2.5 s.", "duration_s": 2.5},
    ]


def test_radio_packets_lie_untouched_under_their_channel(recording: Path) -> None:
    with recording.open("rb") as file:
        ((schema, channel, message),) = make_reader(file).iter_messages("/ble/raw/hip/data")
    assert schema is None
    assert channel.message_encoding == "x-hipmonitor-packet-v1"
    assert channel.metadata == {"sensor": packet(1).sensor, "channel": "hip/data"}
    assert (message.data, message.log_time, message.sequence) == (packet(1).payload, at(100), 1)

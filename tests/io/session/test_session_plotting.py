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
            assert name not in row or isinstance(row[name], PLAIN_TYPES[about["type"]])


def test_every_message_of_a_session_is_valid_by_its_channels_own_schema(recording: Path) -> None:
    """As a tool that knows nothing of us checks it: the format's own reader, and JSON Schema's own rules."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed (extra: dev)")
    checked = set()
    with recording.open("rb") as file:
        reader = make_reader(file, validate_crcs=True)
        for schema, channel, message in reader.iter_messages():
            if channel.message_encoding == "json":
                assert schema is not None
                rules = json.loads(schema.data)
                jsonschema.Draft202012Validator.check_schema(rules)
                jsonschema.validate(json.loads(message.data), rules, jsonschema.Draft202012Validator)
                checked.add(channel.topic)
            else:
                assert channel.message_encoding.startswith("x-hipmonitor-")
        summary = reader.get_summary()
    assert checked == {"/hip", "/events", "/inbound"}
    assert summary is not None
    assert summary.statistics is not None
    assert summary.statistics.message_count == sum(summary.statistics.channel_message_counts.values())


@pytest.mark.parametrize("name", ["alert", "desk"])
def test_numbers_of_a_lived_session_are_plain_series(name: str) -> None:
    """What PlotJuggler draws and Foxglove offers: a value is a number of its property's type, at a time that grows."""
    path = Path(__file__).parents[3] / "recordings" / f"{name}.mcap"
    with path.open("rb") as file:
        rows = [
            (message.log_time, json.loads(message.data))
            for _, _, message in make_reader(file, validate_crcs=True).iter_messages("/hip")
        ]
    assert [time for time, _ in rows] == sorted(time for time, _ in rows)
    flexion = [row["thigh_flexion_deg"] for _, row in rows if row.get("thigh_flexion_deg") is not None]
    assert len(flexion) > 100
    assert all(isinstance(value, float) for value in flexion)


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
        "hip_method": "estimated",
        "activity": "sit",
        "trusted": True,
    }


def test_events_tell_their_kind_and_length(recording: Path) -> None:
    with recording.open("rb") as file:
        rows = [json.loads(message.data) for _, _, message in make_reader(file).iter_messages("/events")]
    assert rows == [
        {"kind": "alert", "level": "notice", "text": "Sitting for 30 min."},
        {"kind": "gap", "level": "", "text": "Nothing came for 2.5 s.", "duration_s": 2.5},
    ]


def test_radio_packets_lie_untouched_under_their_channel(recording: Path) -> None:
    with recording.open("rb") as file:
        ((schema, channel, message),) = make_reader(file).iter_messages("/ble/raw/hip/data")
    assert schema is None
    assert channel.message_encoding == "x-hipmonitor-packet-v1"
    assert channel.metadata == {"sensor": packet(1).sensor, "channel": "hip/data"}
    assert (message.data, message.log_time, message.sequence) == (packet(1).payload, at(100), 1)

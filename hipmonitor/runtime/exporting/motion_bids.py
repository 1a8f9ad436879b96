"""A Motion-BIDS data set of one recording: samples without a header, a table of channels, and what they mean as JSON.

Specification: bids-specification.readthedocs.io, "Motion"; bids-validator 3.0.2 finds no error (2026-11-23). The one participant
is sub-01; rename it with the data set. Angles of the thigh to the vertical are of type MISC, for JNTANG is between two body parts;
hip angles are JNTANG.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np

from hipmonitor.io.export import Column, Table, write_csv
from hipmonitor.io.files import FileClock
from hipmonitor.io.session import program
from hipmonitor.runtime.exporting.results import READINGS, Results
from hipmonitor.runtime.exporting.table_files import about
from hipmonitor.runtime.exporting.tables import samples

BIDS_VERSION = "1.10.1"
STEM = "sub-01_task-freeliving_tracksys-thigh"
MISSING = "n/a"
QUATERNION, HIP = "world_from_sensor_", ("hip_flexion_deg", "hip_adduction_deg", "hip_rotation_deg")
LEFT_OUT = ("t_ns", "hip_method")
"""Of the table of samples: channels are numbers, and their time is the latency."""
TYPES = ("ACCEL", "ANGACCEL", "GYRO", "JNTANG", "LATENCY", "MAGN", "MISC", "ORNT", "POS", "VEL")
"""All that there are; a count of 0 is an answer."""


def data_set(r: Results, folder: Path) -> list[Path]:
    """Everything below the folder."""
    motion = folder / "sub-01" / "motion"
    motion.mkdir(parents=True)
    table = samples(r)
    channels = [column for column in table.columns if column.name not in LEFT_OUT]
    described = [_channel(r, column) for column in channels]
    write_csv(
        motion / f"{STEM}_motion.tsv",
        Table(name="motion", meaning="", columns=tuple(_number(column) for column in channels)),
        separator="\t",
        missing=MISSING,
        header=False,
    )
    _write_tsv(motion / f"{STEM}_channels.tsv", described)
    _write_tsv(motion / f"{STEM}_events.tsv", _events(r))
    pages: dict[Path, object] = {
        motion / f"{STEM}_motion.json": _motion_page(r, [channel["type"] for channel in described]),
        motion / f"{STEM}_channels.json": FRAMES,
        motion / f"{STEM}_events.json": EVENT_COLUMNS,
        folder / "dataset_description.json": _data_set_page(r),
    }
    for path, page in pages.items():
        path.write_text(json.dumps(page, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    _write_tsv(folder / "participants.tsv", [{"participant_id": "sub-01"}])
    _write_tsv(folder / "sub-01" / "sub-01_scans.tsv", [_scan(r)])
    (folder / "README").write_text(_readme(r), encoding="utf-8")
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _channel(r: Results, column: Column) -> dict[str, str]:
    kind, component, units, frame = MISC
    name = column.name
    if name == "time_s":
        kind, component, units, frame = "LATENCY", MISSING, "s", MISSING
    elif name.startswith(("acc_", "gyr_")):
        kind, component = ("ACCEL" if name.startswith("acc_") else "GYRO"), name.split("_")[1]
        units, frame = column.unit.replace("radps", "rad/s"), "sensor"
    elif name.startswith(QUATERNION):
        kind, component, units, frame = "ORNT", f"quat_{name[-1]}", MISSING, "world"
    elif name.endswith("_deg"):
        kind, units, frame = ("JNTANG" if name in HIP else "MISC"), "deg", "anatomical"
    return {
        "name": name,
        "component": component,
        "type": kind,
        "tracked_point": MISSING if kind == "LATENCY" else "thigh" if r.side == "unknown" else f"{r.side}Thigh",
        "units": units,
        "reference_frame": frame,
        "description": column.meaning,
    }


MISC = ("MISC", MISSING, MISSING, MISSING)
FRAMES = {
    "reference_frame": {
        "Levels": {
            "sensor": {"Description": "the sensor's own axes, right-handed; specific force, about +g upwards at rest"},
            "world": {"Description": "sensor to world, z up, heading arbitrary", "RotationRule": "right-hand"},
            "anatomical": {"Description": "0 in the wearer's own quiet standing; signs as in the column description"},
        }
    }
}
EVENT_COLUMNS = {
    "onset": {"Description": "since the first sample", "Units": "s"},
    "duration": {"Description": "of the span", "Units": "s"},
    "trial_type": {"Description": "what the wearer did; sedentary = sit or lie not told apart"},
    "confidence": {"Description": "0-1"},
    "reading": {"Description": "settled or as_lived, as in TaskDescription"},
}


def _number(column: Column) -> Column:
    """Truth values as 1 and 0: every channel is a number."""
    values = column.values.astype(np.int64) if column.values.dtype.kind == "b" else column.values
    return Column(name=column.name, meaning=column.meaning, values=values, decimals=column.decimals)


def _events(r: Results) -> list[dict[str, str]]:
    return [
        {
            "onset": f"{r.seconds_in(span.start):.3f}",
            "duration": f"{r.seconds_in(span.end) - r.seconds_in(span.start):.3f}",
            "trial_type": span.kind.word,
            "confidence": f"{span.confidence:.3f}",
            "reading": r.analysis.reading,
        }
        for span in r.analysis.activity
    ]


def _motion_page(r: Results, types: list[str]) -> dict[str, object]:
    count = Counter(types)
    rate_hz = round(r.rate_hz, 6)
    return {
        "TaskName": "freeliving",
        "TaskDescription": f"one sensor on the thigh, worn freely; {READINGS[r.analysis.reading]}",
        "SamplingFrequency": rate_hz,
        "SamplingFrequencyEffective": rate_hz,
        "TrackingSystemName": "thigh",
        "SoftwareVersions": program(),
        "RecordingDuration": r.analysis.summary.duration_s,
        "MissingValues": MISSING,
        "TrackedPointsCount": 1,
        "MotionChannelCount": len(types),
        **{f"{kind}ChannelCount": count[kind] for kind in TYPES},
    }


def _data_set_page(r: Results) -> dict[str, object]:
    return {
        "Name": f"Thigh movement, {r.file.name}",
        "BIDSVersion": BIDS_VERSION,
        "DatasetType": "raw",
        "GeneratedBy": [
            {"Name": "hipmonitor", "Version": program().split()[-1], "Description": READINGS[r.analysis.reading]}
        ],
    }


def _scan(r: Results) -> dict[str, str]:
    at = MISSING if r.clock is FileClock.OWN else r.text(r.start_ns)
    return {"filename": f"motion/{STEM}_motion.tsv", "acq_time": at}


def _readme(r: Results) -> str:
    lines = [f"{name}: {value}" for name, value in about(r).items() if value not in {"", None}]
    return "\n".join(["Samples, orientation and angles of one thigh-worn sensor.", "", *lines]) + "\n"


def _write_tsv(path: Path, rows: list[dict[str, str]]) -> None:
    names = list(rows[0]) if rows else list(EVENT_COLUMNS)
    columns = (Column(name=name, meaning="", values=np.array([row[name] for row in rows], np.str_)) for name in names)
    write_csv(path, Table(name=path.stem, meaning="", columns=tuple(columns)), separator="\t", missing=MISSING)

"""Every real file of another maker: read, analysed, exported, read back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from hipmonitor.io.files import open_samples
from hipmonitor.runtime.recorded import open_recording
from hipmonitor.ui.cli.app import app
from hipmonitor.ui.cli.exits import ExitCode
from tests.benchmarks.files import axivity_day
from tests.journeys.shared_data import DATA, needs_data

pytestmark = [needs_data, pytest.mark.data]
G = 9.80665
NPZ = "body/qmt_full_body.npz"
FILES = [
    *(f"devices/{name}.cwa" for name in ("ax3_sample", "ax6_sample", "example-610-steps")),
    "devices/xsens_dot/Pelvis_20210820_202113_836.csv",
    "devices/xsens_dot/RFemur_20210820_202113_840.csv",
    *(f"body/xio_lower_body/{part}/Inertial.csv" for part in ("left_upper_leg", "pelvis", "right_upper_leg")),
    NPZ,
]
OF_ANOTHER_USE = {"Quaternion.csv", "ax3_data.npz", "ax6_data.npz"}
"""Orientations alone, and the decoded truth of the .cwa files."""


def test_no_file_is_forgotten() -> None:
    there = {path.relative_to(DATA).as_posix() for part in ("devices", "body") for path in (DATA / part).rglob("*.*")}
    assert {path for path in there if Path(path).name not in OF_ANOTHER_USE} == set(FILES)


@pytest.mark.parametrize("file", FILES)
def test_what_is_exported_is_what_was_analysed_and_measured(tmp_path: Path, file: str) -> None:
    sensor = "upper_leg_right" if file == NPZ else None
    path, out = DATA / file, tmp_path / "out"
    arguments = ["export", str(path), "--out", str(out), "--side", "right", *(["--sensor", sensor] if sensor else [])]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == ExitCode.OK
    analysis = open_recording(path, side="right", sensor=sensor)
    with (out / "samples_settled.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert [int(row["t_ns"]) for row in rows] == analysis.t_ns.tolist()
    for name in ("thigh_flexion_deg", "hip_flexion_deg"):
        found = np.array([float(row[name] or "nan") for row in rows])
        assert found == pytest.approx(getattr(analysis, name), abs=1e-4, nan_ok=True)
    acc = np.array([[float(row[f"acc_{axis}_mps2"] or "nan") for axis in "xyz"] for row in rows])
    assert_measured(path, sensor, analysis.t_ns, acc)
    page = json.loads((out / "about.json").read_text(encoding="utf-8"))
    assert (page["reading"], page["left_out_of_the_file"]) == ("settled", "")


def assert_measured(path: Path, sensor: str | None, t_ns: np.ndarray, acc: np.ndarray) -> None:
    """The file's own samples, at their own instants, to the digits that are written."""
    if sensor is not None:
        expected = np.load(path)[f"{sensor}_acc"].astype(np.float64)
    else:
        chunks = list(open_samples(path).chunks())
        expected = np.concatenate([chunk.acc_mps2 for chunk in chunks])
        assert np.array_equal(np.concatenate([chunk.t_ns for chunk in chunks]), t_ns)
    usable = np.isfinite(acc).all(axis=1)
    assert usable.mean() > 0.5
    assert acc[usable] == pytest.approx(expected[usable], abs=1e-5)


@pytest.mark.parametrize("name", ["ax3", "ax6"])
def test_the_truth_of_another_library_comes_out_of_the_export(tmp_path: Path, name: str) -> None:
    """Within the format's resolution: 1/256 g and below; what is written has five digits."""
    truth = np.load(DATA / "devices" / f"{name}_data.npz")
    out = tmp_path / "out"
    file = str(DATA / "devices" / f"{name}_sample.cwa")
    assert CliRunner().invoke(app, ["export", file, "--out", str(out)], catch_exceptions=False).exit_code == 0
    with (out / "samples_settled.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    acc = np.array([[float(row[f"acc_{axis}_mps2"] or "nan") for axis in "xyz"] for row in rows])
    usable = np.isfinite(acc).all(axis=1)
    assert len(rows) == len(truth["time"])
    assert acc[usable] / G == pytest.approx(truth["accel"][usable], abs=1e-5)
    assert np.array([int(row["t_ns"]) for row in rows]) / 1e9 == pytest.approx(truth["time"], rel=0, abs=0.02)
    if "gyro" in truth:
        rates = np.array([[float(row[f"gyr_{axis}_radps"] or "nan") for axis in "xyz"] for row in rows])
        believed = usable & (rates != 0).any(axis=1)
        assert believed.mean() > 0.3
        assert np.rad2deg(rates)[believed] == pytest.approx(truth["gyro"][believed], abs=1e-3)


def test_a_day_made_of_repeated_blocks_is_read_whole(tmp_path: Path) -> None:
    """The benchmark's own day, two hours of it; how flat its memory is, tests.benchmarks.files shows."""
    path = tmp_path / "day.cwa"
    axivity_day(path, DATA / "devices" / "example-610-steps.cwa", 2.0)
    file = open_samples(path)
    t_ns = np.concatenate([chunk.t_ns for chunk in file.chunks()])
    assert file.damage.sentence == ""
    assert len(t_ns) == 720_000
    assert np.diff(t_ns) == pytest.approx(1e7, abs=2)

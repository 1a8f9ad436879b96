"""`analyze`, `import` and `export` with files of other makers: what is printed, what is written, what is refused."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from hipmonitor.io.session import read_session
from hipmonitor.runtime.recorded import open_recording
from hipmonitor.ui.cli.app import app
from hipmonitor.ui.cli.exits import ExitCode

RATE_HZ = 50
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command with a home of its own."""
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def logged(tmp_path: Path) -> Path:
    """A minute in g with the wall clock beside it, half of it standing and half of it sitting."""
    n = 60 * RATE_HZ
    acc = np.where(np.arange(n)[:, None] < n // 2, [1.0, 0.0, 0.0], [0.0, 0.0, -1.0])
    acc = acc + np.random.default_rng(1).normal(0, 0.01, (n, 3))
    times = np.datetime64("2026-03-01T09:00:00") + (np.arange(n) * 1000 // RATE_HZ).astype("timedelta64[ms]")
    rows = [f"{at},{x:.4f},{y:.4f},{z:.4f}" for at, (x, y, z) in zip(times, acc.tolist(), strict=True)]
    path = tmp_path / "walk.csv"
    path.write_text("at,ax,ay,az\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def columns(tmp_path: Path) -> Path:
    path = tmp_path / "columns.toml"
    path.write_text(
        '[time]\ncolumn = "at"\nunit = "text"\nclock = "wall"\n[acc]\ncolumns = ["ax", "ay", "az"]\nunit = "g"\n',
        encoding="utf-8",
    )
    return path


def test_analyze_takes_a_table_with_its_columns(run: Run, logged: Path, columns: Path) -> None:
    result = run("analyze", logged, "--columns", columns)
    assert result.exit_code == ExitCode.OK
    assert "walk.csv  from 2026-03-01 09:00, 0:59 long" in result.stdout


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's time zone cannot be set for one process")
def test_the_wearers_own_clock_is_shown_wherever_the_computer_stands(
    run: Run, logged: Path, columns: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        away.setenv("TZ", "America/Denver")
        time.tzset()
        shown = run("analyze", logged, "--columns", columns).stdout
    time.tzset()
    assert "from 2026-03-01 09:00" in shown


def test_times_that_begin_anew_are_refused(run: Run, logged: Path, columns: Path) -> None:
    text = logged.read_text(encoding="utf-8")
    logged.write_text(text + text.partition("\n")[2], encoding="utf-8")
    refused = run("analyze", logged, "--columns", columns)
    assert refused.exit_code == ExitCode.USAGE
    assert "walk.csv: times do not grow" in refused.stderr


def test_a_damaged_table_gives_results_and_says_what_is_lost(run: Run, logged: Path, columns: Path) -> None:
    logged.write_text(logged.read_text(encoding="utf-8") + "torn off\n", encoding="utf-8")
    result = run("analyze", logged, "--columns", columns, "--json")
    assert result.exit_code == ExitCode.RECOVERED
    assert json.loads(result.stdout)["results"][0]["damage"].startswith("1 of 3001 lines left out")


def test_a_file_that_nobody_knows_is_refused_with_what_there_is(run: Run, logged: Path, tmp_path: Path) -> None:
    unknown = run("analyze", logged)
    assert unknown.exit_code == ExitCode.USAGE
    assert "has the columns at, ax, ay, az; expected those of" in unknown.stderr
    (tmp_path / "walk.xlsx").write_bytes(b"PK\x03\x04")
    other = run("analyze", tmp_path / "walk.xlsx")
    assert "walk.xlsx: is a zip archive; expected a file that ends in .mcap, .cwa" in other.stderr


@pytest.mark.parametrize(
    ("to", "name"),
    [
        ("csv", "walk-csv/samples_settled.csv"),
        ("sto", "walk.sto"),
        ("motion-bids", "walk-motion-bids/dataset_description.json"),
        ("fhir", "walk.fhir.json"),
        ("events", "walk-events.csv"),
    ],
)
def test_export_writes_every_format_beside_nothing(
    run: Run, logged: Path, columns: Path, tmp_path: Path, to: str, name: str
) -> None:
    result = run("export", logged, "--columns", columns, "--to", to)
    assert result.exit_code == ExitCode.OK
    assert result.stdout.startswith("Reading: settled. Written:")
    assert (tmp_path / name).is_file()
    again = run("export", logged, "--columns", columns, "--to", to)
    assert again.exit_code == ExitCode.USAGE
    assert "name a new f" in again.stderr


def test_export_as_lived_says_so_everywhere(run: Run, logged: Path, columns: Path, tmp_path: Path) -> None:
    arguments = ("export", logged, "--columns", columns, "--reading", "as_lived", "--out", tmp_path / "out", "--json")
    told = json.loads(run(*arguments).stdout)
    assert told["reading"] == "as_lived"
    assert all("as_lived" in Path(path).name or Path(path).name == "about.json" for path in told["written"])


def test_export_knows_the_wearers_zone_where_it_is_told(run: Run, logged: Path, columns: Path, tmp_path: Path) -> None:
    run("export", logged, "--columns", columns, "--to", "fhir", "--utc-offset", "-07:00")
    bundle = json.loads((tmp_path / "walk.fhir.json").read_text(encoding="utf-8"))
    assert bundle["entry"][1]["resource"]["effectivePeriod"]["start"] == "2026-03-01T09:00:00.000-07:00"
    wrong = run("export", logged, "--columns", columns, "--to", "events", "--utc-offset", "7")
    assert "utc_offset is '7'; give hours and minutes" in wrong.stderr


def test_import_makes_a_recording_that_gives_the_same_angles(
    run: Run, logged: Path, columns: Path, tmp_path: Path
) -> None:
    result = run("import", logged, "--columns", columns, "--utc-offset", "+02:00", "--side", "left", "--json")
    assert result.exit_code == ExitCode.OK
    path = Path(json.loads(result.stdout)["recording"])
    assert path.parent == tmp_path / "home" / "recordings"
    assert path.name.startswith("20260301T070000Z_")
    imported, file = open_recording(path), open_recording(logged, columns=str(columns), side="left")
    assert np.array_equal(imported.thigh_flexion_deg, file.thigh_flexion_deg, equal_nan=True)
    assert np.array_equal(imported.hip_flexion_deg, file.hip_flexion_deg, equal_nan=True)
    assert np.array_equal(imported.t_ns, file.t_ns - 2 * 3600 * 10**9)
    assert [s.kind for s in imported.activity] == [s.kind for s in file.activity]
    assert read_session(path).damage is None


def test_a_recording_that_was_imported_keeps_the_wearers_time(
    run: Run, logged: Path, columns: Path, tmp_path: Path
) -> None:
    made = run("import", logged, "--columns", columns, "--utc-offset", "+02:00", "--json")
    path = json.loads(made.stdout)["recording"]
    run("export", path, "--out", tmp_path / "out")
    with (tmp_path / "out" / "activity_settled.csv").open(encoding="utf-8") as text:
        assert next(csv.DictReader(text))["start"].startswith("2026-03-01T09:00:0")


def test_import_needs_to_know_when_it_was(run: Run, tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", acc_g=np.tile([0.0, 0.0, 1.0], (500, 1)), rate_hz=50.0)
    refused = run("import", tmp_path / "a.npz")
    assert refused.exit_code == ExitCode.USAGE
    assert "does not say when it was recorded; give --start" in refused.stderr
    arguments = ("import", tmp_path / "a.npz", "--start", "2026-03-01T09:00", "--utc-offset", "+01:00", "--json")
    assert "20260301T080000Z" in json.loads(run(*arguments).stdout)["recording"]
    assert "give local time" in run(*arguments[:3], "yesterday").stderr


def test_a_recording_is_not_imported_again(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.mcap").write_bytes(b"")
    assert "is a recording already" in run("import", tmp_path / "a.mcap").stderr


def test_one_sensor_of_several_is_named(run: Run, tmp_path: Path) -> None:
    acc = np.tile([0.0, 0.0, 9.81], (500, 1))
    np.savez(tmp_path / "body.npz", thigh_acc=acc, pelvis_acc=acc, rate_hz=50.0)
    assert "holds the sensors pelvis, thigh; name one" in run("analyze", tmp_path / "body.npz").stderr
    assert run("analyze", tmp_path / "body.npz", "--sensor", "thigh").exit_code == ExitCode.OK
    assert "has no field knee_acc" in run("analyze", tmp_path / "body.npz", "--sensor", "knee").stderr


def test_a_file_of_columns_can_be_written_by_the_pattern_of_a_preset(run: Run) -> None:
    assert "x-imu3" in run("columns").stdout.split()
    assert 'column = "Timestamp (us)"' in run("columns", "x-imu3").stdout
    assert "give a TOML file, or one of" in run("columns", "xsens").stderr

"""The commands: what they print, and with which exit code they end."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from firmware_sim.scenarios import SCENARIOS
from firmware_sim.sensors import SENSORS
from hipmonitor.core.inbound import ChangeSettings, LinkChange, LinkState, Samples, SensorId, UserAction
from hipmonitor.core.instants import HostNs
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.core.settings import Settings
from hipmonitor.core.wire import SUPPORTED
from hipmonitor.io.clock import civil_tick
from hipmonitor.io.session import SessionWriter
from hipmonitor.ui.cli import simulation
from hipmonitor.ui.cli.app import app
from hipmonitor.ui.cli.demo_command import MAKES, ScenarioChoice
from hipmonitor.ui.cli.demo_result import rmse_to_truth
from hipmonitor.ui.cli.exits import ExitCode

START = HostNs(1_786_000_000_000_000_000)
RATE_HZ = 50.0
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command with a home of its own."""
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def sits_and_stands(seconds: int = 60) -> np.ndarray:
    """(n, 3) in g: a thigh that stands, then sits, with a little noise."""
    n = int(seconds * RATE_HZ)
    acc = np.where(np.arange(n)[:, None] < n // 2, [1.0, 0.0, 0.0], [0.0, 0.0, -1.0])
    return acc + np.random.default_rng(1).normal(0, 0.01, (n, 3))


@pytest.fixture
def npz(tmp_path: Path) -> Path:
    path = tmp_path / "thigh.npz"
    np.savez(path, acc_g=sits_and_stands(), rate_hz=RATE_HZ)
    return path


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return write_recording(tmp_path / "home" / "recordings", finish=True)


def write_recording(folder: Path, *, finish: bool) -> Path:
    """A minute of samples; unfinished ones are left as a crash leaves them."""
    folder.mkdir(parents=True, exist_ok=True)
    sensor = SensorId("C0:FF:EE:00:00:01")
    writer = SessionWriter(folder, sensor=sensor, started_at=START)
    writer.record([UserAction(at=START, action=ChangeSettings(settings=Settings()))])
    acc = sits_and_stands() * STANDARD_GRAVITY_MPS2
    for second in range(60):
        rows = slice(int(second * RATE_HZ), int((second + 1) * RATE_HZ))
        t_ns = START + (np.arange(rows.start, rows.stop) * 1e9 / RATE_HZ).astype(np.int64)
        at = HostNs(int(t_ns[-1]))
        samples = Samples(at=at, sensor=sensor, rate_hz=RATE_HZ, t_ns=t_ns, acc_mps2=acc[rows], gyr_radps=None)
        writer.record([samples, civil_tick(at, 7200)])
    if finish:
        writer.record([LinkChange(at=at, sensor=sensor, state=LinkState.ENDED)])
        return writer.finish()
    writer.flush()
    torn = writer.path.with_name("torn.mcap.part")
    torn.write_bytes(writer.path.read_bytes()[:-40])
    writer.finish().unlink()
    return torn


# --- analyze ----------------------------------------------------------------------------------------------------------


def test_analyze_prints_a_table_and_which_reading_it_is(run: Run, npz: Path) -> None:
    result = run("analyze", npz)
    assert result.exit_code == ExitCode.OK
    for part in ("thigh.npz", "settled", "Sedentary time", "both sides at least 5 s", "Deep flexion", "Placement"):
        assert part in result.stdout, part
    assert "Not a medical device" in result.stdout
    assert "\x1b" not in result.stdout


def test_analyze_as_json_has_every_figure(run: Run, npz: Path) -> None:
    document = json.loads(run("analyze", npz, npz, "--json", "--reading", "as_lived", "--side", "left").stdout)
    first, second = document["results"]
    assert first == second
    assert first["reading"] == first["summary"]["reading"] == "as_lived"
    assert first["summary"]["duration_s"] == pytest.approx(60, abs=0.1)
    assert sum(first["summary"]["activity_s"].values()) == pytest.approx(60, abs=3)
    assert set(first) >= {"file", "bouts", "sets", "alerts", "gaps", "calibration", "activity", "damage"}


def test_g_and_si_units_come_to_the_same(run: Run, npz: Path, tmp_path: Path) -> None:
    other = tmp_path / "si.npz"
    np.savez(other, acc_mps2=sits_and_stands() * STANDARD_GRAVITY_MPS2, t_s=np.arange(int(60 * RATE_HZ)) / RATE_HZ)
    in_g, in_si = (json.loads(run("analyze", file, "--json").stdout)["results"][0]["summary"] for file in (npz, other))
    assert in_g["activity_s"] == in_si["activity_s"]


def test_analyze_of_a_recording_equals_its_replay_as_lived(run: Run, recording: Path) -> None:
    analysed = json.loads(run("analyze", recording, "--json", "--reading", "as_lived").stdout)
    replayed = json.loads(run("replay", recording, "--json").stdout)
    assert analysed == replayed
    assert analysed["results"][0]["summary"]["duration_s"] == pytest.approx(60, abs=0.1)


def test_analyze_takes_limits_from_a_file(run: Run, recording: Path, tmp_path: Path) -> None:
    limits = tmp_path / "limits.toml"
    limits.write_text("[sitting]\nsit_limit_min = 0.1\n")
    result = run("analyze", recording, "--settings", limits)
    assert result.exit_code == ExitCode.OK
    limits.write_text("[sitting]\nsit_limit = 0.1\n")
    result = run("analyze", recording, "--settings", limits)
    assert result.exit_code == ExitCode.USAGE
    assert "sit_limit_min" in result.stderr


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"force": np.zeros((9, 3)), "rate_hz": 50.0}, "force"),
        ({"acc_g": np.zeros((9, 3))}, "rate_hz"),
        ({"acc_g": np.zeros((9, 2)), "rate_hz": 50.0}, "(9, 2)"),
        ({"acc_g": np.array(["a"] * 9), "rate_hz": 50.0}, "acc_g"),
    ],
)
def test_arrays_that_do_not_fit_are_named_with_file_and_remedy(
    run: Run, tmp_path: Path, fields: dict[str, object], named: str
) -> None:
    path = tmp_path / "odd.npz"
    np.savez(path, **fields)  # type: ignore[arg-type]
    result = run("analyze", path)
    assert result.exit_code == ExitCode.USAGE
    assert result.stderr.startswith(f"hipmonitor: {path}: ")
    assert named in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["gone.npz", "gone.mcap", "text.npz", "text.mcap", "empty.npz"])
def test_files_that_cannot_be_read_are_one_sentence(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if not name.startswith("gone"):
        path.write_text("hello" if name.startswith("text") else "")
    result = run("analyze", path)
    assert result.exit_code == ExitCode.USAGE
    assert str(path) in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_damaged_recording_gives_results_and_code_3(run: Run, tmp_path: Path) -> None:
    torn = write_recording(tmp_path, finish=False)
    result = run("analyze", torn)
    assert result.exit_code == ExitCode.RECOVERED
    assert "Not whole" in result.stdout
    assert "Sedentary time" in result.stdout


# --- replay -----------------------------------------------------------------------------------------------------------


def test_replay_without_a_terminal_prints_lines(run: Run, recording: Path) -> None:
    result = run("replay", recording, "--speed", "0")
    assert result.exit_code == ExitCode.OK
    assert "09:07:" in result.stdout, "the wearer's time of day, from the recording"


def test_replay_of_a_torn_recording_says_what_is_missing(run: Run, tmp_path: Path) -> None:
    result = run("replay", write_recording(tmp_path, finish=False), "--speed", "0", "--from", "30")
    assert result.exit_code == ExitCode.RECOVERED
    assert "Readable until" in result.stderr


# --- recordings -------------------------------------------------------------------------------------------------------


def test_list_names_recordings_or_says_how_to_make_one(run: Run, tmp_path: Path) -> None:
    assert "hipmonitor demo" in run("recordings", "list").stdout
    whole = write_recording(tmp_path / "home" / "recordings", finish=True)
    demo = write_recording(tmp_path / "home" / "recordings" / "demo", finish=True)
    text = run("recordings", "list").stdout
    assert whole.name in text
    assert f"demo/{demo.name}" in text.replace("\\", "/")
    document = json.loads(run("recordings", "list", "--json").stdout)
    assert [entry["state"] for entry in document["recordings"]] == ["whole", "whole"]


def test_info_tells_state_and_length(run: Run, recording: Path) -> None:
    result = run("recordings", "info", recording)
    assert result.exit_code == ExitCode.OK
    assert "whole" in result.stdout
    assert "1:00" in result.stdout or "0:59" in result.stdout
    assert json.loads(run("recordings", "info", recording, "--json").stdout)["lost_s"] == 0.0


def test_repair_makes_a_torn_one_whole_and_says_what_is_lost(run: Run, tmp_path: Path) -> None:
    torn = write_recording(tmp_path, finish=False)
    info = run("recordings", "info", torn)
    assert info.exit_code == ExitCode.RECOVERED
    assert "recordings repair" in info.stdout
    report = run("recordings", "repair", torn, "--json")
    assert report.exit_code == ExitCode.RECOVERED
    whole = json.loads(report.stdout)["path"]
    assert run("recordings", "info", whole).exit_code == ExitCode.OK


@pytest.mark.parametrize("command", ["info", "repair"])
def test_a_recording_that_is_not_there_is_a_usage_error(run: Run, tmp_path: Path, command: str) -> None:
    result = run("recordings", command, tmp_path / "none.mcap")
    assert result.exit_code == ExitCode.USAGE
    assert "recordings list" in result.stderr


# --- the rest -----------------------------------------------------------------------------------------------------------


def test_doctor_has_a_line_for_everything(run: Run) -> None:
    result = run("doctor", "--radio", "nonsense")
    assert result.exit_code == ExitCode.NO_DEVICE
    document = json.loads(run("doctor", "--radio", "nonsense", "--json").stdout)
    findings = {finding["what"]: finding for finding in document["findings"]}
    assert set(findings) >= {"Python", "Packages", "Bluetooth", "Recordings", "Settings", "Clock"}
    assert [what for what, finding in findings.items() if not finding["ok"]] == ["Bluetooth"]
    assert findings["Bluetooth"]["todo"]


def test_doctor_names_a_settings_file_that_cannot_be_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "config.toml").write_text("side = 3\n")
    document = json.loads(run("doctor", "--radio", "nonsense", "--json").stdout)
    settings = next(finding for finding in document["findings"] if finding["what"] == "Settings")
    assert not settings["ok"]
    assert "config.toml" in settings["todo"]


@pytest.mark.parametrize("command", ["scan", "live", "calibrate"])
def test_without_a_radio_the_code_is_4_and_one_sentence_says_why(run: Run, command: str) -> None:
    result = run(command, "--radio", "nonsense")
    assert result.exit_code == ExitCode.NO_DEVICE
    assert result.stderr.strip().splitlines()[-1].startswith("hipmonitor: The radio 'nonsense' is not known.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyze"],
        ["nothing"],
        ["demo", "--scenario", "swim"],
        ["demo", "--sensor", "watch"],
        ["replay", "a", "--speed", "-1"],
    ],
)
def test_wrong_usage_is_code_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == ExitCode.USAGE


def test_the_demo_offers_every_scenario_of_the_simulator() -> None:
    assert {choice.value for choice in ScenarioChoice} == set(SCENARIOS)


def test_the_demo_offers_every_sensor_that_is_supported_and_simulated() -> None:
    assert set(MAKES) == {row.family for row in SUPPORTED} == {row.sensor for row in SENSORS}


def test_the_supported_sensors_are_listed_with_what_is_good_to_know(run: Run) -> None:
    told = json.loads(run("sensors", "--json").stdout)["sensors"]
    assert [row["family"] for row in told] == [row.family for row in SUPPORTED]
    assert all(row["grade"] and row["rates_hz"] and row["timestamps"] and row["remarks"] for row in told)
    text = run("sensors").stdout
    assert "WitMotion" in text
    assert "simulated" in text


def test_the_demo_says_what_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulation, "find_spec", lambda name: None if name == "bumble" else object())
    result = run("demo", "--headless")
    assert result.exit_code == ExitCode.NO_DEVICE
    assert 'pip install "hipmonitor[sim]"' in result.stderr


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").stdout.startswith("hipmonitor 0.")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom hipmonitor.ui.cli.app import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'scipy', 'bleak', 'bumble', 'vqf', 'pydantic', 'mcap', 'asyncio'} & set(sys.modules)\n"
        "sys.stderr.write(','.join(sorted(heavy)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Not a medical device" in done.stdout
    assert done.stderr == ""


def test_a_reader_that_leaves_early_ends_the_command_quietly(recording: Path) -> None:
    command = "from hipmonitor.ui.cli import main; main()"
    lister = subprocess.Popen(
        [sys.executable, "-c", command, "replay", str(recording), "--speed", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert lister.stdout is not None
    lister.stdout.close()
    assert lister.stderr is not None
    errors = lister.stderr.read()
    lister.stderr.close()
    assert lister.wait(20) == 0
    assert errors == b""


# --- the demo's error against truth ------------------------------------------------------------------------------------------


def test_the_error_is_taken_at_the_same_host_times() -> None:
    true_t_ns = START + np.arange(0, 10) * 1_000_000_000
    true_deg = np.linspace(0.0, 90.0, 10, dtype=np.float64)
    t_ns = START + np.array([500_000_000, 2_250_000_000])
    rmse_deg, rows = rmse_to_truth(t_ns, np.array([8.0, 19.5], np.float64), true_t_ns, true_deg)
    assert rmse_deg == pytest.approx(3.0)
    assert rows == 2


def test_without_rows_there_is_no_error_to_tell() -> None:
    nothing = np.zeros(0)
    rmse_deg, rows = rmse_to_truth(nothing.astype(np.int64), nothing, np.array([START]), np.array([0.0]))
    assert np.isnan(rmse_deg)
    assert rows == 0


def test_square_brackets_in_a_path_are_only_that(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "[/b] of [bold]me"
    recording = write_recording(folder, finish=True)
    analysed = run("analyze", recording.rename(recording.with_name("[b].mcap")))
    assert analysed.exit_code == ExitCode.OK
    assert "[b].mcap" in analysed.output
    listed = run("recordings", "list", "--folder", folder).output
    assert f"In {folder}:" in listed
    assert "[b].mcap" in listed


@pytest.mark.parametrize("words", [("live", "--plain"), ("monitor",), ("calibrate", "--only")])
def test_a_home_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path, run: Run, words: tuple[str, ...]) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "state").touch()  # a file: no folder can be made there
    done = run(*words)
    assert done.exit_code == ExitCode.USAGE
    assert "name another place in HIPMONITOR_HOME" in done.output

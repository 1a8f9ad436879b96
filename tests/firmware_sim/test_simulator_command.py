"""python -m firmware_sim: it says when it is ready, gives cues, writes truth, and ends cleanly when told to."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from firmware_sim.__main__ import arguments, main
from firmware_sim.truth import read_truth

pytest.importorskip("bumble", reason="the simulated radio needs the extra hipmonitor[sim]")
PATIENCE_S = 30


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM ends a process there without asking it")
def test_a_run_on_the_virtual_air_gives_its_cue_and_leaves_truth_on_sigterm(tmp_path: Path) -> None:
    truth = tmp_path / "truth.npz"
    air = subprocess.Popen([sys.executable, "-m", "firmware_sim.air"], stdout=subprocess.PIPE, text=True)
    try:
        assert air.stdout is not None
        port = json.loads(air.stdout.readline())["sensor_port"]
        command = ["-m", "firmware_sim", "--transport", f"tcp-client:127.0.0.1:{port}", "--truth", str(truth)]
        sensor = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True)
        assert sensor.stdout is not None
        lines = [json.loads(sensor.stdout.readline()) for _ in range(3)]
        sensor.send_signal(signal.SIGTERM)
        rest, _ = sensor.communicate(timeout=PATIENCE_S)
    finally:
        air.kill()
        air.communicate()
    assert [next(iter(line)) for line in lines] == ["scenario", "ready", "cue"]
    assert lines[2]["at_ns"] == lines[1]["start_ns"] + 500_000_000
    assert lines[1]["person"]["side"] in {"left", "right"}
    assert json.loads(rest.splitlines()[-1])["ended"] is True
    assert sensor.returncode == 0
    rows = read_truth(truth)
    assert rows.t_ns[0] == lines[1]["start_ns"]
    assert len(rows.t_ns) >= 10


def test_places_on_the_body_are_chosen() -> None:
    assert arguments(["--transport", "usb:0"]).where == ("thigh",)
    assert arguments(["--transport", "usb:0", "--where", "pelvis"]).where == ("pelvis",)
    assert arguments(["--transport", "usb:0", "--where", "pelvis,thigh"]).where == ("thigh", "pelvis")


def test_a_radio_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--transport", "tcp-client:127.0.0.1:1"]) == 2
    assert "127.0.0.1:1" in capsys.readouterr().err


def test_a_recording_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--transport", "tcp-client:127.0.0.1:1", "--play", "absent.npz"]) == 2
    assert "absent.npz" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [
        ["--scenario", "night"],
        ["--where", "knee"],
        ["--where", "thigh,pelvis", "--address", "F0:0D:00:00:00:09"],
        ["--fault", "melt@3"],
        ["--rate-hz", "60"],
        ["--play", "a.npz", "--truth", "b.npz"],
    ],
)
def test_a_wrong_command_line_is_told(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(["--transport", "usb:0", *wrong])
    assert wrong[-2] in capsys.readouterr().err

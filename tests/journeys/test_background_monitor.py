"""The monitor in the background as a person uses it: real processes, the virtual air, every command through the door."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("bumble", reason="the simulator's Bluetooth stack is an extra: pip install 'hipmonitor[sim]'")

from hipmonitor.core.inbound import (
    ChangeSettings,
    EndQuiet,
    HoldPose,
    LinkChange,
    LinkState,
    Mark,
    Notification,
    Quiet,
    Snooze,
    TookOff,
)
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.session import find_unfinished
from hipmonitor.ui.cli.exits import ExitCode
from tests.journeys.air_processes import air_and_sensor
from tests.journeys.home import LIMIT_S, PROGRAM, Home, actions, flowing

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="signals and UNIX sockets are those of this system: POSIX only"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    with air_and_sensor() as radio:
        (tmp_path / "home").mkdir()
        yield Home(tmp_path / "home", radio)


def test_a_day_with_the_monitor_from_start_to_stop(home: Home) -> None:
    with home.monitor() as process:
        status = home.until(flowing, "streaming")
        assert status["pid"] == process.pid
        assert status["paused"] is False

        assert "vibrated" in home.say("notify", "vibration").stderr
        home.done("mark", "new chair")
        home.done("snooze", "10")
        home.done("quiet", "30m")
        home.done("quiet", "off")
        home.done("took-off")
        with subprocess.Popen(
            [*PROGRAM, "calibrate"], env=home.environment, stderr=subprocess.PIPE, text=True
        ) as steps:
            assert steps.stderr is not None
            assert "Stand still for three seconds" in steps.stderr.readline()
            home.until(lambda status: status["calibration"]["instruction"], "the first step")
            steps.kill()
        assert "let go" in home.done("pause")
        assert "is paused" in home.say("calibrate").stderr
        assert "Paused" in home.done("status")
        assert json.loads(home.done("status", "--json"))["paused"] is True
        home.done("resume")
        home.until(flowing, "streaming again")

        second = home.say("monitor", "--radio", home.radio)
        assert second.returncode == ExitCode.ALREADY_RUNNING
        assert str(process.pid) in second.stderr
        assert home.say("live", "--radio", home.radio).returncode == ExitCode.ALREADY_RUNNING
        home.until(flowing, "streaming beside those who were refused")

        assert ".mcap" in home.done("stop")
        assert process.wait(LIMIT_S) == 0
    said = home.say("status")
    assert said.returncode == ExitCode.NOT_RUNNING
    assert "No monitor is running" in said.stderr
    events = home.recorded()
    assert [action for action in actions(events)[1:] if not isinstance(action, HoldPose)] == [
        Mark(text="new chair"),
        Snooze(minutes=10.0),
        Quiet(minutes=30.0),
        EndQuiet(),
        TookOff(),
    ]
    written = [e.payload[0] for e in events if isinstance(e, Notification) and e.channel == hip.CONTROL_WRITTEN]
    assert written.count(hip.Op.VIBRATE) == 1
    states = [event.state for event in events if isinstance(event, LinkChange)]
    assert states.count(LinkState.STREAMING) == 2
    assert states[-1] is LinkState.ENDED


def test_settings_that_are_edited_come_in_at_the_front_door_and_broken_ones_are_said(home: Home) -> None:
    home.settings.write_text("side = 'left'\n")
    with home.monitor() as process:
        home.until(flowing, "streaming")
        home.settings.write_text("[sitting]\nsit_limit_min = 'long'\n")
        home.until(lambda status: "sit_limit_min" in status["settings_problem"], "a broken file")
        home.settings.write_text("side = 'left'\n[sitting]\nsit_limit_min = 20.0\n")
        home.until(lambda status: not status["settings_problem"] and status["sitting"]["limit_s"] == 1200, "new limits")
        home.done("stop")
        assert process.wait(LIMIT_S) == 0
        assert process.stderr is not None
        assert "stay in force" in process.stderr.read()
    limits = [a.settings.sitting.sit_limit_min for a in actions(home.recorded()) if isinstance(a, ChangeSettings)]
    assert limits == [30.0, 20.0]


def test_it_ends_whole_on_a_polite_kill(home: Home) -> None:
    with home.monitor() as process:
        home.until(flowing, "streaming")
        process.send_signal(signal.SIGTERM)
        assert process.wait(LIMIT_S) == 0
    states = [event.state for event in home.recorded() if isinstance(event, LinkChange)]
    assert states[-1] is LinkState.ENDED


def test_after_a_kill_nothing_stands_in_the_way_of_the_next_start(home: Home) -> None:
    with home.monitor() as process:
        home.until(flowing, "streaming")
        process.kill()
        process.wait(LIMIT_S)
    assert home.say("status").returncode == ExitCode.NOT_RUNNING
    with home.monitor() as process:
        home.until(flowing, "streaming after a kill")
        home.done("stop")
        assert process.wait(LIMIT_S) == 0
    assert find_unfinished(home.folder / "recordings") == []
    assert len(list((home.folder / "recordings").glob("*.mcap"))) == 2


def test_vibration_can_be_tried_without_a_monitor(home: Home) -> None:
    tried = home.say("notify", "vibration", "--radio", home.radio)
    assert tried.returncode == 0, tried.stderr
    assert "vibrated" in tried.stderr
    assert not list(home.folder.rglob("*.mcap*"))


def test_callers_who_say_garbage_or_nothing_do_not_stop_it(home: Home) -> None:
    door = home.folder / "state/monitor/door.json"
    with home.monitor() as process:
        home.until(flowing, "streaming")
        lines = [socket.socket(socket.AF_UNIX) for _ in range(40)]
        for number, line in enumerate(lines):
            line.connect(json.loads(door.read_text())["address"])
            line.sendall(os.urandom(200) if number % 2 else b"")
        home.until(flowing, "streaming beside them")
        for line in lines:
            line.close()
        home.until(flowing, "streaming after them")
        home.done("stop")
        assert process.wait(LIMIT_S) == 0


def test_whoever_takes_over_learns_how_to_hand_back(home: Home) -> None:
    program = "import json; from hipmonitor.io.control import Release, ask; print(json.dumps(ask(Release())))"
    with home.monitor() as process:
        home.until(flowing, "streaming")
        window = subprocess.run(
            [sys.executable, "-c", program], env=home.environment, capture_output=True, text=True, check=True
        )
        answer = json.loads(window.stdout)
        assert Path(answer["recording"]).suffix == ".mcap"
        assert answer["again"] == ["monitor", "--radio", home.radio]
        assert process.wait(LIMIT_S) == 0

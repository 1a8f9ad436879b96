"""`hipmonitor exercise` as a person uses it: real processes, the virtual air, a set begun, paused, ended and rated by commands."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("bumble", reason="the simulator's Bluetooth stack is an extra: pip install 'hipmonitor[sim]'")

from hipmonitor.core.inbound import EndSet, Notification, PauseSet, RateSet, ResumeSet, StartSet
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.history import History
from hipmonitor.runtime.counting_cues import Cue
from hipmonitor.runtime.counting_ways import BUZZES
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


def running(status: dict[str, Any]) -> bool:
    return status["exercise"]["now"] is not None


def paused(status: dict[str, Any]) -> bool:
    return running(status) and status["exercise"]["now"]["phase"] == "paused"


def test_a_set_from_start_to_comfort(home: Home) -> None:
    home.settings.write_text("[exercise]\ncount_by_sound = false\n")
    alone = home.say("exercise", "start", "bridge")
    assert (alone.returncode, "No monitor is running" in alone.stderr) == (ExitCode.NOT_RUNNING, True)
    with home.monitor() as process:
        home.until(flowing, "streaming")
        with subprocess.Popen(
            [*PROGRAM, "exercise", "start", "free set", "--repetitions", "50"],
            env=home.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as follows:
            home.until(running, "a set")
            assert "Free set" in home.done("status")
            home.done("exercise", "pause")
            home.until(paused, "a pause")
            home.done("exercise", "resume")
            home.until(lambda status: running(status) and not paused(status), "going on")
            assert "Free set: 0 of 50" in home.done("exercise", "end")
            said, trouble = follows.communicate(timeout=LIMIT_S)
            assert follows.returncode == 0, trouble
        assert "Paused." in said
        assert said.count("Free set: 0 of 50") >= 3
        assert "Free set: 0 of 50 repetitions." in said
        assert "Noted for Free set: comfort 7 of 10." in home.done("exercise", "rate", "7")
        ended = json.loads(home.done("exercise", "status", "--json"))["ended"]
        assert (ended["exercise"], ended["ended_by"]) == ("free_set", "wearer")
        home.done("stop")
        assert process.wait(LIMIT_S) == 0
    events = home.recorded()
    felt = [event for event in events if isinstance(event, Notification) and event.channel == hip.CONTROL_WRITTEN]
    pattern, strength = BUZZES[Cue.ENDED]
    assert [each.payload[2:] for each in felt if each.payload[0] == hip.Op.VIBRATE][-1] == bytes((pattern, strength))
    done = [action for action in actions(events) if not hasattr(action, "settings")]
    assert [type(action) for action in done] == [StartSet, PauseSet, ResumeSet, EndSet, RateSet]
    with History() as history:
        first, last = history.span() or (0, 0)
        (record,) = history.sets(first, last)
    assert (record.result.exercise, record.comfort) == ("free_set", 7)
    assert "Comfort 7 of 10." in home.done("day")

"""`hipmonitor exercise`: the library in words, and what a set through the monitor's door says, asks and refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from hipmonitor.core.errors import ControlError
from hipmonitor.core.exercise import BY_NAME, LIBRARY, STRETCH_SENTENCE, ExerciseNow, Phase, SetResult
from hipmonitor.core.inbound import EndSet, PauseSet, RateSet, ResumeSet, StartSet
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.programme import Planned
from hipmonitor.io.control import Answer, Request, Status
from hipmonitor.io.exercises_template import TEMPLATE
from hipmonitor.ui.cli import exercise_library, guided_set, printing, set_door, set_following
from hipmonitor.ui.cli.app import app
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.cli.set_status import _ended, _running
from hipmonitor.ui.view_model.exercise.offered import Offered
from tests.core.builders import at
from tests.core.set_builders import ended_set, running

BRIDGE = BY_NAME["bridge"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path))
    monkeypatch.setattr(set_door, "ASK_EVERY_S", 0.0)
    return tmp_path


def run(*arguments: str, says: str | None = None) -> Result:
    return CliRunner().invoke(app, ["exercise", *arguments], input=says)


# -- the library -------------------------------------------------------------------------------------------------------


def test_the_list_has_every_exercise_with_its_target_and_what_is_not_seen() -> None:
    page = run("list").stdout
    offered = [each for each in LIBRARY if not each.provider_only]
    assert all(each.name in page and each.title in page for each in offered)
    assert "offered where your physio chose it" in page
    assert [each["name"] for each in json.loads(run("list", "--json").stdout)["exercises"]] == [e.name for e in offered]


def test_what_a_provider_wrote_is_in_the_list(home: Path) -> None:
    (home / "exercises.toml").write_text("[bridge]\ntarget.repetitions = 4\n")
    page = run("list").stdout
    assert "2 sets of 4" in page
    assert str(home / "exercises.toml") in page


def test_one_exercise_is_shown_with_its_start_steps_target_and_what_is_not_seen() -> None:
    page = " ".join(run("show", "Bridge").stdout.split())
    assert BRIDGE.start is not None
    for sentence in (BRIDGE.start.words, *BRIDGE.instructions, BRIDGE.unseen, "2 sets of 10, 20°, 1-2-2 s"):
        assert sentence in page
    stretch = next(each for each in LIBRARY if each.stretch and not each.provider_only)
    assert STRETCH_SENTENCE in " ".join(run("show", stretch.name).stdout.split())


def test_the_template_is_printed_as_it_is() -> None:
    assert run("template").stdout == TEMPLATE


def test_an_exercise_that_is_not_there_names_the_nearest() -> None:
    done = run("show", "brigde")
    assert (done.exit_code, "did you mean bridge?" in done.stderr) == (ExitCode.USAGE, True)


# -- a set through the door --------------------------------------------------------------------------------------------


class Monitor:
    """Answers with one status after the other; the last one again and again. Keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.statuses = [status()]

    def answer(self, request: Request) -> Answer:
        if isinstance(request, Status):
            return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        self.asked.append(request)
        return {"ok": True}


def status(
    now: ExerciseNow | None = None,
    ended: SetResult | None = None,
    *,
    at_s: float = 0.0,
    paused: bool = False,
    **of_sets: object,
) -> Answer:
    running = None if now is None else {**_running(now), "line": f"{now.exercise.title}: {now.full}. {now.phase}"}
    sets = {
        "refused": "",
        "note": "",
        "not_counted_by": {},
        "now": running,
        "ended": None if ended is None else _ended(ended),
        **of_sets,
    }
    plain: Any = printing.plain({"at_ns": at(at_s), "paused": paused, "exercise": sets})
    return json.loads(json.dumps(plain))  # type: ignore[no-any-return]


@pytest.fixture
def monitor(monkeypatch: pytest.MonkeyPatch) -> Monitor:
    made = Monitor()
    monkeypatch.setattr(set_door, "ask", made.answer)
    return made


def a_set(**values: object) -> ExerciseNow:
    return replace(running(at(1), exercise=BRIDGE), **values)  # type: ignore[arg-type]


DONE = ended_set(at(1), exercise=BRIDGE)


def test_a_set_is_begun_followed_and_told(monitor: Monitor) -> None:
    counts = [a_set(phase=Phase.POSE), a_set(), a_set(full=1), a_set(full=1, phase=Phase.MOVING), a_set(full=2)]
    monitor.statuses = [status(), *map(status, counts), status(None, DONE)]
    said = run("start", "bridge", "--repetitions", "7", "--range", "15", "--hold", "3").stdout
    target = replace(BRIDGE.target, repetitions=7, range_deg=15.0, hold_s=3.0)
    assert monitor.asked == [StartSet(exercise=BRIDGE, target=target)]
    lines = [line for line in said.splitlines() if line.startswith("Bridge")]
    assert lines == ["Bridge: 0. ready", "Bridge: 1. ready", "Bridge: 2. ready", "Bridge: 10 of 10 repetitions."]
    assert "hipmonitor exercise rate" in said
    assert "set 1 of 2" in said


def test_as_json_only_the_end_is_told(monitor: Monitor) -> None:
    monitor.statuses = [status(), status(a_set()), status(None, DONE)]
    document = json.loads(run("start", "bridge", "--json").stdout)
    assert (document["full"], document["partial"], document["started_ns"]) == (10, 1, at(1))


def test_the_same_exercise_soon_after_is_the_next_set(monitor: Monitor) -> None:
    first = replace(ended_set(HostNs(at(0) - 100 * NS_PER_S), exercise=BRIDGE))
    for ended, number in ((first, 2), (replace(first, ended=HostNs(at(0) - 7200 * NS_PER_S)), 1)):
        monitor.asked.clear()
        monitor.statuses = [status(None, ended), status(None, replace(DONE, number=number))]
        run("start", "bridge")
        assert [each.number for each in monitor.asked if isinstance(each, StartSet)] == [number]


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (status(paused=True), "hipmonitor resume"),
        (status(refused="No data from the sensor."), "No data from the sensor."),
        (status(refused="Exercises are off for today."), "Exercises are off for today."),
    ],
)
def test_a_set_that_could_not_be_seen_is_refused_with_what_helps(monitor: Monitor, before: Answer, said: str) -> None:
    monitor.statuses = [before]
    with pytest.raises(ControlError, match=said):
        guided_set.begin("bridge", {}, as_json=False)
    assert monitor.asked == []


def test_what_is_not_known_of_a_set_is_said_and_it_begins(monitor: Monitor) -> None:
    monitor.statuses = [status(note="Not calibrated yet."), status(None, DONE)]
    done = run("start", "bridge")
    assert ("Not calibrated yet." in done.stderr, len(monitor.asked)) == (True, 1)


def test_the_plan_s_target_of_today_is_the_set_s_and_what_is_typed_comes_before_it(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = Planned(exercise="bridge", target=replace(BRIDGE.target, repetitions=5, hold_s=4.0))
    for module in (guided_set, exercise_library):
        monkeypatch.setattr(module, "offered_now", lambda: Offered(exercises=LIBRARY, planned=(planned,)))
    monitor.statuses = [status(), status(None, DONE)]
    run("start", "bridge", "--hold", "1")
    assert [each.target for each in monitor.asked if isinstance(each, StartSet)] == [
        replace(BRIDGE.target, repetitions=5, hold_s=1.0)
    ]
    assert "2 sets of 5, 20°, 1-4-2 s, today" in " ".join(run("list").stdout.split())
    assert "from your plan" in run("show", "bridge").stdout


def test_a_target_that_nobody_means_is_refused_before_the_monitor_is_asked(monitor: Monitor) -> None:
    done = run("start", "bridge", "--repetitions", "500")
    assert "repetitions is 500; choose a value from 0 to 200" in done.stderr
    assert monitor.asked == []


def test_a_set_that_does_not_begin_is_said(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_door, "BEGINS_WITHIN_S", 0.01)
    assert "did not begin" in run("start", "bridge").stderr


def test_why_a_count_is_not_heard_is_said_once(monitor: Monitor) -> None:
    trouble = {"not_counted_by": {"sound": "there is no player for sound"}}
    monitor.statuses = [status(), *(status(a_set(full=k), **trouble) for k in range(3)), status(None, DONE)]
    assert run("start", "bridge").stderr.count("Not counted by sound: there is no player for sound.") == 1


def test_ctrl_c_ends_the_set_and_what_was_done_is_told(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_self: object, _seconds: float) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(set_following.Keys, "key", interrupted)
    monitor.statuses = [status(), status(a_set()), status(a_set()), status(None, DONE)]
    assert "10 of 10 repetitions." in run("start", "bridge").stdout
    assert monitor.asked[1:] == [EndSet()]


@pytest.mark.parametrize(
    ("key", "phase", "asked"),
    [("p", "moving", PauseSet()), ("p", "paused", ResumeSet()), ("e", "moving", EndSet()), ("z", "moving", None)],
)
def test_keys_pause_go_on_and_end(monitor: Monitor, key: str, phase: str, asked: Request | None) -> None:
    set_following.obey(key, {"phase": phase})
    assert monitor.asked == ([] if asked is None else [asked])


@pytest.mark.parametrize(("typed", "asked"), [("7\n", [7]), ("11\nten\n10\n", [10]), ("\n", [])])
def test_comfort_is_asked_for_and_may_be_left_out(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch, typed: str, asked: list[int]
) -> None:
    monkeypatch.setattr(guided_set, "_keyboard", lambda: True)
    monitor.statuses = [status(), status(None, DONE)]
    done = run("start", "bridge", says=typed)
    assert [each for each in monitor.asked if isinstance(each, RateSet)] == [
        RateSet(started=at(1), comfort=comfort) for comfort in asked
    ]
    assert ("whole number from 0 to 10" in done.stdout) is ("ten" in typed)


def test_a_set_that_ended_can_be_rated_later(monitor: Monitor) -> None:
    monitor.statuses = [status(None, DONE)]
    assert "Noted for Bridge: comfort 3 of 10." in run("rate", "3").stdout
    assert monitor.asked == [RateSet(started=at(1), comfort=3)]
    assert run("rate", "11").exit_code == ExitCode.USAGE


@pytest.mark.parametrize("command", ["pause", "resume", "end"])
def test_without_a_set_there_is_nothing_to_pause_or_end(monitor: Monitor, command: str) -> None:
    done = run(command)
    assert (done.exit_code, "No set is running" in done.stderr) == (ExitCode.USAGE, True)
    assert monitor.asked == []


def test_pause_and_resume_say_what_comes_next(monitor: Monitor) -> None:
    monitor.statuses = [status(a_set())]
    assert "exercise resume" in run("pause").stdout
    assert "not paused" in run("resume").stderr
    monitor.statuses = [status(a_set(phase=Phase.PAUSED))]
    assert "start pose again" in run("resume").stdout
    assert monitor.asked == [PauseSet(), ResumeSet()]


def test_the_status_tells_the_set_that_runs_or_the_last_one(monitor: Monitor) -> None:
    expected: list[tuple[Answer, str]] = [
        (status(), "No set is running."),
        (status(a_set(full=3)), "Bridge: 3. ready"),
        (status(None, DONE), "The last one: Bridge: 10 of 10 repetitions."),
    ]
    for answer, said in expected:
        monitor.statuses = [answer]
        assert said in run("status").stdout
    assert json.loads(run("status", "--json").stdout)["ended"]["full"] == 10

"""A warning sign from the wearer's word to the end of the day: alerts are decided and not told, no set begins, measuring goes on.

First in one process, so that minutes of sitting take no time; then as a person does it: real processes on the virtual air.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from hipmonitor.core.alerts import Alert, Hold
from hipmonitor.core.exercise import PoseChecked
from hipmonitor.core.inbound import Action, ChangeSettings, DaySoFar, Inbound, RestOfDay, StartSet, Tick, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import HipUpdate, Pipeline
from hipmonitor.core.programme import CheckIn, WarningSign
from hipmonitor.core.settings import AlertRules
from hipmonitor.io.clock import civil_tick
from hipmonitor.io.diary import append, read_diary
from hipmonitor.io.history import History
from hipmonitor.io.session import read_session
from hipmonitor.runtime.day_so_far import day_so_far
from hipmonitor.runtime.history_keeping import HistoryKeeper
from hipmonitor.runtime.resting import RestWatch
from tests.core.set_builders import CLAM
from tests.journeys.air_processes import air_and_sensor
from tests.journeys.lived_days import DAY, SHORT, Session
from tests.journeys.test_background_monitor import PROGRAM, Home, actions, flowing

NUMB_AT_S = 420
"""Of the session: after the first long sit, before the second."""
MORNING = Session(begin_s=9 * 3600, settings=replace(SHORT, alerts=AlertRules(daily_sitting_budget_h=0.1)))
SIT = (("stand", 30), ("walk", 60), ("sit", 180), ("walk", 30))


@dataclass
class Lived:
    """What a session brought."""

    alerts: list[Alert] = field(default_factory=list)
    poses: list[PoseChecked] = field(default_factory=list)
    decided_s: int = 0

    def take(self, update: HipUpdate) -> None:
        self.alerts += update.alerts
        self.poses += [pose for piece in update.pieces for pose in piece.exercise.poses]
        self.decided_s += sum(second.lasting_s for piece in update.pieces for second in piece.exposure.seconds)


def lived(session: Session, folder: Path, *, numb_at_s: int | None = None, day: int = DAY) -> Lived:
    """As a monitor lives it: recorded, watched, thought about; the wearer enters numbness, and tries a set a minute later."""
    diary, waiting, brought = folder / "diary.jsonl", list[Action](), Lived()
    shift_ns = (day - DAY) * 86_400 * NS_PER_S
    watch, pipeline = RestWatch(waiting.append, diary), Pipeline()
    before = day_so_far(civil_tick(HostNs(session.start + shift_ns), 0), folder / "h.db", diary)
    writer = session.writer(folder)
    keeper = HistoryKeeper(lambda: writer.path, folder / "h.db")
    for k, arrived in enumerate(session.seconds()):
        if k == 0 and before is not None:
            arrived.append(UserAction(at=arrived[0].at, action=before))
        if k == numb_at_s:
            sign = CheckIn(made_at=HostNs(1), day=day, utc_offset_s=0, signs=(WarningSign.NUMBNESS,))
            append(sign, diary)
        if numb_at_s is not None and k == numb_at_s + 60:
            waiting.append(StartSet(exercise=CLAM, target=CLAM.target))
        arrived += [UserAction(at=arrived[-1].at, action=action) for action in waiting]
        waiting.clear()
        events = [_on(event, shift_ns, day) for event in arrived]
        writer.record(events)
        watch.record(events)
        keeper.record(events)
        update = pipeline.step(events)
        keeper.accept(update)
        brought.take(update)
    writer.finish()
    keeper.finish()
    return brought


def _on(event: Inbound, shift_ns: int, day: int) -> Inbound:
    """The same on another day."""
    if not shift_ns:
        return event
    moved = replace(event, at=HostNs(event.at + shift_ns))
    if isinstance(moved, Tick):
        return replace(moved, civil_day=day)
    return replace(moved, t_ns=moved.t_ns + shift_ns) if hasattr(moved, "t_ns") else moved


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the morning on which numbness was entered."""
    return tmp_path_factory.mktemp("numb")


@pytest.fixture(scope="module")
def morning(folder: Path) -> Lived:
    return lived(MORNING, folder, numb_at_s=NUMB_AT_S)


def test_from_the_sign_on_alerts_are_due_and_not_told_and_no_set_begins(morning: Lived) -> None:
    day = morning
    entered = MORNING.start + NUMB_AT_S * NS_PER_S
    before = [alert for alert in day.alerts if alert.at < entered]
    after = [alert for alert in day.alerts if alert.at > entered + 2 * NS_PER_S]
    assert before
    assert {alert.not_told for alert in before} == {None}
    assert after
    assert {alert.not_told for alert in after} == {Hold.REST_OF_DAY}
    (refused,) = day.poses
    assert not refused.accepted
    assert "until tomorrow" in refused.sentence


def test_measuring_goes_on_and_the_history_says_why_nothing_was_told(morning: Lived, folder: Path) -> None:
    assert morning.decided_s > 700
    with History(folder / "h.db") as history:
        record = history.day(DAY, valid_day_worn_h=0)
    assert record.figures.tally.sit_s > 400
    assert {kept.followed.alert.not_told for kept in record.alerts} == {None, Hold.REST_OF_DAY}


def test_the_next_session_of_the_day_rests_from_its_beginning_and_the_next_day_does_not(tmp_path: Path) -> None:
    numb = CheckIn(made_at=HostNs(1), day=DAY, utc_offset_s=0, signs=(WarningSign.NUMBNESS,))
    append(numb, tmp_path / "diary.jsonl")
    noon = Session(begin_s=12 * 3600, script=SIT, settings=SHORT)
    assert {alert.not_told for alert in lived(noon, tmp_path).alerts} == {Hold.REST_OF_DAY}
    tomorrow = replace(noon, number=2)
    assert {alert.not_told for alert in lived(tomorrow, tmp_path, day=DAY + 1).alerts} == {None}


def test_a_day_of_rest_is_known_without_any_history(tmp_path: Path) -> None:
    append(
        CheckIn(made_at=HostNs(1), day=DAY, utc_offset_s=0, signs=(WarningSign.HIP_LOCKS,)), tmp_path / "diary.jsonl"
    )
    tick = civil_tick(MORNING.start, 0)
    so_far = day_so_far(tick, tmp_path / "h.db", tmp_path / "diary.jsonl")
    assert so_far == DaySoFar(day=DAY, sitting_s=0, deep_s=0, resting=True)
    assert day_so_far(replace(tick, civil_day=DAY + 1), tmp_path / "h.db", tmp_path / "diary.jsonl") is None


def test_an_old_folder_without_a_diary_lives_on_unchanged(tmp_path: Path) -> None:
    brought = lived(Session(begin_s=9 * 3600, script=SIT), tmp_path)
    assert {alert.not_told for alert in brought.alerts} == {None}
    so_far = day_so_far(civil_tick(MORNING.start, 0), tmp_path / "h.db", tmp_path / "diary.jsonl")
    assert so_far is not None
    assert not so_far.resting
    assert not (tmp_path / "diary.jsonl").exists()


# -- as a person does it -----------------------------------------------------------------------------------------------

pytest.importorskip("bumble", reason="the simulator's Bluetooth stack is an extra: pip install 'hipmonitor[sim]'")
on_the_air = pytest.mark.skipif(
    os.name != "posix", reason="signals and UNIX sockets are those of this system: POSIX only"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    with air_and_sensor() as radio:
        (tmp_path / "home").mkdir()
        yield Home(tmp_path / "home", radio)


def resting(status: dict[str, Any]) -> bool:
    return status["not_told"] == "rest_of_day"


@on_the_air
def test_a_sign_entered_in_a_terminal_stills_the_monitor_and_the_next_one(home: Home) -> None:
    with home.monitor() as process:
        home.until(flowing, "streaming")
        said = home.done("checkin", "--sign", "numbness", "--pain-rest", "4")
        assert said.splitlines()[0] == (
            "You entered numbness. Please talk to a clinician. Reminders and exercises are off for today; measuring goes on."
        )
        assert "The monitor knows." in said
        home.until(resting, "rest")
        refused = home.say("exercise", "start", "clam raise")
        assert refused.returncode != 0
        assert "off for today" in refused.stderr
        home.until(flowing, "measuring goes on")
        home.done("stop")
        assert process.wait(60) == 0
    found = actions(home.recorded())
    assert found.count(RestOfDay()) == 1
    assert not [action for action in found if type(action).__name__ == "Told" and action.way != "terminal"]
    first = set((home.folder / "recordings").glob("*.mcap"))
    with home.monitor() as process:
        home.until(flowing, "streaming again")
        home.until(resting, "rest from the beginning")
        home.done("stop")
        assert process.wait(60) == 0
    (second,) = set((home.folder / "recordings").glob("*.mcap")) - first
    begun = actions(list(read_session(second)))
    assert isinstance(begun[0], ChangeSettings)
    assert isinstance(begun[1], DaySoFar)
    assert begun[1].resting
    assert RestOfDay() not in begun
    plan = json.loads(home.done("checkin", "list", "--json"))
    assert plan["check_ins"][0]["signs"] == ["numbness"]
    with closing(sqlite3.connect(home.folder / "state/history.db")) as history:
        reasons = {row[0] for row in history.execute("SELECT not_told FROM alert")}
    assert reasons <= {"rest_of_day"}


@on_the_air
def test_a_sign_reaches_a_session_that_has_no_door(home: Home) -> None:
    """`hipmonitor live` is asked nothing: it looks into the diary."""
    with subprocess.Popen(
        [*PROGRAM, "live", "--radio", home.radio, "--plain", "--seconds", "120"],
        env=home.environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert any("lost" in line for line in process.stdout), "it streams"
            home.done("checkin", "--sign", "hip_locks")
            assert any("are off for today" in line for line in process.stdout), "it rests"
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=90)
        finally:
            process.kill()
    assert actions(home.recorded()).count(RestOfDay()) == 1
    assert read_diary(home.folder / "diary.jsonl").check_ins[0].signs == (WarningSign.HIP_LOCKS,)

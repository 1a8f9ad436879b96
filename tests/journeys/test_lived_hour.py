"""An hour over the simulated link: what was lived, what is replayed and what is rebuilt are the same, and alerts come in time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from firmware_sim.body import Script, off, sit, stand, walk
from firmware_sim.ordinary_week import Wearing
from firmware_sim.scenarios import wearer
from hipmonitor.core.alerts import AlertKind, AlertLevel
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.settings import Settings
from hipmonitor.runtime.recorded import open_recording
from tests.benchmarks.activity import READINGS
from tests.benchmarks.week_alerts import heard
from tests.benchmarks.week_lived import LivedRecording, live, said, through_the_door, worn
from tests.benchmarks.week_policy import MOST_SD_DEG, Due, sitting_due
from tests.benchmarks.week_readings import rebuild_history
from tests.benchmarks.week_truth import LIE, NOT_WORN, UNSEEN, Lived, lived, start_ns

SEED = 5
PERSON = wearer(SEED)
QUIET: Script = (stand(5.0), sit(PERSON.sit_down_s + 6.5, "office_chair"))
HOUR = Wearing(
    name="an hour",
    begins_s=20.0 * 3600,
    script=(
        *QUIET,
        walk(120.0),
        sit(1000.0, "high_stool", "restless"),
        stand(25.0),
        sit(1000.0, "high_stool", "restless"),
        walk(80.0),
        sit(300.0, "low_sofa", "restless"),
        walk(30.0),
    ),
    guided=True,
    outages_s=((400.0, 430.0),),
)
MOVED_S = 2000
"""The wearer's clock is put back by an hour here."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """The hour, as it was and as it was lived."""

    folder: Path
    truth: Lived
    got: LivedRecording


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("hour")
    body, turns = worn(HOUR, PERSON, SEED)
    start = start_ns(HOUR)
    moved = start + MOVED_S * NS_PER_S
    door = through_the_door(turns(start), said(HOUR, PERSON, start, Settings()), lambda at: 3600 * (at < moved))
    got = live(door, folder, folder / "lived.db", 1, start)
    return Told(folder=folder, truth=lived(HOUR, body), got=got)


def test_replay_tells_the_same_alerts(hour: Told) -> None:
    lived_alerts = tuple(fired.alert for fired in hour.got.fired)
    assert [alert.level for alert in lived_alerts if alert.kind is AlertKind.SITTING][:3] == list(AlertLevel)[:3]
    assert open_recording(hour.got.path, reading="as_lived", per_sample=False).alerts == lived_alerts
    assert open_recording(hour.got.path, per_sample=False).alerts == lived_alerts


def test_a_rebuild_gives_the_identical_history(hour: Told) -> None:
    alike, _ = rebuild_history(hour.folder)
    assert alike


def test_a_sitting_alert_comes_within_five_seconds_of_its_moment(hour: Told) -> None:
    kind, sd, _ = heard(hour.truth, hour.got)
    due = list(sitting_due(kind, sd <= MOST_SD_DEG))
    assert [one.level for one in due] == ["NOTICE", "NUDGE", "ALERT"]
    assert [host_late_s(hour, one) for one in due] == pytest.approx([0.0, 0.0, 0.0], abs=5.0)


def host_late_s(hour: Told, due: Due) -> float:
    """From the moment to when the host had it."""
    level = AlertLevel[due.level]
    fired = next(f for f in hour.got.fired if f.alert.kind is AlertKind.SITTING and f.alert.level is level)
    return (fired.host_ns - hour.truth.start_ns) / NS_PER_S - (due.row + 1)


def test_nothing_is_told_of_time_that_nobody_sat(hour: Told) -> None:
    kind = hour.truth.seen(np.zeros(len(hour.truth.kind), np.bool_), hour.truth.late)
    rows = [(fired.alert.at - hour.truth.start_ns) // NS_PER_S - 1 for fired in hour.got.fired]
    assert not [row for row in rows if kind[row] in (LIE, NOT_WORN, UNSEEN)]


TAKEN_OFF = Wearing(
    name="taken off and put on again",
    begins_s=20.0 * 3600,
    script=(stand(20.0), walk(90.0), stand(30.0), off(300.0), stand(60.0), walk(90.0), sit(120.0), walk(60.0)),
)
OFF_S = 140.0


def test_who_said_that_it_came_off_is_seen_again_in_both_readings(tmp_path: Path) -> None:
    _, turns = worn(TAKEN_OFF, PERSON, SEED)
    start = start_ns(TAKEN_OFF)
    assert TAKEN_OFF.taken_off_s == (OFF_S,)
    door = through_the_door(turns(start), said(TAKEN_OFF, PERSON, start, Settings()), lambda _: 3600)
    path = live(door, tmp_path, tmp_path / "lived.db", 1, start).path
    for reading in READINGS:
        seconds = open_recording(path, reading=reading, per_sample=False).activity_per_second()
        away = seconds == "not_worn"
        assert away[int(OFF_S) + 5 : 430].all(), reading
        assert not away[530:].any(), reading
        assert set(seconds[530:585]) == {"walk"}, reading

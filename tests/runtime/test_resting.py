"""A warning sign in the diary lets a running session rest, wherever it was entered; once a day, and not on other days."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipmonitor.core.inbound import Action, DaySoFar, RestOfDay, Tick
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.programme import CheckIn, WarningSign
from hipmonitor.io.clock import civil_tick
from hipmonitor.io.diary import append
from hipmonitor.runtime.resting import RestWatch
from tests.core.builders import did
from tests.core.day_builders import DAY


def tick(hour: float, day: int = DAY) -> Tick:
    return civil_tick(HostNs(round((day * 86_400 + hour * 3600) * NS_PER_S)), 0)


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    return tmp_path / "diary.jsonl"


def enters(diary: Path, *signs: WarningSign, day: int = DAY, number: int = 1) -> None:
    append(CheckIn(made_at=HostNs(number), day=day, utc_offset_s=0, pain_rest=3, signs=signs), diary)


def watching(diary: Path) -> tuple[RestWatch, list[Action]]:
    acted: list[Action] = []
    return RestWatch(acted.append, diary), acted


def test_a_sign_that_is_entered_while_a_session_runs_lets_it_rest_within_a_second(diary: Path) -> None:
    watch, acted = watching(diary)
    watch.record([tick(9)])
    enters(diary)
    watch.record([tick(9.1)])
    assert acted == []
    enters(diary, WarningSign.NUMBNESS, number=2)
    watch.record([tick(9.2)])
    assert acted == [RestOfDay()]


def test_it_is_sent_to_rest_once_a_day(diary: Path) -> None:
    watch, acted = watching(diary)
    for number, hour in enumerate((9, 10, 11), 1):
        enters(diary, WarningSign.NUMBNESS, number=number)
        watch.record([tick(hour)])
    assert acted == [RestOfDay()]
    watch.record([tick(9, DAY + 1)])
    assert acted == [RestOfDay()]
    enters(diary, WarningSign.NUMBNESS, day=DAY + 1, number=9)
    watch.record([tick(10, DAY + 1)])
    assert acted == [RestOfDay()] * 2


def test_a_sign_of_another_day_does_not(diary: Path) -> None:
    watch, acted = watching(diary)
    enters(diary, WarningSign.NUMBNESS, day=DAY - 1)
    watch.record([tick(9)])
    assert acted == []


@pytest.mark.parametrize("said", [RestOfDay(), DaySoFar(day=DAY, sitting_s=0, deep_s=0, resting=True)])
def test_what_came_in_by_another_way_is_not_said_again(diary: Path, said: Action) -> None:
    watch, acted = watching(diary)
    enters(diary, WarningSign.NUMBNESS)
    watch.record([did(0, said), tick(9)])
    watch.record([tick(9.1)])
    assert acted == []


def test_a_diary_that_cannot_be_read_disturbs_no_session(tmp_path: Path) -> None:
    watch, acted = watching(tmp_path)
    watch.record([tick(9)])
    assert acted == []

"""The reminder to check in: at the time that was set, once a day, never in quiet time, never after a check-in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hipmonitor.core.alerts import Hold
from hipmonitor.core.inbound import ChangeSettings, Way
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.programme import CheckIn
from hipmonitor.core.settings import CheckIns, Settings
from hipmonitor.io.clock import civil_tick
from hipmonitor.io.diary import append, read_diary
from hipmonitor.runtime.check_in_reminder import CheckInReminder
from hipmonitor.runtime.delivery import CHECK_IN, Delivery, Telling, Words
from tests.core.builders import did
from tests.core.day_builders import DAY
from tests.runtime.updates import EMPTY

EVENING = Settings(check_ins=CheckIns(remind_at="20:30"))


class Reminded:
    """A reminder of somebody who set a time, and what it showed."""

    def __init__(self, diary: Path, settings: Settings = EVENING) -> None:
        self.shown: list[HostNs] = []
        self.reminder = CheckInReminder(self.shown.append, settings, diary)

    def at(self, hour: float, *, day: int = DAY, not_told: Hold | None = None) -> Reminded:
        """Time passes."""
        self.reminder.record([civil_tick(HostNs(round((day * 86_400 + hour * 3600) * NS_PER_S)), 0)])
        self.reminder.accept(quiet(not_told))
        return self


def quiet(not_told: Hold | None) -> HipUpdate:
    assert EMPTY.now is not None
    return replace(EMPTY, now=replace(EMPTY.now, alerts=replace(EMPTY.now.alerts, not_told=not_told)))


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    return tmp_path / "diary.jsonl"


def test_it_comes_at_the_time_that_was_set_and_once(diary: Path) -> None:
    asked = Reminded(diary).at(20.4)
    assert asked.shown == []
    assert len(asked.at(20.5).at(20.6).at(21).shown) == 1
    assert read_diary(diary).asked_days == {DAY}
    assert len(asked.at(20.5, day=DAY + 1).shown) == 2


def test_it_is_off_unless_somebody_sets_a_time(diary: Path) -> None:
    asked = Reminded(diary, Settings())
    assert asked.at(20.5).shown == []
    asked.reminder.record([did(0, ChangeSettings(settings=EVENING))])
    assert len(asked.at(20.6).shown) == 1


@pytest.mark.parametrize("why", [Hold.QUIET, Hold.OUTSIDE_HOURS, Hold.REST_OF_DAY])
def test_in_quiet_time_it_waits_and_after_two_hours_lets_the_day_be(diary: Path, why: Hold) -> None:
    assert len(Reminded(diary).at(20.5, not_told=why).at(21).shown) == 1
    assert Reminded(diary).at(20.5, day=DAY + 1, not_told=why).at(22.5, day=DAY + 1).shown == []


def test_who_only_tracks_is_asked_too(diary: Path) -> None:
    assert len(Reminded(diary).at(20.5, not_told=Hold.TRACK).shown) == 1


def test_who_has_checked_in_is_not_asked(diary: Path) -> None:
    append(CheckIn(made_at=HostNs(1), day=DAY, utc_offset_s=0, fatigue=1), diary)
    assert Reminded(diary).at(20.5).shown == []


def test_a_second_session_of_the_day_does_not_ask_again(diary: Path) -> None:
    Reminded(diary).at(20.5)
    assert Reminded(diary).at(20.6).shown == []


def test_what_cannot_be_kept_is_not_shown(tmp_path: Path) -> None:
    assert Reminded(tmp_path).at(20.5).at(20.6).shown == []


# -- by the desktop ----------------------------------------------------------------------------------------------------


def told(opens: list[str] | None) -> tuple[Delivery, list[Telling], list[object]]:
    shown: list[Telling] = []
    acted: list[object] = []
    made = Delivery(
        {Way.DESKTOP: shown.append},
        words=lambda *_: Words(title="", body=""),
        settings=Settings(),
        act=acted.append,
        check_in=None if opens is None else lambda: opens.append("check-in"),
    )
    return made, shown, acted


def test_the_notice_has_one_button_which_opens_the_check_in() -> None:
    opened: list[str] = []
    made, shown, _ = told(opened)
    made.remind_to_check_in(HostNs(1))
    made.close()
    (telling,) = shown
    assert telling.words.title == "How is the hip today?"
    assert {name: button.label for name, button in telling.buttons.items()} == {CHECK_IN: "Check in"}
    made.answered(telling, None)
    assert opened == []
    made.answered(telling, CHECK_IN)
    assert opened == ["check-in"]


def test_without_a_window_the_button_says_the_command() -> None:
    made, shown, acted = told(None)
    made.remind_to_check_in(HostNs(1))
    made.answered(
        Telling(at=HostNs(1), kind=CHECK_IN, words=Words(title="", body=""), buttons={}, volume_percent=0), CHECK_IN
    )
    made.close()
    assert "hipmonitor checkin" in shown[-1].words.body
    assert [type(action).__name__ for action in acted] == ["Told", "Told"]

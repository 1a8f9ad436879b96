"""How alerts reach the wearer: which ways, what happens when one fails or hangs, and what comes back in at the front door."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import pytest

from hipmonitor.core.alerts import Alert, AlertKind, AlertLevel, Evidence, Hold
from hipmonitor.core.errors import DeliveryError
from hipmonitor.core.inbound import Action, Answered, ChangeSettings, Quiet, Snooze, Told, Way
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.settings import Delivery as Ways
from hipmonitor.core.settings import Settings
from hipmonitor.io.notices import Notice, NoticeAnswer
from hipmonitor.runtime import delivery_ways
from hipmonitor.runtime.delivery import MOST_WAITING, Delivery, Tell, Telling, Words, ways_of
from tests.core.builders import at, did
from tests.runtime.updates import update_with

EVERYTHING = Settings(delivery=Ways(desktop=True, sound=True, vibration=True))
LIMIT_S = 60.0
NOTICE, NUDGE, ALERT = AlertLevel.NOTICE, AlertLevel.NUDGE, AlertLevel.ALERT


def alert(level: AlertLevel = ALERT, at_s: float = 1800) -> Alert:
    evidence = Evidence(since=at(0), minutes=30.0, mean_deg=80.0, highest_deg=84.0)
    return Alert(at=at(at_s), kind=AlertKind.SITTING, level=level, evidence=evidence, limit_min=30.0)


def told(*alerts: Alert) -> HipUpdate:
    return update_with(alerts)


class Door:
    """The front door: what came in, and a way to wait for the next."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Action] = queue.SimpleQueue()
        self.act: Callable[[Action], None] = self._queue.put

    def next(self, count: int = 1) -> list[Action]:
        return [self._queue.get(timeout=LIMIT_S) for _ in range(count)]

    def is_empty(self) -> bool:
        return self._queue.empty()


@contextmanager
def delivery(ways: Mapping[Way, Tell], door: Door, settings: Settings = EVERYTHING) -> Iterator[Delivery]:
    def words(alert: Alert, _settings: Settings, _utc_offset_s: int) -> Words:
        return Words(title=f"{alert.level.name} {alert.kind}", body="Get up.")

    made = Delivery(ways, words=words, settings=settings, act=door.act)
    try:
        yield made
    finally:
        made.close()


def fails(_: Telling) -> None:
    raise DeliveryError("the desktop is not there")


def is_broken(_: Telling) -> None:
    raise KeyError("a fault of ours")


def arrives(_: Telling) -> None:
    """Nothing more to do."""


@pytest.mark.parametrize(
    ("level", "ways"),
    [
        (NOTICE, {Way.TERMINAL}),
        (NUDGE, {Way.TERMINAL, Way.DESKTOP}),
        (ALERT, {Way.TERMINAL, Way.DESKTOP, Way.SOUND, Way.VIBRATION}),
        (AlertLevel.REMINDER, {Way.TERMINAL, Way.DESKTOP, Way.SOUND, Way.VIBRATION}),
    ],
)
def test_the_higher_the_level_the_more_ways(level: AlertLevel, ways: set[Way]) -> None:
    assert set(ways_of(level, EVERYTHING)) == ways


def test_ways_that_are_switched_off_are_not_used() -> None:
    assert ways_of(ALERT, Settings(delivery=Ways(desktop=False))) == [Way.TERMINAL]
    silent = Settings(delivery=Ways(sound=True, sound_volume_percent=0))
    assert Way.SOUND not in ways_of(ALERT, silent)


def test_an_alert_arrives_by_every_way_and_that_is_recorded() -> None:
    door, heard = Door(), queue.SimpleQueue[Telling]()
    with delivery(dict.fromkeys(Way, heard.put), door) as made:
        made.accept(told(alert()))
        outcomes = door.next(len(Way))
        assert made.outcomes() == {told.way: told for told in outcomes if isinstance(told, Told)}
    assert {heard.get(timeout=LIMIT_S).words.title for _ in Way} == {"ALERT sitting"}
    assert {(told.way, told.failed) for told in outcomes if isinstance(told, Told)} == {(way, "") for way in Way}


def test_a_way_that_fails_or_is_broken_is_recorded_with_its_reason_and_the_others_arrive() -> None:
    door = Door()
    with delivery({Way.DESKTOP: fails, Way.SOUND: is_broken, Way.TERMINAL: arrives}, door) as made:
        made.accept(told(alert(at_s=1800)))
        made.accept(told(alert(at_s=1900)))
        outcomes = door.next(6)
    failed = {(told.alert_at, told.way): told.failed for told in outcomes if isinstance(told, Told)}
    for when in (at(1800), at(1900)):
        assert failed[when, Way.DESKTOP] == "the desktop is not there"
        assert failed[when, Way.SOUND] == "KeyError: 'a fault of ours'"
        assert failed[when, Way.TERMINAL] == ""


def test_a_way_that_hangs_keeps_nobody_waiting_and_what_it_cannot_take_is_recorded() -> None:
    door, hangs, goes_on = Door(), threading.Event(), threading.Event()

    def hang(_: Telling) -> None:
        hangs.set()
        assert goes_on.wait(LIMIT_S)

    with delivery({Way.DESKTOP: hang}, door) as made:
        made.accept(told(alert(at_s=0)))
        assert hangs.wait(LIMIT_S)
        for k in range(1, MOST_WAITING + 2):
            made.accept(told(alert(at_s=k)))
        too_much = Told(
            alert_at=at(MOST_WAITING + 1),
            alert_kind="sitting",
            way=Way.DESKTOP,
            failed="still busy with earlier alerts",
        )
        assert door.next() == [too_much]
        goes_on.set()
        assert [told.failed for told in door.next(MOST_WAITING + 1) if isinstance(told, Told)] == [""] * (
            MOST_WAITING + 1
        )


@pytest.mark.parametrize("why", [Hold.QUIET, Hold.OUTSIDE_HOURS, Hold.TRACK])
def test_what_is_only_kept_is_told_by_no_way(why: Hold) -> None:
    door = Door()
    with delivery({Way.TERMINAL: arrives}, door) as made:
        made.accept(told(replace(alert(), not_told=why)))
        made.accept(told(alert(at_s=1900)))
        assert door.next() == [Told(alert_at=at(1900), alert_kind="sitting", way=Way.TERMINAL)]
        assert door.is_empty()


def test_settings_that_change_hold_for_the_next_alert() -> None:
    door = Door()
    with delivery({Way.DESKTOP: arrives}, door) as made:
        made.record([did(0, ChangeSettings(settings=Settings(delivery=Ways(desktop=False))))])
        made.accept(told(alert()))
        made.record([did(1, ChangeSettings(settings=Settings()))])
        made.accept(told(alert(at_s=1900)))
        assert door.next() == [Told(alert_at=at(1900), alert_kind="sitting", way=Way.DESKTOP)]


@pytest.mark.parametrize(
    ("button", "actions"),
    [
        ("snooze", [Snooze(minutes=5.0), Answered(alert_at=at(1800), alert_kind="sitting", answer="snooze")]),
        ("until_stand", [Snooze(minutes=None), Answered(alert_at=at(1800), alert_kind="sitting", answer="snooze")]),
        ("quiet", [Quiet(minutes=60.0), Answered(alert_at=at(1800), alert_kind="sitting", answer="quiet")]),
        (None, [Answered(alert_at=at(1800), alert_kind="sitting", answer="dismissed")]),
    ],
)
def test_an_answer_is_an_action_of_its_own_and_recorded_with_its_alert(
    button: str | None, actions: list[Action]
) -> None:
    door, heard = Door(), queue.SimpleQueue[Telling]()
    with delivery({Way.DESKTOP: heard.put}, door) as made:
        made.accept(told(alert()))
        door.next()
        made.answered(heard.get(timeout=LIMIT_S), button)
        assert door.next(2 if button else 1) == actions


@pytest.mark.parametrize(("left", "offered"), [(2, ["Snooze 5", "Until I stand", "Quiet 1 h"]), (0, ["Quiet 1 h"])])
def test_a_snooze_is_offered_while_one_is_left(left: int, offered: list[str]) -> None:
    door, heard = Door(), queue.SimpleQueue[Telling]()
    with delivery({Way.DESKTOP: heard.put}, door) as made:
        made.accept(update_with((alert(),), snoozes_left=left))
        assert [button.label for button in heard.get(timeout=LIMIT_S).buttons.values()] == offered


class KeptNotices:
    """Stands in for the desktop: keeps what is shown, to be answered when the test wants it."""

    def __init__(self, answered: Callable[[NoticeAnswer], None]) -> None:
        self._answered = answered
        self.shown: list[Notice] = []
        self.show: Callable[[Notice], None] = self.shown.append

    def answer(self, notice: Notice, button: str | None) -> None:
        self._answered(NoticeAnswer(notice=notice, button=button))


def test_an_older_notice_of_the_same_kind_answers_for_its_own_alert(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[KeptNotices] = []

    def desktop(answered: Callable[[NoticeAnswer], None]) -> KeptNotices:
        kept.append(KeptNotices(answered))
        return kept[0]

    monkeypatch.setattr(delivery_ways, "DesktopNotices", desktop)
    answers: list[tuple[Telling, str | None]] = []
    way = delivery_ways.DesktopWay(lambda telling, button: answers.append((telling, button)))
    nudge, late = (
        Telling(
            at=at(at_s), kind="sitting", words=Words(title="Sitting", body="Get up."), buttons={}, volume_percent=50
        )
        for at_s in (1620, 1800)
    )
    way.tell(nudge)
    way.tell(late)
    kept[0].answer(kept[0].shown[0], "snooze")
    kept[0].answer(kept[0].shown[1], None)
    assert answers == [(nudge, "snooze"), (late, None)]

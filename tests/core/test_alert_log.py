"""What became of each alert."""

from __future__ import annotations

from hipmonitor.core.alerts import Alert
from hipmonitor.core.days import AlertLog
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.inbound import Answered, Told, TookOff, UserAction, Way
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.io.clock import civil_tick
from tests.core.day_builders import NOT_WORN, SIT, STAND, Diary, clock
from tests.core.history_builders import alert

AT = clock(9, 40)
DUE: Alert = alert(40).followed.alert


def lived(diary: Diary, *cuts: int) -> AlertLog:
    """Seconds from half a minute before the alert."""
    log, seconds = AlertLog(), diary.seconds
    log.hear([told(Way.DESKTOP)])  # in a recording that is read in large pieces it is heard before the alert is decided
    for a, b in zip((0, *cuts), (*cuts, len(seconds)), strict=True):
        part: list[TimedSecond] = seconds[a:b]
        due = [DUE] if part and part[0].start < AT <= part[-1].end else []
        log.step(due, part)
    return log


def told(way: Way, at: HostNs = AT) -> UserAction:
    return UserAction(at=HostNs(at + NS_PER_S), action=Told(alert_at=at, alert_kind="sitting", way=way))


def diary() -> Diary:
    return Diary(HostNs(AT - 30 * NS_PER_S), break_s=60).did(SIT, 30, 80)


def test_standing_up_is_five_seconds_upright_in_one_piece() -> None:
    log = lived(diary().did(SIT, 20, 80).did(STAND, 4, 1).did(SIT, 6, 80).did(STAND, 9, 1))
    assert [followed.stood_up_after_s for followed in log.news()] == [30]


def test_it_is_not_known_after_a_minute_without_the_sensor() -> None:
    assert lived(diary().did(NOT_WORN, 60).did(STAND, 90, 1)).news()[0].stood_up_after_s is None
    assert lived(diary().did(NOT_WORN, 59).did(STAND, 90, 1)).news()[0].stood_up_after_s == 59


def test_somebody_who_was_up_already_stood_up_at_once() -> None:
    up = Diary(HostNs(AT - 30 * NS_PER_S)).did(STAND, 60, 1)
    assert lived(up).news()[0].stood_up_after_s == 0


def test_the_same_however_cut() -> None:
    day = diary().did(SIT, 20, 80).did(STAND, 40, 1)
    whole = lived(day).news()
    assert whole == lived(day, *range(1, len(day.seconds))).news()
    assert whole[0].told == (told(Way.DESKTOP).action,)


def test_news_are_told_once_and_again_when_more_is_known() -> None:
    log = lived(diary())
    assert len(log.news()) == 1
    assert log.news() == []
    log.hear([UserAction(at=AT, action=Answered(alert_at=AT, alert_kind="sitting", answer="snooze"))])
    assert [answered.answer for _, answered in log.news()[0].answers] == ["snooze"]


def test_what_was_told_of_an_alert_that_was_never_decided_is_nothing() -> None:
    log = AlertLog()
    log.hear([told(Way.SOUND)])
    assert log.news() == []


def test_an_alert_that_is_decided_after_its_seconds_is_followed_too() -> None:
    log = AlertLog()
    log.step([DUE], [])
    log.hear([civil_tick(AT, 0), UserAction(at=AT, action=TookOff())])
    log.step([], Diary(AT).did(SIT, 3, 80).did(STAND, 9, 1).seconds)
    assert log.news()[0].stood_up_after_s == 3

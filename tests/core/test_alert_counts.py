"""Deep bends of an hour, budgets of a day, and a seat that is too low."""

from __future__ import annotations

import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import LOW_SEAT_S, Alert, AlertKind, Alerts
from hipmonitor.core.civil import CivilTime
from hipmonitor.core.exposure import DeepCycle
from hipmonitor.core.inbound import DaySoFar, ToldToday, UserAction
from hipmonitor.core.settings import Settings
from tests.core.alert_stories import ALERT, NOTICE, local, rules, second, told, wall_tick
from tests.core.builders import at, did

DAY_SITTING, DAY_DEEP, LOW_SEAT = AlertKind.DAY_SITTING, AlertKind.DAY_DEEP, AlertKind.LOW_SEAT
UP = {"kind": ActivityKind.STAND, "sitting_s": 0.0, "sitting_since": None, "seated_s": 0.0}


def squat(end_s: float, kind: ActivityKind = ActivityKind.STAND) -> DeepCycle:
    return DeepCycle(start=at(end_s - 2), end=at(end_s), kind=kind, highest_deg=110.0)


def squatted(room: Alerts, every_s: int, times: int, kind: ActivityKind = ActivityKind.STAND) -> list[Alert]:
    """So many squats, minute for minute."""
    cycles = [squat(every_s * (k + 1) - 0.5, kind) for k in range(times)]
    return list(room.step([second(k, **UP) for k in range(every_s * times)], deep_cycles=cycles))


def only(alerts: list[Alert] | tuple[Alert, ...], kind: AlertKind) -> list[Alert]:
    return [alert for alert in alerts if alert.kind is kind]


def test_deep_bends_are_told_when_there_were_as_many_in_an_hour_as_the_limit() -> None:
    (alert,) = squatted(Alerts(rules(deep_bends_per_hour=10)), 60, 12)
    assert told([alert]) == [(AlertKind.DEEP_BENDS, ALERT, 600)]
    assert (alert.evidence.bends, alert.limit_bends, alert.limit_min) == (10, 10, 60)
    assert alert.amount == "10 of 10 bends in 60 min"
    assert (alert.evidence.since, alert.evidence.minutes) == (at(59.5), pytest.approx(540.5 / 60))


def test_deep_bends_that_lie_further_apart_are_not_told() -> None:
    assert squatted(Alerts(rules(deep_bends_per_hour=10)), 400, 30) == []


def test_deep_bends_are_told_again_after_the_hour_has_cleared() -> None:
    room = Alerts(rules(deep_bends_per_hour=3))
    squatted(room, 10, 5)
    room.step([second(k, **UP) for k in range(50, 4000)])
    out = room.step(
        [second(k, **UP) for k in range(4000, 4100)], deep_cycles=[squat(4000 + 5 * k) for k in range(1, 4)]
    )
    assert told(out) == [(AlertKind.DEEP_BENDS, ALERT, 4016)]


def test_pedalling_is_no_deep_bend_of_that_kind() -> None:
    assert squatted(Alerts(rules(deep_bends_per_hour=3)), 10, 20, ActivityKind.CYCLE) == []


def test_a_daily_sitting_budget_has_a_notice_and_an_alert_and_no_reminders() -> None:
    room = Alerts(rules(daily_sitting_budget_h=1.0))
    out = only(room.step([second(k, sitting_s=k % 400 + 1.0) for k in range(6000)]), DAY_SITTING)
    assert told(out) == [(DAY_SITTING, NOTICE, 2880), (DAY_SITTING, ALERT, 3600)]
    assert (out[1].evidence.since, out[1].evidence.minutes, out[1].limit_min) == (at(0), 60, 60)


def test_a_budget_begins_anew_at_the_wearers_midnight() -> None:
    """15:06:40 and eight hours ahead: midnight comes after 3200 s."""
    room = Alerts(rules(daily_sitting_budget_h=1.0))
    out = room.step([second(k, sitting_s=k % 400 + 1.0) for k in range(7000)], civil=local(8 * 3600))
    assert told(only(out, DAY_SITTING)) == [(DAY_SITTING, NOTICE, s) for s in (2880, 3200 + 2880)] + [
        (DAY_SITTING, ALERT, 3200 + 3600)
    ]


TODAY = local(0).stretch(at(0)).day


def earlier(sitting_s: int, *given: ToldToday, day: int = TODAY) -> UserAction:
    """What the history held of a day as the session began."""
    return did(0, DaySoFar(day=day, sitting_s=sitting_s, deep_s=0, told=given))


def after(before: UserAction, seconds: int = 1000) -> list[Alert]:
    """What a session of sitting on short bouts is told."""
    room = Alerts(rules(daily_sitting_budget_h=1.0))
    rows = [second(k, sitting_s=k % 400 + 1.0) for k in range(seconds)]
    return only(room.step(rows, [before], civil=local(0)), DAY_SITTING)


def test_a_budget_goes_on_where_an_earlier_session_of_the_day_left_it() -> None:
    assert told(after(earlier(2600))) == [(DAY_SITTING, NOTICE, 280), (DAY_SITTING, ALERT, 1000)]


def test_what_an_earlier_session_of_the_day_told_is_not_told_again() -> None:
    notice = ToldToday(kind="day_sitting", level=int(NOTICE))
    assert told(after(earlier(3000, notice))) == [(DAY_SITTING, ALERT, 600)]
    assert after(earlier(3700, ToldToday(kind="day_sitting", level=int(ALERT)))) == []


def test_what_a_newer_version_told_and_what_cannot_be_is_passed_over() -> None:
    odd = (ToldToday(kind="day_standing", level=3), ToldToday(kind="day_sitting", level=77))
    assert told(after(earlier(2600, *odd))) == [(DAY_SITTING, NOTICE, 280), (DAY_SITTING, ALERT, 1000)]


def test_another_days_sum_is_not_todays() -> None:
    assert after(earlier(3000, day=TODAY - 1)) == []


def test_a_hint_that_an_earlier_session_gave_is_not_given_again() -> None:
    room, hint = Alerts(Settings()), ToldToday(kind="low_seat", level=int(NOTICE))
    assert not only(room.step([low(k) for k in range(500)], [earlier(0, hint)], civil=local(0)), LOW_SEAT)


def test_a_journey_within_the_day_keeps_what_was_counted() -> None:
    civil, room = local(0), Alerts(rules(daily_sitting_budget_h=1.0))
    room.step([second(k, sitting_s=1.0) for k in range(3000)], civil=civil)
    civil.hear(wall_tick(3000, 3600))
    out = room.step([second(k, sitting_s=1.0) for k in range(3000, 3700)], civil=civil)
    assert told(only(out, DAY_SITTING)) == [(DAY_SITTING, ALERT, 3600)]


def over_midnight_and_back(settings: Settings, back_s: int, end_s: int) -> list[Alert]:
    """From 23:52 on Sunday; an hour west some minutes after midnight, so that midnight comes again an hour later."""
    civil, room, zone_s, out = CivilTime(), Alerts(settings), 8 * 3600 + 46 * 60, []
    for k in range(end_s):
        civil.hear(wall_tick(k, zone_s - (3600 if k >= back_s else 0)))
        out += room.step([second(k, sitting_s=1.0)], civil=civil)
    return out


def test_a_journey_west_over_midnight_goes_on_with_the_day_before() -> None:
    """440 s on Sunday, 260 s on Monday, and again Sunday; at 4040 s Monday goes on."""
    out = only(over_midnight_and_back(rules(daily_sitting_budget_h=0.25), 700, 4800), DAY_SITTING)
    sunday, monday = 700 - 440, 4040 - 260
    assert told(out) == [
        (DAY_SITTING, NOTICE, sunday + 720),
        (DAY_SITTING, ALERT, sunday + 900),
        (DAY_SITTING, NOTICE, monday + 720),
        (DAY_SITTING, ALERT, monday + 900),
    ]
    assert [alert.evidence.since for alert in out] == [at(0), at(0), at(440), at(440)]


def test_a_budget_of_the_day_before_is_not_told_again_on_the_way_west() -> None:
    out = only(over_midnight_and_back(rules(daily_sitting_budget_h=0.1), 700, 1500), DAY_SITTING)
    assert told(out) == [(DAY_SITTING, NOTICE, 288), (DAY_SITTING, ALERT, 360)]


def test_a_hint_of_the_day_before_is_not_said_again_on_the_way_west() -> None:
    """Said at 23:57; on another seat from 23:05 of the same day on."""
    civil, room, zone_s = local(8 * 3600 + 46 * 60), Alerts(Settings()), 8 * 3600 + 46 * 60
    out = [*room.step([low(k) for k in range(500)], civil=civil)]
    civil.hear(wall_tick(500, zone_s - 3600))
    out += room.step([second(500, **UP), *(low(k) for k in range(501, 1200))], civil=civil)
    assert told(only(out, LOW_SEAT)) == [(LOW_SEAT, NOTICE, LOW_SEAT_S)]


def test_a_daily_budget_of_deep_flexion_counts_it_over_breaks() -> None:
    room = Alerts(rules(daily_deep_budget_min=10.0))
    out = room.step([second(k, deep=True, deep_s=k % 100 + 1.0, deep_since=at(0)) for k in range(700)])
    assert told(only(out, DAY_DEEP)) == [(DAY_DEEP, NOTICE, 480), (DAY_DEEP, ALERT, 600)]


def low(k: int, **other: object) -> object:
    """Second k on a low seat."""
    there = {"deep": True, "deep_s": 1.0, "deep_since": at(0), "flexion_deg": 96.0, "highest_deg": 99.0}
    return second(k, **{**there, **other})


def test_a_seat_above_the_limit_for_five_minutes_is_a_hint_once_a_day() -> None:
    room = Alerts(Settings())
    (hint,) = only(room.step([low(k) for k in range(2000)]), LOW_SEAT)
    assert told([hint]) == [(LOW_SEAT, NOTICE, LOW_SEAT_S)]
    assert (hint.evidence.since, hint.evidence.minutes) == (at(0), 5.0)
    assert (hint.evidence.mean_deg, hint.evidence.highest_deg) == (96.0, 99.0)
    room.step([second(2000, **UP)])
    assert only(room.step([low(k) for k in range(2001, 3000)]), LOW_SEAT) == []
    tomorrow = 86_400
    assert len(only(room.step([low(k) for k in range(tomorrow, tomorrow + 400)]), LOW_SEAT)) == 1


def test_two_seats_are_not_added_up() -> None:
    room = Alerts(Settings())
    room.step([low(k) for k in range(200)])
    room.step([second(200, **UP)])
    assert only(room.step([low(k) for k in range(201, 450)]), LOW_SEAT) == []


def test_the_hint_can_be_switched_off() -> None:
    assert only(Alerts(rules(seat_hint=False)).step([low(k) for k in range(400)]), LOW_SEAT) == []


def test_a_squat_is_no_seat() -> None:
    assert only(Alerts(Settings()).step([low(k, kind=ActivityKind.STAND) for k in range(400)]), LOW_SEAT) == []

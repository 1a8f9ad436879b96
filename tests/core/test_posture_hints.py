"""Hints about posture: who is told, how often, and who is left alone."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from hipmonitor.core.alerts import AlertKind, AlertLevel, Alerts, Hold
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.hip import HipBlock, HipMethod
from hipmonitor.core.inbound import DaySoFar, Quiet, ToldToday, UserAction
from hipmonitor.core.settings import Hints, Settings, SittingLimit
from tests.core.alert_stories import second
from tests.core.builders import at

CROSSED, KNEE_IN, LEANING = AlertKind.CROSSED_LEGS, AlertKind.KNEE_IN, AlertKind.LEANING
SETTINGS = Settings(side="right", pelvis_sensor="P", sitting=SittingLimit(sit_limit_min=600))
PLAIN_S = 700


def kinds(room: Alerts, seconds: list[TimedSecond]) -> list[AlertKind]:
    return [alert.kind for alert in room.step(seconds)]


def plain(begin: int, end: int, **other: float) -> list[TimedSecond]:
    return [second(k, roll_deg=0.0, **other) for k in range(begin, end)]


def turned(begin: int, end: int, **other: object) -> list[TimedSecond]:
    return [second(k, **other) for k in range(begin, end)]


@pytest.mark.parametrize(
    ("sat", "hint"),
    [({"roll_deg": 14.0}, KNEE_IN), ({"roll_deg": -30.0}, CROSSED), ({"roll_deg": 0.0, "flexion_deg": 92.0}, CROSSED)],
)
def test_a_way_of_sitting_held_for_minutes_is_a_notice(sat: dict[str, float], hint: AlertKind) -> None:
    room = Alerts(SETTINGS)
    alerts = room.step([*plain(0, PLAIN_S), *turned(PLAIN_S, PLAIN_S + 200, **sat)])
    assert [(alert.kind, alert.level) for alert in alerts] == [(hint, AlertLevel.NOTICE)]


@pytest.mark.parametrize("sat", [{"roll_deg": 6.0}, {"roll_deg": -12.0}, {"roll_deg": 3.0, "flexion_deg": 86.0}])
def test_ordinary_shifting_is_none(sat: dict[str, float]) -> None:
    assert kinds(Alerts(SETTINGS), [*plain(0, PLAIN_S), *turned(PLAIN_S, PLAIN_S + 900, **sat)]) == []


def test_a_moment_is_none() -> None:
    story = plain(0, PLAIN_S)
    for k in range(PLAIN_S, PLAIN_S + 1200, 200):
        story += [*turned(k, k + 150, roll_deg=14.0), *plain(k + 150, k + 200)]
    assert kinds(Alerts(SETTINGS), story) == []


def test_one_s_own_usual_is_no_way_of_sitting() -> None:
    assert kinds(Alerts(SETTINGS), turned(0, 3000, roll_deg=15.0)) == []


def test_three_a_day_an_hour_apart() -> None:
    room, given, k = Alerts(SETTINGS), [], 0
    for _ in range(12):
        story = [*plain(k, k + PLAIN_S), *turned(k + PLAIN_S, k + PLAIN_S + 400, roll_deg=14.0)]
        given += [alert.at for alert in room.step(story) if alert.kind is KNEE_IN]
        k += PLAIN_S + 400
    assert len(given) == 3
    assert all(later - earlier >= 3600 * 10**9 for earlier, later in itertools.pairwise(given))


def test_earlier_sessions_of_the_day_count() -> None:
    room = Alerts(SETTINGS)
    day = int(at(0) // 10**9 // 86_400)
    told = ToldToday(kind="knee_in", level=1, times=3)
    room.step([], [UserAction(at=at(0), action=DaySoFar(day=day, sitting_s=0, deep_s=0, told=(told,)))])
    assert kinds(room, [*plain(0, PLAIN_S), *turned(PLAIN_S, PLAIN_S + 300, roll_deg=14.0)]) == []


def test_each_can_be_turned_off() -> None:
    off = Settings(side="right", sitting=SETTINGS.sitting, hints=Hints(knee_in=False))
    assert kinds(Alerts(off), [*plain(0, PLAIN_S), *turned(PLAIN_S, PLAIN_S + 300, roll_deg=14.0)]) == []


@pytest.mark.parametrize("doubt", [{"trusted": False}, {"sd_deg": 9.0}, {"seated_shown": False}])
def test_silent_where_trust_is_low(doubt: dict[str, object]) -> None:
    assert kinds(Alerts(SETTINGS), [*plain(0, PLAIN_S), *turned(PLAIN_S, PLAIN_S + 300, roll_deg=14.0, **doubt)]) == []


def test_silent_where_the_side_is_not_known() -> None:
    assert kinds(Alerts(SETTINGS), turned(0, 3000)) == []


def test_in_quiet_time_it_is_kept_and_not_told() -> None:
    room = Alerts(SETTINGS)
    room.step([], [UserAction(at=at(0), action=Quiet(minutes=60))])
    (alert,) = room.step([*plain(0, PLAIN_S), *turned(PLAIN_S, PLAIN_S + 300, roll_deg=14.0)])
    assert alert.not_told is Hold.QUIET


# -- leaning forward ---------------------------------------------------------------------------------------------------


def hip(begin: int, end: int, tilt_deg: float, *, flexion_deg: float | None = None) -> HipBlock:
    """Ten rows a second of a measured hip."""
    t_ns = at(begin) + np.arange(10 * (end - begin), dtype=np.int64) * 100_000_000
    n = len(t_ns)
    nothing = np.full(n, np.nan)
    bent = 80.0 + tilt_deg if flexion_deg is None else flexion_deg
    return HipBlock(
        t_ns=t_ns,
        hip_flexion_deg=np.full(n, bent),
        hip_flexion_sd_deg=np.full(n, 3.0),
        hip_adduction_deg=nothing,
        hip_adduction_sd_deg=nothing,
        hip_rotation_deg=nothing,
        hip_rotation_sd_deg=nothing,
        pelvis_tilt_deg=np.full(n, tilt_deg),
        hip_method=np.full(n, HipMethod.MEASURED, np.int8),
        trusted=np.ones(n, np.bool_),
    )


def leant(room: Alerts, tilt_deg: float, **other: float) -> list[AlertKind]:
    """Usual sitting with the pelvis rolled back by 18, then 400 s at this tilt."""
    given = [alert.kind for alert in room.step(plain(0, PLAIN_S), hip=hip(0, PLAIN_S, -18.0))]
    end = PLAIN_S + 400
    return given + [a.kind for a in room.step(plain(PLAIN_S, end), hip=hip(PLAIN_S, end, tilt_deg, **other))]


def test_leaning_forward_is_told_with_a_pelvis_sensor() -> None:
    assert leant(Alerts(SETTINGS), -4.0) == [LEANING]


@pytest.mark.parametrize("tilt_deg", [-18.0, -14.0, -30.0])
def test_usual_and_slumped_sitting_are_not(tilt_deg: float) -> None:
    assert leant(Alerts(SETTINGS), tilt_deg) == []


def test_a_hip_that_is_not_bent_further_is_no_reason() -> None:
    assert leant(Alerts(SETTINGS), -4.0, flexion_deg=62.0) == []


def test_without_a_pelvis_sensor_nothing_is_said_of_leaning() -> None:
    alone = Settings(side="right", sitting=SETTINGS.sitting)
    assert leant(Alerts(alone), -4.0) == []


def test_rows_that_come_late_decide_the_same() -> None:
    """The pelvis is up to twenty seconds behind the thigh."""
    room, given = Alerts(SETTINGS), []
    for k in range(0, PLAIN_S + 400, 5):
        begin = max(0, k - 20)
        tilt = -18.0 if begin < PLAIN_S else -4.0
        given += [a.at for a in room.step(plain(k, k + 5), hip=hip(begin, begin + 5, tilt) if k >= 20 else None)]
    at_once = Alerts(SETTINGS)
    at_once.step(plain(0, PLAIN_S), hip=hip(0, PLAIN_S, -18.0))
    whole = at_once.step(plain(PLAIN_S, PLAIN_S + 400), hip=hip(PLAIN_S, PLAIN_S + 400, -4.0))
    assert given == [alert.at for alert in whole]

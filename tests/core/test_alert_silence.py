"""What the wearer asked for: put off, not told, and what happens when that is over."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import Alert, Alerts, Hold
from hipmonitor.core.exposure import DeepCycle
from hipmonitor.core.inbound import Action, DaySoFar, EndQuiet, Mark, Quiet, RestOfDay, Snooze
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.settings import Settings, WorkingHours
from tests.core.alert_stories import (
    ALERT,
    NOTICE,
    NUDGE,
    REMINDER,
    SETTINGS,
    SITTING,
    local,
    rules,
    sat,
    second,
    told,
    wall_tick,
)
from tests.core.builders import at, did

DAY_NS = 86_400 * NS_PER_S
UP = {"kind": ActivityKind.STAND, "upright_s": 5.0}
BROKE_OFF = {"kind": ActivityKind.STAND, "upright_s": 60.0, "sitting_s": 0.0, "sitting_since": None}


# -- snooze ------------------------------------------------------------------------------------------------------------


def test_a_snooze_holds_every_alert_until_it_is_over() -> None:
    room = Alerts(SETTINGS)
    room.step([], [did(450, Snooze(minutes=2))])
    assert sat(room, 450, 570) == []
    assert room.state.holds[SITTING] is Hold.SNOOZED
    assert sat(room, 570, 571) == [(SITTING, NUDGE, 571)]


def test_what_was_put_off_comes_again_when_the_snooze_is_over_and_not_before() -> None:
    """Five minutes are asked for after a late reminder whose next would come much later."""
    room = Alerts(SETTINGS)
    sat(room, 0, 1500)
    room.step([], [did(1500, Snooze(minutes=5))])
    assert sat(room, 1500, 2000) == [(SITTING, REMINDER, 1801)]


def test_a_snooze_until_standing_ends_after_some_seconds_up() -> None:
    room = Alerts(SETTINGS)
    room.step([], [did(450, Snooze(minutes=None))])
    assert sat(room, 450, 3000) == []
    room.step([second(3000, sitting_s=3000.0, **UP)])
    assert sat(room, 3001, 3002) == [(SITTING, ALERT, 3002)]


def test_a_snooze_until_standing_does_not_outlive_its_bout() -> None:
    room = Alerts(SETTINGS)
    room.step([], [did(450, Snooze(minutes=None))])
    sat(room, 450, 451)
    room.step([second(451, kind=ActivityKind.UNKNOWN, sitting_s=0.0, sitting_since=None)])
    assert not room.state.silence.snoozed


def test_after_as_many_snoozes_as_are_set_the_next_is_refused() -> None:
    room = Alerts(rules(snoozes_per_bout=2))
    for at_s in (450, 1000):
        room.step([], [did(at_s, Snooze(minutes=1))])
        sat(room, at_s, at_s + 100)
    assert room.now(at(1100)).snoozes_left == 0
    room.step([], [did(1100, Snooze(minutes=10))])
    assert room.now(at(1100)).snooze_refused_at == at(1100)
    assert room.now(at(1100)).snoozed_until is None


def test_a_break_gives_the_snoozes_back() -> None:
    room = Alerts(rules(snoozes_per_bout=1))
    room.step([], [did(450, Snooze(minutes=1))])
    sat(room, 450, 600)
    room.step([second(600, **BROKE_OFF)])
    assert room.now(at(600)).snoozes_left == 1


def test_changing_a_snooze_at_once_does_not_count_again() -> None:
    room = Alerts(rules(snoozes_per_bout=1))
    room.step([], [did(450, Snooze(minutes=5)), did(452, Snooze(minutes=10)), did(454, Snooze(minutes=None))])
    now = room.now(at(455))
    assert (now.until_stand, now.snoozed_until, now.snoozes_left, now.snooze_refused_at) == (True, None, 0, None)


def test_a_snooze_extended_at_its_end_counts_again() -> None:
    room = Alerts(rules(snoozes_per_bout=1))
    room.step([], [did(450, Snooze(minutes=5)), did(740, Snooze(minutes=5))])
    assert room.now(at(741)).snooze_refused_at == at(740)


def test_no_snooze_can_be_a_rule() -> None:
    room = Alerts(rules(snoozes_per_bout=0))
    room.step([], [did(450, Snooze(minutes=5))])
    assert sat(room, 450, 500) == [(SITTING, NOTICE, 480)]


def test_a_limit_of_snoozes_set_a_moment_ago_counts() -> None:
    room = Alerts(SETTINGS)
    room.change(at(400), rules(snoozes_per_bout=0))
    room.step([], [did(450, Snooze(minutes=5))])
    assert room.now(at(450)).snooze_refused_at == at(450)


def test_another_action_is_no_snooze() -> None:
    room = Alerts(SETTINGS)
    room.step([], [did(0, Mark(text="tea"))])
    assert not room.state.silence.snoozed


def test_a_reason_of_posture_is_told_before_the_snooze() -> None:
    room = Alerts(SETTINGS)
    room.step([second(10, kind=ActivityKind.LIE)], [did(0, Snooze(minutes=10))])
    assert room.state.holds[SITTING] is Hold.LYING


# -- quiet -------------------------------------------------------------------------------------------------------------


def test_in_a_quiet_time_alerts_are_decided_and_kept_untold() -> None:
    room = Alerts(SETTINGS)
    room.step([], [did(0, Quiet(minutes=30))])
    out = room.step([second(k) for k in range(700)])
    assert told(out) == [(SITTING, NOTICE, 480), (SITTING, NUDGE, 540), (SITTING, ALERT, 600)]
    assert [(alert.told, alert.not_told) for alert in out] == [(False, Hold.QUIET)] * 3
    assert out[0].amount == "8.0 of 10 min, not told: quiet"


def test_a_quiet_time_ends_by_itself() -> None:
    room = Alerts(SETTINGS)
    room.step([], [did(0, Quiet(minutes=8.5))])
    out = room.step([second(k) for k in range(700)])
    assert [alert.told for alert in out] == [False, True, True]


def test_a_quiet_time_can_be_ended() -> None:
    room = Alerts(SETTINGS)
    room.step([second(0)], [did(0, Quiet(minutes=120)), did(0, EndQuiet())])
    assert room.now(at(1)).quiet_until is None
    assert [alert.told for alert in room.step([second(k) for k in range(500)])] == [True]


@pytest.mark.parametrize(
    ("utc_offset_h", "at_s", "hours"),
    [(0, 0, 14 + 53 / 60 + 20 / 3600), (10, 0, 4 + 53 / 60 + 20 / 3600), (14, 0, 24 + 53 / 60 + 20 / 3600)],
    ids=["afternoon", "one at night", "five in the morning"],
)
def test_until_tomorrow_means_the_next_six_in_the_morning_of_the_wearer(
    utc_offset_h: int, at_s: float, hours: float
) -> None:
    civil, room = local(utc_offset_h * 3600), Alerts(SETTINGS)
    room.step([], [did(at_s, Quiet(minutes=None))], civil=civil)
    until = room.now(at(at_s), civil).quiet_until
    assert until is not None
    assert (until - at(at_s)) / 3.6e12 == pytest.approx(hours % 24)


def test_until_tomorrow_follows_a_journey() -> None:
    """Two hours ahead in the night: six comes two hours earlier."""
    civil, room = local(0), Alerts(SETTINGS)
    room.step([second(0)], [did(0, Quiet(minutes=None))], civil=civil)
    civil.hear(wall_tick(3600, 7200))
    six_there = 53_600 - 7200
    before, after = (room.step([second(six_there + k, sitting_s=500.0 + k)], civil=civil) for k in (-2, 60))
    assert [alert.told for alert in (*before, *after)] == [False, True]


def test_a_minute_quiet_time_replaces_one_until_tomorrow() -> None:
    room = Alerts(SETTINGS)
    room.step([], [did(0, Quiet(minutes=None)), did(1, Quiet(minutes=30))])
    assert room.now(at(2)).quiet_until == at(1801)


def through_quiet(after_quiet: str) -> list[tuple[object, object, float]]:
    """What is told after a quiet time that ended twenty minutes into a bout with a limit of ten."""
    room = Alerts(rules(after_quiet=after_quiet))
    out = room.step([second(k) for k in range(3600)], [did(0, Quiet(minutes=20))])
    return [row for row, alert in zip(told(out), out, strict=True) if alert.told]


def test_after_a_quiet_time_timers_go_on() -> None:
    assert through_quiet("keep")[:1] == [(SITTING, REMINDER, 1500)]


def test_reminders_that_were_kept_untold_lengthen_no_wait() -> None:
    """A hundred minutes quiet, in which three reminders were decided: the first that is told comes five minutes after it."""
    room = Alerts(SETTINGS)
    out = room.step([second(k) for k in range(7300)], [did(0, Quiet(minutes=100))])
    heard = [row for row, alert in zip(told(out), out, strict=True) if alert.told]
    assert heard == [(SITTING, REMINDER, 6300), (SITTING, REMINDER, 6900)]


def test_after_tracking_reminders_wait_no_longer_either() -> None:
    room = Alerts(rules(mode="track"))
    room.change(at(6000), SETTINGS)
    out = room.step([second(k) for k in range(6400)])
    assert [row for row, alert in zip(told(out), out, strict=True) if alert.told] == [(SITTING, REMINDER, 6300)]


def test_another_short_quiet_time_puts_no_reminder_off() -> None:
    room = Alerts(SETTINGS)
    room.step([second(k) for k in range(700)], [did(0, Quiet(minutes=11))])
    out = room.step([second(k) for k in range(700, 901)], [did(700, Quiet(minutes=2))])
    assert [(alert.level, alert.told) for alert in out] == [(REMINDER, True)]


def test_after_a_quiet_time_timers_may_begin_anew() -> None:
    assert through_quiet("reset")[:3] == [(SITTING, NOTICE, 1680), (SITTING, NUDGE, 1740), (SITTING, ALERT, 1800)]


def test_after_a_quiet_time_what_is_over_may_be_told_at_once() -> None:
    assert through_quiet("alert_if_over")[:2] == [(SITTING, ALERT, 1201), (SITTING, REMINDER, 1501)]


def test_at_once_is_for_what_is_over_only() -> None:
    room = Alerts(rules(after_quiet="alert_if_over"))
    out = room.step([second(k) for k in range(560)], [did(0, Quiet(minutes=8.5))])
    assert [(alert.level, alert.told) for alert in out] == [(NOTICE, False), (NUDGE, True)]


def test_a_break_ends_what_began_anew() -> None:
    room = Alerts(rules(after_quiet="reset"))
    room.step([second(k) for k in range(1300)], [did(0, Quiet(minutes=20))])
    assert room.now(at(1300)).begun_s[SITTING] == 1200
    room.step([second(1300, **BROKE_OFF)])
    assert sat(room, 1301, 1302, sitting_s=480.0) == [(SITTING, NOTICE, 1302)]


# -- working hours and tracking ----------------------------------------------------------------------------------------


def test_outside_working_hours_alerts_are_kept_untold() -> None:
    """Sunday from 15:15 on: 500 s into the story."""
    sundays = replace(SETTINGS, working_hours=WorkingHours(sunday="15:15-16:00"))
    out = Alerts(sundays).step([second(k) for k in range(601)], civil=local(0))
    assert [(alert.level, alert.not_told) for alert in out] == [
        (NOTICE, Hold.OUTSIDE_HOURS),
        (NUDGE, None),
        (ALERT, None),
    ]


def test_working_hours_are_those_of_the_wearers_weekday() -> None:
    """Ten hours ahead it is Monday."""
    sundays = replace(SETTINGS, working_hours=WorkingHours(sunday="off"))
    sunday, monday = (Alerts(sundays).step([second(480)], civil=local(h * 3600)) for h in (0, 10))
    assert [sunday[0].told, monday[0].told] == [False, True]


def test_other_working_hours_are_in_force_at_once() -> None:
    room = Alerts(replace(SETTINGS, working_hours=WorkingHours(sunday="off")))
    room.change(at(500), SETTINGS)
    assert [alert.told for alert in room.step([second(k) for k in range(550)])] == [False, True]


def test_in_track_mode_everything_is_decided_and_nothing_told() -> None:
    room = Alerts(rules(mode="track"))
    out = room.step([second(k) for k in range(901)])
    assert [(alert.level, alert.not_told) for alert in out] == [
        (level, Hold.TRACK) for level in (NOTICE, NUDGE, ALERT, REMINDER)
    ]


def test_from_tracking_to_training_nothing_is_told_twice() -> None:
    room = Alerts(rules(mode="track", after_quiet="alert_if_over"))
    room.change(at(700), rules(after_quiet="alert_if_over"))
    out = room.step([second(k) for k in range(901)])
    assert [(alert.level, alert.told) for alert in out][-2:] == [(ALERT, False), (REMINDER, True)]


def test_a_snapshot_says_why_nothing_is_told() -> None:
    room = Alerts(Settings())
    room.step([second(0)], [did(0, Quiet(minutes=30))])
    assert room.now(at(0)).not_told is Hold.QUIET


# -- however the stream is cut -----------------------------------------------------------------------------------------

ASKS = st.sampled_from(
    [Snooze(minutes=1), Snooze(minutes=None), Quiet(minutes=3), Quiet(minutes=None), EndQuiet(), Mark(text="tea")]
)
LIVELY = replace(
    rules(after_quiet="reset", reminder_min=1, deep_bends_per_hour=2, daily_sitting_budget_h=0.2),
    working_hours=WorkingHours(sunday="15:08-23:00"),
)


@settings(deadline=None, max_examples=25)
@given(
    asked=st.lists(st.tuples(st.integers(0, 1400), ASKS), max_size=6),
    cuts=st.sets(st.integers(1, 1399), max_size=12),
    up=st.sets(st.integers(0, 1399), max_size=40),
)
def test_the_same_is_decided_however_the_seconds_come(
    asked: list[tuple[int, Action]], cuts: set[int], up: set[int]
) -> None:
    seconds = [second(k, **(UP if k in up else {})) for k in range(1400)]
    bends = [DeepCycle(start=at(k), end=at(k + 0.5), kind=ActivityKind.STAND, highest_deg=99.0) for k in sorted(up)]
    asked_at = {k for k, _ in asked}

    def decided(places: set[int]) -> list[Alert]:
        room, out, edges = Alerts(LIVELY), [], sorted({0, 1400} | places | asked_at)
        for start, end in pairwise(edges):
            actions = [did(k, action) for k, action in asked if k == start]
            inside = [bend for bend in bends if at(start) <= bend.start < at(end)]
            out += room.step(seconds[start:end], actions, deep_cycles=inside, civil=local(0))
            room = Alerts(LIVELY, deepcopy(room.state))
        return out

    assert decided(cuts) == decided(set())


# -- a warning sign ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [RestOfDay(), DaySoFar(day=at(0) // DAY_NS, sitting_s=0, deep_s=0, resting=True)])
def test_after_a_warning_sign_alerts_are_decided_and_kept_with_their_reason(sign: Action) -> None:
    room = Alerts(SETTINGS)
    room.step([], [did(10, sign)])
    alerts = room.step([second(s, sitting_s=s + 1.0) for s in range(11, 800)])
    assert {alert.not_told for alert in alerts} == {Hold.REST_OF_DAY}
    assert room.now(at(800)).not_told is Hold.REST_OF_DAY


def test_on_the_next_day_alerts_are_told_again() -> None:
    room, midnight = Alerts(SETTINGS), DAY_NS // NS_PER_S - at(0) // NS_PER_S % 86_400
    room.step([], [did(10, RestOfDay())])
    told_then = [
        alert.not_told for s in (midnight - 1, midnight) for alert in room.step([second(s, sitting_s=5000.0 + s)])
    ]
    assert room.state.not_told is None
    assert told_then[0] is Hold.REST_OF_DAY


def test_a_day_so_far_without_a_sign_keeps_nothing() -> None:
    room = Alerts(SETTINGS)
    room.step([], [did(10, DaySoFar(day=at(0) // DAY_NS, sitting_s=0, deep_s=0))])
    assert sat(room, 11, 800) != []
    assert room.now(at(800)).not_told is None

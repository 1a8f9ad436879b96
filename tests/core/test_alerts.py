"""When somebody is told something, how loud, why, and when it is better to be silent."""

from __future__ import annotations

from math import isnan

import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import LEVELS, MOST_SD_DEG, POLICY, AlertKind, Alerts, Evidence, Hold
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.settings import Settings, SittingLimit
from tests.core.alert_stories import ALERT, DEEP, NOTICE, NUDGE, REMINDER, SETTINGS, SITTING, deep, sat, second, told
from tests.core.builders import at

NAN = float("nan")


# -- levels ------------------------------------------------------------------------------------------------------------


def test_a_notice_at_eighty_a_nudge_at_ninety_an_alert_at_a_hundred_percent_of_the_limit() -> None:
    assert sat(Alerts(SETTINGS), 0, 700) == [(SITTING, NOTICE, 480), (SITTING, NUDGE, 540), (SITTING, ALERT, 600)]


def test_deep_flexion_has_its_own_limit_and_the_same_levels() -> None:
    out = Alerts(SETTINGS).step([deep(k) for k in range(400)])
    assert told(out) == [(DEEP, NOTICE, 240), (DEEP, NUDGE, 270), (DEEP, ALERT, 300)]
    assert [alert.limit_min for alert in out] == [5, 5, 5]


def test_each_level_is_said_once_and_reminders_come_after_twice_the_wait_each() -> None:
    room = Alerts(SETTINGS)
    sat(room, 0, 600)
    assert sat(room, 600, 5000) == [(SITTING, REMINDER, at_s) for at_s in (900, 1500, 2700)]


def test_an_alert_tells_when_the_reminder_comes() -> None:
    out = Alerts(SETTINGS).step([second(k) for k in range(1600)])
    assert [alert.reminder_min for alert in out] == [0, 0, 5, 10, 20]


def test_a_reminder_waits_for_time_that_counts() -> None:
    """Who is up for four minutes in between, too little for a break of five, is not reminded by the clock."""
    room = Alerts(SETTINGS)
    sat(room, 0, 600)
    room.step([second(k, kind=ActivityKind.STAND, sitting_s=600.0) for k in range(600, 840)])
    later = [second(k, sitting_s=k - 239.0) for k in range(840, 1200)]
    assert told(room.step(later)) == [(SITTING, REMINDER, 1140)]


def test_after_a_measured_break_everything_may_be_said_again() -> None:
    room = Alerts(SETTINGS)
    sat(room, 0, 600)
    room.step([second(600, kind=ActivityKind.STAND, sitting_s=0.0, sitting_since=None)])
    assert sat(room, 601, 602, sitting_s=485.0) == [(SITTING, NOTICE, 602)]


def test_standing_up_shortly_of_a_break_does_not_make_a_level_due_again() -> None:
    room = Alerts(SETTINGS)
    sat(room, 0, 500)
    room.step([second(500, kind=ActivityKind.STAND, sitting_s=500.0)])
    assert sat(room, 501, 510, sitting_s=505.0) == []


def test_sitting_and_deep_flexion_are_told_apart_in_the_same_second() -> None:
    both = second(479, deep=True, deep_s=300.0, deep_since=at(179), deep_mean_deg=95.0, deep_highest_deg=99.0)
    assert told(Alerts(SETTINGS).step([both])) == [(SITTING, NOTICE, 480), (DEEP, ALERT, 480)]


@pytest.mark.parametrize(
    "pause", [second(600, kind=ActivityKind.STAND, sitting_s=600.0), deep(600, deep=False, deep_s=300.0)]
)
def test_nothing_is_said_in_a_second_that_added_nothing(pause: TimedSecond) -> None:
    assert Alerts(SETTINGS).step([pause]) == ()


def test_a_limit_raised_during_a_bout_makes_its_levels_due_again() -> None:
    room = Alerts(SETTINGS)
    sat(room, 0, 600)
    room.change(at(600), Settings(sitting=SittingLimit(sit_limit_min=20)))
    assert sat(room, 600, 1300) == [(SITTING, NOTICE, 960), (SITTING, NUDGE, 1080), (SITTING, ALERT, 1200)]


def test_a_limit_raised_a_little_makes_the_levels_beyond_it_due_again() -> None:
    room = Alerts(SETTINGS)
    sat(room, 0, 600)
    room.change(at(600), Settings(sitting=SittingLimit(sit_limit_min=11)))
    assert sat(room, 600, 700) == [(SITTING, ALERT, 660)]


def test_a_limit_lowered_during_a_bout_says_the_level_reached_at_once() -> None:
    room = Alerts(SETTINGS)
    sat(room, 0, 400)
    room.change(at(400), Settings(sitting=SittingLimit(sit_limit_min=5)))
    assert sat(room, 400, 500) == [(SITTING, ALERT, 401)]


def test_a_limit_is_not_asked_about_seconds_before_it_was_set() -> None:
    room = Alerts(SETTINGS)
    room.change(at(450), Settings(sitting=SittingLimit(sit_limit_min=5)))
    assert sat(room, 0, 500) == [(SITTING, ALERT, 451)]


# -- holds -------------------------------------------------------------------------------------------------------------

HELD = [
    ({"kind": ActivityKind.LIE}, Hold.LYING),
    ({"kind": ActivityKind.NOT_WORN}, Hold.NOT_WORN),
    ({"kind": ActivityKind.SEDENTARY}, Hold.UNCLEAR),
    ({"kind": ActivityKind.UNKNOWN}, Hold.UNCLEAR),
    ({"kind": ActivityKind.CYCLE}, Hold.CYCLING),
    ({"sd_deg": 5.1}, Hold.UNCALIBRATED),
    ({"sd_deg": float("inf")}, Hold.UNCALIBRATED),
]
HOLD_NAMES = ["lying", "not worn", "sedentary", "unknown", "on a bicycle", "badly known placement", "no placement"]


@pytest.mark.parametrize(("other", "hold"), HELD, ids=HOLD_NAMES)
@pytest.mark.parametrize("kind", [SITTING, DEEP])
def test_a_due_alert_is_held_and_the_reason_is_told(other: dict[str, object], hold: Hold, kind: AlertKind) -> None:
    room = Alerts(SETTINGS)
    due = second(700, **other) if kind is SITTING else deep(700, **other)
    assert room.step([due]) == ()
    assert room.state.holds[kind] is hold


@pytest.mark.parametrize(("other", "hold"), HELD, ids=HOLD_NAMES)
def test_what_was_held_is_said_once_when_the_hold_is_over(other: dict[str, object], hold: Hold) -> None:
    """At the level reached by then, not one after the other."""
    room = Alerts(SETTINGS)
    sat(room, 400, 550, **other)
    assert room.state.holds[SITTING] is hold
    assert sat(room, 550, 560) == [(SITTING, NUDGE, 551)]
    assert room.state.holds[SITTING] is None


def test_a_placement_known_to_five_degrees_is_good_enough() -> None:
    assert len(Alerts(SETTINGS).step([second(700, sd_deg=MOST_SD_DEG)])) == 1


def test_an_untrusted_angle_holds_deep_flexion_only() -> None:
    room = Alerts(SETTINGS)
    both = second(700, trusted=False, deep=True, deep_s=400.0, deep_since=at(300))
    assert told(room.step([both])) == [(SITTING, ALERT, 701)]
    assert (room.state.holds[SITTING], room.state.holds[DEEP]) == (None, Hold.UNTRUSTED)


def test_sitting_without_evidence_of_a_seat_is_on_hold_and_says_so() -> None:
    room = Alerts(SETTINGS)
    assert sat(room, 400, 500, seated_shown=False) == []
    assert room.state.holds[SITTING] is Hold.NO_EVIDENCE
    assert sat(room, 500, 501) == [(SITTING, NOTICE, 501)]


def test_nothing_is_said_in_the_first_tenth_of_the_limit_on_a_seat() -> None:
    room = Alerts(SETTINGS)
    sits_again = [second(k, sitting_s=k + 1.0, seated_s=k - 579.0) for k in range(580, 700)]
    assert told(room.step(sits_again[:59])) == []
    assert room.state.holds[SITTING] is Hold.JUST_SAT
    assert told(room.step(sits_again[59:])) == [(SITTING, ALERT, 640)]


def test_deep_flexion_that_may_be_lying_is_on_hold_and_says_so() -> None:
    room = Alerts(SETTINGS)
    assert told(room.step([second(479, deep_unsure=True)])) == [(SITTING, NOTICE, 480)]
    assert (room.state.holds[SITTING], room.state.holds[DEEP]) == (None, Hold.NO_EVIDENCE)


# -- evidence ----------------------------------------------------------------------------------------------------------


def test_a_sitting_alert_tells_since_when_how_long_and_at_which_angle() -> None:
    (alert,) = Alerts(SETTINGS).step([second(479)])
    assert alert.evidence == Evidence(since=at(0), minutes=8.0, mean_deg=80.0, highest_deg=84.0)
    assert alert.limit_min == 10


def test_a_deep_alert_tells_since_when_how_long_the_mean_and_the_peak() -> None:
    (alert,) = Alerts(SETTINGS).step([deep(299)])
    assert alert.evidence == Evidence(since=at(0), minutes=5.0, mean_deg=101.0, highest_deg=117.0)


def test_evidence_without_a_trusted_angle_has_none() -> None:
    (alert,) = Alerts(SETTINGS).step([second(479, sitting_mean_deg=NAN, sitting_highest_deg=NAN)])
    assert isnan(alert.evidence.mean_deg)


def test_a_nudge_tells_what_is_left() -> None:
    (nudge,) = Alerts(SETTINGS).step([second(539)])
    assert (nudge.level, nudge.left_min, nudge.told) == (NUDGE, 1.0, True)


def test_an_alert_is_at_the_end_of_the_second_that_made_it_due() -> None:
    (alert,) = Alerts(SETTINGS).step([second(479)])
    assert alert.at == at(480)


def test_the_policy_is_a_table_of_nine_rules() -> None:
    assert [(rule.kind, rule.needs_angle, rule.needs_seat, rule.since_break) for rule in POLICY] == [
        (SITTING, False, True, True),
        (DEEP, True, True, True),
        (AlertKind.DEEP_BENDS, True, False, False),
        (AlertKind.DAY_SITTING, False, True, False),
        (AlertKind.DAY_DEEP, True, True, False),
        (AlertKind.LOW_SEAT, True, True, False),
        (AlertKind.CROSSED_LEGS, True, True, False),
        (AlertKind.KNEE_IN, True, True, False),
        (AlertKind.LEANING, True, True, False),
    ]
    assert LEVELS == ((NOTICE, 0.8), (NUDGE, 0.9), (ALERT, 1.0))


def test_by_default_bends_and_budgets_are_off() -> None:
    room = Alerts(Settings())
    room.step([second(0)])
    hints = [AlertKind.LOW_SEAT, AlertKind.CROSSED_LEGS, AlertKind.KNEE_IN, AlertKind.LEANING]
    assert list(room.state.holds) == [SITTING, DEEP, *hints]

"""When somebody is told something, how loud, why, and when it is better to be silent."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import LEVELS, MOST_SD_DEG, POLICY, Alert, AlertKind, AlertLevel, Alerts, Evidence, Hold
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.inbound import Mark, Snooze
from hipmonitor.core.settings import DeepFlexionLimit, Settings, SittingLimit
from tests.core.builders import at, did

SITTING, DEEP = AlertKind.SITTING, AlertKind.DEEP_FLEXION
NOTICE, NUDGE, ALERT = AlertLevel.NOTICE, AlertLevel.NUDGE, AlertLevel.ALERT
SETTINGS = Settings(sitting=SittingLimit(sit_limit_min=10), deep_flexion=DeepFlexionLimit(deep_limit_min=5))
"""Sitting: notice 480 s, nudge 540 s, alert 600 s. Deep flexion: 240, 270 and 300 s."""
NAN = float("nan")


def second(k: int, **other: object) -> TimedSecond:
    """Second k of uninterrupted, shallow, well-known sitting; `other` says what is not so."""
    usual = TimedSecond(
        start=at(k),
        lasting_s=1,
        kind=ActivityKind.SIT,
        flexion_deg=80.0,
        highest_deg=84.0,
        trusted=True,
        sd_deg=2.5,
        sitting_s=k + 1.0,
        sitting_since=at(0),
        upright_s=0.0,
        deep=False,
        deep_unsure=False,
        deep_s=0.0,
        deep_since=None,
        deep_mean_deg=NAN,
        deep_highest_deg=NAN,
        lowered_s=0.0,
    )
    return usual._replace(**other)  # type: ignore[arg-type]


def deep(k: int, **other: object) -> TimedSecond:
    """Second k of uninterrupted deep flexion in a squat: no sitting in it."""
    bent = {
        "kind": ActivityKind.STAND,
        "sitting_s": 0.0,
        "sitting_since": None,
        "deep": True,
        "deep_s": k + 1.0,
        "deep_since": at(0),
        "deep_mean_deg": 101.0,
        "deep_highest_deg": 117.0,
    }
    return second(k, **{**bent, **other})


def told(alerts: Sequence[Alert]) -> list[tuple[AlertKind, AlertLevel, float]]:
    """What was said and in which second of the story."""
    return [(alert.kind, alert.level, (alert.at - at(0)) / 1e9) for alert in alerts]


def sat(room: Alerts, begin: int, end: int, **other: object) -> list[tuple[AlertKind, AlertLevel, float]]:
    return told(room.step([second(k, **other) for k in range(begin, end)]))


# -- levels ------------------------------------------------------------------------------------------------------------


def test_a_notice_at_eighty_a_nudge_at_ninety_an_alert_at_a_hundred_percent_of_the_limit() -> None:
    assert sat(Alerts(SETTINGS), 0, 700) == [(SITTING, NOTICE, 480), (SITTING, NUDGE, 540), (SITTING, ALERT, 600)]


def test_deep_flexion_has_its_own_limit_and_the_same_levels() -> None:
    out = Alerts(SETTINGS).step([deep(k) for k in range(400)])
    assert told(out) == [(DEEP, NOTICE, 240), (DEEP, NUDGE, 270), (DEEP, ALERT, 300)]
    assert [alert.limit_min for alert in out] == [5, 5, 5]


def test_each_level_is_said_once_a_bout_however_long_it_lasts() -> None:
    room = Alerts(SETTINGS)
    sat(room, 0, 600)
    assert sat(room, 600, 5000) == []


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
    ({"sd_deg": 5.1}, Hold.UNCALIBRATED),
    ({"sd_deg": float("inf")}, Hold.UNCALIBRATED),
]
HOLD_NAMES = ["lying", "not worn", "sedentary", "unknown", "badly known placement", "no placement"]


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
    assert room.state.holds == {SITTING: None, DEEP: Hold.UNTRUSTED}


def test_deep_flexion_that_may_be_lying_is_on_hold_and_says_so() -> None:
    room = Alerts(SETTINGS)
    assert told(room.step([second(479, deep_unsure=True)])) == [(SITTING, NOTICE, 480)]
    assert room.state.holds == {SITTING: None, DEEP: Hold.UNCLEAR}


# -- snooze ------------------------------------------------------------------------------------------------------------


def test_a_snooze_holds_every_alert_until_it_is_over() -> None:
    room = Alerts(SETTINGS)
    room.step([], [did(450, Snooze(minutes=2))])
    assert sat(room, 450, 570) == []
    assert room.state.holds[SITTING] is Hold.SNOOZED
    assert sat(room, 570, 571) == [(SITTING, NUDGE, 571)]


def test_a_second_snooze_counts_from_itself() -> None:
    room = Alerts(SETTINGS)
    room.step([], [did(0, Snooze(minutes=10)), did(60, Snooze(minutes=1))])
    assert room.state.snoozed_until_ns == at(120)


def test_another_action_is_no_snooze() -> None:
    room = Alerts(SETTINGS)
    room.step([], [did(0, Mark(text="tea"))])
    assert room.state.snoozed_until_ns == 0


def test_a_reason_of_posture_is_told_before_the_snooze() -> None:
    room = Alerts(SETTINGS)
    room.step([second(10, kind=ActivityKind.LIE)], [did(0, Snooze(minutes=10))])
    assert room.state.holds[SITTING] is Hold.LYING


# -- evidence ----------------------------------------------------------------------------------------------------------


def test_a_sitting_alert_tells_since_when_how_long_and_at_which_angle() -> None:
    (alert,) = Alerts(SETTINGS).step([second(479)])
    assert alert.evidence == Evidence(since=at(0), minutes=8.0, mean_deg=80.0, highest_deg=84.0)
    assert alert.limit_min == 10


def test_a_deep_alert_tells_since_when_how_long_the_mean_and_the_peak() -> None:
    (alert,) = Alerts(SETTINGS).step([deep(299)])
    assert alert.evidence == Evidence(since=at(0), minutes=5.0, mean_deg=101.0, highest_deg=117.0)


def test_evidence_of_an_untrusted_second_has_no_angle() -> None:
    (alert,) = Alerts(SETTINGS).step([second(479, trusted=False, flexion_deg=NAN, highest_deg=NAN)])
    assert isnan(alert.evidence.mean_deg)


def test_an_alert_is_at_the_end_of_the_second_that_made_it_due() -> None:
    (alert,) = Alerts(SETTINGS).step([second(479)])
    assert alert.at == at(480)


def test_the_policy_is_a_table_of_two_rules_and_three_levels() -> None:
    assert [(rule.kind, rule.needs_angle) for rule in POLICY] == [(SITTING, False), (DEEP, True)]
    assert LEVELS == ((NOTICE, 0.8), (NUDGE, 0.9), (ALERT, 1.0))

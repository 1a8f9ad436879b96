"""What a view shows in every state: plain values, no terminal."""

from __future__ import annotations

import threading
from itertools import groupby
from math import inf
from pathlib import Path

import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import AlertLevel
from hipmonitor.core.inbound import ChangeSettings, ClockStep, LinkState, Pose, Snooze
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.samples import Doubt
from hipmonitor.core.settings import Settings
from hipmonitor.core.thigh import SWAPPED, Holding, PoseResult
from hipmonitor.ui.view_model import (
    BannerKind,
    ColumnKind,
    Flow,
    GuidedCalibration,
    LiveView,
    RecordingNow,
    Situation,
    SourceKind,
    Step,
    Zone,
    hero_now,
)
from hipmonitor.ui.view_model.zone import ZoneTracker, zone_of
from tests.ui.lived import SHORT_LIMITS, START, Lived, guided_placement

SIT, STAND, WALK = ActivityKind.SIT, ActivityKind.STAND, ActivityKind.WALK


# --- before data ------------------------------------------------------------------------------------------------------


def test_before_anything_it_searches_and_knows_no_number() -> None:
    lived = Lived()
    lived.link(LinkState.SEARCHING, "Looking for the sensor.")
    glance = lived.glance()
    assert glance.situation is Situation.SEARCHING
    assert glance.state_line == "Looking for the sensor."
    assert (glance.angle.number, glance.angle.zone) == ("--", Zone.UNKNOWN)
    assert (glance.stream.word, glance.stream.boxes) == ("Searching", 0)
    assert glance.banner is None


def test_without_any_sensor_ever_it_says_so_and_what_there_is_to_do() -> None:
    glance = LiveView(source=SourceKind.LIVE, empty=True).glance(START)
    assert glance.situation is Situation.EMPTY
    assert glance.state_line.startswith("No sensor yet. Wake it with a short shake and choose Search")
    assert hero_now(glance).zone_words == "No sensor yet"
    assert glance.state_line.endswith(hero_now(glance).below)


def test_connecting_says_to_whom() -> None:
    lived = Lived()
    lived.link(LinkState.CONNECTING, "Connecting to hip sensor.")
    glance = lived.glance()
    assert glance.situation is Situation.CONNECTING
    assert glance.state_line == "Connecting to hip sensor."
    assert hero_now(glance).below == "It was found; the first data follow."
    assert glance.stream.word == "Connecting"


# --- the computer sleeps ----------------------------------------------------------------------------------------------


def test_that_the_computer_slept_is_said_for_ten_seconds_after_waking() -> None:
    lived = Lived()
    lived.link(LinkState.STREAMING, "The sensor is sending.")
    lived.seconds(5, SIT, 78.0)
    lived.silence(7800)
    lived.view.record([ClockStep(at=lived.now, step_ns=0, reason="", slept_ns=7800 * NS_PER_S)])
    assert lived.glance().situation is Situation.SLEPT
    assert lived.glance().state_line == "The computer slept for 2 h 10 min; that time is not measured."
    lived.silence(10)
    assert lived.glance().situation is Situation.NO_DATA


def test_a_clock_that_was_only_set_is_no_sleep() -> None:
    lived = Lived()
    lived.view.record([ClockStep(at=lived.now, step_ns=60 * NS_PER_S, reason="the clock was set by +60.0 s")])
    assert lived.glance().situation is Situation.SEARCHING


# --- live -------------------------------------------------------------------------------------------------------------


def test_live_shows_angle_zone_activity_hip_and_timers() -> None:
    lived = Lived()
    lived.link(LinkState.STREAMING, "The sensor is sending.")
    lived.seconds(12, SIT, 78.0)
    glance = lived.glance()
    assert glance.situation is Situation.LIVE
    assert (glance.angle.number, glance.angle.spread) == ("78°", "± 3°")
    assert (glance.angle.zone.words, glance.angle.from_limit) == (
        "Below your limit",
        "12° under 90°, the limit you set",
    )
    assert glance.activity.text == "Sitting 12 s"
    assert glance.hip.text == "hip, estimate 58° ± 13°"
    assert (glance.sitting.title, glance.sitting.value_s, glance.sitting.limit_s) == ("Sitting", 12, 30)
    assert glance.sitting.next == "notice in 0:12"
    assert (glance.deep.title, glance.deep.next) == ("Above 90°", "not counting now")
    assert glance.state_line == "Sitting for 12 seconds. Thigh 78°, below your limit."
    assert glance.stream.word == "Good"
    assert glance.stream.rate_hz == pytest.approx(10, abs=0.2)
    assert glance.stream.battery_percent == 84


def test_the_rate_is_that_of_the_sensor_also_where_much_comes_at_a_time() -> None:
    lived = Lived()
    lived.seconds(3, SIT, 78.0)
    lived.silence(0.95)
    assert lived.glance().stream.rate_hz == pytest.approx(10, abs=0.01)
    lived = Lived()
    lived.seconds(30, SIT, 78.0)
    lived.silence(0.05)
    assert lived.glance().stream.rate_hz == pytest.approx(10, abs=0.01)


def test_near_the_limit_is_said_with_the_distance() -> None:
    lived = Lived()
    lived.seconds(5, SIT, 84.0)
    glance = lived.glance()
    assert glance.angle.zone is Zone.NOTICE
    assert glance.state_line.endswith("Near your limit: 6° under 90°, the limit you set.")


@pytest.mark.parametrize(
    ("set_by", "words"),
    [("preset", "the preset limit"), ("my physio", "the limit set by your physio"), ("demo", "the limit set by demo")],
)
def test_it_says_who_set_the_limit(set_by: str, words: str) -> None:
    lived = Lived(Settings(set_by=set_by))
    lived.seconds(2, SIT, 80.0)
    assert lived.glance().angle.from_limit == f"10° under 90°, {words}"


def test_limits_that_are_not_the_presets_stand_on_screen() -> None:
    assert Lived(Settings()).glance().limits == ""
    assert Lived(SHORT_LIMITS).glance().limits == "Limits (me): sitting 30 s, above 90° 15 s, break 6 s"


def test_settings_changed_at_the_door_are_in_force_at_once() -> None:
    lived = Lived(Settings())
    lived.seconds(1, SIT, 80.0)
    lived.act(ChangeSettings(settings=SHORT_LIMITS))
    assert lived.glance().sitting.limit_s == 30


def test_the_recording_is_told() -> None:
    lived = Lived()
    lived.recording = RecordingNow(path=Path("a.mcap.part"), size_bytes=31_000_000)
    assert lived.glance().recording == lived.recording


# --- the zone ---------------------------------------------------------------------------------------------------------


def test_a_zone_changes_two_degrees_past_its_border_only() -> None:
    assert zone_of(81.0, 90.0, Zone.OK) is Zone.OK
    assert zone_of(82.0, 90.0, Zone.OK) is Zone.NOTICE
    assert zone_of(79.0, 90.0, Zone.NOTICE) is Zone.NOTICE
    assert zone_of(77.9, 90.0, Zone.NOTICE) is Zone.OK
    assert zone_of(91.0, 90.0, Zone.NOTICE) is Zone.NOTICE
    assert zone_of(92.0, 90.0, Zone.NOTICE) is Zone.DEEP
    assert zone_of(88.5, 90.0, Zone.DEEP) is Zone.DEEP
    assert zone_of(90.0, 90.0, Zone.UNKNOWN) is Zone.DEEP


def test_a_zone_changes_after_a_whole_second_in_it() -> None:
    tracker = ZoneTracker()
    tracker.see(0, 70.0, 90.0)
    tracker.see(NS_PER_S, 95.0, 90.0)
    zones = []
    for at_ns in (2 * NS_PER_S - 1, 2 * NS_PER_S):
        tracker.see(at_ns, 95.0, 90.0)
        zones.append(tracker.zone)
    assert zones == [Zone.OK, Zone.DEEP]


def test_a_fidget_does_not_change_the_zone() -> None:
    tracker = ZoneTracker()
    for at_ds, deg in enumerate([70.0] * 10 + [95.0] * 5 + [70.0] + [95.0] * 8):
        tracker.see(at_ds * NS_PER_S // 10, deg, 90.0)
    assert tracker.zone is Zone.OK


def test_shown_degrees_are_calm() -> None:
    lived = Lived()
    lived.seconds(1, SIT, 78.0)
    lived.seconds(1, SIT, 78.55)
    assert lived.glance().angle.shown_deg == 78
    lived.seconds(1, SIT, 78.7)
    assert lived.glance().angle.shown_deg == 79


# --- where nothing may be claimed ----------------------------------------------------------------------------------------


def test_without_a_placement_there_is_no_number_and_a_way_to_one() -> None:
    lived = Lived()
    lived.seconds(4, STAND, 0.0, sd_deg=inf)
    glance = lived.glance()
    assert glance.situation is Situation.UNCALIBRATED
    assert (glance.angle.number, glance.angle.spread) == ("--", "not calibrated")
    assert glance.state_line == "On hold: not calibrated yet. Calibrating takes about 40 seconds."
    assert glance.banner is not None
    assert glance.banner.kind is BannerKind.CALIBRATE
    assert glance.sitting.next == "on hold: not calibrated"


def test_a_placement_known_badly_gets_a_tilde_and_no_zone() -> None:
    lived = Lived()
    lived.seconds(4, SIT, 78.0, sd_deg=15.0)
    glance = lived.glance()
    assert (glance.angle.number, glance.angle.spread) == ("~ 78°", "± 15°, not calibrated")
    assert glance.angle.zone is Zone.UNKNOWN
    assert glance.sitting.held


@pytest.mark.parametrize(
    ("kind", "situation", "hold", "word"),
    [
        (ActivityKind.LIE, Situation.LYING, "on hold: lying", "Lying"),
        (ActivityKind.NOT_WORN, Situation.NOT_WORN, "on hold: not worn", "Not worn"),
        (ActivityKind.UNKNOWN, Situation.UNCLEAR, "on hold: posture unclear", "Unclear"),
        (ActivityKind.SEDENTARY, Situation.UNCLEAR, "on hold: posture unclear", "Unclear, sitting or lying"),
    ],
)
def test_what_is_not_sitting_holds_the_timers_and_says_why(
    kind: ActivityKind, situation: Situation, hold: str, word: str
) -> None:
    lived = Lived()
    lived.seconds(10, SIT)
    lived.seconds(3, kind)
    glance = lived.glance()
    assert glance.situation is situation
    assert glance.state_line.startswith("On hold:")
    assert (glance.sitting.next, glance.deep.next) == (hold, hold)
    assert glance.sitting.value_s == 10
    assert glance.activity.word == word


def test_a_sensor_that_is_not_believed_is_told_with_what_to_do_until_it_is_believed_again() -> None:
    lived = Lived()
    lived.seconds(3, STAND, 5.0)
    lived.doubt = Doubt.GYROSCOPE_DISAGREES
    lived.seconds(3, STAND, 5.0)
    glance = lived.glance()
    assert glance.situation is Situation.SENSOR_DOUBTED
    assert glance.state_line.startswith("The gyroscope does not turn as gravity does")
    assert glance.state_line.endswith("Restart the sensor or use another.")
    lived.doubt = Doubt.NONE
    lived.seconds(3, STAND, 5.0)
    assert lived.glance().situation is Situation.LIVE


def test_a_sensor_of_which_nothing_is_read_is_not_taken_for_a_lost_link() -> None:
    lived = Lived()
    lived.link(LinkState.STREAMING)
    lived.seconds(3, STAND, 5.0)
    lived.doubt = Doubt.ACCELEROMETER_SCALE
    lived.seconds(1, STAND, 5.0)
    lived.silence(8.0)
    assert lived.glance().situation is Situation.SENSOR_DOUBTED


def test_an_untrusted_angle_is_two_dashes_after_a_second() -> None:
    lived = Lived()
    lived.seconds(3, STAND, 5.0)
    lived.seconds(3, STAND, 5.0, trusted=False)
    glance = lived.glance()
    assert glance.situation is Situation.UNTRUSTED
    assert glance.angle.number == "--"
    assert glance.stream.flow is Flow.FLOWING


def test_the_last_value_stands_for_one_second_then_goes() -> None:
    lived = Lived()
    lived.seconds(5, SIT, 78.0)
    lived.silence(0.8)
    assert lived.glance().angle.number == "78°"
    lived.silence(1.0)
    glance = lived.glance()
    assert (glance.angle.number, glance.situation, glance.stream.word) == ("--", Situation.GAP, "No data")
    assert glance.banner is None
    assert glance.sitting.next == "on hold: no data"


def test_no_data_for_long_says_since_when_and_what_the_link_does() -> None:
    lived = Lived()
    lived.seconds(5, SIT, 78.0)
    lived.link(LinkState.LOST, "The sensor is out of reach. Reconnecting by itself, try 3.")
    lived.silence(42)
    glance = lived.glance()
    assert glance.situation is Situation.NO_DATA
    assert glance.state_line == "On hold: no data for 42 s. Nothing added, nothing reset."
    assert glance.banner is not None
    assert glance.banner.evidence.startswith("The sensor is out of reach")
    assert (glance.activity.kind, glance.hip.text) == (None, "hip --")
    assert glance.angle.last_deg == pytest.approx(78.0)


def test_an_ended_session_says_so() -> None:
    lived = Lived()
    lived.seconds(2, SIT)
    lived.link(LinkState.ENDED, "The connection was closed.")
    assert (lived.glance().situation, lived.glance().state_line) == (Situation.ENDED, "The connection was closed.")


def test_once_the_session_has_ended_the_timers_say_so_and_keep_where_they_stood() -> None:
    lived = Lived()
    lived.link(LinkState.STREAMING, "The sensor is sending.")
    lived.seconds(90, SIT, 78.0)
    stood = lived.glance()
    assert stood.sitting.running
    lived.link(LinkState.ENDED, "The sensor was switched off.")
    glance = lived.glance()
    assert glance.sitting.value_s == stood.sitting.value_s
    for timer in (glance.sitting, glance.deep):
        assert (timer.running, timer.ended, timer.next) == (False, True, "session ended")
    assert (glance.credit.running, glance.credit.ended, glance.credit.text) == (False, True, "session ended")
    assert hero_now(glance).activity_words == "Sitting"
    lived.silence(2)
    assert hero_now(lived.glance()).activity_words == "Ended"


def test_losses_are_named_by_how_many() -> None:
    lived = Lived()
    lived.seconds(10, SIT)
    assert lived.glance().stream.word == "Good"
    lived.seconds(1, SIT, lost=3)
    stream = lived.glance().stream
    assert (stream.word, stream.boxes, stream.lost) == ("Some drops", 3, 3)
    assert stream.lost_percent == pytest.approx(100 * 3 / 103, abs=0.1)
    lived.seconds(5, SIT, lost=3)
    assert (lived.glance().stream.word, lived.glance().stream.lost) == ("Many drops", 18)


def test_a_low_battery_is_a_banner() -> None:
    lived = Lived()
    lived.battery = 18
    lived.seconds(2, SIT, 60.0)
    banner = lived.glance().banner
    assert banner is not None
    assert (banner.kind, banner.evidence) == (BannerKind.LOW_BATTERY, "Charge it tonight.")
    assert "18 %" in banner.title


# --- alerts -------------------------------------------------------------------------------------------------------------


def test_a_notice_is_a_sentence_and_no_banner() -> None:
    lived = Lived()
    lived.seconds(24, SIT, 60.0)
    glance = lived.glance()
    assert (glance.situation, glance.banner) == (Situation.NOTICE, None)
    assert glance.state_line == "Sitting for 24 seconds. 6 seconds standing any time now resets the timer."
    assert (glance.sitting.level, glance.sitting.next) == (AlertLevel.NOTICE, "nudge in 0:03")


def test_a_nudge_is_a_banner_that_leaves_on_standing() -> None:
    lived = Lived()
    lived.seconds(27, SIT, 60.0)
    banner = lived.glance().banner
    assert banner is not None
    assert (banner.kind, banner.title) == (BannerKind.NUDGE, "3 seconds until your sitting limit.")
    assert banner.evidence == "A good moment to get up."
    lived.seconds(1, STAND, 3.0)
    assert lived.glance().banner is None


def test_a_sitting_alert_says_what_resets_it() -> None:
    lived = Lived()
    lived.seconds(31, SIT, 60.0)
    glance = lived.glance()
    assert glance.situation is Situation.ALERT
    assert glance.banner is not None
    assert (glance.banner.title, glance.banner.evidence) == (
        "30 seconds of sitting.",
        "A short walk resets the timer.",
    )
    assert glance.sitting.next == "reminder in 4:59"
    assert glance.sitting.share == 1.0


def test_a_deep_alert_brings_its_evidence_in_the_wearers_time() -> None:
    lived = Lived()
    lived.seconds(16, SIT, 97.0)
    glance = lived.glance()
    assert glance.banner is not None
    assert glance.banner.kind is BannerKind.ALERT
    assert glance.banner.title == "Time to stand up for 6 seconds."
    assert glance.banner.evidence == "Thigh above 90° since 09:06, mean 97°, highest 97°."
    assert glance.angle.zone is Zone.DEEP
    assert glance.state_line == "Thigh above 90° for 15 seconds. 6 s standing resets it."


def test_after_an_alert_standing_earns_credit_and_thanks() -> None:
    lived = Lived()
    lived.seconds(31, SIT, 60.0)
    lived.seconds(4, STAND, 3.0)
    glance = lived.glance()
    assert glance.situation is Situation.ALERT_UP
    assert glance.banner is not None
    assert glance.banner.kind is BannerKind.CREDIT
    assert glance.banner.title == "4 s of 6 s; 2 s to go."
    assert glance.banner.evidence == "Standing for 4 seconds. 2 more seconds reset both timers."
    assert (glance.credit.pips, glance.credit.running) == (4, True)
    assert glance.credit.text == "4 s of 6 s; 2 s to go"
    assert glance.sitting.next == "paused while up"
    lived.seconds(2, STAND, 3.0)
    glance = lived.glance()
    assert glance.situation is Situation.BREAK_DONE
    assert glance.state_line == "Thank you, that was 6 seconds up. Both timers are back to zero."
    assert (glance.banner, glance.credit.pips, glance.sitting.value_s) == (None, 6, 0)


def test_a_break_cut_short_is_remembered_within_the_bout_only() -> None:
    lived = Lived()
    lived.seconds(10, SIT, 60.0)
    lived.seconds(3, STAND, 3.0)
    lived.seconds(4, SIT, 60.0)
    assert lived.glance().credit.text == "last 3 s of 6 s"
    lived.seconds(7, STAND, 3.0)
    lived.seconds(4, SIT, 60.0)
    assert lived.glance().credit.text == "6 s upright resets the timer"


def test_snoozing_takes_the_banner_away_and_counts_down() -> None:
    lived = Lived()
    lived.seconds(31, SIT, 60.0)
    lived.act(Snooze(minutes=5))
    lived.seconds(2, SIT, 60.0)
    glance = lived.glance()
    assert (glance.situation, glance.banner) == (Situation.SNOOZED, None)
    assert glance.sitting.next == "snoozed 4:58"
    assert glance.sitting.value_s == 33
    assert glance.state_line.startswith("Snoozed until 09:12.")


# --- calibration ----------------------------------------------------------------------------------------------------------


def test_what_became_of_a_pose_is_said_for_a_while() -> None:
    lived = Lived()
    result = PoseResult(at=START, pose=Pose.STAND, accepted=True, sentence="Standing pose taken.")
    lived.seconds(1, STAND, 0.0, sd_deg=inf, poses=(result,))
    assert (lived.glance().situation, lived.glance().state_line) == (Situation.CALIBRATING, "Standing pose taken.")
    lived.seconds(5, SIT, 80.0, placements=(guided_placement(START),))
    lived.seconds(5, SIT, 80.0)
    assert lived.glance().situation is Situation.LIVE


def test_a_guided_calibration_asks_for_each_pose_once_and_again_after_a_refusal() -> None:
    lived, guide = Lived(), GuidedCalibration()
    lived.view.guide(guide)
    soon = HostNs(START + 5 * NS_PER_S)
    assert [guide.next_pose(at) for at in (START, soon, soon)] == [None, Pose.STAND, None]
    refused = PoseResult(at=START, pose=Pose.STAND, accepted=False, sentence="The thigh did not keep still.")
    lived.seconds(1, STAND, 0.0, poses=(refused,))
    assert guide.instruction.startswith("The thigh did not keep still. Stand still")
    assert guide.next_pose(soon) is Pose.STAND
    lived.seconds(1, STAND, 0.0, poses=(PoseResult(at=START, pose=Pose.STAND, accepted=True, sentence="Taken."),))
    assert guide.next_pose(soon) is Pose.LIFT
    assert "lift the knee" in guide.instruction
    lived.seconds(1, STAND, 0.0, poses=(PoseResult(at=START, pose=Pose.LIFT, accepted=True, sentence="Taken."),))
    assert guide.next_pose(soon) is Pose.SIT
    assert "sit down" in guide.instruction
    taken = PoseResult(at=START, pose=Pose.SIT, accepted=True, sentence="Taken.")
    lived.seconds(1, SIT, 80.0, poses=(taken,), placements=(guided_placement(START),))
    assert (guide.next_pose(soon), guide.instruction) == (None, "Calibrated, ± 2.5°.")


def test_seated_poses_that_never_fit_bring_the_standing_one_back() -> None:
    lived, guide = Lived(), GuidedCalibration()
    lived.view.guide(guide)
    lived.seconds(1, SIT, 0.0, poses=(PoseResult(at=START, pose=Pose.STAND, accepted=True, sentence="Taken."),))
    lived.seconds(1, STAND, 0.0, poses=(PoseResult(at=START, pose=Pose.LIFT, accepted=True, sentence="Taken."),))
    refused = PoseResult(at=START, pose=Pose.SIT, accepted=False, sentence="They differ by only 1°.")
    steps = []
    for _ in range(2):
        lived.seconds(1, SIT, 0.0, poses=(refused,))
        steps.append(guide.step)
    assert steps == [Step.SIT, Step.STAND]


def test_a_wearer_who_cannot_lift_the_knee_sits_down_without_after_two_tries() -> None:
    lived, guide = Lived(), GuidedCalibration()
    lived.view.guide(guide)
    lived.seconds(1, STAND, 0.0, poses=(PoseResult(at=START, pose=Pose.STAND, accepted=True, sentence="Taken."),))
    refused = PoseResult(at=START, pose=Pose.LIFT, accepted=False, sentence="0 of 3 lifts were seen.")
    steps = []
    for _ in range(2):
        lived.seconds(1, STAND, 0.0, poses=(refused,))
        steps.append(guide.step)
    assert steps == [Step.LIFT, Step.SIT]


def test_sitting_when_asked_to_stand_begins_anew_at_once() -> None:
    lived, guide = Lived(), GuidedCalibration()
    lived.view.guide(guide)
    lived.seconds(1, SIT, 0.0, poses=(PoseResult(at=START, pose=Pose.SIT, accepted=False, sentence=SWAPPED),))
    assert guide.step is Step.STAND
    assert guide.instruction.startswith(SWAPPED)


def test_an_older_placement_that_became_better_known_ends_no_calibration() -> None:
    lived, guide = Lived(), GuidedCalibration()
    lived.view.guide(guide)
    lived.seconds(1, STAND, 0.0, placements=(guided_placement(START),))
    assert (guide.step, guide.placement) == (Step.STAND, None)


def test_the_guide_says_how_far_a_pose_has_come() -> None:
    lived, guide = Lived(), GuidedCalibration()
    lived.view.guide(guide)
    assert guide.progress == ""
    held = Holding(at=START, pose=Pose.STAND, done=2, wanted=3, remaining_s=14.0)
    lived.seconds(1, STAND, 0.0, holdings=(held,))
    assert guide.progress == "2 of 3 s held, 14 s left."
    lived.seconds(1, STAND, 0.0, poses=(PoseResult(at=START, pose=Pose.STAND, accepted=True, sentence="Taken."),))
    assert guide.progress == ""


# --- trace and strip ---------------------------------------------------------------------------------------------------------


def test_the_trace_keeps_lowest_and_highest_of_ten_minutes() -> None:
    lived = Lived()
    lived.seconds(30, STAND, 5.0)
    lived.seconds(30, SIT, 80.0)
    columns = lived.glance().trace.columns(12, 60.0)
    assert len(columns) == 12
    assert [round(c.low_deg) for c in columns if c.kind is ColumnKind.VALUE][:2] == [5, 5]
    assert round(columns[-1].high_deg) == 80


def test_the_trace_tells_missing_from_not_trusted_from_before() -> None:
    lived = Lived()
    lived.seconds(10, STAND, 5.0)
    lived.silence(10)
    lived.seconds(10, STAND, 5.0, trusted=False)
    columns = lived.glance().trace.columns(60, 60.0)
    runs = [(kind, len(list(run))) for kind, run in groupby(column.kind for column in columns)]
    assert [kind for kind, _ in runs] == [
        ColumnKind.EMPTY,
        ColumnKind.VALUE,
        ColumnKind.MISSING,
        ColumnKind.UNTRUSTED,
    ]
    assert all(abs(seconds - 10) <= 1 for _, seconds in runs[1:])


def test_what_is_older_than_ten_minutes_is_forgotten() -> None:
    lived = Lived()
    lived.seconds(5, STAND, 50.0)
    lived.silence(700)
    lived.seconds(5, STAND, 5.0)
    values = [c.high_deg for c in lived.glance().trace.columns(60, 600.0) if c.kind is ColumnKind.VALUE]
    assert values
    assert max(values) < 10


def test_the_strip_says_what_filled_each_cell_and_carries_marks() -> None:
    lived = Lived()
    lived.seconds(10, WALK, 5.0)
    lived.mark()
    lived.gap_told(10)
    lived.seconds(20, SIT, 97.0)
    strip = lived.glance().strip
    cells = strip.cells(4, START, START + 40 * NS_PER_S)
    assert [cell.kind for cell in cells] == [WALK, None, SIT, SIT]
    assert [cell.missing for cell in cells] == [False, True, False, False]
    assert [cell.above for cell in cells] == [False, False, True, True]
    assert cells[1].mark is not None
    assert cells[1].mark.level is None
    assert cells[3].mark is not None
    assert cells[3].mark.level is AlertLevel.ALERT


def test_source_and_quiet_are_never_hidden() -> None:
    assert Lived(source=SourceKind.REPLAY).glance().source is SourceKind.REPLAY


def test_updates_and_glances_may_come_from_different_threads() -> None:
    lived = Lived()
    errors: list[BaseException] = []

    def look() -> None:
        try:
            for _ in range(100):
                lived.view.glance(lived.now)
        except BaseException as error:  # noqa: BLE001 - told to the test
            errors.append(error)

    watcher = threading.Thread(target=look)
    watcher.start()
    lived.seconds(60, SIT, 80.0)
    watcher.join()
    assert errors == []

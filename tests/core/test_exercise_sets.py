"""Sets of repetitions: what counts, what is partial, what it reads, and what ends a set."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hipmonitor.core.exercise import BY_NAME, Effort, EndedBy, Phase
from hipmonitor.core.frames import multiply
from hipmonitor.core.inbound import EndSet, ForgetPlacement, PauseSet, ResumeSet, TookOff
from hipmonitor.core.thigh import Placement, PlacementMethod
from tests.core.builders import about, at
from tests.core.exercise_streams import MOUNTED, Path, Pose, Seen, begin, end, picked, seen, stream, without

HOME: Pose = (5.0, 0.0)
LOW: Pose = (65.0, 0.0)


def squats(count: int = 6, *, far: Pose = LOW, first_s: float = 3.0, **tempo: float) -> Path:
    path = Path(at=HOME).stay(first_s)
    for _ in range(count):
        path.there_and_back(far, **tempo)
    return path.stay(1.0)


def counted(path: Path, *, target: float = 50.0, tremor_deg: float = 0.0, **asked: float) -> Seen:
    actions = [begin("squat", repetitions=asked.pop("repetitions", 0), range_deg=target, **asked), end(path.seconds)]
    return seen(stream(path.rows, actions=actions, tremor_deg=tremor_deg))


def test_nothing_is_counted_outside_a_set() -> None:
    path = squats()
    got = seen(stream(path.rows))
    assert not any(block.poses or block.repetitions or block.results or block.now for block in got.blocks)


def test_nothing_is_counted_after_a_set_ended() -> None:
    path = squats(3)
    whole = squats(6)
    got = seen(stream(whole.rows, actions=[begin("squat", repetitions=0), end(path.seconds)]))
    assert len(got.repetitions) == 3


@pytest.mark.parametrize(("up", "down"), [(0.5, 0.5), (1.5, 1.5), (4.0, 6.0), (10.0, 10.0)])
def test_fast_and_slow_repetitions_are_counted_with_their_tempo(up: float, down: float) -> None:
    got = counted(squats(4, up=up, hold=0.8, down=down, rest=0.4))
    assert got.result.full == 4
    for one in got.repetitions:
        assert one.up_s == pytest.approx(up, abs=max(0.25, 0.15 * up))
        assert one.down_s == pytest.approx(down, abs=max(0.25, 0.15 * down))
        assert one.hold_s == pytest.approx(0.8, abs=max(0.4, 0.08 * (up + down)))
        assert one.range_deg == pytest.approx(60.0, abs=1.5)


def test_repetitions_without_any_rest_are_counted() -> None:
    assert counted(squats(8, up=0.6, hold=0.0, down=0.6, rest=0.0)).result.full == 8


def test_a_repetition_is_announced_before_half_a_second_after_the_return() -> None:
    path = squats(1, up=1.0, hold=0.5, down=1.0)
    back = round((3.0 + 1.0 + 0.5 + 1.0) * path.rate_hz)
    for rows, said in ((back - round(0.5 * path.rate_hz), 0), (back + round(0.3 * path.rate_hz), 1)):
        got = seen(stream(path.rows[:rows], actions=[begin("squat", repetitions=0)]))
        assert len(got.repetitions) == said


def test_tremor_makes_no_repetitions_and_hides_none() -> None:
    got = counted(squats(5, up=3.0, hold=2.0, down=3.0, rest=2.0), tremor_deg=3.0)
    assert got.result.full == 5
    assert got.result.partial == 0
    assert all(abs(one.range_deg - 60.0) < 3.0 for one in got.repetitions)


def test_trembling_alone_is_nothing() -> None:
    got = counted(Path(at=HOME).stay(20.0), tremor_deg=4.0)
    assert got.result.repetitions == ()


def test_bouncing_at_the_far_end_is_one_repetition() -> None:
    path = Path(at=HOME).stay(2.0)
    for _ in range(3):
        path.go(LOW, 1.0)
        for _ in range(3):
            path.go((43.0, 0.0), 0.4).go(LOW, 0.4)
        path.go(HOME, 1.0).stay(0.5)
    assert counted(path).result.full == 3


def test_half_movements_are_partial_and_named() -> None:
    path = Path(at=HOME).stay(2.0)
    for far in (LOW, (35.0, 0.0), LOW, (30.0, 0.0)):
        path.there_and_back(far)
    got = counted(path)
    assert [one.effort for one in got.repetitions] == [Effort.FULL, Effort.PARTIAL, Effort.FULL, Effort.PARTIAL]
    assert [one.number for one in got.repetitions] == [1, 1, 2, 2]
    assert got.result.sentence == "2 repetitions, usually 60 of 50 degrees, 2 partial."


def test_without_a_target_short_of_the_own_running_median_is_partial() -> None:
    path = Path(at=HOME).stay(2.0)
    for far in (LOW, LOW, LOW, (35.0, 0.0), (58.0, 0.0)):
        path.there_and_back(far)
    got = counted(path, target=0.0)
    assert [one.effort for one in got.repetitions].count(Effort.PARTIAL) == 1
    assert got.repetitions[3].effort is Effort.PARTIAL


def test_a_small_range_is_counted() -> None:
    path = Path(at=(94.0, 88.0)).stay(2.0)
    for _ in range(6):
        path.there_and_back((95.0, 78.0))
    got = seen(stream(path.rows, actions=[begin("clam_raise", repetitions=0, range_deg=0.0), end(path.seconds)]))
    assert got.result.full == 6


def test_a_start_pose_that_drifts_between_repetitions_loses_none() -> None:
    path, home = Path(at=HOME).stay(2.0), HOME
    for k in range(8):
        path.there_and_back((home[0] + 55.0, 0.0), rest=0.3)
        home = (5.0 + 3.0 * (k + 1), 0.0)
        path.go(home, 0.5).stay(0.3)
    got = counted(path, target=30.0)
    assert got.result.full == 8


def test_coming_back_only_half_way_still_parts_two_repetitions() -> None:
    path = Path(at=HOME).stay(2.0)
    for _ in range(5):
        path.go(LOW, 1.0).go((26.0, 0.0), 0.8)
    path.go(HOME, 0.5).stay(1.0)
    assert counted(path, target=40.0).result.full == 5


def test_coming_back_more_than_half_way_and_resting_there_ends_a_repetition() -> None:
    path = Path(at=HOME).stay(2.0).go(LOW, 1.0).stay(0.4).go((28.0, 0.0), 0.8).stay(3.0)
    assert counted(path).result.full == 1


def test_coming_back_nearly_half_way_and_resting_there_parts_two_repetitions() -> None:
    path = Path(at=HOME).stay(2.0).go(LOW, 1.0).stay(0.4).go((36.0, 0.0), 1.0).stay(1.5)
    path.go(LOW, 1.0).stay(0.4).go(HOME, 1.0).stay(1.0)
    assert len(counted(path).repetitions) == 2


def test_a_far_end_where_the_pose_was_accepted_is_no_return_once_the_thigh_lies_further_back() -> None:
    path = Path(at=(25.0, 0.0)).stay(2.0).go(HOME, 0.8).stay(1.5)
    for far in (LOW, LOW, (27.0, 0.0), LOW):
        path.there_and_back(far, hold=2.0)
    got = counted(path, target=40.0)
    assert [one.effort for one in got.repetitions] == [Effort.FULL, Effort.FULL, Effort.PARTIAL, Effort.FULL]


def test_who_still_settles_after_the_pose_was_accepted_is_measured_from_where_the_thigh_came_to_lie() -> None:
    path = Path(at=(5.0, 0.0)).stay(2.0).go((17.0, 0.0), 0.8).stay(4.0)
    for _ in range(4):
        path.there_and_back((77.0, 0.0))
    got = counted(path)
    assert got.result.full == 4
    assert all(abs(one.range_deg - 60.0) < 2.0 for one in got.repetitions)


def test_a_movement_beyond_what_the_exercise_can_be_is_none() -> None:
    path = Path(at=(94.0, 88.0)).stay(2.0).there_and_back((90.0, -80.0)).there_and_back((97.0, 62.0))
    got = seen(stream(path.rows, actions=[begin("clam_raise", repetitions=0), end(path.seconds)]))
    assert len(got.repetitions) == 1


def test_who_sits_down_for_a_minute_did_no_squat() -> None:
    path = squats(2).go((85.0, 0.0), 1.5).stay(60.0).go(HOME, 1.5).stay(3.0)
    got = counted(path.there_and_back(LOW))
    assert got.result.full == 3
    assert got.sentences[1].startswith("Bring the thigh nearer to upright.")
    assert got.sentences[-1] == "Good, begin."


def test_who_sits_back_on_the_heels_and_comes_again_loses_no_kick() -> None:
    path = Path(at=(5.0, 0.0)).stay(2.0)
    for _ in range(2):
        path.there_and_back((-50.0, 0.0))
    path.go((75.0, 0.0), 1.0).stay(1.5).go((5.0, 0.0), 1.0).stay(3.0)
    for _ in range(3):
        path.there_and_back((-50.0, 0.0))
    got = seen(stream(path.rows, actions=[begin("banded_donkey_kick", repetitions=0), end(path.seconds)]))
    assert got.result.full == 5


def test_who_leaves_the_pose_is_asked_for_it_again() -> None:
    path = Path(at=(94.0, 88.0)).stay(2.0).go((85.0, 0.0), 1.5).stay(5.0)
    got = seen(stream(path.rows, actions=[begin("clam_raise"), end(path.seconds)]))
    assert got.sentences[0] == "Good, begin."
    assert got.sentences[1].startswith("Turn the kneecap further in.")


def test_who_went_beyond_the_exercise_and_stays_there_is_asked_for_the_pose_again() -> None:
    path = Path(at=(80.0, 88.0)).stay(2.0).go((175.0, 88.0), 2.0).stay(5.0)
    got = seen(stream(path.rows, actions=[begin("banded_side_lying_leg_raise"), end(path.seconds)]))
    assert got.sentences[1].startswith("Bring the knee lower.")


def test_a_refused_pose_is_said_again_only_after_a_while() -> None:
    path = Path(at=(85.0, 0.0)).stay(12.0)
    assert len(seen(stream(path.rows, actions=[begin("squat")])).sentences) == 2


def test_the_set_ends_when_everything_asked_for_was_done() -> None:
    got = counted(squats(6), repetitions=4)
    assert got.result.ended_by is EndedBy.TARGET
    assert got.result.full == 4
    assert got.result.ended == got.repetitions[-1].end
    assert got.result.sentence == "4 of 4 repetitions, usually 60 of 50 degrees."
    assert got.room.now(at(60)) is None


def test_the_result_carries_what_was_asked_and_which_set_it_was() -> None:
    path = squats(2)
    got = seen(stream(path.rows, actions=[begin("squat", number=2, repetitions=5), end(path.seconds)]))
    result = got.result
    assert (result.exercise, result.title, result.number, result.side) == ("squat", "Squat to a set depth", 2, "right")
    assert result.target.repetitions == 5
    assert (result.started, result.ended_by) == (at(0), EndedBy.WEARER)


def test_a_set_that_is_begun_ends_the_one_before() -> None:
    path = squats(4)
    got = seen(stream(path.rows, actions=[begin("squat", repetitions=0), begin("squat", 8.0), end(path.seconds)]))
    assert [one.ended_by for one in got.results] == [EndedBy.WEARER, EndedBy.WEARER]
    assert got.results[0].ended == at(8.0)


@pytest.mark.parametrize("action", [ForgetPlacement(), TookOff()])
def test_a_sensor_that_is_taken_off_or_put_on_anew_ends_the_set(action: ForgetPlacement | TookOff) -> None:
    path = squats(4)
    got = seen(stream(path.rows, actions=[begin("squat", repetitions=0), (8.0, action)]))
    assert got.result.ended_by is EndedBy.SENSOR
    assert "not heard or not worn" in got.result.sentence


def test_a_sensor_that_is_not_heard_for_a_minute_ends_the_set_where_it_fell_silent() -> None:
    path = squats(2).stay(65.0)
    path.there_and_back(LOW)
    whole = without(stream(path.rows, actions=[begin("squat", repetitions=0)]), 11.0, 64.0)
    got = seen(whole)
    assert (got.result.ended_by, got.result.full) == (EndedBy.SENSOR, 2)
    assert got.result.ended < at(11.0)


def test_the_end_of_the_recording_ends_the_set() -> None:
    got = seen(stream(squats(2).rows, actions=[begin("squat", repetitions=0)]), flush=True)
    assert (got.result.ended_by, got.result.full) == (EndedBy.SENSOR, 2)


def test_a_repetition_that_was_nearly_back_counts_when_the_wearer_ends_the_set() -> None:
    path = squats(1).go(LOW, 1.0).go((28.0, 0.0), 0.6)
    assert counted(path).result.full == 2


def test_paused_nothing_is_counted_and_the_pose_is_looked_at_again() -> None:
    path = squats(5, up=1.0, hold=0.5, down=1.0, rest=2.0)
    actions = [begin("squat", repetitions=0), (7.4, PauseSet()), (14.6, ResumeSet()), end(path.seconds)]
    got = seen(stream(path.rows, actions=actions), at_rows=[500])
    assert got.result.full == 3
    assert got.sentences == ["Good, begin.", "Good, begin."]
    assert any(
        block.now and block.now.phase is Phase.PAUSED and block.now.sentence == "Paused." for block in got.blocks
    )


def test_resuming_what_is_not_paused_changes_nothing() -> None:
    path = squats(2)
    got = seen(stream(path.rows, actions=[begin("squat", repetitions=0), (5.0, ResumeSet()), end(path.seconds)]))
    assert got.result.full == 2


def test_a_loss_of_two_seconds_in_a_repetition_is_counted_as_unseen_and_loses_no_more_than_it() -> None:
    path = squats(5)
    got = seen(without(stream(path.rows, actions=[begin("squat", repetitions=0), end(path.seconds)]), 7.2, 2.0))
    assert got.result.full in {4, 5}
    assert got.result.unseen_s == pytest.approx(2.0, abs=0.1)


def test_a_sensor_without_a_placement_still_counts_turns_and_says_that_nobody_judged_the_pose() -> None:
    path = squats(5)
    got = seen(
        stream(path.rows, actions=[begin("squat", repetitions=0), end(path.seconds)], placed=None, trusted=False)
    )
    assert got.result.full == 5
    assert not any(one.trusted for one in got.repetitions)
    assert all(abs(one.range_deg - 60.0) < 2.0 for one in got.repetitions)
    assert got.sentences[0].startswith("Begin. The start pose could not be checked")


def test_a_placement_that_is_hardly_known_counts_turns_as_well() -> None:
    path = squats(5)
    whole = stream(
        path.rows, actions=[begin("squat", repetitions=0), end(path.seconds)], placed=about((1, 0, 0), 50), sd_deg=45
    )
    assert seen(whole).result.full == 5


def doubted(path: Path, first: Pose) -> Seen:
    """The placement was known, and is doubted from before the set on."""
    path.at = first
    whole = stream(path.rows, actions=[begin("squat", 1.0, repetitions=0)], trusted=False)
    (sure,) = whole.thigh.placements
    doubt = replace(sure, since=at(0.5), sd_deg=45.0, doubted=True)
    return seen(replace(whole, thigh=replace(whole.thigh, placements=(sure, doubt))))


def test_a_doubted_placement_still_judges_the_pose() -> None:
    assert doubted(Path(at=LOW).stay(10.0), LOW).sentences[0].startswith("Bring the thigh nearer to upright.")
    assert doubted(Path(at=HOME).stay(10.0), HOME).sentences == ["Good, begin."]


def test_whoever_insists_on_a_pose_while_the_placement_is_doubted_may_begin() -> None:
    assert doubted(Path(at=LOW).stay(25.0), LOW).sentences[-1].startswith("Begin.")


def test_a_pose_held_while_the_angle_is_not_trusted_is_not_judged_for_ever() -> None:
    whole = stream(Path(at=LOW).stay(6.0).rows, actions=[begin("squat")])
    unsteady = replace(whole.orientation, trusted=np.zeros(len(whole), np.bool_))
    assert seen(replace(whole, orientation=unsteady)).sentences == [
        "Begin. The start pose could not be checked, because it is not known yet how the sensor sits."
    ]


def test_a_placement_that_comes_while_the_pose_is_awaited_is_used_and_one_during_the_set_is_not() -> None:
    path = squats(6)
    whole = stream(path.rows, actions=[begin("squat", repetitions=0), end(path.seconds)])
    other = Placement(since=at(7.2), thigh_from_sensor=about((0, 0, 1), 90), method=PlacementMethod.GUIDED, sd_deg=2.0)
    none = Placement(since=at(0), thigh_from_sensor=MOUNTED, method=PlacementMethod.NONE, sd_deg=90.0)
    known = replace(whole.thigh.placements[0], since=at(0.4))
    got = seen(replace(whole, thigh=replace(whole.thigh, placements=(none, known, other))))
    assert got.sentences == ["Good, begin."]
    assert got.result.full == 6
    assert all(abs(one.range_deg - 60.0) < 2.0 for one in got.repetitions)


@pytest.mark.parametrize("turned", [88.0, -88.0])
def test_on_the_side_with_the_side_of_the_leg_unknown_the_upper_leg_is_the_worn_one(turned: float) -> None:
    path = Path(at=(94.0, turned)).stay(2.0)
    for _ in range(4):
        path.there_and_back((97.0, turned * 64 / 88))
    got = seen(stream(path.rows, actions=[begin("clam_raise", repetitions=0), end(path.seconds)]), side="unknown")
    assert got.result.full == 4
    assert all(abs(one.range_deg - 30.0) < 2.0 for one in got.repetitions)


def test_a_left_leg_lies_and_turns_the_other_way_round() -> None:
    path = Path(at=(94.0, -88.0)).stay(2.0)
    for _ in range(4):
        path.there_and_back((97.0, -64.0))
    got = seen(stream(path.rows, actions=[begin("clam_raise", repetitions=0), end(path.seconds)]), side="left")
    assert got.result.full == 4


def test_seated_with_the_side_of_the_leg_unknown_roll_counts_without_sign() -> None:
    path = Path(at=(86.0, 0.0)).stay(2.0).go((84.0, 30.0), 2.0).stay(22.0).go((86.0, 0.0), 2.0).stay(1.0)
    got = seen(stream(path.rows, actions=[begin("figure_four_stretch", repetitions=1)]), side="unknown")
    assert (got.result.full, got.result.ended_by) == (1, EndedBy.TARGET)


def test_roll_is_unknown_where_the_thigh_comes_near_to_upright_and_the_set_goes_on() -> None:
    path = (
        Path(at=(94.0, 88.0))
        .stay(2.0)
        .go((12.0, 88.0), 1.0)
        .go((94.0, 88.0), 1.0)
        .stay(1.0)
        .there_and_back((97.0, 62.0))
    )
    got = seen(stream(path.rows, actions=[begin("clam_raise", repetitions=0), end(path.seconds)]), at_rows=[150])
    assert got.result.full == 1
    assert any(block.now and np.isnan(block.now.angle_deg) for block in got.blocks)


def test_while_a_set_runs_it_says_where_it_stands() -> None:
    path = Path(at=HOME).stay(3.0).go(LOW, 1.5).stay(2.0).go(HOME, 1.5).stay(1.0)
    got = seen(stream(path.rows, actions=[begin("squat", repetitions=3)]), at_rows=range(0, len(path.rows), 5))
    now = [block.now for block in got.blocks if block.now]
    phases = [one.phase for k, one in enumerate(now) if not k or now[k - 1].phase is not one.phase]
    assert phases == [Phase.POSE, Phase.READY, Phase.MOVING, Phase.HOLDING, Phase.RETURNING, Phase.READY]
    assert np.nanmax([one.angle_deg for one in now]) == pytest.approx(60.0, abs=1.0)
    assert max(one.hold_s for one in now) == pytest.approx(2.0, abs=0.7)
    assert {"On the way.", "Hold.", "Slowly back."} <= {one.sentence for one in now} | {"Hold."}
    assert (now[-1].full, now[-1].last, now[-1].sentence) == (1, got.repetitions[0], "1. 2 to go.")


def test_a_partial_one_is_said_as_such() -> None:
    path = Path(at=HOME).stay(2.0).there_and_back((35.0, 0.0))
    got = seen(stream(path.rows, actions=[begin("squat", repetitions=3)]))
    assert got.blocks[-1].now is not None
    assert got.blocks[-1].now.sentence == "Partial: 30 degrees."


def test_two_actions_after_the_last_row_are_obeyed() -> None:
    path = squats(2)
    got = seen(
        stream(
            path.rows,
            actions=[begin("squat", repetitions=0), (path.seconds + 5, EndSet()), (path.seconds + 6, EndSet())],
        )
    )
    assert got.result.full == 2


# --- a strap that slid, and getting into position ---------------------------------------------------------------------

SLID = multiply(about((0, 1, 0), 50), MOUNTED)
"""What is believed of the mounting, after the strap went round the thigh by 50 degrees."""


def test_a_strap_that_slid_round_the_thigh_changes_no_range() -> None:
    path = Path(at=HOME).stay(3.0)
    for far in (65.0, 35.0, 65.0):
        path.there_and_back((far, 0.0))
    got = seen(
        stream(path.rows, actions=[begin("squat", repetitions=0, range_deg=50.0), end(path.seconds)], placed=SLID)
    )
    assert [one.range_deg for one in got.repetitions] == pytest.approx([60.0, 30.0, 60.0], abs=3.0)


@pytest.mark.parametrize(("turned_deg", "counted"), [(50, 3), (85, 0)])
def test_who_insists_for_long_on_a_refused_kneecap_may_begin_if_a_slid_strap_explains_it(
    turned_deg: float, counted: int
) -> None:
    path = Path(at=(85.0, 0.0)).stay(23.0)
    for _ in range(3):
        path.there_and_back((5.0, 0.0))
    placed = multiply(about((0, 1, 0), turned_deg), MOUNTED)
    got = seen(stream(path.rows, actions=[begin("sit_to_stand", repetitions=0), end(path.seconds)], placed=placed))
    assert got.result.full == counted
    first = next(pose for block in got.blocks for pose in block.poses)
    assert not first.accepted
    assert "kneecap" in first.sentence


def test_a_set_starts_from_where_the_wearer_rests_after_getting_into_position() -> None:
    path = Path(at=HOME).stay(3.0).there_and_back((30.0, 0.0)).go((15.0, 0.0), 2.0).stay(12.0)
    for _ in range(3):
        path.there_and_back(LOW)
    got = counted(path)
    assert [one.range_deg for one in got.repetitions[1:]] == pytest.approx([50.0] * 3, abs=2.0)


def test_who_rests_elsewhere_before_the_first_repetition_starts_from_there() -> None:
    path = Path(at=HOME).stay(3.0).go((25.0, 0.0), 1.0).stay(15.0)
    for _ in range(3):
        path.there_and_back((85.0, 0.0))
    got = counted(path)
    assert [one.range_deg for one in got.repetitions] == pytest.approx([60.0] * 3, abs=2.0)


def test_a_small_movement_in_the_moment_the_pose_is_accepted_is_settling() -> None:
    path = Path(at=HOME).stay(1.2).there_and_back((30.0, 0.0), up=0.6, down=0.6).stay(2.0).there_and_back(LOW)
    assert [one.effort for one in counted(path).repetitions] == [Effort.FULL]


# --- free sets --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("home", "far"),
    [
        ((0.0, 0.0), (70.0, 0.0)),
        ((90.0, 40.0), (90.0, 75.0)),
        ((30.0, 90.0), (5.0, 0.0)),
        ((150.0, 10.0), (110.0, -10.0)),
    ],
)
def test_a_free_set_counts_any_movement_to_and_fro(home: Pose, far: Pose) -> None:
    path = Path(at=home).stay(1.0)
    for _ in range(7):
        path.there_and_back(far, hold=0.2, rest=0.2)
    got = seen(stream(path.rows, actions=[begin("free_set"), end(path.seconds)], tremor_deg=1.0))
    assert got.result.full == 7
    assert got.sentences == []


def test_a_leg_that_swings_through_its_start_counts_once_a_swing() -> None:
    path = Path(at=(0.0, 0.0)).stay(1.0)
    for _ in range(6):
        path.go((35.0, 0.0), 0.6).go((-25.0, 0.0), 0.9)
    path.go((0.0, 0.0), 0.4).stay(1.0)
    got = seen(stream(path.rows, actions=[begin("free_set"), end(path.seconds)]))
    assert got.result.full + got.result.partial in {6, 7}
    assert got.repetitions[-2].range_deg == pytest.approx(60.0, abs=4.0)


def test_a_free_set_goes_on_from_wherever_the_thigh_came_to_rest() -> None:
    path = Path(at=(0.0, 0.0)).stay(1.0)
    for _ in range(3):
        path.there_and_back((40.0, 0.0))
    path.go((90.0, 90.0), 3.0).stay(14.0)
    for _ in range(3):
        path.there_and_back((120.0, 90.0))
    got = seen(stream(path.rows, actions=[begin("free_set"), end(path.seconds)]))
    assert got.result.full in {6, 7}  # the way there may look like one


def test_a_free_set_turns_round_when_its_first_small_movement_went_the_other_way() -> None:
    path = Path(at=(0.0, 0.0)).stay(1.0).there_and_back((-12.0, 0.0), up=0.4, hold=0.0, down=0.4)
    for far in (80.0, 30.0, 28.0, 25.0, 30.0):
        path.there_and_back((far, 0.0))
    got = seen(stream(path.rows, actions=[begin("free_set"), end(path.seconds)]))
    assert [one.range_deg for one in got.repetitions] == pytest.approx([12.0, 80.0, 30.0, 28.0, 25.0, 30.0], abs=1.5)
    assert got.repetitions[1].up_s == pytest.approx(1.0, abs=0.25)


def test_a_free_set_counts_on_after_a_movement_that_never_came_back() -> None:
    path = Path(at=(0.0, 0.0)).stay(1.0).there_and_back((20.0, 0.0)).go((90.0, 0.0), 2.0)
    for _ in range(30):
        path.there_and_back((110.0, 0.0), rest=0.3)
    got = seen(stream(path.rows, actions=[begin("free_set"), end(path.seconds)]))
    assert len(got.repetitions) >= 12


def test_a_free_set_without_any_placement_counts_as_well() -> None:
    path = squats(5)
    whole = stream(path.rows, actions=[begin("free_set"), end(path.seconds)], placed=None, trusted=False)
    assert seen(whole).result.full == 5


def test_the_same_however_the_rows_come_and_the_state_is_moved() -> None:
    path = squats(3)
    whole = stream(path.rows, actions=[begin("squat", 0.3, repetitions=0), end(path.seconds)], tremor_deg=1.0)
    by_one = seen(whole, at_rows=range(len(whole)), moves=True)
    at_once = seen(whole)
    assert by_one.results == at_once.results
    assert by_one.repetitions == at_once.repetitions
    assert by_one.sentences == at_once.sentences
    assert len(picked(whole, slice(0, 0))) == 0
    assert BY_NAME["squat"].name == by_one.result.exercise

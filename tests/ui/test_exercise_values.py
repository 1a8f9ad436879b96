"""The Exercise view's values: targets in words, readiness, a set as it stands, what was done, rests, and how figures move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from itertools import pairwise
from math import hypot

import numpy as np
import pytest

from hipmonitor.core.exercise import BY_NAME, LIBRARY, EndedBy, Phase
from hipmonitor.core.exercises import Target
from hipmonitor.core.inbound import EndSet, LinkState, PauseSet, RestOfDay, ResumeSet, StartSet, Tick
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.programme import Planned
from hipmonitor.core.settings import CountAloud, Delivery, Settings
from hipmonitor.ui.view_model import SourceKind
from hipmonitor.ui.view_model.exercise import readiness as ready
from hipmonitor.ui.view_model.exercise.done_look import done_look
from hipmonitor.ui.view_model.exercise.library_look import library_look
from hipmonitor.ui.view_model.exercise.limb_pose import KNEEL, SHANK, STAND, THIGH, joints
from hipmonitor.ui.view_model.exercise.move import Plant, share_at
from hipmonitor.ui.view_model.exercise.moves import MOVES, move_of
from hipmonitor.ui.view_model.exercise.offered import Offered, target_from
from hipmonitor.ui.view_model.exercise.set_look import NO_DATA, NOT_TRUSTED, set_look
from hipmonitor.ui.view_model.exercise.target_rows import in_words, target_rows
from hipmonitor.ui.view_model.exercise.telling import NEITHER, telling
from hipmonitor.ui.view_model.exercise.visit import LOOKED_AWAY_S, Place, Visit
from tests.ui.exercising import Exercising, streaming
from tests.ui.walk import lives

CLAM, SQUAT, WALK = BY_NAME["clam_raise"], BY_NAME["squat"], BY_NAME["walking"]
NAMES = sorted(MOVES)
SHORT = replace(CLAM.target, sets=2, repetitions=2, rest_s=30)


@pytest.fixture
def lived() -> Exercising:
    return streaming()


def begun(lived: Exercising, target: Target = SHORT) -> Exercising:
    lived.act(StartSet(exercise=CLAM, target=target))
    lived.settle()
    return lived


def look(lived: Exercising):  # type: ignore[no-untyped-def]  # noqa: ANN201 - asserted where it is used
    shown = set_look(lived.glance())
    assert shown is not None
    return shown


# --- figures ------------------------------------------------------------------------------------------------------------
def test_every_exercise_of_the_library_has_a_figure_of_its_own() -> None:
    assert {each.figure or each.name for each in LIBRARY} == set(MOVES)
    assert move_of(replace(SQUAT, name="of_my_physio")) is MOVES["free_set"]


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_keeps_its_limbs_whole_and_above_the_floor(name: str) -> None:
    move = MOVES[name]
    for share in np.linspace(0.0, 1.0, 41):
        pose = move.at(float(share))
        j = joints(pose)
        thigh = hypot(j.knee[0] - j.hip[0], j.knee[1] - j.hip[1])
        shank = hypot(j.ankle[0] - j.knee[0], j.ankle[1] - j.knee[1])
        assert thigh == pytest.approx(THIGH * pose.thigh_share)
        assert shank == pytest.approx(SHANK * pose.shank_share)
        assert min(y for _, y in j.points) > 0.03, f"{name} at {share:.2f}"


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_moves_without_jumps_and_comes_back(name: str) -> None:
    move = MOVES[name]
    hips = [joints(move.at(k / 200)).hip for k in range(201)]
    knees = [joints(move.at(k / 200)).knee for k in range(201)]
    for path in (hips, knees):
        steps = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(path)]
        assert max(steps) < 0.06
    assert max(hypot(x - knees[0][0], y - knees[0][1]) for x, y in knees) > 0.12, "the thigh is seen to move"
    if move.cycle_s:
        assert move.at(0.0) == move.at(1.0)


@pytest.mark.parametrize("name", [name for name in NAMES if MOVES[name].plant in {Plant.FOOT, Plant.KNEE}])
def test_what_carries_the_body_stays_where_it_is(name: str) -> None:
    move = MOVES[name]
    for k in range(11):
        j = joints(move.at(k / 10))
        point, high = (j.far_ankle, STAND) if move.plant is Plant.FOOT else (j.far_knee, KNEEL)
        assert point == pytest.approx((0.0, high))


def test_a_figure_goes_in_the_tempo_that_is_asked_for() -> None:
    target = Target(up_s=2, hold_s=1, down_s=4)
    at = [share_at(MOVES["bridge"], t, target) for t in (0.0, 1.0, 2.0, 2.9, 5.0, 7.2)]
    assert at == pytest.approx([0.0, 0.5, 1.0, 1.0, 0.5, 0.0], abs=0.01)
    assert share_at(MOVES["walking"], 2.6, target) == pytest.approx(0.0)


# --- targets ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("clam_raise", "2 sets of 12, 18°, 1-1-2 s"),
        ("seated_hip_flexor_stretch", "2 holds of 20 s, 45°"),
        ("walking", "10 min"),
        ("walk_jog_intervals", "6 rounds: 2 min walking, 1 min jogging"),
        ("free_set", "as many as you like"),
    ],
)
def test_a_target_is_said_in_words(name: str, words: str) -> None:
    assert in_words(BY_NAME[name], BY_NAME[name].target) == words


@pytest.mark.parametrize("exercise", LIBRARY, ids=lambda each: each.name)
def test_every_number_of_a_target_can_be_changed_and_a_wrong_one_says_what_to_write(exercise) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - an Exercise
    for row in target_rows(exercise):
        assert row.change(exercise.target, row.written(exercise.target)) == exercise.target
        assert getattr(row.change(exercise.target, "3"), row.name) == 3
        for wrong in ("", "many", "-1", "100000", "nan"):
            with pytest.raises(ValueError, match=f"{row.label} is .*choose"):
                row.change(exercise.target, wrong)


def test_rows_speak_of_the_movement_in_its_own_words() -> None:
    assert [row.label for row in target_rows(CLAM)][-3:] == ["Open", "Hold", "Close"]
    assert [row.label for row in target_rows(SQUAT)][-3:] == ["Down", "Hold", "Up"]
    with pytest.raises(ValueError, match="whole number from 1 to 20"):
        target_rows(CLAM)[0].change(CLAM.target, "1.5")


def test_the_wearers_own_target_comes_before_the_plans_and_the_plans_before_the_preset() -> None:
    plan = Offered(exercises=LIBRARY, planned=(Planned(exercise="bridge", target=Target(sets=5)),))
    bridge = BY_NAME["bridge"]
    assert (plan.target(bridge).sets, plan.who_set(bridge)) == (5, "from your plan")
    assert (plan.target(SQUAT), plan.who_set(SQUAT)) == (SQUAT.target, "a preset, yours to change")
    mine = replace(plan, targets={"bridge": Target(sets=1, repetitions=4)})
    assert (mine.target(bridge).repetitions, mine.who_set(bridge)) == (4, "set by you")


def test_a_target_is_read_back_as_it_was_kept_and_a_broken_one_counts_as_none() -> None:
    kept = {field.name: getattr(SHORT, field.name) for field in fields(SHORT)}
    assert target_from(kept) == SHORT
    for broken in (None, 3, {"sets": 99}, {"sets": "a"}, {"unheard_of": 1}):
        assert target_from(broken) is None


# --- library ------------------------------------------------------------------------------------------------------------
def test_what_the_plan_asks_for_today_comes_first_and_says_how_much_is_done(lived: Exercising) -> None:
    offered = Offered(exercises=LIBRARY, planned=(Planned(exercise="clam_raise", target=SHORT),))
    begun(lived)
    lived.repetition(22)
    lived.repetition(22)
    results = lived.glance().sets.results
    shown = library_look(offered, "squat", ready.Readiness(), results)
    first = shown.tiles[0]
    assert (first.name, first.below, first.planned, first.done) == ("clam_raise", "1 of 2 sets done", True, False)
    assert library_look(offered, "squat", ready.Readiness(), results * 2).tiles[0].done
    assert shown.line.startswith("0 of 1 exercises of today done. Squat")
    assert [tile.name for tile in shown.tiles[1:3]] == ["banded_donkey_kick", "banded_side_lying_leg_raise"]


def test_a_set_in_which_nothing_was_counted_is_not_done(lived: Exercising) -> None:
    begun(lived)
    lived.act(EndSet())
    shown = library_look(Offered(exercises=LIBRARY), "squat", ready.Readiness(), lived.glance().sets.results)
    assert next(tile for tile in shown.tiles if tile.name == "clam_raise").below == "2 sets of 12"


def test_a_stretch_comes_with_the_sentence_about_pinching() -> None:
    shown = library_look(Offered(exercises=LIBRARY), "figure_four_stretch", ready.Readiness())
    assert shown.opened.instructions[-1].startswith("Stop before it pinches")


# --- readiness ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("session", "refused", "helps"),
    [
        (lives.searching, ready.SEARCHING, "sensors"),
        (lives.connecting, ready.CONNECTING, "sensors"),
        (lives.no_data, ready.NO_DATA, "sensors"),
        (lives.not_worn, ready.NOT_WORN, ""),
        (lives.ended, ready.ENDED, ""),
    ],
)
def test_what_stands_in_the_way_is_said_with_what_helps(
    session: Callable[[], object], refused: str, helps: str
) -> None:
    lived = session()
    said = ready.readiness(lived.glance(), rest_day=False)  # type: ignore[attr-defined]
    assert (said.refused, said.helps) == (refused, helps)


def test_without_a_calibration_a_set_can_start_and_what_that_means_is_said() -> None:
    lived = Exercising()
    lived.link(LinkState.STREAMING)
    lived.move(np.zeros(300), sd_deg=25.0)
    said = ready.readiness(lived.glance(), rest_day=False)
    assert (said.refused, said.note, said.helps) == ("", ready.UNCALIBRATED, "calibrate")


def test_a_warning_sign_turns_exercises_off_until_the_next_day(lived: Exercising) -> None:
    lived.act(RestOfDay())
    assert ready.readiness(lived.glance(), rest_day=False).refused == ready.OFF
    lived.view.record([Tick(at=lived.now, civil_day=20672, minute_of_day=400, weekday=4, utc_offset_s=7200)])
    assert ready.readiness(lived.glance(), rest_day=False).refused == ""


def test_a_rest_day_is_said_and_refuses_nothing(lived: Exercising) -> None:
    said = ready.readiness(lived.glance(), rest_day=True)
    assert (said.refused, said.note) == ("", ready.REST_DAY)


def test_a_replay_starts_nothing() -> None:
    assert ready.readiness(streaming(SourceKind.REPLAY).glance(), rest_day=False).refused == ready.REPLAY


# --- a set that runs ----------------------------------------------------------------------------------------------------
def test_the_start_pose_is_awaited_with_what_to_change(lived: Exercising) -> None:
    lived.act(StartSet(exercise=CLAM, target=SHORT))
    lived.exercise = SQUAT
    lived.hold(4.0)
    shown = look(lived)
    assert (shown.phase, shown.posed, shown.measured, shown.trouble) == ("Start pose", False, False, True)
    assert shown.sentence.startswith("Bring the thigh nearer to level.")
    assert shown.arc.deg is None


def test_count_range_and_tempo_follow_the_repetition(lived: Exercising) -> None:
    begun(lived)
    assert (look(lived).big, look(lived).of, look(lived).phase) == ("0", "of 2", "Ready")
    lived.repetition(9)
    lived.repetition(24)
    shown = look(lived)
    assert (shown.big, shown.quietly) == ("1", "1 short of 18°, not counted")
    assert shown.last.startswith("Last: 24°")
    lived.go(0.0, 20.0, 0.6)
    shown = look(lived)
    assert shown.phase == "Open"
    assert shown.arc.deg == pytest.approx(20, abs=1)
    assert shown.arc.there
    assert [part.now for part in shown.tempo] == [True, False, False]
    assert 0 < shown.tempo[0].share <= 1
    lived.hold(1.0, 20.0)
    lived.go(20.0, 8.0, 1.0)
    shown = look(lived)
    assert (shown.phase, [part.share for part in shown.tempo[:2]]) == ("Close", [1.0, 1.0])


def test_the_figure_does_what_the_thigh_does(lived: Exercising) -> None:
    begun(lived)
    lived.go(0.0, 9.0, 0.6)
    assert look(lived).share == pytest.approx(0.5, abs=0.1)
    assert look(lived).measured


def test_without_data_the_set_waits_and_says_so(lived: Exercising) -> None:
    begun(lived)
    lived.link(LinkState.LOST, "out of reach")
    lived.silence(9)
    shown = look(lived)
    assert (shown.sentence, shown.trouble, shown.known, shown.phase) == (NO_DATA, True, False, "Waiting")
    assert shown.arc.deg is None


def test_an_angle_that_is_not_trusted_is_not_shown(lived: Exercising) -> None:
    begun(lived)
    lived.trusted = False
    lived.hold(1.0, 6.0)
    assert (look(lived).sentence, look(lived).arc.deg) == (NOT_TRUSTED, None)


def test_a_pause_is_shown_and_the_start_pose_is_awaited_after_it(lived: Exercising) -> None:
    begun(lived)
    lived.act(PauseSet())
    assert look(lived).paused
    lived.act(ResumeSet())
    lived.hold(0.5)
    assert look(lived).phase == "Start pose"


def test_holds_count_seconds_and_minutes_count_minutes(lived: Exercising) -> None:
    stretch = BY_NAME["seated_hip_flexor_stretch"]
    lived.act(StartSet(exercise=stretch, target=stretch.target))
    lived.settle()
    lived.go(0.0, 52.0, 2.0)
    lived.hold(8.0, 52.0)
    assert (int(look(lived).big), look(lived).of) == (pytest.approx(9, abs=1), "of 20 s, hold 1 of 2")
    lived.act(StartSet(exercise=WALK, target=WALK.target))
    lived.seconds(90, lives.WALK, 10.0)
    shown = look(lived)
    assert (shown.big, shown.of, shown.arc, shown.share) == ("1:30", "of 10:00", None, None)


def test_walk_and_jog_by_turns_say_which_it_is(lived: Exercising) -> None:
    turns = BY_NAME["walk_jog_intervals"]
    lived.act(StartSet(exercise=turns, target=turns.target))
    lived.seconds(130, lives.WALK, 10.0)
    assert look(lived).phase == "Jog now: 50 s, then walk"
    assert look(lived).sentence == "Round 1 of 6."


# --- after a set --------------------------------------------------------------------------------------------------------
def test_what_was_done_stands_beside_what_was_asked_for(lived: Exercising) -> None:
    begun(lived)
    for deg in (22, 8, 26):
        lived.repetition(deg)
    (result,) = lived.glance().sets.results
    shown = done_look(result, CLAM, None)
    assert shown.whole_title == "Clam raise, set 1 of 2"
    assert shown.sentence.startswith("2 of 2 repetitions")
    assert [bar.full for bar in shown.bars] == [True, False, True]
    assert all(0 < bar.range_share <= 1 for bar in shown.bars)
    assert shown.bars[1].range_share < shown.target_share < shown.bars[0].range_share
    figures = dict(shown.figures)
    assert figures["Range"] == "22-26°, usually 24°, asked 18°"
    assert figures["Short of the range"] == "1, not counted"
    assert "asked 1-1-2 s" in figures["Tempo"]


class Pace:
    """Ten looks a second, as the window has them."""

    def __init__(self, lived: Exercising) -> None:
        self.lived, self.visit = lived, Visit()

    def wait(self, seconds: float) -> StartSet | None:
        for _ in range(round(2 * seconds)):
            self.lived.hold(0.5)
            glance = self.lived.glance()
            self.visit.place(glance.sets, glance.at)
            due = self.visit.due(glance.sets, glance.at)
            if due is not None:
                return due
        return None

    def rest(self):  # type: ignore[no-untyped-def]  # noqa: ANN201 - asserted where it is used
        glance = self.lived.glance()
        result = self.visit.result(glance.sets, glance.at)
        assert result is not None
        return self.visit.rest(result, glance.at)


@pytest.fixture
def pace(lived: Exercising) -> Pace:
    """A set of two was just done."""
    paced = Pace(lived)
    begun(lived)
    for _ in range(2):
        paced.wait(0.5)
        lived.repetition(22, down_s=1.0)
    paced.wait(0.5)
    return paced


def test_the_next_set_begins_by_itself_once_the_rest_is_over(pace: Pace) -> None:
    assert pace.rest().line.startswith("Set 2 begins by itself in 0:2")
    due = pace.wait(31)
    assert due is not None
    assert (due.exercise, due.target, due.number) == (CLAM, SHORT, 2)
    assert 29 <= (pace.lived.now - pace.lived.glance().sets.results[-1].ended) / NS_PER_S <= 31


def test_it_waits_where_somebody_asked_it_to(pace: Pace) -> None:
    pace.visit.wait()
    assert pace.wait(40) is None
    assert pace.rest().line == "Set 2 begins when you start it."


def test_it_waits_where_nobody_looked_on(pace: Pace) -> None:
    pace.lived.silence(LOOKED_AWAY_S + 60)
    assert pace.wait(2) is None
    assert pace.rest().waits


def test_it_waits_where_the_set_was_ended_early(lived: Exercising) -> None:
    paced = Pace(begun(lived))
    paced.wait(0.5)
    lived.act(EndSet())
    assert lived.glance().sets.results[-1].ended_by is EndedBy.WEARER
    assert paced.wait(40) is None
    assert not paced.rest().may_wait


def test_after_the_last_set_nothing_follows(lived: Exercising) -> None:
    paced = Pace(lived)
    lived.act(StartSet(exercise=CLAM, target=SHORT, number=2))
    lived.settle()
    paced.wait(0.5)
    lived.repetition(22)
    lived.repetition(22)
    paced.wait(0.5)
    assert paced.rest() is None


def test_no_set_follows_a_warning_sign(lived: Exercising) -> None:
    paced = Pace(begun(lived))
    paced.wait(0.5)
    lived.act(RestOfDay())
    assert lived.glance().sets.results[-1].ended_by is EndedBy.REST_OF_DAY
    assert paced.rest() is None


def test_a_page_that_was_left_does_not_come_back_and_an_old_set_is_no_news(pace: Pace) -> None:
    glance = pace.lived.glance()
    assert pace.visit.place(glance.sets, glance.at) is Place.DONE
    assert Visit().place(glance.sets, HostNs(glance.at + 3600 * NS_PER_S)) is Place.LIBRARY
    pace.visit.leave(glance.sets)
    assert pace.visit.place(glance.sets, glance.at) is Place.LIBRARY


def test_a_set_that_ended_is_shown_until_its_last_seconds_are_judged(lived: Exercising) -> None:
    visit = Visit()
    lived.act(StartSet(exercise=WALK, target=WALK.target))
    lived.seconds(20, lives.WALK, 10.0)
    glance = lived.glance()
    assert (visit.place(glance.sets, glance.at), glance.sets.now is None) == (Place.SET, False)
    lived.act(EndSet())
    glance = lived.glance()
    assert (visit.place(glance.sets, glance.at), glance.sets.now is None) == (Place.SET, True)
    lived.seconds(5, lives.STAND, 4.0)
    glance = lived.glance()
    assert visit.place(glance.sets, glance.at) is Place.DONE


def test_a_phase_is_timed_from_where_it_began_and_ends_with_the_set(lived: Exercising) -> None:
    begun(lived, CLAM.target)
    lived.repetition(22)
    lived.hold(2.0)
    sets = lived.glance().sets
    assert sets.now is not None
    assert (sets.now.full, sets.now.phase) == (1, Phase.READY)
    assert sets.phase_since is not None
    assert 2.0 <= (lived.now - sets.phase_since) / NS_PER_S <= 4.0
    lived.act(EndSet())
    assert (lived.glance().sets.now, len(lived.glance().sets.results)) == (None, 1)


# --- counting aloud -----------------------------------------------------------------------------------------------------
def test_how_it_is_counted_for_somebody_who_does_not_look() -> None:
    both, none = Settings(), Settings(exercise=CountAloud(count_by_sound=False, count_by_vibration=False))
    assert telling(both) == "Counted by sound and by vibration as well: no need to look."
    assert telling(none) == NEITHER
    assert telling(replace(both, delivery=Delivery(sound_volume_percent=0))).startswith("Counted by vibration as well")

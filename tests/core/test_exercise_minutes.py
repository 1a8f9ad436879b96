"""Sets that count minutes of an activity, and walking and jogging by turns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from hipmonitor.core.exercise import BY_NAME, EndedBy, ExerciseParams, ExerciseRoom, Phase, SetResult
from hipmonitor.core.exercises import Target
from hipmonitor.core.inbound import Action, EndSet, ForgetPlacement, PauseSet, ResumeSet, StartSet, UserAction
from tests.core.builders import activity, at
from tests.core.exercise_streams import Path, picked, stream

WALK, STAND, RUN, UNKNOWN = ActivityKind.WALK, ActivityKind.STAND, ActivityKind.RUN, ActivityKind.UNKNOWN
NOTHING = picked(stream(Path(at=(0, 0)).stay(1.0).rows), slice(0, 0))


class Walk:
    """Feeds the room decided seconds, three late, and what the wearer does."""

    def __init__(self) -> None:
        self.room = ExerciseRoom(ExerciseParams(side="right"))
        self.results: list[SetResult] = []

    def does(self, second: float, action: Action) -> None:
        self._step(activity([]), [UserAction(at=at(second), action=action)])

    def decided(self, kinds: list[ActivityKind], *, start_s: float = 0.0) -> None:
        self._step(activity(kinds, start_s=start_s), [])

    def ends(self) -> None:
        self.results += self.room.step(
            NOTHING.imu, NOTHING.orientation, NOTHING.thigh, activity([]), flush=True
        ).results

    def _step(self, block: ActivityBlock, actions: list[UserAction]) -> None:
        n = NOTHING
        self.results += self.room.step(n.imu, n.orientation, n.thigh, block, actions).results

    @property
    def result(self) -> SetResult:
        (one,) = self.results
        return one


def begins(name: str, **target: float) -> StartSet:
    return StartSet(exercise=BY_NAME[name], target=Target(**target))  # type: ignore[arg-type]


def test_the_time_in_its_activities_counts_and_standing_does_not() -> None:
    walk = Walk()
    walk.does(0, begins("walking"))
    walk.decided([WALK] * 60 + [STAND] * 20 + [WALK] * 35)
    walk.does(118, EndSet())
    assert walk.results == []
    walk.decided([WALK] * 5 + [STAND] * 5, start_s=115)
    assert walk.result.counted_s == pytest.approx(98.0)
    assert walk.result.ended_by is EndedBy.WEARER
    assert walk.result.sentence == "1.6 min."


def test_a_set_is_over_when_the_seconds_until_its_end_are_decided_and_no_sooner() -> None:
    walk = Walk()
    walk.does(0, begins("walking"))
    walk.does(30, EndSet())
    walk.decided([WALK] * 29)
    assert walk.results == []
    assert walk.room.now(at(32)) is None
    walk.decided([WALK] * 3, start_s=29)
    assert walk.result.counted_s == 30.0


def test_another_set_may_run_while_the_last_seconds_of_one_are_awaited() -> None:
    walk = Walk()
    walk.does(0, begins("walking"))
    walk.does(30, begins("cycling_upright"))
    walk.decided([WALK] * 40)
    assert walk.result.exercise == "walking"
    now = walk.room.now(at(40))
    assert now is not None
    assert now.exercise.name == "cycling_upright"


def test_the_target_ends_the_set() -> None:
    walk = Walk()
    walk.does(0, begins("walking", minutes=1.0))
    walk.decided([STAND] * 10 + [WALK] * 90)
    assert (walk.result.counted_s, walk.result.ended_by, walk.result.ended) == (60.0, EndedBy.TARGET, at(70))
    assert walk.result.sentence == "1 of 1 min."


def test_nothing_counts_in_a_pause_though_it_is_decided_later() -> None:
    walk = Walk()
    walk.does(0, begins("walking"))
    walk.does(20, PauseSet())
    walk.does(21, PauseSet())
    now = walk.room.now(at(22))
    assert now is not None
    assert (now.phase, now.sentence) == (Phase.PAUSED, "Paused.")
    walk.does(50, ResumeSet())
    walk.does(51, ResumeSet())
    walk.decided([WALK] * 80)
    walk.does(80, EndSet())
    walk.decided([STAND], start_s=80)
    assert walk.result.counted_s == 50.0


def test_time_unknown_is_counted_as_unseen() -> None:
    walk = Walk()
    walk.does(0, begins("walking"))
    walk.decided([WALK] * 20 + [UNKNOWN] * 10 + [WALK] * 7)
    walk.does(39.5, EndSet())
    walk.decided([WALK] * 4, start_s=37)
    assert (walk.result.unseen_s, walk.result.counted_s) == (10.0, 29.5)


def test_a_long_loss_ends_the_set_where_it_began() -> None:
    walk = Walk()
    walk.does(0, begins("walking"))
    walk.decided([WALK] * 20)
    lost = replace(activity([UNKNOWN], start_s=20), lasting_s=np.array([400]))
    walk._step(lost, [])
    assert (walk.result.ended, walk.result.ended_by, walk.result.counted_s) == (at(20), EndedBy.SENSOR, 20.0)


def test_the_end_of_the_recording_and_a_sensor_put_on_anew_end_the_set() -> None:
    walk = Walk()
    walk.does(0, begins("walking"))
    walk.decided([WALK] * 20)
    walk.ends()
    assert (walk.result.ended, walk.result.ended_by) == (at(20), EndedBy.SENSOR)
    again = Walk()
    again.does(0, begins("walking"))
    again.does(10, ForgetPlacement())
    again.decided([WALK] * 20)
    assert (again.result.ended, again.result.ended_by) == (at(10), EndedBy.SENSOR)


def test_how_long_still_is_said() -> None:
    walk = Walk()
    walk.does(0, begins("walking", minutes=2.0))
    walk.decided([WALK] * 30)
    now = walk.room.now(at(30))
    assert now is not None
    assert (now.phase, now.counted_s, now.sentence, now.trusted) == (Phase.MOVING, 30.0, "1.5 min to go.", True)
    free = Walk()
    free.does(0, begins("walking"))
    free.decided([WALK] * 27 + [STAND] * 3)
    now = free.room.now(at(30))
    assert now is not None
    assert (now.phase, now.sentence) == (Phase.READY, "0.5 min.")


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (0.0, "Walk now: 60 s, then jog. Round 1 of 2."),
        (75.0, "Jog now: 15 s, then walk. Round 1 of 2."),
        (150.0, "Jog now: 30 s, then you are done. Round 2 of 2."),
        (181.0, "Done. Walk easily for a while."),
    ],
)
def test_by_turns_it_is_said_what_is_now_and_what_comes_then(second: float, sentence: str) -> None:
    walk = Walk()
    walk.does(0, begins("walk_jog_intervals", walk_s=60, jog_s=30, rounds=2))
    now = walk.room.now(at(second))
    assert now is not None
    assert now.sentence == sentence


def test_turns_go_by_the_clock_without_its_pauses_and_end_by_themselves() -> None:
    walk = Walk()
    walk.does(0, begins("walk_jog_intervals", walk_s=60, jog_s=30, rounds=2))
    walk.does(50, PauseSet())
    walk.does(70, ResumeSet())
    walk.decided([WALK] * 80 + [RUN] * 25 + [STAND] * 5 + [WALK] * 60 + [RUN] * 40)
    assert (walk.result.ended, walk.result.ended_by) == (at(200), EndedBy.TARGET)
    assert walk.result.counted_s == 175.0
    assert walk.result.sentence == "2.9 of 3 min walked and jogged, 0.9 of them jogged."


SIT, STAIRS, CYCLE = ActivityKind.SIT, ActivityKind.STAIRS, ActivityKind.CYCLE


@pytest.mark.parametrize(
    ("kinds", "counted_s"),
    [
        ([CYCLE] * 60 + [SIT] * 9 + [CYCLE] * 30, 99.0),  # lets it roll, knee up
        ([CYCLE] * 60 + [STAND] * 7 + [CYCLE] * 30, 97.0),  # lets it roll, knee down
        ([STAND] * 10 + [STAIRS] * 7 + [STAND] * 4 + [CYCLE] * 60, 71.0),  # sets off, standing on the pedals
        ([CYCLE] * 60 + [STAND] * 40 + [CYCLE] * 30, 90.0),  # waits for the lights
        ([CYCLE] * 60 + [STAND] * 4 + [WALK] * 3 + [STAND] * 4 + [CYCLE] * 30, 90.0),  # got off
        ([STAIRS] * 40 + [CYCLE] * 30, 30.0),  # up to the bicycle
        ([CYCLE] * 60 + [STAND] * 12, 60.0),  # and that was it
    ],
)
def test_who_said_that_they_cycle_rides_while_it_rolls(kinds: list[ActivityKind], counted_s: float) -> None:
    ride = Walk()
    ride.does(0, begins("cycling_upright"))
    ride.does(len(kinds), EndSet())
    ride.decided(kinds)
    assert ride.result.counted_s == pytest.approx(counted_s)


def test_who_walks_does_not_roll() -> None:
    walk = Walk()
    walk.does(0, begins("walk_jog_intervals"))
    walk.does(70, EndSet())
    walk.decided([WALK] * 30 + [STAND] * 5 + [STAIRS] * 5 + [WALK] * 30)
    assert walk.result.counted_s == pytest.approx(60.0)

"""After a warning sign: no set begins, the one that runs ends, and alerts are decided and not told, until the next civil day."""

from __future__ import annotations

import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import Hold
from hipmonitor.core.civil import CivilTime
from hipmonitor.core.exercise import BY_NAME, EndedBy, ExerciseRoom
from hipmonitor.core.inbound import Action, DaySoFar, RestOfDay, StartSet, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from tests.core.builders import activity, at
from tests.core.exercise_streams import Path, begin, picked, seen, stream

NOTHING = picked(stream(Path(at=(0, 0)).stay(1.0).rows), slice(0, 0))
TODAY = at(0) // (86_400 * NS_PER_S)
TOMORROW_S = float((TODAY + 1) * 86_400 - at(0) // NS_PER_S)


def sentences(*actions: tuple[float, Action]) -> list[str]:
    """Of a room that hears these, one after the other."""
    room, out = ExerciseRoom(), []
    for second, action in actions:
        event = UserAction(at=at(second), action=action)
        block = room.step(NOTHING.imu, NOTHING.orientation, NOTHING.thigh, activity([]), [event], civil=CivilTime())
        out += [pose.sentence for pose in block.poses]
    return out


RESTING = DaySoFar(day=TODAY, sitting_s=0, deep_s=0, resting=True)
SQUATS = StartSet(exercise=BY_NAME["squat"], target=BY_NAME["squat"].target)


@pytest.mark.parametrize("sign", [RestOfDay(), RESTING])
def test_no_set_begins_on_that_day_and_the_wearer_is_told_why(sign: Action) -> None:
    assert sentences((0, sign), (10, SQUATS)) == [
        "Exercises rest until tomorrow, because a sign for a clinician was entered. Please talk to a clinician."
    ]


def test_on_the_next_day_sets_begin_again() -> None:
    assert sentences((0, RestOfDay()), (TOMORROW_S + 1, SQUATS)) == []


def test_a_day_without_a_sign_is_as_any_other() -> None:
    assert sentences((0, DaySoFar(day=TODAY, sitting_s=0, deep_s=0)), (10, SQUATS)) == []


@pytest.mark.parametrize("sign", [RestOfDay(), RESTING])
def test_a_running_set_ends(sign: Action) -> None:
    path = Path(at=(5, 0)).stay(2.0).there_and_back((65, 0)).there_and_back((65, 0))
    got = seen(stream(path.rows, actions=[begin("squat"), (5.2, sign)]))
    assert (got.result.ended_by, got.result.full) == (EndedBy.REST_OF_DAY, 1)
    assert got.result.sentence.endswith("The set ended because a sign for a clinician was entered.")


def test_the_kinds_of_activity_are_known_by_their_words() -> None:
    assert {kind for one in BY_NAME.values() for kind in one.kinds} <= {kind.word for kind in ActivityKind}
    assert Hold.REST_OF_DAY.value == "rest_of_day"
    assert HostNs(at(TOMORROW_S)) % (86_400 * NS_PER_S) == 0

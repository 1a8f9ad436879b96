"""The library of exercises: what each start pose lets in, and in which direction each movement counts, axis by axis."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hipmonitor.core.exercise import BY_NAME, LIBRARY
from hipmonitor.core.exercises import Counts, Exercise, StartPose, Target
from tests.core.exercise_streams import Path, Pose, begin, end, seen, stream

STANDING, SEATED, ON_ALL_FOURS = (3.0, 0.0), (85.0, 4.0), (8.0, 5.0)
BACK_STRAIGHT, BACK_BENT, BACK_TABLETOP, BELLY = (90.0, -8.0), (140.0, 4.0), (176.0, 0.0), (-88.0, 5.0)
ON_TOP, BELOW, STOOD_OVER = (86.0, 88.0), (92.0, -86.0), (30.0, 88.0)
"""On the side, for a right leg: it is the upper one, the lower one, and one leg is far out."""
MOVES: dict[str, tuple[Pose, Pose, float]] = {
    "banded_donkey_kick": (ON_ALL_FOURS, (-52.0, 5.0), 60.0),
    "banded_side_lying_leg_raise": (ON_TOP, (114.0, 88.0), 28.0),
    "clam_raise": ((94.0, 88.0), (98.0, 64.0), 30.0),
    "bridge": (BACK_BENT, (110.0, 4.0), 30.0),
    "bird_dog": (ON_ALL_FOURS, (-62.0, 5.0), 70.0),
    "dead_bug": (BACK_TABLETOP, (121.0, 0.0), 55.0),
    "sit_to_stand": (SEATED, (5.0, 4.0), 80.0),
    "squat": (STANDING, (73.0, 0.0), 70.0),
    "seated_hip_flexor_stretch": (SEATED, (15.0, 4.0), 70.0),
    "figure_four_stretch": ((86.0, 4.0), (80.0, -24.0), 35.0),
}
"""Start pose, far end and range: what a strap shows of a turn is a fifth less than the turn."""
ALLOWED = {
    "banded_donkey_kick": {"standing", "all fours", "leg out"},
    "banded_side_lying_leg_raise": {"on top"},
    "clam_raise": {"on top"},
    "bridge": {"back, bent"},
    "bird_dog": {"standing", "all fours", "leg out"},
    "dead_bug": {"back, tabletop"},
    "sit_to_stand": {"seated", "back, straight"},
    "squat": {"standing", "all fours", "leg out"},
    "seated_hip_flexor_stretch": {"seated", "back, straight"},
    "figure_four_stretch": {"seated", "back, straight"},
}
"""As far as gravity on one thigh can tell: kneeling looks like standing, and straight legs on the floor like a chair."""
POSES = {
    "standing": STANDING,
    "seated": SEATED,
    "all fours": ON_ALL_FOURS,
    "back, straight": BACK_STRAIGHT,
    "back, bent": BACK_BENT,
    "back, tabletop": BACK_TABLETOP,
    "belly": BELLY,
    "on top": ON_TOP,
    "below": BELOW,
    "leg out": STOOD_OVER,
}


def held(name: str, pose: Pose) -> Path:
    return Path(at=pose).stay(3.0)


@pytest.mark.parametrize("name", MOVES)
def test_every_exercise_counts_its_movement_with_its_range(name: str) -> None:
    home, far, range_deg = MOVES[name]
    path = held(name, home)
    for _ in range(4):
        path.there_and_back(far, hold=22.0 if BY_NAME[name].counts is Counts.HOLDS else 0.5)
    got = seen(stream(path.rows, actions=[begin(name, repetitions=0), end(path.seconds)]))
    assert got.result.full == 4
    assert got.result.partial == 0
    assert all(abs(one.range_deg - range_deg) < 2.0 for one in got.repetitions)


@pytest.mark.parametrize("name", MOVES)
def test_a_movement_the_other_way_does_not_count(name: str) -> None:
    (tipped, turned), (far_tipped, far_turned), _ = MOVES[name]
    path = held(name, (tipped, turned))
    for _ in range(4):
        path.there_and_back((tipped - 0.5 * (far_tipped - tipped), turned - 0.5 * (far_turned - turned)))
    got = seen(stream(path.rows, actions=[begin(name, repetitions=0), end(path.seconds)]))
    assert got.result.full == 0


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize("name", MOVES)
def test_a_start_pose_lets_in_what_gravity_cannot_tell_from_it_and_nothing_else(name: str, pose: str) -> None:
    path = held(name, POSES[pose])
    got = seen(stream(path.rows, actions=[begin(name), end(path.seconds)]))
    assert got.accepted is (pose in ALLOWED[name])
    assert len(got.sentences) == 1


@pytest.mark.parametrize(
    ("name", "pose", "remedy"),
    [
        ("squat", "seated", "Bring the thigh nearer to upright."),
        ("banded_donkey_kick", "back, bent", "Bring the knee lower."),
        ("sit_to_stand", "standing", "Bring the thigh nearer to level."),
        ("bridge", "back, straight", "Bring the knee higher."),
        ("sit_to_stand", "belly", "Turn over to the other side."),
        ("clam_raise", "below", "Turn over to the other side."),
        ("clam_raise", "seated", "Turn the kneecap further in."),
        ("figure_four_stretch", "on top", "Turn the kneecap further out."),
    ],
)
def test_a_refused_pose_is_told_what_to_change_and_how_to_be(name: str, pose: str, remedy: str) -> None:
    path = held(name, POSES[pose])
    got = seen(stream(path.rows, actions=[begin(name), end(path.seconds)]))
    start = BY_NAME[name].start
    assert start is not None
    assert got.sentences == [f"{remedy} {start.words}"]


@pytest.mark.parametrize(
    ("tipped", "remedy"), [(40.0, "Bring the knee further back."), (-40.0, "Bring the knee further forward.")]
)
def test_a_providers_pose_may_ask_for_the_sign_of_flexion_alone(tipped: float, remedy: str) -> None:
    upright = replace(BY_NAME["squat"], start=StartPose(words="Stand.", flexion_deg=(-20.0, 20.0)))
    path = held("squat", (tipped, 0.0))
    assert seen(stream(path.rows, actions=[begin(upright), end(path.seconds)])).sentences == [f"{remedy} Stand."]


def test_names_are_unique_and_every_exercise_has_its_words() -> None:
    assert len(BY_NAME) == len(LIBRARY)
    for exercise in LIBRARY:
        assert len(exercise.instructions) == 3
        assert exercise.unseen.endswith(".")
        assert all(sentence.endswith(".") and len(sentence) < 100 for sentence in exercise.instructions)


def test_only_the_figure_four_is_the_providers_choice_and_both_stretches_are_called_so() -> None:
    assert [one.name for one in LIBRARY if one.provider_only] == ["figure_four_stretch"]
    assert {one.name for one in LIBRARY if one.stretch} == {"seated_hip_flexor_stretch", "figure_four_stretch"}


def test_what_cannot_be_an_exercise_is_refused_with_a_remedy() -> None:
    with pytest.raises(ValueError, match="use small letters"):
        Exercise(name="Clam raise", title="Clam", counts=Counts.REPETITIONS)
    with pytest.raises(ValueError, match="give kinds"):
        Exercise(name="walk", title="Walk", counts=Counts.MINUTES)
    with pytest.raises(ValueError, match="least_deg is 200"):
        Exercise(name="kick", title="Kick", counts=Counts.REPETITIONS, least_deg=200.0)
    with pytest.raises(ValueError, match="choose a value from 0 to 200"):
        Target(repetitions=1000)

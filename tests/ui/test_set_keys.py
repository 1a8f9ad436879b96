"""Keys of the live view for a guided set: chosen, begun, paused, ended, rated, each with what it says."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.exercise import ExerciseNow, Phase
from hipmonitor.core.inbound import Action, EndSet, PauseSet, RateSet, ResumeSet, StartSet
from hipmonitor.core.programme import Planned
from hipmonitor.ui.cli.set_keys import SetKeys
from hipmonitor.ui.cli.set_status import set_document, set_line
from hipmonitor.ui.view_model import Glance
from hipmonitor.ui.view_model.exercise.offered import Offered
from hipmonitor.ui.view_model.exercise.readiness import OFF
from hipmonitor.ui.view_model.sets_seen import SetsSeen
from tests.core.builders import at
from tests.core.set_builders import CLAM, WALK, ended_set, running
from tests.ui.walk.lives import live

OFFERED = Offered(exercises=(CLAM, WALK))


@cache
def seen() -> Glance:
    """A session that streams."""
    lived = live()
    return lived.glance(lived.now)


class Pressed:
    """Keys one after the other, in a view that is as it is told to be."""

    def __init__(self, offered: Offered = OFFERED) -> None:
        self.asked: list[Action] = []
        self.glance = seen()
        self.keys = SetKeys(self.asked.append, lambda: offered)

    def press(self, *keys: str) -> str:
        """What the last of them said."""
        return [self.keys.press(key, self.glance) for key in keys][-1]

    def show(self, sets: SetsSeen) -> None:
        self.glance = replace(self.glance, sets=sets)


@pytest.fixture
def pressed() -> Pressed:
    return Pressed()


def test_e_again_and_again_goes_through_the_exercises_and_b_begins_the_one_that_was_said(pressed: Pressed) -> None:
    assert pressed.press("e").startswith("Clam: 10 repetitions")
    assert pressed.press("e").startswith("Walk and jog: 3 rounds")
    assert pressed.press("e").startswith("Clam")
    assert pressed.asked == []
    assert "b pauses, e ends" in pressed.press("b")
    assert pressed.asked == [StartSet(exercise=CLAM, target=CLAM.target)]


def test_what_the_plan_asks_for_today_comes_first_with_its_target() -> None:
    target = replace(WALK.target, rounds=2)
    pressed = Pressed(replace(OFFERED, planned=(Planned(exercise=WALK.name, target=target),)))
    assert pressed.press("e").startswith("Walk and jog: 2 rounds")
    pressed.press("b")
    assert pressed.asked == [StartSet(exercise=WALK, target=target)]


def test_b_without_a_choice_offers_the_first(pressed: Pressed) -> None:
    assert pressed.press("b").startswith("Clam")
    assert pressed.asked == []


def test_while_a_set_runs_b_pauses_and_goes_on_and_e_ends_it(pressed: Pressed) -> None:
    for phase in (Phase.MOVING, Phase.PAUSED):
        pressed.show(SetsSeen(now=running(at(1), phase=phase)))
        pressed.press("b")
    pressed.press("e")
    assert pressed.asked == [PauseSet(), ResumeSet(), EndSet()]


def test_a_set_that_ended_is_told_once_and_rated_by_a_digit(pressed: Pressed) -> None:
    assert pressed.press("7") == ""
    pressed.show(SetsSeen(results=(ended_set(at(1)),)))
    assert "10 of 10 repetitions. How comfortable was the hip?" in pressed.keys.ended(pressed.glance)
    assert pressed.keys.ended(pressed.glance) == ""
    assert pressed.press("7") == "Noted: comfort 7 of 10."
    pressed.press("t")
    assert pressed.asked == [RateSet(started=at(1), comfort=7), RateSet(started=at(1), comfort=10)]


def test_the_same_exercise_again_is_the_next_set(pressed: Pressed) -> None:
    pressed.show(SetsSeen(results=(ended_set(at(1)),)))
    pressed.keys.ended(pressed.glance)
    pressed.press("e", "b")
    assert pressed.asked == [StartSet(exercise=CLAM, target=CLAM.target, number=2)]


def test_what_cannot_begin_says_why(pressed: Pressed) -> None:
    pressed.show(SetsSeen(resting=True))
    assert pressed.press("e", "b") == OFF
    assert pressed.asked == []


def test_a_provider_s_file_that_is_wrong_is_said(pressed: Pressed) -> None:
    def broken() -> Offered:
        raise SettingsError("exercises.toml: is not valid TOML")

    keys = SetKeys(pressed.asked.append, broken)
    assert keys.press("e", pressed.glance) == "exercises.toml: is not valid TOML"


def test_other_keys_are_not_for_sets(pressed: Pressed) -> None:
    assert pressed.press("z") == ""


def shown(now: ExerciseNow) -> Glance:
    made = Pressed()
    made.show(SetsSeen(now=now))
    return made.glance


def test_the_line_has_the_count_what_fell_short_and_one_thing_to_do() -> None:
    now = replace(running(at(1), full=4, partial=1), sentence="6 to go.")
    assert set_line(shown(now)) == "Clam: 4 of 10, 1 short of 25°, not counted. 6 to go."
    assert set_line(Pressed().glance) == ""


def test_the_door_s_document_has_the_set_that_runs_the_last_one_and_what_stands_in_the_way() -> None:
    glance = replace(Pressed().glance, sets=SetsSeen(now=running(at(1), full=4), results=(ended_set(at(0)),)))
    document = set_document(glance, None)
    now, ended = document["now"], document["ended"]
    assert isinstance(now, dict)
    assert isinstance(ended, dict)
    assert (now["exercise"], now["full"], now["line"]) == ("clam", 4, set_line(glance))
    assert (ended["started_ns"], ended["full"]) == (at(0), 10)
    assert (document["refused"], document["note"], document["resting"]) == ("", "", False)


def test_without_a_calibration_the_angle_is_nothing_to_wait_for() -> None:
    now = replace(running(at(1), full=4), trusted=False, sentence="4. 6 to go.")
    glance = shown(now)
    assert "not trusted" in set_line(glance)
    assert "6 to go" in set_line(replace(glance, angle=replace(glance.angle, calibrated=False)))

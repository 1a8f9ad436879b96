"""Somebody calibrates in the window, with real clicks and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt

from hipmonitor.core.inbound import HoldPose, LinkState, Pose
from hipmonitor.core.settings import Settings
from hipmonitor.ui.dashboard.calibrate.calibrate_view import NO_SENSORS
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.view_model.wizard import Stage, turned_deg
from hipmonitor.ui.view_model.wizard_now import HELP, WAIT, StepState
from tests.ui.dashboard_lived import LivedFeed, turn, window_on
from tests.ui.lived import START, guided_placement
from tests.ui.wizard_walk import Walk

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.usefixtures("home")
Start = Callable[..., Walk]


@pytest.fixture
def start(qtbot: Any) -> Iterator[Start]:
    """The wizard, with a sensor that sends."""
    windows = []

    def make(choices: KeptChoices | None = None, size: tuple[int, int] = (1280, 800)) -> Walk:
        lived = LivedFeed(Settings(side="left"))
        lived.link(LinkState.STREAMING, "The sensor is sending.")
        window = window_on(lived, choices or KeptChoices(reduce_motion=True), *size)
        windows.append(window)
        return Walk(window, lived)

    yield make
    for window in windows:
        window.finish()


def asked(walk: Walk) -> list[Pose]:
    return [action.pose for action in walk.lived.acted if isinstance(action, HoldPose)]


def help_line(walk: Walk) -> str:
    assert walk.view.now is not None
    return walk.view.now.help


def step_states(walk: Walk) -> list[StepState]:
    assert walk.view.now is not None
    return [step.state for step in walk.view.now.steps]


def test_it_is_walked_through_by_itself_after_one_click_and_told_in_degrees(start: Start, qtbot: Any) -> None:
    walk = start()
    qtbot.mouseClick(walk.view.next, LEFT)
    walk.through(Pose.STAND, Pose.LIFT, Pose.SIT)
    walk.live(2)
    assert asked(walk) == [Pose.STAND, Pose.LIFT, Pose.SIT]
    assert walk.window.top.state.sentence == "Good: ± 2.5°"
    assert "Known to: ± 2.5°" in walk.view.checks.accessibleDescription()
    qtbot.mouseClick(walk.view.next, LEFT)
    assert walk.window.choices.view == "now"


def test_nothing_is_asked_for_before_data_are_steady(start: Start) -> None:
    walk = start()
    walk.lived.silence(10)
    turn(walk.window)
    assert not walk.view.next.isEnabled()
    assert "Data must be steady" in walk.view.next.toolTip()
    walk.live(2)
    assert walk.view.next.isEnabled()


def test_held_seconds_and_checks_carry_value_and_need(start: Start) -> None:
    walk = start()
    walk.to(Pose.SIT, 2)
    assert walk.window.top.state.sentence == "Step 4 of 5. Sit upright and keep still: 2 s of 3 s held still."
    said = walk.view.checks.accessibleDescription()
    assert "Held for 3 s: 2 s so far, not yet" in said
    assert "Clearly turned from standing: ~ 82°, needs 40° to 140°, passed" in said
    assert walk.view.pose.figure.target_deg == (40.0, 130.0)
    assert not walk.view.next.isEnabled()


def test_a_try_that_does_not_count_says_what_to_do_and_goes_on(start: Start) -> None:
    walk = start()
    walk.to(Pose.SIT, 1)
    walk.judged("The thigh did not keep still. Try once more.", accepted=False)
    assert help_line(walk) == "The thigh did not keep still. Try once more."
    assert walk.view.wizard.stage is Stage.SIT
    walk.live(6)
    assert asked(walk)[-2:] == [Pose.SIT, Pose.SIT]


def test_a_sensor_that_is_lost_holds_the_step_and_resumes_it(start: Start) -> None:
    walk = start()
    walk.to(Pose.SIT, 1)
    walk.lived.link(LinkState.LOST, "The sensor is out of reach.")
    walk.lived.silence(40)
    turn(walk.window)
    assert help_line(walk) == WAIT
    walk.live(1)
    walk.judged("The thigh did not keep still. Try once more.", accepted=False)  # of the time before: counts no more
    assert help_line(walk) == HELP[Stage.SIT]
    walk.live(6)
    assert asked(walk)[-2:] == [Pose.SIT, Pose.SIT]
    walk.judged()
    assert walk.view.wizard.stage is Stage.RESULT


def test_somebody_who_sits_while_they_are_to_stand_sees_it_in_the_checks(start: Start) -> None:
    walk = start()
    walk.begin()
    walk.live(1)
    assert "Thigh points down: ~ 3°, needs under 30°, passed" in walk.view.checks.accessibleDescription()
    walk.pose = Pose.SIT
    walk.live(1)
    assert "Thigh points down: ~ 82°, needs under 30°, not yet" in walk.view.checks.accessibleDescription()


def test_the_banner_that_asks_for_a_calibration_leaves_while_one_calibrates(start: Start) -> None:
    walk = start()
    assert walk.window.banner.shown is None
    walk.window.open_view("now")
    turn(walk.window)
    assert walk.window.banner.shown is not None
    assert walk.window.banner.shown.title == "Not calibrated yet"


def test_lifts_may_be_left_out(start: Start, qtbot: Any) -> None:
    walk = start()
    walk.to(Pose.LIFT, 0)
    qtbot.mouseClick(walk.view.skip, LEFT)
    turn(walk.window)
    assert step_states(walk)[2] is StepState.SKIPPED
    walk.pose = Pose.SIT
    walk.live(6)
    assert asked(walk)[-1] is Pose.SIT
    qtbot.mouseClick(walk.view.back, LEFT)
    turn(walk.window)
    assert walk.view.wizard.stage is Stage.STAND


def test_without_sitting_it_is_left_to_movement_with_its_larger_spread(start: Start, qtbot: Any) -> None:
    walk = start()
    walk.to(Pose.SIT, 0)
    qtbot.mouseClick(walk.view.skip, LEFT)
    turn(walk.window)
    assert walk.window.top.state.sentence == "Left to movement"
    assert "± 15°" in help_line(walk)


def test_r_repeats_a_step_and_back_goes_to_the_one_before(start: Start, qtbot: Any) -> None:
    walk = start()
    walk.to(Pose.LIFT, 1)
    qtbot.keyClick(walk.window, Qt.Key.Key_R)
    walk.live(7)
    assert asked(walk)[-2:] == [Pose.LIFT, Pose.LIFT]
    qtbot.mouseClick(walk.view.back, LEFT)
    turn(walk.window)
    assert walk.view.wizard.stage is Stage.STAND
    qtbot.mouseClick(walk.view.back, LEFT)
    turn(walk.window)
    assert walk.view.wizard.stage is Stage.PUT_ON


def test_esc_cancels_and_what_was_in_force_stays(start: Start, qtbot: Any) -> None:
    walk = start()
    walk.to(Pose.SIT, 1)
    walk.window.desk.dismiss()
    qtbot.keyClick(walk.window, Qt.Key.Key_Escape)
    assert walk.window.choices.view == "now"
    assert walk.view.wizard.stage is Stage.PUT_ON
    assert walk.window.top.state.sentence.startswith("Cancelled. What was in force stays in force.")


def test_the_second_result_says_how_the_first_one_was(start: Start, qtbot: Any) -> None:
    walk = start()
    walk.begin()
    walk.through(Pose.STAND, Pose.LIFT, Pose.SIT)
    qtbot.mouseClick(walk.view.again, LEFT)
    walk.sd_deg = 2.5
    walk.live(2)
    walk.begin()
    walk.through(Pose.STAND, Pose.LIFT)
    walk.pose = Pose.SIT
    walk.held(2)
    walk.judged(sd_deg=7.4)
    walk.live(1)
    assert walk.window.top.state.sentence == "Loose: ± 7.4°"
    assert "Tighten the strap" in help_line(walk)
    assert "Last time: ± 2.5°" in walk.view.checks.accessibleDescription()


def test_what_has_no_sensors_cannot_be_calibrated_and_says_so(start: Start) -> None:
    walk = start()
    walk.window.sessions.choice = replace(walk.window.choice, sensors=None)
    walk.begin()
    assert walk.window.top.state.sentence == NO_SENSORS


def test_a_change_between_two_placements_is_the_angle_of_the_rotation_between_them() -> None:
    half = np.deg2rad(12.0) / 2
    turned = replace(guided_placement(START), thigh_from_sensor=np.array([np.cos(half), 0.0, np.sin(half), 0.0]))
    assert turned_deg(guided_placement(START), turned) == pytest.approx(12.0)
    mirrored = replace(turned, thigh_from_sensor=-turned.thigh_from_sensor)
    assert turned_deg(guided_placement(START), mirrored) == pytest.approx(12.0)


@pytest.mark.parametrize("size", [(1000, 600), (1280, 800), (1920, 1080), (760, 480)])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_instruction_progress_and_buttons_are_seen_without_scrolling(
    start: Start, size: tuple[int, int], scale: float
) -> None:
    walk = start(KeptChoices(font_scale=scale, reduce_motion=True), size)
    walk.window.desk.dismiss()
    walk.to(Pose.SIT, 2)
    view, room = walk.view, walk.window.content.viewport().height()
    buttons = [view.cancel, view.back, view.skip, view.again, view.next]
    for k, button in enumerate(buttons):
        assert view.rect().contains(button.geometry()), button.text()
        assert not any(button.geometry().intersects(other.geometry()) for other in buttons[k + 1 :])
        assert not button.geometry().intersects(view.pose.geometry())
    if (size[0] >= 1000 and scale == 1.0) or size[0] >= 1280:
        assert all(button.geometry().bottom() <= room for button in buttons)

"""Somebody exercises in front of the window, with real clicks and keys; the exercise room is the real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication

from hipmonitor.core.exercise import BY_NAME, LIBRARY
from hipmonitor.core.exercises import Target
from hipmonitor.core.inbound import EndSet, PauseSet, RateSet, ResumeSet, StartSet
from hipmonitor.core.programme import Step
from hipmonitor.io.own_targets import keep_own_target, own_targets
from hipmonitor.io.places import exercises_file, plan_file, targets_file
from hipmonitor.ui.dashboard import kept_choices
from hipmonitor.ui.dashboard.exercise.exercise_view import ExerciseView
from hipmonitor.ui.dashboard.exercise.sources import PlanToday
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.parts import Card
from hipmonitor.ui.dashboard.plan.loading import confirm
from hipmonitor.ui.kept.care import care_today
from hipmonitor.ui.kept.days import civil_now
from hipmonitor.ui.kept.offered_now import offered_now
from hipmonitor.ui.view_model import SourceKind
from hipmonitor.ui.view_model.exercise import readiness
from hipmonitor.ui.view_model.exercise.visit import Place
from tests.ui.dashboard_lived import LivedFeed, turn, window_on
from tests.ui.exercising import streaming
from tests.ui.long_words import CutOff
from tests.ui.walk import exercise_scenes as scenes
from tests.ui.walk.exercise_scenes import Trainee

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.usefixtures("home")
Come = Callable[..., Trainee]


@pytest.fixture
def come(qtbot: Any) -> Iterator[Come]:
    """Somebody with the view open."""
    windows = []

    def make(
        lived: LivedFeed | None = None, size: tuple[int, int] = (1280, 800), scale: float = 1.0, *, still: bool = True
    ) -> Trainee:
        choices = KeptChoices(reduce_motion=still, font_scale=scale)
        window = window_on(lived or streaming(), choices, *size)
        windows.append(window)
        return Trainee(window, lived or window.bridge.feed._lived)  # type: ignore[union-attr]

    yield make
    for window in windows:
        window.finish()


def acted(trainee: Trainee, *kinds: type) -> list[object]:
    return [action for action in trainee.lived.acted if isinstance(action, kinds)]


# --- the library --------------------------------------------------------------------------------------------------------
def test_an_exercise_is_chosen_read_and_begun(come: Come, qtbot: Any) -> None:
    trainee = come()
    tile = next(t for t in trainee.view.library.tiles if t.tile is not None and t.tile.name == "bridge")
    qtbot.mouseClick(tile, LEFT)
    turn(trainee.window)
    said = trainee.view.library.opened.accessibleDescription()
    assert said.startswith("Bridge. Lie on the back")
    assert "nor which leg carries the weight" in said
    qtbot.mouseClick(trainee.view.library.start, LEFT)
    turn(trainee.window)
    (begun,) = acted(trainee, StartSet)
    assert begun == StartSet(exercise=BY_NAME["bridge"], target=BY_NAME["bridge"].target, number=1)
    assert trainee.view.place is Place.SET


def test_what_only_a_provider_chooses_is_there_where_they_named_it(come: Come, home: Path) -> None:
    names = {tile.tile.name for tile in come().view.library.tiles if tile.tile is not None}
    assert "figure_four_stretch" not in names
    exercises_file().write_text("[figure_four_stretch]\n[figure_four_stretch.target]\nhold_s = 30\n", encoding="utf-8")
    trainee = come()
    trainee.choose("figure_four_stretch")
    assert "2 holds of 30 s" in trainee.view.library.opened.accessibleDescription()


def test_a_providers_file_that_cannot_be_read_is_said_and_the_library_stands_in(come: Come, home: Path) -> None:
    exercises_file().write_text("[bridge]\nhold_s = 30\n", encoding="utf-8")
    trainee = come()
    assert "bridge.hold_s is not known" in trainee.view.library.note.accessibleDescription()
    assert len(trainee.view.library.tiles) == sum(not each.provider_only for each in LIBRARY)


def test_a_changed_target_holds_for_the_next_set_and_is_kept(come: Come, qtbot: Any) -> None:
    trainee = come()
    trainee.choose("bridge")
    qtbot.mouseClick(trainee.view.library.change, LEFT)
    form = trainee.view.library.form
    assert form is not None
    field = form.rows["repetitions"].controls[0].field  # type: ignore[attr-defined]
    field.setText("6")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.setText("a few")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "whole number from 0 to 200" in form.rows["repetitions"].problem.text()
    assert trainee.view.place is Place.LIBRARY, "Enter in a field starts nothing"
    qtbot.mouseClick(form.ready, LEFT)
    turn(trainee.window)
    assert "6, 20°" in trainee.view.library.opened.accessibleDescription()
    assert offered_now().targets["bridge"].repetitions == 6, "the terminal asks for the same"
    trainee.view.library.start.click()
    (begun,) = acted(trainee, StartSet)
    assert begun.target == replace(BY_NAME["bridge"].target, repetitions=6)  # type: ignore[attr-defined]


def test_back_to_the_preset(come: Come) -> None:
    trainee = come()
    trainee.choose("bridge")
    keep_own_target("bridge", Target(sets=7))
    trainee.view._offer_again()
    trainee.view.library.change.click()
    assert trainee.view.library.form is not None
    trainee.view.library.form.again.click()
    assert trainee.view.library.form.target == BY_NAME["bridge"].target
    assert own_targets() == {}


def test_a_target_that_an_older_window_remembered_is_kept_beside_the_settings(come: Come) -> None:
    trainee = come()
    trainee.window.choices.exercise_targets.update({"bridge": {"sets": 7}, "squat": {"sets": "x"}})
    trainee.view._offer_again()
    assert own_targets() == {"bridge": Target(sets=7)}
    assert trainee.window.choices.exercise_targets == {}


def test_a_file_of_targets_that_cannot_be_used_is_said_and_stays(come: Come) -> None:
    targets_file().parent.mkdir(parents=True, exist_ok=True)
    targets_file().write_text("[bridge]\nsets = 99\n", encoding="utf-8")
    trainee = come()
    trainee.view._offer_again()
    assert "targets.toml" in trainee.view.offered.trouble
    trainee.view._keep("bridge", Target(sets=2))
    assert targets_file().read_text(encoding="utf-8") == "[bridge]\nsets = 99\n"


def test_a_broken_kept_target_is_left_out(come: Come) -> None:
    kept_choices.file().parent.mkdir(parents=True, exist_ok=True)
    kept_choices.file().write_text('{"exercise_targets": {"bridge": {"sets": "x"}, "squat": 3}}', encoding="utf-8")
    assert kept_choices.read().exercise_targets == {}


def test_what_the_plan_asks_for_today_comes_first_with_its_target(come: Come, home: Path) -> None:
    confirm("me")
    trainee = come()
    settled(trainee)
    decision = care_today(civil_now()).stands
    assert decision is not None
    due = decision.decision.exercises
    tiles = [tile.tile for tile in trainee.view.library.tiles if tile.tile is not None]
    if decision.decision.step is Step.REST:
        assert trainee.view.library.note.accessibleDescription() == readiness.REST_DAY
    assert [tile.name for tile in tiles if tile.planned] == [each.exercise for each in due]
    assert all(tile.planned for tile in tiles[: len(due)])


def test_a_plan_that_cannot_be_read_is_said_and_exercises_are_there(come: Come, home: Path) -> None:
    plan_file().write_text("name = 3", encoding="utf-8")
    trainee = come()
    settled(trainee)
    assert "plan.toml" in trainee.window.top.state.sentence
    assert len(trainee.view.library.tiles) == sum(not each.provider_only for each in LIBRARY)


def test_a_warning_sign_that_is_kept_turns_exercises_off(come: Come) -> None:
    trainee = come()
    settled(trainee)
    trainee.view.plan = replace(trainee.view.plan, off=True)
    trainee.look()
    assert not trainee.view.library.start.isEnabled()
    assert trainee.view.library.start.toolTip() == readiness.OFF


def settled(trainee: Trainee) -> None:
    """Plan and history are read."""
    while trainee.view.reading.busy:
        trainee.look()
    trainee.look()


@pytest.mark.parametrize(
    ("scene", "sentence"),
    [
        ("exercise_empty", readiness.NO_SENSOR),
        ("exercise_off_today", readiness.OFF),
        ("exercise_away", readiness.NO_DATA),
        ("exercise_not_worn", readiness.NOT_WORN),
    ],
)
def test_where_none_can_start_the_reason_stands_there_and_enter_starts_nothing(
    come: Come, qtbot: Any, scene: str, sentence: str
) -> None:
    lived = scenes.SCENES[scene].lived()
    window = window_on(lived, KeptChoices(reduce_motion=True))
    qtbot.addWidget(window)
    scenes.SCENES[scene].go(window, lived)
    view = window.view
    assert isinstance(view, ExerciseView)
    assert view.library.note.accessibleDescription() == sentence
    assert (view.library.start.isEnabled(), view.library.start.toolTip()) == (False, sentence)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not [action for action in lived.acted if isinstance(action, StartSet)]
    window.finish()


def test_a_note_leads_to_the_view_that_helps(come: Come, qtbot: Any) -> None:
    trainee = come(scenes.uncalibrated())
    qtbot.mouseClick(trainee.view.library.note.button, LEFT)
    assert trainee.window.choices.view == "calibrate"


# --- a set --------------------------------------------------------------------------------------------------------------
def test_enter_starts_space_pauses_and_goes_on_enter_ends(come: Come, qtbot: Any) -> None:
    trainee = come()
    trainee.choose("clam_raise")
    qtbot.keyClick(trainee.view, Qt.Key.Key_Return)
    turn(trainee.window)
    qtbot.keyClick(trainee.view, Qt.Key.Key_Return)
    assert not acted(trainee, EndSet), "the same breath"
    trainee.lived.settle()
    trainee.repeat(22, 24)
    assert trainee.window.top.state.sentence == "Clam raise, set 1 of 2: 2 of 12. Ready."
    qtbot.keyClick(trainee.window, Qt.Key.Key_Space)
    trainee.look()
    assert trainee.view.running.pause.text() == "Go on"
    qtbot.keyClick(trainee.window, Qt.Key.Key_Space)
    trainee.look()
    assert [type(action) for action in acted(trainee, PauseSet, ResumeSet)] == [PauseSet, ResumeSet]
    qtbot.keyClick(trainee.view, Qt.Key.Key_Return)
    trainee.look()
    assert acted(trainee, EndSet)
    assert trainee.view.place is Place.DONE
    assert "2 of 12 repetitions" in trainee.view.done.done.accessibleDescription()


def test_a_set_that_was_begun_elsewhere_is_shown_as_well(come: Come) -> None:
    trainee = come()
    trainee.lived.act(StartSet(exercise=BY_NAME["clam_raise"], target=BY_NAME["clam_raise"].target))
    trainee.look()
    assert trainee.view.place is Place.SET


def test_who_does_not_see_hears_count_phase_sentence_and_range(come: Come) -> None:
    trainee = come()
    scenes.on_the_way(trainee)
    trainee.look()
    said = trainee.view.running.count.accessibleDescription()
    for part in ("5 of 12. Open.", "Last: 23°", "1 short of 18°, not counted", "Counted by sound and by vibration"):
        assert part in said
    assert trainee.view.running.arc.accessibleDescription() == "15° from the start pose. Target 18°."


def test_a_replay_is_read_only(come: Come) -> None:
    trainee = come(scenes.replayed())
    assert trainee.lived.source is SourceKind.REPLAY
    assert trainee.view.place is Place.SET
    assert not trainee.view.running.pause.isEnabled()
    assert not trainee.view.running.end.isEnabled()


# --- after a set --------------------------------------------------------------------------------------------------------
def test_comfort_is_one_click_and_can_be_changed(come: Come, qtbot: Any) -> None:
    trainee = come()
    scenes.done(trainee)
    scale = trainee.view.done.after.scale
    for value in (3, 8):
        at = scale._pitch * (value + 0.5)
        qtbot.mouseClick(scale, LEFT, pos=QPointF(at, scale.height() / 2).toPoint())
        trainee.look()
    started = trainee.lived.glance().sets.results[-1].started
    assert acted(trainee, RateSet) == [RateSet(started=started, comfort=3), RateSet(started=started, comfort=8)]
    assert scale.accessibleName().endswith("8 of 10")
    assert "Kept with the set" in trainee.view.done.after.accessibleDescription()


def test_comfort_that_was_rated_before_the_window_closed_is_shown_again(come: Come) -> None:
    trainee = come()
    scenes.done(trainee)
    started = trainee.lived.glance().sets.results[-1].started
    trainee.view._plan_came("today", PlanToday(comfort={started: 4}))
    trainee.look()
    assert trainee.view.done.after.scale.accessibleName().endswith("4 of 10")


def test_comfort_by_keys(come: Come, qtbot: Any) -> None:
    trainee = come()
    scenes.done(trainee)
    scale = trainee.view.done.after.scale
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(scale, key)
    assert [rated.comfort for rated in acted(trainee, RateSet)] == [7]  # type: ignore[attr-defined]


def test_the_next_set_begins_by_itself_after_the_rest(come: Come) -> None:
    trainee = come()
    scenes.done(trainee)
    assert "Set 2 begins by itself in 0:4" in trainee.window.top.state.sentence
    trainee.passes(50)
    assert [action.number for action in acted(trainee, StartSet)] == [1, 2]  # type: ignore[attr-defined]
    assert trainee.view.place is Place.SET


def test_space_lets_it_wait_and_enter_starts_it(come: Come, qtbot: Any) -> None:
    trainee = come()
    scenes.done(trainee)
    qtbot.keyClick(trainee.window, Qt.Key.Key_Space)
    trainee.passes(60)
    assert len(acted(trainee, StartSet)) == 1
    qtbot.keyClick(trainee.view, Qt.Key.Key_Return)
    assert [action.number for action in acted(trainee, StartSet)] == [1, 2]  # type: ignore[attr-defined]


def test_nothing_begins_by_itself_while_another_view_is_open(come: Come) -> None:
    trainee = come()
    scenes.done(trainee)
    trainee.window.open_view("now")
    trainee.passes(60)
    trainee.window.open_view("exercise")
    trainee.passes(3)
    assert len(acted(trainee, StartSet)) == 1
    assert "Set 2 begins when you start it." in trainee.window.top.state.sentence


def test_after_the_last_set_the_next_exercise_of_today_is_named_and_opened(come: Come) -> None:
    trainee = come()
    trainee.view.offer = lambda _cockpit, _plan: scenes.PLAN
    trainee.view._offer_again()
    scenes.plan_begun(trainee, back=False)
    assert "Next today: Clam raise." in trainee.view.done.after.accessibleDescription()
    trainee.view.done.others.click()
    trainee.look()
    assert trainee.view.library.opened.accessibleDescription().startswith("Clam raise.")


def test_enter_on_a_tile_opens_it_and_once_more_starts_it(come: Come, qtbot: Any) -> None:
    trainee = come()
    tile = trainee.view.library.tiles[3]
    tile.setFocus()
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    trainee.look()
    assert trainee.view.place is Place.LIBRARY
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    trainee.look()
    assert trainee.view.place is Place.SET


def test_done_for_today_leaves_and_the_library_says_how_much_is_done(come: Come, qtbot: Any) -> None:
    trainee = come()
    scenes.done(trainee)
    qtbot.mouseClick(trainee.view.done.today, LEFT)
    assert trainee.window.choices.view == "now"
    trainee.window.open_view("exercise")
    turn(trainee.window)
    assert trainee.view.place is Place.LIBRARY
    clam = next(t.tile for t in trainee.view.library.tiles if t.tile is not None and t.tile.name == "clam_raise")
    assert clam.below == "1 of 2 sets done"


# --- drawing ------------------------------------------------------------------------------------------------------------
def test_only_the_open_exercise_moves_and_a_tile_that_is_pointed_at(come: Come, monkeypatch: Any) -> None:
    trainee = come(still=False)
    library, drawn = trainee.view.library, []

    def redraw(tile: object) -> None:
        drawn.append(tile)

    turn(trainee.window, 60)
    monkeypatch.setattr(type(library.tiles[0]), "update", redraw)
    turn(trainee.window, 30)
    assert drawn == []
    where = QPointF(5, 5)
    QApplication.sendEvent(library.tiles[3], QEnterEvent(where, where, where))
    library.tiles[3].setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    for _ in range(30):
        library.advance(1 / 30)
    assert set(drawn) == {library.tiles[3]}


def test_with_less_motion_nothing_moves(come: Come) -> None:
    trainee = come()
    figure = trainee.view.library.opened.figure
    before = figure._share
    for _ in range(30):
        figure.advance(0.1)
    assert figure._share == before == 1.0


SIZES = pytest.mark.parametrize("size", [(760, 480), (1000, 600), (1280, 800), (1920, 1080)])
PAGES = pytest.mark.parametrize(
    "then", [scenes.stand_there, scenes.on_the_way, scenes.done], ids=["library", "set", "done"]
)


@SIZES
@PAGES
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_button_covers_another_or_leaves_the_view(
    come: Come, size: tuple[int, int], scale: float, then: Callable[[Trainee], object]
) -> None:
    trainee = come(size=size, scale=scale)
    then(trainee)
    trainee.look()
    view = trainee.view
    page = view.pages[view.place]
    buttons = {
        Place.LIBRARY: [view.library.change, view.library.start],
        Place.SET: [view.running.pause, view.running.end],
        Place.DONE: view.done.buttons,
    }[view.place]
    shown = [button for button in buttons if button.isVisible()]
    for k, button in enumerate(shown):
        assert page.rect().contains(button.geometry()), button.text()
        assert not any(button.geometry().intersects(other.geometry()) for other in shown[k + 1 :])
    for tile in view.library.tiles if view.place is Place.LIBRARY else ():
        assert page.rect().contains(tile.geometry())
    if scale == 1.0 and size[0] >= 1000:
        room = trainee.window.content.viewport().height()
        assert all(button.geometry().bottom() <= room for button in shown), "seen without scrolling"
    assert not [card.accessibleName() for card in view.findChildren(Card) if card.stopped]


@pytest.mark.parametrize("size", [(1280, 800), (760, 480)])
@pytest.mark.parametrize("then", [scenes.wrong_pose, scenes.on_the_way, scenes.done, scenes.editing, scenes.lost])
def test_words_as_long_as_in_german_are_not_cut_off(
    qtbot: Any, monkeypatch: Any, size: tuple[int, int], then: Callable[[Trainee], object]
) -> None:
    cut_off = CutOff(monkeypatch)
    window = window_on(streaming(), KeptChoices(reduce_motion=True), *size)
    trainee = Trainee(window, window.bridge.feed._lived)  # type: ignore[union-attr]
    then(trainee)
    turn(window)
    turn(window)
    cut_off.found.clear()
    window.grab()
    cut_off.look_at(window)
    assert sorted(cut_off.found) == []
    window.finish()

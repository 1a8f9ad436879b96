"""What a person does with the Plan view, with real clicks and keys; what is said is kept in the diary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from hipmonitor.core.errors import DiaryError
from hipmonitor.core.inbound import RestOfDay
from hipmonitor.core.programme import STARTING_PLAN, Step, WarningSign
from hipmonitor.io import places
from hipmonitor.io.diary import append, read_diary
from hipmonitor.io.plan import load_plan, save_plan, template_text
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.plan import loading
from hipmonitor.ui.dashboard.plan.plan_view import PlanView
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.kept import days as kept_days
from hipmonitor.ui.view_model.plan.check_in_fields import NOTHING
from tests.core.day_builders import DAY
from tests.ui.dashboard_lived import LivedFeed, turn, window_on
from tests.ui.kept_care import check_in, keep_care
from tests.ui.long_words import CutOff
from tests.ui.walk.lives import live

LEFT = Qt.MouseButton.LeftButton
Open = Callable[..., PlanView]


@pytest.fixture
def wall(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """It is the evening of the day, in London's winter."""
    monkeypatch.setattr(kept_days.time, "time", lambda: DAY * 86_400 + 21 * 3600)
    monkeypatch.setattr(kept_days, "local_utc_offset_s", lambda _s: 0)
    return home


@pytest.fixture
def lived() -> LivedFeed:
    return live()


@pytest.fixture
def opened(qtbot: Any, wall: Path, lived: LivedFeed) -> Iterator[Open]:
    """The view in a window, once it has read what is kept."""
    windows: list[Window] = []

    def make(size: tuple[int, int] = (1280, 800), font_scale: float = 1.0) -> PlanView:
        window = window_on(lived, KeptChoices(font_scale=font_scale, reduce_motion=True), *size)
        windows.append(window)
        window.open_view("plan")
        view = window.view
        assert isinstance(view, PlanView)
        settle(qtbot, view)
        return view

    yield make
    for window in windows:
        window.finish()


def settle(qtbot: Any, view: PlanView) -> None:
    """Until nothing is read or written any more, also what was asked for by what came."""
    for _ in range(3):
        qtbot.waitUntil(lambda: not (view.reading.busy or view.writing.busy), timeout=60_000)
        qtbot.wait(1)
    turn(view.window())  # type: ignore[arg-type]
    QApplication.processEvents()


def template() -> None:
    save_plan(template_text(STARTING_PLAN, "2026-03-02"))


# --- what there is ----------------------------------------------------------------------------------------------------


def test_without_a_plan_it_offers_the_template_and_check_ins_go_on(opened: Open) -> None:
    view = opened()
    assert view.state.accessibleDescription().startswith("No plan yet")
    assert view.check_in.isVisible()
    assert not view.today.isVisible()


def test_the_template_is_gone_through_and_confirmed(opened: Open, qtbot: Any) -> None:
    view = opened()
    qtbot.mouseClick(view.state.button, LEFT)
    assert view.confirming.isVisible()
    assert load_plan() is None, "looking writes nothing"
    qtbot.mouseClick(view.confirming.keep, LEFT)
    settle(qtbot, view)
    plan = load_plan()
    assert plan is not None
    assert (plan.set_by, plan.set_on, plan.name) == ("my physio", "2026-03-11", STARTING_PLAN.name)
    assert [entry.by for entry in read_diary().confirmed] == ["my physio"]
    assert view.today.isVisible()
    assert not view.state.isVisible()


def test_a_template_that_nobody_confirmed_says_so(opened: Open) -> None:
    template()
    view = opened()
    assert "Nobody has confirmed its numbers yet" in view.state.accessibleDescription()
    assert view.today.isVisible()


def test_a_broken_plan_names_the_field_and_is_read_again_when_mended(opened: Open, qtbot: Any) -> None:
    text = template_text(STARTING_PLAN, "2026-03-02")
    places.plan_file().write_text(text.replace("least_days = 7", 'least_days = "many"', 1))
    view = opened()
    said = view.state.accessibleDescription()
    assert "least_days" in said
    assert "plan.toml" in said
    assert view.check_in.isVisible()
    template()
    qtbot.mouseClick(view.state.button, LEFT)
    settle(qtbot, view)
    assert view.today.isVisible()


def test_a_diary_that_cannot_be_read_is_told_with_a_way_on(
    opened: Open, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "read_diary", lambda: (_ for _ in ()).throw(DiaryError("diary.jsonl: cannot be read")))
    view = opened()
    assert view.notice.accessibleDescription() == "The plan cannot be read diary.jsonl: cannot be read"
    monkeypatch.setattr(loading, "read_diary", read_diary)
    qtbot.mouseClick(view.notice.button, LEFT)
    settle(qtbot, view)
    assert view.check_in.isVisible()


def test_the_decision_that_is_shown_is_kept_once(opened: Open, qtbot: Any) -> None:
    keep_care(days=1)
    view = opened()
    view.ask()
    settle(qtbot, view)
    shown = read_diary().shown_on(DAY)
    assert shown is not None
    assert view.page is not None
    assert view.page.shown is not None
    assert view.page.shown.today.step is shown.entry.decision.step
    assert sum("decision_shown" in line for line in places.diary_file().read_text().splitlines()) == 1


def test_keys_open_the_parts(opened: Open, qtbot: Any) -> None:
    keep_care(days=1)
    view = opened()
    qtbot.keyClick(view.window(), "2")
    settle(qtbot, view)
    assert view.bends.isVisible()
    assert not view.today.isVisible()
    qtbot.keyClick(view.window(), "3")
    settle(qtbot, view)
    assert view.before.isVisible()
    assert view.before.shown is not None
    assert len(view.before.shown.charts) > 1


# --- check-ins --------------------------------------------------------------------------------------------------------


def begin(view: PlanView, qtbot: Any) -> None:
    qtbot.mouseClick(view.check_in.begin, LEFT)
    assert view.asking.isVisible()


def test_a_check_in_takes_some_clicks_and_is_kept(opened: Open, qtbot: Any) -> None:
    view = opened()
    begin(view, qtbot)
    scale = view.asking.scales["pain_worst"]
    cells = scale._cells()
    at = QPoint(round(cells.left() + 4.5 / 11 * cells.width()), round(cells.center().y()))
    qtbot.mouseClick(scale, LEFT, pos=at)
    view.asking.note.setPlainText("  A long drive. ")
    qtbot.mouseClick(view.asking.keep, LEFT)
    settle(qtbot, view)
    (kept,) = read_diary().check_ins
    assert (kept.day, kept.pain_worst, kept.pain_rest, kept.note) == (DAY, 4, None, "A long drive.")
    assert not view.asking.isVisible()
    assert "at its worst 4" in view.check_in.accessibleDescription()


def test_a_scale_hears_digits_arrows_and_delete_also_where_they_open_parts(opened: Open, qtbot: Any) -> None:
    view = opened()
    begin(view, qtbot)
    scale = view.asking.scales["stiffness"]
    assert scale.hasFocus()
    heard = []
    for key in ("3", Qt.Key.Key_Right, "1", "0", Qt.Key.Key_Delete):
        qtbot.keyClick(scale, key)
        heard.append(scale.value)
    assert heard == [3, 4, 1, 10, None]
    assert scale.accessibleDescription() == "left out"


def test_the_same_number_again_leaves_it_out(opened: Open, qtbot: Any) -> None:
    view = opened()
    begin(view, qtbot)
    scale = view.asking.scales["fatigue"]
    at = scale._cells().center().toPoint()
    qtbot.mouseClick(scale, LEFT, pos=at)
    assert scale.value == 5
    qtbot.mouseClick(scale, LEFT, pos=at)
    assert scale.value is None


def test_nothing_entered_is_said_and_not_kept(opened: Open, qtbot: Any) -> None:
    view = opened()
    begin(view, qtbot)
    qtbot.mouseClick(view.asking.keep, LEFT)
    assert view.asking.problem.text() == NOTHING
    assert read_diary().check_ins == ()


def test_escape_leaves_the_form_and_keeps_nothing(opened: Open, qtbot: Any) -> None:
    view = opened()
    begin(view, qtbot)
    qtbot.keyClick(view.window(), Qt.Key.Key_Escape)
    assert not view.asking.isVisible()
    assert view.check_in.isVisible()
    assert read_diary().check_ins == ()


def test_a_sign_rests_the_day_at_once_and_is_said_calmly(opened: Open, qtbot: Any, lived: LivedFeed) -> None:
    view = opened()
    begin(view, qtbot)
    qtbot.mouseClick(view.asking.signs[WarningSign.NUMBNESS], LEFT)
    qtbot.mouseClick(view.asking.keep, LEFT)
    assert RestOfDay() in lived.acted
    settle(qtbot, view)
    assert view.sign.isVisible()
    assert view.state_line == (
        "You entered numbness. Please talk to a clinician. Reminders and exercises are off for today; measuring goes on."
    )


def test_without_a_sign_nothing_rests(opened: Open, qtbot: Any, lived: LivedFeed) -> None:
    view = opened()
    begin(view, qtbot)
    view.asking.scales["pain_rest"].choose(9)
    qtbot.mouseClick(view.asking.keep, LEFT)
    settle(qtbot, view)
    assert RestOfDay() not in lived.acted
    assert not view.sign.isVisible()


def test_an_earlier_one_is_changed_and_deleted(opened: Open, qtbot: Any) -> None:
    before = check_in(DAY - 1, pain_rest=2, note="new shoes")
    append(before)
    view = opened()
    begin(view, qtbot)
    view.asking.opened.emit(before.made_at)
    assert view.asking.note.note == "new shoes"
    view.asking.scales["pain_rest"].choose(1)
    qtbot.mouseClick(view.asking.keep, LEFT)
    settle(qtbot, view)
    assert [(each.day, each.pain_rest, each.note) for each in read_diary().check_ins] == [(DAY - 1, 1, "new shoes")]
    begin(view, qtbot)
    view.asking.opened.emit(before.made_at)
    qtbot.mouseClick(view.asking.delete, LEFT)
    settle(qtbot, view)
    assert read_diary().check_ins == ()


def test_a_new_one_cannot_be_deleted(opened: Open, qtbot: Any) -> None:
    view = opened()
    begin(view, qtbot)
    assert not view.asking.delete.isVisible()


def test_what_cannot_be_kept_stays_in_the_form(opened: Open, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_entry: object) -> None:
        raise DiaryError("diary.jsonl: cannot be written (no space left)")

    view = opened()
    begin(view, qtbot)
    view.asking.scales["pain_rest"].choose(2)
    monkeypatch.setattr(loading, "append", full)
    qtbot.mouseClick(view.asking.keep, LEFT)
    settle(qtbot, view)
    assert view.asking.isVisible()
    assert view.asking.scales["pain_rest"].value == 2
    assert "no space left" in view.asking.problem.text()


def test_a_score_from_outside_is_added_by_name_and_deleted(opened: Open, qtbot: Any) -> None:
    view = opened()
    begin(view, qtbot)
    view.asking.score.setText("many")
    qtbot.mouseClick(view.asking.add, LEFT)
    assert "no number" in view.asking.score_row.problem.text()
    view.asking.name.setText("HAGOS pain")
    view.asking.score.setText("72,5")
    qtbot.mouseClick(view.asking.add, LEFT)
    settle(qtbot, view)
    (score,) = read_diary().outside_scores
    assert (score.name, score.score, score.day) == ("HAGOS pain", 72.5, DAY)
    view.asking.dropped.emit("outside_score", score.made_at)
    settle(qtbot, view)
    assert read_diary().outside_scores == ()


# --- overruling -------------------------------------------------------------------------------------------------------


def test_somebody_decides_otherwise_with_a_note(opened: Open, qtbot: Any) -> None:
    keep_care(days=1)
    view = opened()
    qtbot.mouseClick(view.today.overrule, LEFT)
    view.overruling.which.choose(1)
    view.overruling.who.choose(1)
    view.overruling.note.setPlainText("Travelling.")
    qtbot.mouseClick(view.overruling.keep, LEFT)
    settle(qtbot, view)
    said = [each for each in read_diary().overruled if each.day == DAY]
    assert [(each.step, each.by, each.note) for each in said] == [(Step.HOLD, "my physio", "Travelling.")]
    assert "Hold" in view.today.accessibleDescription()
    assert "Travelling." in view.today.accessibleDescription()


# --- places -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "font_scale"), [((1280, 800), 1.0), ((760, 480), 1.0), ((1280, 800), 2.0)])
def test_cards_never_overlap_and_stay_inside(opened: Open, size: tuple[int, int], font_scale: float) -> None:
    keep_care(days=1)
    view = opened(size, font_scale)
    cards = [card for card in (view.today, view.week, view.path, view.check_in, view.bars) if card.isVisible()]
    assert len(cards) == 5
    for k, card in enumerate(cards):
        assert view.rect().contains(card.geometry())
        assert card.height() >= card.wanted_height(card.width()) - 1
        assert not any(card.geometry().intersects(other.geometry()) for other in cards[k + 1 :])


def test_every_card_tells_what_it_draws(opened: Open) -> None:
    keep_care(days=1)
    view = opened()
    for card, word in (
        (view.week, "Wed 11 Mar"),
        (view.bars, "Cycling"),
        (view.path, "Phase"),
        (view.today, "11 March"),
    ):
        assert word in card.accessibleDescription()


def test_the_button_of_a_notification_brings_a_new_check_in_to_the_front(
    opened: Open, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened()
    window: Any = view.window()
    window.open_view("now")
    pressed = [True]
    monkeypatch.setattr(window.bridge.feed, "check_in_wanted", lambda: bool(pressed and pressed.pop()), raising=False)
    turn(window)
    settle(qtbot, view)
    assert view.form is view.asking
    assert view.asking.isVisible()
    view.close_form()
    turn(window)
    settle(qtbot, view)
    assert view.form is None


@pytest.mark.parametrize("size", [(1280, 800), (760, 480)])
def test_nothing_is_cut_off_however_long_the_words_are(
    wall: Path, qtbot: Any, opened: Open, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    keep_care(days=1)
    append(check_in(signs=(WarningSign.NUMBNESS,)))
    cut_off = CutOff(monkeypatch)
    view = opened(size)
    window = view.window()
    assert isinstance(window, Window)
    opens: dict[str, Callable[[], object]] = {
        "plan": lambda: None,
        "load": lambda: view.part.choose(1),
        "before": lambda: view.part.choose(2),
        "check in": view.begin_check_in,
        "overrule": lambda: view._open_form(view.overruling),
        "confirm": lambda: (view.confirming.show_plan(*loading.plan_to_confirm()), view._open_form(view.confirming)),
    }
    faults = {}
    for name, open_it in opens.items():
        open_it()
        settle(qtbot, view)
        cut_off.found.clear()
        window.grab()
        cut_off.look_at(window)
        if cut_off.found:
            faults[name] = sorted(cut_off.found)
    assert faults == {}

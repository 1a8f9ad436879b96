"""The first steps, About, and the tray."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer

from hipmonitor.core.inbound import ChangeSettings, EndQuiet, Mark, Quiet, Snooze
from hipmonitor.core.settings import Settings
from hipmonitor.io.settings import load_settings
from hipmonitor.ui.dashboard import kept_choices
from hipmonitor.ui.dashboard.about.about_view import AboutView
from hipmonitor.ui.dashboard.application import run_window
from hipmonitor.ui.dashboard.closing import Closing
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.parts import FOCUS_ROOM
from hipmonitor.ui.dashboard.tray import TrayState, tray_state
from hipmonitor.ui.dashboard.welcome.first_steps import first_steps
from hipmonitor.ui.dashboard.welcome.welcome_view import HELD, WelcomeView
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import SourceKind
from tests.ui.dashboard_lived import FeedOf, LivedFeed, choice_of, turn
from tests.ui.walk.lives import SIT, alert, live, near, no_data, quiet, streaming

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.usefixtures("home")
Show = Callable[..., Window]


def desk() -> LivedFeed:
    """Sits."""
    lived = streaming()
    lived.seconds(8, SIT, 78.0)
    return lived


@pytest.fixture
def show(qtbot: Any) -> Iterator[Show]:
    windows: list[Window] = []

    def make(lived: LivedFeed | None = None, choices: KeptChoices | None = None) -> Window:
        lived = lived or LivedFeed(Settings())
        simulated = LivedFeed(Settings(), SourceKind.SIMULATED)
        sources = [choice_of(lived), choice_of(simulated, "Simulated")]
        window = Window(sources, choices or KeptChoices(reduce_motion=True))
        windows.append(window)
        window.resize(1280, 800)
        window.show()
        window.watch(FeedOf(lived))
        first_steps(window.cockpit, steps(window))
        turn(window)
        return window

    yield make
    for window in windows:
        window.finish()


def steps(window: Window) -> WelcomeView:
    view = window.views["welcome"]
    assert isinstance(view, WelcomeView)
    return view


# --- first steps ------------------------------------------------------------------------------------------------------


def test_they_open_before_anybody_has_confirmed_the_limits(show: Show) -> None:
    window = show()
    assert window.view is steps(window)
    assert "first steps" in window.top.state.sentence.lower()


def test_next_goes_on_once_the_limits_are_confirmed_and_back_goes_back(show: Show, qtbot: Any) -> None:
    window = show()
    view = steps(window)
    assert not view.back.isEnabled()
    qtbot.mouseClick(view.next, LEFT)
    qtbot.mouseClick(view.next, LEFT)
    assert view.title.text() == "Your limits"
    assert not view.next.isEnabled()
    qtbot.mouseClick(view.back, LEFT)
    qtbot.mouseClick(view.next, LEFT)
    qtbot.mouseClick(view.pages[2].preset.confirm, LEFT)  # type: ignore[attr-defined]
    assert load_settings().confirmed
    for _ in range(3):
        qtbot.mouseClick(view.next, LEFT)
    assert window.choices.view == "now"
    assert kept_choices.read().steps_seen


def test_skipping_keeps_alerts_on_hold_and_says_so_until_the_limits_are_confirmed(show: Show, qtbot: Any) -> None:
    lived = LivedFeed(Settings())
    window = show(lived)
    qtbot.mouseClick(steps(window).skip, LEFT)
    assert window.choices.view == "now"
    assert window.top.state.sentence == HELD
    assert load_settings().alerts.mode == "track"
    action = lived.acted[-1]
    assert isinstance(action, ChangeSettings)
    assert action.settings.alerts.mode == "track"
    window.open_view("settings")
    qtbot.mouseClick(window.view.limits.preset.confirm, LEFT)  # type: ignore[attr-defined]
    assert load_settings().alerts.mode == "train"
    assert window.choices.alerts_held is False


def test_who_only_wants_to_track_is_not_told_after_confirming(show: Show) -> None:
    window = show()
    desk = window.cockpit.settings
    view = window.views["settings"]
    view.alerts.rows["alerts.mode"].give("track")  # type: ignore[attr-defined]
    view.limits.preset._confirm()  # type: ignore[attr-defined]
    assert desk.settings.confirmed
    assert desk.settings.alerts.mode == "track"


def test_who_comes_back_after_four_weeks_sees_the_limits_first(show: Show) -> None:
    choices = KeptChoices(reduce_motion=True, steps_seen=True, last_day=1)
    window = show(choices=choices)
    assert window.view is steps(window)
    assert steps(window).title.text() == "Your limits"
    assert choices.last_day > 1


def test_who_was_here_yesterday_goes_on(show: Show) -> None:
    choices = KeptChoices(reduce_motion=True, steps_seen=True)
    window = show(choices=choices)
    assert window.choices.view == "now"


def test_the_simulated_sensor_is_offered_where_there_is_no_other(show: Show, qtbot: Any) -> None:
    window = show()
    view = steps(window)
    view.go(3)
    turn(window)
    qtbot.mouseClick(view.pages[3].simulated, LEFT)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: window.bridge.feed is not None, timeout=30_000)
    assert window.choice.kind is SourceKind.SIMULATED


def test_the_steps_are_not_in_the_rail_and_not_reopened_as_the_last_view(show: Show) -> None:
    window = show(choices=KeptChoices(reduce_motion=True, view="welcome", steps_seen=True))
    assert "welcome" not in window.rail.items
    assert window.choices.view == "now"


# --- About ------------------------------------------------------------------------------------------------------------


def test_about_says_what_it_is_not_when_to_see_someone_and_whose_work_it_stands_on(show: Show, qtbot: Any) -> None:
    window = show()
    window.open_view("about")
    turn(window)
    view = window.view
    assert isinstance(view, AboutView)
    qtbot.waitUntil(lambda: "numpy" in view.parts_used.text(), timeout=30_000)
    texts = " ".join(label.text() for label in view.panel.findChildren(type(view.parts_used)))
    for words in ("It is not a medical device.", "When to see someone", "Numbness", "LGPL", "hipmonitor 0."):
        assert words in texts


# --- tray -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lived", "state"),
    [
        (live, TrayState.OK),
        (near, TrayState.NOTICE),
        (alert, TrayState.DEEP),
        (no_data, TrayState.HOLD),
        (quiet, TrayState.HOLD),
    ],
)
def test_the_icon_says_the_zone_or_that_nothing_is_told(lived: Callable[[], LivedFeed], state: TrayState) -> None:
    assert tray_state(lived().glance()) is state


def trayed(window: Window) -> Any:
    window.leaving.use_tray()
    assert window.tray is not None
    return window.tray


def test_its_tooltip_is_the_state_line_also_while_the_window_is_hidden(show: Show) -> None:
    lived = desk()
    window = show(lived, KeptChoices(reduce_motion=True, steps_seen=True))
    tray = trayed(window)
    window.hide()
    lived.silence(60)
    tray.turn()
    assert tray.icon.toolTip() == "On hold: no data for 1 min. Nothing added, nothing reset."


def test_its_menu_reaches_the_front_door(show: Show) -> None:
    lived = alert()
    window = show(lived, KeptChoices(reduce_motion=True, steps_seen=True))
    tray = trayed(window)
    words = [action.text() for action in tray.menu.actions() if action.text()]
    assert words == ["Open", "Snooze 5 min", "Quiet 1 h", "Mark", "Quit"]
    for action in (tray.snooze, tray.mark, tray.quiet):
        action.trigger()
    tray.turn()
    assert tray.quiet.text() == "End quiet"
    tray.quiet.trigger()
    assert lived.acted[-4:] == [Snooze(minutes=5.0), Mark(), Quiet(minutes=60.0), EndQuiet()]


def test_keeping_hides_the_window_and_open_brings_it_back(show: Show, monkeypatch: Any) -> None:
    window = show(desk(), KeptChoices(reduce_motion=True, steps_seen=True, closing="keep"))
    tray = trayed(window)
    monkeypatch.setattr(type(window.runner), "busy", property(lambda _self: True))
    assert not window.close()
    assert not window.isVisible()
    assert window.ended_by is None
    tray.opened.emit()
    assert window.isVisible()


def test_quit_ends_the_session_without_a_question(show: Show, monkeypatch: Any) -> None:
    window = show(desk(), KeptChoices(reduce_motion=True, steps_seen=True))
    tray = trayed(window)
    monkeypatch.setattr(type(window.runner), "busy", property(lambda _self: True))
    monkeypatch.setattr("hipmonitor.ui.dashboard.leaving.ask", lambda *_: pytest.fail("it asked"))
    tray.quit_wanted.emit()
    assert window.ended_by is Closing.STOP
    assert not tray.icon.isVisible()


def test_a_window_runs_until_it_is_stopped_and_begins_with_the_first_steps(qapp: Any) -> None:
    """As the program opens it, without a tray or with one."""
    views: list[str] = []

    def on_stop(stop: Callable[[], None]) -> None:
        def look_and_stop() -> None:
            window = next(widget for widget in qapp.topLevelWidgets() if isinstance(widget, Window))
            views.append(window.choices.view)
            stop()

        QTimer.singleShot(500, look_and_stop)

    run_window([choice_of(desk())], on_stop=on_stop)
    assert views == ["welcome"]
    assert kept_choices.read().last_day > 0


def test_buttons_stand_edge_to_edge_with_the_text_above_them(show: Show, qtbot: Any) -> None:
    window = show()
    view = steps(window)
    for number, button in ((2, "preset.confirm"), (3, "live"), (4, "calibrate")):
        view.go(number)
        turn(window)
        page = view.pages[number]
        widget = attrgetter(button)(page)
        text = view.title.mapTo(view, QPoint(0, 0)).x()
        assert widget.mapTo(view, QPoint(FOCUS_ROOM, 0)).x() == text
        assert widget.mapTo(view, QPoint(0, 0)).x() >= page.mapTo(view, QPoint(0, 0)).x(), "room for the ring"
    assert view.skip.mapTo(view, QPoint(FOCUS_ROOM, 0)).x() == text

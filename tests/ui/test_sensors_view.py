"""What a person does in the Sensors view, with real clicks and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from hipmonitor.core.inbound import ChangeSettings, LinkState
from hipmonitor.core.settings import Settings
from hipmonitor.io.places import settings_file
from hipmonitor.io.settings import dump_settings, load_settings, save_settings
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.sensors.searching import NO_SENSORS
from hipmonitor.ui.dashboard.sensors.sensors_view import NO_MOTOR, SensorsView
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import SourceKind
from hipmonitor.ui.view_model.sensor_roles import Role
from tests.ui.dashboard_lived import FeedOf, LivedFeed, turn, window_on
from tests.ui.sensor_hands import OWN, SECOND, THIRD, TableHands, heard, open_sensors
from tests.ui.walk.lives import SIT

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.usefixtures("home")
AROUND = (heard(OWN, -61), heard(SECOND, -72))
Desk = Callable[..., tuple[Window, SensorsView, TableHands]]


def lived(settings: Settings, source: SourceKind = SourceKind.LIVE) -> LivedFeed:
    feed = LivedFeed(settings, source)
    feed.link(LinkState.STREAMING, "The sensor is sending.")
    feed.seconds(4, SIT, 78.0)
    return feed


@pytest.fixture
def desk(qtbot: Any) -> Iterator[Desk]:
    """The view on a table with sensors."""
    windows: list[Window] = []

    def make(
        settings: Settings | None = None,
        *,
        source: SourceKind = SourceKind.LIVE,
        choices: KeptChoices | None = None,
        size: tuple[int, int] = (1280, 800),
        **hands: Any,
    ) -> tuple[Window, SensorsView, TableHands]:
        feed = lived(settings or Settings(side="left"), source)
        window = window_on(feed, choices or KeptChoices(reduce_motion=True), *size)
        windows.append(window)
        table = TableHands(feed, hands.pop("sensors", AROUND), **hands)
        return window, open_sensors(window, table), table

    yield make
    for window in windows:
        if isinstance(window.view, SensorsView):
            window.view.searching.stop()
        window.finish()


def settled(window: Window, view: SensorsView) -> None:
    """What was asked for has been done and told."""
    while view.aside.busy:
        turn(window)
    turn(window)


def click(qtbot: Any, window: Window, view: SensorsView, button: QWidget) -> None:
    qtbot.mouseClick(button, LEFT)
    settled(window, view)


def test_opening_it_searches_and_says_every_sensor_in_words(desk: Desk) -> None:
    window, view, _ = desk()
    said = [card.accessibleDescription() for card in view.list.rows.values()]
    assert said[0] == "hipmonitor 0001, Hip sensor: connected, 10 Hz, signal unknown, battery 84 %, Left thigh."
    assert "hipmonitor 91C2" in said[1]
    assert "signal \N{MINUS SIGN}72 dBm, battery unknown, No role." in said[1]
    assert window.top.state.sentence == "hipmonitor 0001 is connected."
    assert "Left thigh: 0001" in view.body.accessibleDescription()


def test_a_click_on_stop_ends_the_search_and_f5_begins_another(desk: Desk, qtbot: Any) -> None:
    window, view, _ = desk()
    click(qtbot, window, view, view.head.stop)
    assert not view.searching.now.running
    qtbot.keyClick(window, Qt.Key.Key_F5)
    turn(window)
    assert view.searching.now.running
    assert view.head.stop.isVisible()


def test_leaving_the_view_leaves_the_radio_alone(desk: Desk) -> None:
    window, view, _ = desk()
    window.open_view("now")
    assert not view.searching.now.running


def test_buzz_runs_the_motor_and_says_where_there_is_none(desk: Desk, qtbot: Any) -> None:
    window, view, hands = desk()
    buzz = view.list.rows[OWN].buzz
    click(qtbot, window, view, buzz)
    assert hands.done == ["buzz"]
    assert window.top.state.sentence == "It buzzed."
    hands.has_motor = False
    click(qtbot, window, view, buzz)
    assert window.top.state.sentence == NO_MOTOR
    assert not view.list.rows[SECOND].buzz.isVisible()


def test_disconnect_lets_it_go_and_connect_takes_it_again(desk: Desk, qtbot: Any) -> None:
    window, view, hands = desk()
    row = view.list.rows[OWN]
    click(qtbot, window, view, row.join)
    assert (hands.done, row.join.text()) == (["let go"], "Connect")
    assert row.accessibleDescription().count("let go, not measuring") == 1
    click(qtbot, window, view, row.join)
    assert (hands.done, row.join.text()) == (["let go", "take again"], "Disconnect")


def test_connecting_another_sensor_is_kept_and_begins_a_session_with_it(desk: Desk, qtbot: Any) -> None:
    window, view, hands = desk()
    begun: list[str] = []
    window.cockpit.hands.begin_again = lambda: begun.append(hands.wanted)
    click(qtbot, window, view, view.list.rows[SECOND].join)
    assert begun == [SECOND]
    assert load_settings().thigh_sensor == SECOND


def test_the_sensor_that_was_chosen_last_time_is_joined_by_itself(desk: Desk) -> None:
    save_settings(dump_settings(Settings(thigh_sensor=SECOND)))
    window, _view, hands = desk()
    window.watch(None)
    assert hands.wanted == SECOND


def test_a_place_is_saved_and_in_force_and_other_settings_stay(desk: Desk, home: Path) -> None:
    mine = Settings(side="left", wearer="A. B.", confirmed=True)
    save_settings(dump_settings(mine))
    window, view, hands = desk(Settings(side="left", set_by="my physio"))
    action = next(a for a in view.list.rows[SECOND].role_menu.actions() if a.text() == Role.PELVIS.value)
    action.trigger()
    settled(window, view)
    assert load_settings() == replace(mine, thigh_sensor=OWN, pelvis_sensor=SECOND)
    told = hands.lived.acted[-1]
    assert isinstance(told, ChangeSettings)
    assert (told.settings.pelvis_sensor, told.settings.set_by) == (SECOND, "my physio")
    assert "Pelvis: 91C2" in view.body.accessibleDescription()


def test_a_simulated_sensor_changes_no_settings_of_this_computer(desk: Desk, home: Path) -> None:
    window, view, hands = desk(source=SourceKind.SIMULATED)
    view.place(OWN, Role.RIGHT)
    settled(window, view)
    told = hands.lived.acted[-1]
    assert isinstance(told, ChangeSettings)
    assert told.settings.side == "right"
    assert load_settings() == Settings()


@pytest.mark.parametrize(("answer", "holder"), [(0, THIRD), (1, SECOND)])
def test_two_sensors_in_one_place_are_asked_about(desk: Desk, qtbot: Any, answer: int, holder: str) -> None:
    window, view, _ = desk(Settings(side="left", pelvis_sensor=SECOND), sensors=(*AROUND, heard(THIRD, -80)))
    view.place(THIRD, Role.PELVIS)
    turn(window)
    assert view.note.accessibleDescription().startswith("Pelvis: which of the two?")
    click(qtbot, window, view, view.note.buttons[answer])
    assert view.wearing.settings.pelvis_sensor == holder
    assert not view.note.isVisible()


def test_settings_that_cannot_be_written_are_said_and_nothing_changes(desk: Desk, home: Path) -> None:
    window, view, hands = desk()
    settings_file().mkdir(parents=True)
    before = list(hands.lived.acted)
    view.place(SECOND, Role.PELVIS)
    settled(window, view)
    assert "cannot be written" in window.top.state.sentence
    assert hands.lived.acted == before


def test_bluetooth_that_is_off_says_what_to_do_and_tries_again(desk: Desk, qtbot: Any) -> None:
    window, view, hands = desk(sensors=(), trouble="Bluetooth is off. Turn it on in the system's settings.")
    assert view.note.accessibleDescription() == "Bluetooth is off. Turn it on in the system's settings."
    hands.trouble, hands.sensors = "", AROUND
    hands.told.clear()
    qtbot.mouseClick(view.note.buttons[0], LEFT)
    assert hands.told.wait(60)
    turn(window)
    assert SECOND in view.list.rows


def test_another_source_has_other_sensors(desk: Desk) -> None:
    window, view, hands = desk()
    window.sessions.choice = replace(window.choice, sensors=TableHands(hands.lived, ()))
    window.watch(None)
    assert not view.searching.heard


def test_a_session_that_begins_while_it_is_open_is_searched_beside(desk: Desk) -> None:
    window, view, hands = desk()
    view.searching.stop()
    hands.told.clear()
    window.watch(FeedOf(hands.lived))
    assert hands.told.wait(60)


def test_a_source_without_sensors_says_so(desk: Desk) -> None:
    window, view, _ = desk()
    window.sessions.choice = replace(window.choice, sensors=None)
    view.search()
    turn(window)
    assert view.searching.now.trouble == NO_SENSORS


@pytest.mark.parametrize("size", [(1000, 600), (1280, 800), (1920, 1080), (760, 480)])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nothing_overlaps_and_no_button_is_cut(desk: Desk, size: tuple[int, int], scale: float) -> None:
    choices = KeptChoices(font_scale=scale, reduce_motion=True)
    _, view, _ = desk(Settings(side="left", pelvis_sensor=SECOND), choices=choices, size=size)
    parts = [view.head, view.list, view.foot]
    for k, part in enumerate(parts):
        assert view.rect().contains(part.geometry())
        assert not any(part.geometry().intersects(other.geometry()) for other in parts[k + 1 :])
    for row in view.list.rows.values():
        shown = [button for button in (row.role, row.buzz, row.join) if button.isVisible()]
        assert all(row.rect().adjusted(-4, 0, 4, 0).contains(button.geometry()) for button in shown)
        for k, button in enumerate(shown):
            assert not any(button.geometry().intersects(other.geometry()) for other in shown[k + 1 :])


def test_a_mistake_in_a_row_stops_that_row_only(desk: Desk) -> None:
    window, view, _ = desk()
    row = view.list.rows[SECOND]

    def stumble(*_: object) -> None:
        raise ValueError("a mistake")

    row.draw = stumble  # type: ignore[method-assign]
    row.grab()
    turn(window)
    assert row.stopped
    assert not view.list.rows[OWN].stopped

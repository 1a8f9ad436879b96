"""No sensor was ever chosen: the only one heard is joined and named; of several, the wearer chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from hipmonitor.core.settings import Settings
from hipmonitor.io.settings import dump_settings, load_settings, save_settings
from hipmonitor.ui.dashboard import first_sensor
from hipmonitor.ui.dashboard.first_sensor import SEVERAL
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.now.now_view import NowView
from hipmonitor.ui.dashboard.sensors.sensors_view import SensorsView
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model.sensors_now import HeardSensor
from tests.ui.dashboard_lived import LivedFeed, choice_of, turn
from tests.ui.sensor_hands import OWN, SECOND, TableHands, heard
from tests.ui.walk.lives import streaming

pytestmark = pytest.mark.usefixtures("home")
LEFT = Qt.MouseButton.LeftButton
ONE, OTHER = heard(OWN, -60), heard(SECOND, -50)
Open = Callable[..., tuple[Window, TableHands]]


@pytest.fixture
def opened(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setattr(first_sensor, "ALONE_S", 0.05)

    def make(sensors: Sequence[HeardSensor], choices: KeptChoices | None = None, trouble: str = "") -> Any:
        lived: LivedFeed = streaming()
        hands = TableHands(lived, sensors, trouble)
        choices = choices or KeptChoices(reduce_motion=True, closing="stop")
        window = Window([replace(choice_of(lived), sensors=hands)], choices)
        window.show()
        window.begin()
        return window, hands

    return make


def sensors_view(window: Window) -> SensorsView:
    view = window.views["sensors"]
    assert isinstance(view, SensorsView)
    return view


def test_the_only_one_heard_is_joined_named_and_remembered(opened: Open, qtbot: Any) -> None:
    window, hands = opened([ONE])
    assert window.bridge.feed is None
    qtbot.waitUntil(lambda: window.bridge.feed is not None, timeout=30_000)
    assert (hands.done, hands.wanted) == (["make free"], OWN)
    assert "0001, the only sensor heard." in window.top.state.sentence
    assert load_settings().thigh_sensor == OWN


def test_of_several_none_is_joined_before_one_was_chosen(opened: Open, qtbot: Any) -> None:
    window, hands = opened([ONE, OTHER])
    qtbot.waitUntil(lambda: window.choices.view == "sensors", timeout=30_000)
    qtbot.wait(200)
    turn(window)
    assert window.bridge.feed is None
    assert window.banner.shown is not None
    assert window.banner.shown.title == SEVERAL
    view = sensors_view(window)
    row = view.list.rows[SECOND]
    qtbot.mouseClick(row.join, LEFT)
    qtbot.waitUntil(lambda: window.bridge.feed is not None, timeout=30_000)
    assert hands.wanted == SECOND
    turn(window)
    assert window.banner.shown is None or window.banner.shown.title != SEVERAL


def test_the_one_that_was_chosen_before_is_joined_at_once(opened: Open, qtbot: Any) -> None:
    save_settings(dump_settings(Settings(thigh_sensor=SECOND)))
    window, hands = opened([ONE, OTHER])
    qtbot.waitUntil(lambda: window.bridge.feed is not None, timeout=30_000)
    assert hands.wanted == SECOND
    assert window.choices.view == "now"


def test_a_sensor_that_is_worn_elsewhere_is_no_candidate(opened: Open, qtbot: Any, home: Any) -> None:
    save_settings(dump_settings(Settings(pelvis_sensor=OWN)))
    window, hands = opened([ONE, OTHER])
    qtbot.waitUntil(lambda: window.bridge.feed is not None, timeout=30_000)
    assert hands.wanted == SECOND


def test_where_nothing_can_be_heard_it_is_said_and_can_be_tried_again(opened: Open, qtbot: Any) -> None:
    window, _ = opened([], trouble="Bluetooth is switched off. Switch it on.")
    qtbot.waitUntil(lambda: window.banner.shown is not None, timeout=30_000)
    assert window.banner.shown is not None
    assert window.banner.shown.evidence == "Bluetooth is switched off. Switch it on."
    assert list(window.banner.buttons) == ["Try again"]


def test_before_any_sensor_was_chosen_now_offers_what_there_is_to_do(opened: Open, qtbot: Any) -> None:
    window, _ = opened([])
    turn(window)
    view = window.views["now"]
    assert isinstance(view, NowView)
    search, simulated, recording = view.choices
    assert window.top.state.sentence.startswith("No sensor yet.")
    assert all(button.isVisible() for button in view.choices)
    assert not simulated.isEnabled()
    qtbot.mouseClick(recording, LEFT)
    assert window.choices.view == "replay"
    window.open_view("now")
    qtbot.mouseClick(search, LEFT)
    assert window.choices.view == "sensors"


def test_once_a_sensor_was_chosen_now_offers_nothing_else(opened: Open, qtbot: Any) -> None:
    save_settings(dump_settings(Settings(thigh_sensor=OWN)))
    window, _ = opened([ONE])
    view = window.views["now"]
    assert isinstance(view, NowView)
    qtbot.waitUntil(lambda: window.bridge.feed is not None, timeout=30_000)
    turn(window)
    assert not any(button.isVisible() for button in view.choices)

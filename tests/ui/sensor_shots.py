"""States of the Sensors view as pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hipmonitor.core.inbound import ChangeSettings
from hipmonitor.core.settings import Settings
from hipmonitor.io.ble.radio_errors import NOT_ALLOWED
from hipmonitor.ui.dashboard.theme import Scheme
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model.sensor_roles import Role
from hipmonitor.ui.view_model.sensors_now import SEARCH_S, HeardSensor
from tests.ui import dashboard_shots as shots
from tests.ui.dashboard_lived import LivedFeed, turn
from tests.ui.sensor_hands import OWN, SECOND, THIRD, TableHands, heard, open_sensors

MINE = shots.MINE
ALL = (heard(OWN, -61), heard(SECOND, -72), heard(THIRD, -83))
OFF = "Bluetooth is off. Turn it on in the system's settings."
DENIED = NOT_ALLOWED


def wearing(settings: Settings) -> Callable[[], LivedFeed]:
    def lived() -> LivedFeed:
        feed = shots.live()
        feed.act(ChangeSettings(settings=settings))
        return feed

    return lived


def with_sensors(
    sensors: tuple[HeardSensor, ...] = ALL, trouble: str = "", then: Callable[[Window], None] = lambda _window: None
) -> Callable[[Window, LivedFeed], None]:
    def look(window: Window, lived: LivedFeed) -> None:
        view = open_sensors(window, TableHands(lived, sensors, trouble))
        view.searching._began_s -= 12
        then(window)
        turn(window)

    return look


def over(window: Window) -> None:
    view = window.view
    view.searching.stop()  # type: ignore[attr-defined]
    view.searching._began_s -= SEARCH_S  # type: ignore[attr-defined]


def clash(window: Window) -> None:
    window.view.place(THIRD, Role.PELVIS)  # type: ignore[attr-defined]


def let_go(window: Window) -> None:
    window.view._let_go = True  # type: ignore[attr-defined]


BOTH = replace(MINE, pelvis_sensor=SECOND)
SHOTS = {
    "sensors": shots.Shot(of=wearing(BOTH), then=with_sensors()),
    "sensors_dark": shots.Shot(of=wearing(BOTH), then=with_sensors(), scheme=Scheme.DARK),
    "sensors_first": shots.Shot(of=shots.searching, then=with_sensors(ALL[:2])),
    "sensors_off": shots.Shot(of=shots.searching, then=with_sensors((), OFF)),
    "sensors_denied": shots.Shot(of=shots.searching, then=with_sensors((), DENIED)),
    "sensors_nothing": shots.Shot(of=shots.searching, then=with_sensors((), then=over)),
    "sensors_held": shots.Shot(of=wearing(BOTH), then=with_sensors(ALL[2:], then=over)),
    "sensors_reconnecting": shots.Shot(of=shots.no_data, then=with_sensors(())),
    "sensors_low_battery": shots.Shot(of=shots.low_battery, then=with_sensors(ALL[:2])),
    "sensors_low_battery_dark": shots.Shot(of=shots.low_battery, then=with_sensors(ALL[:2]), scheme=Scheme.DARK),
    "sensors_twice": shots.Shot(of=wearing(BOTH), then=with_sensors(then=clash)),
    "sensors_let_go": shots.Shot(of=shots.live, then=with_sensors(ALL[:1], then=let_go)),
    "sensors_small": shots.Shot(of=wearing(BOTH), then=with_sensors(), size=(1000, 600)),
    "sensors_200": shots.Shot(of=wearing(BOTH), then=with_sensors(), font_scale=2.0),
    "sensors_large": shots.Shot(of=wearing(BOTH), then=with_sensors(), size=(1920, 1080)),
}

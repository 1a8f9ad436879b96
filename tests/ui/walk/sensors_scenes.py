"""The Sensors view: found, not found, not allowed, two of the same role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from hipmonitor.core.inbound import ChangeSettings
from hipmonitor.core.settings import Settings
from hipmonitor.io.ble.radio_errors import NOT_ALLOWED
from hipmonitor.ui.dashboard.sensors.sensors_view import SensorsView
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model.sensor_roles import Role
from hipmonitor.ui.view_model.sensors_now import SEARCH_S, HeardSensor
from tests.ui.dashboard_lived import LivedFeed, turn
from tests.ui.sensor_hands import OWN, SECOND, THIRD, TableHands, heard, open_sensors
from tests.ui.walk import lives
from tests.ui.walk.scene import Scene, seen

ALL = (heard(OWN, -61), heard(SECOND, -72), heard(THIRD, -83))
OFF = "Bluetooth is off. Turn it on in the system's settings."
SEARCHED_S = 12


def wearing(settings: Settings) -> LivedFeed:
    lived = lives.live()
    lived.act(ChangeSettings(settings=settings))
    return lived


def just_opened(_view: SensorsView) -> None:
    pass


def over(view: SensorsView) -> None:
    """The search has ended."""
    view.searching.stop()
    view.searching._began_s -= SEARCH_S


def clash(view: SensorsView) -> None:
    view.place(THIRD, Role.PELVIS)


def let_go(view: SensorsView) -> None:
    view._let_go = True


def table(
    window: Window,
    lived: LivedFeed,
    *,
    sensors: tuple[HeardSensor, ...] = ALL,
    trouble: str = "",
    then: Callable[[SensorsView], object] = just_opened,
) -> None:
    """These sensors lie on the table, and have been searched for a while."""
    view = open_sensors(window, TableHands(lived, sensors, trouble))
    view.searching._began_s -= SEARCHED_S
    then(view)
    turn(window)


def of(lived: Callable[[], LivedFeed], **how: object) -> Scene:
    return Scene(lived=lived, go=partial(table, **how))  # type: ignore[arg-type]


BOTH = partial(wearing, replace(lives.MINE, pelvis_sensor=SECOND))
SCENES = {
    **seen("sensors", of(BOTH), "dark narrow small large font_200"),
    **seen("sensors_first", of(lives.searching, sensors=ALL[:2])),
    **seen("sensors_off", of(lives.searching, sensors=(), trouble=OFF), "dark"),
    **seen("sensors_denied", of(lives.searching, sensors=(), trouble=NOT_ALLOWED)),
    **seen("sensors_nothing", of(lives.searching, sensors=(), then=over)),
    **seen("sensors_held", of(BOTH, sensors=ALL[2:], then=over)),
    **seen("sensors_reconnecting", of(lives.no_data, sensors=())),
    **seen("sensors_low_battery", of(lives.low_battery, sensors=ALL[:2]), "dark"),
    **seen("sensors_twice", of(BOTH, then=clash)),
    **seen("sensors_let_go", of(lives.live, sensors=ALL[:1], then=let_go)),
}

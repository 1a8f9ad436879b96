"""The Settings view: every section, and what a change brings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from hipmonitor.core.settings import WorkingHours
from hipmonitor.ui.dashboard.errands import Errands
from hipmonitor.ui.dashboard.settings.settings_view import SettingsView
from hipmonitor.ui.dashboard.window import Window
from tests.ui.dashboard_lived import LivedFeed
from tests.ui.walk import lives
from tests.ui.walk.scene import Scene, seen, settle

WEEK = WorkingHours(
    monday="08:00-12:00, 13:00-18:00",
    tuesday="08:00-18:00",
    wednesday="08:30-18:00",
    thursday="08:00-18:00",
    friday="08:00-14:00",
    saturday="off",
    sunday="off",
)


def just_opened(_view: SettingsView) -> None:
    pass


def opened(
    window: Window, _lived: LivedFeed, *, section: str, then: Callable[[SettingsView], object] = just_opened
) -> None:
    window.cockpit.errands = Errands(
        try_desktop=lambda _say: None, try_sound=lambda _volume, _say: None, export=lambda _folder: ()
    )
    window.open_view("settings")
    view = window.view
    assert isinstance(view, SettingsView)
    view.open(section)
    then(view)
    settle(window)


def saved(view: SettingsView) -> None:
    view.limits.rows["sitting.sit_limit_min"].give("25")


def wrong(view: SettingsView) -> None:
    control = view.limits.rows["sitting.sit_limit_min"]
    control.control.field.setText("900")  # type: ignore[attr-defined]
    control.give("900")


def by_physio(view: SettingsView) -> None:
    view.limits.preset.which.choose(1)


def tried(view: SettingsView) -> None:
    view.alerts.try_banner.click()


def week(view: SettingsView) -> None:
    view.cockpit.settings.change(lambda settings: replace(settings, working_hours=WEEK))
    view.quiet.grid.setFocus()


def of(section: str, then: Callable[[SettingsView], object] = just_opened) -> Scene:
    return Scene(lived=lives.desk, go=partial(opened, section=section, then=then))


SCENES = {
    **seen("settings_limits", of("Limits"), "dark narrow"),
    **seen("settings_saved", of("Limits", saved)),
    **seen("settings_wrong", of("Limits", wrong), "dark"),
    **seen("settings_physio", of("Limits", by_physio), "font_200"),
    **seen("settings_alerts", of("Alerts"), "dark narrow small large font_200_small"),
    **seen("settings_try", of("Alerts", tried), "dark"),
    **seen("settings_quiet", of("Quiet times", week), "dark narrow font_200"),
    **seen("settings_display", of("Display"), "dark"),
    **seen("settings_recording", of("Recording"), "dark"),
    **seen("settings_sensors", of("Sensors"), "dark"),
    **seen("settings_data", of("Data"), "dark narrow"),
    **seen("settings_about", of("About"), "dark"),
}

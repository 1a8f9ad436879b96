"""Settings, first steps, About and the closing question as pictures; part of `tests.ui.dashboard_shots`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt

from hipmonitor.core.settings import WorkingHours
from hipmonitor.ui.dashboard.closing import ClosingQuestion
from hipmonitor.ui.dashboard.errands import Errands
from hipmonitor.ui.dashboard.settings.settings_view import SettingsView
from hipmonitor.ui.dashboard.theme import Scheme
from hipmonitor.ui.dashboard.welcome.welcome_view import WelcomeView
from hipmonitor.ui.dashboard.window import Window
from tests.ui.dashboard_lived import LivedFeed, turn
from tests.ui.dashboard_shots import LARGE, SIT, Shot, streaming

Done = Callable[[SettingsView], object]
WEEK = WorkingHours(
    monday="08:00-12:00, 13:00-18:00",
    tuesday="08:00-18:00",
    wednesday="08:30-18:00",
    thursday="08:00-18:00",
    friday="08:00-14:00",
    saturday="off",
    sunday="off",
)


def desk() -> LivedFeed:
    lived = streaming()
    lived.seconds(20, SIT, 78.0)
    return lived


def settings(section: str, done: Done, window: Window, _lived: LivedFeed) -> None:
    window.cockpit.errands = Errands(
        try_desktop=lambda _say: None, try_sound=lambda _volume, _say: None, export=lambda _folder: ()
    )
    window.open_view("settings")
    view = window.view
    assert isinstance(view, SettingsView)
    view.open(section)
    done(view)
    settle(window)


def settle(window: Window) -> None:
    """What is read aside comes."""
    for _ in range(4):
        turn(window)
        time.sleep(0.05)


def step(number: int, window: Window, _lived: LivedFeed) -> None:
    window.open_view("welcome")
    view = window.view
    assert isinstance(view, WelcomeView)
    view.go(number)
    settle(window)


def about(window: Window, _lived: LivedFeed) -> None:
    window.open_view("about")
    settle(window)


def scrolled(window: Window, lived: LivedFeed) -> None:
    about(window, lived)
    window.content.verticalScrollBar().setValue(10_000)


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


def closing(window: Window, _lived: LivedFeed) -> None:
    question = ClosingQuestion(window.theme, "", window)
    question.setModal(False)
    question.setWindowFlags(Qt.WindowType.Widget)
    question.setAutoFillBackground(True)
    question.adjustSize()
    question.move(380, 280)
    question.show()


def nothing(_view: SettingsView) -> None:
    pass


def of(section: str, done: Done = nothing, **how: object) -> Shot:
    return Shot(of=desk, then=partial(settings, section, done), **how)  # type: ignore[arg-type]


DARK = Scheme.DARK
SHOTS = {
    "settings_limits": of("Limits"),
    "settings_saved": of("Limits", saved),
    "settings_wrong": of("Limits", wrong),
    "settings_physio": of("Limits", by_physio),
    "settings_limits_dark": of("Limits", scheme=DARK),
    "settings_alerts": of("Alerts"),
    "settings_try": of("Alerts", tried),
    "settings_quiet": of("Quiet times", week),
    "settings_quiet_dark": of("Quiet times", week, scheme=DARK),
    "settings_display": of("Display"),
    "settings_recording": of("Recording"),
    "settings_sensors": of("Sensors"),
    "settings_data": of("Data"),
    "settings_data_dark": of("Data", scheme=DARK),
    "settings_about": of("About"),
    "settings_font_200": of("Limits", by_physio, font_scale=LARGE),
    "settings_quiet_200": of("Quiet times", week, font_scale=LARGE),
    "settings_small": of("Alerts", size=(1000, 600)),
    "settings_tiny_200": of("Alerts", size=(1000, 600), font_scale=LARGE),
    "settings_large": of("Alerts", size=(1920, 1080)),
    **{f"steps_{k + 1}": Shot(of=desk, then=partial(step, k)) for k in range(5)},
    "steps_3_dark": Shot(of=desk, then=partial(step, 2), scheme=DARK),
    "steps_2_font_200": Shot(of=desk, then=partial(step, 1), font_scale=LARGE),
    "about": Shot(of=desk, then=about),
    "about_end_dark": Shot(of=desk, then=scrolled, scheme=DARK),
    "closing": Shot(of=desk, then=closing),
}

"""The list of views: a new one is a row here and a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hipmonitor.ui.dashboard.about.about_view import AboutView
from hipmonitor.ui.dashboard.calibrate.calibrate_view import CalibrateView
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.exercise.exercise_view import ExerciseView
from hipmonitor.ui.dashboard.history.history_view import HistoryView
from hipmonitor.ui.dashboard.now.now_view import NowView
from hipmonitor.ui.dashboard.plan.plan_view import PlanView
from hipmonitor.ui.dashboard.replay.replay_view import ReplayView
from hipmonitor.ui.dashboard.sensors.sensors_view import SensorsView
from hipmonitor.ui.dashboard.settings.settings_view import SettingsView
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.dashboard.welcome.welcome_view import WelcomeView


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRow:
    """One view, and its entry in the rail."""

    name: str
    word: str
    icon: str
    make: Callable[[Cockpit], View]
    at_bottom: bool = False
    in_rail: bool = True
    """Otherwise it is opened by the program."""


VIEWS: tuple[ViewRow, ...] = (
    ViewRow(name="now", word="Now", icon="now", make=NowView),
    ViewRow(name="history", word="History", icon="history", make=HistoryView),
    ViewRow(name="exercise", word="Exercise", icon="exercise", make=ExerciseView),
    ViewRow(name="plan", word="Plan", icon="plan", make=PlanView),
    ViewRow(name="sensors", word="Sensors", icon="sensors", make=SensorsView),
    ViewRow(name="calibrate", word="Calibrate", icon="calibrate", make=CalibrateView),
    ViewRow(name="replay", word="Replay", icon="replay", make=ReplayView),
    ViewRow(name="settings", word="Settings", icon="settings", make=SettingsView),
    ViewRow(name="about", word="About", icon="about", make=AboutView, at_bottom=True),
    ViewRow(name="welcome", word="First steps", icon="about", make=WelcomeView, in_rail=False),
)
"""In the order of the rail; Ctrl+1 is the first."""

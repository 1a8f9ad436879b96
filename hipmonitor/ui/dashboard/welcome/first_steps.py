"""Whether the first steps are due: nobody has confirmed the limits yet, or the wearer was away for four weeks."""

from __future__ import annotations

import time

from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.welcome.pages import LIMITS_PAGE
from hipmonitor.ui.dashboard.welcome.welcome_view import WelcomeView
from hipmonitor.ui.view_model.limits_set import AGAIN_AFTER_DAYS

S_PER_DAY = 86_400
VIEW = "welcome"


def days_away(choices: KeptChoices, today: int) -> int:
    """Since the window was open last; 0 where it never was."""
    return max(0, today - choices.last_day) if choices.last_day else 0


def first_steps(cockpit: Cockpit, view: WelcomeView) -> None:
    """Open them, where they are due; who comes back begins at the limits, as they are."""
    choices, today = cockpit.choices, int(time.time()) // S_PER_DAY
    away, choices.last_day = days_away(choices, today), today
    if not choices.steps_seen and not cockpit.settings.settings.confirmed:
        cockpit.open_view(VIEW)
    elif away >= AGAIN_AFTER_DAYS:
        view.go(LIMITS_PAGE)
        cockpit.open_view(VIEW)

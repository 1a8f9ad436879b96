"""Where the view has its exercises from: those in force, and targets that were changed in this window."""

from __future__ import annotations

from hipmonitor.core.errors import SettingsError
from hipmonitor.io.exercises import exercises_in_force
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.view_model.exercise.offered import Offered, target_from


def offered_today(cockpit: Cockpit) -> Offered:
    """As of now. A provider's file that cannot be read is said, and the library stands in for it."""
    trouble = ""
    try:
        exercises = exercises_in_force()
    except SettingsError as error:
        exercises, trouble = exercises_in_force(files=()), f"{error}. Until then the library is shown as it is."
    kept = {name: target_from(value) for name, value in cockpit.choices.exercise_targets.items()}
    return Offered(
        exercises=exercises,
        targets={name: target for name, target in kept.items() if target is not None},
        trouble=trouble,
    )

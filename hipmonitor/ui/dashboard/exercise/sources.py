"""Where the view has its exercises from: those in force, and targets that were changed in this window."""

from __future__ import annotations

from hipmonitor.core.exercise import LIBRARY
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.view_model.exercise.offered import Offered, target_from


def offered_today(cockpit: Cockpit) -> Offered:
    """As of now."""
    kept = {name: target_from(value) for name, value in cockpit.choices.exercise_targets.items()}
    return Offered(
        exercises=tuple(each for each in LIBRARY if not each.provider_only),
        targets={name: target for name, target in kept.items() if target is not None},
    )

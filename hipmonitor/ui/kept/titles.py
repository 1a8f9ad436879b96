"""What exercises are called: those of the library, and the provider's own."""

from __future__ import annotations

from collections.abc import Callable

from hipmonitor.io.exercises import exercises_in_force
from hipmonitor.ui.view_model.plan.today_look import title_in_words


def titles() -> Callable[[str], str]:
    """An exercise's title by its name; of one that is not known its name in words.

    Raises:
        SettingsError: a provider's file is wrong; names file, field and remedy.
    """
    known = {exercise.name: exercise.title for exercise in exercises_in_force()}
    return lambda name: known.get(name, title_in_words(name))

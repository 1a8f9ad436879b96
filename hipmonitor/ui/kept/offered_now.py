"""Exercises that can be begun now: those in force, targets that the wearer chose, and what today's decision of the plan asks for."""

from __future__ import annotations

from hipmonitor.core.programme import Planned
from hipmonitor.io.exercises import exercises_in_force
from hipmonitor.io.own_targets import own_targets
from hipmonitor.io.places import plan_file
from hipmonitor.ui.kept.care import care_today
from hipmonitor.ui.kept.days import civil_now
from hipmonitor.ui.view_model.exercise.offered import Offered


def offered_now() -> Offered:
    """Of this computer.

    Raises:
        SettingsError, HistoryError, DiaryError: they cannot be read; name the remedy.
    """
    return Offered(exercises=exercises_in_force(), planned=_planned(), targets=own_targets())


def _planned() -> tuple[Planned, ...]:
    """None without a plan, and none on a day of rest."""
    stands = care_today(civil_now()).stands if plan_file().exists() else None
    return () if stands is None else stands.decision.exercises

"""Where the view has its exercises from: those in force, what the plan asks for today, and targets changed in this window."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.exercise import SetResult
from hipmonitor.core.programme import Planned, Step
from hipmonitor.io.exercises import exercises_in_force
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.kept.care import care_today
from hipmonitor.ui.kept.days import civil_now
from hipmonitor.ui.view_model.exercise.offered import Offered, target_from


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanToday:
    """What is kept about today."""

    planned: tuple[Planned, ...] = ()
    rest_day: bool = False
    off: bool = False
    """A warning sign was entered."""
    done: tuple[SetResult, ...] = ()
    """Sets of today that are in the history."""


def plan_today() -> PlanToday:
    """Of this computer's plan, diary and history. Takes a moment: not for the window's thread.

    Raises:
        HipmonitorError: it cannot be read; names the remedy.
    """
    today = care_today(civil_now())
    done = today.care.days[-1].sets if today.care.days else ()
    if today.stands is None:
        return PlanToday(done=done)
    decision = today.stands.decision
    return PlanToday(
        planned=decision.exercises,
        rest_day=decision.step is Step.REST,
        off=decision.step is Step.OFF,
        done=done,
    )


def offered_today(cockpit: Cockpit, plan: PlanToday) -> Offered:
    """As of now. A provider's file that cannot be read is said, and the library stands in for it."""
    trouble = ""
    try:
        exercises = exercises_in_force()
    except SettingsError as error:
        exercises, trouble = exercises_in_force(files=()), f"{error}. Until then the library is shown as it is."
    kept = {name: target_from(value) for name, value in cockpit.choices.exercise_targets.items()}
    return Offered(
        exercises=exercises,
        planned=plan.planned,
        rest_day=plan.rest_day,
        targets={name: target for name, target in kept.items() if target is not None},
        trouble=trouble,
    )

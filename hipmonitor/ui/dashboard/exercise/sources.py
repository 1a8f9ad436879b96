"""Where the view has its exercises from: those in force, what the plan asks for today, and targets that the wearer chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.exercise import SetResult
from hipmonitor.core.exercises import Target
from hipmonitor.core.instants import HostNs
from hipmonitor.core.programme import Planned, Step
from hipmonitor.io.exercises import exercises_in_force
from hipmonitor.io.own_targets import keep_own_target, own_targets
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.kept.care import care_today, comfort_of_day
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
    comfort: Mapping[HostNs, int] = field(default_factory=dict)
    """As they were rated, by their start."""


def plan_today() -> PlanToday:
    """Of this computer's plan, diary and history. Takes a moment: not for the window's thread.

    Raises:
        HipmonitorError: it cannot be read; names the remedy.
    """
    now = civil_now()
    today, comfort = care_today(now), comfort_of_day(now.civil_day)
    done = today.care.days[-1].sets if today.care.days else ()
    if today.stands is None:
        return PlanToday(done=done, comfort=comfort)
    decision = today.stands.decision
    return PlanToday(
        planned=decision.exercises,
        rest_day=decision.step is Step.REST,
        off=decision.step is Step.OFF,
        done=done,
        comfort=comfort,
    )


def offered_today(cockpit: Cockpit, plan: PlanToday) -> Offered:
    """As of now. A provider's file that cannot be read is said, and the library stands in for it."""
    trouble, targets = "", {}
    try:
        exercises = exercises_in_force()
        targets = own_targets_of(cockpit.choices)
    except SettingsError as error:
        exercises, trouble = exercises_in_force(files=()), f"{error}. Until then the library is shown as it is."
    return Offered(
        exercises=exercises,
        planned=plan.planned,
        rest_day=plan.rest_day,
        targets=targets,
        trouble=trouble,
    )


def own_targets_of(choices: KeptChoices) -> dict[str, Target]:
    """Those kept on this computer; what an older window remembered by itself moves there, and gives way to what is there.

    Raises:
        SettingsError: they cannot be read or written.
    """
    kept = own_targets()
    for name, value in list(choices.exercise_targets.items()):
        target = target_from(value)
        if target is not None and name not in kept:
            keep_own_target(name, target)
            kept[name] = target
        del choices.exercise_targets[name]
    return kept

"""Today's decision: the step, the phase, every reason, what is offered, and the note of whoever decided otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hipmonitor.core.exercises import Target
from hipmonitor.core.programme import Decision, Plan, Planned, Step
from hipmonitor.ui.view_model.civil_dates import long_name
from hipmonitor.ui.view_model.durations import exact
from hipmonitor.ui.view_model.plan.step_names import STEPS

NO_DECISION = "The plan made no decision for today."


TitleOf = Callable[[str], str]
"""An exercise's title by its name."""


def title_in_words(exercise: str) -> str:
    """Of one whose title is not known."""
    return exercise.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayLook:
    """One day."""

    day: int
    date: str
    """Wednesday 11 March."""
    step: Step | None
    word: str
    icon: str
    means: str
    phase: str
    """Phase 2 of 4: Build up."""
    reasons: tuple[str, ...]
    offered: tuple[str, ...]
    """Clam raise: 2 sets of 12; a line each."""
    note: str
    """Of whoever decided otherwise; the reason says what and who."""
    overruled: bool
    may_overrule: bool

    @property
    def spoken(self) -> str:
        """In words."""
        parts = (f"{self.date}: {self.word}.", self.means, f"{self.phase}.", *self.reasons, *self.offered, self.note)
        return " ".join(part for part in parts if part)


def today_look(plan: Plan, decisions: Sequence[Decision], today: int, title_of: TitleOf) -> TodayLook:
    """Of today."""
    decision = next((each for each in reversed(decisions) if each.day == today), None)
    name = None if decision is None else STEPS[decision.step]
    return TodayLook(
        day=today,
        date=long_name(today).rsplit(" ", 1)[0],
        step=None if decision is None else decision.step,
        word="No decision yet" if name is None else name.word,
        icon="wait" if name is None else name.icon,
        means="" if name is None else name.means,
        phase=phase_words(plan, decisions[-1].phase if decisions else plan.phases[0].name),
        reasons=(NO_DECISION,) if decision is None else tuple(told_reasons(decision)),
        offered=() if decision is None else tuple(offered_words(each, title_of) for each in decision.exercises),
        note="" if decision is None or decision.overruled is None else decision.overruled.note,
        overruled=decision is not None and decision.overruled is not None,
        may_overrule=decision is not None and decision.step is not Step.OFF,
    )


def told_reasons(decision: Decision) -> list[str]:
    """What would lead on is no matter on a day on which the plan steps back."""
    back = decision.step is Step.STEP_BACK
    return [reason.sentence for reason in decision.reasons if not (back and reason.leads_to is Step.GO_ON)]


def worked_out_again(look: TodayLook, again: Decision | None) -> TodayLook:
    """What the wearer was shown stays; that it would be another decision by now stands below the reasons."""
    if again is None:
        return look
    word = STEPS[again.step].word.lower()
    words = f"From what was settled since, it would be: {word}. What you were shown stays."
    return replace(look, reasons=(*look.reasons, words))


def phase_words(plan: Plan, name: str) -> str:
    """Phase 2 of 4: Build up."""
    for number, phase in enumerate(plan.phases, start=1):
        if phase.name == name:
            return f"Phase {number} of {len(plan.phases)}: {phase.title}"
    return name


def offered_words(planned: Planned, title_of: TitleOf) -> str:
    """Clam raise: 2 sets of 12; Walk and jog: 6 times 2 min walking, 1 min jogging."""
    wanted = "" if planned.target is None else target_words(planned.target)
    return f"{title_of(planned.exercise)}{f': {wanted}' if wanted else ''}"


def target_words(target: Target) -> str:
    """What is asked for, in one line."""
    if target.rounds and target.jog_s:
        return f"{target.rounds} times {exact(target.walk_s)} walking, {exact(target.jog_s)} jogging"
    if target.minutes:
        return f"{target.minutes:g} min"
    sets = f"{target.sets} set{'s' * (target.sets != 1)}"
    if target.repetitions:
        return f"{sets} of {target.repetitions}{f', held {target.hold_s:g} s' if target.hold_s else ''}"
    return f"{sets}, held {target.hold_s:g} s" if target.hold_s else sets

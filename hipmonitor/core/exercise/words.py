"""What is said during a set and at its end: short, calm, one thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from hipmonitor.core.exercise.blocks import Effort, EndedBy, Phase, Repetition
from hipmonitor.core.exercises import Counts, Exercise, Target

RESTING = "Exercises rest until tomorrow, because a sign for a clinician was entered. Please talk to a clinician."
UNJUDGED = "Begin. The start pose could not be checked, because it is not known yet how the sensor sits."
BEGIN = "Good, begin."
_ENDED = {
    EndedBy.WEARER: "",
    EndedBy.TARGET: "",
    EndedBy.SENSOR: " The set ended because the sensor was not heard or not worn any more.",
    EndedBy.REST_OF_DAY: " The set ended because a sign for a clinician was entered.",
}


def many(count: int, one: str) -> str:
    """1 hold, 2 holds."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def of_repetitions(
    exercise: Exercise, target: Target, repetitions: Sequence[Repetition], counted_s: float, ended_by: EndedBy
) -> str:
    """What was done against the target."""
    full = [each for each in repetitions if each.effort is Effort.FULL]
    partial = len(repetitions) - len(full)
    word = "hold" if exercise.counts is Counts.HOLDS else "repetition"
    done = f"{len(full)} of {many(target.repetitions, word)}" if target.repetitions else many(len(full), word)
    parts = [done]
    if full and exercise.counts is Counts.HOLDS:
        parts.append(f"{counted_s:.0f} s held")
    elif full:
        asked = f" of {target.range_deg:.0f}" if target.range_deg else ""
        parts.append(f"usually {median(each.range_deg for each in full):.0f}{asked} degrees")
    if partial:
        parts.append(f"{partial} partial")
    return ", ".join(parts) + "." + _ENDED[ended_by]


def of_minutes(target: Target, counted_s: float, jogged_s: float, ended_by: EndedBy) -> str:
    """What was done against the target."""
    if target.rounds:
        asked_s = target.rounds * (target.walk_s + target.jog_s)
        done = f"{minutes(counted_s)} of {minutes(asked_s)} min walked and jogged, {minutes(jogged_s)} of them jogged."
    else:
        asked = f" of {minutes(target.minutes * 60)}" if target.minutes else ""
        done = f"{minutes(counted_s)}{asked} min."
    return done + _ENDED[ended_by]


def minutes(seconds: float) -> str:
    """Minutes with at most one decimal."""
    return f"{round(seconds / 60, 1):g}"


def after(exercise: Exercise, target: Target, last: Repetition, full: int) -> str:
    """After a repetition or a hold."""
    if last.effort is Effort.PARTIAL:
        if exercise.counts is Counts.HOLDS:
            return "Let go early: that one was partial."
        return f"Partial: {last.range_deg:.0f} degrees."
    if target.repetitions and full < target.repetitions:
        return f"{full}. {target.repetitions - full} to go."
    return f"{full}."


def in_phase(phase: Phase, target: Target, hold_s: float) -> str:
    """While nothing was just seen."""
    if phase is Phase.PAUSED:
        return "Paused."
    if phase is Phase.HOLDING and target.hold_s:
        left_s = target.hold_s - hold_s
        return f"Hold: {left_s:.0f} s." if left_s > 0 else "Enough, come back slowly."
    return {Phase.MOVING: "On the way.", Phase.HOLDING: "Hold.", Phase.RETURNING: "Slowly back."}.get(phase, "")


def by_turns(target: Target, since_s: float) -> str:
    """Which of walking and jogging it is now, how long still, and what comes then."""
    turn_s = target.walk_s + target.jog_s
    done, into_s = divmod(since_s, turn_s)
    if done >= target.rounds:
        return "Done. Walk easily for a while."
    walks = into_s < target.walk_s
    left_s = (target.walk_s if walks else turn_s) - into_s
    now, then = ("Walk", "jog") if walks else ("Jog", "walk")
    last = not walks and done == target.rounds - 1
    return (
        f"{now} now: {left_s:.0f} s, then {'you are done' if last else then}. Round {done + 1:.0f} of {target.rounds}."
    )


def minutes_left(left_s: float) -> str:
    """Of a set with a target."""
    return f"{minutes(left_s)} min to go."


def minutes_done(done_s: float) -> str:
    """Of a set without one."""
    return f"{minutes(done_s)} min."

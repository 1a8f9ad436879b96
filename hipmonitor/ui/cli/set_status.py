"""The set that runs, and the one that ended last, as plain values for whoever asks the monitor, and as a line."""

from __future__ import annotations

from hipmonitor.core.exercise import ExerciseNow, SetResult
from hipmonitor.runtime.counting_aloud import CountingAloud
from hipmonitor.ui.view_model import Glance
from hipmonitor.ui.view_model.exercise.readiness import readiness
from hipmonitor.ui.view_model.exercise.set_look import set_look


def set_document(glance: Glance, counting: CountingAloud | None) -> dict[str, object]:
    """Instants in nanoseconds since 1970; `line` is for people."""
    sets, ready = glance.sets, readiness(glance, rest_day=False)
    return {
        "resting": sets.resting,
        "refused": ready.refused,
        "note": "" if ready.refused else ready.note,
        "now": None if sets.now is None else {**_running(sets.now), "line": set_line(glance)},
        "not_counted_by": {} if counting is None else counting.failures(),
        "ended": _ended(sets.results[-1]) if sets.results else None,
    }


def set_line(glance: Glance) -> str:
    """Bridge, set 1 of 2: 4 of 10, 1 short of 20°, not counted. 4. 6 to go. Empty while no set runs."""
    look = set_look(glance)
    if look is None:
        return ""
    done = ", ".join(part for part in (f"{look.big} {look.of}".strip(), look.quietly) if part)
    return f"{look.whole_title}: {done}. {look.sentence}".rstrip()


def _running(now: ExerciseNow) -> dict[str, object]:
    return {
        "exercise": now.exercise.name,
        "title": now.exercise.title,
        "number": now.number,
        "started_ns": now.started,
        "target": now.target,
        "phase": now.phase,
        "full": now.full,
        "partial": now.partial,
        "angle_deg": now.angle_deg,
        "trusted": now.trusted,
        "hold_s": now.hold_s,
        "counted_s": now.counted_s,
        "sentence": now.sentence,
    }


def _ended(result: SetResult) -> dict[str, object]:
    return {
        "exercise": result.exercise,
        "title": result.title,
        "number": result.number,
        "started_ns": result.started,
        "ended_ns": result.ended,
        "side": result.side,
        "target": result.target,
        "full": result.full,
        "partial": result.partial,
        "repetitions": result.repetitions,
        "counted_s": result.counted_s,
        "unseen_s": result.unseen_s,
        "ended_by": result.ended_by,
        "sentence": result.sentence,
    }

"""Guided sets, and their repetitions, as tables."""

from __future__ import annotations

from hipmonitor.core.exercise import Effort, Repetition, SetResult
from hipmonitor.io.export import Table
from hipmonitor.runtime.exporting.results import Results
from hipmonitor.runtime.exporting.times_columns import listed, span_columns


def sets(r: Results) -> Table:
    """One row a guided set that ended."""
    found = r.analysis.sets
    return listed(
        r,
        "sets",
        "one row a guided set that ended",
        found,
        span_columns(r, [(s.started, s.ended) for s in found]),
        {
            "exercise": ("its name, which stays", lambda s: s.exercise),
            "title": ("as it was shown", lambda s: s.title),
            "set_number": ("of this exercise in a row", lambda s: s.number),
            "side": ("the thigh that wears the sensor", lambda s: s.side),
            "repetitions": ("or holds, that reached the target", lambda s: s.full),
            "partial_repetitions": ("that fell short", lambda s: s.partial),
            "asked_repetitions": ("0 = any number", lambda s: s.target.repetitions),
            "asked_range_deg": ("0 = any", lambda s: s.target.range_deg),
            "asked_hold_s": ("0 = none", lambda s: s.target.hold_s),
            "counted_s": ("in its activities, or held", lambda s: s.counted_s),
            "unseen_s": ("without a usable angle", lambda s: s.unseen_s),
            "ended_by": ("wearer, target, sensor, rest_of_day", lambda s: s.ended_by.value),
            "sentence": ("what was done against the target", lambda s: s.sentence),
        },
    )


def repetitions(r: Results) -> Table:
    """One row a repetition or hold of a guided set."""
    found: list[tuple[SetResult, Repetition]] = [(s, each) for s in r.analysis.sets for each in s.repetitions]
    return listed(
        r,
        "repetitions",
        "one row a repetition or hold of a guided set",
        found,
        span_columns(r, [(each.start, each.end) for _, each in found]),
        {
            "set_start_s": ("of its set, since the first row", lambda pair: r.seconds_in(pair[0].started)),
            "exercise": ("its name", lambda pair: pair[0].exercise),
            "full": ("reached the target; False = partial", lambda pair: pair[1].effort is Effort.FULL),
            "repetition_number": ("of its kind, full or partial", lambda pair: pair[1].number),
            "range_deg": ("from the start pose to its far end", lambda pair: pair[1].range_deg),
            "up_s": ("on the way there", lambda pair: pair[1].up_s),
            "hold_s": ("at the far end, or beyond the target of a hold", lambda pair: pair[1].hold_s),
            "down_s": ("on the way back", lambda pair: pair[1].down_s),
            "trusted": ("whether its angles can be relied on", lambda pair: pair[1].trusted),
        },
    )

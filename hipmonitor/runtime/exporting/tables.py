"""Results as tables: one row a sample, a second, a span of activity, a bout, or an event. Units stand in the columns' names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from math import isfinite, nan

import numpy as np

from hipmonitor.core.arrays import Singles
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.export import Column, Table
from hipmonitor.runtime.exporting.results import Results
from hipmonitor.runtime.exporting.seconds_table import seconds
from hipmonitor.runtime.exporting.sets_table import repetitions, sets
from hipmonitor.runtime.exporting.times_columns import clock_words, listed, moment_columns, reading_column, span_columns

ANGLES = {
    "thigh_flexion_deg": "0 in own quiet standing, + knee forward and up, 90 thigh horizontal",
    "thigh_inclination_deg": "angle of the thigh from the vertical, 0-180",
    "thigh_roll_deg": "+ kneecap towards the midline; a hint, none near the vertical",
    "hip_flexion_deg": "pelvis to thigh, measured or estimated (see hip_method)",
    "hip_flexion_sd_deg": "one standard deviation of hip_flexion_deg",
    "hip_adduction_deg": "only with a pelvis sensor",
    "hip_adduction_sd_deg": "one standard deviation of it",
    "hip_rotation_deg": "+ internal, from the own average of standing and walking; only with a pelvis sensor",
    "hip_rotation_sd_deg": "one standard deviation of it",
    "pelvis_tilt_deg": "+ tipped forward, 0 in own quiet standing; only with a pelvis sensor",
}
AXES = ("x", "y", "z")


def samples(r: Results) -> Table:
    """One row a measured sample."""
    a = r.analysis
    columns = [
        Column(name="t_ns", meaning=clock_words(r), values=a.t_ns),
        Column(name="time_s", meaning="since the first row", values=(a.t_ns - r.start_ns) / NS_PER_S, decimals=6),
        *_vector("acc", "mps2", "specific force, sensor axes", r.measured.acc_mps2),
    ]
    if r.measured.has_gyroscope:
        columns += _vector("gyr", "radps", "angular rate, sensor axes", r.measured.gyr_radps)
    quaternion = zip("wxyz", a.world_from_sensor.T, strict=True)
    columns += [
        Column(name=f"world_from_sensor_{axis}", meaning="unit quaternion, world z up", values=values, decimals=6)
        for axis, values in quaternion
    ]
    columns += [Column(name=name, meaning=words, values=getattr(a, name)) for name, words in ANGLES.items()]
    columns += [
        Column(name="hip_method", meaning="how hip_flexion_deg came about, or why there is none", values=a.hip_method),
        Column(name="trusted", meaning="whether the angles can be relied on", values=a.trusted),
    ]
    return Table(name="samples", meaning="one row a measured sample", columns=tuple(columns))


def _vector(name: str, unit: str, meaning: str, values: Singles) -> list[Column]:
    return [
        Column(name=f"{name}_{axis}_{unit}", meaning=meaning, values=values[:, k], decimals=5)
        for k, axis in enumerate(AXES)
    ]


def activity(r: Results) -> Table:
    """One row a span of one kind."""
    spans = r.analysis.activity
    return listed(
        r,
        "activity",
        "one row a span of one activity",
        spans,
        span_columns(r, [(s.start, s.end) for s in spans]),
        {
            "activity": ("what the wearer did; sedentary = sit or lie not told apart", lambda s: s.kind.word),
            "confidence": ("0-1", lambda s: s.confidence),
        },
    )


def bouts(r: Results) -> Table:
    """One row a sitting bout that ended."""
    found = r.analysis.bouts
    return listed(
        r,
        "bouts",
        "one row a sitting bout that ended",
        found,
        span_columns(r, [(b.start, b.end) for b in found]),
        {
            "sitting_s": ("of it sitting; short upright spells are not", lambda b: b.sitting_s),
            "deep_s": ("of it the thigh above the limit", lambda b: b.deep_s),
            "ended_by": ("break, or not_known after a long time not worn or not seen", lambda b: b.ended_by.value),
        },
    )


def transitions(r: Results) -> Table:
    """One row a change between a seat or bed and the feet."""
    found = r.analysis.transitions
    return listed(
        r,
        "transitions",
        "one row a change between a seat or bed and the feet",
        found,
        moment_columns(r, [t.at for t in found]),
        {
            "kind": ("sit_to_stand, stand_to_sit, rest_to_stand, stand_to_rest", lambda t: t.kind.value),
            "located": ("to about 0.2 s, else to 3 s", lambda t: t.located),
        },
    )


def flexion_cycles(r: Results) -> Table:
    """One row a time that the thigh went up and down again."""
    found = r.analysis.flexion_cycles
    return listed(
        r,
        "flexion_cycles",
        "one row a time that the thigh went up and down again, each by 20 deg or more",
        found,
        moment_columns(r, [c.at for c in found]),
        {
            "activity": ("of that second", lambda c: c.kind.word),
            "lowest_deg": ("thigh flexion before it went up", lambda c: c.lowest_deg),
            "highest_deg": ("thigh flexion when it was highest", lambda c: c.highest_deg),
        },
    )


def deep_cycles(r: Results) -> Table:
    """One row a bend beyond the limit and back."""
    found = r.analysis.deep_cycles
    return listed(
        r,
        "deep_cycles",
        "one row a bend of the thigh beyond the limit and back",
        found,
        span_columns(r, [(c.start, c.end) for c in found]),
        {
            "activity": ("of the second in which it was highest", lambda c: c.kind.word),
            "highest_deg": ("thigh flexion", lambda c: c.highest_deg),
        },
    )


def gaps(r: Results) -> Table:
    """One row a time without usable samples."""
    found = r.analysis.gaps
    return listed(
        r,
        "gaps",
        "one row a time without usable samples",
        found,
        span_columns(r, [(g.start, g.end) for g in found]),
        {"reason": ("why", lambda g: g.reason), "sensor": ("empty = the thigh's", lambda g: str(g.sensor))},
    )


def alerts(r: Results) -> Table:
    """One row an alert, as lived in either reading."""
    found = r.analysis.alerts
    return listed(
        r,
        "alerts",
        "one row an alert; these are as lived in either reading: what the wearer was, or would have been, told",
        found,
        moment_columns(r, [a.at for a in found]),
        {
            "kind": ("what it is about", lambda a: a.kind.value),
            "level": ("notice, nudge, alert", lambda a: a.level.name.lower()),
            "amount": ("how much of which limit, and why it was not told", lambda a: a.amount),
        },
    )


def events(r: Results) -> Table:
    """One row an instant worth finding again: alerts (as lived in either reading), transitions, placements, sets, marks."""
    found = r.analysis.events
    return listed(
        r,
        "events",
        "one row an instant: alerts (as lived in either reading), transitions, placements, guided sets, marks",
        found,
        moment_columns(r, [e.at for e in found]),
        {"kind": ("what happened", lambda e: e.kind), "detail": ("as a sentence or figure", lambda e: e.detail)},
    )


def summary(r: Results) -> Table:
    """One row a figure of the whole recording."""
    figures = list(_figures(r))
    columns = (
        Column(
            name="figure", meaning="what it is, with its unit", values=np.array([name for name, _ in figures], np.str_)
        ),
        Column(
            name="value",
            meaning="nothing where it has none",
            values=np.array([value for _, value in figures], np.float64),
        ),
        reading_column(r, len(figures)),
    )
    return Table(name="summary", meaning="one row a figure of the whole recording", columns=columns)


def _figures(r: Results) -> Iterator[tuple[str, float]]:
    """Those of the Summary that are numbers, by their names there."""
    for field in fields(r.analysis.summary):
        value = getattr(r.analysis.summary, field.name)
        if isinstance(value, dict):
            yield from ((f"{field.name}:{key}", float(count)) for key, count in value.items())
        elif isinstance(value, int | float) and field.name != "start_ns":
            yield field.name, float(value) if isfinite(value) else nan


TABLES: dict[str, Callable[[Results], Table]] = {
    "samples": samples,
    "seconds": seconds,
    "activity": activity,
    "bouts": bouts,
    "transitions": transitions,
    "flexion_cycles": flexion_cycles,
    "deep_cycles": deep_cycles,
    "sets": sets,
    "repetitions": repetitions,
    "gaps": gaps,
    "alerts": alerts,
    "events": events,
    "summary": summary,
}

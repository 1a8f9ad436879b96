"""Days and minutes as flat rows: for tables, CSV and JSON."""

from __future__ import annotations

from hipmonitor.core.days import NAMES, DayFigures, Minute
from hipmonitor.core.exposure import TransitionKind
from hipmonitor.io.history import SetRecord
from hipmonitor.ui.view_model.civil_dates import iso
from hipmonitor.ui.view_model.durations import clock_time


def figure_row(figures: DayFigures) -> dict[str, object]:
    """The figures of a day as one flat row; angles in degrees, times in seconds."""
    f, t, sitting = figures, figures.tally, figures.sitting
    at_75, at_100 = f.stepping_from(75), f.stepping_from(100)
    row: dict[str, object] = {
        "date": iso(f.day),
        "valid_day": f.valid,
        "worn_s": t.worn_s,
        "not_recorded_s": f.not_recorded_s,
        "day_length_s": f.length_s,
        "sedentary_time_s": t.sedentary_time_s,
        "upright_s": t.upright_s,
        **{name: getattr(t, name) for name in NAMES if not name.startswith("flexion_")},
        "thigh_limit_deg": None if f.limits is None else f.limits.thigh_limit_deg,
        "longest_deep_s": f.longest_deep_s,
        "thigh_flexion_p95_deg": f.flexion_p95_deg,
        "thigh_flexion_peak_deg": f.flexion_peak_deg,
        "sitting_bouts": sitting.bouts,
        "usual_bout_s": sitting.usual_s,
        "longest_bout_s": sitting.longest_s,
        "bouts_over_30_min": sitting.over_30,
        "bouts_over_30_min_s": sitting.over_30_s,
        "bouts_over_60_min": sitting.over_60,
        "bouts_over_60_min_s": sitting.over_60_s,
    }
    for part in sitting.bins:
        name = f"bouts_{part.from_s // 60}_to_{'end' if part.to_s is None else part.to_s // 60}_min"
        row |= {name: part.bouts, f"{name}_s": part.time_s}
    row |= {"breaks": f.breaks, "minimum_bout_s": f.minimum_bout_s}
    row |= {kind.value: f.transitions.get(kind, 0) for kind in TransitionKind}
    row |= {"steps": round(f.steps), "crank_turns": round(f.crank_turns)}
    row |= {"stepping_75_s": at_75[0], "steps_75": round(at_75[1])}
    row |= {"stepping_100_s": at_100[0], "steps_100": round(at_100[1])}
    for band in f.cadence:
        row |= {f"cadence_from_{band.from_spm:g}_s": band.time_s, f"cadence_from_{band.from_spm:g}_steps": band.steps}
    for walk in f.walks:
        name = f"walks_from_{walk.from_s // 60}_min"
        row |= {name: walk.bouts, f"{name}_s": walk.time_s, f"{name}_steps": walk.steps}
    row |= {f"peak_steps_{window_s}_s": steps for window_s, steps in f.peak_steps}
    row |= {"flexion_cycles": sum(f.flexion_cycles.values()), "deep_cycles": sum(f.deep_cycles.values())}
    sides = {"other_thigh_seen_s": f.other_seen_s, "other_thigh_deep_cycles": None if f.sides is None else f.sides[1]}
    row |= sides
    return row | {"gaps": f.gaps, "gap_s": f.gap_s}


def minute_row(minute: Minute) -> dict[str, object]:
    """A minute as one flat row."""
    t = minute.tally
    return {
        "date": iso(minute.day),
        "minute_of_day": minute.minute_of_day,
        "utc_offset_s": minute.utc_offset_s,
        "start_unix_s": minute.start_s,
        **{name: getattr(t, name) for name in NAMES if not name.startswith("flexion_")},
        "mean_thigh_flexion_deg": t.mean_flexion_deg,
        "highest_thigh_flexion_deg": None if minute.highest_mdeg is None else minute.highest_mdeg / 1000,
        "steps": minute.steps_milli / 1000,
    }


def set_row(record: SetRecord) -> dict[str, object]:
    """A guided set as one flat row; angles in degrees, times in seconds, nothing where there is no comfort."""
    r = record.result
    return {
        "date": iso(record.day),
        "time": clock_time(r.started, record.utc_offset_s),
        "exercise": r.exercise,
        "title": r.title,
        "set_number": r.number,
        "side": r.side,
        "repetitions": r.full,
        "partial_repetitions": r.partial,
        "shown_repetitions": record.shown,
        "asked_repetitions": r.target.repetitions,
        "asked_range_deg": r.target.range_deg,
        "asked_hold_s": r.target.hold_s,
        "counted_s": r.counted_s,
        "unseen_s": r.unseen_s,
        "ended_by": r.ended_by.value,
        "comfort": record.comfort,
        "sentence": r.sentence,
    }

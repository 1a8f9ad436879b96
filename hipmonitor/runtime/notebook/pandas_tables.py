"""An analysis as pandas tables: a row a sample, a second, an activity, a bout, an alert or an event, indexed by time in UTC."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.arrays import Floats
from hipmonitor.core.errors import UsageError
from hipmonitor.core.hip import HipMethod
from hipmonitor.core.instants import NS_PER_S

if TYPE_CHECKING:
    import pandas as pd

    from hipmonitor.runtime.analysis import Analysis

TableName = Literal["samples", "seconds", "activity", "bouts", "sets", "alerts", "events"]
REMEDY: Final = "a table needs pandas: pip install 'hipmonitor[notebook]'"
ANGLES: Final = (
    "thigh_flexion_deg",
    "thigh_inclination_deg",
    "thigh_roll_deg",
    "hip_flexion_deg",
    "hip_flexion_sd_deg",
    "hip_adduction_deg",
    "hip_adduction_sd_deg",
    "hip_rotation_deg",
    "hip_rotation_sd_deg",
    "pelvis_tilt_deg",
)
Columns = Mapping[str, object]
"""Name to values; "time" is the index and in int64 nanoseconds since 1970."""
TIMES: Final = frozenset({"start", "end", "since"})
KINDS: Final = {"activity": [kind.word for kind in ActivityKind], "hip_method": [method.word for method in HipMethod]}
"""Columns of few words, which take a byte a row."""


def table_of(analysis: Analysis, table: TableName) -> pd.DataFrame:
    """One table; `attrs["reading"]` says which reading it is.

    Raises:
        UsageError: pandas is not installed, there is no such table, or the analysis kept no samples.
    """
    try:
        import pandas as pd  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise UsageError(REMEDY) from error
    if table not in BUILDERS:
        raise UsageError(f"table is {table!r}; choose one of {', '.join(get_args(TableName))}")
    columns = {name: _typed(pd, name, values) for name, values in BUILDERS[table](analysis).items()}
    index = pd.DatetimeIndex(columns.pop("time"), name="time")
    frame = pd.DataFrame(columns).set_axis(index)
    frame.attrs["reading"] = analysis.reading
    return frame


def _typed(pd: Any, name: str, values: Any) -> Any:  # noqa: ANN401 - pandas comes without types
    if name == "time" or name in TIMES:
        return pd.to_datetime(np.array(values, np.int64), unit="ns", utc=True)
    if name in KINDS:
        return pd.Categorical(values, categories=KINDS[name])
    return np.array(values)


def _samples(analysis: Analysis) -> Columns:
    if analysis.summary.samples and not len(analysis.t_ns):
        raise UsageError("this analysis kept no samples: analyse again with per_sample=True, or take table='seconds'")
    second = (analysis.t_ns - analysis.summary.start_ns) // NS_PER_S
    per_second = analysis.activity_per_second()
    return {
        "time": analysis.t_ns,
        **{name: getattr(analysis, name) for name in ANGLES},
        "hip_method": analysis.hip_method,
        "trusted": analysis.trusted,
        "activity": per_second[second] if len(second) else [],
        **{f"world_from_sensor_{part}": analysis.world_from_sensor[:, i] for i, part in enumerate("wxyz")},
    }


def _seconds(analysis: Analysis) -> Columns:
    """Means of trusted samples in each second; NaN where there is none."""
    activity = analysis.activity_per_second()
    n = len(activity)
    begin = analysis.summary.start_ns
    which = (analysis.t_ns - begin) // NS_PER_S
    return {
        "time": begin + np.arange(n) * NS_PER_S,
        "activity": activity,
        "thigh_flexion_deg": _mean(analysis.thigh_flexion_deg, which, n, analysis.trusted),
        "hip_flexion_deg": _mean(analysis.hip_flexion_deg, which, n, analysis.trusted),
        "hip_flexion_sd_deg": _mean(analysis.hip_flexion_sd_deg, which, n, analysis.trusted),
        "trusted_share": _mean(analysis.trusted, which, n, np.ones(len(which), bool)),
        "cadence_spm": _rhythm(analysis, n, "cadence_spm"),
        "crank_rpm": _rhythm(analysis, n, "crank_rpm"),
    }


def _mean(values: np.ndarray[Any, Any], which: np.ndarray[Any, Any], n: int, believed: np.ndarray[Any, Any]) -> Floats:
    """(n,) mean of the believed, finite values of each second."""
    use = believed & np.isfinite(values)
    total = np.bincount(which[use], weights=values[use], minlength=n)
    count = np.bincount(which[use], minlength=n)
    mean = np.full(n, np.nan)
    np.divide(total, count, out=mean, where=count > 0)
    return mean


def _rhythm(analysis: Analysis, n: int, name: str) -> Floats:
    """(n,) of the second that a rhythm's middle lies in."""
    column = np.full(n, np.nan)
    for second in analysis.rhythm:
        k = (second.start + NS_PER_S // 2 - analysis.summary.start_ns) // NS_PER_S
        if 0 <= k < n:
            column[k] = getattr(second, name)
    return column


def _activity(analysis: Analysis) -> Columns:
    spans = analysis.activity
    return {
        "time": [span.start for span in spans],
        "end": [span.end for span in spans],
        "activity": [span.kind.word for span in spans],
        "confidence": [span.confidence for span in spans],
    }


def _bouts(analysis: Analysis) -> Columns:
    bouts = analysis.bouts
    return {
        "time": [bout.start for bout in bouts],
        "end": [bout.end for bout in bouts],
        "sitting_s": [bout.sitting_s for bout in bouts],
        "deep_flexion_s": [bout.deep_s for bout in bouts],
        "ended_by": [bout.ended_by.value for bout in bouts],
    }


def _sets(analysis: Analysis) -> Columns:
    sets = analysis.sets
    return {
        "time": [done.started for done in sets],
        "end": [done.ended for done in sets],
        "exercise": [done.exercise for done in sets],
        "number": [done.number for done in sets],
        "repetitions": [done.full for done in sets],
        "partial": [done.partial for done in sets],
        "counted_s": [done.counted_s for done in sets],
        "unseen_s": [done.unseen_s for done in sets],
        "ended_by": [done.ended_by.value for done in sets],
    }


def _alerts(analysis: Analysis) -> Columns:
    alerts = analysis.alerts
    return {
        "time": [alert.at for alert in alerts],
        "kind": [alert.kind.value for alert in alerts],
        "level": [alert.level.name.lower() for alert in alerts],
        "told": [alert.told for alert in alerts],
        "since": [alert.evidence.since for alert in alerts],
        "counted_min": [alert.evidence.minutes for alert in alerts],
        "limit_min": [alert.limit_min for alert in alerts],
        "mean_thigh_flexion_deg": [alert.evidence.mean_deg for alert in alerts],
        "highest_thigh_flexion_deg": [alert.evidence.highest_deg for alert in alerts],
        "bends": [alert.evidence.bends for alert in alerts],
    }


def _events(analysis: Analysis) -> Columns:
    events = analysis.events
    return {
        "time": [event.at for event in events],
        "kind": [event.kind for event in events],
        "detail": [event.detail for event in events],
    }


BUILDERS: Final[Mapping[str, Callable[[Analysis], Columns]]] = {
    "samples": _samples,
    "seconds": _seconds,
    "activity": _activity,
    "bouts": _bouts,
    "sets": _sets,
    "alerts": _alerts,
    "events": _events,
}

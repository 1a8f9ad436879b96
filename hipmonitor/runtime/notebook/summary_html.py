"""A recording's figures as a compact piece of HTML: no script, no style sheet, the notebook's own colours of text and ground."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import groupby
from math import isfinite
from typing import TYPE_CHECKING, Final

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.runtime.notebook.activity_look import LOOKS, words_of

if TYPE_CHECKING:
    from hipmonitor.runtime.analysis import Analysis

READINGS: Final = {"settled": "settled reading (uses what came later)", "as_lived": "as lived (what the wearer saw)"}
CALENDAR_FROM_NS: Final = 10**17
"""1973: times before it are counted from the beginning of a file."""
CELLS, LOOKS_PER_CELL = 300, 10
"""Of the strip; each shows the kind that was seen most often among so many instants."""
STRIP_HEIGHT: Final = 24
BOX: Final = (
    "max-width:46em;padding:10px 16px 8px;border:1px solid rgba(128,136,144,.4);border-radius:10px;"
    "font-size:13px;line-height:1.45;color:inherit;font-variant-numeric:tabular-nums"
)
TABLE: Final = "border-collapse:collapse;border:0;margin:4px 0;font-size:13px"
ROW: Final = "background:none;border:0"
CELL: Final = "text-align:left;vertical-align:top;padding:1px 14px 1px 0;border:0;font-weight:normal"
FAINT: Final = "opacity:.72"
RESTING: Final = (ActivityKind.SIT, ActivityKind.LIE, ActivityKind.SEDENTARY)
UPRIGHT: Final = (ActivityKind.STAND, ActivityKind.WALK, ActivityKind.RUN, ActivityKind.STAIRS)
UNSEEN: Final = (ActivityKind.NOT_WORN, ActivityKind.UNKNOWN)
Row = tuple[str, str, str]
"""Label, value, what belongs to it."""


def summary_html(analysis: Analysis) -> str:
    """The reading, the strip of activities, and the figures."""
    rows = "".join(
        f'<tr style="{ROW}"><th scope="row" style="{CELL};{FAINT};white-space:nowrap">{escape(label)}</th>'
        f'<td style="{CELL};white-space:nowrap"><b>{escape(value)}</b></td>'
        f'<td style="{CELL};{FAINT};width:100%">{escape(note)}</td></tr>'
        for label, value, note in _rows(analysis)
    )
    return (
        f'<div style="{BOX}"><div><b>Thigh recording</b>, {escape(READINGS[analysis.reading])}</div>'
        f'<div style="{FAINT}">{escape(_when(analysis))}</div>{_strip(analysis)}'
        f'<table style="{TABLE}"><tbody>{rows}</tbody></table>'
        f'<div style="{FAINT};font-size:12px">{escape(_about(analysis))}</div></div>'
    )


def _h_mm_ss(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))


def _when(analysis: Analysis) -> str:
    s = analysis.summary
    if not s.samples:
        return "no samples"
    samples = f"{s.samples:,}".replace(",", "\N{NO-BREAK SPACE}")
    length = f"{_h_mm_ss(s.duration_s)} long, {samples} samples"
    if s.start_ns < CALENDAR_FROM_NS:
        return f"{length}, times from the beginning"
    return f"{datetime.fromtimestamp(s.start_ns // NS_PER_S, UTC):%Y-%m-%d %H:%M:%S} UTC, {length}"


def _rows(analysis: Analysis) -> Iterator[Row]:
    s = analysis.summary
    yield "Sedentary time", _h_mm_ss(s.sedentary_time_s), _lengths(analysis, RESTING)
    yield "Upright time", _h_mm_ss(s.upright_time_s), _lengths(analysis, UPRIGHT)
    if s.activity_s.get(ActivityKind.CYCLE.word):
        turns = f"{s.crank_turns:.0f} crank turns{_each_minute(s.crank_rpm)}" if s.crank_turns else ""
        yield "Cycling", _h_mm_ss(s.activity_s[ActivityKind.CYCLE.word]), turns
    yield "Sitting bouts", str(s.sitting_bouts), f"breaks {s.breaks}, sit to stand {s.sit_to_stand}"
    longest = f"longest {_h_mm_ss(s.longest_deep_s)}" if s.longest_deep_s else ""
    yield "Above the limit", _h_mm_ss(s.deep_flexion_s), longest
    if isfinite(s.thigh_flexion_p95_deg):
        yield "Thigh flexion", f"{s.thigh_flexion_p95_deg:.0f}°", "95th percentile; 90° is a horizontal thigh"
    if s.steps:
        yield "Steps", f"{s.steps:.0f}", f"of both legs{_each_minute(s.cadence_spm)}"
    yield "Alerts", str(len(analysis.alerts)), _alerts(analysis)
    yield "Placement", _placement(analysis), s.placement_method
    yield "Angle trusted", f"{100 * s.trusted_share:.0f} %", _missing(analysis)


def _lengths(analysis: Analysis, kinds: Sequence[ActivityKind]) -> str:
    """How long each of these kinds was, the longest first; seconds of none are left out."""
    seconds = {kind: analysis.summary.activity_s.get(kind.word, 0.0) for kind in kinds}
    longest_first = sorted((kind for kind in kinds if seconds[kind]), key=lambda kind: -seconds[kind])
    return ", ".join(f"{words_of(kind)} {_h_mm_ss(seconds[kind])}" for kind in longest_first)


def _each_minute(rate: float) -> str:
    return f", {rate:.0f} a minute" if isfinite(rate) else ""


def _alerts(analysis: Analysis) -> str:
    words = [f"{alert.kind.value.replace('_', ' ')} ({alert.level.name.lower()})" for alert in analysis.alerts]
    counted = [word if words.count(word) == 1 else f"{words.count(word)} {word}" for word in dict.fromkeys(words)]
    return f"as lived: {', '.join(counted)}" if counted else ""


def _placement(analysis: Analysis) -> str:
    sd = analysis.summary.placement_sd_deg
    return f"± {sd:.1f}°" if isfinite(sd) else "not found"


def _missing(analysis: Analysis) -> str:
    s = analysis.summary
    gaps = [f"gaps {_h_mm_ss(s.gap_s)}"] if s.gap_s >= 1 else []
    unseen = [_lengths(analysis, UNSEEN)] if any(s.activity_s.get(kind.word) for kind in UNSEEN) else []
    faults = [f"{kind.replace('_', ' ')} {count}" for kind, count in s.faults.items()]
    return ", ".join(gaps + unseen + faults)


def _about(analysis: Analysis) -> str:
    hip = (
        "Hip angles are measured with the pelvis sensor."
        if analysis.pelvis_calibration
        else "The thigh's angle is measured; hip flexion is an estimate with its ±, from one thigh sensor."
    )
    return f"{hip} Not a medical device."


# --- the strip ----------------------------------------------------------------------------------------------------------


def _strip(analysis: Analysis) -> str:
    if not analysis.activity:
        return ""
    bars = "".join(_bar(at, width, kind) for at, width, kind in _runs(_cells(analysis)))
    return (
        f'<svg role="img" aria-label="{escape(_spoken(analysis))}" viewBox="0 0 {CELLS} {STRIP_HEIGHT}" '
        f'preserveAspectRatio="none" style="display:block;width:100%;height:{STRIP_HEIGHT}px;margin:6px 0 2px">{bars}'
        f'<path d="M0 {STRIP_HEIGHT - 0.5}H{CELLS}" stroke="#858B93" vector-effect="non-scaling-stroke"/></svg>'
    )


def _cells(analysis: Analysis) -> list[ActivityKind]:
    """(CELLS,) what each part of the recording mostly was; no span there is unclear."""
    starts, ends, kinds = (
        np.array([getattr(span, name) for span in analysis.activity], np.int64) for name in ("start", "end", "kind")
    )
    share = (np.arange(CELLS * LOOKS_PER_CELL) + 0.5) / (CELLS * LOOKS_PER_CELL)
    at = starts[0] + (share * float(ends[-1] - starts[0])).astype(np.int64)
    span = np.searchsorted(starts, at, side="right") - 1
    seen = np.where(at < ends[span], kinds[span], int(ActivityKind.UNKNOWN)).reshape(CELLS, LOOKS_PER_CELL)
    counts = np.stack([(seen == kind).sum(axis=1) for kind in ActivityKind], axis=1)
    return [ActivityKind(int(kind)) for kind in np.argmax(counts, axis=1)]


def _runs(cells: list[ActivityKind]) -> Iterator[tuple[int, int, ActivityKind]]:
    """(first cell, how many, kind) of neighbours that are the same."""
    at = 0
    for kind, group in groupby(cells):
        width = len(list(group))
        yield at, width, kind
        at += width


def _bar(at: int, width: int, kind: ActivityKind) -> str:
    look = LOOKS[kind]
    height = round(look.height * STRIP_HEIGHT, 1)
    ground = ' fill-opacity=".35"' if look.hatched else ""
    return (
        f'<rect x="{at}" y="{round(STRIP_HEIGHT - height, 1)}" width="{width}" height="{height}" fill="{look.colour}"'
        f"{ground}><title>{escape(words_of(kind))}</title></rect>"
    )


def _spoken(analysis: Analysis) -> str:
    return f"Activities: {_lengths(analysis, tuple(ActivityKind))}"

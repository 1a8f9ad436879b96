"""Wear, calibration and gaps: what the numbers rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import acos, degrees, isfinite
from typing import Final

from hipmonitor.core.alerts import MOST_SD_DEG
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.history import CalibrationRecord, HistoryEvent
from hipmonitor.ui.report.period import Period
from hipmonitor.ui.report.summaries import Row, unbroken
from hipmonitor.ui.view_model.civil_dates import short_name
from hipmonitor.ui.view_model.durations import clock_time, h_min

METHOD_WORDS: Final = {
    "guided": "with guided poses",
    "automatic": "from ordinary movement",
    "given": "taken over from before",
}
NAMED: Final = 3
"""So many of each are named; the rest are counted."""
LONG_GAP_S: Final = 60


def wear_rows(period: Period) -> Iterator[Row]:
    """Of a period with a recording."""
    tallies = [f.tally for f in period.recorded]
    yield Row(name="Worn", value=h_min(sum(t.worn_s for t in tallies)), note=_days(period), strong=True)
    yield Row(name="Not worn, as recorded", value=h_min(sum(t.not_worn_s for t in tallies)))
    yield from calibration_rows([c for record in period.records for c in record.calibrations])
    yield from gap_rows(period)
    yield from _recordings(period)


def _days(period: Period) -> str:
    return f"on {len(period.recorded)} of {len(period.figures)} days"


# -- calibration -------------------------------------------------------------------------------------------------------


def calibration_rows(calibrations: Sequence[CalibrationRecord]) -> Iterator[Row]:
    """How the sensor's seat on the thigh was known, when, and how it changed."""
    known = [c for c in calibrations if c.place == "thigh" and isfinite(c.sd_deg) and c.method in METHOD_WORDS]
    if not known:
        yield Row(name="Calibrated", value="no", note="alerts are held without")
        return
    for method, words in METHOD_WORDS.items():
        of_method = [c for c in known if c.method == method]
        if of_method:
            yield _calibrated(words, of_method)
    best, worst = min(c.sd_deg for c in known), max(c.sd_deg for c in known)
    between = f"± {best:.1f}°" if f"{best:.1f}" == f"{worst:.1f}" else f"± {best:.1f}° to ± {worst:.1f}°"
    note = f"alerts are held above ± {MOST_SD_DEG:g}°" if worst > MOST_SD_DEG else "one standard deviation"
    yield Row(name="Known within", value=between, note=note)
    if len(known) > 1:
        turned = max(turn_deg(a, b) for a, b in pairwise(known))
        yield Row(name="Largest turn from one to the next", value=f"{turned:.1f}°")
    doubted = sum(c.doubted for c in known)
    if doubted:
        yield Row(name="Doubted afterwards", value=str(doubted), note="the angle is not trusted then")


def _calibrated(words: str, calibrations: Sequence[CalibrationRecord]) -> Row:
    """How often, and when."""
    note = ", ".join(map(_when, calibrations[-NAMED:]))
    return Row(
        name=f"Calibrated {words}",
        value="once" if len(calibrations) == 1 else f"{len(calibrations)} times",
        note=note if len(calibrations) <= NAMED else f"the last ones {note}",
    )


def _when(record: CalibrationRecord) -> str:
    return unbroken(f"{_date(record.day)} {clock_time(record.since, record.utc_offset_s)}")


def _date(day: int) -> str:
    """11 Mar."""
    return " ".join(short_name(day).split()[1:])


def turn_deg(a: CalibrationRecord, b: CalibrationRecord) -> float:
    """The angle by which one orientation is turned against the other."""
    product = abs(sum(p * q for p, q in zip(a.quaternion, b.quaternion, strict=True)))
    return degrees(2 * acos(min(1.0, product))) if isfinite(product) else 0.0


# -- gaps --------------------------------------------------------------------------------------------------------------


def gap_rows(period: Period) -> Iterator[Row]:
    """How often and how long there was no data, and the longest ones."""
    gaps, seconds = sum(f.gaps for f in period.recorded), sum(f.gap_s for f in period.recorded)
    events = [event for record in period.records for event in record.events if event.kind == "gap"]
    longest = sorted((event for event in events if _lasted_s(event) >= LONG_GAP_S), key=_lasted_s)[-NAMED:]
    named = ", ".join(unbroken(f"{_date(e.day)} {h_min(_lasted_s(e))}") for e in sorted(longest, key=lambda e: e.at))
    note = f"the longest: {named}" if named else ""
    yield Row(name="Gaps", value=f"{gaps}, {h_min(seconds)} in all" if gaps else "none", note=note)


def _lasted_s(event: HistoryEvent) -> float:
    return (event.end - event.at) / NS_PER_S


def _recordings(period: Period) -> Iterator[Row]:
    """What is missing of recordings, and what was doubted of the sensor."""
    notes = {session.key: session.note for record in period.records for session in record.sessions if session.note}
    if notes:
        yield Row(name="Recordings with something missing", value=str(len(notes)))
    doubts = {event.detail for record in period.records for event in record.events if event.kind == "sensor"}
    for sentence in sorted(doubts)[:NAMED]:
        yield Row(name="Sensor", value="", note=sentence)

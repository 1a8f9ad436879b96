"""From what was collected to an Analysis: rows put back into input order, seconds joined to spans, figures added up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan, nan
from typing import Any

import numpy as np

from hipmonitor.core.activity import ActivityBlock, ActivityKind, ActivitySpan
from hipmonitor.core.alerts import Alert
from hipmonitor.core.arrays import Nanoseconds, Singles, read_only
from hipmonitor.core.exposure import UPRIGHT
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.thigh import Placement, PlacementMethod, ThighBlock
from hipmonitor.runtime.analysis import Analysis, Event, OtherThigh, Reading, Summary
from hipmonitor.runtime.collect import BLANKS, Collector

SEDENTARY = (ActivityKind.SIT, ActivityKind.LIE, ActivityKind.SEDENTARY)
NO_PLACEMENT = Placement(
    since=HostNs(0),
    thigh_from_sensor=read_only(np.full(4, np.nan)),
    method=PlacementMethod.NONE,
    sd_deg=float("inf"),
)


def assemble(
    collected: Collector,
    *,
    lived: Collector,
    reading: Reading,
    input_t_ns: Nanoseconds | None,
) -> Analysis:
    """The Analysis of one pass. `lived`: the first pass, which alone knows what the wearer did and was told.

    `input_t_ns`: the rows that came in; None = the measured samples of a recording.
    """
    table, alerts = collected.table, lived.alerts
    floats: dict[str, Singles] = {name: table[name] for name in BLANKS if name not in {"t_ns", "hip_method", "trusted"}}
    t_ns: Nanoseconds = table["t_ns"] if input_t_ns is None else input_t_ns
    kept_t_ns = t_ns if collected.per_sample else table["t_ns"]
    spans = activity_spans(collected.activity)
    calibration = collected.placements[-1] if collected.placements else NO_PLACEMENT
    return Analysis(
        reading=reading,
        t_ns=read_only(kept_t_ns),
        hip_method_code=read_only(table["hip_method"]),
        trusted=read_only(table["trusted"]),
        activity=spans,
        events=_in_order([*_events(collected), *_told(lived)]),
        bouts=tuple(collected.bouts),
        transitions=tuple(collected.transitions),
        rhythm=collected.rhythm,
        flexion_cycles=collected.cycles,
        deep_cycles=tuple(collected.deep_cycles),
        sets=tuple(sorted(collected.sets, key=lambda one: one.started)),
        hips_in_sets=tuple(collected.hips_in_sets),
        alerts=tuple(alerts),
        gaps=tuple(sorted([*collected.gaps, *collected.gaps_beside], key=lambda gap: gap.start)),
        faults=dict(sorted(collected.faults.items())),
        calibration=calibration,
        pelvis_calibration=collected.pelvis_placements[-1] if collected.pelvis_placements else None,
        other_thigh=_other_thigh(collected.other_thigh, collected.other_placements),
        summary=_summary(
            reading=reading,
            t_ns=t_ns,
            spans=spans,
            collected=collected,
            alerts=alerts,
            calibration=calibration,
        ),
        **{name: read_only(column) for name, column in floats.items()},
    )


def _other_thigh(blocks: Sequence[ThighBlock], placements: Sequence[Placement]) -> OtherThigh | None:
    if not blocks:
        return None

    def column(name: str) -> np.ndarray[tuple[int], np.dtype[Any]]:
        return read_only(np.concatenate([getattr(block, name) for block in blocks]))

    return OtherThigh(
        t_ns=column("t_ns"),
        thigh_flexion_deg=column("thigh_flexion_deg"),
        thigh_inclination_deg=column("thigh_inclination_deg"),
        thigh_roll_deg=column("thigh_roll_deg"),
        trusted=column("trusted"),
        calibration=placements[-1] if placements else NO_PLACEMENT,
    )


def activity_spans(activity: ActivityBlock | None) -> tuple[ActivitySpan, ...]:
    """Runs of one kind, one after the other, joined."""
    if activity is None:
        return ()
    start_ns, end_ns, kind, confidence = activity.start_ns, activity.end_ns, activity.kind, activity.confidence
    first = np.flatnonzero(np.append(True, (np.diff(kind) != 0) | (start_ns[1:] != end_ns[:-1])))
    last = np.append(first[1:], len(kind)) - 1
    lasting_ns = end_ns - start_ns
    mean = np.add.reduceat(confidence * lasting_ns, first) / np.add.reduceat(lasting_ns, first)
    return tuple(
        ActivitySpan(
            start=HostNs(int(start_ns[a])),
            end=HostNs(int(end_ns[b])),
            kind=ActivityKind(int(kind[a])),
            confidence=float(c),
        )
        for a, b, c in zip(first, last, mean, strict=True)
    )


def _in_order(events: Sequence[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: event.at))


def _told(lived: Collector) -> list[Event]:
    """What the wearer did and was told."""
    events = [Event(at=a.at, kind=f"{a.level.name.lower()}:{a.kind.value}", detail=a.amount) for a in lived.alerts]
    events += [Event(at=p.at, kind=f"pose:{p.pose.value}", detail=p.sentence) for p in lived.poses]
    events += [Event(at=mark.at, kind="mark", detail=mark.text) for mark in lived.marks]
    return events + [Event(at=at, kind="placement:forgotten") for at in lived.forgotten]


def _known(placement: Placement) -> str:
    """How well, and what of the accelerometer is in it."""
    rest = placement.rest_directions
    return f"± {placement.sd_deg:.1f}°" + (f", accelerometer known from rest in {rest} directions" if rest else "")


def _events(collected: Collector) -> list[Event]:
    """Placements, what is believed of the sensor, and transitions between sitting and upright."""
    events = [Event(at=p.since, kind=f"placement:{p.method.value}", detail=_known(p)) for p in collected.placements]
    events += [Event(at=doubt.since, kind="sensor", detail=doubt.sentence) for doubt in collected.doubts]
    events += [
        Event(at=doubt.since, kind="sensor", detail=f"{sensor}: {doubt.sentence}")
        for sensor, doubt in collected.doubts_beside
    ]
    return events + [
        Event(at=t.at, kind=t.kind.value, detail="" if t.located else "± 3 s") for t in collected.transitions
    ]


def _p95(values: Sequence[float]) -> float:
    return float(np.percentile(values, 95)) if len(values) else nan


def _median(values: Iterable[float]) -> float:
    """Of those that there are; NaN without any."""
    known = [value for value in values if not isnan(value)]
    return float(np.median(known)) if known else nan


def _by_word(counts: dict[ActivityKind, int]) -> dict[str, int]:
    return {kind.word: count for kind, count in counts.items()}


def _from_to(collected: Collector, t_ns: Nanoseconds) -> tuple[int, int]:
    """First and last instant; those of the rows that came in where none of them could be used."""
    if collected.first_ns is not None and collected.last_ns is not None:
        return collected.first_ns, collected.last_ns
    return (int(t_ns[0]), int(t_ns[-1])) if len(t_ns) else (0, 0)


def _summary(
    *,
    reading: Reading,
    t_ns: Nanoseconds,
    spans: Sequence[ActivitySpan],
    collected: Collector,
    alerts: Sequence[Alert],
    calibration: Placement,
) -> Summary:
    seconds = {kind.word: 0.0 for kind in ActivityKind}
    for span in spans:
        seconds[span.kind.word] += (span.end - span.start) / NS_PER_S
    counted = collected.exposure
    first_ns, last_ns = _from_to(collected, t_ns)
    return Summary(
        reading=reading,
        samples=collected.samples,
        start_ns=first_ns,
        duration_s=(last_ns - first_ns) / NS_PER_S,
        activity_s=seconds,
        sedentary_time_s=sum(seconds[kind.word] for kind in SEDENTARY),
        upright_time_s=sum(seconds[kind.word] for kind in UPRIGHT),
        sitting_bouts=counted.bouts if counted else 0,
        breaks=counted.breaks if counted else 0,
        sit_to_stand=counted.sit_to_stand if counted else 0,
        minimum_bout_s=counted.minimum_bout_s if counted else 0,
        steps=counted.steps if counted else 0.0,
        cadence_spm=_median(collected.rhythm.column("cadence_spm")),
        crank_turns=counted.crank_turns if counted else 0.0,
        crank_rpm=_median(collected.rhythm.column("crank_rpm")),
        flexion_cycles=_by_word(counted.flexion_cycles) if counted else {},
        deep_cycles=_by_word(counted.deep_cycles) if counted else {},
        deep_flexion_s=counted.deep_total_s if counted else 0.0,
        longest_deep_s=counted.longest_deep_s if counted else 0.0,
        thigh_flexion_p95_deg=_p95(collected.flexion_deg),
        trusted_share=collected.trusted_samples / max(collected.samples, 1),
        gap_s=sum(gap.end - gap.start for gap in collected.gaps) / NS_PER_S,
        faults={kind.value: count for kind, count in sorted(collected.faults.items())},
        alerts=len(alerts),
        placement_method=calibration.method.value,
        placement_sd_deg=calibration.sd_deg,
    )

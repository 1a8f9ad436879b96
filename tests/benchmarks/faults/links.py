"""A sensor that walks out of reach, on the in-memory link and simulated time: what the settled reading has of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from firmware_sim.body import Act, sit, stand, walk
from firmware_sim.device import Model
from firmware_sim.memory_link import stream
from firmware_sim.worn_sensor import wear
from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.inbound import ChangeSettings, Inbound, LinkChange, LinkState, Notification, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.runtime.analysis import Analysis
from hipmonitor.runtime.analyze import analyze_slabs
from tests.benchmarks.faults.row import Row

START_NS = 1_790_000_000 * NS_PER_S
BEFORE_S = 300.0
SLAB = 8192
ROUND: tuple[tuple[Act, float], ...] = ((walk(60), 60), (sit(600, "office_chair"), 600), (stand(40), 40))
LEAST_AGREED = 0.95
EDGE_S = 5
"""A second so near to a change of posture belongs to both."""


@dataclass(frozen=True, kw_only=True)
class Away:
    """How long, and what the sensor remembers."""

    seconds: float
    after_s: float
    model: Model | None = None
    whole: bool = True
    """Within the memory at full rate: every sample comes; else activity for all of it."""


AWAY_6_S = Away(seconds=6, after_s=60)
AWAY_60_S = Away(seconds=60, after_s=90)
AWAY_105_MIN = Away(seconds=105 * 60, after_s=900)
AWAY_10_H = Away(seconds=36_000, after_s=1500, whole=False)
BEYOND_A_SHORT_MEMORY = Away(seconds=1500, after_s=200, model=Model(full_memory_s=300), whole=False)


def away(what: Away, name: str, times: int, _folder: Path) -> Row:
    """Each time another person, body and clock."""
    wrong: list[str] = []
    lost, recovered_s, notes = 0, 0.0, ""
    for seed in range(4, 4 + times):
        slabs = _lived(what, seed)
        analysis = analyze_slabs(lambda slabs=slabs: slabs)  # type: ignore[misc]
        recovered_s = max(recovered_s, _last_from_memory_s(slabs) - BEFORE_S - what.seconds)
        missing = _missing(analysis)
        lost = max(lost, missing)
        words, notes = _judged_whole(analysis, missing) if what.whole else _judged_by_activity(analysis, what)
        wrong += [f"seed {seed}: {words}"] if words else []
    return Row(
        fault=f"out of reach for {name}",
        times=times,
        lost=f"{lost:,} samples missing{notes}" if what.whole else f"{lost:,} samples at 100 Hz; 25 Hz instead{notes}",
        recovered=f"{recovered_s:.0f} s after its return",
        bar="0 samples missing (settled)" if what.whole else "activity for all of it (settled), no gap",
        wrong=tuple(wrong),
    )


def _lived(what: Away, seed: int) -> list[list[Inbound]]:
    total_s = BEFORE_S + what.seconds + what.after_s
    script = [stand(20)]
    for _ in range(int(total_s / sum(seconds for _, seconds in ROUND)) + 1):
        script += [act for act, _ in ROUND]
    device = wear(tuple(script), seed=seed, model=what.model).device
    slabs: list[list[Inbound]] = [[UserAction(at=HostNs(START_NS), action=ChangeSettings(settings=Settings()))]]
    outages = [(BEFORE_S, BEFORE_S + what.seconds)]
    turns = stream(
        device, start_ns=START_NS, seconds=total_s, seed=seed, turn_s=1.0, outages=outages, round_trip_s=10.0
    )
    for events in turns:
        if len(slabs[-1]) > SLAB:
            slabs.append([])
        slabs[-1] += events
    sensor = next(event.sensor for event in slabs[-1] if isinstance(event, Notification))
    slabs[-1].append(LinkChange(at=slabs[-1][-1].at, sensor=sensor, state=LinkState.ENDED))
    return slabs


def _last_from_memory_s(slabs: list[list[Inbound]]) -> float:
    """When the last packet of either memory came."""
    kinds = {hip.Kind.BACKFILL, hip.Kind.SLOW_BACKFILL}
    packets = (e for slab in slabs for e in slab if isinstance(e, Notification) and e.channel == hip.DATA)
    return max(((e.at - START_NS) / NS_PER_S for e in packets if e.payload[0] in kinds), default=0.0)


def _missing(analysis: Analysis) -> int:
    """Samples that should stand between each one and the next."""
    steps_ns = np.diff(analysis.t_ns)
    return int((np.rint(steps_ns / np.median(steps_ns[:1000])) - 1).sum())


def _judged_whole(analysis: Analysis, missing: int) -> tuple[str, str]:
    if analysis.gaps or missing:
        return f"{missing} samples missing, {len(analysis.gaps)} gaps", ""
    return "", ""


def _judged_by_activity(analysis: Analysis, what: Away) -> tuple[str, str]:
    """Every second away has a posture, and how often it is the true one."""
    begin, end = (round(s) for s in (BEFORE_S, BEFORE_S + what.seconds))
    kinds = np.full(end, int(ActivityKind.UNKNOWN))
    for span in analysis.activity:
        first, last = ((at - START_NS) // NS_PER_S for at in (span.start, span.end))
        kinds[max(0, first) : max(0, last)] = int(span.kind)
    away_s = np.arange(begin, end)
    known = kinds[away_s] != ActivityKind.UNKNOWN
    truth_up, clear = _truth(away_s)
    sits = np.isin(kinds[away_s], [ActivityKind.SIT, ActivityKind.SEDENTARY, ActivityKind.LIE])
    agreed = float(np.mean((sits != truth_up)[clear]))
    notes = f"; posture of {known.mean():.2%} of its seconds, {agreed:.2%} true"
    if analysis.gaps or not known.all() or agreed < LEAST_AGREED:
        return f"{len(analysis.gaps)} gaps, {int((~known).sum())} seconds unknown, {agreed:.1%} true", notes
    return "", notes


def _truth(away_s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whether each second is upright by the script, and far enough from a change to be told."""
    within = (away_s - 20) % sum(seconds for _, seconds in ROUND)
    up = (within < ROUND[0][1]) | (within >= ROUND[0][1] + ROUND[1][1])
    edges = np.flatnonzero(np.diff(up.astype(int)))
    near = np.zeros(len(up), bool)
    for edge in edges.tolist():
        near[max(0, edge - EDGE_S) : edge + EDGE_S + 1] = True
    return up, ~near


away_6_s = partial(away, AWAY_6_S, "6 s")
away_60_s = partial(away, AWAY_60_S, "60 s")
away_105_min = partial(away, AWAY_105_MIN, "1 h 45 min")
away_10_h = partial(away, AWAY_10_H, "10 h")
beyond_a_short_memory = partial(away, BEYOND_A_SHORT_MEMORY, "25 min, memory of 5 min at full rate")

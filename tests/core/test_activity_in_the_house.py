"""A month without samples, and a sensor taken off, through the whole house: what an analysis and a view make of them."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import hipmonitor
from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.frames import inverse, rotate
from hipmonitor.core.inbound import Samples, TookOff
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.orientation import SettledOrientation
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.core.settings import Settings
from hipmonitor.runtime.analysis import Reading
from hipmonitor.runtime.slabs import array_slabs, checked
from hipmonitor.ui.view_model.strip import StripKeeper
from tests.core.thigh_streams import START_NS, Script, did, felt, mounting

TWICE: Script = [("stand", 30), ("walk", 60), ("sit", 90)]
MONTH_S = 30 * 86_400
ACC = rotate(inverse(mounting(4)), felt([*TWICE, *TWICE]))


def times(lost_s: int) -> np.ndarray:
    """(n,) of ACC, with a loss in its middle."""
    t_ns = START_NS + np.rint(np.arange(len(ACC)) * (NS_PER_S / 50)).astype(np.int64)
    t_ns[len(t_ns) // 2 :] += lost_s * NS_PER_S
    return np.asarray(t_ns)


@pytest.mark.parametrize("reading", ["as_lived", "settled"])
def test_a_month_without_samples_is_one_span_and_costs_nothing(reading: Reading) -> None:
    began = time.perf_counter()
    analysis = hipmonitor.analyze(acc_mps2=ACC, t_ns=times(MONTH_S), reading=reading)
    assert time.perf_counter() - began < 2.0
    longest = max(analysis.activity, key=lambda span: span.end - span.start)
    assert longest.kind.word == "unknown"
    assert (longest.end - longest.start) / NS_PER_S >= MONTH_S
    assert all(one.end == other.start for one, other in pairwise(analysis.activity))
    assert analysis.summary.activity_s["unknown"] >= MONTH_S
    assert [bout.ended_by.value for bout in analysis.bouts] == ["not_known"]
    assert analysis.summary.breaks == 0


@pytest.mark.parametrize("reading", ["as_lived", "settled"])
def test_sitting_goes_on_in_a_loss_of_two_seconds_with_an_untrusted_angle(reading: Reading) -> None:
    kept = np.abs(times(0) - START_NS - 130 * NS_PER_S) >= 950_000_000
    whole, lossy = (
        hipmonitor.analyze(acc_mps2=ACC[rows], t_ns=times(0)[rows], reading=reading) for rows in (slice(None), kept)
    )
    assert lossy.summary.activity_s == whole.summary.activity_s
    assert [bout.sitting_s for bout in lossy.bouts] == [bout.sitting_s for bout in whole.bouts]
    assert len(lossy.gaps) == 1
    after = np.searchsorted(lossy.t_ns, START_NS + 131 * NS_PER_S)
    assert not lossy.trusted[after : after + 10].any()


def test_events_tell_the_transitions_that_the_summary_counts() -> None:
    """Sitting down for a moment only is none."""
    acc = felt([("stand", 30), ("walk", 60), ("sit", 60), ("stand", 30), ("sit", 4), ("stand", 30)])
    analysis = hipmonitor.analyze(acc_mps2=acc, rate_hz=50)
    assert sum(span.kind.word == "sit" for span in analysis.activity) == 2
    events = [event.kind for event in analysis.events]
    assert events.count("sit_to_stand") == analysis.summary.sit_to_stand == 1
    assert events.count("stand_to_sit") == 1


def test_a_view_s_strip_takes_a_month_as_one_span() -> None:
    keeper, pipeline = StripKeeper(), Pipeline()
    arrays = checked(acc_mps2=ACC, gyr_radps=None, rate_hz=50.0, t_ns=times(MONTH_S))
    for events in array_slabs(arrays, Settings()):
        for piece in pipeline.step(events).pieces:
            keeper.take(piece.exposure.seconds, piece.gaps)
    spans = keeper.strip().spans
    assert max(end - start for start, end, _, _ in spans) >= MONTH_S * NS_PER_S
    assert all(one[1] == other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize("settled", [False, True])
def test_a_sensor_that_was_taken_off_is_not_worn_until_it_walks_for_half_a_minute(settled: bool) -> None:
    pipeline = Pipeline(orientation=SettledOrientation if settled else None)
    arrays = checked(acc_mps2=ACC, gyr_radps=None, rate_hz=50.0, t_ns=times(0))
    start, *slabs, end = array_slabs(arrays, Settings())
    samples = [event for events in slabs for event in events if isinstance(event, Samples)]
    row = int(np.searchsorted(arrays.t_ns, START_NS + 120 * NS_PER_S))
    first, *others = samples
    before, after = (
        replace(first, t_ns=first.t_ns[rows], acc_mps2=first.acc_mps2[rows]) for rows in (slice(row), slice(row, None))
    )
    updates = [pipeline.step(events) for events in (start, [before], [did(120.0, TookOff())], [after, *others], end)]
    kind = np.concatenate([piece.activity.kind for update in updates for piece in update.pieces])
    assert kind[119] != ActivityKind.NOT_WORN
    assert (kind[120:215] == ActivityKind.NOT_WORN).all()
    assert (kind[242:265] == ActivityKind.WALK).all()

"""What was heard of a clock, thinned; the lines and curves under it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples.clock_learner import most_around
from hipmonitor.core.samples.curve import curve_under
from hipmonitor.core.samples.envelope import edge_under, lower_hull, touching
from hipmonitor.core.samples.evidence import Evidence, EvidenceParams, EvidenceState
from tests.core.builders import at

HZ = 1000.0


def listening(side: int = 1, window_s: float = math.inf) -> Evidence:
    """A clock of 1000 Hz."""
    return Evidence(EvidenceParams(side=side, window_s=window_s), EvidenceState(tick_hz=HZ))


def hear(evidence: Evidence, seconds: np.ndarray, delay_s: np.ndarray | float) -> None:
    """Readings at these seconds, heard so much later."""
    heard = np.array([at(float(s)) for s in seconds + delay_s], np.int64)
    evidence.add(np.rint(seconds * HZ).astype(np.int64), heard)


def test_the_hull_s_lower_side_leaves_out_what_lies_above() -> None:
    points = [(0.0, 3.0), (1.0, 0.0), (2.0, 5.0), (3.0, 0.5), (3.0, 0.2), (3.0, 0.9), (4.0, 9.0)]
    assert lower_hull(points) == [(0.0, 3.0), (1.0, 0.0), (3.0, 0.2), (4.0, 9.0)]


@pytest.mark.parametrize(("x", "slope"), [(0.5, -3.0), (2.0, 0.1), (3.5, 8.8), (9.0, 8.8)])
def test_the_line_is_the_edge_below_the_place(x: float, slope: float) -> None:
    assert edge_under([(0.0, 3.0), (1.0, 0.0), (3.0, 0.2), (4.0, 9.0)], x).slope == pytest.approx(slope)


def test_a_line_of_a_given_slope_touches_the_lowest_point() -> None:
    line = touching([(0.0, 3.0), (1.0, 1.5), (2.0, 3.0)], 1.0)
    assert line.at(0.0) == 0.5


def test_a_curve_follows_the_least_delays_as_they_wander() -> None:
    x = np.arange(0, 2000.0)
    least = 5 * np.sin(2 * np.pi * x / 2000)
    points = list(zip(x.tolist(), (least + 3 * np.random.default_rng(2).random(2000)).tolist(), strict=True))
    curve = curve_under(points, window=200, step=50)
    assert np.abs(curve.at(x) - least).max() < 0.7


def test_a_curve_has_no_knot_where_nothing_was_heard() -> None:
    points = [(float(x), 0.0) for x in [*range(10), *range(1000, 1010)]]
    curve = curve_under(points, window=20, step=10)
    assert not ((curve.x > 30) & (curve.x < 980)).any()


def test_the_greatest_around_a_place_is_of_whole_windows_or_the_nearest() -> None:
    x, values = np.array([0.0, 1.0, 2.0, 50.0]), np.array([1.0, 9.0, 3.0, 4.0])
    assert most_around(x, values, np.array([-5.0, 1.0, 30.0, 50.0]), 4.0).tolist() == [9.0, 9.0, 4.0, 4.0]


def test_of_every_bucket_the_least_delayed_is_kept() -> None:
    evidence, seconds = listening(), np.arange(0, 300, 0.1)
    delay = 0.02 + 0.03 * np.random.default_rng(1).random(len(seconds))
    delay[::50] = 0.01
    hear(evidence, seconds, delay)
    late_ms = np.array([y for _, y in evidence.known()]) / 1e6
    assert len(late_ms) < 140
    assert (late_ms[61:] == pytest.approx(late_ms[61], abs=0.01)) is True


def test_readings_of_a_bucket_that_is_complete_are_not_taken() -> None:
    evidence = listening()
    hear(evidence, np.array([0.0, 100.0]), 0.0)
    before = evidence.known()
    hear(evidence, np.array([50.0]), -0.2)
    assert evidence.known() == before


def test_a_window_forgets() -> None:
    evidence = listening(window_s=100)
    hear(evidence, np.arange(0, 1000, 1.0), 0.0)
    assert evidence.span() <= 110 * HZ


def test_a_clock_that_jumps_ahead_is_a_new_clock_at_once() -> None:
    evidence, seconds = listening(), np.arange(0, 200, 1.0)
    hear(evidence, seconds, np.where(seconds < 100, 2.0, 0.0))
    assert evidence.known()[0][0] == pytest.approx(100 * HZ, abs=5 * HZ)
    assert len(evidence.state.before_jumps) == 1


def test_a_clock_that_stays_behind_is_a_new_clock_from_where_it_fell_behind() -> None:
    evidence, seconds = listening(window_s=500), np.arange(0, 200, 1.0)
    hear(evidence, seconds, np.where(seconds < 100, 0.0, 2.0))
    assert evidence.known()[0][0] == pytest.approx(100 * HZ, abs=5 * HZ)
    assert evidence.state.before_jumps == []


def test_a_host_that_slept_and_then_hears_everything_at_once_is_no_jump() -> None:
    evidence, seconds = listening(), np.arange(0, 200, 1.0)
    hear(evidence, seconds, np.where((seconds > 100) & (seconds < 130), 130 - seconds, 0.0))
    assert evidence.known()[0][0] == 0
    assert max(y for _, y in evidence.known()) < 0.6 * NS_PER_S


def test_questions_are_bounds_from_the_other_side() -> None:
    evidence = listening(side=-1)
    hear(evidence, np.array([0.0, 0.1, 0.2]), np.array([-0.02, -0.001, -0.03]))
    ((x, y),) = evidence.known()
    assert evidence.host_ns((x, y)) == (100, pytest.approx(at(0.099), abs=512))

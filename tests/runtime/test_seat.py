"""The seat coach on one analysis, as a notebook asks it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import hipmonitor
from hipmonitor.core.activity import ActivityKind, ActivitySpan
from hipmonitor.core.errors import UsageError
from hipmonitor.core.exposure import BoutEnd, SittingBout
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import SeatHeight, day_number
from hipmonitor.runtime.analysis import Analysis
from hipmonitor.runtime.seat import seat_of

START_S = day_number("2026-11-22") * 86_400 + 10 * 3600
SAT_S = 3600
MEASURED = SeatHeight(thigh_length_cm=40, knee_above_hip_cm=3.0, times_measured=4, measured_at="2026-11-22 11:30")
AN_HOUR_EAST = 3600


@pytest.fixture(scope="module")
def nothing() -> Analysis:
    return hipmonitor.analyze(acc_mps2=np.zeros((0, 3)), rate_hz=100)


def sat(nothing: Analysis) -> Analysis:
    """An hour at 95 degrees from 10:00 UTC on, a row a second; for half a minute at 10:31 a leg was lifted."""
    flexion_deg = np.full(SAT_S, 95.0, np.float32)
    flexion_deg[31 * 60 : 31 * 60 + 30] = 110.0
    start, end = HostNs(START_S * NS_PER_S), HostNs((START_S + SAT_S) * NS_PER_S)
    return replace(
        nothing,
        t_ns=start + np.arange(SAT_S) * NS_PER_S,
        thigh_flexion_deg=flexion_deg,
        trusted=np.ones(SAT_S, np.bool_),
        activity=(ActivitySpan(start=start, end=end, kind=ActivityKind.SIT, confidence=1.0),),
        bouts=(SittingBout(start=start, end=end, sitting_s=float(SAT_S), deep_s=0.0, ended_by=BoutEnd.BREAK),),
        calibration=replace(nothing.calibration, sd_deg=2.5),
    )


def test_what_was_measured_on_the_wearers_clock_holds_for_the_whole_sitting(nothing: Analysis) -> None:
    usual = seat_of(sat(nothing), MEASURED, utc_offset_s=AN_HOUR_EAST).usual
    assert usual is not None
    assert usual.raise_cm == pytest.approx(3.0, abs=0.01)


def test_a_measurement_of_another_hour_corrects_nothing(nothing: Analysis) -> None:
    usual = seat_of(sat(nothing), MEASURED).usual
    assert usual is not None
    assert (usual.flexion_deg, usual.raise_cm) == (95.0, None)


def test_without_rows_it_says_what_is_missing(nothing: Analysis) -> None:
    with pytest.raises(UsageError, match="per_sample=True"):
        seat_of(nothing)

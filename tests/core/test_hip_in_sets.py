"""A pelvis sensor adds to a set how far the hip itself went; it is known some seconds later."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.exercise import ExerciseBlock, ExerciseParams, ExerciseRoom, HipInSet
from hipmonitor.core.hip import HipBlock, HipMethod
from tests.core.builders import activity
from tests.core.exercise_streams import Path, Stream, begin, end, picked, stream

LATE = 125
"""Rows."""


def hips(whole: Stream, rows: slice, *, method: HipMethod) -> HipBlock:
    """A hip that bends half as far again as the thigh."""
    part = picked(whole, rows)
    n = len(part)
    nan = np.full(n, np.nan)
    tipped = np.array([row[0] for row in SQUATS.rows])[rows]
    return HipBlock(
        t_ns=part.imu.t_ns,
        hip_flexion_deg=1.5 * tipped,
        hip_flexion_sd_deg=np.full(n, 3.0),
        hip_adduction_deg=nan,
        hip_adduction_sd_deg=nan,
        hip_rotation_deg=nan,
        hip_rotation_sd_deg=nan,
        pelvis_tilt_deg=nan,
        hip_method=np.full(n, method, np.int8),
        trusted=np.ones(n, np.bool_),
    )


def squats() -> Path:
    path = Path(at=(0.0, 0.0)).stay(2.0)
    for _ in range(3):
        path.there_and_back((60.0, 0.0), rest=1.0)
    return path.stay(5.0)


SQUATS = squats()


def heard(*, method: HipMethod = HipMethod.MEASURED, step: int = 50, flush: bool = False) -> list[ExerciseBlock]:
    whole = stream(SQUATS.rows, actions=[begin("squat", repetitions=3), end(SQUATS.seconds)])
    room, blocks = ExerciseRoom(ExerciseParams(side="right")), []
    for first in range(0, len(whole), step):
        part = picked(whole, slice(first, first + step))
        due = [whole.actions[0]] if first == 0 else []
        late = slice(max(0, first - LATE), max(0, first + step - LATE))
        last = flush and first + step >= len(whole)
        hip = hips(whole, late, method=method)
        blocks.append(room.step(part.imu, part.orientation, part.thigh, activity([]), due, hip=hip, flush=last))
    return blocks


def said(blocks: list[ExerciseBlock]) -> list[HipInSet]:
    return [one for block in blocks for one in block.hips]


def test_the_hips_range_follows_the_sets_result_when_it_is_known() -> None:
    blocks = heard()
    (one,) = said(blocks)
    assert (one.exercise, one.repetitions) == ("squat", 3)
    assert one.range_deg == pytest.approx(90.0, abs=6.0)
    assert one.highest_deg == pytest.approx(90.0, abs=0.5)
    done = next(k for k, block in enumerate(blocks) if block.results)
    assert next(k for k, block in enumerate(blocks) if block.hips) > done


def test_the_same_however_it_is_cut() -> None:
    assert said(heard(step=1)) == said(heard(step=50)) == said(heard(step=173))


def test_without_a_measured_hip_nothing_is_said() -> None:
    assert said(heard(method=HipMethod.UPRIGHT)) == []


def test_what_is_known_of_the_hip_when_the_recording_ends_is_said() -> None:
    assert len(said(heard(step=len(SQUATS.rows), flush=True))) == 1


def test_a_hip_that_was_measured_in_no_repetition_says_nothing() -> None:
    whole = stream(SQUATS.rows, actions=[begin("squat", repetitions=3)])
    room = ExerciseRoom()
    rows = picked(whole, slice(0, len(whole)))
    hip = hips(whole, slice(0, 20), method=HipMethod.MEASURED)
    block = room.step(rows.imu, rows.orientation, rows.thigh, activity([]), whole.actions, hip=hip, flush=True)
    assert (len(block.results), block.hips) == (1, ())

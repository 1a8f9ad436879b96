"""Small rows kept as columns: what is asked for is what came in."""

from __future__ import annotations

from math import nan

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure import RhythmSecond
from hipmonitor.runtime.collect import RHYTHM
from hipmonitor.runtime.packed_rows import PackedRows
from tests.core.builders import at

WALKED = tuple(
    RhythmSecond(start=at(k), kind=ActivityKind.WALK, steps=1.9, crank_turns=0.0, cadence_spm=114.0 + k, crank_rpm=nan)
    for k in range(5)
)


def packed(*parts: tuple[RhythmSecond, ...]) -> PackedRows[RhythmSecond]:
    rows = PackedRows(RhythmSecond, RHYTHM)
    for part in parts:
        rows.extend(part)
    return rows


def test_rows_come_back_as_they_were_in_order_by_number_and_by_part() -> None:
    rows = packed(WALKED[:2], (), WALKED[2:])
    assert (tuple(rows), rows[3], rows[-1], rows[1:4]) == (WALKED, WALKED[3], WALKED[4], WALKED[1:4])


def test_a_kind_is_a_kind_again_and_not_a_number() -> None:
    assert packed(WALKED)[0].kind is ActivityKind.WALK


def test_rows_are_equal_to_the_same_rows_however_they_are_kept() -> None:
    assert packed(WALKED) == WALKED
    assert packed(WALKED) == packed(WALKED[:1], WALKED[1:])
    assert packed(WALKED) != WALKED[1:]


def test_without_rows_there_is_nothing() -> None:
    assert (len(packed()), tuple(packed()), packed()[:2]) == (0, (), ())


def test_a_field_is_had_as_numbers_without_making_rows() -> None:
    assert list(packed(WALKED).column("cadence_spm")) == [114.0, 115.0, 116.0, 117.0, 118.0]


def test_rows_read_as_a_tuple_of_them() -> None:
    assert repr(packed(WALKED)) == repr(WALKED)

"""Sets of holds: seconds beyond an angle, with tremor and slips, and those that were let go early."""

from __future__ import annotations

import pytest

from hipmonitor.core.exercise import Effort, EndedBy, Phase
from tests.core.exercise_streams import Path, Pose, Seen, begin, end, seen, stream

SEAT: Pose = (85.0, 0.0)
DOWN: Pose = (25.0, 0.0)


def stretched(*holds_s: float, far: Pose = DOWN) -> Path:
    path = Path(at=SEAT).stay(2.0)
    for hold_s in holds_s:
        path.there_and_back(far, up=2.0, hold=hold_s, down=1.5, rest=3.0)
    return path


def held(
    path: Path, *, tremor_deg: float = 0.0, hold_s: float = 20.0, repetitions: int = 0, angle: float = 45.0
) -> Seen:
    asked = begin("seated_hip_flexor_stretch", repetitions=repetitions, range_deg=angle, hold_s=hold_s)
    return seen(
        stream(path.rows, actions=[asked, end(path.seconds)], tremor_deg=tremor_deg),
        at_rows=range(0, len(path.rows), 25),
    )


@pytest.mark.parametrize("tremor_deg", [0.0, 3.0])
def test_a_hold_is_timed_to_a_second(tremor_deg: float) -> None:
    got = held(stretched(21.0, 25.0), tremor_deg=tremor_deg)
    assert [one.effort for one in got.repetitions] == [Effort.FULL, Effort.FULL]
    assert [one.hold_s for one in got.repetitions] == pytest.approx([22.0, 26.0], abs=1.0)
    assert got.result.counted_s == pytest.approx(48.0, abs=2.0)
    assert got.result.sentence == f"2 holds, {got.result.counted_s:.0f} s held."


def test_a_short_slip_does_not_end_a_hold() -> None:
    path = (
        Path(at=SEAT)
        .stay(2.0)
        .go(DOWN, 2.0)
        .stay(10.0)
        .go((55.0, 0.0), 0.3)
        .go(DOWN, 0.3)
        .stay(10.0)
        .go(SEAT, 1.5)
        .stay(2.0)
    )
    got = held(path)
    assert [one.effort for one in got.repetitions] == [Effort.FULL]


def test_a_hold_that_was_let_go_early_is_partial() -> None:
    got = held(stretched(8.0))
    assert [one.effort for one in got.repetitions] == [Effort.PARTIAL]
    assert got.blocks[-2].now is not None
    assert got.blocks[-2].now.sentence == "Let go early: that one was partial."


def test_a_movement_that_never_reaches_the_angle_is_partial_and_holds_nothing() -> None:
    got = held(stretched(15.0, far=(58.0, 0.0)))
    assert [one.effort for one in got.repetitions] == [Effort.PARTIAL]
    assert got.result.counted_s < 1.0


def test_without_an_angle_any_hold_beyond_the_least_movement_counts() -> None:
    assert held(stretched(20.0, far=(58.0, 0.0)), angle=0.0).result.full == 1


def test_while_it_is_held_the_seconds_left_are_said_and_then_that_it_is_enough() -> None:
    got = held(stretched(26.0))
    now = [block.now for block in got.blocks if block.now and block.now.phase is Phase.HOLDING]
    assert now[2].sentence.startswith("Hold: ")
    assert now[-1].sentence == "Enough, come back slowly."
    assert max(one.hold_s for one in now) == pytest.approx(27.0, abs=1.0)


def test_the_last_hold_that_was_asked_for_ends_the_set() -> None:
    got = held(stretched(21.0, 21.0, 21.0), repetitions=2)
    assert (got.result.full, got.result.ended_by) == (2, EndedBy.TARGET)
    assert got.result.sentence.startswith("2 of 2 holds, ")


def test_a_hold_that_goes_on_when_the_set_ends_is_counted() -> None:
    path = Path(at=SEAT).stay(2.0).go(DOWN, 2.0).stay(21.0)
    got = held(path)
    assert got.result.full == 1
    assert got.result.counted_s == pytest.approx(22.0, abs=1.0)


def test_a_hold_far_from_the_start_is_not_taken_for_having_left_the_pose() -> None:
    assert len(held(stretched(40.0)).sentences) == 1

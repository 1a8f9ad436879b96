"""The seat coach and posture hints on simulated people: a short run of `tests.benchmarks.seat` and `seat_hints`."""

from __future__ import annotations

from tests.benchmarks.seat import BAR_WITHIN, of_person, told_without_trust, within
from tests.benchmarks.seat_hints import hinted


def test_measured_chairs_are_told_to_a_centimetre_and_a_half_and_no_others_in_centimetres() -> None:
    told = [one for seed in (6, 7) for one in of_person(seed)]
    assert within([one for one in told if one.times]) >= BAR_WITHIN
    assert not any(one.shown for one in told if not one.times)


def test_who_never_walked_is_told_nothing() -> None:
    assert told_without_trust(0) == 0


def test_an_ankle_on_the_knee_is_hinted_at() -> None:
    assert hinted(20, "ankle_on_knee").rightly

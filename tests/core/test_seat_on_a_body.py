"""The seat coach and posture hints on simulated people: a short run of `tests.benchmarks.seat` and `seat_hints`."""

from __future__ import annotations

from tests.benchmarks.seat import of_person, silent_people
from tests.benchmarks.seat_hints import hinted


def test_a_measured_chair_is_told_to_a_centimetre_and_a_half_and_no_other_in_centimetres() -> None:
    told = of_person(4)
    spoken = [one for one in told if one.shown]
    assert spoken
    assert all(one.tape and abs(one.error_cm) < 1.5 for one in spoken)


def test_who_never_walked_is_told_nothing() -> None:
    assert silent_people(0) == 0


def test_an_ankle_on_the_knee_is_hinted_at() -> None:
    assert hinted(20, "ankle_on_knee").rightly

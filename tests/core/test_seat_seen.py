"""Seated without the pelvis sensor that was there before: what it saw last counts, less and less, and its sd says so."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.hip.by_posture import PostureParams
from hipmonitor.core.hip.seat_seen import SeatRows, SeatSeen, SeatSeenParams, pelvis_back

NS = 1_000_000_000


def rows(
    t_s: list[float], back_deg: float = 35.0, *, seen: int = 0, up: int | None = None, anew: int | None = None
) -> SeatRows:
    """Seated rows; the first `seen` are measured, from row `up` one stands, before row `anew` sensors are put on anew."""
    place = np.arange(len(t_s))
    return SeatRows(
        t_ns=np.array([round(t * NS) for t in t_s], np.int64),
        back_deg=np.where(place < seen, back_deg, np.nan),
        seen=place < seen,
        up=place == (-1 if up is None else up),
        anew=place == (-1 if anew is None else anew),
    )


def told(what: SeatRows, state: SeatSeen | None = None) -> tuple[np.ndarray, np.ndarray]:
    return pelvis_back(SeatSeenParams(), PostureParams(), state or SeatSeen(), what)


def test_nothing_seen_is_the_usual_roll_with_its_usual_sd() -> None:
    back_deg, sd_deg = told(rows([0, 1]))
    assert back_deg.tolist() == [20, 20]
    assert sd_deg.tolist() == [13, 13]


def test_right_after_a_look_the_pelvis_is_as_it_was_seen_and_later_more_as_usual() -> None:
    back_deg, sd_deg = told(rows([0, 1, 300, 7200], seen=1))
    assert back_deg[1] == pytest.approx(35, abs=0.1)
    assert back_deg[1] > back_deg[2] > back_deg[3] > 26
    assert sd_deg[1] < sd_deg[2] < sd_deg[3] < 13


def test_on_another_seat_only_what_is_the_persons_own_is_left() -> None:
    back_deg, sd_deg = told(rows([0, 1, 2, 3], seen=1, up=1))
    assert back_deg[2] == back_deg[3] == pytest.approx(20 + 81 / 169 * 15)
    assert 11 < sd_deg[3] < 13


def test_after_the_sensors_were_put_on_anew_nothing_was_seen() -> None:
    back_deg, _ = told(rows([0, 1, 2], seen=1, anew=2))
    assert back_deg[1] > 34
    assert back_deg[2] == 20


@pytest.mark.parametrize("cut", [1, 2, 3, 4])
def test_the_same_however_cut(cut: int) -> None:
    whole = rows([0, 1, 2, 3, 90], seen=2, up=3)
    names = ("t_ns", "back_deg", "seen", "up", "anew")
    parts = [
        SeatRows(**{name: getattr(whole, name)[part] for name in names}) for part in (slice(0, cut), slice(cut, None))
    ]
    state = SeatSeen()
    pieces = [told(part, state) for part in parts]
    for column, expected in enumerate(told(whole)):
        assert np.array_equal(np.concatenate([piece[column] for piece in pieces]), expected)

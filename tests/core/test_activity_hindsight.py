"""What turns out not to have been worn was not worn from its beginning on, where the reading looks back: the settled one."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.activity import Activity, ActivityBlock, ActivityKind, ActivityParams, settled
from hipmonitor.core.activity.held_back import HeldRows
from hipmonitor.core.activity.rules import ANSWER
from hipmonitor.core.instants import NS_PER_S
from tests.core.thigh_streams import Script, cuts, decided_by, felt, imu_block

K = ActivityKind
UPRIGHT = np.array([1.0, 0.0, 0.0, 0.0])
LEFT_ON_A_TABLE: Script = [("walk", 20), ("sit", 60), ("table", 600), ("walk", 30)]


def said(script: Script, *, later: bool = True, at: list[int] | None = None) -> np.ndarray:
    room = Activity(settled(ActivityParams()) if later else None)
    return decided_by(room, imu_block(felt(script)), UPRIGHT, at=at or (), moves=bool(at)).kind


def carried(*, later: bool = True) -> np.ndarray:
    """Somebody sits, takes the sensor off, and walks about with it lying level."""
    walks = felt([("walk", 40)])[:, [1, 0, 2]] * [1, -1, 1]
    imu = imu_block(np.concatenate([felt([("walk", 20), ("sit", 60)]), walks]))
    block: ActivityBlock = decided_by(Activity(settled(ActivityParams()) if later else None), imu, UPRIGHT)
    return block.kind


def test_a_table_was_one_from_its_first_seconds_on() -> None:
    kind = said(LEFT_ON_A_TABLE)
    assert set(kind[30:75].tolist()) <= {K.SIT, K.SEDENTARY}
    assert (kind[85:675] == K.NOT_WORN).all()
    assert (kind[690:705] == K.WALK).all()


def test_as_lived_nothing_is_taken_back() -> None:
    assert not (said(LEFT_ON_A_TABLE, later=False)[:180] == K.NOT_WORN).any()


def test_who_lies_very_still_for_minutes_loses_no_more_than_the_end_of_it() -> None:
    kind = said([("walk", 20), ("sit", 60), ("table", 300), ("walk", 30)])
    assert not (kind[:180] == K.NOT_WORN).any()
    assert (kind[190:375] == K.NOT_WORN).all()


def test_what_is_carried_was_not_worn_since_it_was_taken_in_the_hand() -> None:
    assert (carried()[82:] == K.NOT_WORN).all()
    assert not (carried()[:78] == K.NOT_WORN).any()
    assert not (carried(later=False)[:92] == K.NOT_WORN).any()


@pytest.mark.parametrize("seed", range(3))
def test_any_cut_gives_the_same_answers(seed: int) -> None:
    rows = [piece.start for piece in cuts(50 * 710, seed)]
    assert said(LEFT_ON_A_TABLE, at=rows).tolist() == said(LEFT_ON_A_TABLE).tolist()


def rows_of(*kinds: K) -> HeldRows:
    """One second each."""
    return HeldRows(
        start_ns=[k * NS_PER_S for k in range(len(kinds))],
        lasting_s=[1] * len(kinds),
        decided=[ANSWER[kind] for kind in kinds],
    )


def test_time_that_is_not_known_stays_unknown() -> None:
    rows = rows_of(K.SIT, K.SIT, K.UNKNOWN, K.SIT)
    rows.take_back(2)
    assert [answer.kind for answer in rows.decided] == [K.SIT, K.NOT_WORN, K.UNKNOWN, K.NOT_WORN]


def test_what_is_let_go_is_no_longer_held() -> None:
    rows = rows_of(K.SIT, K.SIT, K.SIT, K.SIT)
    assert rows.let_go(2 * NS_PER_S).start_ns == [0, NS_PER_S]
    assert rows.start_ns == [2 * NS_PER_S, 3 * NS_PER_S]
    assert len(rows) == len(rows.lasting_s) == len(rows.decided) == 2

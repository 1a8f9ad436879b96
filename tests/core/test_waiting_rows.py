"""What waits for what follows takes the memory of its own rows: a view of a slab would keep the whole slab."""

from __future__ import annotations

import numpy as np

from hipmonitor.core.hip.rows import NAMES, narrow
from hipmonitor.core.orientation import SettledOrientation
from hipmonitor.core.orientation.settled import SettledOrientationParams
from tests.core.thigh_streams import felt, imu_block


def test_rows_that_wait_for_their_activity_own_their_memory() -> None:
    column = np.arange(10.0)
    rows = narrow(t_ns=np.arange(10), flexion_deg=column, sd_deg=column, trusted=column > 0).after(7)
    assert rows.t_ns.tolist() == [7, 8, 9]
    assert all(getattr(rows, name).base is None for name in NAMES)


def test_samples_that_wait_for_what_follows_own_their_memory() -> None:
    orientation = SettledOrientation(SettledOrientationParams(chunk_samples=500, margin_samples=100))
    imu = imu_block(felt([("walk", 20)]))
    handed_on = orientation.step(imu)
    (held,) = orientation.state.held
    assert len(handed_on.imu)
    assert held.t_ns[-1] == imu.t_ns[-1]
    assert held.acc_mps2.base is None
    assert held.t_ns.base is None

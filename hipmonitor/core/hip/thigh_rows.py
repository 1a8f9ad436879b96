"""The thigh's samples as rows of the hip room: with the orientation of the thigh itself, not of its sensor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Ints, Quats
from hipmonitor.core.frames import inverse, multiply
from hipmonitor.core.hip.joint_angles import MIRROR, turned_left_deg
from hipmonitor.core.hip.pelvis_rows import ANEW_NS, heading_means_something
from hipmonitor.core.hip.rows import Rows, narrow
from hipmonitor.core.orientation import Oriented
from hipmonitor.core.settings import Side
from hipmonitor.core.thigh import Placement, PlacementMethod, ThighBlock


@dataclass(slots=True, kw_only=True)
class ThighRowsState:
    """What is carried from step to step."""

    thigh_from_sensor: Quats | None = None
    """Of the placement in force."""
    newest_ns: int = 0
    run: int = 0
    rate_hz: float = 0.0
    turns: bool = False
    turned_deg: float = 0.0
    """What the next row has to tell of a placement that came after the last one."""
    anew: bool = False


def thigh_rows(state: ThighRowsState, thigh: ThighBlock, oriented: Oriented | None, side: Side) -> Rows:
    """Rows of one step; `oriented`: the same samples with their orientations, or None where nothing is to be measured."""
    rows = narrow(
        t_ns=thigh.t_ns, flexion_deg=thigh.thigh_flexion_deg, sd_deg=thigh.sd_deg, trusted=thigh.trusted
    ).widened()
    n = len(thigh)
    world_from_thigh, turned_deg = _of_the_thigh(state, thigh, oriented)
    turns = np.zeros(n, np.bool_) if oriented is None else heading_means_something(oriented)
    anew = np.zeros(n, np.bool_)
    if n:
        anew[0], state.anew = state.anew, False
    return replace(
        rows,
        world_from_thigh=world_from_thigh,
        turns=turns,
        run=_runs(state, thigh, 0.0 if oriented is None else oriented.imu.rate_hz, turns),
        turned_deg=turned_deg,
        mirror=np.full(n, MIRROR[side]),
        anew=anew,
    )


def rows_alone(state: ThighRowsState, thigh: ThighBlock) -> Rows:
    """Rows where there is no pelvis sensor; a placement is remembered, one might come."""
    for placement in thigh.placements:
        state.thigh_from_sensor = _quaternion(placement)
    return narrow(t_ns=thigh.t_ns, flexion_deg=thigh.thigh_flexion_deg, sd_deg=thigh.sd_deg, trusted=thigh.trusted)


def _runs(state: ThighRowsState, thigh: ThighBlock, rate_hz: float, turns: Bools) -> Ints:
    if not len(thigh):
        return np.zeros(0, np.int64)
    anew = np.diff(thigh.t_ns, prepend=state.newest_ns or thigh.t_ns[0]) > ANEW_NS
    anew |= np.diff(turns, prepend=state.turns)
    anew[0] |= rate_hz != state.rate_hz
    run = state.run + np.cumsum(anew)
    state.newest_ns, state.run, state.rate_hz, state.turns = int(thigh.t_ns[-1]), int(run[-1]), rate_hz, bool(turns[-1])
    return run


def _of_the_thigh(state: ThighRowsState, thigh: ThighBlock, oriented: Oriented | None) -> tuple[Quats, Floats]:
    """(n, 4) world_from_thigh, and how far each row's placement turned forward from that of the row before."""
    world, turned = np.full((len(thigh), 4), np.nan), np.zeros(len(thigh))
    for quaternion, rows in _placed(state, thigh):
        if quaternion is not None and state.thigh_from_sensor is not None and quaternion is not state.thigh_from_sensor:
            state.turned_deg += turned_left_deg(state.thigh_from_sensor, quaternion)
        state.thigh_from_sensor = quaternion if quaternion is not None else state.thigh_from_sensor
        if rows.stop > rows.start:
            turned[rows.start], state.turned_deg = state.turned_deg, 0.0
            if oriented is not None and quaternion is not None:
                world[rows] = multiply(oriented.orientation.world_from_sensor[rows], inverse(quaternion))
    return world, turned


def _placed(state: ThighRowsState, thigh: ThighBlock) -> Iterator[tuple[Quats | None, slice]]:
    """Placement after placement with the rows it is in force for."""
    starts = np.searchsorted(thigh.t_ns, [p.since for p in thigh.placements]).tolist()
    quaternions = [state.thigh_from_sensor, *(_quaternion(p) for p in thigh.placements)]
    for quaternion, start, end in zip(quaternions, [0, *starts], [*starts, len(thigh)], strict=True):
        yield quaternion, slice(start, end)


def _quaternion(placement: Placement) -> Quats | None:
    return None if placement.method is PlacementMethod.NONE else placement.thigh_from_sensor

"""Room 4's stage: orientation and placement to the thigh's angles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Floats, Vec3s, read_only
from hipmonitor.core.frames import up_in_sensor
from hipmonitor.core.inbound import UserAction
from hipmonitor.core.orientation import OrientationBlock
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.settings import Side
from hipmonitor.core.thigh.angles import flexion_deg, inclination_deg, roll_deg, up_in_thigh
from hipmonitor.core.thigh.blocks import Placement, PlacementMethod, ThighBlock
from hipmonitor.core.thigh.placing import Placing, PlacingParams, PlacingState


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ThighParams:
    """What may be tuned."""

    side: Side = "unknown"
    most_sd_deg: float = 15.0
    """A placement known less well gives angles, but none that are trusted: it may have the bending plane wrong."""
    placing: PlacingParams = field(default_factory=PlacingParams)


@dataclass(slots=True, kw_only=True)
class ThighState:
    """What is carried from step to step."""

    placing: PlacingState = field(default_factory=PlacingState)


class Thigh:
    """Placement and angles. A new placement counts from its own instant on, wherever a step happened to end."""

    def __init__(self, params: ThighParams | None = None, state: ThighState | None = None) -> None:
        self.params = params or ThighParams()
        self.state = state or ThighState()
        self._placing = Placing(self.params.placing, self.state.placing)

    def step(self, imu: ImuBlock, orientation: OrientationBlock, actions: Sequence[UserAction] = ()) -> ThighBlock:
        """Angles of these samples. The actions happened before them."""
        self._placing.act(actions)
        up = up_in_sensor(orientation.world_from_sensor)
        watched = self._placing.learn(imu, orientation, up)
        angles = self._angles(imu, up, watched.placements)
        return ThighBlock(
            t_ns=imu.t_ns,
            thigh_flexion_deg=read_only(angles[0]),
            thigh_inclination_deg=read_only(angles[1]),
            thigh_roll_deg=read_only(angles[2]),
            trusted=read_only(orientation.trusted & (angles[3] <= self.params.most_sd_deg)),
            sd_deg=read_only(angles[3]),
            placements=tuple(watched.placements),
            poses=tuple(watched.poses),
            holdings=tuple(watched.holdings),
            summarised=watched.summarised,
        )

    def _angles(self, imu: ImuBlock, up: Vec3s, placements: list[Placement]) -> tuple[Floats, Floats, Floats, Floats]:
        """Flexion, inclination, roll and sd, each with the placement in force at its sample."""
        starts = [int(imu.t_ns.searchsorted(p.since)) for p in placements]
        in_force = [self.state.placing.current, *placements]
        self.state.placing.current = in_force[-1]
        parts = [
            self._angles_by(placement, up[start:end])
            for placement, start, end in zip(in_force, [0, *starts], [*starts, len(imu)], strict=True)
        ]
        if len(parts) == 1:
            return parts[0]
        flexion, inclination, roll, sd = (np.concatenate(column) for column in zip(*parts, strict=True))
        return flexion, inclination, roll, sd

    def _angles_by(self, placement: Placement | None, up: Vec3s) -> tuple[Floats, Floats, Floats, Floats]:
        """The same by one placement; NaN and an endless sd without one."""
        if placement is None or placement.method is PlacementMethod.NONE:
            unknown = np.full(len(up), np.nan)
            return unknown, unknown, unknown, np.full(len(up), np.inf)
        u = up_in_thigh(up, placement)
        inclination = inclination_deg(u)
        roll = roll_deg(u, inclination, self.params.side)
        return flexion_deg(u), inclination, roll, np.full(len(up), placement.sd_deg)

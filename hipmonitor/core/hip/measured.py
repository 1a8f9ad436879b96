"""Hip angles from two sensors, with what may be wrong with them.

Flexion rests on gravity in both sensors; the heading between them enters it only in the second order while the pelvis is
upright. Its sd adds, as squares: the thigh's placement, the pelvis' zero, both filters, and what one sd of heading or of the
pelvis' forward would change. Where heading is not known the two inclinations in the sagittal plane are subtracted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Quats
from hipmonitor.core.frames import inverse, multiply, up_in_sensor
from hipmonitor.core.hip.blocks import PelvisPlacement
from hipmonitor.core.hip.joint_angles import (
    JointAngles,
    joint_angles,
    pelvis_from_thigh,
    sagittal_deg,
    wrapped_deg,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredParams:
    """What may be tuned."""

    filters_sd_deg: float = 1.2
    """Inclination of two sensors by VQF, 0.7 deg each (BROAD), and skin over the pelvis."""
    tissue_sd_deg: float = 3.0
    """Skin and muscle of the thigh against its bone at 90 deg, a person's own; grows with 1 - cos flexion."""
    plane_sd_deg: float = 8.0
    """The thigh's bending plane against the bone's: seated it reads as adduction."""
    sideways_sd_deg: float = 3.0
    """The zero of adduction in quiet standing."""
    sagittal_sd_deg: float = 5.0
    """What subtracting in the sagittal plane costs: the knee to the side, the pelvis not square."""
    on_side_sd_deg: float = 10.0
    """Lying on the side flexion turns about the vertical and rests on heading alone, and on where forward is in both."""
    heading_most_sd_deg: float = 20.0
    """Above this heading is not used."""
    least_upright: float = 0.5
    """Share of gravity in the sagittal plane that subtracting needs."""
    most_sd_deg: float = 15.0
    """Flexion known less well is no measurement."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measured:
    """n rows, degrees; NaN where it cannot be told."""

    flexion_deg: Floats
    flexion_sd_deg: Floats
    adduction_deg: Floats
    adduction_sd_deg: Floats
    rotation_deg: Floats
    rotation_sd_deg: Floats
    tilt_deg: Floats

    @classmethod
    def joined(cls, parts: Sequence[Measured]) -> Measured:
        """Several, one after the other; at least one."""
        return cls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS})


_COLUMNS = tuple(Measured.__dataclass_fields__)


def nothing_measured(n: int) -> Measured:
    """Rows of NaN, n of them."""
    return Measured(**dict.fromkeys(_COLUMNS, np.full(n, np.nan)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chains:
    """n rows of both sensors, the thigh's angle beside its orientation."""

    world_from_thigh: Quats
    thigh_flexion_deg: Floats
    thigh_sd_deg: Floats
    world_from_pelvis_sensor: Quats
    turns: Bools
    """(n,) both have a gyroscope."""
    mirror: Floats
    """(n,) 1 on the right leg, -1 on the left, NaN where the side is not known."""


def measure(
    params: MeasuredParams,
    chains: Chains,
    placement: PelvisPlacement,
    heading_deg: float,
    heading_sd_deg: float,
) -> Measured:
    """Angles of all rows. The heading is that of the thigh's world in the pelvis' world."""
    pelvis = multiply(chains.world_from_pelvis_sensor, inverse(placement.pelvis_from_sensor))
    up = up_in_sensor(pelvis)
    tilt = -sagittal_deg(up)
    use = chains.turns & (heading_sd_deg <= params.heading_most_sd_deg)
    angles, change = _with_heading(chains.world_from_thigh, pelvis, heading_deg, heading_sd_deg)
    flat = np.sqrt(up[:, 0] ** 2 + up[:, 1] ** 2) >= params.least_upright
    subtracted = np.where(flat, wrapped_deg(chains.thigh_flexion_deg + tilt), np.nan)
    forward = np.deg2rad(min(placement.forward_sd_deg, 90.0))
    leak, turned = np.abs(tilt) * (1 - np.cos(forward)), np.abs(tilt) * np.sin(forward)
    both = np.where(use, change.flexion_deg, params.sagittal_sd_deg)
    tissue = params.tissue_sd_deg * (1 - np.cos(np.deg2rad(chains.thigh_flexion_deg)))
    flexion = np.where(use, angles.flexion_deg, subtracted)
    on_side = params.on_side_sd_deg * up[:, 2] ** 2
    flexion_sd = _root(on_side, chains.thigh_sd_deg, placement.tilt_sd_deg, params.filters_sd_deg, tissue, both, leak)
    plane = params.plane_sd_deg * np.abs(np.sin(np.deg2rad(chains.thigh_flexion_deg)))
    adduction = np.where(use, chains.mirror * angles.adduction_deg, np.nan)
    adduction_sd = _root(params.sideways_sd_deg, params.filters_sd_deg, plane, change.adduction_deg, turned)
    rotation = np.where(use, chains.mirror * angles.rotation_deg, np.nan)
    rotation_sd = _root(params.filters_sd_deg, tissue, plane, change.rotation_deg, turned)
    return Measured(
        flexion_deg=flexion,
        flexion_sd_deg=np.where(np.isnan(flexion), np.nan, flexion_sd),
        adduction_deg=adduction,
        adduction_sd_deg=np.where(np.isnan(adduction), np.nan, adduction_sd),
        rotation_deg=rotation,
        rotation_sd_deg=np.where(np.isnan(rotation), np.nan, rotation_sd),
        tilt_deg=tilt,
    )


def _with_heading(
    thigh: Quats, pelvis: Quats, heading_deg: float, heading_sd_deg: float
) -> tuple[JointAngles, JointAngles]:
    """The angles of a right leg, and how much one sd of heading to either side changes each at most."""
    at, less, more = (
        joint_angles(pelvis_from_thigh(pelvis, thigh, np.full(len(thigh), np.deg2rad(heading_deg + d))))
        for d in (0.0, -min(heading_sd_deg, 90.0), min(heading_sd_deg, 90.0))
    )
    names = ("flexion_deg", "adduction_deg", "rotation_deg")
    change = {
        name: np.maximum(*(np.abs(wrapped_deg(getattr(one, name) - getattr(at, name))) for one in (less, more)))
        for name in names
    }
    return at, JointAngles(**change)


def _root(*parts: Floats | float) -> Floats:
    total: Floats | float = 0.0
    for part in parts:
        total = total + np.square(part)
    return np.asarray(np.sqrt(total))

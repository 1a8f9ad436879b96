"""What rest taught of the accelerometer, put into a placement: its offset tilts no angle any more."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np

from hipmonitor.core.arrays import Vec3s
from hipmonitor.core.frames import dot, inverse, multiply, rotate, unit
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2, Calibration
from hipmonitor.core.thigh.blocks import Placement, PlacementMethod


def recalibrated(placement: Placement, calibration: Calibration) -> Placement:
    """The same placement with this accelerometer's offset instead of the one it knew of, if any.

    Its zero is where standing seemed to be: it is turned, by as little as possible, to where standing was. Doing so again
    changes nothing.
    """
    if placement.method is PlacementMethod.NONE:
        return placement
    zero = rotate(inverse(placement.thigh_from_sensor), np.array([0.0, 1.0, 0.0]))
    offset = calibration.tilts_by_mps2
    true = unit(_read(zero, placement.acc_offset_mps2) - offset / STANDARD_GRAVITY_MPS2)
    known_var = max(0.0, placement.sd_deg**2 - placement.offset_sd_deg**2)
    return replace(
        placement,
        thigh_from_sensor=multiply(placement.thigh_from_sensor, _shortest(true, zero)),
        acc_offset_mps2=offset,
        sd_deg=sqrt(known_var + calibration.tilt_sd_deg**2),
        offset_sd_deg=calibration.tilt_sd_deg,
        rest_directions=calibration.directions,
    )


def _read(up: Vec3s, offset_mps2: Vec3s) -> Vec3s:
    """(3,) where an accelerometer with this offset, scaled to 1 g, says that up is: up = unit(read - offset / g)."""
    offset = offset_mps2 / STANDARD_GRAVITY_MPS2
    along = float(dot(offset, up))
    across = offset - along * up
    return up * sqrt(max(0.0, 1 - float(dot(across, across)))) + across


def _shortest(start: Vec3s, end: Vec3s) -> Vec3s:
    """(4,) the smallest rotation that brings one unit vector (3,) to another that is not its opposite."""
    turn = np.append(1 + dot(start, end), np.cross(start, end))
    return turn / float(np.sqrt(np.sum(turn * turn)))

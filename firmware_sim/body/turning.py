"""Turns of the simulated body: about one axis, and part of the way from one orientation to another."""

from __future__ import annotations

import numpy as np

from hipmonitor.core.arrays import Floats, Quats, Vec3s

WORLD_FROM_STANDING = np.array([np.sqrt(0.5), np.sqrt(0.5), 0.0, 0.0])
"""A quarter turn about x: the segment's y points up, its z to the right."""


def turn(axis: int, angle_deg: Floats) -> Quats:
    """The rotation about axis 0, 1 or 2 by these angles, shape (n, 4)."""
    half = np.radians(angle_deg) / 2.0
    q = np.zeros((*half.shape, 4))
    q[..., 0], q[..., axis + 1] = np.cos(half), np.sin(half)
    return q


def turned_about_up(v: Vec3s, heading_rad: Floats) -> Vec3s:
    """Vectors turned to the left about the vertical by these angles, (n, 3)."""
    cos, sin = np.cos(heading_rad), np.sin(heading_rad)
    return np.stack([v[:, 0] * cos - v[:, 1] * sin, v[:, 0] * sin + v[:, 1] * cos, v[:, 2]], axis=-1)


def part_way(start: Quats, end: Quats, share: Floats) -> Quats:
    """Spherical interpolation along the shorter way, shape (n, 4)."""
    cosine = np.sum(start * end, axis=1)
    end = np.where(cosine[:, None] < 0.0, -end, end)
    angle = np.arccos(np.clip(np.abs(cosine), 0.0, 1.0))
    sine = np.sin(angle)
    close = sine < 1e-6
    safe = np.where(close, 1.0, sine)
    first = np.where(close, 1.0 - share, np.sin((1.0 - share) * angle) / safe)
    second = np.where(close, share, np.sin(share * angle) / safe)
    q: Quats = first[:, None] * start + second[:, None] * end
    size: Floats = np.sqrt(np.sum(q * q, axis=1))
    return q / size[:, None]

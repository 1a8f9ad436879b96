"""Rotations, written out so that one row and many rows give the same bits (no BLAS). Quaternions are wxyz, named a_from_b.

Products chain visually: world_from_thigh = multiply(world_from_sensor, sensor_from_thigh).
"""

from __future__ import annotations

from typing import cast

import numpy as np

from hipmonitor.core.arrays import Floats, Quats, Vec3s, read_only


def multiply(a_from_b: Quats, b_from_c: Quats) -> Quats:
    """Hamilton product, a_from_c. Shapes (n, 4) or (4,), broadcast against each other."""
    w1, x1, y1, z1 = a_from_b.T
    w2, x2, y2, z2 = b_from_c.T
    return in_columns(
        w1 * w2 - x1 * x2 - y1 * y2 - z1 * z2,
        w1 * x2 + x1 * w2 + y1 * z2 - z1 * y2,
        w1 * y2 - x1 * z2 + y1 * w2 + z1 * x2,
        w1 * z2 + x1 * y2 - y1 * x2 + z1 * w2,
    )


def inverse(a_from_b: Quats) -> Quats:
    """b_from_a of unit quaternions, shape (n, 4) or (4,)."""
    return cast("Quats", a_from_b * CONJUGATE)


CONJUGATE = read_only(np.array([1.0, -1.0, -1.0, -1.0]))


def rotate(a_from_b: Quats, vector_b: Vec3s) -> Vec3s:
    """Vectors of frame b expressed in frame a; (n, 4) or (4,) with (n, 3) or (3,)."""
    if a_from_b.ndim == 1:
        return _all_alike(a_from_b, vector_b)
    w, x, y, z = a_from_b.T
    vx, vy, vz = vector_b.T
    tx, ty, tz = 2 * (y * vz - z * vy), 2 * (z * vx - x * vz), 2 * (x * vy - y * vx)
    return in_columns(
        vx + w * tx + y * tz - z * ty,
        vy + w * ty + z * tx - x * tz,
        vz + w * tz + x * ty - y * tx,
    )


def _all_alike(a_from_b: Quats, vector_b: Vec3s) -> Vec3s:
    """One rotation (4,) of all vectors, by its matrix: half the work."""
    w, x, y, z = a_from_b.tolist()
    vx, vy, vz = components(vector_b)
    matrix = (
        (1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)),
        (2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)),
        (2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)),
    )
    out = np.empty((3, *np.shape(vx)))  # as in_columns, written where it belongs
    for row, (to_x, to_y, to_z) in enumerate(matrix):
        np.add(to_x * vx + to_y * vy, to_z * vz, out=out[row, ...])
    return out.T if out.ndim < 3 else np.moveaxis(out, 0, -1)


def components(vectors: Vec3s) -> Vec3s:
    """(3, ...) of (..., 3): what .T is for a list of vectors, which np.moveaxis takes ten times as long for."""
    return vectors.T if vectors.ndim < 3 else np.moveaxis(vectors, -1, 0)


def in_columns(*components: Floats) -> Floats:
    """(n, k) of k components (n,), each in one piece of memory: what is done next is done component by component."""
    columns = np.empty((len(components), *np.shape(components[0])))
    for row, component in enumerate(components):  # for the few rows of a packet a fifth of what np.stack takes
        columns[row] = component
    return columns.T if columns.ndim < 3 else np.moveaxis(columns, 0, -1)


def up_in_sensor(world_from_sensor: Quats) -> Vec3s:
    """The world's up (z) seen from the sensor, shape (n, 3): the third row of the rotation matrix."""
    w, x, y, z = world_from_sensor.T
    up = np.empty((3, *w.shape))
    np.multiply(2, x * z - w * y, out=up[0, ...])
    np.multiply(2, y * z + w * x, out=up[1, ...])
    np.add(w * w - x * x - y * y, z * z, out=up[2, ...])
    return up.T


def dot(a: Vec3s, b: Vec3s) -> Vec3s:
    """Row-wise scalar product, shape (n,), written out for three axes."""
    return a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1] + a[..., 2] * b[..., 2]


def cross(a: Vec3s, b: Vec3s) -> Vec3s:
    """Row-wise vector product, shape (n, 3)."""
    ax, ay, az = components(a)
    bx, by, bz = components(b)
    return in_columns(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx)


def length(vector: Vec3s) -> Vec3s:
    """Row-wise Euclidean length, shape (n,)."""
    return np.sqrt(dot(vector, vector))


def unit(vector: Vec3s) -> Vec3s:
    """Row-wise unit vectors; a zero row stays zero."""
    norm = length(vector)[..., None]
    return np.divide(vector, norm, out=np.zeros_like(vector), where=norm > 0)


def from_axes(x: Vec3s, y: Vec3s, z: Vec3s) -> Quats:
    """The quaternion b_from_a whose matrix has the rows x, y, z (axes of b seen from a); shape (4,).

    Shepperd's method: the largest of the four candidates is divided by, so no angle is badly conditioned.
    """
    (xx, xy, xz), (yx, yy, yz), (zx, zy, zz) = np.array(
        [x, y, z]
    ).tolist()  # numbers by themselves: a quarter of the time
    trace = xx + yy + zz
    squares = [trace, xx, yy, zz]
    k = squares.index(max(squares))
    if k == 0:
        q = np.array([1 + trace, zy - yz, xz - zx, yx - xy])
    elif k == 1:
        q = np.array([zy - yz, 1 + 2 * xx - trace, xy + yx, xz + zx])
    elif k == 2:
        q = np.array([xz - zx, xy + yx, 1 + 2 * yy - trace, yz + zy])
    else:
        q = np.array([yx - xy, xz + zx, yz + zy, 1 + 2 * zz - trace])
    q = q / np.sqrt(np.sum(q * q))
    return cast("Quats", q if q[0] >= 0 else -q)


def tilt_from_up(up_in_b: Vec3s) -> Quats:
    """The shortest rotation world_from_b that brings the given unit up direction to z; heading is arbitrary. (n, 4)."""
    ux, uy, uz = components(up_in_b)
    w = 1 + uz
    size = w * w
    size += uy * uy
    size += ux * ux
    size = np.sqrt(size, out=size)
    down = w < 1e-9
    size[down] = 1.0
    q = np.empty((4, *w.shape))  # what a day of samples goes through is written where it belongs
    np.divide(w, size, out=q[0])
    np.divide(uy, size, out=q[1])
    np.negative(np.divide(ux, size, out=q[2]), out=q[2])
    q[3] = 0.0
    q[:, down] = [[0.0], [1.0], [0.0], [0.0]]
    return q.T

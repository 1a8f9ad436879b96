"""Short losses bridged: a cubic from what came before the loss to the sample that ends it, and what that may have cost in angle.

The curve leaves in the direction of the last two samples and arrives in that of the chord, so it needs nothing from after its
end: the bridge is handed on with the sample that ends it. On BROAD at 95 Hz (1 % of packets of ten lost, fast) a straight line
adds 3.3 deg to VQF, this 2.8, a curve that also knows one sample more 2.6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Ints, Vec3s
from hipmonitor.core.frames import length
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples.rows import Rows

TANGENT_LASTS_S = 0.1
"""The direction of the last two samples is believed exp(-loss / this) of the way from the chord: movement turns back."""
LOST_OF_BEND = 0.117
LOST_OF_CHANGE = 0.1
"""Standard deviation of the lost angle: so much of (direction of the last two samples - chord) and of the change of rate, times the
loss (BROAD, losses of 38 to 210 ms, slow and fast: .24 to 36 deg against .3 to 39 by this)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bridged:
    """Rows with those put between them."""

    rows: Rows
    origin: Ints
    """(m,) which of the given rows each one is or follows."""
    lost_deg: Floats
    """(m,) of the bridge that a row lies in or ends."""


def bridge(rows: Rows, missing: Ints, joins: Bools, earlier: Rows | None = None) -> Bridged:
    """Put `missing[i]` rows between rows i and i + 1 ((n - 1,) counts, not all 0); `joins` (n - 1,): the two belong together.

    `earlier`: the row before the first, if the two belong together.
    """
    if earlier is None:
        return _bridged(rows, missing, joins)
    all_of_them = _bridged(rows.after(earlier), np.append(0, missing), np.append(True, joins))
    return Bridged(
        rows=all_of_them.rows.part(slice(1, None)), origin=all_of_them.origin[1:] - 1, lost_deg=all_of_them.lost_deg[1:]
    )


def _bridged(rows: Rows, missing: Ints, joins: Bools) -> Bridged:
    repeats = np.append(missing + 1, 1)
    origin = np.repeat(np.arange(len(rows)), repeats)
    real = np.append(True, np.diff(origin) != 0)
    lost = np.flatnonzero(missing)
    put = np.flatnonzero(~real)
    steps = repeats[origin[put]]
    within = put - (np.cumsum(repeats) - repeats)[origin[put]]
    share = (within / steps)[:, None]
    which = np.searchsorted(lost, origin[put])
    tangent = _tangents(rows, lost, joins)
    longer = rows.take(origin)
    longer.t_ns[put] += np.rint((rows.t_ns[origin[put] + 1] - rows.t_ns[origin[put]]) * share[:, 0]).astype(np.int64)
    longer.index[put], longer.clipped[put], longer.measured[put] = -1, False, False
    _curve(longer.acc_mps2, rows.acc_mps2, put, lost, which, share, tangent)
    lost_deg = np.zeros(len(origin))
    if rows.gyr_radps is not None and longer.gyr_radps is not None:
        off_chord = _curve(longer.gyr_radps, rows.gyr_radps, put, lost, which, share, tangent)
        each = _lost_deg(rows, rows.gyr_radps, lost, off_chord)
        lost_deg[put] = each[which]
        lost_deg[np.flatnonzero(real)[lost + 1]] = each
    return Bridged(rows=longer, origin=origin, lost_deg=lost_deg)


def _tangents(rows: Rows, lost: Ints, joins: Bools) -> tuple[Ints, Floats, Floats]:
    """Row before each loss's last one, (k,) how much longer the loss lasts than the time between those two (0 = none), and belief."""
    before = np.maximum(lost - 1, 0)
    known = (lost > 0) & joins[before]
    step_ns = np.where(known, rows.t_ns[lost] - rows.t_ns[before], 1)
    lasting_ns = rows.t_ns[lost + 1] - rows.t_ns[lost]
    believed = np.exp(-lasting_ns / NS_PER_S / TANGENT_LASTS_S)
    return before, np.where(known, lasting_ns / step_ns, 0.0), believed


def _curve(
    out: Vec3s, values: Vec3s, put: Ints, lost: Ints, which: Ints, share: Floats, tangent: tuple[Ints, Floats, Floats]
) -> Vec3s:
    """Cubic Hermite into the rows put in: chord plus x (1 - x)² times how the leaving direction differs from it, (k, 3)."""
    before, longer, believed = tangent
    chord = values[lost + 1] - values[lost]
    leaving = (values[lost] - values[before]) * longer[:, None]
    off_chord = np.where(longer[:, None] > 0, leaving - chord, 0.0)
    bend = off_chord * believed[:, None]
    out[put] = values[lost][which] + chord[which] * share + bend[which] * (share * (1 - share) ** 2)
    return off_chord


def _lost_deg(rows: Rows, gyr_radps: Vec3s, lost: Ints, off_chord: Vec3s) -> Floats:
    lasting_s = (rows.t_ns[lost + 1] - rows.t_ns[lost]) / NS_PER_S
    by_bend = LOST_OF_BEND * length(off_chord)
    by_change = LOST_OF_CHANGE * length(gyr_radps[lost + 1] - gyr_radps[lost])
    return np.rad2deg(np.sqrt(by_bend**2 + by_change**2) * lasting_s)

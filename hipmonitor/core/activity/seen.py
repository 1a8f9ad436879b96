"""What each second shows, as columns: worked out once, when the two seconds after it are there, and kept until it is decided."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.activity.features import NAMES, features
from hipmonitor.core.activity.own_walking import OwnWalking, OwnWalkingParams
from hipmonitor.core.activity.score_card import LEAST_LOG, SCORED, ScoreCard, Scored, log_probability
from hipmonitor.core.activity.weights import SHIPPED
from hipmonitor.core.arrays import Bools, Floats, Ints, Vec3s
from hipmonitor.core.frames import rotate, unit
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.core.seconds import ClosedSeconds
from hipmonitor.core.thigh import Placement, PlacementMethod, movement

INCLINATION, COUNT = movement.WIDTH, movement.WIDTH + 1
TENTHS = slice(movement.WIDTH + 2, movement.WIDTH + 2 + 3 * movement.TENTHS)
COLUMNS = TENTHS.stop
CONTEXT_S = movement.AROUND[-1]
"""Seconds after one that it is seen with."""
BEFORE_S = 12
"""Seconds before one that it is seen with."""
OWN_COLUMNS = (NAMES.index("inclination"), NAMES.index("flexion"), NAMES.index("front"), NAMES.index("up"))

(NUMBER, TILT, TILT_NOW, SIDEWAYS, ALONG, ACROSS, FREQUENCY, COVERED, DOUBTED) = range(9)
MEAN, SD, SAMPLES, LOG_P = slice(9, 12), 12, 13, slice(14, 14 + SCORED)
WIDTH = LOG_P.stop


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeingParams:
    """What may be tuned."""

    card: ScoreCard = SHIPPED
    own: OwnWalkingParams = field(default_factory=OwnWalkingParams)
    moving_g: float = 0.02
    """Movement of the five seconds below which nothing is asked of the score card: a thigh at rest."""
    worst_sd_deg: float = 30.0
    """A placement worse than this does not know the front of the thigh."""


@dataclass(slots=True, kw_only=True)
class PlacementsInForce:
    """The placements still needed, oldest first."""

    known: list[Placement] = field(default_factory=list)

    def learn(self, placements: tuple[Placement, ...]) -> None:
        """Add what is new; given placements are repeated in every block."""
        for placement in placements:
            if not self.known or placement.since > self.known[-1].since:
                self.known.append(placement)

    def forget_before(self, start_ns: int) -> None:
        """Drop what no later second can need."""
        while len(self.known) > 1 and self.known[1].since <= start_ns:
            del self.known[0]

    def pieces(self, start_ns: Ints) -> list[tuple[Placement, slice]]:
        """Which seconds each placement is in force at."""
        starts = np.searchsorted(start_ns, [p.since for p in self.known]).tolist()
        ends = [*starts, len(start_ns)][1:]
        return [(p, slice(a, b)) for p, a, b in zip(self.known, starts, ends, strict=True) if b > a]

    def doubted_at(self, start_ns: Ints) -> Bools:
        """(d,) whether the sensor may have been put on anew since the placement was found."""
        out = np.zeros(len(start_ns), np.bool_)
        for placement, piece in self.pieces(start_ns):
            out[piece] = placement.doubted
        return out

    def known_at(self, start_ns: Ints) -> Bools:
        """(d,) whether a placement was in force when each second began."""
        out = np.zeros(len(start_ns), np.bool_)
        for placement, piece in self.pieces(start_ns):
            out[piece] = placement.method is not PlacementMethod.NONE
        return out


def summaries_with_posture(closed: ClosedSeconds, known: movement.SummarisedSeconds) -> movement.Rows:
    """(k, COLUMNS) of closed seconds with the columns acceleration and inclination.

    `known`: what the thigh room summarised on its grid, which is the same until the sensor is put on anew.
    """
    acc, inclination = (column.astype(np.float64, copy=False) for column in closed.columns)
    if not np.array_equal(known.start_ns, closed.start_ns):
        known = movement.summarised(closed, acc)
    out = np.empty((len(closed), COLUMNS))
    out[:, : movement.WIDTH] = known.rows
    out[:, INCLINATION] = closed.mean(inclination)
    out[:, COUNT] = closed.count
    out[:, TENTHS] = known.tenths_mps2.reshape(len(closed), 3 * movement.TENTHS)
    return out


def seen(
    number: Ints,
    rows: movement.Rows,
    anchor_ns: int,
    due: Ints,
    placements: PlacementsInForce,
    own: OwnWalking,
    params: SeeingParams,
) -> movement.Rows:
    """(d, WIDTH) what the seconds in `due` (indices) show, each with the seconds around it."""
    moved = movement.judged(number, rows)
    start_ns = anchor_ns + number[due] * NS_PER_S
    tilts = _median_around(number, rows[:, INCLINATION])
    tilt = tilts[due]
    tilt_now = _median_around(number, rows[:, INCLINATION], BESIDE)[due]
    out = np.empty((len(due), WIDTH))
    out[:, NUMBER], out[:, TILT], out[:, TILT_NOW] = number[due], tilt, tilt_now
    out[:, SIDEWAYS] = _sideways_deg(moved.mean_mps2[due], start_ns, placements, params.worst_sd_deg)
    out[:, ALONG] = moved.along_mps2[due] / STANDARD_GRAVITY_MPS2
    out[:, ACROSS] = moved.across_mps2[due] / STANDARD_GRAVITY_MPS2
    out[:, FREQUENCY] = moved.frequency_hz[due]
    out[:, COVERED], out[:, DOUBTED] = rows[due, movement.FILLED], placements.doubted_at(start_ns)
    out[:, MEAN], out[:, SD], out[:, SAMPLES] = moved.mean_mps2[due], moved.sd_mps2[due], rows[due, COUNT]
    moves = _moves(out, placements.known_at(start_ns), params)
    out[:, LOG_P] = _at_rest(tilt)
    if moves.any():
        table = _features_of(number, rows, tilts, due[moves], start_ns[moves], placements)
        table[:, -len(OWN_COLUMNS) :] = own.compare(params.own, table, OWN_COLUMNS)
        out[moves, LOG_P] = log_probability(params.card, table)
    return out


def _moves(table: movement.Rows, placed: Bools, params: SeeingParams) -> Bools:
    """(d,) whether the score card is asked."""
    return placed & np.isfinite(table[:, TILT]) & (table[:, ALONG] ** 2 + table[:, ACROSS] ** 2 > params.moving_g**2)


def seen_features(
    number: Ints, rows: movement.Rows, due: Ints, start_ns: Ints, placements: PlacementsInForce
) -> movement.Rows:
    """(d, features) of the seconds in `due` (indices), all with a placement; what concerns the own walking is left 0."""
    return _features_of(number, rows, _median_around(number, rows[:, INCLINATION]), due, start_ns, placements)


def _features_of(
    number: Ints, rows: movement.Rows, tilt: Floats, due: Ints, start_ns: Ints, placements: PlacementsInForce
) -> movement.Rows:
    """The same with the median inclination of every row, which is known already."""
    at, there = _around(number, due, movement.AROUND)
    windows = rows[:, TENTHS][np.where(there, at, due[:, None])].reshape(len(due), -1, 3)
    for placement, piece in placements.pieces(start_ns):
        windows[piece] = rotate(placement.thigh_from_sensor, windows[piece] - placement.acc_offset_mps2)
    offsets = tuple(range(-BEFORE_S, CONTEXT_S + 1))
    at, there = _around(number, due, offsets)
    ahead = np.array(offsets) > 0  # their medians would look at seconds that have not come yet
    known = np.where(ahead, rows[:, INCLINATION][at], tilt[at])
    there &= np.isfinite(known)
    tilts = np.where(there, known, 0.0)
    total, count = np.zeros(len(due)), np.zeros(len(due))
    for j in range(tilts.shape[1]):
        total, count = total + tilts[:, j], count + there[:, j]
    return features(windows, tilt[due], total / count)


def _around(number: Ints, due: Ints, around: tuple[int, ...]) -> tuple[Ints, Bools]:
    """(d, a) row of each second around the ones in `due`, and whether it is there."""
    wanted = number[due][:, None] + np.array(around)
    at = np.minimum(np.searchsorted(number, wanted), len(number) - 1)
    return at, number[at] == wanted


def _at_rest(tilt: Floats) -> movement.Rows:
    """(d, SCORED) of a thigh that does not move: it stands, or rests; nothing is said without a placement."""
    out = np.full((len(tilt), SCORED), LEAST_LOG)
    known, level = np.isfinite(tilt), tilt > STEEP_DEG
    out[~known] = 0.0
    out[known & level, Scored.SEDENTARY] = out[known & ~level, Scored.STAND] = 0.0
    return out


STEEP_DEG = 45.0
"""Between standing and sitting (Acti4)."""


BESIDE = slice(1, 4)
"""Of the five seconds around one: itself and the ones beside it."""


def _median_around(number: Ints, values: Floats, which: slice = slice(None)) -> Floats:
    """(k,) lower median over the five seconds around each, or `which` of them; NaN where none of them has a value."""
    at, there = (rows[which] for rows in movement.neighbours(number))
    window = np.sort(np.where(there, values[at], np.nan), axis=0)
    count = np.isfinite(window).sum(axis=0)
    middle = np.maximum(count - 1, 0) // 2
    return np.asarray(np.take_along_axis(window, middle[None], axis=0)[0])


def _sideways_deg(mean: Vec3s, start_ns: Ints, placements: PlacementsInForce, worst_sd_deg: float) -> Floats:
    """(k,) |atan2(u_z, u_x)| in the thigh frame of the placement in force at each second."""
    out = np.full(len(mean), np.nan)
    for placement, piece in placements.pieces(start_ns):
        if placement.sd_deg <= worst_sd_deg:
            u = rotate(placement.thigh_from_sensor, unit(mean[piece]))
            out[piece] = np.abs(np.rad2deg(np.arctan2(u[:, 2], u[:, 0])))
    return out

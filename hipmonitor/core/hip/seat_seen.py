"""Seated without the pelvis sensor that was there before: what it saw last tells more than what a pelvis usually does.

How far a pelvis is rolled back on a seat is 20 deg, plus the person's own (sd 9, EOS stand-to-sit), plus lean and slump (the
rest of sd 13). One look tells the first for good, and the second for as long as nobody leans otherwise: it fades, and is gone
once the wearer stood up. From the one look the best linear estimate is 20 + c (seen - 20) with
c = (own² + lean² fading) / (own² + lean²), and its variance (own² + lean²) (1 - c²) beside what the look itself may err.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Nanoseconds
from hipmonitor.core.hip.by_posture import PostureParams
from hipmonitor.core.instants import NS_PER_S


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatSeenParams:
    """What may be tuned."""

    own_sd_deg: float = 9.0
    """Between people (EOS stand-to-sit; see by_posture)."""
    fades_s: float = 120.0
    """Our choice: sitters at desks lean otherwise every few minutes."""
    look_sd_deg: float = 4.0
    """A measured tilt, against the pelvis itself."""


@dataclass(slots=True, kw_only=True)
class SeatSeen:
    """The last measured seated row, and whether the wearer was up since."""

    at_ns: int = 0
    back_deg: float = 0.0
    """How far the pelvis was rolled back."""
    known: bool = False
    left: bool = False
    """The wearer was up since."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SeatRows:
    """n rows in order."""

    t_ns: Nanoseconds
    back_deg: Floats
    seen: Bools
    """(n,) seated, and the pelvis is measured."""
    up: Bools
    """(n,) standing or walking."""
    anew: Bools
    """(n,) the sensors were put on anew before this row: nothing was seen."""


def pelvis_back(
    params: SeatSeenParams, posture: PostureParams, state: SeatSeen, rows: SeatRows
) -> tuple[Floats, Floats]:
    """(n,) how far the pelvis is rolled back at each row if it is seated, and the sd of that, degrees."""
    n = len(rows.t_ns)
    if not n:
        return np.zeros(0), np.zeros(0)
    at_ns, back_deg, known, left = _last_look(state, rows)
    fading = np.where(left, 0.0, np.exp((at_ns - rows.t_ns) / (params.fades_s * NS_PER_S)))
    own, both = params.own_sd_deg**2, posture.seated_sd_deg**2
    c = np.where(known, (own + (both - own) * fading) / both, 0.0)
    usual = posture.seated_offset_deg
    state.at_ns, state.back_deg = int(at_ns[-1]), float(back_deg[-1])
    state.known, state.left = bool(known[-1]), bool(left[-1])
    return usual + c * (back_deg - usual), np.sqrt(both * (1 - c * c) + np.square(c * params.look_sd_deg))


def _last_look(state: SeatSeen, rows: SeatRows) -> tuple[Nanoseconds, Floats, Bools, Bools]:
    """(n,) when the last look of each row was, what it saw, whether there was one, and whether the wearer was up since."""
    place = np.arange(len(rows.t_ns))
    look, up, anew = (np.maximum.accumulate(np.where(chosen, place, -1)) for chosen in (rows.seen, rows.up, rows.anew))
    here = look >= 0
    at_ns = np.where(here, rows.t_ns[look], state.at_ns)
    back_deg = np.where(here, rows.back_deg[look], state.back_deg)
    known = np.where(here, look >= anew, state.known & (anew < 0))
    left = np.where(here, up > look, state.left | (up >= 0))
    return at_ns, back_deg, known, left

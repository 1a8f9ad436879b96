"""Rest that contradicts the seats seen so far: lying on the front, or a strap that was turned about the thigh.

What is seen once casts doubt at once, and doubt is cheap: nobody who lies on the front has an alert to come. What repeats
turns the front round.
"""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.thigh.automatic_axes import Axes, AxesParams, axes_of, seat_azimuth_deg, whole_swing
from hipmonitor.core.thigh.automatic_memory import Mean, Memory
from hipmonitor.core.thigh.directions import Direction, across3, angle3, turn


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsParams:
    """What may be tuned."""

    contrary_stays: int = 3
    """So many in a row, upright in between and all alike: the strap was turned, or is on the other leg. Who lies on the front
    is up once or twice a night without sitting down."""
    impossible_stays: int = 2
    """Enough where no thigh can lie like that."""
    as_leant_deg: float = 60.0
    """One is enough where walking leans as far round as the seat is, within this."""
    contrary_s: float = 20.0
    """Rest that makes a stay."""
    behind_deg: float = 120.0
    """What lies so far round from the front is behind; the side is 80-120 from it."""
    prone_deg: float = 75.0
    """Lying on the front has the thigh 86-98 deg from upright (six people of sens, 91 +- 4.5); one that stays behind the hip
    but hangs below this belongs to nobody: hips extend by 20-30 deg."""


def behind(
    memory: Memory, params: SeatsParams, axes_params: AxesParams, up: Direction, seconds: float, epoch: int
) -> bool:
    """Count rest, or movement about one direction, with the thigh bent backwards; whether there was any.

    Rest that agrees with the front, in one piece for long enough, shows that it was a roll to the front and back.
    """
    axes = axes_of(memory)
    front_deg, bent_deg = seat_azimuth_deg(memory, axes_params, axes), angle3(up, axes.up)
    low, high = axes_params.seat_deg
    if front_deg is None or not low < bent_deg < high:
        return False
    apart = abs(turn(axes.azimuth_deg(up) - front_deg))
    if apart > params.behind_deg:
        memory.behind_since = memory.behind_since if memory.behind_s else epoch
        memory.behind_s += seconds
        memory.hanging_s += seconds if bent_deg < params.prone_deg else 0.0
    elif apart < axes_params.contrary_deg and memory.staying >= 0 and memory.stayed_s >= params.contrary_s:
        memory.behind_s = memory.hanging_s = 0.0
    return apart > params.behind_deg


def sat(memory: Memory, params: SeatsParams, axes_params: AxesParams, epoch: int) -> None:
    """A stay on a seat that agrees with the others or contradicts them."""
    if memory.staying < 0 or memory.stayed_s < params.contrary_s or not memory.rose:
        return
    axes, here = axes_of(memory), memory.rests[memory.staying]
    seat_deg = seat_azimuth_deg(memory, axes_params, axes)
    low, high = axes_params.seat_deg
    if seat_deg is None or not low < angle3(here.of, axes.up) < high:
        return
    memory.rose = False
    azimuth = axes.azimuth_deg(here.of)
    if abs(turn(azimuth - seat_deg)) < axes_params.contrary_deg:
        memory.contrary, memory.front, memory.confirmed = Mean(), axes.towards(seat_deg), memory.confirmed + 1
        memory.leans, memory.leant_deg = 0, None
    elif _along_swing(axes, axes_params, azimuth):
        agrees = memory.leant_deg is not None and abs(turn(azimuth - seat_deg - memory.leant_deg)) < params.as_leant_deg
        _contradicted(memory, params, axes_params, here.of, epoch, leant=agrees)


def _along_swing(axes: Axes, params: AxesParams, azimuth_deg: float) -> bool:
    """Not lying on the side, as far as the swing tells."""
    return axes.swing_ratio < params.swing_ratio or abs(turn(2 * (azimuth_deg - axes.swing_deg))) < 90


def _contradicted(
    memory: Memory, params: SeatsParams, axes_params: AxesParams, up: Direction, epoch: int, *, leant: bool
) -> None:
    other = memory.contrary
    if other.epochs and angle3(up, other.of) > axes_params.together_deg:
        memory.contrary = other = Mean()
    if not other.epochs:
        other.since = epoch
    other.add(up, params.contrary_s, params.contrary_stays)
    impossible = memory.hanging_s >= axes_params.impossible_s
    if leant or other.epochs >= (params.impossible_stays if impossible else params.contrary_stays):
        seat = Mean(of=other.of, epochs=other.epochs, seconds=other.seconds)
        turned_about(memory, min(other.since, memory.behind_since) if memory.behind_s else other.since)
        memory.front, memory.confirmed = across3(seat.of, memory.walking.of), seat.epochs
        memory.rests, memory.swing, memory.swings = [seat], whole_swing(memory), []


def turned_about(memory: Memory, since: int) -> None:
    """The strap was turned about the thigh: upright is where it was, seats are not."""
    memory.moves, memory.moved_at = memory.moves + 1, since
    memory.rests, memory.bends, memory.staying, memory.strange_since = [], [], -1, None
    memory.carried, memory.contrary, memory.front, memory.confirmed = None, Mean(), None, 0
    memory.behind_s = memory.hanging_s = 0.0
    memory.leans, memory.leant_deg = 0, None

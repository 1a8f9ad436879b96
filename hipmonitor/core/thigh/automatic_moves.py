"""Whether the sensor still sits as it did: walking, its swing or seats that disagree show that it was moved.

Thresholds lie well outside what 22 people of harth, har70 and sens do who left their sensor alone: the mean of five epochs of
walking never was 9 deg from the one before it, the swing's azimuth never 20 deg (where it is clear).
"""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.thigh.automatic_axes import AxesParams, axes_of, seat_azimuth_deg
from hipmonitor.core.thigh.automatic_epochs import EPOCH_S, Epoch, Walked
from hipmonitor.core.thigh.automatic_memory import (
    LATELY,
    Mean,
    Memory,
    MemoryParams,
    Swing,
    agreed,
    bent,
    crept,
    lately_up,
    recognise_standing,
    rested,
)
from hipmonitor.core.thigh.automatic_seats import SeatsParams, behind, sat
from hipmonitor.core.thigh.automatic_swing import SwingParams, leant, swung
from hipmonitor.core.thigh.directions import Direction, angle3, cross3, dot3, sum3, turn, unit3


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesParams:
    """What may be tuned."""

    moved_deg: float = 13.0
    """Walking that disagrees by this much, and with itself agrees, means that the sensor sits otherwise."""
    moved_epochs: int = LATELY
    """How often, without walking in between that agrees. Only sure walking counts, and quick walking that cannot be
    cycling because it is beyond that, or more than a little is known."""
    cycling_deg: tuple[float, float] = (25.0, 65.0)
    """A thigh that seems to walk so far forward of itself may be on a bicycle: as often again."""
    crept_deg: float = 15.0
    """Walking so far from where it first was known well: nobody who left the sensor alone came beyond 10.2."""
    few_epochs: int = 2
    """Enough where little is known: the first walking was short, or the sensor may have been taken off."""
    little_s: float = 15.0
    """Walking that is little to know."""
    carried_deg: float = 45.0
    """A strap that slipped by less than this still has its front in front."""
    still_deg: float = 0.3
    """A worn sensor's direction wanders by more within minutes, asleep too; one on a table stays."""
    still_s: float = 1200.0
    """So long: it may have been taken off."""
    unheard_s: float = 600.0
    """So long without samples: likewise."""
    strapped_deg: float = 8.0
    """What is strapped on keeps its direction while it walks: 99 of 100 epochs of 22 people are within 8 deg of the one before
    (middle 1.2). What lies in a bag that is carried rolls about."""
    strapped_epochs: int = 3
    """So many in a row show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All that learning goes by."""

    memory: MemoryParams
    moves: MovesParams
    seats: SeatsParams
    swing: SwingParams
    axes: AxesParams


def learn(memory: Memory, rules: Rules, epoch: Epoch) -> bool:
    """Take in one epoch; whether it taught anything. What may be a bag, or a table, teaches nothing."""
    if memory.loose and not (epoch.walked and _strapped(memory, rules, epoch.walked)):
        memory.seen = epoch.number
        return False
    taught = _doubt(memory, rules.moves, epoch)
    if epoch.walked:
        _walked(memory, rules, epoch.walked)
        taught = True
    if epoch.rested:
        taught |= rested(memory, rules.memory, *epoch.rested, epoch.number)
        taught |= _behind(memory, rules, epoch.rested, epoch.number)
        sat(memory, rules.seats, rules.axes, epoch.number)
    if epoch.moved:
        taught |= _behind(memory, rules, epoch.moved, epoch.number) or bent(
            memory, rules.memory, *epoch.moved, epoch.number
        )
    return taught


def _behind(memory: Memory, rules: Rules, bent_to: tuple[Direction, float], epoch: int) -> bool:
    """Whether the thigh was bent backwards, as far as is known."""
    return memory.walking.epochs > 0 and behind(memory, rules.seats, rules.axes, *bent_to, epoch)


# -- off and on again --------------------------------------------------------------------------------------------------


def _doubt(memory: Memory, p: MovesParams, epoch: Epoch) -> bool:
    """The sensor lay still, or was not heard, for long: it may have been put on anew. Whether that is new."""
    before, memory.seen = memory.seen, epoch.number
    unheard = memory.walking.epochs > 0 and (epoch.number - before) * EPOCH_S > p.unheard_s
    up = epoch.rested[0] if epoch.rested and epoch.calm else None
    if up is None or epoch.number != before + 1 or angle3(up, memory.still) > p.still_deg:
        memory.still, memory.still_since = up or (0.0, 0.0, 0.0), epoch.number
    still = memory.walking.epochs > 0 and (epoch.number - memory.still_since) * EPOCH_S >= p.still_s
    if not unheard and not still:
        return False
    new = memory.doubted_since is None
    if memory.doubted_since is None:
        memory.doubted_since = memory.still_since if still else before + 1
    memory.agreed = 0
    return new


# -- walking -----------------------------------------------------------------------------------------------------------


def _walked(memory: Memory, rules: Rules, seen: Walked) -> None:
    p = rules.moves
    if seen.fast and memory.walking.epochs and not memory.fast:
        return
    if memory.walking.epochs and angle3(seen.up, memory.walking.of) > p.moved_deg:
        if seen.sure or (seen.quick and _not_cycling(memory, p, seen.up)):
            _disagreed(memory, rules, seen)
        return
    agreed(memory, rules.memory, seen)
    if memory.doubted_since is not None:
        memory.agreed += 1
        if memory.agreed >= p.few_epochs:
            memory.doubted_since = None
    crept(memory, rules.memory)
    if memory.home and angle3(lately_up(memory), memory.home) > p.crept_deg:
        memory.elsewhere = Mean(of=lately_up(memory), epochs=LATELY, seconds=p.little_s, since=seen.epoch)
        _sits_elsewhere(memory, rules, little=False)
    swung(memory, rules.swing, seen.epoch)
    leant(memory, rules.swing)


def _strapped(memory: Memory, rules: Rules, seen: Walked) -> bool:
    """Whether walking keeps its direction, as what is strapped on does; nothing is learned from it before."""
    p, lately = rules.moves, memory.elsewhere
    if lately.epochs and angle3(seen.up, lately.of) > p.strapped_deg:
        memory.elsewhere = lately = Mean()
    lately.add(seen.up, seen.seconds, rules.memory.remembered)
    memory.loose = lately.epochs < p.strapped_epochs
    return not memory.loose


def _not_cycling(memory: Memory, p: MovesParams, up: Direction) -> bool:
    return memory.walking.seconds >= p.little_s or angle3(up, memory.walking.of) > p.cycling_deg[1]


def _disagreed(memory: Memory, rules: Rules, seen: Walked) -> None:
    p, other = rules.moves, memory.elsewhere
    if other.epochs and angle3(seen.up, other.of) > p.moved_deg:
        memory.elsewhere = other = Mean()
    if not other.epochs:
        other.since = seen.epoch
    other.add(seen.up, seen.seconds, rules.memory.remembered)
    little = memory.walking.seconds < p.little_s
    if other.epochs >= _needed(memory, rules, other.of, little=little):
        _sits_elsewhere(memory, rules, little=little)


def _needed(memory: Memory, rules: Rules, up: Direction, *, little: bool) -> int:
    """Epochs of walking up there that show a move."""
    p = rules.moves
    if little or memory.doubted_since is not None:
        return p.few_epochs
    axes = axes_of(memory)
    seat_deg = seat_azimuth_deg(memory, rules.axes, axes)
    low, high = p.cycling_deg
    forward = seat_deg is None or abs(turn(axes.azimuth_deg(up) - seat_deg)) < rules.axes.together_deg
    return 2 * p.moved_epochs if forward and low < angle3(up, axes.up) < high else p.moved_epochs


def _sits_elsewhere(memory: Memory, rules: Rules, *, little: bool) -> None:
    """What is known of the axis is the walking elsewhere; it did not move where little was known, unless it was taken off."""
    carried = _carried(memory, rules)
    if not little or memory.doubted_since is not None:
        seen_since = [s for s in (memory.doubted_since, memory.strange_since) if s is not None]
        memory.moves, memory.moved_at = memory.moves + 1, min([memory.elsewhere.since, *seen_since])
        memory.rests = [rest for rest in memory.rests if rest.since >= memory.moved_at]
    other = memory.elsewhere
    memory.walking, memory.lately, memory.home, memory.fast = other, [other.of], None, False
    memory.standing, memory.bends, memory.staying = Mean(), [], -1
    memory.swing, memory.swings, memory.carried = Swing(), [], carried
    memory.elsewhere, memory.contrary, memory.front, memory.confirmed = Mean(), Mean(), None, 0
    memory.behind_s = memory.hanging_s = 0.0
    memory.leans, memory.leant_deg = 0, None
    memory.doubted_since = memory.strange_since = None
    recognise_standing(memory, rules.memory)


def _carried(memory: Memory, rules: Rules) -> Direction | None:
    """Forward, turned the shortest way with the axis, if that is a small turn and forward was known."""
    axes, new = axes_of(memory), memory.elsewhere.of
    seat_deg = seat_azimuth_deg(memory, rules.axes, axes)
    forward = memory.carried if seat_deg is None else axes.towards(seat_deg)
    if forward is None or memory.doubted_since is not None or angle3(new, axes.up) > rules.moves.carried_deg:
        return None
    about = cross3(axes.up, new)
    c = dot3(axes.up, new)
    turned = sum3(sum3(forward, cross3(about, forward)), cross3(about, cross3(about, forward)), 1 / (1 + c))
    return unit3(turned)

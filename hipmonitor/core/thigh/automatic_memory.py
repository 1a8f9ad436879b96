"""What ordinary movement taught so far: where up was while walking, while standing quietly, and while at rest otherwise.

Plain numbers, updated once in ten seconds, so that the whole memory can be looked at and stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hipmonitor.core.thigh.automatic_epochs import Walked
from hipmonitor.core.thigh.directions import Direction, Symmetric, angle3, sum3, unit3


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryParams:
    """What may be tuned."""

    remembered: int = 30
    """Epochs a mean direction rests on; older ones fade, so that a strap that creeps is followed. Epochs of one person's
    walking scatter by 2-3 deg (harth, har70, sens), their standing by 3-10."""
    upright_deg: float = 22.0
    """Quiet this close to walking is standing. People differ by 5-13 deg between the two (harth, har70, sens)."""
    same_rest_deg: float = 15.0
    """Rest directions this close are one place."""
    places: int = 12
    """Rest directions remembered; the one with the least time makes room."""
    stay_s: float = 300.0
    """One stay counts for no more: a night on the side must not outvote the day's chairs."""
    crept_deg: float = 8.5
    """The last walking this far from all walking: the strap slipped a little. Stairs, slopes and pace do less."""
    crept_stands: int = 3
    """Stands that what was known of standing is worth then."""
    fade_s: float = 7200.0
    """Resting time in which what is known of other places fades to a third: a strap that turned is followed."""


@dataclass(slots=True, kw_only=True)
class Mean:
    """A running mean direction."""

    of: Direction = (0.0, 0.0, 0.0)
    epochs: int = 0
    seconds: float = 0.0
    since: int = 0
    """Epoch in which it began."""

    def add(self, direction: Direction, seconds: float, remembered: int) -> None:
        """One more epoch."""
        self.epochs += 1
        self.seconds += seconds
        share = 1.0 / min(self.epochs, remembered)
        self.of = unit3(sum3(self.of, sum3(direction, self.of, -1.0), share))


@dataclass(slots=True, kw_only=True)
class Swing:
    """Mean covariance of walking's accelerations in the sensor's axes."""

    of: Symmetric = (0.0,) * 6
    epochs: int = 0

    def add(self, covariance: Symmetric, remembered: int) -> None:
        """One more epoch."""
        self.epochs += 1
        share = 1.0 / min(self.epochs, remembered)
        self.of = tuple([old + share * (new - old) for old, new in zip(self.of, covariance, strict=True)])


@dataclass(slots=True, kw_only=True)
class Memory:
    """Everything learned since the sensor was put on, and what may show that it sits otherwise."""

    walking: Mean = field(default_factory=Mean)
    fast: bool = False
    """So far nobody walked but very briskly."""
    lately: list[Direction] = field(default_factory=list)
    """The last few epochs of it."""
    home: Direction | None = None
    """Where it was when it first was known well."""
    standing: Mean = field(default_factory=Mean)
    rests: list[Mean] = field(default_factory=list)
    bends: list[Mean] = field(default_factory=list)
    """Where up was while moving with the thigh bent."""
    swing: Swing = field(default_factory=Swing)
    swings: list[Symmetric] = field(default_factory=list)
    """Covariances of the last epochs of walking, oldest first, that are not in `swing` yet."""
    leans: int = 0
    """Epochs of walking in a row whose swing leans another way than before."""
    leant_deg: float | None = None
    """By how much, once it is believed: what swings are remembered from before stay as they were."""
    front: Direction | None = None
    """Forward, as the last stay on a seat that agreed with the others had it."""
    confirmed: int = 0
    """How many stays agreed."""
    carried: Direction | None = None
    """Forward from before a strap slipped a little; good until a seat is seen."""
    staying: int = -1
    """Which rest place the last quiet epoch was in."""
    stayed_s: float = 0.0
    rose: bool = False
    """Somebody was upright since the last seat that contradicts."""
    elsewhere: Mean = field(default_factory=Mean)
    """Walking that disagrees with `walking`."""
    strange_since: int | None = None
    """Epoch since which rest is in places that were not known, without anything known in between."""
    contrary: Mean = field(default_factory=Mean)
    """Seats that disagree with the others, one `epoch` a stay."""
    behind_s: float = 0.0
    """How long the thigh was bent backwards, by the front that is believed, since it last was bent forwards for long."""
    behind_since: int = 0
    """Epoch in which that began."""
    hanging_s: float = 0.0
    """Of that, as no thigh can."""
    moves: int = 0
    """How often the sensor turned out to sit elsewhere."""
    moved_at: int = 0
    """Epoch from which on it sits as it does now."""
    doubted_since: int | None = None
    """Epoch from which on it may have been taken off, until walking shows that it sits as before, or otherwise."""
    agreed: int = 0
    """Epochs of walking that agree since then."""
    still: Direction = (0.0, 0.0, 0.0)
    """Where up was when the sensor last moved."""
    still_since: int = 0
    seen: int = 0
    """The last epoch that had samples."""
    loose: bool = False
    """The wearer said that it was taken off: what walks may be a bag, until walking shows that it is strapped on."""


LATELY = 5
"""Epochs of walking that tell how it is now."""
KNOWN_WELL = 8
"""Epochs of walking."""
FAST_WORTH = 2
"""Epochs of walking that all fast ones are worth as soon as somebody walks."""
SWINGS = 8
"""Epochs of walking that tell how the thigh swings now; one alone scatters by 4-16 deg, up to 33."""


def agreed(memory: Memory, params: MemoryParams, seen: Walked) -> None:
    """An epoch with walking in it that fits what is known."""
    known = memory.walking.epochs > 0
    if memory.fast and not seen.fast:
        memory.walking.epochs = min(memory.walking.epochs, FAST_WORTH)
    memory.fast = seen.fast
    memory.elsewhere, memory.staying, memory.rose, memory.strange_since = Mean(), -1, True, None
    memory.walking.add(seen.up, seen.seconds, params.remembered)
    memory.lately = [*memory.lately, seen.up][-LATELY:]
    if memory.walking.epochs == KNOWN_WELL:
        memory.home = memory.walking.of
    memory.swings.append(seen.covariance)
    if len(memory.swings) > SWINGS:
        oldest = memory.swings.pop(0)
        if memory.leant_deg is None:
            memory.swing.add(oldest, params.remembered)
    if not known:
        recognise_standing(memory, params)


def lately_up(memory: Memory) -> Direction:
    """Where up was in the last epochs of walking."""
    x, y, z = (sum(axis) for axis in zip(*memory.lately, strict=True))
    return unit3((x, y, z))


def crept(memory: Memory, params: MemoryParams) -> None:
    """Walking moved a little and stays there: it counts from now on, and what is known of standing for less."""
    now = lately_up(memory)
    if len(memory.lately) < LATELY or angle3(now, memory.walking.of) < params.crept_deg:
        return
    memory.standing.epochs = min(memory.standing.epochs, params.crept_stands)
    memory.walking.of, memory.walking.epochs = now, LATELY


def rested(memory: Memory, params: MemoryParams, up: Direction, seconds: float, epoch: int) -> bool:
    """An epoch with quiet in it; whether it taught anything."""
    if memory.walking.epochs and angle3(up, memory.walking.of) < params.upright_deg:
        memory.standing.add(up, seconds, params.remembered)
        memory.staying, memory.rose, memory.strange_since = -1, True, None
        return True
    place = _place(memory.rests, params, up, epoch)
    if memory.strange_since is None and memory.rests[place].since == epoch:
        memory.strange_since = epoch
    elif memory.strange_since is not None and memory.rests[place].since < memory.strange_since:
        memory.strange_since = None
    if place != memory.staying:
        memory.staying, memory.stayed_s = place, 0.0
    counted = min(seconds, params.stay_s - memory.stayed_s)
    memory.stayed_s += seconds
    if counted > 0:
        for other in (*memory.rests[:place], *memory.rests[place + 1 :]):
            other.seconds *= 1.0 - counted / params.fade_s
        memory.rests[place].add(up, counted, params.remembered)
    return counted > 0


def bent(memory: Memory, params: MemoryParams, up: Direction, seconds: float, epoch: int) -> bool:
    """An epoch of movement about one direction, walking left out; whether it taught anything."""
    place = _place(memory.bends, params, up, epoch)
    if memory.bends[place].seconds >= params.stay_s:
        return False
    memory.bends[place].add(up, seconds, params.remembered)
    return True


def recognise_standing(memory: Memory, params: MemoryParams) -> None:
    """Quiet from before the first walking that turns out to have been standing."""
    near = [rest for rest in memory.rests if angle3(rest.of, memory.walking.of) < params.upright_deg]
    memory.rests = [rest for rest in memory.rests if rest not in near]
    memory.staying = -1
    for rest in near:
        memory.standing.add(rest.of, rest.seconds, params.remembered)


def _place(places: list[Mean], params: MemoryParams, up: Direction, epoch: int) -> int:
    """The place this direction belongs to, made if it is new."""
    angles = [angle3(up, place.of) for place in places]
    if angles and min(angles) < params.same_rest_deg:
        return angles.index(min(angles))
    if len(places) == params.places:
        least = min(range(len(places)), key=lambda i: places[i].seconds)
        places[least] = Mean(since=epoch)
        return least
    places.append(Mean(since=epoch))
    return len(places) - 1

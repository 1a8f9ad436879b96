"""One sensor beside the thigh's: its own wire, samples and orientation, and what of it comes too late to be waited for.

Two streams meet in the hip room, and what comes out may not depend on how they were cut. So lateness is a property of the
events: the door's time (the newest instant that came through it) is looked at on a grid, and samples that were already older
than `WAIT_NS` when the grid's last line was passed are late, however many events were handed over together. A sensor whose
link is lost is not waited for: that is an event too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from hipmonitor.core.inbound import Inbound, LinkState, Notification, Samples, SensorId, Tick
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.orientation import OrientationStage, OrientationState, Oriented
from hipmonitor.core.samples import Gap, ImuBlock, Sampling, SamplingParams, SamplingState, SensorDoubt
from hipmonitor.core.wire import Decoded, SensorInfo, Wire, WireFault, WireState

GRID_NS = 10 * NS_PER_S
WAIT_NS = 10 * NS_PER_S
"""A second sensor's samples are waited for so long at least, and GRID_NS more at most: packets are repeated within a second
or two, a link that is lost longer sends from memory, which only the settled reading uses."""
THIGH_WAIT_NS = 60 * NS_PER_S
"""For so long a second sensor's samples are kept for samples of the thigh that come late: a radio link is given up long
before."""
MEMORY_NS = 2 * 3600 * NS_PER_S
"""So much a sensor remembers at full rate: when it is first heard, the settled reading may be sent samples as old as that."""
SAID_OF_LINKS = frozenset({LinkState.SEARCHING, LinkState.LOST, LinkState.STREAMING})
"""These say whether a sensor is away. Of sensors without a link, as arrays, nothing is said: they are waited for."""
BEGINNING_NS, END_NS = -(1 << 62), 1 << 62

Stamped = tuple[int, Notification | Samples]
"""(the grid's last line that the door had passed, event)."""


@dataclass(slots=True, kw_only=True)
class Door:
    """The newest instant that came through the front door."""

    at_ns: int = BEGINNING_NS

    def passed(self, event: Inbound) -> int:
        """Take an event and say which line of the grid was passed last. Arrays count from their first sample on."""
        if isinstance(event, Samples):
            self.at_ns = max(self.at_ns, min(event.at, int(event.t_ns[0]) if len(event.t_ns) else event.at))
        elif isinstance(event, Notification | Tick):
            self.at_ns = max(self.at_ns, event.at)
        return self.line_ns

    @property
    def line_ns(self) -> int:
        """The grid's last line that was passed."""
        return self.at_ns // GRID_NS * GRID_NS


@dataclass(slots=True, kw_only=True)
class ChainState:
    """What is carried from step to step."""

    sensor: SensorId = SensorId("")  # noqa: RUF009 - a type's name, not a call that could differ
    wire: WireState = field(default_factory=WireState)
    sampling: SamplingState = field(default_factory=SamplingState)
    orientation: OrientationState = field(default_factory=OrientationState)
    away: bool = False
    """Its link is lost, or was not found yet: nothing comes that could be waited for."""
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChainHeard:
    """What a step brought: parts in order, each with the instant at or before which its rows are late."""

    parts: tuple[tuple[int, Oriented], ...] = ()
    faults: tuple[WireFault, ...] = ()
    decoded: tuple[Decoded, ...] = ()
    doubts: tuple[tuple[SensorId, SensorDoubt], ...] = ()
    """Where what is believed of the sensor changed, with its name."""
    gaps: tuple[Gap, ...] = ()
    """With its name."""


class Chain:
    """wire → samples → orientation of one sensor."""

    def __init__(self, params: SamplingParams, orientation: OrientationStage, state: ChainState) -> None:
        self.orientation = orientation
        self._state = state
        self._wire = Wire(state.wire)
        self._sampling = Sampling(params, state.sampling)

    @property
    def sensor(self) -> SensorId:
        """Whose samples these are."""
        return self._state.sensor

    @property
    def ended(self) -> bool:
        """Nothing more will come."""
        return self._state.ended

    def state(self, orientation: OrientationState) -> ChainState:
        """What is carried, with the orientation's state as the corridor knows it."""
        self._state.orientation = orientation
        return self._state

    def step(self, events: Sequence[Stamped]) -> ChainHeard:
        """Take this sensor's events in the order of the door."""
        parts: list[tuple[int, Oriented]] = []
        faults: list[WireFault] = []
        decoded: list[Decoded] = []
        doubts: list[tuple[SensorId, SensorDoubt]] = []
        gaps: list[Gap] = []
        for line_ns, run in groupby(events if not self.ended else (), key=lambda stamped: stamped[0]):
            oldest_ns = BEGINNING_NS if self.orientation.holds_back else line_ns - WAIT_NS
            for items in self._groups(event for _, event in run):
                sampled: ImuBlock = self._sampling.step(items)
                faults += sampled.faults
                doubts += [(self.sensor, doubt) for doubt in sampled.doubts]
                gaps += [replace(gap, sensor=self.sensor) for gap in sampled.gaps]
                decoded += [item for item in items if not isinstance(item, Samples)]
                parts.append((oldest_ns, self.orientation.step(sampled)))
        return ChainHeard(
            parts=tuple(parts), faults=tuple(faults), decoded=tuple(decoded), doubts=tuple(doubts), gaps=tuple(gaps)
        )

    def end(self) -> ChainHeard:
        """Nothing more will come: what orientation still held back."""
        if self.ended:
            return ChainHeard()
        self._state.ended = True
        return ChainHeard(parts=((BEGINNING_NS, self.orientation.flush()),))

    def hear_link(self, state: LinkState) -> None:
        """What became of its link."""
        if state in SAID_OF_LINKS:
            self._state.away = state is not LinkState.STREAMING

    def complete_to_ns(self, door: Door) -> int:
        """Nothing at or before this will come any more that could be used."""
        if self.ended:
            return END_NS
        if not self.orientation.holds_back:
            return door.at_ns if self._state.away else door.line_ns - WAIT_NS
        held_ns = self.orientation.held_from_ns
        return door.line_ns - MEMORY_NS if held_ns is None else held_ns - 1

    def _groups(self, events: Iterable[Notification | Samples]) -> Iterator[list[Decoded | Samples]]:
        """What may be sampled together: of one rate, and never across new facts of the sensor."""
        for arrays, run in groupby(events, key=lambda event: isinstance(event, Samples)):
            if arrays:
                for event in run:
                    yield [event] if isinstance(event, Samples) else []
                continue
            items: list[Decoded | Samples] = []
            for item in self._wire.step([event for event in run if isinstance(event, Notification)]):
                if isinstance(item, SensorInfo) and items:
                    yield items
                    items = []
                items.append(item)
            yield items

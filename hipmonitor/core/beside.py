"""The sensors beside the thigh's: which one sits where, and what each piece of the stream brought of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from hipmonitor.core.chain import Chain, ChainHeard, ChainState, Door
from hipmonitor.core.hip import PelvisHeard
from hipmonitor.core.inbound import LinkChange, SensorId, UserAction
from hipmonitor.core.orientation import Orientation, OrientationStage, OrientationState, nothing_oriented
from hipmonitor.core.pieces import Piece
from hipmonitor.core.samples import Gap, SamplingParams, SensorDoubt
from hipmonitor.core.settings import Settings, Side
from hipmonitor.core.thigh import PlacingParams, Thigh, ThighBlock, ThighParams, ThighState
from hipmonitor.core.wire import Decoded, WireFault

OTHER_SIDE: dict[Side, Side] = {"left": "right", "right": "left", "unknown": "unknown"}


@dataclass(slots=True, kw_only=True)
class BesideState:
    """What is carried from piece to piece."""

    settings: Settings = field(default_factory=Settings)
    """They say who sits where; in force here as soon as they came, though held-back samples may not have reached them."""
    pelvis: ChainState = field(default_factory=ChainState)
    other: ChainState = field(default_factory=ChainState)
    other_thigh: ThighState = field(default_factory=ThighState)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Beside:
    """What a piece brought of sensors beside the thigh's."""

    pelvis: ChainHeard = field(default_factory=ChainHeard)
    other_thigh: tuple[ThighBlock, ...] = ()
    faults: tuple[WireFault, ...] = ()
    decoded: tuple[Decoded, ...] = ()
    doubts: tuple[tuple[SensorId, SensorDoubt], ...] = ()
    gaps: tuple[Gap, ...] = ()


NOTHING_BESIDE = Beside()


class SensorsBeside:
    """The pelvis' chain, and the other thigh's chain with its angles."""

    def __init__(
        self,
        sampling: SamplingParams,
        placing: PlacingParams,
        orientation: Callable[[OrientationState], OrientationStage],
        state: BesideState,
    ) -> None:
        """`placing`: of the sensor on the other thigh. `orientation` makes a stage from a state."""
        self._sampling, self._orientation = sampling, orientation
        self.settings = state.settings
        self.pelvis = Chain(sampling, orientation(state.pelvis.orientation), state.pelvis)
        self.other = Chain(sampling, orientation(state.other.orientation), state.other)
        params = ThighParams(side=OTHER_SIDE[state.settings.side], placing=placing)
        self._other_thigh = Thigh(params, state.other_thigh)

    @property
    def state(self) -> BesideState:
        """What is carried now."""
        return BesideState(
            settings=self.settings,
            pelvis=self.pelvis.state(state_of(self.pelvis.orientation)),
            other=self.other.state(state_of(self.other.orientation)),
            other_thigh=self._other_thigh.state,
        )

    def assign(self, settings: Settings) -> Beside:
        """Who sits where from here on in the stream; what orientation held back of sensors that lose their place."""
        pelvis, other = (
            chain.end() if chain.sensor not in {"", new} else ChainHeard()
            for chain, new in ((self.pelvis, settings.pelvis_sensor), (self.other, settings.other_thigh_sensor))
        )
        held_back = Beside(pelvis=pelvis, other_thigh=self._angles(other, ()))
        self.settings = settings
        params = replace(self._other_thigh.params, side=OTHER_SIDE[settings.side])
        self._other_thigh.params = params
        if settings.other_thigh_sensor != self.other.sensor:
            self.other, self._other_thigh = self._fresh(settings.other_thigh_sensor), Thigh(params)
        if settings.pelvis_sensor != self.pelvis.sensor:
            self.pelvis = self._fresh(settings.pelvis_sensor)
        return held_back

    def step(self, piece: Piece) -> Beside:
        """What the piece brought."""
        if not piece.beside and not self.other.sensor:
            return NOTHING_BESIDE
        pelvis, other = (
            chain.step([one for one in piece.beside if one[1].sensor == chain.sensor])
            for chain in (self.pelvis, self.other)
        )
        return Beside(
            pelvis=pelvis,
            other_thigh=self._angles(other, piece.actions),
            faults=pelvis.faults + other.faults,
            decoded=pelvis.decoded + other.decoded,
            doubts=pelvis.doubts + other.doubts,
            gaps=pelvis.gaps + other.gaps,
        )

    def end(self, sensor: SensorId, *, all_of_them: bool) -> Beside:
        """Nothing more will come from this sensor, or from any: what orientation still held back."""
        pelvis, other = (
            chain.end() if all_of_them or sensor == chain.sensor else ChainHeard()
            for chain in (self.pelvis, self.other)
        )
        return Beside(pelvis=pelvis, other_thigh=self._angles(other, ()))

    def hear_link(self, link: LinkChange) -> None:
        """What became of the link to one of them."""
        for chain in (self.pelvis, self.other):
            if chain.sensor == link.sensor:
                chain.hear_link(link.state)

    def pelvis_heard(self, beside: Beside, door: Door) -> PelvisHeard | None:
        """What the hip room is told of the pelvis; nothing where no sensor has that place, or had it until now."""
        if not self.pelvis.sensor and not beside.pelvis.parts:
            return None
        return PelvisHeard(parts=beside.pelvis.parts, complete_to_ns=self.pelvis.complete_to_ns(door))

    def _fresh(self, sensor: str) -> Chain:
        return Chain(self._sampling, self._orientation(OrientationState()), ChainState(sensor=SensorId(sensor)))

    def _angles(self, heard: ChainHeard, actions: Sequence[UserAction]) -> tuple[ThighBlock, ...]:
        """The same room as the thigh's, with a placement of its own; poses that the wearer holds serve both."""
        if not self.other.sensor:
            return ()
        blocks: list[ThighBlock] = []
        for _, part in heard.parts or ((0, nothing_oriented()),):
            blocks.append(self._other_thigh.step(part.imu, part.orientation, actions))
            actions = ()
        return tuple(block for block in blocks if len(block))


def state_of(stage: OrientationStage) -> OrientationState:
    """Of a stage as lived; the settled one is never moved."""
    return stage.state if isinstance(stage, Orientation) else OrientationState()

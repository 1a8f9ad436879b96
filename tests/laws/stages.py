"""The list of stages that the laws are applied to: how each is made, restored, fed and ended."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from functools import cache, reduce
from typing import Any

import numpy as np

from hipmonitor.core.activity import Activity, ActivityBlock
from hipmonitor.core.alerts import Alerts
from hipmonitor.core.exercise import ExerciseParams, ExerciseRoom
from hipmonitor.core.exposure import ExposureCounter
from hipmonitor.core.hip import Hip, HipParams, PelvisHeard
from hipmonitor.core.inbound import Inbound, Notification, Samples, UserAction
from hipmonitor.core.orientation import Orientation, Oriented, SettledOrientation, SettledOrientationParams
from hipmonitor.core.pipeline import Pipeline, Products
from hipmonitor.core.samples import ClockLearner, PacketParams, Sampling, SamplingParams
from hipmonitor.core.settings import AlertRules, Settings, SittingLimit
from hipmonitor.core.thigh import AutomaticPlacement, Thigh, ThighParams
from hipmonitor.core.wire import ClockPair, ImuPackets, SensorInfo, Wire
from tests.core.builders import activity, at
from tests.core.hip_streams import SEAT, STAND, USUAL, Worn
from tests.laws.plain import joined_packets
from tests.laws.streams import OTHER_MAKES, array_events, other_make_events, packet_events, set_events, turned_events

SHORT = Settings(side="right", sitting=SittingLimit(sit_limit_min=0.1, break_s=5))
TELLING = dataclasses.replace(SHORT, alerts=AlertRules(deep_bends_per_hour=1, daily_sitting_budget_h=0.002))
SMALL_CHUNKS = SettledOrientationParams(chunk_samples=200, margin_samples=40)


@dataclasses.dataclass(frozen=True)
class StageCase:
    """One stage and a stream of the smallest things it can be fed."""

    name: str
    new: Callable[[], Any]
    restored: Callable[[Any], Any]
    atoms: Callable[[], list[Any]]
    feed: Callable[[Any, Sequence[Any]], list[Any]]
    """Outputs of feeding consecutive atoms at once."""
    end: Callable[[Any], list[Any]] = lambda _: []

    def run(self, stage: Any, groups: Sequence[Sequence[Any]]) -> list[Any]:
        """Feed group after group, then end."""
        return [*(out for group in groups for out in self.feed(stage, group)), *self.end(stage)]


@cache
def inbounds(kind: str) -> tuple[Inbound, ...]:
    """A stream at the front door."""
    if kind.endswith("with sets"):
        return tuple(set_events(gyroscope=kind.startswith("gyroscope")))
    if kind == "turned":
        return tuple(turned_events())
    if kind in OTHER_MAKES:
        return tuple(other_make_events(kind))
    if kind in {"gyroscope", "accelerometer"}:
        return tuple(array_events(gyroscope=kind == "gyroscope"))
    return tuple(packet_events(round_trips=kind == "round_trips"))


@cache
def products(kind: str) -> tuple[tuple[tuple[UserAction, ...], Products], ...]:
    """What the rooms made of a stream that came event by event, with the actions before each piece."""
    pipeline, out = Pipeline(), []
    for event in inbounds(kind):
        actions = (event,) if isinstance(event, UserAction) else ()
        out += [(actions, piece) for piece in pipeline.step([event]).pieces]
    return tuple(out)


def as_one(blocks: Sequence[Any]) -> Any:
    """Blocks of the same type joined: columns and tuples one after the other, facts as last said."""
    if len(blocks) == 1:
        return blocks[0]
    with_rows = [b for b in blocks if len(b)] or [blocks[0]]
    values = {f.name: [getattr(b, f.name) for b in blocks] for f in dataclasses.fields(blocks[0])}
    return type(blocks[0])(**{name: _joined(name, v, with_rows) for name, v in values.items()})


def _joined(name: str, values: list[Any], with_rows: list[Any]) -> Any:
    rows = [getattr(block, name) for block in with_rows]
    if isinstance(rows[0], np.ndarray):
        joined = np.concatenate(rows)
        joined.flags.writeable = False
        return joined
    return tuple(item for v in values for item in v) if isinstance(values[0], tuple) else rows[-1]


def parted(group: Sequence[Any], starts: Callable[[Any], bool]) -> Iterator[list[Any]]:
    """Cut before every atom that must begin a step."""
    part: list[Any] = []
    for atom in group:
        if part and starts(atom):
            yield part
            part = []
        part.append(atom)
    if part:
        yield part


def with_actions(call: Callable[[Any, Any, Sequence[UserAction]], Any]) -> Callable[[Any, Sequence[Any]], list[Any]]:
    """Feeding for a stage that takes user actions: they open a step, as in the corridor."""

    def feed(stage: Any, group: Sequence[Any]) -> list[Any]:
        return [
            call(stage, [atom[1] for atom in part], part[0][0]) for part in parted(group, lambda atom: bool(atom[0]))
        ]

    return feed


def _sampling(stage: Sampling, group: Sequence[Any]) -> list[Any]:
    parts = parted(group, lambda atom: isinstance(atom, SensorInfo))
    return [stage.step(part if isinstance(part[0], Samples) else joined_packets(part)) for part in parts]  # type: ignore[arg-type]


def _decoded(kind: str) -> list[Any]:
    return _one_by_one([event for event in inbounds(kind) if isinstance(event, Notification)])


def _one_by_one(notes: Sequence[Notification]) -> list[Any]:
    wire = Wire()
    return [d for note in notes for d in wire.step([note])]


def _uncounted(kind: str) -> list[Any]:
    """The same of a sensor that sends no ticks."""
    decoded = [d for d in _decoded(kind) if not isinstance(d, ClockPair)]
    infos = {d.stream: dataclasses.replace(d, tick_hz=0.0) for d in decoded if isinstance(d, SensorInfo)}
    return [
        infos[d.stream] if isinstance(d, SensorInfo) else dataclasses.replace(d, info=infos[d.info.stream])
        for d in decoded
        if isinstance(d, SensorInfo | ImuPackets)
    ]


@cache
def _with_lines() -> SamplingParams:
    """Clock lines as a first pass learns them."""
    learner = ClockLearner()
    learner.hear(_decoded("round_trips"))
    return SamplingParams(packets=PacketParams(lines=learner.lines()))


def _rows(kind: str) -> list[Any]:
    return [(actions, piece) for actions, piece in products(kind) if len(piece.imu) or actions]


def _thigh(stage: Thigh, pieces: list[Products], actions: Sequence[UserAction]) -> Any:
    return stage.step(as_one([p.imu for p in pieces]), as_one([p.orientation for p in pieces]), actions)


def _activity(stage: Activity, pieces: list[Products], actions: Sequence[UserAction]) -> Any:
    return stage.step(as_one([p.imu for p in pieces]), as_one([p.thigh for p in pieces]), actions)


def _automatic(stage: AutomaticPlacement, pieces: list[Products], _: Sequence[UserAction]) -> Any:
    return list(stage.step(as_one([p.imu for p in pieces]), as_one([p.orientation for p in pieces])))


def _imu(kind: str) -> list[Any]:
    return [piece.imu for _, piece in products(kind) if len(piece.imu)]


def _pairs(stage: Any, pieces: list[Products], _: Sequence[UserAction]) -> Any:
    return stage.step(as_one([p.thigh for p in pieces]), as_one([p.activity for p in pieces]))


def _exposure(stage: ExposureCounter, pieces: list[Products], _: Sequence[UserAction]) -> Any:
    blocks = ("imu", "thigh", "activity")
    return stage.step(*(as_one([getattr(p, name) for p in pieces]) for name in blocks))


@cache
def _two_sensors() -> tuple[Any, ...]:
    """(thigh, activity, oriented, pelvis heard), sample by sample: the pelvis' rows come a little later, some are lost."""
    worn = Worn(acts=(*USUAL, STAND, SEAT), drift_deg_per_min=2.0)
    block, kinds, out = worn.thigh_block(), activity(worn.kinds), []
    lost = worn.seconds(63.0, 66.0)
    for i in range(worn.n):
        row, before = slice(i, i + 1), max(i - 3, 0)
        second = slice(i // 5, i // 5 + (i % 5 == 4))
        there = i >= 3 and not lost.start <= before < lost.stop
        parts = ((at(0) - 1, worn.pelvis.rows(slice(before, before + 1))),) if there else ()
        heard = PelvisHeard(parts=parts, complete_to_ns=at(i // 50 * 10 - 10))
        placements = block.placements if i == 0 else ()
        out.append((_row(block, row, placements=placements), _row(kinds, second), worn.thigh.rows(row), heard))
    return tuple(out)


def _row(block: Any, rows: slice, **changes: Any) -> Any:
    columns = [f.name for f in dataclasses.fields(block) if isinstance(getattr(block, f.name), np.ndarray)]
    return dataclasses.replace(block, **{name: getattr(block, name)[rows] for name in columns}, **changes)


def _measured(stage: Hip, group: Sequence[Any]) -> list[Any]:
    thigh, kinds, oriented, heard = (list(column) for column in zip(*group, strict=True))
    both = Oriented(imu=as_one([o.imu for o in oriented]), orientation=as_one([o.orientation for o in oriented]))
    pelvis = PelvisHeard(
        parts=tuple(part for one in heard for part in one.parts), complete_to_ns=heard[-1].complete_to_ns
    )
    return [stage.step(as_one(thigh), as_one(kinds), both, pelvis)]


def _alerts(stage: Alerts, pieces: list[Products], actions: Sequence[UserAction]) -> Any:
    seconds = [second for p in pieces for second in p.exposure.seconds]
    return list(stage.step(seconds, actions, deep_cycles=[cycle for p in pieces for cycle in p.exposure.deep_cycles]))


def _exercise(stage: ExerciseRoom, pieces: list[Products], actions: Sequence[UserAction]) -> Any:
    blocks = [as_one([getattr(p, name) for p in pieces]) for name in ("imu", "orientation", "thigh")]
    kinds = reduce(ActivityBlock.followed_by, [p.activity for p in pieces])
    return stage.step(*blocks, kinds, actions)


def _no_actions(kind: str) -> list[Any]:
    return [((), piece) for _, piece in products(kind)]


def cases() -> list[StageCase]:
    """All stages, each with every stream that matters to it."""
    out = [
        StageCase(
            f"wire-{k}",
            Wire,
            Wire,
            lambda k=k: [event for event in inbounds(k) if isinstance(event, Notification)],
            lambda stage, group: list(stage.step(group)),
        )
        for k in ("round_trips", *OTHER_MAKES)
    ]
    out += [
        StageCase(f"sampling-{k}", Sampling, lambda s: Sampling(None, s), lambda k=k: _decoded(k), _sampling)
        for k in ("round_trips", "one_way", *OTHER_MAKES)
    ]
    settled = StageCase(
        "sampling-settled",
        lambda: Sampling(_with_lines()),
        lambda s: Sampling(_with_lines(), s),
        lambda: _decoded("round_trips"),
        _sampling,
    )
    counted = StageCase(
        "sampling-counted", Sampling, lambda s: Sampling(None, s), lambda: _uncounted("one_way"), _sampling
    )
    out += [settled, counted]
    for kind in ("gyroscope", "accelerometer"):
        out += _array_cases(kind)
    out += _calibrating_cases("turned")
    left, right = HipParams(side="left"), ExerciseParams(side="right")
    out += [
        StageCase(
            f"exercise-{kind}",
            lambda: ExerciseRoom(right),
            lambda s: ExerciseRoom(right, s),
            lambda kind=kind: list(products(f"{kind} with sets")),
            with_actions(_exercise),
        )
        for kind in ("gyroscope", "accelerometer")
    ]
    return [
        *out,
        StageCase(
            "hip-two-sensors",
            lambda: Hip(left),
            lambda s: Hip(left, s),
            lambda: list(_two_sensors()),
            _measured,
        ),
    ]


def _array_cases(kind: str) -> list[StageCase]:
    oriented = lambda stage, group: [stage.step(as_one(group))]  # noqa: E731 - one expression, used twice
    return [
        *_calibrating_cases(kind),
        StageCase(f"orientation-{kind}", Orientation, lambda s: Orientation(None, s), lambda: _imu(kind), oriented),
        StageCase(
            f"settled-{kind}",
            lambda: SettledOrientation(SMALL_CHUNKS),
            lambda s: SettledOrientation(SMALL_CHUNKS, s),
            lambda: _imu(kind),
            oriented,
            lambda stage: [stage.flush()],
        ),
        StageCase(
            f"automatic-{kind}",
            AutomaticPlacement,
            lambda s: AutomaticPlacement(None, s),
            lambda: [((), piece) for _, piece in _rows(kind)],
            lambda stage, group: _automatic(stage, [atom[1] for atom in group], ()),
        ),
        StageCase(
            f"activity-{kind}",
            Activity,
            lambda s: Activity(None, s),
            lambda: _rows(kind),
            with_actions(_activity),
            lambda stage: [stage.flush()],
        ),
        StageCase(f"hip-{kind}", Hip, lambda s: Hip(None, s), lambda: _no_actions(kind), with_actions(_pairs)),
        StageCase(
            f"exposure-{kind}",
            lambda: ExposureCounter(SHORT),
            lambda s: ExposureCounter(SHORT, s),
            lambda: _no_actions(kind),
            with_actions(_exposure),
        ),
        StageCase(
            f"alerts-{kind}",
            lambda: Alerts(TELLING),
            lambda s: Alerts(TELLING, s),
            lambda: list(products(kind)),
            lambda stage, group: [a for out in with_actions(_alerts)(stage, group) for a in out],
        ),
    ]


def _calibrating_cases(kind: str) -> list[StageCase]:
    """The two rooms between which it passes what rest taught of the accelerometer."""
    return [
        StageCase(
            f"sampling-{kind}",
            Sampling,
            lambda s: Sampling(None, s),
            lambda: [event for event in inbounds(kind) if isinstance(event, Samples)],
            _sampling,
        ),
        StageCase(
            f"thigh-{kind}",
            lambda: Thigh(ThighParams(side="right")),
            lambda s: Thigh(ThighParams(side="right"), s),
            lambda: _rows(kind),
            with_actions(_thigh),
        ),
    ]

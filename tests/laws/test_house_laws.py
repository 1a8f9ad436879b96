"""The laws of the whole house: live = replay = batch as lived, settled is a pure function, any bytes decode or become a fault."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipmonitor.core.exercise import EndedBy
from hipmonitor.core.hip import HipMethod
from hipmonitor.core.inbound import ChangeSettings, Inbound, Notification, StartSet, UserAction
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import HipUpdate, Pipeline
from hipmonitor.core.settings import DeepFlexionLimit, Settings, SittingLimit
from hipmonitor.core.wire import Decoded, ImuPackets, Wire, WireFault
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.session import SessionWriter, read_session
from hipmonitor.runtime.analyze import analyze_slabs
from tests.laws.plain import of_sets, plain, together
from tests.laws.streams import (
    OTHER_MAKES,
    SENSOR,
    START_NS,
    array_events,
    note,
    other_make_events,
    packet_events,
    pelvis_away_events,
    set_events,
    three_array_events,
    two_packet_events,
)

ROOMS = (
    "imu",
    "gaps",
    "faults",
    "orientation",
    "thigh",
    "activity",
    "hip",
    "exposure",
    "exercise",
    "alerts",
    "other_thigh",
)
SHORT = Settings(
    side="right",
    sitting=SittingLimit(sit_limit_min=0.1, break_s=4),
    deep_flexion=DeepFlexionLimit(thigh_limit_deg=70, deep_limit_min=0.05, break_s=4),
)
STREAMS = {
    "arrays": array_events,
    "arrays with sets": set_events,
    "accelerometer": lambda: array_events(gyroscope=False),
    "packets": packet_events,
    "one way": lambda: packet_events(round_trips=False),
    **{family: partial(other_make_events, family) for family in OTHER_MAKES},
    "three sensors, arrays": three_array_events,
    "two sensors, packets": two_packet_events,
    "two sensors, the pelvis away": pelvis_away_events,
}


def short_limits(events: list[Inbound]) -> list[Inbound]:
    first = events[0]
    assert isinstance(first, UserAction)
    assert isinstance(first.action, ChangeSettings)
    worn = first.action.settings
    settings = replace(SHORT, pelvis_sensor=worn.pelvis_sensor, other_thigh_sensor=worn.other_thigh_sensor)
    return [UserAction(at=first.at, action=ChangeSettings(settings=settings)), *events[1:]]


def lived(groups: Iterable[Sequence[Inbound]]) -> dict[str, object]:
    pipeline = Pipeline()
    return of_rooms([pipeline.step(group) for group in groups])


def of_rooms(updates: Sequence[HipUpdate]) -> dict[str, object]:
    pieces = [piece for update in updates for piece in update.pieces]
    result: dict[str, object] = {}
    for room in ROOMS:
        products = [getattr(piece, room) for piece in pieces]
        if room == "other_thigh":
            products = [block for blocks in products for block in blocks]
        if room == "exercise":
            result |= of_sets(products)
        elif room in {"gaps", "alerts"}:
            result[room] = plain([item for product in products for item in product])
        elif room == "faults":
            continue
        else:
            result |= {f"{room}{name}": value for name, value in together(products).items()}
    return result


def snapshots(updates: Sequence[HipUpdate]) -> dict[int, object]:
    return {update.now.at: plain(update.now) for update in updates if update.now}


def cut(events: Sequence[Inbound], where: Iterable[int]) -> list[Sequence[Inbound]]:
    edges = sorted({0, len(events), *where})
    return [events[a:b] for a, b in pairwise(edges)]


@pytest.fixture(scope="module", params=STREAMS)
def events(request: pytest.FixtureRequest) -> list[Inbound]:
    return short_limits(STREAMS[request.param]())


@pytest.fixture(scope="module")
def live(events: list[Inbound]) -> dict[str, object]:
    """One event at a time, as slow as life."""
    return lived([event] for event in events)


def test_batch_equals_live(events: list[Inbound], live: dict[str, object]) -> None:
    assert lived([events]) == live


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_any_cut_equals_live(events: list[Inbound], live: dict[str, object], data: st.DataObject) -> None:
    where = data.draw(st.sets(st.integers(1, len(events) - 1), max_size=30))
    assert lived(cut(events, where)) == live


def test_the_recording_replays_to_the_same(events: list[Inbound], live: dict[str, object], tmp_path: Path) -> None:
    with SessionWriter(tmp_path / "s.mcap", sensor=SENSOR, started_at=HostNs(START_NS)) as writer:
        for group in cut(events, range(0, len(events), 37)):
            writer.record(group)
    assert lived(read_session(tmp_path / "s.mcap").batches(100)) == live


def test_a_snapshot_is_the_same_at_the_same_tick_however_cut(events: list[Inbound]) -> None:
    one, many = Pipeline(), Pipeline()
    by_one = snapshots([one.step([event]) for event in events])
    by_many = snapshots([many.step(group) for group in cut(events, range(0, len(events), 61))])
    assert by_many
    assert by_many == {at: by_one[at] for at in by_many}


def test_state_of_the_whole_house_moves(events: list[Inbound], live: dict[str, object]) -> None:
    first, half = Pipeline(), len(events) // 2
    before = [first.step(events[:half])]
    second = Pipeline(state=first.state)
    assert of_rooms([*before, second.step(events[half:])]) == live


def test_alerts_placements_and_gaps_are_among_what_is_compared() -> None:
    updates = {kind: Pipeline().step(short_limits(stream())) for kind, stream in STREAMS.items()}
    for kind in ("arrays", "accelerometer"):
        assert {alert.told for alert in updates[kind].alerts} == {True, False}
    for update in updates.values():
        assert any(piece.thigh.placements for piece in update.pieces)
        assert any(piece.gaps for piece in update.pieces)


def test_sets_of_every_kind_and_every_end_are_among_what_is_compared() -> None:
    pieces = Pipeline().step(short_limits(STREAMS["arrays with sets"]())).pieces
    results = [one for piece in pieces for one in piece.exercise.results]
    assert {one.target.minutes > 0 for one in results} == {True, False}
    assert {EndedBy.WEARER, EndedBy.TARGET, EndedBy.REST_OF_DAY} <= {one.ended_by for one in results}
    assert any(one.full for one in results)
    assert {pose.accepted for piece in pieces for pose in piece.exercise.poses} == {True, False}


def test_an_analysis_lists_the_sets_of_the_recording_in_either_reading() -> None:
    events = short_limits(STREAMS["arrays with sets"]())
    begun = [event.at for event in events if isinstance(event, UserAction) and isinstance(event.action, StartSet)]
    lived_sets = analyze_slabs(lambda: [events], reading="as_lived").sets
    assert [one.started for one in lived_sets] == begun[:-1]  # the last one was refused
    assert [one.started for one in analyze_slabs(lambda: [events]).sets] == begun[:-1]


@pytest.mark.parametrize("kind", [kind for kind in STREAMS if "sensors" in kind])
def test_hips_measured_and_estimated_and_pelvis_placements_are_among_what_is_compared(kind: str) -> None:
    pieces = Pipeline().step(short_limits(STREAMS[kind]())).pieces
    methods = {HipMethod(code) for piece in pieces for code in piece.hip.hip_method.tolist()}
    assert {HipMethod.MEASURED, HipMethod.UPRIGHT} <= methods
    assert any(piece.hip.pelvis_placements for piece in pieces)
    assert any(block.trusted.any() for piece in pieces for block in piece.other_thigh) == (
        kind == "three sensors, arrays"
    )


def test_settled_is_a_pure_function_of_the_recording(events: list[Inbound]) -> None:
    one = analyze_slabs(lambda: cut(events, range(0, len(events), 50)))
    again = analyze_slabs(lambda: [events])
    for name in (
        "t_ns",
        "world_from_sensor",
        "thigh_flexion_deg",
        "hip_flexion_deg",
        "hip_rotation_sd_deg",
        "hip_method_code",
        "trusted",
    ):
        assert plain(getattr(one, name)) == plain(getattr(again, name)), name
    assert plain([one.activity, one.alerts, one.bouts]) == plain([again.activity, again.alerts, again.bouts])
    assert plain([one.sets, one.hips_in_sets]) == plain([again.sets, again.hips_in_sets])


# -- any bytes ---------------------------------------------------------------------------------------------------------

CHANNELS = (
    hip.DATA,
    hip.DATA,
    hip.DATA,
    hip.INFO,
    hip.SYNC,
    hip.SYNC_WRITTEN,
    hip.CONTROL,
    "battery/level",
    "odd/one",
    "",
)
KNOWN = hip.encode_info(
    hip.Info(
        stream=7,
        boot_id=1,
        tick_hz=32768,
        rate_mhz=100_000,
        acc_range_g=16,
        gyr_range_dps=2000,
        ring_samples=10,
        slow_ring_samples=10,
        slow_rate_cmhz=2500,
        most_samples=8,
        flags=0,
    )
)


def random_notes(chance: random.Random, count: int) -> list[Notification]:
    """Random bytes, half of them with a header that is nearly right so that the deeper checks are reached."""
    out = []
    for _ in range(count):
        size = chance.choice((0, 1, 4, 12, 16, 28, 32, 112, chance.randrange(300)))
        payload = chance.randbytes(size)
        if chance.random() < 0.5 and size >= 16:
            n = max(0, (size - 16) // 12)
            payload = bytes([chance.randrange(5), n]) + payload[2:4] + b"\x07\x00" + payload[6:]
        out.append(note(START_NS + chance.randrange(10**9), chance.choice(CHANNELS), payload))
    return out


def test_a_million_random_payloads_give_packets_or_faults() -> None:
    chance, wire = random.Random(11), Wire()
    packets = faults = 0
    for _ in range(1000):
        wire.step([note(START_NS, hip.INFO, KNOWN)])
        decoded: Sequence[Decoded] = wire.step(random_notes(chance, 1000))
        packets += sum(len(item.count) for item in decoded if isinstance(item, ImuPackets))
        faults += sum(isinstance(item, WireFault) for item in decoded)
    assert faults > 500_000
    assert packets > 1000


def test_random_payloads_do_not_upset_the_house() -> None:
    chance, pipeline = random.Random(12), Pipeline()
    pipeline.step([note(START_NS, hip.INFO, KNOWN)])
    updates = [pipeline.step(random_notes(chance, 20)) for _ in range(200)]
    rows = [piece.thigh for update in updates for piece in update.pieces if len(piece.thigh)]
    assert rows
    assert all(np.isfinite(block.thigh_flexion_deg[block.trusted]).all() for block in rows)


@given(payload=st.binary(max_size=400), channel=st.sampled_from(CHANNELS))
def test_any_byte_string_decodes_or_becomes_a_fault(payload: bytes, channel: str) -> None:
    wire = Wire()
    wire.step([note(START_NS, hip.INFO, KNOWN)])
    for item in wire.step([note(START_NS + 1, channel, payload)]):
        assert isinstance(item, WireFault) or item.sensor == SENSOR

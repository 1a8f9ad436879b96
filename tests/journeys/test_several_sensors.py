"""Several sensors of one wearer over the virtual air: roles by identity, one inbox, one recording; each has losses of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from firmware_sim.body import Script, Where, sit, stand, walk
from firmware_sim.device import HipDevice
from firmware_sim.ports import Firmware, FirmwareInput, FirmwareOutput
from firmware_sim.sensors import SimulatedSensor
from firmware_sim.worn_sensor import wear
from hipmonitor.core.hip import HipMethod
from hipmonitor.core.inbound import ChangeSettings, Inbound, LinkState, Notification
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.settings import Settings
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.ble import Vibration
from hipmonitor.io.session import read_session
from hipmonitor.runtime.recorded import open_recording
from tests.journeys.air_world import HIP_1, OTHER_THIGH, PELVIS, THIGH, World, world_of
from tests.journeys.virtual_time import EPOCH_NS, run_virtually

SCRIPT: Script = (stand(12), walk(20), sit(90, "office_chair"), sit(150, "office_chair", "lean_forward"))
TWO = Settings(side="right", thigh_sensor=THIGH, pelvis_sensor=PELVIS)
AWAY_S = 40.0
"""Longer than the hip's rows wait for a silent pelvis."""
PLACES: dict[str, Where] = {THIGH: "thigh", PELVIS: "pelvis", OTHER_THIGH: "other_thigh"}


def worn(*sensors: str) -> list[tuple[SimulatedSensor, Firmware]]:
    """Of one wearer; all are called the same."""
    return [(replace(HIP_1, address=sensor), wear(SCRIPT, seed=4, where=PLACES[sensor]).device) for sensor in sensors]


def data_of(events: Sequence[Inbound], sensor: str, kind: int = hip.Kind.LIVE) -> list[Notification]:
    found = [e for e in events if isinstance(e, Notification) and e.channel == hip.DATA and e.sensor == sensor]
    return [e for e in found if e.payload[0] == kind]


def indices(packets: Sequence[Notification]) -> list[int]:
    """Of all samples in these packets."""
    firsts = [(int.from_bytes(e.payload[8:12], "little"), e.payload[1]) for e in packets]
    return sorted({index for first, n in firsts for index in range(first, first + n)})


def is_whole(found: Sequence[int]) -> bool:
    return found == list(range(found[0], found[-1] + 1))


async def pelvis_walks_away(folder: Path) -> World:
    async with world_of(worn(THIGH, PELVIS), TWO, folder) as made:
        await made.until_streaming(times=2)
        await asyncio.sleep(70)
        made.sensors[PELVIS].set_in_range(False)
        await asyncio.sleep(AWAY_S)
        made.sensors[PELVIS].set_in_range(True)
        await made.until_streaming(times=2, sensor=PELVIS)
        await asyncio.sleep(30)
    return made


async def both_walk_away(folder: Path) -> World:
    async with world_of(worn(THIGH, PELVIS), TWO, folder) as made:
        await made.until_streaming(times=2)
        await asyncio.sleep(10)
        made.air.set_in_range(False)
        await asyncio.sleep(8)
        made.air.set_in_range(True)
        await made.until_streaming(times=2, sensor=THIGH)
        await made.until_streaming(times=2, sensor=PELVIS)
        await asyncio.sleep(10)
    return made


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> World:
    return run_virtually(pelvis_walks_away(tmp_path_factory.mktemp("away")))


def outage_of(made: World, sensor: str) -> tuple[int, int]:
    """From the sentence that says so to the stream that begins again."""
    links = made.links(sensor)
    lost = next(i for i, link in enumerate(links) if link.state is LinkState.LOST)
    return links[lost].at, next(link.at for link in links[lost:] if link.state is LinkState.STREAMING)


def test_both_stream_at_the_same_time_and_stand_in_one_recording(away: World) -> None:
    assert away.keeper.path is not None
    recorded = read_session(away.keeper.path)
    assert [event.at for event in recorded] == [event.at for event in away.events]
    assert recorded.sensor == THIGH
    assert len(data_of(away.events, THIGH)) > 1500
    assert len(data_of(away.events, PELVIS)) > 1000


def test_sentences_name_a_sensor_by_its_place(away: World) -> None:
    said = {link.sensor: [one.detail for one in away.links(link.sensor)] for link in away.links()}
    assert said[THIGH][0] == "Looking for the right thigh sensor."
    assert "The pelvis sensor is sending." in said[PELVIS]
    assert any(sentence.startswith("The pelvis sensor is out of reach.") for sentence in said[PELVIS])
    assert not any("pelvis" in sentence for sentence in said[THIGH])


def test_while_one_is_away_and_sends_from_memory_the_others_live_data_come_in_time(away: World) -> None:
    packets = data_of(away.events, THIGH)
    assert is_whole(indices(packets))
    assert max(later.at - earlier.at for earlier, later in pairwise(packets)) < 0.2 * NS_PER_S
    assert away.states(THIGH).count(LinkState.STREAMING) == 1


def test_what_one_missed_is_filled_in_from_its_own_memory(away: World) -> None:
    live, late = data_of(away.events, PELVIS), data_of(away.events, PELVIS, hip.Kind.BACKFILL)
    assert len(indices(late)) > 3000
    assert is_whole(indices([*live, *late]))
    assert not data_of(away.events, THIGH, hip.Kind.BACKFILL)


def methods(made: World, since_ns: int, until_ns: int) -> set[HipMethod]:
    found: set[HipMethod] = set()
    for piece in (piece for update in made.kept.updates for piece in update.pieces):
        inside = (piece.hip.t_ns >= since_ns) & (piece.hip.t_ns < until_ns)
        found |= {HipMethod(int(code)) for code in np.unique(piece.hip.hip_method[inside])}
    return found


def test_without_the_pelvis_the_hip_is_estimated_by_posture_and_with_it_measured_again(away: World) -> None:
    lost, back = outage_of(away, PELVIS)
    assert methods(away, lost - 8 * NS_PER_S, lost - 3 * NS_PER_S) == {HipMethod.MEASURED}
    without = methods(away, lost + NS_PER_S, back - NS_PER_S)
    assert HipMethod.SEATED in without
    assert without <= {HipMethod.SEATED, HipMethod.UNCLEAR}, "a second in which the thigh stirs has no posture"
    assert methods(away, back + 5 * NS_PER_S, back + 20 * NS_PER_S) == {HipMethod.MEASURED}
    blocks = [piece.hip for update in away.kept.updates for piece in update.pieces]
    estimated = np.concatenate([block.hip_flexion_sd_deg[block.hip_method == HipMethod.SEATED] for block in blocks])
    assert np.isfinite(estimated).all()


def test_the_measured_hip_is_within_four_degrees_of_the_simulated_body_while_leaning(away: World) -> None:
    blocks = [piece.hip for update in away.kept.updates for piece in update.pieces]
    t_ns, flexion_deg, code = (
        np.concatenate([getattr(block, name) for block in blocks]) for name in ("t_ns", "hip_flexion_deg", "hip_method")
    )
    measured = (code == HipMethod.MEASURED) & (t_ns > outage_of(away, PELVIS)[1])
    assert measured.sum() > 20 * 100
    truth = wear(SCRIPT, seed=4).body.truth((t_ns[measured] - EPOCH_NS) / NS_PER_S)
    assert np.sqrt(np.mean((flexion_deg[measured] - truth.hip_flexion_deg) ** 2)) < 4


def test_the_gap_is_the_pelvis_sensors_and_no_gap_of_the_thigh(away: World) -> None:
    pieces = [piece for update in away.kept.updates for piece in update.pieces]
    assert not [gap for piece in pieces for gap in piece.gaps]
    assert [gap.sensor for piece in pieces for gap in piece.gaps_beside] == [PELVIS]


def test_settled_the_hip_is_measured_through_the_outage(away: World) -> None:
    assert away.keeper.path is not None
    settled = open_recording(away.keeper.path)
    lost, back = outage_of(away, PELVIS)
    inside = (settled.t_ns >= lost) & (settled.t_ns < back)
    assert (settled.hip_method_code[inside] == HipMethod.MEASURED).mean() > 0.9


def test_live_and_replay_are_bit_equal(away: World) -> None:
    assert away.keeper.path is not None
    replayed = open_recording(away.keeper.path, reading="as_lived")
    lived = np.concatenate([piece.hip.hip_flexion_deg for u in away.kept.updates for piece in u.pieces])
    assert np.array_equal(lived.astype(np.float32), replayed.hip_flexion_deg, equal_nan=True)


def test_both_are_lost_and_both_come_back_with_what_they_remember(tmp_path: Path) -> None:
    made = run_virtually(both_walk_away(tmp_path))
    for sensor in (THIGH, PELVIS):
        assert made.states(sensor).count(LinkState.STREAMING) == 2
        assert made.states(sensor)[-1] is LinkState.ENDED
        packets = [*data_of(made.events, sensor), *data_of(made.events, sensor, hip.Kind.BACKFILL)]
        assert is_whole(indices(packets))


async def named_alike(folder: Path) -> World:
    """Three sensors called HIP-1 are on the air; no place is set for one of them."""
    settings = Settings(side="left", thigh_sensor=PELVIS, pelvis_sensor=THIGH.lower())
    async with world_of(worn(THIGH, PELVIS, OTHER_THIGH), settings, folder) as made:
        await made.until_streaming(times=2)
        await asyncio.sleep(3)
    return made


def test_of_sensors_with_one_name_each_has_the_place_that_is_set_for_its_address(tmp_path: Path) -> None:
    made = run_virtually(named_alike(tmp_path))
    assert made.links(PELVIS)[-1].state is LinkState.ENDED
    assert "The left thigh sensor is sending." in [link.detail for link in made.links(PELVIS)]
    assert "The pelvis sensor is sending." in [link.detail for link in made.links(THIGH)]
    assert not [event for event in made.events if isinstance(event, Notification) and event.sensor == OTHER_THIGH]
    assert made.pipeline.sampling.state.sensor == PELVIS
    assert made.pipeline.beside.pelvis.sensor == THIGH


async def thigh_not_named(folder: Path) -> World:
    """It comes later than the pelvis sensor, which could be taken for it."""
    async with world_of(worn(THIGH, PELVIS), Settings(pelvis_sensor=PELVIS), folder) as made:
        made.sensors[THIGH].set_in_range(False)
        await made.until_streaming(sensor=PELVIS)
        await asyncio.sleep(3)
        made.sensors[THIGH].set_in_range(True)
        await made.until_streaming(sensor=THIGH)
        await asyncio.sleep(3)
    return made


def test_where_the_thighs_is_not_named_it_is_the_first_one_without_another_place(tmp_path: Path) -> None:
    made = run_virtually(thigh_not_named(tmp_path), limit_s=60)
    assert made.pipeline.sampling.state.sensor == THIGH
    assert made.pipeline.beside.pelvis.sensor == PELVIS
    assert made.states(PELVIS).count(LinkState.CONNECTING) == 1
    assert len(data_of(made.events, THIGH)) > 20


async def places_change(folder: Path) -> World:
    """The two swap; then the pelvis' place is empty; then the sensor on the other thigh gets it."""
    async with world_of(worn(THIGH, PELVIS, OTHER_THIGH), TWO, folder) as made:
        await made.until_streaming(times=2)
        await asyncio.sleep(5)
        for settings in (
            replace(TWO, thigh_sensor=PELVIS, pelvis_sensor=THIGH),
            replace(TWO, thigh_sensor=PELVIS, pelvis_sensor=""),
            replace(TWO, thigh_sensor=PELVIS, pelvis_sensor=OTHER_THIGH),
        ):
            made.act(ChangeSettings(settings=settings))
            await asyncio.sleep(5)
    return made


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> World:
    return run_virtually(places_change(tmp_path_factory.mktemp("changed")))


def test_sensors_that_swap_places_stay_connected(changed: World) -> None:
    assert changed.states(PELVIS).count(LinkState.CONNECTING) == 1
    assert is_whole(indices(data_of(changed.events, PELVIS)))
    assert changed.pipeline.sampling.state.sensor == PELVIS


def test_a_sensor_without_a_place_is_let_go_and_a_new_one_is_joined(changed: World) -> None:
    assert changed.states(THIGH)[-1] is LinkState.LOST
    assert "let go" in changed.links(THIGH)[-1].detail
    assert changed.states(OTHER_THIGH)[-2:] == [LinkState.STREAMING, LinkState.ENDED]
    assert changed.pipeline.beside.pelvis.sensor == OTHER_THIGH


class FromTheFuture:
    """A sensor of a protocol that this program does not know."""

    def __init__(self, firmware: Firmware) -> None:
        self._firmware = firmware

    def read(self, channel: str) -> bytes:
        value = self._firmware.read(channel)
        return bytes([9]) + value[1:] if channel == "info" else value

    def update(self, now_ns: int, inputs: Sequence[FirmwareInput]) -> FirmwareOutput:
        return self._firmware.update(now_ns, inputs)


async def pelvis_cannot_be_understood(folder: Path) -> World:
    thigh, (row, pelvis) = worn(THIGH, PELVIS)
    async with world_of([thigh, (row, FromTheFuture(pelvis))], TWO, folder) as made:
        await made.until_streaming(sensor=THIGH)
        await asyncio.sleep(5)
        await made.source.pause()
        await asyncio.sleep(2)
        await made.source.resume()
        await made.until_streaming(times=2, sensor=THIGH)
    return made


def test_a_sensor_beside_that_ends_says_why_and_the_thigh_is_measured_on(tmp_path: Path) -> None:
    made = run_virtually(pelvis_cannot_be_understood(tmp_path))
    (ended,) = [link for link in made.links(PELVIS) if link.state is LinkState.ENDED]
    assert "This pelvis sensor speaks protocol version 9" in ended.detail
    assert made.states(PELVIS)[-1] is LinkState.ENDED
    assert made.states(THIGH).count(LinkState.STREAMING) == 2
    assert len(data_of(made.events, THIGH)) > 50


async def let_go_together(folder: Path) -> tuple[World, list[bool]]:
    async with world_of(worn(THIGH, PELVIS), TWO, folder) as made:
        await made.until_streaming(times=2)
        buzzed = [await made.source.vibrate(Vibration.SHORT, 50)]
        buzzed.append(await made.source.vibrate(Vibration.LONG, 60, PELVIS))
        buzzed.append(await made.source.vibrate(Vibration.LONG, 60, OTHER_THIGH))
        await made.source.pause()
        await asyncio.sleep(5)
        await made.source.resume()
        await made.until_streaming(times=2, sensor=PELVIS)
        await made.until_streaming(times=2, sensor=THIGH)
        await asyncio.sleep(3)
    return made, buzzed


def test_the_thighs_motor_runs_unless_another_is_named_and_a_pause_is_for_all(tmp_path: Path) -> None:
    made, buzzed = run_virtually(let_go_together(tmp_path))
    assert buzzed == [True, True, False]
    for sensor in (THIGH, PELVIS):
        firmware = made.sensors[sensor].firmware
        assert isinstance(firmware, HipDevice)
        assert len(firmware.vibrations) == 1
        paused = next(link for link in made.links(sensor) if link.state is LinkState.LOST)
        again = [link.at for link in made.links(sensor) if link.state is LinkState.SEARCHING][1]
        assert "Paused" in paused.detail
        between = [e for e in made.events if isinstance(e, Notification) and paused.at < e.at < again]
        assert not between
        assert not data_of(made.events, sensor, hip.Kind.BACKFILL)

"""The in-memory link gives what a Bluetooth client would have recorded, and the same for the same arguments."""

from __future__ import annotations

import itertools
import struct

import numpy as np
import pytest

from firmware_sim.device import HipDevice, Model
from firmware_sim.faults import Fault, FaultyFirmware, fault_from_text, reboots_s
from firmware_sim.memory_link import civil_tick, stream
from firmware_sim.ports import WholeFirmware
from hipmonitor.core.inbound import Inbound, LinkChange, LinkState, Notification, Tick
from hipmonitor.core.wire import ClockPair, ImuPackets, PacketKind, SensorInfo, Wire, WireFault
from tests.firmware_sim.device_rig import EXACT, START_NS, IndexSource, header

S = 1_000_000_000
MODEL = Model(crystal=EXACT)


def device(seed: int = 1) -> HipDevice:
    return HipDevice(IndexSource(), model=MODEL, seed=seed)


def heard(sensor: WholeFirmware, seconds: float, **scene: object) -> list[Inbound]:
    turns = stream(sensor, start_ns=START_NS, seconds=seconds, **scene)  # type: ignore[arg-type]
    return list(itertools.chain.from_iterable(turns))


def on(events: list[Inbound], channel: str) -> list[Notification]:
    return [e for e in events if isinstance(e, Notification) and e.channel == channel]


def states(events: list[Inbound]) -> list[LinkState]:
    return [e.state for e in events if isinstance(e, LinkChange)]


def live_indices(events: list[Inbound]) -> list[int]:
    heads = [header(e.payload) for e in on(events, "hip/data")]
    return [i for h in heads if h[0] == 1 for i in range(h[5], h[5] + h[1])]


def test_events_come_in_order_and_within_their_turn() -> None:
    last = START_NS
    turns = stream(device(), start_ns=START_NS, seconds=20.0, turn_s=0.5)
    for turn in turns:
        assert [e.at for e in turn] == sorted(e.at for e in turn)
        assert turn[0].at >= last
        last = turn[-1].at
    assert last <= START_NS + 20 * S


def test_a_session_opens_as_a_client_opens_it() -> None:
    events = heard(device(), 4.0)
    assert states(events) == [LinkState.SEARCHING, LinkState.CONNECTING, LinkState.CONNECTED, LinkState.STREAMING]
    channels = [e.channel for e in events if isinstance(e, Notification)]
    order = [name for name, _ in itertools.groupby(channels)]
    assert order[:7] == [
        "hip/info",
        *(f"dis/{n}" for n in ("manufacturer", "model", "serial", "hardware", "firmware")),
        "battery/level",
    ]
    assert channels.index("hip/control>") > channels.index("hip/sync")
    assert channels[: channels.index("hip/control>")].count("hip/sync") == 8
    assert channels.index("hip/data") > channels.index("hip/control")


def test_every_sample_from_start_on_arrives_once_and_the_wire_reads_it() -> None:
    events = heard(device(), 60.0)
    indices = live_indices(events)
    assert indices == list(range(indices[0], indices[0] + len(indices)))
    assert len(indices) > 5800
    decoded = Wire().step([e for e in events if isinstance(e, Notification)])
    assert not [d for d in decoded if isinstance(d, WireFault)]
    assert sum(len(d.acc_counts) for d in decoded if isinstance(d, ImuPackets)) == len(indices)
    assert [d.tick_hz for d in decoded if isinstance(d, SensorInfo)] == [1000.0]


def test_clock_round_trips_bound_the_offset_between_the_clocks() -> None:
    events = heard(device(), 60.0)
    pairs = [d for d in Wire().step([e for e in events if isinstance(e, Notification)]) if isinstance(d, ClockPair)]
    assert 8 + 45 <= len(pairs) <= 8 + 75
    for pair in pairs:
        true_ns = START_NS + int(pair.ticks_received) * 1_000_000
        middle, rest = (pair.t1 + pair.t4) / 2, (pair.t4 - pair.t1) / 2
        assert abs(true_ns - middle) <= rest + 1_000_000


def test_the_clock_is_looked_at_as_often_as_asked() -> None:
    often, seldom = (len(on(heard(device(), 120.0, **scene), "hip/sync>")) for scene in ({}, {"round_trip_s": 10.0}))
    assert often == pytest.approx(120 + 8, abs=12)
    assert seldom == pytest.approx(12 + 8, abs=5)


def test_packets_arrive_in_connection_events_later_by_errors() -> None:
    late_ms = []
    for note in on(heard(device(), 120.0), "hip/data"):
        _, n, _, _, _, _, tick = header(note.payload)
        complete_ns = START_NS + (tick + 10 * (n - 1)) * 1_000_000
        late_ms.append((note.at - complete_ns) / 1e6)
    assert 0 < min(late_ms) < 15
    assert 15 < np.median(late_ms) < 30
    assert 60 < max(late_ms) < 150
    assert np.mean(np.array(late_ms) > 45) == pytest.approx(0.05, abs=0.03)


def test_an_outage_is_noticed_after_the_supervision_timeout_and_filled_from_memory() -> None:
    events = heard(device(), 120.0, outages=[(30.0, 60.0)])
    assert states(events)[4:] == [
        LinkState.LOST,
        LinkState.SEARCHING,
        LinkState.CONNECTING,
        LinkState.CONNECTED,
        LinkState.STREAMING,
    ]
    lost = next(e for e in events if isinstance(e, LinkChange) and e.state is LinkState.LOST)
    assert lost.at == START_NS + 32 * S
    heard_s = [(e.at - START_NS) / S for e in events if isinstance(e, Notification) and not e.channel.endswith(">")]
    assert not [s for s in heard_s if 31 < s < 60]
    packets = [d for d in Wire().step([e for e in events if isinstance(e, Notification)]) if isinstance(d, ImuPackets)]
    kinds = {d.kind for d in packets}
    assert kinds == {PacketKind.LIVE, PacketKind.BACKFILL}
    seen = {
        int(i)
        for d in packets
        for first, n in zip(d.first_index, d.count, strict=True)
        for i in range(int(first), int(first) + int(n))
    }
    assert seen == set(range(min(seen), max(seen) + 1))


def test_without_backfill_an_outage_stays_a_gap() -> None:
    events = heard(device(), 70.0, outages=[(30.0, 40.0)], backfill=False)
    indices = live_indices(events)
    assert np.diff(indices).max() > 900
    assert {header(e.payload)[0] for e in on(events, "hip/data")} == {1}


def test_a_short_outage_only_delays_and_what_did_not_fit_is_flagged() -> None:
    events = heard(device(), 60.0, outages=[(30.0, 31.5)], backfill=False)
    assert LinkState.LOST not in states(events)
    heads = [header(e.payload) for e in on(events, "hip/data")]
    assert sum(bool(h[4] & 8) for h in heads) == 1
    assert np.diff([h[2] for h in heads]).max() > 1


def test_a_reboot_is_a_lost_link_and_another_boot_id() -> None:
    events = heard(device(), 60.0, reboots=[20.0])
    infos = [struct.unpack_from("<HI", note.payload, 2) for note in on(events, "hip/info")]
    assert len(infos) == 2
    assert infos[0][1] != infos[1][1]
    indices = live_indices(events)
    assert np.diff(indices).min() < 0
    assert states(events).count(LinkState.LOST) == 1


def test_ticks_tell_civil_time_once_a_second() -> None:
    ticks = [e for e in heard(device(), 10.0, utc_offset_s=7200) if isinstance(e, Tick)]
    assert [t.at for t in ticks] == [START_NS + n * S for n in range(11)]
    # 2025-10-09 08:53:20 UTC was a Thursday; two hours east it is 10:53.
    assert (ticks[0].civil_day, ticks[0].minute_of_day, ticks[0].weekday) == (20370, 10 * 60 + 53, 3)
    assert civil_tick(START_NS, -9 * 3600).civil_day == 20369


def test_the_same_arguments_give_the_same_bytes_and_instants() -> None:
    one, same, other = (heard(device(), 20.0, seed=seed, outages=[(8.0, 12.0)]) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_how_it_is_cut_into_turns_changes_nothing() -> None:
    assert heard(device(), 15.0, turn_s=0.02) == heard(device(), 15.0, turn_s=3.0)


def test_a_silent_sensor_keeps_its_link() -> None:
    faulty = FaultyFirmware(device(), [Fault(kind="silent", at_s=10.0, seconds=5.0)])
    events = heard(faulty, 30.0, backfill=False)
    assert np.diff(live_indices(events)).max() == pytest.approx(500, abs=17)
    assert LinkState.LOST not in states(events)
    assert faulty.swallowed_packets == pytest.approx(62, abs=3)


def test_dropped_notifications_show_in_the_sequence() -> None:
    faulty = FaultyFirmware(device(), [Fault(kind="drop", at_s=0.0, share=0.3)], seed=4)
    heads = [header(e.payload) for e in on(heard(faulty, 40.0, backfill=False), "hip/data")]
    sequences = [h[2] for h in heads]
    lost = sequences[-1] + 1 - sequences[0] - len(sequences)
    assert lost / (sequences[-1] + 1) == pytest.approx(0.3, abs=0.07)


def test_faults_are_read_from_the_command_line() -> None:
    assert fault_from_text("reboot@20") == Fault(kind="reboot", at_s=20.0)
    assert fault_from_text("silent@30+5") == Fault(kind="silent", at_s=30.0, seconds=5.0)
    assert fault_from_text("drop@10+4:0.2") == Fault(kind="drop", at_s=10.0, seconds=4.0, share=0.2)
    assert reboots_s([fault_from_text("reboot@9"), fault_from_text("reboot@3")]) == (3.0, 9.0)
    for wrong in ("melt@3", "reboot", "silent@soon", "drop@1:much"):
        with pytest.raises(ValueError, match="reboot@20"):
            fault_from_text(wrong)

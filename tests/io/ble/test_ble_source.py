"""The live source over the virtual air: streaming, losing, finding again, filling in, and saying so."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from itertools import pairwise

import pytest
from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason
from fake_firmware import FakeFirmware
from rig import ADDRESS, NAME, QUICK, TestClock, listening_to, packets, rig, run, soon, streaming

from hipmonitor.core.errors import LinkError, UsageError
from hipmonitor.core.inbound import LinkChange, LinkState, Tick
from hipmonitor.core.ports import Source
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.ble import BleSource, Vibration
from hipmonitor.io.ble.inbox import Inbox
from hipmonitor.io.ble.radio import SystemRadio


def test_a_source_finds_connects_and_streams_and_notes_all_that_crossed_the_radio() -> None:
    async def test() -> None:
        firmware = FakeFirmware()
        async with rig(firmware) as made:
            source = made.source()
            assert isinstance(source, Source)
            async with listening_to(source) as heard:
                await heard.until(packets(5))
            assert not firmware.is_streaming
        assert heard.states() == [
            LinkState.SEARCHING,
            LinkState.CONNECTING,
            LinkState.CONNECTED,
            LinkState.STREAMING,
            LinkState.ENDED,
        ]
        assert heard.on(hip.INFO)[0].payload == firmware.info()
        assert heard.on("dis/model")[0].payload == b"HIP-1 simulated"
        assert heard.on("battery/level")[0].payload == bytes([87])
        assert [event.payload[0] for event in heard.on(hip.CONTROL_WRITTEN)] == [hip.Op.START, hip.Op.STOP]
        assert len(heard.on(hip.CONTROL)) == 2
        assert {event.sensor for event in heard.on(hip.DATA)} == {ADDRESS}
        stamps = [event.at for event in heard.events]
        assert stamps == sorted(stamps)

    run(test())


def test_clock_round_trips_come_before_the_stream_and_are_stamped_just_before_the_write() -> None:
    async def test() -> None:
        async with rig() as made, listening_to(made.source()) as heard:
            await heard.until(packets(1))
            asked, answered = heard.on(hip.SYNC_WRITTEN)[:2], heard.on(hip.SYNC)[:2]
            assert [event.payload for event in asked] == [event.payload[:4] for event in answered]
            assert asked[0].payload != asked[1].payload
            assert all(0 < answer.at - ask.at < 100_000_000 for ask, answer in zip(asked, answered, strict=True))
            assert answered[1].at < heard.on(hip.DATA)[0].at

    run(test())


def test_ticks_come_once_a_second_even_without_a_sensor() -> None:
    async def test() -> None:
        async with rig() as made:
            made.power_off()
            async with listening_to(made.source()) as heard:
                await heard.until(lambda all_heard: sum(isinstance(event, Tick) for event in all_heard.events) >= 2)
            ticks = [event.at for event in heard.events if isinstance(event, Tick)]
            assert all(0.9e9 < later - earlier < 1.1e9 for earlier, later in pairwise(ticks))
            assert heard.states()[-1] == LinkState.ENDED

    run(test())


def test_out_of_range_and_back_no_sample_is_missing_and_the_newest_were_asked_for_first() -> None:
    async def test() -> None:
        firmware = FakeFirmware()
        async with rig(firmware) as made, listening_to(made.source()) as heard:
            await heard.until(packets(3))
            made.air.set_in_range(False)
            await heard.until(lambda all_heard: LinkState.LOST in all_heard.states())
            made.air.set_in_range(True)
            await heard.until(streaming(2))
            await heard.until(lambda all_heard: firmware.backfills and all_heard.missing() == 0)
            assert len(firmware.backfills) == 1
            filled = [event.payload for event in heard.on(hip.DATA) if event.payload[0] == hip.Kind.BACKFILL]
            firsts = [int.from_bytes(payload[8:12], "little") for payload in filled]
            assert firsts == sorted(firsts, reverse=True)
            assert "out of reach" in heard.details(LinkState.LOST)[0]

    run(test())


def test_a_backfill_that_is_cut_short_goes_on_after_the_next_reconnect() -> None:
    async def test() -> None:
        firmware = FakeFirmware()
        async with rig(firmware) as made, listening_to(made.source()) as heard:
            await heard.until(packets(1))
            firmware._start_ns = (firmware._start_ns or 0) - 60 * 1_000_000_000  # as if a minute had gone by unheard
            await heard.until(lambda all_heard: any(e.payload[0] == hip.Kind.BACKFILL for e in all_heard.on(hip.DATA)))
            made.air.set_in_range(False)
            await heard.until(lambda all_heard: LinkState.LOST in all_heard.states())
            made.air.set_in_range(True)
            await heard.until(lambda all_heard: len(firmware.backfills) >= 2 and all_heard.missing() == 0)
            first, count = firmware.backfills[0]
            assert any(again == first and left < count for again, left in firmware.backfills[1:])

    run(test(), 30)


def test_a_sensor_that_was_off_is_found_again_and_its_new_stream_is_not_filled_from_the_old() -> None:
    async def test() -> None:
        async with rig() as made, listening_to(made.source()) as heard:
            await heard.until(packets(2))
            made.power_off()
            await heard.until(lambda all_heard: LinkState.LOST in all_heard.states())
            rebooted = FakeFirmware(boot_id=8, stream=4)
            await made.power_on(rebooted)
            before = len(heard.on(hip.DATA))
            await heard.until(packets(before + 3))
            assert rebooted.backfills == []
            assert [event.payload[4:6] for event in heard.on(hip.INFO)] == [b"\x07\x00", b"\x08\x00"]

    run(test())


def test_live_packets_dropped_within_a_link_are_filled_in() -> None:
    async def test() -> None:
        firmware = FakeFirmware()
        async with rig(firmware) as made, listening_to(made.source()) as heard:
            await heard.until(packets(2))
            firmware.mute = True
            await soon(lambda: firmware.live_dropped >= 3)
            firmware.mute = False
            await heard.until(lambda all_heard: firmware.backfills and all_heard.missing() == 0)
            assert heard.states().count(LinkState.STREAMING) == 1

    run(test())


def test_a_backfill_that_never_comes_is_asked_for_again() -> None:
    async def test() -> None:
        firmware = FakeFirmware()
        firmware.forgetful = True
        params = dataclasses.replace(QUICK, backfill_idle_s=0.2, look_for_gaps_s=0.2)
        async with rig(firmware) as made, listening_to(made.source(params)) as heard:
            await heard.until(packets(2))
            firmware.mute = True
            await soon(lambda: firmware.live_dropped >= 2)
            firmware.mute = False
            await soon(lambda: len(firmware.backfills) >= 2)
            firmware.forgetful = False
            await heard.until(lambda all_heard: all_heard.missing() == 0)
            assert LinkState.LOST not in heard.states()

    run(test())


def test_many_packet_errors_lose_nothing() -> None:
    async def test() -> None:
        async with rig() as made, listening_to(made.source()) as heard:
            made.air.conditions.packet_error_rate = 0.3
            await heard.until(packets(15), 15)
            assert made.air.conditions.stats.packets_lost > 10
            assert heard.missing() == 0
            assert LinkState.LOST not in heard.states()

    run(test())


def test_a_link_with_the_smallest_packets_is_refused_and_said_plainly() -> None:
    async def test() -> None:
        async with rig(most_mtu=23) as made:
            listener = listening_to(made.source())
            heard = await listener.__aenter__()
            with pytest.raises(LinkError, match="packets are too small"):
                await heard.ended()
            assert heard.on(hip.CONTROL)[0].payload[2] == hip.AckStatus.MTU_TOO_SMALL
            assert "packets are too small" in heard.details(LinkState.ENDED)[0]
            assert not made.sensor.is_connected or await soon(lambda: not made.sensor.is_connected)

    run(test())


def test_a_sensor_of_another_major_version_is_refused_with_a_remedy() -> None:
    async def test() -> None:
        async with rig(FakeFirmware(major=2)) as made:
            listener = listening_to(made.source())
            heard = await listener.__aenter__()
            with pytest.raises(LinkError, match=r"protocol version 2;.*Update"):
                await heard.ended()

    run(test())


def test_a_sensor_that_does_not_answer_commands_is_left_and_tried_again() -> None:
    async def test() -> None:
        firmware = FakeFirmware()
        firmware.deaf = True
        params = dataclasses.replace(QUICK, ack_timeout_s=0.2)
        async with rig(firmware) as made, listening_to(made.source(params)) as heard:
            await heard.until(lambda all_heard: LinkState.LOST in all_heard.states())
            assert not heard.on(hip.DATA)
            firmware.deaf = False
            await heard.until(packets(1))
            assert heard.states().count(LinkState.CONNECTING) >= 2

    run(test())


def test_silence_is_said_and_then_the_link_is_made_anew() -> None:
    async def test() -> None:
        firmware = FakeFirmware()
        params = dataclasses.replace(QUICK, stale_after_s=0.3, give_up_after_s=0.8)
        async with rig(firmware) as made, listening_to(made.source(params)) as heard:
            await heard.until(packets(2))
            firmware.mute = True
            await heard.until(lambda all_heard: len(all_heard.details(LinkState.CONNECTED)) == 2)
            assert "Nothing from the sensor" in heard.details(LinkState.CONNECTED)[1]
            firmware.mute = False
            await heard.until(streaming(2))
            firmware.mute = True
            await heard.until(lambda all_heard: LinkState.LOST in all_heard.states())
            assert "Connecting anew" in heard.details(LinkState.LOST)[0]

    run(test())


def test_the_motor_runs_when_asked_and_only_then() -> None:
    async def test() -> None:
        firmware = FakeFirmware()
        async with rig(firmware) as made:
            source = made.source()
            assert not await source.vibrate(Vibration.SHORT, 50)
            async with listening_to(source) as heard:
                await heard.until(streaming())
                assert await source.vibrate(Vibration.DOUBLE, 60)
                with pytest.raises(UsageError, match="strength"):
                    await source.vibrate(Vibration.SHORT, 101)
            assert firmware.vibrations == [bytes((3, 60))]

    run(test())


def test_a_reader_that_stands_still_costs_packets_that_are_counted_and_filled_in_later() -> None:
    async def test() -> None:
        firmware = FakeFirmware()
        params = dataclasses.replace(QUICK, inbox_events=8)
        async with rig(firmware) as made:
            source = made.source(params)
            events = []
            batches = source.batches()
            async for batch in batches:
                events.extend(batch)
                if any(isinstance(e, LinkChange) and e.state == LinkState.STREAMING for e in batch):
                    break
            sent = made.air.conditions.stats.pdus_delivered
            await soon(lambda: made.air.conditions.stats.pdus_delivered > sent + 20)
            overflow = (await anext(batches))[-1]
            assert isinstance(overflow, LinkChange)
            assert (overflow.state, overflow.sensor) == (LinkState.OVERFLOW, ADDRESS)
            assert "packets were dropped" in overflow.detail
            await soon(lambda: firmware.backfills)
            await batches.aclose()  # type: ignore[attr-defined]

    run(test())


def test_closing_the_iterator_lets_go_of_the_sensor() -> None:
    async def test() -> None:
        firmware = FakeFirmware()
        async with rig(firmware) as made:
            batches = made.source().batches()
            async for batch in batches:
                if any(isinstance(e, LinkChange) and e.state == LinkState.STREAMING for e in batch):
                    break
            await batches.aclose()  # type: ignore[attr-defined]
            await soon(lambda: not made.sensor.is_connected)
            assert not firmware.is_streaming

    run(test())


def test_a_source_can_be_closed_at_any_moment_and_the_radio_stays_usable() -> None:
    async def test() -> None:
        async with rig() as made:
            for after_s in (0.0, 0.004, 0.02, 0.11, 0.12, 0.2, 0.35):
                async with listening_to(made.source()) as heard:
                    await asyncio.sleep(after_s)
                    closing = time.monotonic()
                assert time.monotonic() - closing < 1.0
                assert heard.states()[-1:] in ([], [LinkState.ENDED])
                await soon(lambda: not made.sensor.is_connected)
            await made.find()

    run(test())


def test_a_source_is_used_once() -> None:
    async def test() -> None:
        async with rig() as made:
            source = made.source()
            async with listening_to(source) as heard:
                await heard.until(streaming())
                with pytest.raises(UsageError, match="new BleSource"):
                    await anext(aiter(source.batches()))

    run(test())


def test_a_sensor_with_another_name_is_left_alone() -> None:
    async def test() -> None:
        async with rig() as made:
            source = BleSource(
                made.clock, radio=made.radio, wanted="HIP-2", params=dataclasses.replace(QUICK, scan_s=0.4)
            )
            async with listening_to(source) as heard:
                await heard.until(lambda all_heard: len(all_heard.details(LinkState.SEARCHING)) >= 2)
            assert LinkState.CONNECTING not in heard.states()
            assert "No sensor yet" in heard.details(LinkState.SEARCHING)[1]

            named = BleSource(made.clock, radio=made.radio, wanted=NAME.lower(), params=QUICK)
            async with listening_to(named) as heard:
                await heard.until(lambda all_heard: LinkState.CONNECTING in all_heard.states())

    run(test())


class BrokenRadio(SystemRadio):
    """A system whose Bluetooth is off."""

    def new_scanner(self, on_advertisement: object) -> object:  # type: ignore[override]
        class Scanner:
            async def start(self) -> None:
                reason = BleakBluetoothNotAvailableReason.POWERED_OFF
                raise BleakBluetoothNotAvailableError("off", reason)

        return Scanner()


def test_bluetooth_that_is_off_is_said_with_the_remedy() -> None:
    async def test() -> None:
        source = BleSource(TestClock(), radio=BrokenRadio())
        with pytest.raises(LinkError, match=r"Bluetooth is off\. Turn it on"):
            async for _ in source.batches():
                pass

    run(test())


def test_a_radio_that_vanishes_while_running_is_waited_for() -> None:
    async def test() -> None:
        async with rig() as made, listening_to(made.source()) as heard:
            await heard.until(packets(1))
            made.host.power_off()
            made.radio._switched_off()
            made.radio._wanted = "tcp-client:127.0.0.1:1"
            await heard.until(lambda all_heard: len(all_heard.details(LinkState.LOST)) >= 2)
            assert "cannot be opened" in heard.details(LinkState.LOST)[1]

    run(test())


def test_what_does_not_fit_into_the_inbox_is_counted_but_link_changes_always_fit() -> None:
    async def test() -> None:
        inbox = Inbox(TestClock(), capacity=2)
        accepted = [inbox.notification(ADDRESS, hip.DATA, b"") for _ in range(5)]  # type: ignore[arg-type]
        inbox.link(ADDRESS, LinkState.LOST, "gone")  # type: ignore[arg-type]
        assert accepted == [True, True, False, False, False]
        taken = await inbox.take()
        assert [type(event).__name__ for event in taken] == ["Notification", "Notification", "LinkChange", "LinkChange"]
        assert isinstance(taken[-1], LinkChange)
        assert "3 packets" in taken[-1].detail
        inbox.close()
        assert await inbox.take() == []

    run(test())

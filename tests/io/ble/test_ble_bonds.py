"""Who may hear a sensor, and whom this computer believes to be its sensor."""

from __future__ import annotations

import asyncio
import json
import stat
import sys
from pathlib import Path

import pytest
from bleak import BleakClient
from bleak.backends.device import BLEDevice
from bleak.exc import BleakError, BleakGATTProtocolError, BleakGATTProtocolErrorCode
from bumble.keys import PairingKeys
from bumble.pairing import PairingConfig
from bumble.transport.common import Transport
from fake_firmware import FakeFirmware
from rig import ADDRESS, QUICK, Rig, listening_to, packets, rig, run, streaming

from firmware_sim.air import AirController
from firmware_sim.peripherals.bonds import PAIRS_FOR_NS, Bonds
from hipmonitor.core.errors import LinkError
from hipmonitor.core.inbound import LinkState
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.ble import BleSource, sentences
from hipmonitor.io.ble.bond import BondRefused
from hipmonitor.io.ble.bumble_keys import HostKeys
from hipmonitor.io.ble.bumble_radio import BumbleRadio
from hipmonitor.io.ble.scan import find


def client_of(made: Rig, device: BLEDevice, radio: BumbleRadio | None = None) -> BleakClient:
    return (radio or made.radio).new_client(device, lambda: None, 3.0)


def another_computer(made: Rig, keys: HostKeys | None = None) -> BumbleRadio:
    controller = AirController("another", made.air)
    return BumbleRadio(Transport(controller, controller), keys=keys)


def long_after(made: Rig) -> None:
    """The sensor was switched on more than a minute ago."""
    made.bonds._switched_on_ns = made.clock.now() - PAIRS_FOR_NS


@pytest.mark.parametrize("uuid", [hip.CONTROL_UUID, hip.SYNC_UUID, hip.DATA_UUID])
def test_without_a_bond_nothing_is_heard(uuid: str) -> None:
    async def test() -> None:
        async with rig() as made, client_of(made, (await made.find()).device) as client:
            with pytest.raises(BleakGATTProtocolError) as refused:
                await client.start_notify(uuid, lambda _characteristic, _data: None)
            assert refused.value.code == BleakGATTProtocolErrorCode.INSUFFICIENT_ENCRYPTION

    run(test())


def test_without_a_bond_no_command_is_taken() -> None:
    async def test() -> None:
        firmware = FakeFirmware()
        async with rig(firmware) as made, client_of(made, (await made.find()).device) as client:
            with pytest.raises(BleakGATTProtocolError) as refused:
                await client.write_gatt_char(hip.CONTROL_UUID, bytes([hip.Op.START, 1]), response=True)
            assert refused.value.code == BleakGATTProtocolErrorCode.INSUFFICIENT_ENCRYPTION
            assert bytes(await client.read_gatt_char(hip.INFO_UUID)) == firmware.read("info")

    run(test())


def test_the_first_connection_pairs_and_later_ones_use_the_same_key() -> None:
    async def test() -> None:
        async with rig() as made, listening_to(made.source()) as heard:
            await heard.until(streaming())
            (_, first), *_ = await made.radio.keys.get_all()
            made.power_off()
            await made.power_on(FakeFirmware())
            long_after(made)
            await heard.until(streaming(2))
            (_, again), *others = await made.radio.keys.get_all()
            assert first.ltk is not None
            assert again.ltk is not None
            assert (again.ltk.value, others) == (first.ltk.value, [])

    run(test())


def test_a_stranger_with_the_same_name_and_address_is_not_believed() -> None:
    async def test() -> None:
        async with rig() as made, listening_to(made.source()) as heard:
            await heard.until(packets(3))
            made.power_off()
            await heard.until(lambda heard: LinkState.LOST in heard.states())
            ours, made.bonds = made.bonds, Bonds(made.clock.now)
            before = len(heard.on(hip.DATA))
            await made.power_on(FakeFirmware())
            await heard.until(lambda heard: sentences.NOT_OURS in heard.details(LinkState.LOST))
            made.power_off()
            assert len(heard.on(hip.DATA)) == before
            assert heard.states().count(LinkState.STREAMING) == 1
            made.bonds = ours
            await made.power_on(FakeFirmware())
            await heard.until(streaming(2))

    run(test())


def test_a_wrong_key_is_refused() -> None:
    async def test() -> None:
        async with rig() as made:
            device = (await made.find()).device
            async with client_of(made, device) as client:
                await made.radio.secure(client)
            wrong = PairingKeys(ltk=PairingKeys.Key(value=bytes(16)))
            await made.radio.keys.update(ADDRESS, wrong)
            async with client_of(made, device) as client:
                with pytest.raises(BondRefused, match="does not have the key"):
                    await made.radio.secure(client)

    run(test())


def test_a_host_that_knows_only_the_old_way_of_pairing_is_refused_by_the_sensor() -> None:
    async def test() -> None:
        async with rig() as made:
            found, old = await made.find(), another_computer(made)
            (await old.device()).pairing_config_factory = lambda _sensor: PairingConfig(
                sc=False, mitm=False, bonding=True
            )
            async with client_of(made, found.device, old) as client:
                with pytest.raises(BondRefused):
                    await old.secure(client)
            assert await made.bonds.keys.get_all() == []
            await old.aclose()

    run(test())


def test_a_link_that_is_lost_while_the_key_is_compared_makes_nobody_a_stranger() -> None:
    async def test() -> None:
        async with rig() as made:
            device = (await made.find()).device
            async with client_of(made, device) as client:
                await made.radio.secure(client)
            async with client_of(made, device) as client:
                made.air.set_in_range(False)
                with pytest.raises(BleakError) as lost:
                    await made.radio.secure(client)
            assert not isinstance(lost.value, BondRefused)
            made.air.set_in_range(True)

    run(test())


def test_a_sensor_that_knows_a_host_takes_another_one_only_just_after_it_was_switched_on() -> None:
    async def test() -> None:
        async with rig() as made:
            device = (await made.find()).device
            async with client_of(made, device) as client:
                await made.radio.secure(client)
            long_after(made)
            other = another_computer(made)
            found = await find(other, ADDRESS, 3.0)
            assert found is not None
            async with client_of(made, found.device, other) as client:
                with pytest.raises(BondRefused, match="takes no new computer now"):
                    await other.secure(client)
            assert made.bonds.refused == 1
            made.bonds.switched_on()
            async with client_of(made, found.device, other) as client:
                await other.secure(client)
            assert other.paired() == {ADDRESS}
            await other.aclose()

    run(test())


def test_a_computer_that_is_paired_joins_no_other_sensor_by_itself() -> None:
    async def test() -> None:
        async with rig() as made:
            await made.radio.keys.update("C4:99:99:99:99:99", PairingKeys(ltk=PairingKeys.Key(value=bytes(16))))
            async with listening_to(made.source()) as heard:
                await heard.until(lambda heard: sentences.PAIRED_ONLY in heard.details(LinkState.SEARCHING))
                assert LinkState.CONNECTING not in heard.states()
            async with listening_to(BleSource(made.clock, radio=made.radio, params=QUICK, wanted=ADDRESS)) as heard:
                await heard.until(streaming())

    run(test())


def test_keys_outlive_the_program_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    path = tmp_path / "state" / "paired.json"

    async def test() -> None:
        async with rig() as made:
            for _ in range(2):
                radio = another_computer(made, HostKeys(path))
                found = await find(radio, ADDRESS, 3.0)
                assert found is not None
                async with client_of(made, found.device, radio) as client:
                    await radio.secure(client)
                    assert bytes(await client.read_gatt_char(hip.INFO_UUID))
                await radio.aclose()
                long_after(made)

    run(test())
    assert list(json.loads(path.read_text())["sensors"]) == [ADDRESS]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_keys_that_cannot_be_read_are_said_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "paired.json"
    path.write_text('{"sensors": 3}')
    with pytest.raises(LinkError, match=r"paired\.json.*pair anew"):
        HostKeys(path)
    assert path.read_text() == '{"sensors": 3}'


def test_a_forgotten_sensor_is_paired_anew(tmp_path: Path) -> None:
    path = tmp_path / "paired.json"
    keys = HostKeys(path)
    asyncio.run(keys.update(ADDRESS, PairingKeys(ltk=PairingKeys.Key(value=bytes(16)))))
    asyncio.run(keys.delete(ADDRESS.lower()))
    assert HostKeys(path).paired == frozenset()
    assert HostKeys(path).own_address == keys.own_address

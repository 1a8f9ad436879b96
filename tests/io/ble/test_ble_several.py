"""What several sensors share without a radio: places from settings, one scan, turns to connect, sentences, one inbox."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import pytest
from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from rig import TestClock, run

from hipmonitor.core.inbound import LinkChange, LinkState, SensorId
from hipmonitor.core.settings import Settings
from hipmonitor.io.ble import sentences
from hipmonitor.io.ble.inbox import Inbox
from hipmonitor.io.ble.radio import OneAtATimeClient
from hipmonitor.io.ble.system_scan import SystemScan, SystemScanner
from hipmonitor.io.ble.wanted import Place, wanted_sensors

PELVIS, OTHER = "C4:00:00:00:00:02", "C4:00:00:00:00:03"
SEEN = BLEDevice("C4:00:00:00:00:09", "HIP-1", None)
SAID = AdvertisementData(
    local_name="HIP-1",
    manufacturer_data={},
    service_data={},
    service_uuids=[],
    tx_power=None,
    rssi=-60,
    platform_data=(),
)


def test_alone_the_thighs_sensor_is_any_and_sentences_stay_as_they_are() -> None:
    (thigh,) = wanted_sensors(Settings(side="left"), None)
    assert (thigh.place, thigh.sensor, thigh.but, thigh.called) == (Place.THIGH, None, frozenset(), "")


def test_of_several_each_place_has_its_sensor_and_the_thighs_is_none_of_the_others() -> None:
    settings = Settings(side="left", pelvis_sensor=PELVIS, other_thigh_sensor=OTHER)
    thigh, pelvis, other = wanted_sensors(settings, None)
    assert thigh.but == {PELVIS, OTHER}
    assert (pelvis.sensor, pelvis.but) == (PELVIS, {OTHER})
    assert [one.called for one in (thigh, pelvis, other)] == [
        "left thigh sensor",
        "pelvis sensor",
        "right thigh sensor",
    ]
    unknown = wanted_sensors(Settings(other_thigh_sensor=OTHER), "HIP-1")
    assert [one.called for one in unknown] == ["thigh sensor", "other thigh sensor"]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (sentences.LOOKING, "Looking for the pelvis sensor."),
        (sentences.NO_SENSOR_YET.partition(".")[0], "No pelvis sensor yet"),
        (sentences.STREAMING, "The pelvis sensor is sending."),
        (sentences.quiet(1.5), "Nothing from the pelvis sensor for 1.5 s. Waiting."),
        ("This adapter cannot talk to sensors.", "This adapter cannot talk to sensors."),
    ],
)
def test_a_sentence_about_one_of_several_says_which(sentence: str, said: str) -> None:
    assert sentences.about("pelvis sensor", sentence) == said
    assert sentences.about("", sentence) == sentence


def test_what_did_not_fit_is_counted_for_each_sensor() -> None:
    async def test() -> None:
        inbox, thigh, pelvis = Inbox(TestClock(), capacity=1), SensorId("thigh"), SensorId("pelvis")
        for sensor in (thigh, thigh, pelvis, pelvis, thigh):
            inbox.notification(sensor, "hip/data", b"")
        over = [event for event in await inbox.take() if isinstance(event, LinkChange)]
        assert [(change.state, change.sensor, change.detail.partition(". ")[2].split()[0]) for change in over] == [
            (LinkState.OVERFLOW, thigh, "2"),
            (LinkState.OVERFLOW, pelvis, "2"),
        ]

    run(test())


class OnlyScan:
    """A system that refuses a second scan."""

    def __init__(self) -> None:
        self.running, self.begun = 0, 0

    def new_scanner(self, callback: Any) -> Any:
        self.callback = callback
        return self

    async def start(self) -> None:
        self.running, self.begun = self.running + 1, self.begun + 1
        assert self.running == 1
        await asyncio.sleep(0)

    async def stop(self) -> None:
        self.running -= 1


def note(heard: list[str], device: BLEDevice, _said: AdvertisementData) -> None:
    heard.append(device.address)


def test_all_who_listen_share_one_scan_that_runs_while_anybody_does() -> None:
    async def test() -> None:
        system = OnlyScan()
        scan = SystemScan(system.new_scanner)
        heard: dict[str, list[str]] = {"one": [], "two": []}
        scanners = {
            name: BleakScanner(partial(note, who), backend=SystemScanner, scan=scan) for name, who in heard.items()
        }
        await asyncio.gather(*(scanner.start() for scanner in scanners.values()))
        system.callback(SEEN, SAID)
        await scanners["one"].stop()
        system.callback(SEEN, SAID)
        assert (system.running, system.begun) == (1, 1)
        await scanners["two"].stop()
        system.callback(SEEN, SAID)
        assert system.running == 0
        assert [len(times) for times in heard.values()] == [1, 2]
        await scanners["one"].start()
        assert (system.running, system.begun) == (1, 2)

    run(test())


def test_connections_are_begun_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    under_way, most = 0, 0

    async def connect(_client: BleakClient, **_options: Any) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1

    async def test() -> None:
        monkeypatch.setattr(BleakClient, "connect", connect)
        turn = asyncio.Lock()
        clients = [OneAtATimeClient(SEEN, backend=_NoClient, turn=turn) for _ in range(3)]
        await asyncio.gather(*(client.connect() for client in clients))
        assert most == 1

    run(test())


class _NoClient:
    def __init__(self, *_: Any, **__: Any) -> None:
        pass

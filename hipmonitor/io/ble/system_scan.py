"""The system's one scan, shared by all who listen: BlueZ refuses a second one to the same program."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Literal

from bleak import BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, AdvertisementDataCallback, BaseBleakScanner


class SystemScan:
    """Runs while anybody listens."""

    def __init__(self, new_scanner: Callable[[AdvertisementDataCallback], BleakScanner] = BleakScanner) -> None:
        self._new_scanner = new_scanner
        self._listeners: list[SystemScanner] = []
        self._scanner: BleakScanner | None = None
        self._one_change_at_a_time = asyncio.Lock()

    async def add(self, listener: SystemScanner) -> None:
        """It hears advertisements from now on."""
        async with self._one_change_at_a_time:
            if self._scanner is None:
                scanner = self._new_scanner(self._heard)
                await scanner.start()
                self._scanner = scanner
            self._listeners.append(listener)

    async def remove(self, listener: SystemScanner) -> None:
        """It hears no more."""
        if listener in self._listeners:
            self._listeners.remove(listener)
        async with self._one_change_at_a_time:
            if self._scanner is not None and not self._listeners:
                scanner, self._scanner = self._scanner, None
                await scanner.stop()

    def _heard(self, device: BLEDevice, advertisement: AdvertisementData) -> None:
        for listener in tuple(self._listeners):
            listener.call_detection_callbacks(device, advertisement)


class SystemScanner(BaseBleakScanner):
    """One who listens, as bleak's own scanners look from outside."""

    def __init__(
        self,
        detection_callback: AdvertisementDataCallback | None,
        service_uuids: list[str] | None,
        scanning_mode: Literal["active", "passive"] = "active",
        *,
        scan: SystemScan,
        **_of_systems: Any,  # noqa: ANN401 - bleak hands over the options of every operating system
    ) -> None:
        super().__init__(detection_callback, service_uuids)
        self._scan = scan

    async def start(self) -> None:
        """Start listening."""
        await self._scan.add(self)

    async def stop(self) -> None:
        """Stop listening."""
        await self._scan.remove(self)

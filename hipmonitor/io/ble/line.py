"""One sensor of a live session: found, connected, lost, and found again."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from dataclasses import dataclass, replace

from bleak.exc import BleakBluetoothNotAvailableError

from hipmonitor.core.errors import LinkError
from hipmonitor.core.inbound import LinkState, SensorId
from hipmonitor.io.ble import sentences
from hipmonitor.io.ble.backoff import Backoff
from hipmonitor.io.ble.bond import BondRefused
from hipmonitor.io.ble.gaps import Received
from hipmonitor.io.ble.inbox import Inbox
from hipmonitor.io.ble.link_session import LinkSession, SensorFellAsleep, SensorWentQuiet
from hipmonitor.io.ble.params import BleParams
from hipmonitor.io.ble.radio import Radio
from hipmonitor.io.ble.radio_errors import LINK_TROUBLE, explain
from hipmonitor.io.ble.scan import FoundSensor, find
from hipmonitor.io.ble.session_for import session_for
from hipmonitor.io.ble.vibration import Vibration
from hipmonitor.io.ble.wanted import Wanted

NO_SENSOR_YET = SensorId("")
"""The sensor of a LinkChange before any was found."""


@dataclass(slots=True, kw_only=True)
class Station:
    """What all lines of a session share."""

    radio: Radio
    inbox: Inbox
    params: BleParams
    chance: random.Random
    had_a_sensor: bool = False
    """The radio was good for at least one: where it is gone, it is waited for."""


class SensorLine:
    """Looks for its sensor whenever it is not there; every line has waits of its own."""

    def __init__(self, wanted: Wanted, station: Station) -> None:
        self._station = station
        self._backoff = Backoff(station.params, station.chance)
        self._session: LinkSession | None = None
        self._received: Received | None = None
        self._had_its_sensor = False
        self._broken_s: deque[float] = deque(maxlen=station.params.often_broken)
        """When streams were lost, by the loop's time; the newest last."""
        self._to_wake_it: str | None = None
        """What the sensor said before it went to sleep."""
        self.sensor = SensorId(wanted.sensor) if wanted.sensor else NO_SENSOR_YET
        self.wear(wanted)

    def wear(self, wanted: Wanted) -> None:
        """The sensor is worn there from now on."""
        self.wanted = wanted
        self._station.inbox.call(self.sensor, wanted.called)

    async def live(self) -> None:
        """Find, connect, lose, find again, until cancelled, or until it is said why that makes no sense (LinkError)."""
        try:
            while True:
                await self._one_try()
        except LinkError as error:
            self.say(LinkState.ENDED, str(error))
            raise

    def pause(self) -> None:
        """It was let go; what the sensor remembers of the time from now on is not asked for."""
        if self._received is not None:
            self._received.ask_for_nothing_before()
        self.say(LinkState.LOST, sentences.PAUSED)

    def resume(self) -> None:
        """It is looked for again, at once."""
        self._backoff.reset()

    async def vibrate(self, pattern: Vibration, strength_percent: int) -> bool:
        """Run the sensor's motor. False where there is no sensor, no motor, or no answer."""
        session = self._session
        if session is None:
            return False
        try:
            return await session.vibrate(pattern, strength_percent)
        except LINK_TROUBLE:
            return False

    def say(self, state: LinkState, detail: str) -> None:
        """To whoever reads."""
        self._station.inbox.link(self.sensor, state, detail)

    async def _one_try(self) -> None:
        sensor = await self._search()
        if sensor is None:
            await asyncio.sleep(self._backoff.failed())
            return
        began_s = asyncio.get_running_loop().time()
        try:
            await self._connection(sensor)
        except BleakBluetoothNotAvailableError as error:
            await self._lost(str(explain(error)), began_s)
        except SensorWentQuiet as error:
            self._to_wake_it = str(error) if isinstance(error, SensorFellAsleep) else None
            await self._lost(str(error), began_s)
        except BondRefused as error:
            await self._lost(str(error), began_s)
        except LINK_TROUBLE:
            await self._lost(None, began_s)

    async def _search(self) -> FoundSensor | None:
        """One scan. A radio that was there and is gone is waited for; one that never was is an error."""
        self.say(LinkState.SEARCHING, self._searching())
        known = self.sensor if self._had_its_sensor else self.wanted.sensor
        try:
            return await find(self._station.radio, known, self._station.params.scan_s, self.wanted.but)
        except LinkError as error:
            if not self._station.had_a_sensor:
                raise
            self.say(LinkState.LOST, str(error))
            return None

    def _searching(self) -> str:
        if self._to_wake_it:
            return self._to_wake_it
        if self._had_its_sensor:
            return self._keeps_breaking() or sentences.out_of_reach(self._backoff.tries + 1)
        if not self._backoff.tries:
            return sentences.LOOKING
        by_itself = self.wanted.sensor is None and self._station.radio.paired()
        return sentences.PAIRED_ONLY if by_itself else sentences.no_sensor_yet(self._backoff.tries)

    async def _connection(self, sensor: FoundSensor) -> None:
        s = self._station
        self.sensor, self._to_wake_it = SensorId(sensor.address), None
        s.inbox.call(self.sensor, self.wanted.called)
        named = replace(sensor, name="the sensor") if self.wanted.called else sensor
        self._session = session = session_for(named, s.radio, s.inbox, s.params, s.chance)
        try:
            await session.run(self._received)
        finally:
            self._session = None
            self._received = session.received or self._received
            self._had_its_sensor = self._had_its_sensor or session.was_understood
            if session.was_understood:
                self._broken_s.append(asyncio.get_running_loop().time())
            s.had_a_sensor = s.had_a_sensor or self._had_its_sensor

    def _keeps_breaking(self) -> str | None:
        """A sentence where the last streams were all lost shortly after one another."""
        params, now_s = self._station.params, asyncio.get_running_loop().time()
        if len(self._broken_s) < params.often_broken or now_s - self._broken_s[0] > params.often_within_s:
            return None
        return sentences.keeps_breaking(params.often_broken, params.often_within_s)

    async def _lost(self, reason: str | None, began_s: float) -> None:
        if asyncio.get_running_loop().time() - began_s > self._station.params.steady_after_s:
            self._backoff.reset()
        self.say(LinkState.LOST, reason or self._keeps_breaking() or sentences.out_of_reach(self._backoff.tries + 1))
        await asyncio.sleep(self._backoff.failed())

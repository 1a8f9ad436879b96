"""The live source: one sensor over Bluetooth, found again whenever it is lost."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence

from bleak.exc import BleakBluetoothNotAvailableError

from hipmonitor.core.errors import LinkError, UsageError
from hipmonitor.core.inbound import Action, Inbound, LinkState, SensorId
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.ports import Clock
from hipmonitor.io.ble import sentences
from hipmonitor.io.ble.backoff import Backoff
from hipmonitor.io.ble.gaps import Received
from hipmonitor.io.ble.inbox import Inbox
from hipmonitor.io.ble.link_session import LinkSession, SensorFellAsleep, SensorWentQuiet
from hipmonitor.io.ble.params import BleParams
from hipmonitor.io.ble.radio import Radio, open_radio
from hipmonitor.io.ble.radio_errors import LINK_TROUBLE, explain
from hipmonitor.io.ble.scan import FoundSensor, find
from hipmonitor.io.ble.session_for import session_for
from hipmonitor.io.ble.vibration import Vibration

NO_SENSOR_YET = SensorId("")
"""The sensor of a LinkChange before any was found."""


class BleSource:
    """A Source for one sensor. `radio` is the system's unless a bumble transport is named, or a Radio is given."""

    def __init__(
        self,
        clock: Clock,
        *,
        radio: str | Radio | None = None,
        wanted: str | None = None,
        params: BleParams | None = None,
        chance: random.Random | None = None,
    ) -> None:
        self._clock, self._wanted = clock, wanted
        self._params = params or BleParams()
        self._chance = chance or random.SystemRandom()
        self._owns_radio = radio is None or isinstance(radio, str)
        self._radio: Radio = open_radio(radio) if radio is None or isinstance(radio, str) else radio
        self._inbox = Inbox(clock, self._params.inbox_events)
        self._backoff = Backoff(self._params, self._chance)
        self._sensor = SensorId(wanted) if wanted else NO_SENSOR_YET
        self._session: LinkSession | None = None
        self._received: Received | None = None
        self._had_a_sensor = False
        self._to_wake_it: str | None = None
        """What the sensor said before it went to sleep."""
        self._jobs: list[asyncio.Task[None]] = []
        """What lives with the sensor, and the Ticks."""
        self._one_change_at_a_time = asyncio.Lock()
        self._paused = self._closing = False

    # --- the Source ---------------------------------------------------------------------------------------------------
    async def batches(self) -> AsyncIterator[Sequence[Inbound]]:
        """What arrived since the last turn, and a Tick a second. LinkError where the radio cannot be used at all."""
        if self._jobs:
            raise UsageError("batches() was called twice; make a new BleSource for a new session")
        self._jobs = [self._begin_to_live(), asyncio.ensure_future(self._tick())]
        try:
            while batch := await self._inbox.take():
                yield batch
            if not self._jobs[0].cancelled():
                self._jobs[0].result()
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        """Stop the sensor, disconnect, end batches(). What has arrived by then can still be read."""
        self._closing = True
        await self._end(set(self._jobs))
        if self._paused:
            self._say(LinkState.ENDED, sentences.CLOSED)
        self._inbox.close()
        if self._owns_radio:
            await self._radio.aclose()

    async def pause(self) -> None:
        """Let the sensor go until `resume`; Ticks and actions still come.

        What the sensor keeps in its memory meanwhile is not asked for afterwards: the wearer wanted no measuring.
        """
        async with self._one_change_at_a_time:
            if self._paused or self._closing or not self._jobs:
                return
            self._paused = True
            await self._end({self._jobs[0]})
            if self._received is not None:
                self._received.ask_for_nothing_before()
            self._say(LinkState.LOST, sentences.PAUSED)

    async def resume(self) -> None:
        """Look for the sensor again."""
        async with self._one_change_at_a_time:
            if self._paused and not self._closing:
                self._paused = False
                self._backoff.reset()
                self._jobs[0] = self._begin_to_live()

    async def _end(self, jobs: set[asyncio.Task[None]]) -> None:
        while jobs:
            for job in jobs:
                job.cancel()
            _, jobs = await asyncio.wait(jobs, timeout=self._params.ask_again_to_end_s)

    def act(self, action: Action) -> None:
        """The wearer did something just now: it comes through the same door, stamped by the same clock."""
        self._inbox.action(action)

    async def vibrate(self, pattern: Vibration, strength_percent: int) -> bool:
        """Run the sensor's motor. False where there is no sensor, no motor, or no answer."""
        if not 0 <= strength_percent <= 100:
            raise UsageError(f"strength is {strength_percent} %; choose 0 to 100")
        session = self._session
        if session is None:
            return False
        try:
            return await session.vibrate(pattern, strength_percent)
        except LINK_TROUBLE:
            return False

    # --- jobs -----------------------------------------------------------------------------------------------------------
    def _begin_to_live(self) -> asyncio.Task[None]:
        """Unless it was paused, its end is the end of everything."""
        job = asyncio.ensure_future(self._live())
        job.add_done_callback(lambda job: None if self._paused and job.cancelled() else self._inbox.close())
        return job

    async def _tick(self) -> None:
        """A Tick at every whole second of the host's clock."""
        due = self._clock.now()
        while True:
            now = self._clock.now()
            due = HostNs(max(due, now) // NS_PER_S * NS_PER_S + NS_PER_S)
            await asyncio.sleep((due - now) / NS_PER_S)
            self._inbox.tick()

    async def _live(self) -> None:
        """Find, connect, lose, find again, until cancelled."""
        try:
            while True:
                await self._one_try()
        except LinkError as error:
            self._say(LinkState.ENDED, str(error))
            raise
        except asyncio.CancelledError:
            if not self._paused:
                self._say(LinkState.ENDED, sentences.CLOSED)
            raise

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
        except LINK_TROUBLE:
            await self._lost(None, began_s)

    async def _search(self) -> FoundSensor | None:
        """One scan. A radio that was there and is gone is waited for; one that never was is an error."""
        self._say(LinkState.SEARCHING, self._searching())
        try:
            return await find(self._radio, self._wanted, self._params.scan_s)
        except LinkError as error:
            if not self._had_a_sensor:
                raise
            self._say(LinkState.LOST, str(error))
            return None

    def _searching(self) -> str:
        if self._to_wake_it:
            return self._to_wake_it
        if self._had_a_sensor:
            return sentences.out_of_reach(self._backoff.tries + 1)
        return sentences.NO_SENSOR_YET if self._backoff.tries else sentences.LOOKING

    async def _connection(self, sensor: FoundSensor) -> None:
        self._sensor, self._to_wake_it = SensorId(sensor.address), None
        self._session = session = session_for(sensor, self._radio, self._inbox, self._params, self._chance)
        try:
            await session.run(self._received)
        finally:
            self._session = None
            self._received = session.received or self._received
            self._had_a_sensor = self._had_a_sensor or session.was_understood

    async def _lost(self, reason: str | None, began_s: float) -> None:
        if asyncio.get_running_loop().time() - began_s > self._params.steady_after_s:
            self._backoff.reset()
        self._say(LinkState.LOST, reason or sentences.out_of_reach(self._backoff.tries + 1))
        await asyncio.sleep(self._backoff.failed())

    def _say(self, state: LinkState, detail: str) -> None:
        self._inbox.link(self._sensor, state, detail)

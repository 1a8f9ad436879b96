"""One connection to one sensor of any family: connecting, noticing silence and loss, saying goodbye."""

from __future__ import annotations

import asyncio
import contextlib
import random
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager

from bleak import BleakClient
from bleak.exc import BleakError

from hipmonitor.core.inbound import LinkState, SensorId
from hipmonitor.io.ble import sentences
from hipmonitor.io.ble.gaps import Received
from hipmonitor.io.ble.inbox import Inbox
from hipmonitor.io.ble.params import BleParams
from hipmonitor.io.ble.radio import Radio
from hipmonitor.io.ble.radio_errors import LINK_TROUBLE
from hipmonitor.io.ble.scan import FoundSensor
from hipmonitor.io.ble.vibration import Vibration


class SensorWentQuiet(BleakError):  # noqa: N818 - a state of the link, treated like a lost one
    """The link stood, but nothing came; we ended it."""


class SensorFellAsleep(SensorWentQuiet):
    """The sensor said why it goes; nobody finds it before somebody wakes it."""


SHORTEST_LOOK_S = 0.001
"""A rest smaller than the clock can tell must not be waited for again and again."""


class LinkSession(ABC):
    """Connects, lets data begin, keeps to what the family needs meanwhile, and disconnects in the end."""

    def __init__(
        self, sensor: FoundSensor, radio: Radio, inbox: Inbox, params: BleParams, chance: random.Random
    ) -> None:
        self._name, self._params, self._inbox, self._chance = sensor.name, params, inbox, chance
        self._sensor, self._radio = SensorId(sensor.address), radio
        self._gone = asyncio.Event()
        self._last_packet_s = 0.0
        self._was_started = False
        self._client: BleakClient = radio.new_client(sensor.device, self._link_ended, params.connect_timeout_s)

    # --- what a family says of itself -------------------------------------------------------------------------------
    @property
    def received(self) -> Received | None:
        """What came of the present stream, over this connection and earlier ones, where the sensor has a memory to ask."""
        return None

    @property
    def was_understood(self) -> bool:
        """Host and sensor came as far as a stream: it is one of ours."""
        return self._was_started

    @abstractmethod
    async def _begin(self, earlier: Received | None) -> None:
        """From the link to the stream; calls `_starts` just before data may come."""

    @abstractmethod
    def _jobs(self) -> Sequence[Coroutine[object, object, None]]:
        """What goes on beside the stream; they never end by themselves."""

    @abstractmethod
    async def _stop(self) -> None:
        """Ask the sensor to end its stream."""

    @abstractmethod
    def _link_lost(self) -> None:
        """Nobody needs to wait for an answer any more."""

    async def vibrate(self, _pattern: Vibration, _strength_percent: int) -> bool:
        """Run the motor; False where the sensor has none."""
        return False

    # --- the phases -------------------------------------------------------------------------------------------------
    async def run(self, received: Received | None) -> None:
        """Until the link is lost (BleakError, TimeoutError, OSError) or the task is cancelled (then with a goodbye).

        `received` is what came over earlier connections; it is used when the sensor still has the same stream.
        """
        self._say(LinkState.CONNECTING, sentences.connecting(self._name))
        try:
            await self._client.connect()
            self._say(LinkState.CONNECTED, sentences.connected(self._name))
            await self._begin(received)
            self._say(LinkState.STREAMING, sentences.STREAMING)
            await self._keep_going()
        finally:
            await self._say_goodbye()

    def _starts(self) -> None:
        """Data may come from now on."""
        self._last_packet_s, self._was_started = self._now_s(), True

    async def _keep_going(self) -> None:
        async with _beside(*self._jobs(), self._watch_for_silence()) as tasks:
            link_ends = asyncio.ensure_future(self._gone.wait())
            try:
                await asyncio.wait((link_ends, *tasks), return_when=asyncio.FIRST_COMPLETED)
            finally:
                link_ends.cancel()
            for task in tasks:
                if task.done():
                    task.result()
        raise BleakError("the link was lost")

    async def _say_goodbye(self) -> None:
        """Stop the stream and disconnect, as far as the link still allows it."""
        if self._client.is_connected and self._was_started:
            with contextlib.suppress(*LINK_TROUBLE):
                async with asyncio.timeout(self._params.goodbye_timeout_s):
                    await self._stop()
        with contextlib.suppress(*LINK_TROUBLE):
            async with asyncio.timeout(self._params.disconnect_timeout_s):
                await self._client.disconnect()

    async def _watch_for_silence(self) -> None:
        params = self._params
        said = False
        while True:
            silent_s = self._now_s() - self._last_packet_s
            if silent_s >= params.give_up_after_s:
                raise SensorWentQuiet(sentences.too_quiet(silent_s))
            if said and silent_s < params.stale_after_s:
                self._say(LinkState.STREAMING, sentences.STREAMING)
            elif not said and silent_s >= params.stale_after_s:
                self._say(LinkState.CONNECTED, sentences.quiet(silent_s))
            said = silent_s >= params.stale_after_s
            next_look_s = params.stale_after_s / 4 if said else params.stale_after_s - silent_s
            await asyncio.sleep(max(SHORTEST_LOOK_S, min(next_look_s, params.give_up_after_s - silent_s)))

    # --- callbacks: stamp, enqueue, and hardly more -----------------------------------------------------------------
    def _note(self, channel: str, payload: bytes) -> bool:
        return self._inbox.notification(self._sensor, channel, payload)

    def _link_ended(self) -> None:
        self._gone.set()
        self._link_lost()

    def _say(self, state: LinkState, detail: str) -> None:
        self._inbox.link(self._sensor, state, detail)

    def _now_s(self) -> float:
        return asyncio.get_running_loop().time()


@asynccontextmanager
async def _beside(*jobs: Coroutine[object, object, None]) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Jobs that run while the context lasts and are over when it ends."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

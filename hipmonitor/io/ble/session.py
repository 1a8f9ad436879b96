"""One connection to one sensor, from the first word to the last."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager

from bleak import BleakClient
from bleak.exc import BleakError

from hipmonitor.core.inbound import LinkState, SensorId
from hipmonitor.core.wire.hip_protocol import Info, Kind
from hipmonitor.io.ble import sentences
from hipmonitor.io.ble.clock_rounds import quick_rounds, steady_rounds
from hipmonitor.io.ble.gaps import Received
from hipmonitor.io.ble.hip_dialogue import HipDialogue, Listeners
from hipmonitor.io.ble.inbox import Inbox
from hipmonitor.io.ble.params import BleParams
from hipmonitor.io.ble.radio import Radio
from hipmonitor.io.ble.radio_errors import LINK_TROUBLE
from hipmonitor.io.ble.scan import FoundSensor

BACKFILLED = bytes([Kind.BACKFILL])


class SensorWentQuiet(BleakError):  # noqa: N818 - a state of the link, treated like a lost one
    """The link stood, but nothing came; we ended it."""


SHORTEST_LOOK_S = 0.001
"""A rest smaller than the clock can tell must not be waited for again and again."""


class HipSession:
    """Connects, gets the stream going, keeps the clock, fills gaps, notices silence, says goodbye."""

    def __init__(
        self, sensor: FoundSensor, radio: Radio, inbox: Inbox, params: BleParams, chance: random.Random
    ) -> None:
        self._name, self._params, self._inbox, self._chance = sensor.name, params, inbox, chance
        self._sensor = SensorId(sensor.address)
        self._gone = asyncio.Event()
        self._new_gap = asyncio.Event()
        self._filled_in = 0
        self._last_packet_s = 0.0
        self._was_started = False
        self._received: Received | None = None
        self._client: BleakClient = radio.new_client(sensor.device, self._link_ended, params.connect_timeout_s)
        listeners = Listeners(note=self._note, on_data=self._hear_data)
        self.dialogue = HipDialogue(self._client, listeners, params, chance.getrandbits(32))

    async def run(self, received: Received | None) -> None:
        """Until the link is lost (BleakError, TimeoutError, OSError) or the task is cancelled (then with a goodbye).

        `received` is what came over earlier connections; it is used when the sensor still has the same stream.
        """
        self._say(LinkState.CONNECTING, sentences.connecting(self._name))
        try:
            await self._client.connect()
            self._say(LinkState.CONNECTED, sentences.connected(self._name))
            await self._keep_going(await self._begin(received))
        finally:
            await self._say_goodbye()

    @property
    def received(self) -> Received | None:
        """What came of the present stream, over this connection and earlier ones."""
        return self._received

    # --- the phases -------------------------------------------------------------------------------------------------
    async def _begin(self, earlier: Received | None) -> Received:
        info = await self.dialogue.introduce()
        self._received = received = self._same_stream(earlier, info) or self._new_stream(info)
        await self.dialogue.subscribe()
        await quick_rounds(self.dialogue, self._params, self._chance)
        self._last_packet_s, self._was_started = self._now_s(), True
        await self.dialogue.start()
        self._say(LinkState.STREAMING, sentences.STREAMING)
        return received

    async def _keep_going(self, received: Received) -> None:
        async with _beside(
            steady_rounds(self.dialogue, self._params, self._chance),
            self._fill_gaps(received),
            self._watch_for_silence(),
        ) as tasks:
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
        """STOP and disconnect, as far as the link still allows it."""
        if self._client.is_connected and self._was_started:
            with contextlib.suppress(*LINK_TROUBLE):
                async with asyncio.timeout(self._params.goodbye_timeout_s):
                    await self.dialogue.stop()
        with contextlib.suppress(*LINK_TROUBLE):
            async with asyncio.timeout(self._params.disconnect_timeout_s):
                await self._client.disconnect()

    # --- what goes on beside the stream ---------------------------------------------------------------------------------
    async def _fill_gaps(self, received: Received) -> None:
        """Ask for what is missing, the newest first, whenever a gap opens and now and then besides."""
        while True:
            self._new_gap.clear()
            for gap in received.missing():
                try:
                    if await self.dialogue.backfill(gap, lambda: self._filled_in):
                        received.asked(gap)
                except TimeoutError:
                    break
                if self._new_gap.is_set():
                    break
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._params.look_for_gaps_s):
                    await self._new_gap.wait()

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

    # --- streams ----------------------------------------------------------------------------------------------------------
    def _same_stream(self, received: Received | None, info: Info) -> Received | None:
        if received is None or (received.boot_id, received.stream) != (info.boot_id, info.stream):
            return None
        return received

    def _new_stream(self, info: Info) -> Received:
        return Received(
            boot_id=info.boot_id,
            stream=info.stream,
            has_gyroscope=info.gyr_range_dps > 0,
            ring_samples=info.ring_samples,
            asks_per_gap=self._params.asks_per_gap,
        )

    # --- callbacks: stamp, enqueue, and hardly more --------------------------------------------------------------------------
    def _note(self, channel: str, payload: bytes) -> bool:
        return self._inbox.notification(self._sensor, channel, payload)

    def _hear_data(self, payload: bytes, noted: bool) -> None:
        """A packet there was no room for counts as a sign of life, and as missing."""
        self._last_packet_s = self._now_s()
        self._filled_in += payload[:1] == BACKFILLED
        if noted and self._received is not None and self._received.take(payload):
            self._new_gap.set()

    def _link_ended(self) -> None:
        self._gone.set()
        self.dialogue.ended()

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

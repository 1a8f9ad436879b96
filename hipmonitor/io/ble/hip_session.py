"""One connection to a sensor of our own protocol: its clock is kept, and what was missed is fetched from its memory."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Coroutine, Sequence

from hipmonitor.core.wire.hip_protocol import Info, Kind
from hipmonitor.io.ble.clock_rounds import quick_rounds, steady_rounds
from hipmonitor.io.ble.gaps import Received
from hipmonitor.io.ble.hip_dialogue import HipDialogue, Listeners
from hipmonitor.io.ble.inbox import Inbox
from hipmonitor.io.ble.link_session import LinkSession
from hipmonitor.io.ble.params import BleParams
from hipmonitor.io.ble.radio import Radio
from hipmonitor.io.ble.scan import FoundSensor
from hipmonitor.io.ble.vibration import Vibration

BACKFILLED = bytes([Kind.BACKFILL])


class HipSession(LinkSession):
    """Gets the stream going, keeps the clock, fills gaps."""

    def __init__(
        self, sensor: FoundSensor, radio: Radio, inbox: Inbox, params: BleParams, chance: random.Random
    ) -> None:
        super().__init__(sensor, radio, inbox, params, chance)
        self._new_gap = asyncio.Event()
        self._filled_in = 0
        self._received: Received | None = None
        listeners = Listeners(note=self._note, on_data=self._hear_data)
        self._dialogue = HipDialogue(self._client, listeners, params, chance.getrandbits(32))

    @property
    def received(self) -> Received | None:
        """What came of the present stream, over this connection and earlier ones."""
        return self._received

    @property
    def was_understood(self) -> bool:
        """The sensor said what it is."""
        return self._received is not None

    async def vibrate(self, pattern: Vibration, strength_percent: int) -> bool:
        """Run the motor; False where the sensor has none or refuses."""
        return await self._dialogue.vibrate(pattern, strength_percent)

    # --- the phases -------------------------------------------------------------------------------------------------
    async def _begin(self, earlier: Received | None) -> None:
        info = await self._dialogue.introduce()
        self._received = self._same_stream(earlier, info) or self._new_stream(info)
        await self._radio.secure(self._client)
        await self._dialogue.subscribe()
        await quick_rounds(self._dialogue, self._params, self._chance)
        self._starts()
        await self._dialogue.start()

    def _jobs(self) -> Sequence[Coroutine[object, object, None]]:
        rounds = steady_rounds(self._dialogue, self._params, self._chance)
        return (rounds, self._fill_gaps(self._received)) if self._received else (rounds,)

    async def _stop(self) -> None:
        await self._dialogue.stop()

    def _link_lost(self) -> None:
        self._dialogue.ended()

    async def _fill_gaps(self, received: Received) -> None:
        """Ask for what is missing, the newest first, whenever a gap opens and now and then besides."""
        while True:
            self._new_gap.clear()
            for gap in received.missing():
                try:
                    if await self._dialogue.backfill(gap, lambda: self._filled_in):
                        received.asked(gap)
                except TimeoutError:
                    break
                if self._new_gap.is_set():
                    break
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._params.look_for_gaps_s):
                    await self._new_gap.wait()

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

    def _hear_data(self, payload: bytes, noted: bool) -> None:
        """A packet there was no room for counts as a sign of life, and as missing."""
        self._last_packet_s = self._now_s()
        self._filled_in += payload[:1] == BACKFILLED
        if noted and self._received is not None and self._received.take(payload):
            self._new_gap.set()

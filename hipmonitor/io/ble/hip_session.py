"""One connection to a sensor of our own protocol: its clock is kept, and what was missed is fetched from its memory."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Coroutine, Sequence

from hipmonitor.core.wire.hip_protocol import Info, Kind
from hipmonitor.io.ble.clock_rounds import quick_rounds, steady_rounds
from hipmonitor.io.ble.gaps import Gap, Received
from hipmonitor.io.ble.hip_dialogue import HipDialogue, Listeners
from hipmonitor.io.ble.inbox import Inbox
from hipmonitor.io.ble.link_session import LinkSession
from hipmonitor.io.ble.params import BleParams
from hipmonitor.io.ble.radio import Radio
from hipmonitor.io.ble.scan import FoundSensor
from hipmonitor.io.ble.vibration import Vibration

BACKFILLED = (bytes([Kind.BACKFILL]), bytes([Kind.SLOW_BACKFILL]))


class HipSession(LinkSession):
    """Gets the stream going, keeps the clock, fills gaps."""

    def __init__(
        self, sensor: FoundSensor, radio: Radio, inbox: Inbox, params: BleParams, chance: random.Random
    ) -> None:
        super().__init__(sensor, radio, inbox, params, chance)
        self._new_gap = asyncio.Event()
        self._filled_in = 0
        self._received: Received | None = None
        self._slow_every = 0
        """Samples at full rate for each one of the slow memory; 0 = it has none that can be used."""
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
        self._slow_every = _full_per_slow(info)
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
            with contextlib.suppress(TimeoutError):
                await self._ask_for_all(received)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._params.look_for_gaps_s):
                    await self._new_gap.wait()

    async def _ask_for_all(self, received: Received) -> None:
        """At full rate first; what that memory does not hold any more, of the slow one. A new gap comes before the rest."""
        for gap in received.missing():
            held_from = await self._ask_full(gap)
            if held_from is not None:
                received.asked(gap, held_from)
            if self._new_gap.is_set():
                return
        for gap in received.beyond() if self._slow_every else ():
            if await self._ask_slow(gap):
                received.asked_slow_memory(gap)
            if self._new_gap.is_set():
                return

    async def _ask_full(self, gap: Gap) -> int | None:
        """From where on the sensor held it; None where it did not come to its end."""
        if not gap.count:
            return gap.end
        done = await self._dialogue.backfill(Kind.BACKFILL, gap.first, gap.count, lambda: self._filled_in)
        if done is None:
            return None
        return done.first if done.count else gap.end

    async def _ask_slow(self, gap: Gap) -> bool:
        """The slow memory counts its own samples; whether it came to its end."""
        first, end = (-(-index // self._slow_every) for index in (gap.first, gap.end))
        done = await self._dialogue.backfill(Kind.SLOW_BACKFILL, first, end - first, lambda: self._filled_in)
        return done is not None

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
        self._filled_in += payload[:1] in BACKFILLED
        if noted and self._received is not None and self._received.take(payload):
            self._new_gap.set()


def _full_per_slow(info: Info) -> int:
    slow_mhz = info.slow_rate_cmhz * 10
    usable = slow_mhz and info.slow_ring_samples and info.rate_mhz % slow_mhz == 0
    return info.rate_mhz // slow_mhz if usable else 0

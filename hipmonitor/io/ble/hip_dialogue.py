"""The talk with one connected hip sensor: what it is, its clock, START, STOP, and everything else one asks of it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.exc import BleakError

from hipmonitor.core.errors import LinkError
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.core.wire.hip_protocol import Ack, AckStatus, BackfillDone, Info, Kind, Op
from hipmonitor.io.ble.params import BleParams
from hipmonitor.io.ble.vibration import Vibration


def _short_uuid(number: int) -> str:
    return f"0000{number:04x}-0000-1000-8000-00805f9b34fb"


BATTERY_LEVEL_UUID = _short_uuid(0x2A19)
BATTERY_LEVEL = "battery/level"
ABOUT: tuple[tuple[str, str], ...] = (
    (_short_uuid(0x2A29), "dis/manufacturer"),
    (_short_uuid(0x2A24), "dis/model"),
    (_short_uuid(0x2A25), "dis/serial"),
    (_short_uuid(0x2A27), "dis/hardware"),
    (_short_uuid(0x2A26), "dis/firmware"),
    (BATTERY_LEVEL_UUID, BATTERY_LEVEL),
)
"""What is read besides Info, where the sensor has it, and the channel it is noted on."""
NONCES = 1 << 32
REQUEST_IDS = 1 << 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Listeners:
    """Who hears what crosses the radio."""

    note: Callable[[str, bytes], bool]
    """Channel and bytes, called at the very moment; says whether there was room for them."""
    on_data: Callable[[bytes, bool], None]
    """Data packets, and whether there was room for them."""


class HipDialogue:
    """One connection's worth of talk. Everything read and written is noted before anything is done with it."""

    def __init__(self, client: BleakClient, listeners: Listeners, params: BleParams, first_nonce: int) -> None:
        self._client, self._listeners, self._params = client, listeners, params
        self._nonces = (nonce % NONCES for nonce in itertools.count(first_nonce))
        self._request_ids: Iterator[int] = itertools.cycle(range(1, REQUEST_IDS))
        self._answers: dict[int, asyncio.Future[Ack | None]] = {}
        self._syncs: dict[int, asyncio.Future[bool]] = {}
        self._fills: dict[int, asyncio.Future[BackfillDone]] = {}
        self._one_command_at_a_time = asyncio.Lock()
        """Some systems refuse a second write to a characteristic while the first is under way."""

    # --- getting to know each other --------------------------------------------------------------------------------
    async def introduce(self) -> Info:
        """Read what the sensor is. LinkError where we cannot understand each other."""
        payload = await self._read(hip.INFO_UUID, hip.INFO)
        if payload is None:
            raise LinkError("This sensor does not say how its data are to be read. Update its firmware.")
        for uuid, channel in ABOUT:
            with contextlib.suppress(BleakError):  # good to know, not needed; a lost link shows at the next step
                await self._read(uuid, channel)
        major = payload[0] if payload else 0
        if major != hip.VERSION[0]:
            raise LinkError(
                f"This sensor speaks protocol version {major}; this program knows version {hip.VERSION[0]}. "
                "Update whichever is older."
            )
        info = hip.decode_info(payload)
        if info is None:
            raise LinkError(
                "What this sensor says of itself cannot be read. Restart it; if that is no help, update it."
            )
        return info

    async def subscribe(self) -> None:
        """Hear answers, clock and data. Before START: what is sent earlier than this is lost."""
        await self._listen(hip.CONTROL_UUID, hip.CONTROL, lambda payload, _noted: self._hear_control(payload))
        await self._listen(hip.SYNC_UUID, hip.SYNC, lambda payload, _noted: self._hear_sync(payload))
        await self._listen(hip.DATA_UUID, hip.DATA, self._listeners.on_data)
        if self._has(BATTERY_LEVEL_UUID):
            with contextlib.suppress(BleakError):  # some systems keep the battery to themselves
                await self._listen(BATTERY_LEVEL_UUID, BATTERY_LEVEL, lambda _level, _noted: None)

    def ended(self) -> None:
        """The link is gone: nobody waits for an answer any more."""
        for answer in self._answers.values():
            if not answer.done():
                answer.set_result(None)
        for sync in self._syncs.values():
            if not sync.done():
                sync.set_result(False)

    def _has(self, uuid: str) -> bool:
        return self._client.services.get_characteristic(uuid) is not None

    async def _read(self, uuid: str, channel: str) -> bytes | None:
        if not self._has(uuid):
            return None
        payload = bytes(await self._client.read_gatt_char(uuid))
        self._listeners.note(channel, payload)
        return payload

    async def _listen(self, uuid: str, channel: str, listener: Callable[[bytes, bool], None]) -> None:
        note = self._listeners.note

        def heard(_characteristic: BleakGATTCharacteristic, data: bytearray) -> None:
            payload = bytes(data)
            listener(payload, note(channel, payload))

        await self._client.start_notify(uuid, heard)

    # --- the clock --------------------------------------------------------------------------------------------------
    async def round_trip(self) -> bool:
        """One clock round trip. The times stand in the notes; False where the answer did not come."""
        nonce = next(self._nonces)
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._syncs[nonce] = answer
        payload = hip.SYNC_ASK.pack(nonce)
        try:
            self._listeners.note(hip.SYNC_WRITTEN, payload)
            await self._client.write_gatt_char(hip.SYNC_UUID, payload, response=False)
            async with asyncio.timeout(self._params.sync_timeout_s):
                return await answer
        except TimeoutError:
            return False
        finally:
            del self._syncs[nonce]

    def _hear_sync(self, payload: bytes) -> None:
        if len(payload) == hip.SYNC_ANSWER.size:
            nonce, _, _ = hip.SYNC_ANSWER.unpack(payload)
            waiting = self._syncs.get(nonce)
            if waiting is not None and not waiting.done():
                waiting.set_result(True)

    # --- commands ------------------------------------------------------------------------------------------------------
    async def start(self) -> None:
        """Let live data begin. LinkError where the sensor refuses."""
        status = (await self._command(Op.START)).status
        if status == AckStatus.MTU_TOO_SMALL:
            raise LinkError(
                "The sensor cannot send over this Bluetooth link: its packets are too small (MTU 23). "
                "Use another Bluetooth adapter, or update this one's driver."
            )
        if status != AckStatus.DONE:
            raise LinkError(f"The sensor refused to start (status {status}). Restart it and try again.")

    async def stop(self) -> None:
        """End live data and any backfill."""
        await self._command(Op.STOP)

    async def vibrate(self, pattern: Vibration, strength_percent: int) -> bool:
        """Run the motor; False where the sensor has none or refuses."""
        return (await self._command(Op.VIBRATE, bytes((pattern, strength_percent)))).status == AckStatus.DONE

    async def backfill(self, kind: Kind, first: int, count: int, progress: Callable[[], int]) -> BackfillDone | None:
        """Have the sensor send what a memory holds of [first, first + count), and wait for its end.

        `progress` counts backfilled packets; a backfill without any for a while is given up. None where it did not run to its end.
        """
        request = next(self._request_ids)
        done = self._fills[request] = asyncio.get_running_loop().create_future()
        try:
            arguments = hip.BACKFILL_ARGUMENTS.pack(kind, first, count)
            if (await self._ask(Op.BACKFILL, request, arguments)).status != AckStatus.DONE:
                return None
            return await self._until_done(done, progress)
        finally:
            del self._fills[request]

    async def _until_done(self, done: asyncio.Future[BackfillDone], progress: Callable[[], int]) -> BackfillDone | None:
        seen = -1
        while progress() != seen:
            seen = progress()
            await asyncio.wait((done,), timeout=self._params.backfill_idle_s)
            if done.done():
                return done.result()
        return None

    async def _command(self, op: Op, arguments: bytes = b"") -> Ack:
        return await self._ask(op, next(self._request_ids), arguments)

    async def _ask(self, op: Op, request: int, arguments: bytes) -> Ack:
        """Write a command and wait for its answer. TimeoutError where none comes."""
        answer: asyncio.Future[Ack | None] = asyncio.get_running_loop().create_future()
        self._answers[request] = answer
        payload = hip.encode_command(op, request, arguments)
        try:
            async with self._one_command_at_a_time, asyncio.timeout(self._params.ack_timeout_s):
                self._listeners.note(hip.CONTROL_WRITTEN, payload)
                await self._client.write_gatt_char(hip.CONTROL_UUID, payload, response=True)
                heard = await answer
        except TimeoutError:
            raise TimeoutError(f"the sensor did not answer {op.name}") from None
        finally:
            del self._answers[request]
        if heard is None:
            raise BleakError("The link ended during the operation")
        return heard

    def _hear_control(self, payload: bytes) -> None:
        heard = hip.decode_control(payload)
        if isinstance(heard, Ack):
            answer = self._answers.get(heard.request)
            if answer is not None and not answer.done():
                answer.set_result(heard)
        elif heard is not None and heard.request in self._fills and not self._fills[heard.request].done():
            self._fills[heard.request].set_result(heard)

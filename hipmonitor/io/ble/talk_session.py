"""One connection to a sensor whose driver is a talk (core/wire/dialogue): the steps are done on the radio, one by one."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace

from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.exc import BleakError

from hipmonitor.core.errors import SensorBusy
from hipmonitor.core.wire.dialogue import Ask, Dialogue, Listen, Read, Rest, Step, StopListening, Talk, Write
from hipmonitor.io.ble.gaps import Received
from hipmonitor.io.ble.inbox import Inbox
from hipmonitor.io.ble.link_session import LinkSession, SensorFellAsleep, SensorWentQuiet
from hipmonitor.io.ble.params import BleParams
from hipmonitor.io.ble.radio import Radio
from hipmonitor.io.ble.radio_errors import LINK_TROUBLE
from hipmonitor.io.ble.scan import FoundSensor


@dataclass(slots=True, kw_only=True, eq=False)
class _Awaited:
    """An answer that somebody waits for."""

    on: str
    answers: Callable[[bytes], bool]
    heard: asyncio.Future[bytes]


class TalkSession(LinkSession):
    """Begins as the dialogue says, goes through its routine now and then, and ends as it says."""

    def __init__(
        self,
        sensor: FoundSensor,
        radio: Radio,
        inbox: Inbox,
        params: BleParams,
        chance: random.Random,
        *,
        dialogue: Dialogue,
    ) -> None:
        super().__init__(sensor, radio, inbox, _patient(params, dialogue.silent_s), chance)
        self._dialogue = dialogue
        self._awaited: list[_Awaited] = []
        self._one_step_at_a_time = asyncio.Lock()
        """Some systems refuse a second operation on a device while the first is under way."""
        self._last_words: str | None = None

    async def _begin(self, _earlier: Received | None) -> None:
        self._starts()
        try:
            await self._hold(self._dialogue.begin())
        except SensorBusy as error:
            raise SensorWentQuiet(str(error)) from error
        self._last_packet_s = self._now_s()

    def _jobs(self) -> Sequence[Coroutine[object, object, None]]:
        return (self._go_through_routine(),)

    async def _stop(self) -> None:
        await self._hold(self._dialogue.end())

    def _link_lost(self) -> None:
        for awaited in self._awaited:
            if not awaited.heard.done():
                awaited.heard.set_exception(BleakError("The link ended during the operation"))

    async def _keep_going(self) -> None:
        try:
            await super()._keep_going()
        except LINK_TROUBLE:
            if self._last_words is not None:
                raise SensorFellAsleep(self._last_words) from None
            raise

    async def _go_through_routine(self) -> None:
        while True:
            await asyncio.sleep(self._dialogue.routine_every_s * self._chance.uniform(0.5, 1.5))
            await self._hold(self._dialogue.routine())

    async def _hold(self, talk: Talk) -> None:
        """Do every step of a talk, and tell it what came of it."""
        answer: bytes | None = None
        try:
            while True:
                answer = await self._do(talk.send(answer))
        except StopIteration:
            return
        finally:
            talk.close()

    async def _do(self, step: Step) -> bytes | None:
        match step:
            case Rest(seconds=seconds):
                await asyncio.sleep(seconds)
                return None
            case Ask():
                return await self._ask(step)
            case _:
                async with self._one_step_at_a_time:
                    return await self._on_radio(step)

    async def _on_radio(self, step: Listen | StopListening | Read | Write) -> bytes | None:
        match step:
            case Listen(uuid=uuid, channel=channel):
                await self._client.start_notify(uuid, self._listener(channel))
            case StopListening(uuid=uuid):
                await self._client.stop_notify(uuid)
            case Read(uuid=uuid, channel=channel):
                return await self._read(uuid, channel)
            case Write():
                self._note(step.channel, step.payload)
                await self._client.write_gatt_char(step.uuid, step.payload, response=step.response)
        return None

    async def _read(self, uuid: str, channel: str) -> bytes | None:
        if self._client.services.get_characteristic(uuid) is None:
            return None
        payload = bytes(await self._client.read_gatt_char(uuid))
        self._note(channel, payload)
        return payload

    async def _ask(self, question: Ask) -> bytes | None:
        heard: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        awaited = _Awaited(on=question.on, answers=question.answers, heard=heard)
        self._awaited.append(awaited)
        try:
            async with self._one_step_at_a_time:
                await self._on_radio(question.write)
            async with asyncio.timeout(question.within_s):
                return await heard
        except TimeoutError:
            return None
        finally:
            self._awaited.remove(awaited)
            heard.cancel()

    def _listener(self, channel: str) -> Callable[[BleakGATTCharacteristic, bytearray], None]:
        is_data = channel in self._dialogue.data_channels

        def heard(_characteristic: BleakGATTCharacteristic, data: bytearray) -> None:
            payload = bytes(data)
            self._note(channel, payload)
            self._last_words = self._dialogue.last_words(channel, payload) or self._last_words
            if is_data:
                self._last_packet_s = self._now_s()
            self._answered(channel, payload)

        return heard

    def _answered(self, channel: str, payload: bytes) -> None:
        for awaited in self._awaited:
            if awaited.on == channel and not awaited.heard.done() and awaited.answers(payload):
                awaited.heard.set_result(payload)
                return


def _patient(params: BleParams, silent_s: float) -> BleParams:
    """The same waiting times for a sensor that may be silent for so long."""
    return replace(
        params,
        stale_after_s=max(params.stale_after_s, silent_s),
        give_up_after_s=max(params.give_up_after_s, 2 * silent_s),
    )

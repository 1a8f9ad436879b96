"""The live source: the wearer's sensors over Bluetooth, each found again whenever it is lost; one radio, one inbox."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterable, Sequence

from hipmonitor.core.errors import LinkError, UsageError
from hipmonitor.core.inbound import Action, ChangeSettings, Inbound, LinkState, SensorId
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.ports import Clock
from hipmonitor.core.settings import Settings
from hipmonitor.io.ble import sentences
from hipmonitor.io.ble.inbox import Inbox
from hipmonitor.io.ble.line import SensorLine, Station
from hipmonitor.io.ble.params import BleParams
from hipmonitor.io.ble.radio import Radio, open_radio
from hipmonitor.io.ble.vibration import Vibration
from hipmonitor.io.ble.wanted import Place, Wanted, wanted_sensors

Job = asyncio.Task[None]


class BleSource:
    """A Source for the thigh's sensor, and for those that `settings` place elsewhere.

    `radio` is the system's unless a bumble transport is named, or a Radio is given. `wanted` names the thigh's sensor, by
    address or name; without it, the settings do, or it is the first one heard that has no other place.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        radio: str | Radio | None = None,
        wanted: str | None = None,
        settings: Settings | None = None,
        params: BleParams | None = None,
        chance: random.Random | None = None,
    ) -> None:
        self._clock, self._params = clock, params or BleParams()
        self._owns_radio = radio is None or isinstance(radio, str)
        self._inbox = Inbox(clock, self._params.inbox_events)
        self._station = Station(
            radio=open_radio(radio) if radio is None or isinstance(radio, str) else radio,
            inbox=self._inbox,
            params=self._params,
            chance=chance or random.SystemRandom(),
        )
        self._settings = settings or Settings()
        self._thigh = wanted or self._settings.thigh_sensor or None
        self._lines = [SensorLine(each, self._station) for each in wanted_sensors(self._settings, self._thigh)]
        """The thigh's first."""
        self._jobs: dict[SensorLine, Job] = {}
        self._leaving: set[Job] = set()
        """Of sensors that lost their place."""
        self._ticking: Job | None = None
        self._one_change_at_a_time = asyncio.Lock()
        self._paused = self._closing = False

    # --- the Source ---------------------------------------------------------------------------------------------------
    async def batches(self) -> AsyncIterator[Sequence[Inbound]]:
        """What arrived since the last turn, and a Tick a second. LinkError where the radio cannot be used at all."""
        if self._ticking is not None:
            raise UsageError("batches() was called twice; make a new BleSource for a new session")
        self._begin()
        self._ticking = asyncio.ensure_future(self._tick())
        try:
            while batch := await self._inbox.take():
                yield batch
            for line, job in self._jobs.items():
                if job.done() and not job.cancelled() and not _may_end(line, job):
                    job.result()
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        """Stop the sensors, disconnect, end batches(). What has arrived by then can still be read."""
        self._closing = True
        ticking = set() if self._ticking is None else {self._ticking}
        await self._end({*self._jobs.values(), *self._leaving, *ticking})
        for line in reversed(self._lines):
            if line in self._jobs and self._jobs[line].cancelled():
                line.say(LinkState.ENDED, sentences.CLOSED)
        self._inbox.close()
        if self._owns_radio:
            await self._station.radio.aclose()

    async def pause(self) -> None:
        """Let all sensors go until `resume`; Ticks and actions still come.

        What they keep in their memories meanwhile is not asked for afterwards: the wearer wanted no measuring.
        """
        async with self._one_change_at_a_time:
            if self._paused or self._closing or not self._jobs:
                return
            self._paused = True
            living = {line: job for line, job in self._jobs.items() if not job.done()}
            await self._end(living.values())
            for line in living:
                line.pause()

    async def resume(self) -> None:
        """Look for the sensors again."""
        async with self._one_change_at_a_time:
            if self._paused and not self._closing:
                self._paused = False
                for line in self._lines:
                    line.resume()
                self._begin()

    async def _end(self, jobs: Iterable[Job]) -> None:
        left = set(jobs)
        while left:
            for job in left:
                job.cancel()
            _, left = await asyncio.wait(left, timeout=self._params.ask_again_to_end_s)

    def act(self, action: Action) -> None:
        """The wearer did something just now: it comes through the same door, stamped by the same clock."""
        self._inbox.action(action)
        if isinstance(action, ChangeSettings):
            self._place(action.settings)

    async def vibrate(self, pattern: Vibration, strength_percent: int, sensor: str = "") -> bool:
        """Run a sensor's motor, the thigh's unless another is named. False where there is no sensor, no motor, or no answer."""
        if not 0 <= strength_percent <= 100:
            raise UsageError(f"strength is {strength_percent} %; choose 0 to 100")
        lines = [line for line in self._lines if line.sensor == sensor] if sensor else self._lines[:1]
        return bool(lines) and await lines[0].vibrate(pattern, strength_percent)

    # --- jobs -----------------------------------------------------------------------------------------------------------
    def _begin(self) -> None:
        """All lines that do not live; one that said why it ended stays so."""
        for line in self._lines:
            before = self._jobs.get(line)
            if before is None or before.cancelled():
                self._jobs[line] = job = asyncio.ensure_future(line.live())
                job.add_done_callback(lambda job, line=line: self._over(line, job))  # type: ignore[misc]

    def _over(self, line: SensorLine, job: Job) -> None:
        """A line that ends by itself is the end of everything; the thigh can be measured without the others."""
        if not job.cancelled() and not _may_end(line, job):
            self._inbox.close()

    async def _tick(self) -> None:
        """A Tick at every whole second of the host's clock."""
        due = self._clock.now()
        while True:
            now = self._clock.now()
            due = HostNs(max(due, now) // NS_PER_S * NS_PER_S + NS_PER_S)
            await asyncio.sleep((due - now) / NS_PER_S)
            self._inbox.tick()

    # --- places -----------------------------------------------------------------------------------------------------------
    def _place(self, settings: Settings) -> None:
        """Sensors that keep a place, or change it, stay connected; others are let go, or looked for."""
        before, self._settings = self._settings, settings
        beside = {settings.pelvis_sensor, settings.other_thigh_sensor}
        if settings.thigh_sensor not in {"", before.thigh_sensor} or self._thigh in beside:
            self._thigh = settings.thigh_sensor or None
        wanted = wanted_sensors(settings, self._thigh)
        kept = _kept(self._lines, wanted)
        leaving = [line for line in self._lines if line not in kept.values()]
        self._lines = [kept.get(each.place) or SensorLine(each, self._station) for each in wanted]
        for line, each in zip(self._lines, wanted, strict=True):
            line.wear(each)
        for line in leaving:
            self._let_go(line)
        if self._jobs and not self._paused and not self._closing:
            self._begin()

    def _let_go(self, line: SensorLine) -> None:
        job = self._jobs.pop(line, None)
        if job is None or job.done():
            return
        self._leaving.add(job)
        job.add_done_callback(self._leaving.discard)
        job.add_done_callback(lambda _: line.say(LinkState.LOST, sentences.NO_PLACE))
        job.cancel()


def _may_end(line: SensorLine, job: Job) -> bool:
    return line.wanted.place is not Place.THIGH and isinstance(job.exception(), LinkError)


def _kept(lines: Sequence[SensorLine], wanted: Sequence[Wanted]) -> dict[Place, SensorLine]:
    """The line of every place that has one already: its sensor's, or for a thigh that is not named the one of before."""
    by_sensor: dict[SensorId, SensorLine] = {line.sensor: line for line in lines}
    kept = {each.place: by_sensor[SensorId(each.sensor)] for each in wanted if each.sensor in by_sensor}
    taken = set(kept.values())
    for each in wanted:
        same = (line for line in lines if line not in taken and line.wanted.place is each.place)
        line = next((line for line in same if line.wanted.sensor == each.sensor), None)
        if each.place not in kept and line is not None:
            kept[each.place] = line
    return kept

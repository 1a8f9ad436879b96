"""The one bounded queue between the radio's callbacks and whoever reads; what does not fit is counted and said."""

from __future__ import annotations

import asyncio
from collections import Counter

from hipmonitor.core.inbound import Action, Inbound, LinkChange, LinkState, Notification, SensorId, UserAction
from hipmonitor.core.ports import Clock
from hipmonitor.io.ble.sentences import about, could_not_keep_up


class Inbox:
    """Events in the order in which they happened. Every one is stamped as it is put in."""

    def __init__(self, clock: Clock, capacity: int) -> None:
        self._clock = clock
        self._capacity = capacity
        self._waiting: list[Inbound] = []
        self._dropped: Counter[SensorId] = Counter()
        """Since they were last told."""
        self._dropped_in_all = 0
        self._sensor = SensorId("")
        self._called: dict[SensorId, str] = {}
        self._something = asyncio.Event()
        self._closed = False

    def call(self, sensor: SensorId, name: str) -> None:
        """What sentences call it from now on; empty where there is only one."""
        self._called[sensor] = name

    def notification(self, sensor: SensorId, channel: str, payload: bytes) -> bool:
        """Bytes crossed the radio just now. False where there was no room for them."""
        self._sensor = sensor
        return self._put(Notification(at=self._clock.now(), sensor=sensor, channel=channel, payload=payload))

    def link(self, sensor: SensorId, state: LinkState, detail: str) -> None:
        """The link changed just now. These are few, and always kept."""
        detail = about(self._called.get(sensor, ""), detail)
        self._keep(LinkChange(at=self._clock.now(), sensor=sensor, state=state, detail=detail))

    def action(self, action: Action) -> None:
        """The wearer did something just now. These are few, and always kept."""
        self._keep(UserAction(at=self._clock.now(), action=action))

    def tick(self) -> None:
        """A second has passed; first, whether the clocks kept pace with it."""
        step = self._clock.step()
        if step is not None:
            self._keep(step)
        self._put(self._clock.tick(self._clock.now()))

    def close(self) -> None:
        """Nothing more will come; what is waiting can still be taken."""
        self._closed = True
        self._something.set()

    async def take(self) -> list[Inbound]:
        """Everything that came since the last call, at least one event; empty once closed and read out."""
        await self._something.wait()
        taken, self._waiting = self._waiting, []
        taken += [self._overflow(sensor, count) for sensor, count in self._dropped.items()]
        self._dropped.clear()
        if not self._closed:
            self._something.clear()
        return taken

    def _put(self, event: Inbound) -> bool:
        if len(self._waiting) >= self._capacity:
            self._dropped[self._sensor] += 1
            return False
        self._keep(event)
        return True

    def _keep(self, event: Inbound) -> None:
        if not self._closed:
            self._waiting.append(event)
            self._something.set()

    def _overflow(self, sensor: SensorId, count: int) -> LinkChange:
        """Ticks count as packets of the sensor that was heard last."""
        self._dropped_in_all += count
        return LinkChange(
            at=self._clock.now(),
            sensor=sensor,
            state=LinkState.OVERFLOW,
            detail=could_not_keep_up(count, self._dropped_in_all),
        )

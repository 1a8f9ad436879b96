"""The rooms at one instant of a recording: they go on from there, or jump to another one and are the same as if they had gone."""

from __future__ import annotations

from typing import Generic

from hipmonitor.core.inbound import Inbound
from hipmonitor.core.instants import HostNs
from hipmonitor.runtime.drive import turn
from hipmonitor.runtime.stretches import STEP_S, Stretches, With, in_lengths


class Playhead(Generic[With]):
    """For one thread; `companion` may be looked at from any other that the companion allows."""

    def __init__(self, stretches: Stretches[With]) -> None:
        self._stretches = stretches
        self._number = 0
        self._waiting: list[Inbound] = []
        self.at = stretches.start
        self._rooms, self.companion = stretches.before(0)
        self._load(0)

    def go_to(self, at: HostNs) -> None:
        """Everything up to this instant has come in, and nothing after it."""
        at = HostNs(min(max(at, self._stretches.start), self._stretches.end))
        number = self._stretches.number_at(at)
        if at < self.at or number > self._number + 1:
            self._jump(number, at)
        else:
            self._go_on(at)
        self.at = at

    def _load(self, number: int) -> None:
        """Backwards, so that what comes next is taken from the end."""
        self._number, self._waiting = number, self._stretches.all[number].unpacked()[::-1]

    def _jump(self, number: int, at: HostNs) -> None:
        """The companion of before is looked at until the new one has arrived."""
        rooms, companion = self._stretches.before(number)
        self._load(number)
        for step in in_lengths(self._due(at), STEP_S):
            turn(step, rooms, [companion], companion)
        self._rooms, self.companion = rooms, companion

    def _go_on(self, at: HostNs) -> None:
        while True:
            for step in in_lengths(self._due(at), STEP_S):
                turn(step, self._rooms, [self.companion], self.companion)
            following = self._number + 1
            if self._waiting or following == len(self._stretches.all) or self._stretches.all[following].start > at:
                return
            self._load(following)

    def _due(self, at: HostNs) -> list[Inbound]:
        due = []
        while self._waiting and self._waiting[-1].at <= at:
            due.append(self._waiting.pop())
        return due

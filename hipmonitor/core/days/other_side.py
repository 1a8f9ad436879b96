"""The other thigh's bends, counted by the rules of the worn one; what the wearer did in a second is told by the worn thigh."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure import (
    NO_THIGH_DEG,
    NOT_DEEP,
    AnglesOfSecond,
    CycleCounters,
    CycleParams,
    DeepCycle,
    FineSeconds,
    FlexionCycle,
    TimedSecond,
)
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.seconds import ClosedSeconds, SecondGrid, SecondsState
from hipmonitor.core.settings import DeepFlexionLimit
from hipmonitor.core.thigh import ThighBlock

KEPT_S: Final = 7200
"""The other sensor's samples may come so much later than what the wearer did was decided: the settled orientation holds back
twenty minutes."""
UNSEEN: Final = frozenset({ActivityKind.NOT_WORN, ActivityKind.UNKNOWN})


class _Did(NamedTuple):
    """A decided second, or a long loss."""

    start: int
    end: int
    kind: ActivityKind
    limit: DeepFlexionLimit


class _Open(NamedTuple):
    """A closed second of the other thigh that waits for what was done in it."""

    start: int
    sd_deg: float
    parts: list[int]
    degrees: list[float]


@dataclass(slots=True, kw_only=True)
class OtherSide:
    """What is carried from step to step."""

    grid: SecondsState = field(default_factory=SecondsState)
    waiting: deque[_Open] = field(default_factory=deque)
    did: deque[_Did] = field(default_factory=deque)
    counters: CycleCounters = field(default_factory=CycleCounters)
    last_end: int | None = None
    """Of the last second that was counted, or passed over for want of an angle."""

    def hear_done(self, seconds: Iterable[TimedSecond], limit: DeepFlexionLimit) -> None:
        """What the wearer did, and under which limit."""
        for second in seconds:
            self.did.append(_Did(second.start, second.end, second.kind, limit))
        while self.did and self.did[0].end < self.did[-1].end - KEPT_S * NS_PER_S:
            self.did.popleft()

    def step(self, blocks: Iterable[ThighBlock], params: CycleParams) -> Iterator[FlexionCycle | DeepCycle | HostNs]:
        """Bends that became complete with these rows, or with what was heard since; and each second that was seen."""
        for block in blocks:
            columns = (block.thigh_flexion_deg, block.trusted, block.sd_deg)
            self.waiting += _opened(SecondGrid(self.grid).step(block.t_ns, *columns))
        while self.waiting and self.did and self.waiting[0].start + NS_PER_S <= self.did[-1].end:
            yield from self._count(self.waiting.popleft(), params)

    def _count(self, one: _Open, params: CycleParams) -> Iterator[FlexionCycle | DeepCycle | HostNs]:
        while len(self.did) > 1 and self.did[0].end <= one.start + NS_PER_S // 2:
            self.did.popleft()
        did, missed_ns = self.did[0], 0 if self.last_end is None else one.start - self.last_end
        seen = did.start <= one.start + NS_PER_S // 2 and did.kind not in UNSEEN
        if not seen or not one.parts or max(one.degrees) >= NO_THIGH_DEG:
            return
        yield HostNs(one.start)
        self.counters.saw_after(max(0, missed_ns) // NS_PER_S, params)
        self.last_end = one.start + NS_PER_S
        angles = AnglesOfSecond(one.start, did.kind, one.parts, one.degrees)
        yield from self.counters.cycles.second(angles, params.amount_deg)
        beyond, back = did.limit.thigh_limit_deg + one.sd_deg, did.limit.thigh_limit_deg - did.limit.release_deg
        yield from (deep for deep in self.counters.deep.second(angles, beyond, back) if deep.kind not in NOT_DEEP)


def _opened(closed: ClosedSeconds) -> Iterator[_Open]:
    """Each second's trusted angles, in twentieths."""
    if not len(closed):
        return
    flexion, trusted, sd = closed.columns[0], closed.columns[1].astype(np.bool_), closed.columns[2]
    fine = FineSeconds()
    still = np.zeros((len(closed.t_ns), 3))
    fine.add(closed, still, flexion.astype(np.float64), trusted, by_gyroscope=True)
    worst = closed.highest(sd.astype(np.float64))
    for k, (start, sd_deg) in enumerate(zip(closed.start_ns.tolist(), worst.tolist(), strict=True)):
        yield _Open(start, sd_deg, *fine.trusted_parts(k + 1))  # row 0 is a second in which nothing was felt

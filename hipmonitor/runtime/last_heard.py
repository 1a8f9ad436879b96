"""Sensors beside the thigh's that fall silent: in the second pass it is known that nothing more will come of them.

Without that the settled reading, which holds samples back, would let the hip's rows wait for them until the recording ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from hipmonitor.core.inbound import (
    ChangeSettings,
    Inbound,
    LinkChange,
    LinkState,
    Notification,
    Samples,
    SensorId,
    UserAction,
)
from hipmonitor.core.pieces import roles


@dataclass(slots=True, kw_only=True)
class LastHeard:
    """In which batch of a recording each sensor was heard last."""

    batches: int = 0
    last: dict[SensorId, int] = field(default_factory=dict)

    def collect(self, batch: Sequence[Inbound]) -> None:
        """Hear the next batch."""
        heard = {event.sensor for event in batch if isinstance(event, Notification | Samples)}
        self.last |= dict.fromkeys(heard, self.batches)
        self.batches += 1

    def with_ends(self, batches: Iterable[Sequence[Inbound]]) -> Iterator[Sequence[Inbound]]:
        """The same batches, and after the last one of each sensor beside the thigh's its end."""
        beside: set[str] = set()
        for number, batch in enumerate(batches):
            yield batch
            for event in batch:
                if isinstance(event, UserAction) and isinstance(event.action, ChangeSettings):
                    beside = roles(event.action.settings)
            silent = sorted(sensor for sensor, last in self.last.items() if last == number and sensor in beside)
            if silent and number + 1 < self.batches:
                yield [LinkChange(at=batch[-1].at, sensor=sensor, state=LinkState.ENDED) for sensor in silent]

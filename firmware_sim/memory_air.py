"""Connection events without a radio: when bytes handed over now arrive at the other side, or that they never do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

MS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AirParams:
    """How the simulated link behaves. Values as measured on the virtual air with a real host stack, or as the standard says."""

    interval_ns: int = 30 * MS
    """Connection interval: the upper end of the 15 to 30 ms that the protocol asks for."""
    packet_error: float = 0.05
    """Share of packets repeated in the next event; the link layer loses none inside a connection."""
    packets_per_event: int = 6
    """Common limit of host controllers; at 244 bytes 48 kB/s."""
    buffers: int = 10
    """Notifications the sensor's stack holds before it has no room."""
    supervision_ns: int = 2_000 * MS
    host_delay_ns: tuple[int, int] = (200_000, 2_500_000)
    """From the air to the host's callback: shortest, and mean of the exponential that comes on top (µs to few ms)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """Out of range from `start_ns` until `end_ns`. Shorter than the supervision timeout it only delays."""

    start_ns: int
    end_ns: int


@dataclass(slots=True, kw_only=True)
class Direction:
    """What keeps one direction in order."""

    last_event: int = -1
    in_event: int = 0
    last_arrival_ns: int = 0
    in_flight: list[int] = field(default_factory=list)


class MemoryAir:
    """One connection's events. Every random draw comes from `seed`."""

    def __init__(self, *, start_ns: int, outages: Sequence[Outage], params: AirParams, seed: int) -> None:
        self._start_ns, self._outages, self._params = start_ns, outages, params
        self._random = np.random.default_rng([seed, 0xA1])
        self._draws: list[tuple[float, float]] = []
        self.up, self.down = Direction(), Direction()

    def reset(self, start_ns: int) -> None:
        """A new connection: new anchor point, nothing in flight."""
        self._start_ns = start_ns
        self.up, self.down = Direction(), Direction()

    def lost_at_ns(self, now_ns: int) -> int | None:
        """When the next link loss is noticed: the supervision timeout after the start of an outage that is long enough."""
        supervision = self._params.supervision_ns
        times = [o.start_ns + supervision for o in self._outages if o.end_ns - o.start_ns >= supervision]
        return min((t for t in times if t > now_ns), default=None)

    def room(self, now_ns: int) -> int:
        """Free transmit buffers of the sensor."""
        flying = self.up.in_flight
        while flying and flying[0] <= now_ns:
            flying.pop(0)
        return max(0, self._params.buffers - len(flying))

    def sensor_sends(self, now_ns: int) -> int | None:
        """When what the sensor hands over now reaches the host's callback; None where the link is lost before."""
        event = self._event(self.up, now_ns)
        at = self._event_ns(event) + self._host_delay_ns()
        self.up.last_arrival_ns = at = max(at, self.up.last_arrival_ns + 1)
        self.up.in_flight.append(self._event_ns(event))
        return None if self._never(self._event_ns(event)) else at

    def host_writes(self, now_ns: int) -> int | None:
        """When what the host writes now reaches the sensor; None where the link is lost before."""
        event = self._event(self.down, now_ns + self._params.host_delay_ns[0])
        return None if self._never(self._event_ns(event)) else self._event_ns(event)

    def _event_ns(self, event: int) -> int:
        return self._start_ns + event * self._params.interval_ns

    def _event(self, way: Direction, now_ns: int) -> int:
        """The event in which the packet crosses: the next one with a place, later for every packet error."""
        event = max((now_ns - self._start_ns) // self._params.interval_ns + 1, way.last_event)
        if event == way.last_event and way.in_event >= self._params.packets_per_event:
            event += 1
        while self._draw()[0] < self._params.packet_error:
            event += 1
        event = self._after_short_outage(event)
        way.in_event = way.in_event + 1 if event == way.last_event else 1
        way.last_event = event
        return event

    def _after_short_outage(self, event: int) -> int:
        at = self._event_ns(event)
        for outage in self._outages:
            short = outage.end_ns - outage.start_ns < self._params.supervision_ns
            if short and outage.start_ns <= at < outage.end_ns:
                return (outage.end_ns - self._start_ns) // self._params.interval_ns + 1
        return event

    def _never(self, at_ns: int) -> bool:
        supervision = self._params.supervision_ns
        return any(o.start_ns <= at_ns < o.end_ns and o.end_ns - o.start_ns >= supervision for o in self._outages)

    def _host_delay_ns(self) -> int:
        shortest, mean = self._params.host_delay_ns
        return shortest + int(mean * self._draw()[1])

    def _draw(self) -> tuple[float, float]:
        if not self._draws:
            pairs = zip(self._random.random(1024), self._random.exponential(size=1024), strict=True)
            self._draws = [(float(a), float(b)) for a, b in pairs]
        return self._draws.pop()

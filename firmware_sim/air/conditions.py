"""What the air is like right now: in range or not, how many packets are lost, how strong the signal is; and what crossed it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

MOST_PACKET_ERROR_RATE = 0.9
"""Above this a real link would end by its supervision timeout, which loss of single packets does not model."""


@dataclass(slots=True, kw_only=True)
class AirStats:
    """Counts since the air began."""

    packets_sent: int = 0
    """Link layer packets on connections, retransmissions included."""
    packets_lost: int = 0
    """Of these, the ones that had to be sent again."""
    pdus_delivered: int = 0
    """Whole L2CAP PDUs that reached the other host."""
    advertisements: int = 0


@dataclass(slots=True, kw_only=True)
class Conditions:
    """The state of the air, changed by hand while it is in use."""

    in_range: bool = True
    packet_error_rate: float = 0.0
    """Share of link layer packets that are lost, 0 to 0.9."""
    rssi_dbm: int = -55
    seed: int = 1
    stats: AirStats = field(default_factory=AirStats)
    _chance: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def advertisement_crosses(self) -> bool:
        """Whether one advertising packet is heard."""
        self.stats.advertisements += 1
        return self.in_range and not self._hit()

    def packet_crosses(self) -> bool:
        """Whether one packet on a connection is heard; a lost one has to be sent again."""
        self.stats.packets_sent += 1
        lost = self._hit()
        self.stats.packets_lost += lost
        return not lost

    def _hit(self) -> bool:
        return self.packet_error_rate > 0 and self._chance.random() < self.packet_error_rate

"""A sensor as a host sees it before it says a word: what it advertises, its services, and what can be done with each value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag


class Can(IntFlag):
    """What a host may do with a characteristic: the bits of its declaration (Core 6.0, Vol 3, Part G, 3.3.1.1)."""

    READ = 0x02
    WRITE_WITHOUT_RESPONSE = 0x04
    WRITE = 0x08
    NOTIFY = 0x10
    INDICATE = 0x20


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceCharacteristic:
    """One value, and by which name the firmware knows it."""

    channel: str
    uuid: str
    can: Can
    value: bytes | None = None
    """A value that never changes; None: the firmware is asked whenever it is read."""
    told_on_change: bool = False
    """It is notified whenever what the firmware would answer has changed."""
    needs_bond: bool = False
    """Read, written and subscribed to over a link that is encrypted with a bond's key only."""

    @property
    def is_indicated(self) -> bool:
        """Each value sent is confirmed by the host."""
        return Can.INDICATE in self.can


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceService:
    """A service and its characteristics, in order."""

    uuid: str
    characteristics: tuple[FaceCharacteristic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionWish:
    """What the sensor asks for when the host connected with something else (PROTOCOL.md)."""

    shortest_interval_ms: float = 15.0
    longest_interval_ms: float = 30.0
    supervision_timeout_ms: float = 2000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GattFace:
    """One family's face. Its name is in the scan response."""

    services: tuple[FaceService, ...]
    advertised_service: str | None = None
    company: tuple[int, bytes] | None = None
    """Manufacturer's data that are advertised: company identifier and what follows it."""
    most_mtu: int = 247
    """The largest ATT MTU it agrees to. A notification of 244 bytes fills one link layer packet of 251 and one transmit buffer."""
    wish: ConnectionWish | None = None
    """None: it takes what the host gives."""

    @property
    def bonds(self) -> bool:
        """Whether it ever pairs."""
        return any(each.needs_bond for each in self.characteristics())

    def characteristics(self) -> tuple[FaceCharacteristic, ...]:
        """Of all services."""
        return tuple(characteristic for service in self.services for characteristic in service.characteristics)

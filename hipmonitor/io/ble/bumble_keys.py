"""The keys of sensors that this computer is paired with, where it has a controller of its own; an operating system keeps its own.

One file that only its owner can read. A sensor knows a host by the host's address, so that is kept with the keys.
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

from bumble.keys import KeyStore, PairingKeys

from hipmonitor.core.errors import LinkError
from hipmonitor.io.places import write_whole


def random_static_address() -> str:
    """An address of our own (Core 6.0, Vol 6, Part B, 1.3.2.1: the two highest bits are ones)."""
    octets = bytearray(secrets.token_bytes(6))
    octets[0] |= 0xC0
    return octets.hex(":").upper()


class HostKeys(KeyStore):
    """Keys by the sensor's address. Without a path they last as long as the program."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._own_address, self._sensors = self._load()

    @property
    def own_address(self) -> str:
        """By which sensors know this computer."""
        return self._own_address

    @property
    def paired(self) -> frozenset[str]:
        """Addresses of sensors, upper case."""
        return frozenset(self._sensors)

    async def get(self, name: str) -> PairingKeys | None:
        """Of one sensor; None = not paired."""
        kept = self._sensors.get(_bare(name))
        return None if kept is None else PairingKeys.from_dict(kept)

    async def get_all(self) -> list[tuple[str, PairingKeys]]:
        """Of every sensor."""
        return [(name, PairingKeys.from_dict(keys)) for name, keys in self._sensors.items()]

    async def update(self, name: str, keys: PairingKeys) -> None:
        """Newly paired."""
        self._sensors[_bare(name)] = keys.to_dict()
        self._save()

    async def delete(self, name: str) -> None:
        """Forget a sensor."""
        if self._sensors.pop(_bare(name), None) is not None:
            self._save()

    def _load(self) -> tuple[str, dict[str, dict[str, Any]]]:
        if self._path is None or not self._path.exists():
            return random_static_address(), {}
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            for keys in kept["sensors"].values():
                PairingKeys.from_dict(keys)
            return str(kept["own_address"]), dict(kept["sensors"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise LinkError(
                f"{self._path}: the keys of paired sensors cannot be read ({error}). Move the file away, switch the sensor "
                "off and on, and connect within a minute: they pair anew."
            ) from error

    def _save(self) -> None:
        if self._path is None:
            return
        write_whole(self._path, json.dumps({"own_address": self._own_address, "sensors": self._sensors}, indent=1))


def _bare(name: str) -> str:
    """Bumble writes the kind of a public address behind it."""
    return name.partition("/")[0].upper()

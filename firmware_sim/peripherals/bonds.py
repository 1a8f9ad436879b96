"""The hosts that a sensor is paired with, and when it takes another one (PROTOCOL.md, "Pairing")."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bumble.device import Device
from bumble.keys import JsonKeyStore, KeyStore, MemoryKeyStore
from bumble.pairing import PairingConfig, PairingDelegate
from bumble.smp import AuthReq, ErrorCode, Session, SMP_Pairing_Request_Command

PAIRS_FOR_NS = 60 * 1_000_000_000
"""After it was switched on, a sensor that knows a host takes another one for so long."""


class Bonds:
    """Kept over a loss of power, as a firmware keeps them in flash."""

    def __init__(self, clock: Callable[[], int], path: Path | None = None) -> None:
        """`path`: a file for bonds that outlive the program."""
        self._clock = clock
        self._switched_on_ns = clock()
        self.keys: KeyStore = MemoryKeyStore() if path is None else JsonKeyStore("sensor", str(path))
        self.refused = 0
        """Hosts that wanted to pair and may not."""

    def switched_on(self) -> None:
        """Power came just now."""
        self._switched_on_ns = self._clock()

    def of(self, device: Device) -> None:
        """Pair by these rules: LE Secure Connections with a bond, no screen and no keys to press."""
        device.keystore = self.keys
        device.smp_session_proxy = SecureConnectionsOnly
        device.pairing_config_factory = lambda _host: PairingConfig(
            sc=True, mitm=False, bonding=True, delegate=_Gatekeeper(self)
        )

    async def take_another(self) -> bool:
        """Whether nobody is known yet, or somebody has just switched it on. Counts those that are refused."""
        takes = not await self.keys.get_all() or self._clock() - self._switched_on_ns < PAIRS_FOR_NS
        self.refused += not takes
        return takes


class SecureConnectionsOnly(Session):
    """Pairing of the sensor's side: a host that offers only the old way, whose key anybody in reach can work out, is refused."""

    async def on_smp_pairing_request_command_async(self, command: SMP_Pairing_Request_Command) -> None:
        """The host wants to pair."""
        if not command.auth_req & AuthReq.SC:
            self.send_pairing_failed(ErrorCode.AUTHENTICATION_REQUIREMENTS)
            return
        await super().on_smp_pairing_request_command_async(command)


class _Gatekeeper(PairingDelegate):
    def __init__(self, bonds: Bonds) -> None:
        super().__init__(io_capability=PairingDelegate.NO_OUTPUT_NO_INPUT)
        self._bonds = bonds

    async def accept(self) -> bool:
        """Whether this host may pair now."""
        return await self._bonds.take_another()

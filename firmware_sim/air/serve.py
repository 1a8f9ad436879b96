"""The air as a server: every TCP connection to a radio port is one powered controller, speaking HCI (H4) with its host."""

from __future__ import annotations

import asyncio
import functools
import itertools
from dataclasses import dataclass
from typing import cast

from bumble.transport.common import StreamPacketSource

from firmware_sim.air.controller import AirController
from firmware_sim.air.link import Air
from firmware_sim.air.remote_control import converse

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where the air listens; 0 means any free port."""

    sensor_port: int = 0
    host_port: int = 0
    control_port: int = 0


class RadioPort(StreamPacketSource):
    """One TCP connection. Its controller is on while the connection lives: a host that is killed is a radio that is off."""

    def __init__(self, air: Air, name: str) -> None:
        super().__init__()
        self._air, self._name = air, name
        self._controller: AirController | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A host switched a controller on."""
        self._tcp = cast("asyncio.WriteTransport", transport)
        self._controller = AirController(self._name, self._air, host_source=self, host_sink=self)

    def on_packet(self, packet: bytes) -> None:
        """From the controller to the host."""
        if not self._tcp.is_closing():
            self._tcp.write(packet)

    def connection_lost(self, exc: Exception | None) -> None:
        """The host is gone."""
        if self._controller is not None:
            self._controller.power_off()


class AirServer:
    """Three listening sockets on the loopback interface."""

    def __init__(self, air: Air) -> None:
        self._air = air
        self._servers: list[asyncio.Server] = []
        self._numbers = itertools.count(1)

    async def start(self, ports: Ports) -> Ports:
        """Listen, and say where."""
        loop = asyncio.get_running_loop()
        sensor = await loop.create_server(functools.partial(self._radio, "sensor"), LOOPBACK, ports.sensor_port)
        host = await loop.create_server(functools.partial(self._radio, "host"), LOOPBACK, ports.host_port)
        control = await asyncio.start_server(functools.partial(converse, self._air), LOOPBACK, ports.control_port)
        self._servers = [sensor, host, control]
        return Ports(sensor_port=_port(sensor), host_port=_port(host), control_port=_port(control))

    def _radio(self, kind: str) -> RadioPort:
        return RadioPort(self._air, f"{kind}-{next(self._numbers)}")

    def close(self) -> None:
        """Stop listening."""
        for server in self._servers:
            server.close()


def _port(server: asyncio.Server) -> int:
    return int(server.sockets[0].getsockname()[1])

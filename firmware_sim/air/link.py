"""The air between controllers: who hears whose advertising, and which connection a packet belongs to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from bumble import hci, ll
from bumble.controller import Connection, Controller
from bumble.core import PhysicalTransport
from bumble.link import LocalLink

from firmware_sim.air.conditions import Conditions
from firmware_sim.air.connection import AirConnection, End

if TYPE_CHECKING:
    from firmware_sim.air.controller import AirController

Pair = frozenset[hci.Address]


def pair_of(connection: Connection) -> Pair:
    """What tells one connection on the air from the others: the two addresses."""
    return frozenset((connection.self_address, connection.peer_address))


class Air(LocalLink):
    """All controllers that could hear each other."""

    def __init__(self, conditions: Conditions | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.conditions = conditions or Conditions()
        self._connections: dict[Pair, AirConnection] = {}

    @property
    def connection_count(self) -> int:
        """Connections that at least one end believes in."""
        return len(self._connections)

    def set_in_range(self, in_range: bool, only: AirController | None = None) -> None:
        """Move the controllers out of each other's range, or back; or only one of them out of the others'."""
        if only is None:
            self.conditions.in_range = in_range
        else:
            only.in_range = in_range
        for connection in tuple(self._connections.values()):
            connection.range_changed()

    # --- advertising --------------------------------------------------------------------------------------------------
    def send_advertising_pdu(self, sender_controller: Controller, packet: ll.AdvertisingPdu) -> None:
        """An advertising packet reaches the others, unless it is lost."""
        in_range = cast("AirController", sender_controller).in_range
        if isinstance(packet, ll.ConnectInd) or (self.conditions.advertisement_crosses() and in_range):
            super().send_advertising_pdu(sender_controller, packet)

    def scan_response_of(self, address: hci.Address) -> bytes | None:
        """What this advertiser answers to a scan request, None where the answer is lost."""
        controller = self.find_le_controller(address)
        if controller is None or not self.conditions.advertisement_crosses():
            return None
        return controller.le_legacy_advertiser.scan_response_data

    # --- connections ----------------------------------------------------------------------------------------------------
    def begin_connection(
        self, controller: AirController, connection: Connection, *, interval_s: float, timeout_s: float
    ) -> None:
        """A central heard the advertiser it waited for."""
        pair = pair_of(connection)

        def forget() -> None:
            self._connections.pop(pair, None)

        self._connections[pair] = AirConnection(
            self.conditions, interval_s=interval_s, timeout_s=timeout_s, on_closed=forget
        )
        self._connections[pair].begin(End(controller=controller, connection=connection))

    def join_connection(self, controller: AirController, connection: Connection) -> None:
        """The advertiser heard the central."""
        found = self.find_connection(connection)
        if found is not None:
            found.join(End(controller=controller, connection=connection))

    def find_connection(self, connection: Connection) -> AirConnection | None:
        """The connection on the air that a controller's record speaks of."""
        return self._connections.get(pair_of(connection))

    def leave_connection(self, controller: AirController, connection: Connection) -> None:
        """One end is gone."""
        found = self.find_connection(connection)
        if found is not None:
            found.leave(controller)

    # --- packets on connections --------------------------------------------------------------------------------------------
    def send_ll_control_pdu(
        self, sender_address: hci.Address, receiver_address: hci.Address, packet: ll.ControlPdu
    ) -> None:
        """A control packet reaches the other end if that is there and in range."""
        connection = self._connections.get(frozenset((sender_address, receiver_address)))
        if connection is None or not connection.in_range:
            return
        for end in connection.ends():
            if end.connection.self_address == receiver_address:
                asyncio.get_running_loop().call_soon(end.controller.on_ll_control_pdu, sender_address, packet)

    def send_acl_data(
        self,
        sender_controller: Controller,
        destination_address: hci.Address,
        transport: PhysicalTransport,
        data: bytes,
    ) -> None:
        """A whole PDU of a host waits for the next connection events."""
        controller = cast("AirController", sender_controller)
        record = controller.le_connections.get(destination_address)
        connection = self.find_connection(record) if record is not None else None
        if record is not None and connection is not None and transport == PhysicalTransport.LE:
            connection.send(controller, data, controller.take_host_packets(record))

"""A Bluetooth controller on the virtual air: bumble's, with the parts put right that a real sensor and a real host rely on."""

from __future__ import annotations

from collections import Counter

from bumble import hci, ll
from bumble.controller import Connection, Controller
from bumble.core import PhysicalTransport
from bumble.transport.common import TransportSink, TransportSource

from firmware_sim.air.advertiser import AirAdvertiser
from firmware_sim.air.link import Air

LONG_PACKET_OCTETS = 251
INTERVAL_UNIT_S = 0.00125
TIMEOUT_UNIT_S = 0.010
ACTIVE_SCAN = 1
UNSUPPORTED = hci.LeFeatureMask.LL_PRIVACY | hci.LeFeatureMask.LE_EXTENDED_ADVERTISING
"""Legacy advertising only: the host then uses the commands whose behaviour is modelled here."""

Report = hci.HCI_LE_Advertising_Report_Event.Report
ReportType = hci.HCI_LE_Advertising_Report_Event.EventType


class AirController(Controller):
    """One powered radio. Where it overrides the stock controller, the docstring says what was missing there."""

    le_acl_data_packet_length = LONG_PACKET_OCTETS
    total_num_le_acl_data_packets = 8
    """Few, as on a small sensor, so that a host feels when the air is slow."""
    supported_max_tx_octets = LONG_PACKET_OCTETS
    supported_max_rx_octets = LONG_PACKET_OCTETS

    def __init__(
        self, name: str, air: Air, host_source: TransportSource | None = None, host_sink: TransportSink | None = None
    ) -> None:
        super().__init__(name, host_source=host_source, host_sink=host_sink, link=air)
        self._air = air
        self._host_packets: Counter[int] = Counter()
        self.in_range = True
        """Of the others; `Air.set_in_range` changes it."""
        self.le_features &= ~UNSUPPORTED
        self.le_legacy_advertiser = AirAdvertiser(self, seed=len(air.controllers))

    # --- power --------------------------------------------------------------------------------------------------------
    def power_off(self) -> None:
        """The radio falls silent: nobody is told, peers find out by themselves."""
        self._forget_everything()
        self.hci_sink = None
        self._air.controllers.discard(self)

    def close(self) -> None:
        """As power_off; what closing a transport made of this controller does."""
        self.power_off()

    def on_hci_reset_command(self, _command: hci.HCI_Reset_Command) -> hci.HCI_StatusReturnParameters:
        """Stock: advertising, scanning and connections survive a reset."""
        self._forget_everything()
        return super().on_hci_reset_command(_command)

    def _forget_everything(self) -> None:
        self.le_legacy_advertiser.stop()
        self.le_scan_enable = False
        self.pending_le_connection = None
        for connection in tuple(self.le_connections.values()):
            self._air.leave_connection(self, connection)
        self.le_connections.clear()
        self._host_packets.clear()

    # --- scanning --------------------------------------------------------------------------------------------------------
    def on_advertising_pdu(self, pdu: ll.AdvInd | ll.AdvExtInd) -> None:
        """Stock: the scan response repeats the advertising data, so a name that stands only there is never seen."""
        address = pdu.advertiser_address
        if self.le_scan_enable:
            self._report(ReportType.ADV_IND, address, pdu.data)
            if self.le_scan_type == ACTIVE_SCAN and (answer := self._air.scan_response_of(address)) is not None:
                self._report(ReportType.SCAN_RSP, address, answer)
        if self.pending_le_connection is not None and self.pending_le_connection.peer_address == address:
            self.create_le_connection(address)

    def _report(self, kind: ReportType, address: hci.Address, data: bytes) -> None:
        report = Report(
            event_type=kind,
            address_type=address.address_type,
            address=address,
            data=data,
            rssi=self._air.conditions.rssi_dbm,
        )
        self.send_hci_packet(hci.HCI_LE_Advertising_Report_Event([report]))

    def on_hci_read_rssi_command(self, command: hci.HCI_Read_RSSI_Command) -> hci.HCI_Read_RSSI_ReturnParameters:
        """Stock: listed as supported, not implemented."""
        return hci.HCI_Read_RSSI_ReturnParameters(
            status=hci.HCI_ErrorCode.SUCCESS, handle=command.handle, rssi=self._air.conditions.rssi_dbm
        )

    # --- connecting --------------------------------------------------------------------------------------------------------
    def on_hci_le_create_connection_cancel_command(
        self, _command: hci.HCI_LE_Create_Connection_Cancel_Command
    ) -> hci.HCI_StatusReturnParameters:
        """Stock: the attempt stays pending for ever, and every later one is refused."""
        pending, self.pending_le_connection = self.pending_le_connection, None
        if pending is None:
            return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.COMMAND_DISALLOWED_ERROR)
        self.send_hci_packet(
            hci.HCI_LE_Connection_Complete_Event(
                status=hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR,
                connection_handle=0,
                role=hci.Role.CENTRAL,
                peer_address_type=pending.peer_address_type,
                peer_address=pending.peer_address,
                connection_interval=0,
                peripheral_latency=0,
                supervision_timeout=0,
                central_clock_accuracy=0,
            )
        )
        return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)

    def create_le_connection(self, peer_address: hci.Address) -> None:
        """Stock: the connection has no events, no interval and no end."""
        pending = self.pending_le_connection
        super().create_le_connection(peer_address)
        if self.pending_le_connection is None and isinstance(pending, hci.HCI_LE_Create_Connection_Command):
            self._air.begin_connection(
                self,
                self.le_connections[peer_address],
                interval_s=pending.connection_interval_min * INTERVAL_UNIT_S,
                timeout_s=pending.supervision_timeout * TIMEOUT_UNIT_S,
            )

    def on_le_connect_ind(self, packet: ll.ConnectInd) -> None:
        """Stock: the peripheral is always told 12.5 ms and 100 ms, whatever was agreed."""
        advertiser = self.le_legacy_advertiser
        if not advertiser.enabled or advertiser.address != packet.advertiser_address:
            return
        advertiser.stop()
        connection = self._accept(packet)
        self.send_hci_packet(
            hci.HCI_LE_Connection_Complete_Event(
                status=hci.HCI_ErrorCode.SUCCESS,
                connection_handle=connection.handle,
                role=connection.role,
                peer_address_type=packet.initiator_address.address_type,
                peer_address=packet.initiator_address,
                connection_interval=packet.interval,
                peripheral_latency=packet.latency,
                supervision_timeout=packet.timeout,
                central_clock_accuracy=0,
            )
        )

    def _accept(self, packet: ll.ConnectInd) -> Connection:
        connection = Connection(
            controller=self,
            handle=self.allocate_connection_handle(),
            role=hci.Role.PERIPHERAL,
            self_address=packet.advertiser_address,
            peer_address=packet.initiator_address,
            link=self._air,
            transport=PhysicalTransport.LE,
            link_type=hci.HCI_Connection_Complete_Event.LinkType.ACL,
        )
        self.le_connections[packet.initiator_address] = connection
        self._air.join_connection(self, connection)
        return connection

    def on_le_disconnected(self, connection: Connection, reason: int) -> None:
        """Stock: fails when the connection is already gone."""
        self._air.leave_connection(self, connection)
        self._host_packets.pop(connection.handle, None)
        if self.le_connections.get(connection.peer_address) is connection:
            super().on_le_disconnected(connection, reason)

    # --- connection parameters -------------------------------------------------------------------------------------------
    def on_hci_le_connection_update_command(self, command: hci.HCI_LE_Connection_Update_Command) -> None:
        """Stock: both hosts are told, but nothing changes."""
        super().on_hci_le_connection_update_command(command)
        record = self.find_le_connection_by_handle(command.connection_handle)
        connection = self._air.find_connection(record) if record is not None else None
        if connection is not None:
            connection.retime(
                interval_s=command.connection_interval_max * INTERVAL_UNIT_S,
                timeout_s=command.supervision_timeout * TIMEOUT_UNIT_S,
            )

    def on_hci_le_set_data_length_command(
        self, command: hci.HCI_LE_Set_Data_Length_Command
    ) -> hci.HCI_StatusAndConnectionHandleReturnParameters:
        """Stock: listed as supported, answered as unknown."""
        record = self.find_le_connection_by_handle(command.connection_handle)
        connection = self._air.find_connection(record) if record is not None else None
        if connection is None:
            status = hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR
            return hci.HCI_StatusAndConnectionHandleReturnParameters(status, command.connection_handle)
        connection.lengthen_packets(command.tx_octets)
        for end in connection.ends():
            end.controller.report_data_length(end.connection, command.tx_octets, command.tx_time)
        return hci.HCI_StatusAndConnectionHandleReturnParameters(hci.HCI_ErrorCode.SUCCESS, command.connection_handle)

    def report_data_length(self, connection: Connection, octets: int, time_us: int) -> None:
        """Tell the host how long link layer packets are from now on."""
        self.send_hci_packet(
            hci.HCI_LE_Data_Length_Change_Event(
                connection_handle=connection.handle,
                max_tx_octets=octets,
                max_tx_time=time_us,
                max_rx_octets=octets,
                max_rx_time=time_us,
            )
        )

    # --- data --------------------------------------------------------------------------------------------------------------
    def on_hci_acl_data_packet(self, packet: hci.HCI_AclDataPacket) -> None:
        """Stock: the buffer is given back at once, so a host never feels that the air is slow."""
        connection = self.find_connection_by_handle(packet.connection_handle)
        if connection is not None:
            self._host_packets[connection.handle] += 1
            connection.assembler.feed_packet(packet)

    def take_host_packets(self, connection: Connection) -> int:
        """How many HCI packets the PDU came in that was just put together."""
        return self._host_packets.pop(connection.handle, 0)

    def give_back_buffers(self, connection: Connection, packets: int) -> None:
        """The PDU that came in so many HCI packets has crossed: its buffers are free again."""
        self.send_hci_packet(
            hci.HCI_Number_Of_Completed_Packets_Event(
                connection_handles=[connection.handle], num_completed_packets=[packets]
            )
        )

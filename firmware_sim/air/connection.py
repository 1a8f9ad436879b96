"""One connection over the air: two ends that meet at connection events, send again what was lost, and time out."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bumble import hci
from bumble.controller import Connection
from bumble.core import PhysicalTransport

from firmware_sim.air.conditions import Conditions

if TYPE_CHECKING:
    from firmware_sim.air.controller import AirController

PACKETS_PER_EVENT = 6
"""Link layer packets an end may send in one connection event; what common operating systems allow."""
SHORT_PACKET_OCTETS = 27
"""Payload of a link layer packet until both ends agree on longer ones (Core 6.0, Vol 6, Part B, 4.5.10)."""
INTERVALS_TO_ESTABLISH = 6
"""A connection fails when the first six events pass unanswered (Core 6.0, Vol 6, Part B, 4.5.2)."""

ROUNDING = 1e-6
"""Of an interval: an event that is now has passed, whatever the last digit of the clock says, or it would come for ever."""


@dataclass(slots=True, kw_only=True)
class _Crossing:
    """A PDU on its way: it is whole when its last link layer packet was heard."""

    pdu: bytes
    packets_left: int
    host_packets: int
    """HCI packets it came in; the host gets these buffers back when it has crossed."""


@dataclass(slots=True, kw_only=True, eq=False)
class End:
    """One end of a connection: a controller, its record of the connection, and what waits to be sent."""

    controller: AirController
    connection: Connection
    waiting: deque[_Crossing] = field(default_factory=deque)


class AirConnection:
    """Connection events of one connection, at its interval, for as long as either end believes in it."""

    def __init__(
        self, conditions: Conditions, *, interval_s: float, timeout_s: float, on_closed: Callable[[], None]
    ) -> None:
        self._conditions = conditions
        self._on_closed = on_closed
        self._loop = asyncio.get_running_loop()
        self._anchor_s = self._loop.time()
        self._interval_s = interval_s
        self._timeout_s = timeout_s
        self._packet_octets = SHORT_PACKET_OCTETS
        self._ends: list[End] = []
        self._next_event: asyncio.TimerHandle | None = None
        self._supervision: asyncio.TimerHandle | None = None

    # --- ends ---------------------------------------------------------------------------------------------------
    def begin(self, central: End) -> None:
        """The central called; unless the peripheral answers soon the connection fails."""
        self._ends.append(central)
        self._supervise(
            INTERVALS_TO_ESTABLISH * self._interval_s, hci.HCI_ErrorCode.CONNECTION_FAILED_TO_BE_ESTABLISHED_ERROR
        )

    def join(self, peripheral: End) -> None:
        """The peripheral answered."""
        self._ends.append(peripheral)
        self.range_changed()

    def leave(self, controller: AirController) -> None:
        """This end is gone without a word on the air; the other one waits for its supervision timeout."""
        self._ends = [end for end in self._ends if end.controller is not controller]
        if not self._ends:
            self._close()
        else:
            self.range_changed()

    def other(self, controller: AirController) -> End | None:
        """The end at the other side, if it is still there."""
        return next((end for end in self._ends if end.controller is not controller), None)

    def ends(self) -> Iterator[End]:
        """The ends that are still there."""
        yield from tuple(self._ends)

    # --- parameters -----------------------------------------------------------------------------------------------
    def retime(self, *, interval_s: float, timeout_s: float) -> None:
        """Both ends agreed on another interval and supervision timeout."""
        self._interval_s, self._timeout_s = interval_s, timeout_s
        self._anchor_s = self._loop.time()
        self._reschedule()

    def lengthen_packets(self, octets: int) -> None:
        """Both ends agreed on another length of link layer packets."""
        self._packet_octets = octets

    # --- range and supervision --------------------------------------------------------------------------------------
    @property
    def in_range(self) -> bool:
        """Whether the ends could hear each other."""
        return self._conditions.in_range and all(end.controller.in_range for end in self._ends)

    def range_changed(self) -> None:
        """Look again whether the two ends hear each other."""
        if self.in_range and len(self._ends) == 2:
            self._cancel_supervision()
            self._reschedule()
        elif self._supervision is None:
            self._supervise(self._timeout_s, hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR)

    def _supervise(self, after_s: float, reason: hci.HCI_ErrorCode) -> None:
        self._supervision = self._loop.call_later(after_s, self._timed_out, reason)

    def _cancel_supervision(self) -> None:
        if self._supervision is not None:
            self._supervision.cancel()
            self._supervision = None

    def _timed_out(self, reason: hci.HCI_ErrorCode) -> None:
        for end in self.ends():
            end.controller.on_le_disconnected(end.connection, reason)

    def _close(self) -> None:
        self._cancel_supervision()
        if self._next_event is not None:
            self._next_event.cancel()
        self._on_closed()

    # --- data --------------------------------------------------------------------------------------------------------
    def send(self, controller: AirController, pdu: bytes, host_packets: int) -> None:
        """Hand over a PDU; it crosses at the next connection events."""
        end = next((end for end in self._ends if end.controller is controller), None)
        if end is None:
            return
        packets = max(1, math.ceil(len(pdu) / self._packet_octets))
        end.waiting.append(_Crossing(pdu=pdu, packets_left=packets, host_packets=host_packets))
        self._schedule()

    def _reschedule(self) -> None:
        if self._next_event is not None:
            self._next_event.cancel()
            self._next_event = None
        self._schedule()

    def _schedule(self) -> None:
        """Wake up at the next connection event, if anything waits for one."""
        if self._next_event is None and any(end.waiting for end in self._ends):
            passed = math.floor((self._loop.time() - self._anchor_s) / self._interval_s + ROUNDING)
            self._next_event = self._loop.call_at(self._anchor_s + (passed + 1) * self._interval_s, self._event)

    def _event(self) -> None:
        self._next_event = None
        if not self.in_range:
            return
        for end in self.ends():
            receiver = self.other(end.controller)
            if receiver is not None:
                self._transmit(end, receiver)
        self._schedule()

    def _transmit(self, sender: End, receiver: End) -> None:
        """Send what one event has time for; the first loss ends it, and the packet is sent again in the next event."""
        for _ in range(PACKETS_PER_EVENT):
            if not sender.waiting or not self._conditions.packet_crosses():
                return
            crossing = sender.waiting[0]
            crossing.packets_left -= 1
            if crossing.packets_left == 0:
                sender.waiting.popleft()
                self._deliver(crossing, sender, receiver)

    def _deliver(self, crossing: _Crossing, sender: End, receiver: End) -> None:
        self._conditions.stats.pdus_delivered += 1
        receiver.controller.on_link_acl_data(sender.connection.self_address, PhysicalTransport.LE, crossing.pdu)
        sender.controller.give_back_buffers(sender.connection, crossing.host_packets)

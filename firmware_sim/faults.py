"""What can go wrong with a sensor, arranged beforehand: it restarts, falls silent, or loses what it sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from firmware_sim.ports import FirmwareInput, FirmwareOutput, Outgoing, WholeFirmware

FaultKind = Literal["reboot", "silent", "drop"]
KINDS: tuple[FaultKind, ...] = ("reboot", "silent", "drop")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault from `at_s` after power-on. reboot is an instant; silent and drop last `seconds`.

    reboot: the sensor restarts and its link is gone; done by whoever owns the radio (`reboots_s` says when).
    silent: no data packet leaves the sensor, the link stays up. drop: each data packet is lost with chance `share`, as
    when the host's Bluetooth stack cannot keep up; the packet counter goes on, so the host can see it.
    """

    kind: FaultKind
    at_s: float
    seconds: float = float("inf")
    share: float = 0.1


def fault_from_text(text: str) -> Fault:
    """A fault from the command line: reboot@20, silent@30+5 (for 5 s), drop@10:0.2 (a fifth of the packets).

    Raises:
        ValueError: it cannot be read; the message says how one looks.
    """
    how = "write reboot@20, silent@30+5 or drop@10:0.2"
    name, at, rest = text.partition("@")
    kind = next((kind for kind in KINDS if kind == name), None)
    if kind is None or not at:
        raise ValueError(f"the fault {text!r} cannot be read; {how}")
    try:
        rest, _, share = rest.partition(":")
        start, _, seconds = rest.partition("+")
        return Fault(kind=kind, at_s=float(start), seconds=float(seconds or "inf"), share=float(share or "0.1"))
    except ValueError as error:
        raise ValueError(f"the fault {text!r} cannot be read ({error}); {how}") from error


def reboots_s(faults: Sequence[Fault]) -> tuple[float, ...]:
    """When the sensor restarts, in order."""
    return tuple(sorted(fault.at_s for fault in faults if fault.kind == "reboot"))


class FaultyFirmware:
    """A firmware that falls silent or loses packets as arranged; to its radio it looks like any other."""

    def __init__(self, firmware: WholeFirmware, faults: Sequence[Fault], *, seed: int = 0) -> None:
        self._firmware = firmware
        self._random = np.random.default_rng([seed, 0xFA])
        self._start_ns: int | None = None
        self._silences = [fault for fault in faults if fault.kind == "silent"]
        self._losses = [fault for fault in faults if fault.kind == "drop"]
        self.swallowed_packets = 0

    def read(self, channel: str) -> bytes:
        """As the firmware's."""
        return self._firmware.read(channel)

    def tally(self) -> Mapping[str, int]:
        """As the firmware's."""
        return self._firmware.tally()

    def reboot(self, now_ns: int) -> None:
        """As the firmware's."""
        self._firmware.reboot(now_ns)

    def update(self, now_ns: int, inputs: Sequence[FirmwareInput]) -> FirmwareOutput:
        """As the firmware's, less what the faults take."""
        if self._start_ns is None:
            self._start_ns = now_ns
        since_s = (now_ns - self._start_ns) / 1e9
        output = self._firmware.update(now_ns, inputs)
        kept = tuple(message for message in output.send if not self._takes(message, since_s))
        return replace(output, send=kept)

    def _takes(self, message: Outgoing, since_s: float) -> bool:
        if message.channel != "data":
            return False
        lost = any(_runs(fault, since_s) for fault in self._silences) or any(
            _runs(fault, since_s) and self._random.random() < fault.share for fault in self._losses
        )
        self.swallowed_packets += lost
        return lost


def _runs(fault: Fault, since_s: float) -> bool:
    return fault.at_s <= since_s < fault.at_s + fault.seconds

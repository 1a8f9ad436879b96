"""What stands between a person and Bluetooth, and what to do about it, in plain words."""

from __future__ import annotations

import sys

from bleak.exc import BleakBluetoothNotAvailableError, BleakError
from bleak.exc import BleakBluetoothNotAvailableReason as Reason

from hipmonitor.core.errors import LinkError

PERMISSION_STEPS = {
    "darwin": "System Settings, Privacy & Security, Bluetooth: switch on the program from which hipmonitor was started.",
    "win32": "Settings, Bluetooth & devices: switch Bluetooth on, and allow desktop programs to use it.",
}
ON_LINUX = "Your user must be in the group bluetooth: sudo usermod -aG bluetooth $USER, then log in again."
NOT_ALLOWED = f"Bluetooth is not allowed for this program. {PERMISSION_STEPS.get(sys.platform, ON_LINUX)}"
REMEDIES: dict[Reason, str] = {
    Reason.NO_BLUETOOTH: "This computer has no Bluetooth. Plug in a Bluetooth adapter (4.2 or later).",
    Reason.NO_BLE_CENTRAL_ROLE: "This Bluetooth adapter cannot talk to sensors. Use one with Bluetooth Low Energy (4.2 or later).",
    Reason.POWERED_OFF: "Bluetooth is off. Turn it on in the system's settings.",
    Reason.DENIED_BY_USER: NOT_ALLOWED,
    Reason.DENIED_BY_SYSTEM: "The system's rules do not allow Bluetooth here. Ask whoever looks after this computer.",
    Reason.DENIED_BY_UNKNOWN: NOT_ALLOWED,
    Reason.UNKNOWN: "Bluetooth cannot be used right now. Turn it off and on again.",
}


LINK_TROUBLE = (BleakError, TimeoutError, OSError, EOFError)
"""What bleak's backends raise when a link or the system's Bluetooth service fails; worth another try."""
NO_SERVICE = (
    "This system's Bluetooth service cannot be reached. Check that this computer has Bluetooth and that the service runs "
    "(on Linux: bluetoothd)."
)


def explain(error: Exception) -> LinkError:
    """The same trouble as a LinkError that a person can act on."""
    if isinstance(error, LinkError):
        return error
    if isinstance(error, BleakBluetoothNotAvailableError):
        return LinkError(REMEDIES.get(error.reason, REMEDIES[Reason.UNKNOWN]))
    if isinstance(error, OSError):
        return LinkError(f"{NO_SERVICE} ({error})")
    return LinkError(f"Bluetooth cannot be used: {error}. Turn Bluetooth off and on again.")

"""What can go wrong between two that should know each other."""

from __future__ import annotations

from bleak.exc import BleakError


class BondRefused(BleakError):  # noqa: N818 - a state between host and sensor, tried again like a lost link
    """The link cannot be encrypted with the key of a bond; says why, and what to do."""

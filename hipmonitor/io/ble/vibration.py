"""Patterns of a sensor's vibration motor."""

from __future__ import annotations

from enum import IntEnum


class Vibration(IntEnum):
    """Patterns of the vibration motor."""

    SHORT = 1
    LONG = 2
    DOUBLE = 3

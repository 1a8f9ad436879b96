"""The virtual air: Bluetooth controllers without a radio, that meet at connection events, lose packets and go out of range."""

from firmware_sim.air.conditions import Conditions
from firmware_sim.air.controller import AirController
from firmware_sim.air.link import Air

__all__ = ["Air", "AirController", "Conditions"]

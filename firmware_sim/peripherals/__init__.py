"""The GATT faces of simulated sensors, on any Bluetooth controller: the virtual air's or a real dongle's."""

from firmware_sim.peripherals.firmware import Firmware
from firmware_sim.peripherals.hip import ConnectionWish, HipPeripheral, PeripheralFaults, run_peripheral
from firmware_sim.peripherals.host_time import steady_time

__all__ = ["ConnectionWish", "Firmware", "HipPeripheral", "PeripheralFaults", "run_peripheral", "steady_time"]

"""A sensor as a process of its own: the real simulated firmware, with samples that tell their index. Run by a journey."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

import numpy as np

from firmware_sim.device import Counts6, HipDevice, StreamShape
from firmware_sim.peripherals import HIP_FACE, steady_time
from firmware_sim.peripherals.bonds import Bonds
from firmware_sim.peripherals.on_radio import run_peripheral


class IndexSource:
    """Sample k is (k & 0x7FFF, 0, 0, 0, 0, 0)."""

    def begin(self, shape: StreamShape) -> None:
        """Every stream is alike."""

    def samples(self, first_index: int, count: int) -> Counts6:
        """Samples [first_index, first_index + count)."""
        counts = np.zeros((count, 6), np.int16)
        counts[:, 0] = np.arange(first_index, first_index + count) & 0x7FFF
        return counts


def main() -> None:
    """Until the radio is gone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--transport", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--bonds", type=Path, required=True)
    given = parser.parse_args()
    device = HipDevice(IndexSource(), seed=given.seed)
    name, address = "HIP-1", "C4:11:22:33:44:55"
    clock = steady_time()
    bonds = Bonds(clock, given.bonds)
    sensor = run_peripheral(given.transport, device, HIP_FACE, name=name, address=address, clock=clock, bonds=bonds)
    asyncio.run(sensor)


if __name__ == "__main__":
    main()

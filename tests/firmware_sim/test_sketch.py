"""The sketch for an nRF52840 board: it calls its core and libraries as they are declared, and says what it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.firmware_sim.c_programs import CXX_COMPILER, SOURCES, run_compiler

SKETCH = SOURCES / "hip_sensor.ino"
STUBS = Path(__file__).parent / "arduino_stubs"
AS_THE_CORE_COMPILES = ("-std=gnu++11", "-fno-rtti", "-fno-exceptions", "-fno-threadsafe-statics")
RAM_BYTES = 237_568
"""What the core's board file allows a sketch on this board (upload.maximum_data_size)."""
LEFT_FOR_OTHERS_BYTES = 60_000


def number(name: str) -> int:
    found = re.search(rf"\b{name} = (\d+)", SKETCH.read_text(encoding="utf-8"))
    assert found
    return int(found.group(1))


@pytest.mark.skipif(not CXX_COMPILER, reason="no C++ compiler was found: c++, g++ or clang++")
def test_it_compiles_against_the_signatures_of_its_core_and_libraries() -> None:
    paths = (f"-I{STUBS}", f"-I{SOURCES}")
    warnings = ("-Wall", "-Wextra", "-Werror")
    run_compiler(CXX_COMPILER, *AS_THE_CORE_COMPILES, *warnings, *paths, "-fsyntax-only", "-x", "c++", str(SKETCH))


def test_it_says_that_it_was_not_run_on_hardware_here() -> None:
    assert "NOT RUN ON HARDWARE HERE" in SKETCH.read_text(encoding="utf-8").partition("*/")[0]


def test_its_memories_leave_room_for_radio_and_tasks() -> None:
    full, slow = 16 * number("RING_SAMPLES"), 12 * number("SLOW_RING_SAMPLES")
    assert full + slow <= RAM_BYTES - LEFT_FOR_OTHERS_BYTES


def test_its_ranges_are_those_of_the_imus_counts() -> None:
    """LSM6DS3TR-C: 0.244 mg and 35 mdps a count at ±8 g and ±1000 °/s; a count is range / 32768 in the protocol."""
    assert number("ACC_RANGE_G") / 32_768 == pytest.approx(0.244e-3, rel=2e-3)
    assert number("GYR_RANGE_DPS") / 32_768 == pytest.approx(35e-3, rel=2e-4)

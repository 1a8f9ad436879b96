"""All rows, in the order in which they are told."""

from __future__ import annotations

import tempfile
import time
import traceback
from functools import partial
from pathlib import Path
from typing import Final

from tests.benchmarks.faults import damaged, disks, fuzz, kept, killed, links, on_air, power_cut, soak, times
from tests.benchmarks.faults.row import Fault, Row

SHORT: Final = {"table .csv": 200, "ActiGraph .gt3x": 200, "recording .mcap": 400, "decoder capture2go": 400}
"""Of fuzzed inputs, where one takes a hundredth of a second."""
MATRIX: Final = (
    Fault(name="killed", run=killed.killed, long=100, short=3),
    Fault(name="power_cut", run=power_cut.power_cut, long=1000, short=20),
    Fault(name="disk_full", run=disks.disk_full, long=5, short=1),
    Fault(name="disk_refuses", run=disks.disk_refuses, long=5, short=1),
    Fault(name="read_only", run=disks.read_only, long=5, short=1),
    Fault(name="read_only_from_the_start", run=disks.read_only_from_the_start, long=5, short=1),
    Fault(name="vanished", run=disks.vanished, long=5, short=1),
    Fault(name="set_back", run=disks.set_back, long=20, short=2),
    Fault(name="two_monitors", run=disks.two_monitors, long=20, short=2),
    Fault(name="flipped_bit", run=damaged.flipped_bit, long=2000, short=40),
    Fault(name="truncated", run=damaged.truncated, long=600, short=1),
    Fault(name="history_spoilt", run=kept.history_spoilt, long=2000, short=60),
    Fault(name="migration_killed", run=kept.migration_killed, long=9, short=1),
    Fault(name="history_newer", run=kept.history_newer, long=3, short=1),
    Fault(name="settings_edited", run=kept.settings_edited, long=20_000, short=200),
    *(
        Fault(
            name=f"fuzz_{name.replace('.', '').replace(' ', '_')}",
            run=partial(fuzz.fuzz, name),
            long=1_000_000,
            short=SHORT.get(name, 1000),
        )
        for name in fuzz.NAMES
    ),
    Fault(name="suspend", run=times.suspend, long=10, short=1),
    Fault(name="clock_steps", run=times.clock_steps, long=12, short=1),
    Fault(name="summer_time", run=times.summer_time, long=6, short=1),
    Fault(name="midnight", run=times.midnight, long=6, short=1),
    Fault(name="device_clock", run=times.device_clock, long=10, short=2),
    Fault(name="away_6_s", run=links.away_6_s, long=5, short=1),
    Fault(name="away_60_s", run=links.away_60_s, long=5, short=1),
    Fault(name="away_105_min", run=links.away_105_min, long=1, short=0),
    Fault(name="away_10_h", run=links.away_10_h, long=1, short=0),
    Fault(name="beyond_a_short_memory", run=links.beyond_a_short_memory, long=3, short=1),
    *(
        Fault(name=trouble.__name__, run=partial(on_air.on_air, trouble), long=20, short=1)
        for trouble in on_air.TROUBLES
    ),
    Fault(name="soak", run=soak.soak, long=24, short=0),
)


def made(name: str, times: int) -> tuple[Row, float]:
    """A row made so many times, and the seconds it took; what ends it otherwise is a miss, and the others go on."""
    fault = next(fault for fault in MATRIX if fault.name == name)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            row = fault.run(times, Path(folder))
        except Exception:  # noqa: BLE001 - told in the table
            row = Row(fault=name, times=times, lost="", recovered="", bar="", wrong=(traceback.format_exc(),))
    return row, time.monotonic() - began

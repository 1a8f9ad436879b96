"""OpenSim's storage files (`.sto`, `.mot`): a header, a line of labels, and rows separated by tabs, the time first.

Format: OpenSim documentation, "Storage (.sto) Files" and "Motion (.mot) Files".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from hipmonitor.core.arrays import Floats, Singles
from hipmonitor.io.export.table import Table

ROWS_AT_ONCE = 20_000


def write_storage(path: Path, first_line: str, header: Mapping[str, object], table: Table) -> None:
    """Numbers; the first column is the time in seconds, under the label OpenSim wants."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{first_line}\n" if first_line else "")
        file.writelines(f"{key}={value}\n" for key, value in header.items())
        file.write("endheader\n")
        labels = ["time", *(column.name for column in table.columns[1:])]
        file.write("\t".join(labels) + "\n")
        shape = "\t".join(f"%.{column.decimals}f" for column in table.columns) + "\n"
        for start in range(0, len(table), ROWS_AT_ONCE):
            some = slice(start, start + ROWS_AT_ONCE)
            rows = zip(*(column.values[some].tolist() for column in table.columns), strict=True)
            file.writelines(shape % row for row in rows)


def write_quaternions(path: Path, header: Mapping[str, object], time_s: Floats, sensors: Mapping[str, Singles]) -> None:
    """Orientations as OpenSense reads them: one column a sensor, w,x,y,z in each cell."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{key}={value}\n" for key, value in header.items())
        file.write("endheader\n")
        file.write("\t".join(["time", *sensors]) + "\n")
        for start in range(0, len(time_s), ROWS_AT_ONCE):
            some = slice(start, start + ROWS_AT_ONCE)
            file.writelines(_rows(time_s[some], [np.asarray(quaternions[some]) for quaternions in sensors.values()]))


def _rows(time_s: Floats, sensors: list[Singles]) -> Iterable[str]:
    cells = zip(*(quaternions.tolist() for quaternions in sensors), strict=True)
    for time, row in zip(time_s.tolist(), cells, strict=True):
        yield "\t".join([f"{time:.6f}", *(",".join(f"{part:.6f}" for part in cell) for cell in row)]) + "\n"

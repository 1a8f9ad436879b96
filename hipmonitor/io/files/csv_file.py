"""Tables of text (.csv, .tsv, .txt) as samples of one sensor, with named columns or a preset that is found by itself.

file = CsvFile(Path("Inertial.csv"))
file.columns.name                      # x-imu3
for chunk in file.chunks():
    chunk.t_ns, chunk.acc_mps2, chunk.gyr_radps
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Vec3s
from hipmonitor.core.errors import RecordingError
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.files.beside import Beside
from hipmonitor.io.files.columns import RATES_HZ, Column, Columns, Vector
from hipmonitor.io.files.presets import PRESETS
from hipmonitor.io.files.sample_file import FileClock, SampleChunk, in_short, looks_like
from hipmonitor.io.files.text_lines import HEADER_WITHIN, TableHead, find_head, line_blocks, named_columns
from hipmonitor.io.files.text_order import TableRows, TextDamage
from hipmonitor.io.files.text_table import TextTable
from hipmonitor.io.files.text_times import beginning
from hipmonitor.io.files.turned import Turning, specific_force, unit_quaternions

WITHIN_ROWS = 2000
"""Rows from which the rate is told."""


class CsvFile:
    """A table of text."""

    def __init__(self, path: Path, columns: Columns | None = None) -> None:
        """Look at its first lines. `columns`: what it holds; None = one of the presets, by its header line.

        Raises:
            RecordingError: no such table, or not these columns; names what was found and what was expected.
        """
        self.path = path
        named, head = _recognised(path, columns)
        self.columns = _with_what_is_there(path, named)
        wanted = self.columns.needed()[0 if self.columns.time is None else 1 :]
        self._beginning = beginning(self.columns, path)
        self._table = TextTable(path=path, columns=self.columns, head=head, wanted=wanted)
        self.rate_hz = self.columns.rate_hz or self._told_rate_hz()
        self._beside()  # refuses what is not there before anything is read

    @property
    def clock(self) -> FileClock:
        """As the columns say; where no date is found it counts from its own start."""
        time = self.columns.time
        if time is None:
            return FileClock.OWN
        if time.unit == "text" or self._table.as_text:
            return FileClock.UTC if time.clock == "utc" else FileClock.WALL
        undated = bool(self.columns.begins_with) and self._beginning.at_ns is None
        return FileClock.OWN if undated else FileClock(time.clock)

    @property
    def utc_offset_s(self) -> int | None:
        """Of the wearer's local time, where a line above the table says it."""
        return self._beginning.utc_offset_s

    @property
    def damage(self) -> TextDamage:
        """Complete after all chunks were read."""
        return self._table.damage

    def chunks(self) -> Iterator[SampleChunk]:
        """All samples, from the file's beginning.

        Raises:
            RecordingError: nothing in it can be used.
        """
        turning, beside = Turning(rate_hz=self.rate_hz), self._beside()
        for rows in self._table.rows():
            yield self._turned(rows, turning) if self.columns.acc is None else self._measured(rows, beside)

    def _measured(self, rows: TableRows, beside: dict[str, Beside]) -> SampleChunk:
        acc, gyr, gravity = (self._vector(rows, beside, name) for name in ("acc", "gyr", "gravity"))
        assert acc is not None  # noqa: S101 - what `chunks` asked
        return SampleChunk(
            t_ns=rows.t_ns, acc_mps2=acc if gravity is None else acc + gravity, gyr_radps=gyr, done=rows.done
        )

    def _vector(self, rows: TableRows, beside: dict[str, Beside], name: str) -> Vec3s | None:
        vector: Vector | None = getattr(self.columns, name)
        if vector is None:
            return None
        return beside[name].at(rows.t_ns) if vector.file else self._taken(rows, vector.columns) * vector.factor

    def _turned(self, rows: TableRows, turning: Turning) -> SampleChunk:
        """From orientations; rows without a usable one are left out."""
        orientation, free = self.columns.orientation, self.columns.free_acc
        assert orientation is not None  # noqa: S101 - as Columns says
        assert free is not None  # noqa: S101 - likewise
        turns = self._taken(rows, orientation.columns)
        good = unit_quaternions(turns)
        self.damage.not_turned += int(np.sum(~good))
        t_ns, turns = rows.t_ns[good], turns[good]
        acc = specific_force(turns, self._taken(rows, free.columns)[good] * free.factor)
        return SampleChunk(t_ns=t_ns, acc_mps2=acc, gyr_radps=turning.step(t_ns, turns), done=rows.done)

    def _taken(self, rows: TableRows, columns: Sequence[Column]) -> NDArray[np.float64]:
        return rows.values[:, [self._table.wanted.index(column) for column in columns]]

    def _beside(self) -> dict[str, Beside]:
        vectors = {"gyr": self.columns.gyr, "gravity": self.columns.gravity}
        return {
            name: Beside(self.path, self.columns, vector, self.rate_hz)
            for name, vector in vectors.items()
            if vector is not None and vector.file
        }

    def _told_rate_hz(self) -> float:
        """From the median step of the first rows."""
        t_ns = np.zeros(0, np.int64)
        for rows in self._table.rows():
            t_ns = np.concatenate([t_ns, rows.t_ns])
            if len(t_ns) >= WITHIN_ROWS:
                break
        if len(t_ns) < 2:
            raise RecordingError(f"{self.path}: holds {len(t_ns)} rows; give a recording, or rate_hz with its columns")
        rate_hz = NS_PER_S / float(np.median(np.diff(t_ns[:WITHIN_ROWS])))
        if not RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
            unit = "" if self.columns.time is None else f" in {self.columns.time.unit}"
            raise RecordingError(
                f"{self.path}: its time column, read{unit}, tells {rate_hz:.3g} samples a second; "
                f"expected {RATES_HZ[0]:g} to {RATES_HZ[1]:g}; correct time.unit in a file of columns"
            )
        return rate_hz


def _recognised(path: Path, columns: Columns | None) -> tuple[Columns, TableHead]:
    """The columns, and where the table begins."""
    if not path.exists():
        raise RecordingError(f"{path}: is not there; check the path")
    lines = list(islice((line for block in line_blocks(path) for line in block.lines), HEADER_WITHIN))
    candidates = [columns] if columns is not None else [p for p in PRESETS if not p.files or path.name in p.files]
    for candidate in candidates:
        head = find_head(lines, candidate)
        if head is not None:
            return candidate, head
    raise _unrecognised(path, named_columns(lines), columns)


def _unrecognised(path: Path, found: Sequence[str], columns: Columns | None) -> RecordingError:
    has = (
        f"has the columns {in_short(', '.join(found))}"
        if found
        else f"is {looks_like(path)}, without a line that names columns"
    )
    if columns is not None:
        missing = [str(c) for c in columns.needed() if str(c).casefold() not in {name.casefold() for name in found}]
        wanted = ", ".join(missing) or ", ".join(map(str, columns.needed()))
        return RecordingError(f"{path}: {has}; {columns.name} expects {wanted}; correct the file of columns")
    known = ", ".join(preset.name for preset in PRESETS)
    return RecordingError(
        f"{path}: {has}; expected those of {known}; or say what its columns hold in a file "
        "(--columns FILE.toml; `hipmonitor columns NAME` prints one to write yours by)"
    )


def _with_what_is_there(path: Path, columns: Columns) -> Columns:
    """Without the rates that would be in a file that may be missing, and is."""
    gyr = columns.gyr
    missing = gyr is not None and gyr.file and gyr.optional and not path.with_name(gyr.file).exists()
    return replace(columns, gyr=None) if missing else columns

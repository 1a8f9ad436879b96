"""Which files of other makers can be read, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hipmonitor.core.errors import RecordingError, UsageError
from hipmonitor.io.files.actigraph_gt3x import ActigraphFile
from hipmonitor.io.files.axivity_cwa import AxivityFile
from hipmonitor.io.files.columns import Columns
from hipmonitor.io.files.columns_toml import load_columns
from hipmonitor.io.files.csv_file import CsvFile
from hipmonitor.io.files.presets import BY_NAME
from hipmonitor.io.files.sample_file import SampleFile, looks_like


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """Files with one of these endings."""

    endings: tuple[str, ...]
    open: Callable[[Path], SampleFile]


KINDS: Final = (
    FileKind(endings=(".cwa",), open=AxivityFile),
    FileKind(endings=(".gt3x",), open=ActigraphFile),
    FileKind(endings=(".csv", ".tsv", ".txt"), open=CsvFile),
)
NPZ: Final = ".npz"
RECORDINGS: Final = (".mcap", ".part")
"""Of this project: NAME.mcap, and what a crash or a repair leaves (NAME.mcap.part, NAME.mcap.damaged)."""
ENDINGS: Final = (".mcap", *(ending for kind in KINDS for ending in kind.endings), NPZ)


def open_samples(path: Path, columns: Columns | None = None) -> SampleFile:
    """A file of another maker. `columns`: what a table of text holds; None = a preset, by its header.

    Raises:
        RecordingError: it is of no known kind, or not what its name says; names file, field and remedy.
        UsageError: columns were given for something that is no table.
    """
    kind = next((kind for kind in KINDS if path.suffix.lower() in kind.endings), None)
    if kind is None:
        raise RecordingError(f"{path}: is {looks_like(path)}; expected a file that ends in {', '.join(ENDINGS)}")
    if kind.open is CsvFile:
        return CsvFile(path, columns)
    if columns is not None:
        raise UsageError(f"{path}: is no table of text; leave columns out")
    return kind.open(path)


def columns_from(text: str) -> Columns:
    """A preset by its name, or a TOML file.

    Raises:
        SettingsError: the file cannot be read or is wrong.
        UsageError: no preset of that name, and no file.
    """
    if text in BY_NAME:
        return BY_NAME[text]
    if not Path(text).exists() and not text.endswith(".toml"):
        raise UsageError(f"columns is {text!r}; give a TOML file, or one of {', '.join(BY_NAME)}")
    return load_columns(Path(text))

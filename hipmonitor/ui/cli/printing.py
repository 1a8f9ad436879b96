"""Results as JSON, or as tables for people."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PIPE_WIDTH = 160


def plain(value: object) -> object:
    """The value as JSON can hold it: dataclasses as objects, NaN and infinity as null, paths as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(item) for item in value]
    return _scalar(value)


def _scalar(value: object) -> object:
    if isinstance(value, Enum):
        return value.value if isinstance(value.value, str) else value.name.lower()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if isinstance(value, Path) else value


def print_json(document: object) -> None:
    """One JSON object on stdout, and nothing else."""
    sys.stdout.write(json.dumps(plain(document), indent=2, ensure_ascii=False, allow_nan=False) + "\n")
    sys.stdout.flush()


def console() -> Console:
    """Where tables go; without colour where stdout is no terminal or NO_COLOR is set. Square brackets are only that."""
    from rich.console import Console  # noqa: PLC0415 - not needed for JSON

    # A pipe has no width: there a row stays one line.
    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)


def table(*columns: str, numbers: Sequence[int] = ()) -> Table:
    """An empty table; `numbers` are the columns to be aligned right."""
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415 - not needed for JSON

    result = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for i, name in enumerate(columns):
        result.add_column(name, justify="right" if i in numbers else "left", overflow="fold")
    return result

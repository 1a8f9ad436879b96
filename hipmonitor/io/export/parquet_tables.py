"""Tables as Parquet, with meaning and unit of every column in the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from hipmonitor.core.errors import UsageError
from hipmonitor.io.export.table import Column, Table

ROWS_A_GROUP = 1 << 20


def write_parquet(path: Path, table: Table, about: Mapping[str, object]) -> None:
    """One table; `about` goes into the file's own description, as JSON under the key "hipmonitor".

    Raises:
        UsageError: pyarrow is not installed; names the line that installs it.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an optional extra of 55 MB
        import pyarrow.parquet as pq  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise UsageError(
            'Parquet needs pyarrow, which is not installed; run: pip install "hipmonitor[parquet]" (or export CSV)'
        ) from error
    fields = [
        pa.field(c.name, pa.from_numpy_dtype(c.values.dtype) if c.values.dtype.kind != "U" else _words(pa))
        for c in table.columns
    ]
    described = [
        f.with_metadata({"unit": c.unit, "meaning": c.meaning}) for f, c in zip(fields, table.columns, strict=True)
    ]
    schema = pa.schema(
        described, metadata={"hipmonitor": json.dumps({"table": table.meaning, **about}, allow_nan=False)}
    )
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for start in range(0, max(len(table), 1), ROWS_A_GROUP):
            some = slice(start, start + ROWS_A_GROUP)
            arrays = [_array(pa, column, field.type, some) for column, field in zip(table.columns, fields, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _words(pa: Any) -> Any:  # noqa: ANN401 - a module and a type without annotations
    return pa.dictionary(pa.int32(), pa.string())


def _array(pa: Any, column: Column, kind: Any, some: slice) -> Any:  # noqa: ANN401 - as above
    """NaN becomes null: there is no value."""
    values = column.values[some]
    if values.dtype.kind == "U":
        words, codes = np.unique(values, return_inverse=True)
        return pa.DictionaryArray.from_arrays(
            pa.array(codes.reshape(-1), pa.int32()), pa.array(words.tolist(), pa.string())
        )
    return pa.array(values, kind, from_pandas=True)

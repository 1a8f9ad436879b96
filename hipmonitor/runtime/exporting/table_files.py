"""All tables of a recording in a folder, as CSV or Parquet, with a page that says what every column means."""

from __future__ import annotations

import json
from math import isfinite
from pathlib import Path

from hipmonitor.io.export import Table, write_csv, write_parquet
from hipmonitor.io.session import program
from hipmonitor.runtime.exporting.results import READINGS, Results
from hipmonitor.runtime.exporting.tables import TABLES


def csv_tables(r: Results, folder: Path) -> list[Path]:
    """NAME_settled.csv or NAME_as_lived.csv for every table, and about.json."""
    tables = [make(r) for make in TABLES.values()]
    paths = [folder / f"{table.name}_{r.analysis.reading}.csv" for table in tables]
    for table, path in zip(tables, paths, strict=True):
        write_csv(path, table)
    page = folder / "about.json"
    page.write_text(
        json.dumps(about(r) | {"tables": _described(tables)}, indent=2, ensure_ascii=False), encoding="utf-8"
    )
    return [*paths, page]


def parquet_tables(r: Results, folder: Path) -> list[Path]:
    """NAME_settled.parquet or NAME_as_lived.parquet for every table; what about.json would say is in each of them."""
    paths = []
    for make in TABLES.values():
        table = make(r)
        paths.append(folder / f"{table.name}_{r.analysis.reading}.parquet")
        write_parquet(paths[-1], table, about(r))
    return paths


def about(r: Results) -> dict[str, object]:
    """Where the numbers come from and how far they can be relied on; plain values."""
    a = r.analysis
    return {
        "made_by": program(),
        "file": r.file.name,
        "reading": a.reading,
        "reading_means": READINGS[a.reading],
        "clock": r.clock.value,
        "side": r.side,
        "rate_hz": round(r.rate_hz, 3),
        "placement": a.calibration.method.value,
        "placement_sd_deg": a.calibration.sd_deg if isfinite(a.calibration.sd_deg) else None,
        "trusted_share": round(a.summary.trusted_share, 4),
        "left_out_of_the_file": r.missing,
        "note": r.note,
    }


def _described(tables: list[Table]) -> dict[str, object]:
    return {
        table.name: {
            "rows": table.meaning,
            "columns": {c.name: {"unit": c.unit, "meaning": c.meaning} for c in table.columns},
        }
        for table in tables
    }

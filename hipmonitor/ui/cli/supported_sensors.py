"""The table of supported sensors, for a terminal, as JSON, and as the README has it."""

from __future__ import annotations

from collections.abc import Iterator

from hipmonitor.core.wire import SUPPORTED, SensorFamily
from hipmonitor.ui.cli import printing

HEADINGS = ("Sensor", "Samples a second", "Its times", "Known from", "Good to know")
GRADES = {
    "A": "its maker's documents or source",
    "B": "others' source",
    "C": "partial sources",
    "M": "memory; not verified",
}
TRIED = "Sensors of other makers were written for from these sources, and tried on simulated ones only."


def show(*, as_json: bool) -> None:
    """Print it."""
    if as_json:
        printing.print_json({"sensors": [_document(row) for row in SUPPORTED]})
        return
    table = printing.table(*HEADINGS)
    for row in SUPPORTED:
        table.add_row(*_cells(row))
    printing.console().print(table)
    printing.console().print(TRIED, style="dim")


def markdown() -> str:
    """For README."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *map(_cells, SUPPORTED)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cells(row: SensorFamily) -> Iterator[str]:
    yield row.title
    yield " or ".join(f"{rate:g}" for rate in row.rates_hz)
    yield row.timestamps
    yield GRADES[row.grade]
    yield " ".join(row.remarks)


def _document(row: SensorFamily) -> dict[str, object]:
    return {
        "family": row.family,
        "title": row.title,
        "grade": row.grade,
        "rates_hz": list(row.rates_hz),
        "timestamps": row.timestamps,
        "remarks": list(row.remarks),
    }

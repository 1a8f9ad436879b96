"""`hipmonitor trend`."""

from __future__ import annotations

from typing import Annotated

import typer

from hipmonitor.ui.cli.options import Json


def trend(
    weeks: Annotated[int, typer.Option(min=1, max=9, help="How many weeks, up to today.")] = 4,
    *,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV: one row a day.")] = False,
) -> None:
    """Sitting, breaks and time above your limit, day by day."""
    from hipmonitor.ui.cli import trend_page  # noqa: PLC0415 - the history is loaded for work only

    raise typer.Exit(trend_page.run(weeks, as_json=json, as_csv=csv))

"""`hipmonitor day`."""

from __future__ import annotations

from typing import Annotated

import typer

from hipmonitor.ui.cli.options import Json


def day(
    date: Annotated[str | None, typer.Argument(metavar="[DATE]", help="2026-03-10, today or yesterday.")] = None,
    *,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV: one row a minute.")] = False,
) -> None:
    """One day: sitting, bouts, breaks, how far the thigh was bent, alerts and what followed."""
    from hipmonitor.ui.cli import day_page  # noqa: PLC0415 - the history is loaded for work only

    raise typer.Exit(day_page.run(date, as_json=json, as_csv=csv))

"""`hipmonitor week`."""

from __future__ import annotations

from typing import Annotated

import typer

from hipmonitor.ui.cli.options import Json


def week(
    date: Annotated[str | None, typer.Argument(metavar="[DATE]", help="The last of the seven days; today.")] = None,
    *,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV: one row a day.")] = False,
) -> None:
    """Seven days, hour by hour."""
    from hipmonitor.ui.cli import week_page  # noqa: PLC0415 - the history is loaded for work only

    raise typer.Exit(week_page.run(date, as_json=json, as_csv=csv))

"""`hipmonitor columns`."""

from __future__ import annotations

from typing import Annotated

import typer


def columns(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A preset; all their names if left out.")] = None,
) -> None:
    """What the columns of a .csv hold: the tables that are known, or one of them as a file to write your own by."""
    from hipmonitor.io.files import PRESETS, columns_from, dump_columns  # noqa: PLC0415 - numpy is loaded for work only

    typer.echo("\n".join(preset.name for preset in PRESETS) if name is None else dump_columns(columns_from(name)))

"""`hipmonitor words`."""

from __future__ import annotations

from typing import Annotated

import typer

from hipmonitor.ui.cli.options import Json


def words(
    room: Annotated[str, typer.Argument(help="Only of this part, e.g. core.programme; left out: all.")] = "",
    *,
    json: Json = False,
) -> None:
    """Every sentence and label that this program can show to a person, part by part, for a physio to read."""
    from hipmonitor.ui.cli import words_page  # noqa: PLC0415 - the sources are read for work only

    raise typer.Exit(words_page.run(room, as_json=json))

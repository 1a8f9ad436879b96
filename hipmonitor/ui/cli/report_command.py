"""`hipmonitor report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report(
    *,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="The first day; else six before the last.")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day; else today.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The HTML file; else one named for the days.")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Print it to a PDF beside it as well.")] = False,
) -> None:
    """A report for your physio: one HTML file that prints on A4. It stays on this computer until you give it to somebody."""
    from hipmonitor.ui.cli import report_file  # noqa: PLC0415 - the history is loaded for work only

    raise typer.Exit(report_file.run(first, last, out=out, pdf=pdf))

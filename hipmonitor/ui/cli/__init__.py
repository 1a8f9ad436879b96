"""The command line. Importing this costs nothing: everything is loaded when it is used."""

from __future__ import annotations


def main() -> None:
    """The console script `hipmonitor`."""
    from hipmonitor.ui.cli.app import app  # noqa: PLC0415 - completion and tests import this package without typer

    app(prog_name="hipmonitor")

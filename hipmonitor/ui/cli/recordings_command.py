"""`hipmonitor recordings`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hipmonitor.ui.cli.exits import SpeakingGroup
from hipmonitor.ui.cli.options import Json

recordings = typer.Typer(
    cls=SpeakingGroup, no_args_is_help=True, help="List, look into, repair and encrypt recordings."
)


@recordings.command("list")
def list_them(
    folder: Annotated[Path | None, typer.Option(help="Another folder than this computer's own.")] = None,
    *,
    json: Json = False,
) -> None:
    """Every recording, with what can be expected of it."""
    from hipmonitor.ui.cli import recording_tables  # noqa: PLC0415 - the recorder is loaded for work only

    raise typer.Exit(recording_tables.print_list(folder, as_json=json))


@recordings.command()
def info(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A recording (.mcap, .mcap.part).")],
    *,
    json: Json = False,
) -> None:
    """One recording: when, how long, whether whole."""
    from hipmonitor.ui.cli import recording_tables  # noqa: PLC0415 - the recorder is loaded for work only

    raise typer.Exit(recording_tables.print_info(file, as_json=json))


@recordings.command()
def repair(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A recording (.mcap, .mcap.part).")],
    *,
    json: Json = False,
) -> None:
    """Make it whole; the damaged original is kept."""
    from hipmonitor.ui.cli import recording_tables  # noqa: PLC0415 - the recorder is loaded for work only

    raise typer.Exit(recording_tables.repair_and_print(file, as_json=json))


@recordings.command()
def encrypt(
    folder: Annotated[Path | None, typer.Option(help="Another folder than this computer's own.")] = None,
) -> None:
    """Encrypt all closed recordings now; `hipmonitor settings set recordings.encrypt true` does so after every session."""
    from hipmonitor.ui.cli import recording_seals  # noqa: PLC0415 - the recorder is loaded for work only

    raise typer.Exit(recording_seals.encrypt(folder))


@recordings.command()
def decrypt(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="Recordings; all of this computer's if left out.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write plain copies there; the recordings stay encrypted.")
    ] = None,
) -> None:
    """Make encrypted recordings plain again, or take plain copies of them."""
    from hipmonitor.ui.cli import recording_seals  # noqa: PLC0415 - as above

    raise typer.Exit(recording_seals.decrypt(files or [], to))

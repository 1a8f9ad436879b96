"""`hipmonitor settings`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hipmonitor.ui.cli.exits import SpeakingGroup
from hipmonitor.ui.cli.options import Json

settings = typer.Typer(
    cls=SpeakingGroup, no_args_is_help=True, help="Limits, alerts, quiet times: show and change them."
)
File = Annotated[Path | None, typer.Option("--file", metavar="FILE", help="Another file than this computer's own.")]


@settings.command()
def show(file: File = None, *, json: Json = False) -> None:
    """Every setting, and which of them are not the presets."""
    from hipmonitor.ui.cli import own_settings  # noqa: PLC0415 - pydantic is loaded for work only

    own_settings.show(file, as_json=json)


@settings.command("set")
def set_one(
    key: Annotated[str, typer.Argument(metavar="KEY", help="Such as sit_limit_min or alerts.mode; or: preset.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The new value; of preset: everyday or physio.")],
    by: Annotated[str | None, typer.Option(help="Who set the limits, instead of you.")] = None,
    on: Annotated[str | None, typer.Option(help="When, as 2026-11-22; else today.")] = None,
    file: File = None,
) -> None:
    """Change one setting, or take a preset. The file is checked first and written anew; comments in it are not kept."""
    from hipmonitor.ui.cli import own_settings  # noqa: PLC0415 - pydantic is loaded for work only

    if key == "preset":
        own_settings.take_preset(value, by=by, on=on, file=file)
    else:
        own_settings.set_one(key, value, by=by, on=on, file=file)


@settings.command()
def edit(file: File = None) -> None:
    """Open them in your editor ($VISUAL or $EDITOR); what does not fit is said, and nothing is applied until it does."""
    from hipmonitor.ui.cli import own_settings  # noqa: PLC0415 - pydantic is loaded for work only

    own_settings.edit(file)


@settings.command()
def path() -> None:
    """Where they lie."""
    from hipmonitor.io.places import settings_file  # noqa: PLC0415 - not needed for other commands

    typer.echo(settings_file())

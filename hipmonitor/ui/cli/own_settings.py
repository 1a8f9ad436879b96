"""Shows and changes the settings of this computer."""

from __future__ import annotations

from pathlib import Path

import click
import typer

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.settings import Settings
from hipmonitor.io.places import settings_file
from hipmonitor.io.settings import (
    dump_settings,
    flat,
    full_key,
    load_settings,
    save_settings,
    with_value,
)
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import say_on_stderr
from hipmonitor.ui.view_model import limits_in_words, unconfirmed
from hipmonitor.ui.view_model.limits_set import LIMITS, ME, PHYSIO, PRESET, everyday, set_by, today

PRESETS = ("everyday", "physio")
ASKED = (
    ("sitting.sit_limit_min", "Longest sitting, minutes"),
    ("deep_flexion.thigh_limit_deg", "Thigh limit, degrees"),
    ("deep_flexion.deep_limit_min", "Longest above it, minutes"),
)


def show(file: Path | None, *, as_json: bool) -> None:
    """All of them, beside the presets."""
    place, settings = file or settings_file(), load_settings(file)
    if as_json:
        printing.print_json({"path": place, "exists": place.exists(), "settings": settings})
        return
    table, presets = printing.table("Setting", "Value", "Preset"), flat(Settings())
    for key, value in flat(settings).items():
        table.add_row(key, _written(value), "" if value == presets[key] else _written(presets[key]))
    printing.console().print(table)
    where = f"Settings: {place}" if place.exists() else f"{place} is not there yet: presets."
    printing.console().print(where, soft_wrap=True)
    if unconfirmed(settings):
        say_on_stderr(unconfirmed(settings))


def set_one(key: str, value: str, *, by: str | None, on: str | None, file: Path | None) -> None:
    """One value. Who changes a limit has set the limits, and confirmed them by that."""
    whole = full_key(key)
    settings = with_value(_now(file), whole, value)
    if whole.startswith(LIMITS):
        settings = set_by(settings, by or ME, on or today())
    save_settings(dump_settings(settings), file)
    typer.echo(f"{whole} = {_written(flat(settings)[whole])}")
    if whole.startswith(LIMITS):
        _say_limits(settings)


def take_preset(name: str, *, by: str | None, on: str | None, file: Path | None) -> None:
    """Everyday: the presets, confirmed. Physio: asks who set which limits and when; given beforehand, limits stay."""
    if name not in PRESETS:
        raise SettingsError(f"preset is {name}; give {' or '.join(PRESETS)}")
    settings = _now(file)
    if name == "everyday":
        settings = everyday(settings, on or today(), by or PRESET)
    else:
        settings = set_by(settings, by or typer.prompt("Who set the limits", default=PHYSIO), on or _asked_day())
        settings = settings if by else _asked_limits(settings)
    save_settings(dump_settings(settings), file)
    _say_limits(settings)


def edit(file: Path | None) -> None:
    """In an editor, until they are right or the wearer gives up."""
    place = file or settings_file()
    text = place.read_text(encoding="utf-8", errors="replace") if place.is_file() else dump_settings(Settings())
    while True:
        edited = _edited(text)
        if edited is None:
            typer.echo("Nothing was changed.")
            return
        try:
            typer.echo(f"Settings: {save_settings(edited, file)}")
        except SettingsError as error:
            say_on_stderr(str(error))
            if not typer.confirm("Edit it again? Otherwise nothing is changed", default=True):
                return
            text = edited
        else:
            return


def _edited(text: str) -> str | None:
    try:
        return click.edit(text, extension=".toml")
    except click.ClickException as error:
        raise SettingsError(f"{error.message}; name an editor in EDITOR, or use `hipmonitor settings set`") from error


def _now(file: Path | None) -> Settings:
    """As they are; a file that is still to be made begins with the presets."""
    return load_settings(file) if file is None or file.exists() else Settings()


def _asked_day() -> str:
    return str(typer.prompt("When, as 2026-11-22", default=today()))


def _asked_limits(settings: Settings) -> Settings:
    for key, words in ASKED:
        settings = with_value(settings, key, typer.prompt(words, default=_written(flat(settings)[key])))
    return settings


def _say_limits(settings: Settings) -> None:
    typer.echo(f"Limits, set by {settings.set_by} on {settings.set_on}: {limits_in_words(settings)}.")


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value)

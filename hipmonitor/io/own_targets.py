"""Targets that the wearer chose, a table for each exercise, in a file beside the settings: window and terminal show the same."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.exercises import Target
from hipmonitor.io import places
from hipmonitor.io.toml_values import parse_toml, problem

HEAD = "# Targets that you chose, in the window's Exercise view. Without a table here the plan's or the preset holds.\n"


def own_targets(path: Path | None = None) -> dict[str, Target]:
    """By name of the exercise; none without the file.

    Raises:
        SettingsError: the file cannot be used; names it, the field and the remedy.
    """
    place = path or places.targets_file()
    try:
        text = place.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{place}: cannot be read ({error}); give a TOML text file in UTF-8") from error
    try:
        return TypeAdapter(dict[str, Target]).validate_python(parse_toml(text, str(place)))
    except ValidationError as error:
        found = "; ".join(problem(details) for details in error.errors())
        raise SettingsError(f"{place}: {found}; mend it, or delete the file to go back to the presets") from error


def keep_own_target(name: str, target: Target | None, path: Path | None = None) -> None:
    """In force from the next set on; None: back to what the plan or the library asks for.

    Raises:
        SettingsError: the file cannot be used or written.
    """
    place = path or places.targets_file()
    kept = {**own_targets(place), name: target}
    tables = [_table(each, own) for each, own in sorted(kept.items()) if own is not None]
    try:
        places.write_whole(place, "\n".join((HEAD, *tables)))
    except OSError as error:
        raise SettingsError(f"{place}: cannot be written ({error})") from error


def _table(name: str, target: Target) -> str:
    rows = [f"{field} = {value!r}" for field, value in asdict(target).items()]
    return "\n".join((f"[{name}]", *rows, ""))

"""Settings from TOML and back. The fields are those of `core.settings`, defined there and nowhere else."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.settings import Settings
from hipmonitor.io import places

_DELETE: Final = "\x7f"
"""The one character that a JSON string may hold and a TOML string may not."""


def load_settings(path: Path | None = None) -> Settings:
    """The settings in a file; without a path those of this computer, or the presets where there are none.

    Raises:
        SettingsError: it names file, key and remedy.
    """
    place = path or places.settings_file()
    try:
        text = place.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        if path is None:
            return Settings()
        raise SettingsError(f"{place}: is not there; check the path, or leave it out to use the presets") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{place}: cannot be read ({error}); give a TOML text file in UTF-8") from error
    return parse_settings(text, str(place))


def parse_settings(text: str, source: str) -> Settings:
    """The settings in TOML text; `source` names it in messages.

    Raises:
        SettingsError: it names source, key and remedy.
    """
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{source}: is not valid TOML ({error}); correct that line") from error
    for key in _unknown_keys(document, Settings(), ""):
        raise SettingsError(f"{source}: {key} is not a setting; {_nearest(key)}")
    try:
        return _adapter().validate_json(json.dumps(document, default=str), strict=True)
    except ValidationError as error:
        problems = "; ".join(_problem(details) for details in error.errors())
        raise SettingsError(f"{source}: {problems}") from error


def dump_settings(settings: Settings) -> str:
    """The settings as TOML text that reads back as the same settings."""
    tables = {field.name: getattr(settings, field.name) for field in fields(settings)}
    top = [_line(name, value) for name, value in tables.items() if not is_dataclass(value)]
    below = [_table(name, value) for name, value in tables.items() if is_dataclass(value)]
    return "\n".join(["\n".join(top) + "\n", *below])


@cache
def _adapter() -> TypeAdapter[Settings]:
    return TypeAdapter(Settings)


def _unknown_keys(document: Mapping[str, object], example: object, prefix: str) -> Iterator[str]:
    for key, value in document.items():
        part = getattr(example, key, None) if key in _names(example) else None
        if part is None:
            yield prefix + key
        elif is_dataclass(part) and isinstance(value, dict):
            yield from _unknown_keys(value, part, f"{prefix}{key}.")


def _names(example: object) -> set[str]:
    return {field.name for field in fields(example)} if is_dataclass(example) else set()


def _known_keys(example: object, prefix: str = "") -> Iterator[str]:
    for name in sorted(_names(example)):
        part = getattr(example, name)
        if is_dataclass(part):
            yield from _known_keys(part, f"{prefix}{name}.")
        else:
            yield prefix + name


def _nearest(key: str) -> str:
    known = list(_known_keys(Settings()))
    by_last = {name.rpartition(".")[2]: name for name in known}
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    near = near or [by_last[name] for name in difflib.get_close_matches(key.rpartition(".")[2], by_last, n=1)]
    return f"did you mean {near[0]}?" if near else f"the settings are {', '.join(known)}"


def _problem(details: ErrorDetails) -> str:
    key = ".".join(str(part) for part in details["loc"])
    cause = details.get("ctx", {}).get("error")
    if isinstance(cause, ValueError):  # The dataclass itself refused; its message begins with the field's name.
        return f"{key}.{cause}" if key else str(cause)
    return f"{key} is {json.dumps(details['input'], default=str)}; {_remedy(details['msg'])}"


def _remedy(message: str) -> str:
    return message.replace("Input should be", "give").replace("an object", "a table of settings")


def _table(name: str, value: object) -> str:
    lines = [_line(field, getattr(value, field)) for field in _ordered_names(value)]
    return "\n".join([f"[{name}]", *lines]) + "\n"


def _ordered_names(value: object) -> list[str]:
    return [field.name for field in fields(value)] if is_dataclass(value) else []


def _line(name: str, value: object) -> str:
    return f"{name} = {json.dumps(value, ensure_ascii=False).replace(_DELETE, chr(92) + 'u007F')}"

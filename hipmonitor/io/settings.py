"""Settings from TOML and back. The fields are those of `core.settings`, defined there and nowhere else."""

from __future__ import annotations

import difflib
import json
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.settings import Settings
from hipmonitor.io import places
from hipmonitor.io.toml_values import parse_toml, problem

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
    return _validated(parse_toml(text, source), source)


def _validated(document: Mapping[str, object], source: str) -> Settings:
    for key in _unknown_keys(document, Settings(), ""):
        raise SettingsError(f"{source}: {key} is not a setting; {_nearest(key)}")
    try:
        return _adapter().validate_json(json.dumps(document, default=str), strict=True)
    except ValidationError as error:
        problems = "; ".join(problem(details) for details in error.errors())
        raise SettingsError(f"{source}: {problems}") from error


def full_key(key: str) -> str:
    """The setting's whole name, table.name; its last part is enough where only one setting has it.

    Raises:
        SettingsError: it names the nearest setting.
    """
    known = list(_known_keys(Settings()))
    same_end = [name for name in known if key in {name, name.rpartition(".")[2]}]
    if key in known or len(same_end) == 1:
        return key if key in known else same_end[0]
    if same_end:
        raise SettingsError(f"{key} is the end of several settings; write {' or '.join(same_end)}")
    raise SettingsError(f"{key} is not a setting; {_nearest(key)}")


def with_value(settings: Settings, key: str, text: str) -> Settings:
    """The settings with one value as a person writes it: 20, off, "all day".

    Args:
        settings: those to start from; they are not changed.
        key: as `full_key` gives it.
        text: a number, true or false, or words, without quotes.

    Raises:
        SettingsError: it names the key and what to give.
    """
    document = tomllib.loads(dump_settings(settings))
    table, _, name = key.rpartition(".")
    values = document[table] if table else document
    values[name] = text if isinstance(values[name], str) else _number_or_switch(text)
    return _validated(document, "settings")


def save_settings(text: str, path: Path | None = None) -> Path:
    """Write them as a whole, or not at all, once they are known to be right; only their owner can read them.

    Args:
        text: TOML, as `dump_settings` or a person writes it.
        path: without one, this computer's own place.

    Returns:
        Where they lie.

    Raises:
        SettingsError: the text is wrong, or the place cannot be written.
    """
    place = path or places.settings_file()
    parse_settings(text, str(place))
    target = place.resolve()  # A link to them stays a link.
    try:
        _keep_what_cannot_be_used(target)
        places.write_whole(target, text)
    except OSError as error:
        raise SettingsError(f"{place}: cannot be written ({error}); check the folder and the disk") from error
    return place


def _keep_what_cannot_be_used(target: Path) -> None:
    """A file that somebody edited and that is wrong holds their work: it is kept beside the new one."""
    try:
        if target.is_file():
            load_settings(target)
    except SettingsError:
        shutil.copy2(target, target.with_name(f"{target.name}.unusable"))


SWITCHES: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _number_or_switch(text: str) -> object:
    """What TOML would make of it, and the words for a switch; other text stays, and is refused with what to give."""
    if text.strip().lower() in SWITCHES:
        return SWITCHES[text.strip().lower()]
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def dump_settings(settings: Settings) -> str:
    """The settings as TOML text that reads back as the same settings."""
    tables = _parts(settings)
    top = [_line(name, value) for name, value in tables.items() if not is_dataclass(value)]
    below = [_table(name, value) for name, value in tables.items() if is_dataclass(value)]
    return "\n".join(["\n".join(top) + "\n", *below])


def _parts(settings: Settings) -> dict[str, object]:
    return {field.name: getattr(settings, field.name) for field in fields(settings)}


def flat(settings: Settings) -> dict[str, object]:
    """Every setting by its whole name, in the file's order."""
    parts = _parts(settings)
    top = {name: value for name, value in parts.items() if not is_dataclass(value)}
    below = {
        f"{name}.{field}": getattr(value, field) for name, value in parts.items() for field in _ordered_names(value)
    }
    return top | below


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


def _table(name: str, value: object) -> str:
    lines = [_line(field, getattr(value, field)) for field in _ordered_names(value)]
    return "\n".join([f"[{name}]", *lines]) + "\n"


def _ordered_names(value: object) -> list[str]:
    return [field.name for field in fields(value)] if is_dataclass(value) else []


def _line(name: str, value: object) -> str:
    return f"{name} = {json.dumps(value, ensure_ascii=False).replace(_DELETE, chr(92) + 'u007F')}"

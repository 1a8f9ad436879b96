"""Exercises in force: those of the library, with what a provider wrote in TOML beside the settings.

A table of the library's name changes its target or its instructions; what counts in it stays, because records of years carry
the name. Any other table is an exercise of the provider's own.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from pydantic import TypeAdapter, ValidationError

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.errors import SettingsError, UsageError
from hipmonitor.core.exercise import LIBRARY
from hipmonitor.core.exercises import Exercise, StartPose, Target
from hipmonitor.io import places
from hipmonitor.io.session.fields import to_plain
from hipmonitor.io.toml_values import parse_toml, problem

OF_OURS: Final = ("target", "instructions")
"""What may be written of an exercise of the library."""
PARTS: Final = {"start": StartPose, "target": Target}
_MOVING: Final = (ActivityKind.WALK, ActivityKind.RUN, ActivityKind.STAIRS, ActivityKind.CYCLE)
KINDS: Final = tuple(kind.word for kind in _MOVING)
"""Whose time can be counted: an exercise is no sitting."""

Table = Mapping[str, object]


def exercises_in_force(
    library: Sequence[Exercise] = LIBRARY, files: Iterable[Path] | None = None
) -> tuple[Exercise, ...]:
    """All that can be begun: the library's, then the provider's own. What only a provider chooses is there where they named it.

    Args:
        library: ours.
        files: without them those of this computer, see `places.exercise_files`.

    Raises:
        SettingsError: a file is wrong; names file, field and remedy.
    """
    written = _written(places.exercise_files() if files is None else files)
    ours = {exercise.name: exercise for exercise in library}
    changed = {
        name: _changed(ours[name], table, path) if name in ours else _own(name, table, path, tuple(ours))
        for name, (path, table) in written.items()
    }
    offered = (name for name, exercise in ours.items() if name in changed or not exercise.provider_only)
    return (
        *(changed.get(name, ours[name]) for name in offered),
        *(exercise for name, exercise in changed.items() if name not in ours),
    )


def exercise_named(name: str, exercises: Sequence[Exercise]) -> Exercise:
    """The one of this name or title, however it is written.

    Raises:
        UsageError: there is none; names the nearest.
    """
    known = {each.name: each for each in exercises}
    titles = {_key(each.title): each for each in exercises}
    found = known.get(_key(name)) or titles.get(_key(name))
    if found is not None:
        return found
    only = next((each for each in LIBRARY if each.name == _key(name)), None)
    if only is not None:
        raise UsageError(
            f"{only.title} is offered where your physio chose it: name it in {places.exercises_file()}, see "
            "`hipmonitor exercise template`"
        )
    raise UsageError(f"there is no exercise {name!r}; {_nearest(_key(name), known)}")


def _key(words: str) -> str:
    return words.strip().lower().replace("-", "_").replace(" ", "_")


def _written(files: Iterable[Path]) -> dict[str, tuple[Path, Table]]:
    """Every table by its name, with its file."""
    found: dict[str, tuple[Path, Table]] = {}
    for path in files:
        for name, table in _document(path).items():
            if not isinstance(table, dict):
                raise SettingsError(f"{path}: {name} stands outside of any exercise; begin one with [its_name]")
            if name in found:
                raise SettingsError(f"{path}: {name} stands in {found[name][0]} too; keep one of them")
            found[name] = (path, table)
    return found


def _document(path: Path) -> Table:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read ({error}); give a TOML text file in UTF-8") from error
    return parse_toml(text, str(path))


def _changed(ours: Exercise, table: Table, path: Path) -> Exercise:
    """An exercise of the library with what the provider wants other; naming it chooses it."""
    _check_keys(ours.name, table, path)
    for key in table:
        if key not in OF_OURS:
            raise SettingsError(
                f"{path}: {ours.name}.{key} stays as it is in the library; change target or instructions, or give an "
                "exercise of your own another name"
            )
    before = cast("dict[str, Any]", to_plain(ours))
    merged = {**before, **table, "provider_only": False}
    if isinstance(merged["target"], dict):
        merged["target"] = before["target"] | merged["target"]
    return _validated(ours.name, merged, path, "")


def _own(name: str, table: Table, path: Path, ours: Sequence[str]) -> Exercise:
    _check_keys(name, table, path)
    near = difflib.get_close_matches(name, ours, n=1, cutoff=0.75)
    return _validated(
        name, {**table, "name": name}, path, f" (of the library? did you mean {near[0]}?)" if near else ""
    )


def _check_keys(name: str, table: Table, path: Path) -> None:
    for key, known in _unknown(table):
        raise SettingsError(f"{path}: {name}.{key} is not known; {_nearest(key.rpartition('.')[2], known)}")


def _unknown(table: Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Keys that an exercise does not have, and those that could have been meant."""
    known = tuple(field.name for field in fields(Exercise) if field.name != "name")
    yield from ((key, known) for key in table if key not in known)
    for part, kind in PARTS.items():
        inside, names = table.get(part), tuple(field.name for field in fields(kind))
        if isinstance(inside, dict):
            yield from ((f"{part}.{key}", names) for key in inside if key not in names)


def _nearest(key: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(key, names, n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"


def _validated(name: str, document: Mapping[str, object], path: Path, hint: str) -> Exercise:
    try:
        exercise = _adapter().validate_json(json.dumps(document, default=str), strict=True)
    except ValidationError as error:
        problems = "; ".join(_named(name, problem(details)) for details in error.errors())
        raise SettingsError(f"{path}: {problems}{hint}") from error
    strange = [kind for kind in exercise.kinds if kind not in KINDS]
    if strange:
        raise SettingsError(f"{path}: {name}.kinds has {strange[0]!r}; choose of {', '.join(KINDS)}")
    return exercise


def _named(name: str, problem: str) -> str:
    """With the exercise's name in front, where it does not begin with it already."""
    return problem if problem.startswith(f"{name} ") else f"{name}.{problem}"


@cache
def _adapter() -> TypeAdapter[Exercise]:
    return TypeAdapter(Exercise)

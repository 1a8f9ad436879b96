"""The plan from TOML and back. Its fields are those of `core.programme`, defined there and nowhere else; weekdays are written by name.

Whoever sets it writes it by hand: comments stay, and confirming it changes two lines of it and nothing more.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.exercise import LIBRARY
from hipmonitor.core.programme import TEMPLATE, Plan
from hipmonitor.core.settings import WEEKDAYS, is_date
from hipmonitor.io import places
from hipmonitor.io.exercises import exercises_in_force
from hipmonitor.io.plan_text import plan_text
from hipmonitor.io.toml_values import parse_toml, problem

LONGEST_NAME: Final = 60
_VALUE: Final = r"""^({}[ \t]*=[ \t]*)("(?:[^"\\]|\\.)*"|'[^']*')"""
"""One line that gives a text."""
_TABLE: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)


def load_plan(path: Path | None = None) -> Plan | None:
    """The plan in a file; without a path this computer's, None where there is none.

    Raises:
        SettingsError: it names file, key and remedy.
    """
    place = path or places.plan_file()
    try:
        return parse_plan(place.read_text(encoding="utf-8"), str(place))
    except FileNotFoundError as error:
        if path is None:
            return None
        raise SettingsError(f"{place}: is not there; check the path") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{place}: cannot be read ({error}); give a TOML text file in UTF-8") from error


def parse_plan(text: str, source: str) -> Plan:
    """The plan in TOML text; `source` names it in messages.

    Raises:
        SettingsError: it names source, key and remedy.
    """
    document = parse_toml(text, source)
    for key, known in _unknown(document, Plan, ()):
        raise SettingsError(f"{source}: {_named(document, key)} is not known; {_nearest(key[-1], known)}")
    if "rest_weekdays" in document:
        document["rest_weekdays"] = _numbers(document["rest_weekdays"], source)
    try:
        plan = _adapter().validate_json(json.dumps(document, default=str), strict=True)
    except ValidationError as error:
        problems = "; ".join(
            problem({**details, "loc": (_named(document, details["loc"]),) if details["loc"] else ()})
            for details in error.errors()
        )
        raise SettingsError(f"{source}: {problems}") from error
    _check_words(plan, source)
    return plan


def confirm_plan(by: str, on: str, path: Path | None = None) -> Plan:
    """Write who stands behind the plan, and when; everything else of the file stays as it is.

    Raises:
        SettingsError: there is no plan, it cannot be used or written, or `by` names nobody.
    """
    place = path or places.plan_file()
    by = by.strip()
    if not 1 <= len(by) <= LONGEST_NAME or not by.isprintable() or by == TEMPLATE:
        raise SettingsError(f"by is {by!r}; say who confirms it: me, my physio, or a name")
    if not is_date(on):
        raise SettingsError(f"on is {on!r}; write the day as 2026-11-22")
    if load_plan(path) is None:
        raise SettingsError(f"{place}: is not there; `hipmonitor plan template` writes one to begin with")
    text = _with_who(place.read_text(encoding="utf-8"), by, on)
    return save_plan(text, place)


def save_plan(text: str, path: Path | None = None) -> Plan:
    """Write it as a whole, or not at all, once it is known to be right; only its owner can read it.

    Raises:
        SettingsError: the text is wrong, or the place cannot be written.
    """
    place = path or places.plan_file()
    plan = parse_plan(text, str(place))
    try:
        places.write_whole(place.resolve(), text)
    except OSError as error:
        raise SettingsError(f"{place}: cannot be written ({error}); check the folder and the disk") from error
    return plan


def plan_mark(plan: Plan) -> str:
    """Tells one plan from another: the same for the same plan, whatever its file looks like."""
    return hashlib.sha256(plan_text(plan).encode()).hexdigest()[:16]


def _with_who(text: str, by: str, on: str) -> str:
    """Two lines of the head; a table's lines are somebody else's."""
    found = _TABLE.search(text)
    at = found.start() if found else len(text)
    return _given(_given(text[:at], "set_by", by), "set_on", on) + text[at:]


def _given(head: str, key: str, value: str) -> str:
    """With another value on its line; what else stands there stays."""
    found = re.search(_VALUE.format(key), head, re.MULTILINE)
    if found is None:  # written in a way that only TOML knows
        raise SettingsError(f'{key} is not on a line of its own; write it as {key} = "{value}"')
    return f"{head[: found.start(2)]}{json.dumps(value, ensure_ascii=False)}{head[found.end(2) :]}"


def _numbers(weekdays: object, source: str) -> list[int]:
    """Of weekdays by name."""
    if not isinstance(weekdays, list):
        raise SettingsError(f'{source}: rest_weekdays is {weekdays!r}; give names, such as ["wednesday", "sunday"]')
    known: dict[object, int] = {name: number for number, name in enumerate(WEEKDAYS)}
    named = [day.lower() if isinstance(day, str) else None for day in weekdays]
    for day, name in zip(weekdays, named, strict=True):
        if name not in known:
            raise SettingsError(f"{source}: rest_weekdays has {day!r}; choose of {', '.join(WEEKDAYS)}")
    return sorted({known[name] for name in named})


def _check_words(plan: Plan, source: str) -> None:
    """Dates, and exercises that nobody could begin or measure."""
    if plan.set_on and not is_date(plan.set_on):
        raise SettingsError(f"{source}: set_on is {plan.set_on!r}; write the day as 2026-11-22")
    known = {exercise.name for exercise in (*LIBRARY, *exercises_in_force())}
    for phase in plan.phases:
        for planned in phase.exercises:
            if planned.exercise not in known and planned.load is None:
                raise SettingsError(
                    f"{source}: phases.{phase.name} has {planned.exercise!r}, which is no exercise that is known; "
                    f"{_nearest(planned.exercise, known)} Else give the load of which its minutes are."
                )


# -- what is wrong with it -------------------------------------------------------------------------------------------------

Place = tuple[int | str, ...]


def _unknown(value: object, kind: object, place: Place) -> Iterator[tuple[Place, Iterable[str]]]:
    """Keys that are not known, and those that could have been meant."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _unknown(item, kind, (*place, number))
    elif isinstance(value, dict) and is_dataclass(kind):
        hints = get_type_hints(kind)
        for key, inside in value.items():
            if key in hints:
                yield from _unknown(inside, _inside(hints[key]), (*place, key))
            else:
                yield (*place, key), hints


def _inside(hint: object) -> object:
    """The dataclass of a field, of a list of them, or of one that may be left out."""
    return next((part for part in (hint, *get_args(hint)) if is_dataclass(part)), None)


def _named(document: Mapping[str, Any], place: Iterable[int | str]) -> str:
    """phases.load.exercises.squat.sets: what stands in a list by its own name."""
    words: list[str] = []
    value: object = document
    for step in place:
        value = _step(value, step)
        names = [value[key] for key in ("name", "exercise", "load") if isinstance(value, dict) and key in value]
        words.append(step if isinstance(step, str) else str(names[0] if names else step + 1))
    return ".".join(words)


def _step(value: object, step: int | str) -> object:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None


def _nearest(key: object, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(str(key), names, n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"


@cache
def _adapter() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


def template_text(plan: Plan, on: str) -> str:
    """A plan to begin with, which says that nobody has confirmed it."""
    return plan_text(replace(plan, set_by=TEMPLATE, set_on=on), explained=True)

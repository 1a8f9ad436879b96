"""All of them, room by room, from the files of the installed package itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from hipmonitor.ui.words.in_source import Words, in_source
from hipmonitor.ui.words.in_templates import in_template


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A folder of the package, and what it says."""

    name: str
    """As "ui.dashboard.plan"."""
    said: tuple[tuple[str, Words], ...]
    """(file, words), each text once."""


@cache
def gathered() -> tuple[Room, ...]:
    """Rooms in order of their names; those that say nothing are left out."""
    rooms = _rooms(files("hipmonitor"), "")
    return tuple(sorted((room for room in rooms if room.said), key=lambda room: room.name))


def _rooms(folder: Traversable, name: str) -> Iterator[Room]:
    said: dict[str, tuple[str, Words]] = {}
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if path.is_dir():
            yield from _rooms(path, f"{name}.{path.name}".lstrip("."))
            continue
        for words in _in_file(path, name):
            said.setdefault(words.text, (path.name, words))
    yield Room(name=name or "hipmonitor", said=tuple(said.values()))


def _in_file(path: Traversable, room: str) -> tuple[Words, ...]:
    if path.name.endswith(".py"):
        helps = room == "ui.cli" and path.name.endswith(("_command.py", "root.py"))
        return in_source(path.read_text(encoding="utf-8"), labels=room.startswith("ui"), helps=helps)
    return in_template(path.read_text(encoding="utf-8")) if path.name.endswith(".j2") else ()

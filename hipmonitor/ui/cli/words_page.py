"""Every sentence and label of the program, printed."""

from __future__ import annotations

from collections.abc import Sequence

from hipmonitor.core.errors import UsageError
from hipmonitor.ui.cli import printing
from hipmonitor.ui.words import Room, gathered

HEAD = "Every sentence and label that hipmonitor can show. {…} stands for a value that is put in."


def run(name: str, *, as_json: bool) -> int:
    """Print them; 0.

    Raises:
        UsageError: there is no such part.
    """
    every = gathered()
    rooms = tuple(room for room in every if not name or room.name == name or room.name.startswith(f"{name}."))
    if not rooms:
        raise UsageError(f"there is no part {name}; there are {', '.join(room.name for room in every)}")
    if as_json:
        printing.print_json({"rooms": [_document(room) for room in rooms]})
    else:
        _print(rooms)
    return 0


def _document(room: Room) -> dict[str, object]:
    return {
        "room": room.name,
        "words": [{"file": file, "line": words.line, "text": words.text} for file, words in room.said],
    }


def _print(rooms: Sequence[Room]) -> None:
    console = printing.console()
    console.print(HEAD, style="dim")
    for room in rooms:
        console.print(f"\n{room.name}", style="bold")
        for _, words in room.said:
            console.print(f"  {words.text}", soft_wrap=True)
    console.print(f"\n{sum(len(room.said) for room in rooms)} in {len(rooms)} parts.", style="dim")

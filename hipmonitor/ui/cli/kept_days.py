"""What the day commands print on: a page of 80 characters, CSV, and what is said where there is no history."""

from __future__ import annotations

import csv
import sys
import textwrap
from collections.abc import Iterable

from rich.text import Text

from hipmonitor.core.programme import SeatCoach
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.notes import NOT_MEDICAL
from hipmonitor.ui.terminal.signs import Signs, signs_for
from hipmonitor.ui.view_model.seat_words import seat_line

NO_HISTORY = (
    "No history yet. `hipmonitor live` keeps one while you wear the sensor; `hipmonitor history rebuild` makes it from "
    "recordings."
)
READING_WORDS = {
    "settled": "settled",
    "as_lived": "as lived so far, not settled yet",
    "mixed": "partly as lived: a session is not settled yet",
    "none": "",
}


def say_none(*, as_json: bool, as_csv: bool) -> ExitCode:
    """There is no history yet."""
    if as_json:
        printing.print_json({"history": None})
    elif not as_csv:
        Page().folded(NO_HISTORY)
    return ExitCode.OK


def print_csv(rows: Iterable[dict[str, object]]) -> None:
    """With a header; nothing at all of nothing."""
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(sys.stdout, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow(row)


def print_seat(page: Page, coach: SeatCoach) -> None:
    """One line; nothing where no seat is known."""
    line = seat_line(coach)
    if line:
        page.folded(page.signs.text(line))


class Page:
    """Lines of at most 80 characters, in the characters that standard output can carry."""

    def __init__(self) -> None:
        self._console = printing.console()
        self.signs: Signs = signs_for(self._console.encoding)

    def line(self, words: str | Text = "", style: str = "") -> None:
        """One line; never folded."""
        text = words if isinstance(words, Text) else Text(self.signs.text(words), style=style)
        self._console.print(text, soft_wrap=True)

    def head(self, title: str, right: str) -> None:
        """The title, what it rests on at the right, and a rule."""
        self.line(
            Text(f" {title}", style="bold").append(self.signs.text(f"{right:>{78 - len(title)}}"), style="dim not bold")
        )
        self.line(" " + self.signs.rule * 78, "dim")

    def not_medical(self) -> None:
        """The note under every result."""
        self.folded(NOT_MEDICAL, "dim")

    def item(self, words: str) -> None:
        """One of several, folded under its dash."""
        for k, line in enumerate(textwrap.wrap(words, 76)):
            self.line(f" {'-' if k == 0 else ' '} {line}")

    def folded(self, words: str, style: str = "") -> None:
        """As many lines as it takes."""
        for line in textwrap.wrap(words, 78):
            self.line(f" {line}", style)

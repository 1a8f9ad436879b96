"""Lines of a text file in blocks, however it is encoded, and the line that names the columns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from hipmonitor.core.errors import RecordingError
from hipmonitor.io.files.columns import Column, Columns
from hipmonitor.io.files.sample_file import looks_like, read_error

BLOCK_CHARS = 1 << 20
"""About a hundred seconds of a phone."""
LONGEST_LINE = 1 << 16
LONGEST_NAME = 60
HEADER_WITHIN = 60
"""Lines; ActiLife writes 11 before its table, the DOT app 11."""
SEPARATORS = (",", ";", "\t", " ")
Done = Callable[[], float]
MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHead:
    """Where a table begins, and where its columns are."""

    first_line: int
    """Of the rows, counted from 0."""
    separator: str
    places: dict[Column, int]
    """Of every column that was asked for, counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBlock:
    """Whole lines that follow each other."""

    first: int
    """Number of the first, counted from 0."""
    lines: list[str]
    done: float
    """Share of the file, 0-1."""


def line_blocks(path: Path, block_chars: int = BLOCK_CHARS) -> Iterator[LineBlock]:
    """All lines, some thousands at a time.

    Raises:
        RecordingError: the file cannot be read, or is no text.
    """
    try:
        with path.open("rb") as raw:
            size = max(path.stat().st_size, 1)
            mark = raw.read(3)
            raw.seek(0)
            encoding = next((name for begin, name in MARKS if mark.startswith(begin)), "utf-8")
            with TextIOWrapper(raw, encoding=encoding, errors="replace") as text:
                yield from _blocks(path, text, block_chars, lambda: min(1.0, raw.tell() / size))
    except OSError as error:
        raise read_error(path, error) from error


def _blocks(path: Path, text: TextIOWrapper, block_chars: int, done: Done) -> Iterator[LineBlock]:
    first, rest = 0, ""
    while piece := text.read(block_chars):
        *lines, rest = (rest + piece).split("\n")
        if len(rest) > LONGEST_LINE or any(len(line) > LONGEST_LINE for line in lines):
            raise RecordingError(
                f"{path}: line {first + 1} or a later one is longer than {LONGEST_LINE} characters, so it is no table "
                f"but {looks_like(path)}; give a table of text"
            )
        if lines:
            yield LineBlock(first=first, lines=lines, done=done())
        first += len(lines)
    if rest:
        yield LineBlock(first=first, lines=[rest], done=1.0)


def find_head(lines: Sequence[str], columns: Columns) -> TableHead | None:
    """The line that names all columns that are needed; or, where all are numbers, the first line that could be a row."""
    needed = columns.needed()
    separators = (columns.separator,) if columns.separator else SEPARATORS
    for number, line in enumerate(lines[:HEADER_WITHIN]):
        if number < columns.skip_lines:
            continue
        for separator in separators:
            fields = split(line, separator)
            places = _places(fields, needed)
            if places is None:
                continue
            by_number = all(isinstance(column, int) for column in needed)
            if not by_number or _is_row(fields, places, columns):
                return TableHead(first_line=number + (not by_number), separator=separator, places=places)
    return None


def split(line: str, separator: str) -> list[str]:
    """Fields of one line, without quotes and the blanks around them."""
    if separator == " ":
        return line.split()
    if '"' in line:
        try:
            return [field.strip() for field in next(csv.reader([line], delimiter=separator), [])]
        except csv.Error:
            return []
    return [field.strip() for field in line.split(separator)]


def _places(fields: Sequence[str], needed: Sequence[Column]) -> dict[Column, int] | None:
    names = {name.casefold(): place for place, name in reversed(list(enumerate(fields)))}
    found = {column: names.get(column.casefold()) if isinstance(column, str) else column - 1 for column in needed}
    places = {column: place for column, place in found.items() if place is not None and 0 <= place < len(fields)}
    return places if len(places) == len(set(needed)) else None


def _is_row(fields: Sequence[str], places: dict[Column, int], columns: Columns) -> bool:
    text_time = columns.time.column if columns.time is not None and columns.time.unit == "text" else None
    return all(_is_number(fields[place], columns.decimal) for column, place in places.items() if column != text_time)


def _is_number(field: str, decimal: str) -> bool:
    try:
        float(field.replace(decimal, "."))
    except ValueError:
        return False
    return True


def named_columns(lines: Sequence[str]) -> list[str]:
    """What seems to be the header line, for an error: the first with three names or more, else nothing."""
    for line in lines[:HEADER_WITHIN]:
        for separator in SEPARATORS[:3]:
            fields = split(line, separator)
            if len(fields) >= 3 and all(_is_name(field) for field in fields):
                return fields
    return []


def _is_name(field: str) -> bool:
    return field.isprintable() and len(field) <= LONGEST_NAME and not _is_number(field, ".")

"""An entry as one line of JSON with a checksum, and a file of such lines read as far as it is whole.

    {"kind":"check_in","entry":{...},"crc":"1a2b3c4d"}

The checksum is CRC-32 of everything before `,"crc"`: it finds rot, not a forger.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from hipmonitor.io.diary.entries import KINDS, Entry
from hipmonitor.io.session.fields import UnknownField, WrongValue, from_plain, to_plain

_NAMES: Final = {kind: name for name, kind in KINDS.items()}
_WHOLE: Final = re.compile(rb'(\{"kind":"([^"\\\n]*)"[^\n]*?),"crc":"([0-9a-f]{8})"\}')
"""Quotes inside of a text are escaped, so that no text looks like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A line that could not be read."""

    line: int
    """From 1."""
    why: str

    @property
    def sentence(self) -> str:
        """For a person."""
        return f"line {self.line} {self.why}"


NOT_WHOLE: Final = "is not whole: the computer stopped while it was written"
DAMAGED: Final = "is damaged"


def line_of(entry: Entry) -> bytes:
    """With its end."""
    body = {"kind": _NAMES[type(entry)], "entry": to_plain(entry)}
    head = json.dumps(body, allow_nan=False, separators=(",", ":")).encode()[:-1]
    return head + b',"crc":"%08x"}\n' % crc32(head)


def entries_in(data: bytes, only: Container[str] = KINDS) -> tuple[list[Entry], list[Trouble]]:
    """Every whole entry in order, and every line that holds something else.

    Args:
        data: the file.
        only: known kinds that are asked for; others are passed over, which is much quicker than reading them.
    """
    entries: list[Entry] = []
    troubles: list[Trouble] = []
    lines = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        found, why = _read(line, only)
        entries += found
        if why:
            torn = number == len(lines) and not found
            troubles.append(Trouble(line=number, why=NOT_WHOLE if torn else why))
    return entries, troubles


def _read(line: bytes, only: Container[str]) -> tuple[list[Entry], str]:
    """Mostly one entry; two where the end of the line between them was damaged."""
    entries: list[Entry] = []
    why, whole = "", 0
    for match in _WHOLE.finditer(line):
        entry = _entry(match[1], match[2].decode("ascii", "replace"), match[3], only)
        whole += 0 if entry == DAMAGED else len(match[0])
        if isinstance(entry, str):
            why = why or entry
        elif entry is not None:
            entries.append(entry)
    return entries, why or (DAMAGED if whole < len(line.strip()) else "")


def _entry(head: bytes, kind: str, checksum: bytes, only: Container[str]) -> Entry | str | None:
    """Or why it cannot be read; None where it is not asked for."""
    if checksum != b"%08x" % crc32(head):
        return DAMAGED
    if kind not in KINDS:
        return f"was written by a newer hipmonitor ({kind!r:.40}); update hipmonitor to read it"
    if kind not in only:
        return None
    try:
        return from_plain(KINDS[kind], json.loads(head + b"}")["entry"], kind)
    except UnknownField as error:
        return f"was written by a newer hipmonitor ({str(error)!r:.60}); update hipmonitor to read it"
    except (WrongValue, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return DAMAGED

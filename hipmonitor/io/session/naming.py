"""Names of recordings and of what a crash or a repair leaves beside them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from typing import Final
from uuid import UUID

from hipmonitor.core.inbound import SensorId
from hipmonitor.core.instants import NS_PER_S, HostNs

SUFFIX: Final = ".mcap"
PART: Final = ".part"
"""Added while a recording is being written."""
DAMAGED: Final = ".damaged"
"""Added to the original that a repair read from."""
REPAIRING: Final = ".repairing"
"""Added to the new file while a repair writes it."""

_NUMBERED: Final = re.compile(r"_part([2-9]|[1-9][0-9]{1,5})$")


def file_name(*, started_at: HostNs, sensor: SensorId, session_id: UUID) -> str:
    """YYYYmmddTHHMMSSZ_<device4>_<uuid8>.mcap; device4 is the end of the sensor's address."""
    start = datetime.fromtimestamp(started_at // NS_PER_S, UTC).strftime("%Y%m%dT%H%M%SZ")
    letters = "".join(letter for letter in sensor if letter.isascii() and letter.isalnum())
    return f"{start}_{letters[-4:].lower() or 'none'}_{session_id.hex[:8]}{SUFFIX}"


def finished_path(path: Path) -> Path:
    """Where the whole recording lies or will lie: the name without .part, .damaged or .damaged2."""
    stem, mark, _ = path.name.rpartition(SUFFIX)
    return path.with_name(stem + SUFFIX) if mark else path


def added(path: Path, ending: str) -> Path:
    """The path with an ending after .mcap."""
    return path.with_name(path.name + ending)


def free_damaged_path(path: Path) -> Path:
    """A name for a damaged original that nothing has yet: .damaged, .damaged2, ..."""
    number, candidate = 1, added(path, DAMAGED)
    while candidate.exists():
        number += 1
        candidate = added(path, f"{DAMAGED}{number}")
    return candidate


def utc_text(at: HostNs) -> str:
    """An instant as people read it."""
    return datetime.fromtimestamp(at // NS_PER_S, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def session_key(path: Path) -> str:
    """What names the session of a recording, whatever became of the file: its name without endings and number."""
    return _NUMBERED.sub("", finished_path(path).name.removesuffix(SUFFIX))


def part_number(path: Path) -> int:
    """Which of its session's files this is, from 1."""
    found = _NUMBERED.search(finished_path(path).name.removesuffix(SUFFIX))
    return int(found[1]) if found else 1


def part_path(whole: Path, number: int) -> Path:
    """The name of a further part of the session whose first part is called so."""
    return whole if number == 1 else whole.with_name(f"{whole.name.removesuffix(SUFFIX)}_part{number}{SUFFIX}")


def session_files(path: Path) -> list[Path]:
    """All parts of a recording's session that lie beside it, in order; of one part the whole file where there is one."""
    key, found = session_key(path), {part_number(path): path}
    for ending in (SUFFIX, SUFFIX + PART):
        for other in path.parent.glob(f"{escape(key)}_part*{ending}"):
            if session_key(other) == key:
                found.setdefault(part_number(other), other)
        first = path.with_name(key + ending)
        if first.exists():
            found.setdefault(1, first)
    return [found[number] for number in sorted(found)]

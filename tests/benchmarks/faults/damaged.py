"""Closed recordings that rotted: a flipped bit is found and named, a cut anywhere leaves what came before."""

from __future__ import annotations

import random
import struct
from pathlib import Path

from mcap.opcode import Opcode

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.inbound import Inbound
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.session import Damage, read_session, repair
from tests.benchmarks.faults.row import Row
from tests.io.session.session_builders import ManualTimer, seconds_of_session, write_flushed, writer

EVENTS = seconds_of_session(40)
HEAD = struct.Struct("<BQ")
MAGIC_BYTES = 8
EACH_KIND = 100
"""Up to so many cuts, one record of each kind is cut, else all of them."""


def flipped_bit(times: int, folder: Path) -> Row:
    """One bit anywhere in a closed file: every event that was recorded is read, or is within what is said to be missing."""
    path = write_flushed(folder / "a.mcap", EVENTS)
    whole, chance = path.read_bytes(), random.Random(3)
    wrong, refused, worst = [], 0, 0.0
    for k in range(times):
        data = bytearray(whole)
        place = chance.randrange(len(data))
        data[place] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        try:
            reader = read_session(path)
            words, lost_s = _named(list(reader), reader.damage)
        except RecordingError as error:
            refused += 1
            words, lost_s = "" if str(path) in str(error) and place < _first_block(whole) else str(error), 0.0
        worst = max(worst, lost_s)
        wrong += [f"flip {k} at byte {place}: {words}"] if words else []
    return Row(
        fault="a flipped bit in a closed file",
        times=times,
        lost=f"at most {worst:.1f} s of 40, named; {refused} in the head: refused by name",
        recovered="at reading",
        bar="found, the seconds named, nothing false read",
        wrong=tuple(wrong),
    )


def _named(read: list[Inbound], damage: Damage | None) -> tuple[str, float]:
    """What is wrong with what was read, and seconds lost."""
    rest = iter(EVENTS)
    if not all(event in rest for event in read):
        return "an event that was not recorded", 0.0
    missing = [event for event in EVENTS if event not in read]
    if not missing:
        return "", 0.0
    if damage is None:
        return f"{len(missing)} events are missing and nothing was said", 0.0
    spans = [(loss.after or EVENTS[0].at, loss.until or EVENTS[-1].at) for loss in damage.losses]
    if not all(any(after <= event.at <= until for after, until in spans) for event in missing):
        return "missing outside of what was said", 0.0
    return "", (missing[-1].at - missing[0].at) / NS_PER_S


def truncated(times: int, folder: Path) -> Row:
    """Cut at every kind of place: in and after the magic, each record's head, its first byte, its middle, its last byte, its end."""
    with writer(folder / "a.mcap", timer=ManualTimer()) as session:
        for first in range(0, len(EVENTS), 44):
            session.record(EVENTS[first : first + 44])
            session.flush()
    whole = session.path.read_bytes()
    cuts = _cuts(whole, every=times > EACH_KIND)
    chance = random.Random(5)
    cuts += [chance.randrange(len(whole)) for _ in range(max(0, times - len(cuts)))]
    wrong = [words for cut in cuts if (words := _one_cut(whole, cut, folder / f"cut{cut}.mcap"))]
    return Row(
        fault="truncated at every class of byte boundary",
        times=len(cuts),
        lost="what lay after the cut, but for a block cut in two",
        recovered="at reading, and whole after a repair",
        bar="all whole blocks before the cut are read; a repaired copy is whole",
        wrong=tuple(wrong),
    )


def _records(whole: bytes) -> list[tuple[int, int, int]]:
    """(opcode, start, end) of each record."""
    out, position = [], MAGIC_BYTES
    while position < len(whole) - MAGIC_BYTES:
        opcode, length = HEAD.unpack_from(whole, position)
        out.append((opcode, position, position + HEAD.size + length))
        position += HEAD.size + length
    return out


def _first_block(whole: bytes) -> int:
    return next(start for opcode, start, _ in _records(whole) if opcode == Opcode.CHUNK)


def _cuts(whole: bytes, *, every: bool) -> list[int]:
    """At every record, or at one of each kind."""
    places = {0, 1, MAGIC_BYTES - 1, MAGIC_BYTES, len(whole) - MAGIC_BYTES, len(whole) - 1}
    records = _records(whole)
    one_of_each = {opcode: (opcode, start, end) for opcode, start, end in records}
    for _, start, end in records if every else one_of_each.values():
        places |= {start, start + 1, start + HEAD.size - 1, start + HEAD.size, (start + end) // 2, end - 1}
    return sorted(places)


def _one_cut(whole: bytes, cut: int, path: Path) -> str:
    path.write_bytes(whole[:cut])
    blocks = sum(opcode == Opcode.CHUNK and end <= cut for opcode, _, end in _records(whole))
    expected = EVENTS[: 44 * blocks]
    try:
        if list(read_session(path)) != expected:
            return f"cut at {cut}: not the {len(expected)} events before it"
        report = repair(path)
        reader = read_session(report.path)
        return "" if list(reader) == expected and reader.damage is None else f"cut at {cut}: not whole after a repair"
    except RecordingError as error:
        return f"cut at {cut}: {error}" if expected or path.name not in str(error) else ""

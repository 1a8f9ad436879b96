"""Inputs near to good ones, guided by which lines they reach: what comes somewhere new is kept and changed further.

A small one of our own: coverage-guided fuzzers for Python need a compiler of their own making. Lines are traced for the first inputs only,
because tracing costs tens of times the work; the corpus that was found so feeds the rest.
"""

from __future__ import annotations

import random
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import CodeType, FrameType

EDGES = (0, 1, 0x7F, 0x80, 0xFE, 0xFF)
WIDE = (0, 1, 2**15 - 1, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1, 2**64 - 1)
MOST_BYTES = 1 << 16
TRACED_SHARE = 0.1
MOST_TRACED = 20_000
LONGEST_S = 5.0
"""One input that takes longer hangs, or was meant to."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """Something that reads bytes from outside."""

    name: str
    read: Callable[[bytes], object]
    seeds: Sequence[bytes]
    refusals: tuple[type[Exception], ...] = ()
    """What it may raise, each with a sentence."""
    words: Sequence[bytes] = ()
    """Put in as they are."""
    rooms: tuple[str, ...] = ("hipmonitor/",)
    """Parts of paths whose lines count."""


@dataclass
class Found:
    """What became of a target."""

    inputs: int = 0
    refused: int = 0
    lines: int = 0
    corpus: list[bytes] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)


def fuzzed(target: Target, inputs: int, seed: int) -> Found:
    """So many inputs."""
    chance, found = random.Random(seed), Found()
    found.corpus = list(target.seeds) or [b""]
    seen: set[tuple[CodeType, int]] = set()
    traced = min(MOST_TRACED, round(inputs * TRACED_SHARE))
    for k in range(inputs):
        data = found.corpus[k] if k < len(target.seeds) else mutated(chance, found.corpus, target.words)
        if k < traced:
            before = len(seen)
            with _Lines(target.rooms, seen):
                _read(target, data, found)
            if len(seen) > before and k >= len(target.seeds):
                found.corpus.append(data)
        else:
            _read(target, data, found)
        if len(found.unexpected) >= 5:
            break
    found.lines = len(seen)
    return found


def _read(target: Target, data: bytes, found: Found) -> None:
    found.inputs += 1
    began = time.monotonic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            target.read(data)
    except target.refusals:
        found.refused += 1
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        found.unexpected.append(f"{target.name}: {type(error).__name__}: {error} on {data[:200]!r} ({len(data)} bytes)")
    took_s = time.monotonic() - began
    if took_s > LONGEST_S:
        found.unexpected.append(f"{target.name}: {took_s:.1f} s for {data[:200]!r} ({len(data)} bytes)")


class _Lines:
    """Which lines run meanwhile."""

    def __init__(self, rooms: tuple[str, ...], seen: set[tuple[CodeType, int]]) -> None:
        self._rooms, self._seen = rooms, seen
        self._ours: dict[CodeType, bool] = {}

    def __enter__(self) -> None:
        self._before = sys.gettrace()
        sys.settrace(self._call)

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._before)

    def _call(self, frame: FrameType, _event: str, _arg: object) -> object:
        code = frame.f_code
        if code not in self._ours:
            self._ours[code] = any(room in code.co_filename for room in self._rooms)
        return self._line if self._ours[code] else None

    def _line(self, frame: FrameType, _event: str, _arg: object) -> object:
        self._seen.add((frame.f_code, frame.f_lineno))
        return self._line


# --- changing ---------------------------------------------------------------------------------------------------------


def mutated(chance: random.Random, corpus: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """One of the corpus with one to eight changes."""
    data = bytearray(chance.choice(corpus))
    for _ in range(chance.choice((1, 1, 1, 2, 2, 4, 8))):
        chance.choice(CHANGES)(chance, data, corpus, words)
    return bytes(data[:MOST_BYTES])


def _place(chance: random.Random, data: bytearray) -> int:
    return chance.randrange(len(data)) if data else 0


def _bit(chance: random.Random, data: bytearray, *_: object) -> None:
    if data:
        data[_place(chance, data)] ^= 1 << chance.randrange(8)


def _byte(chance: random.Random, data: bytearray, *_: object) -> None:
    if data:
        data[_place(chance, data)] = chance.choice((*EDGES, chance.randrange(256)))


def _number(chance: random.Random, data: bytearray, *_: object) -> None:
    size, at = chance.choice((2, 4, 8)), _place(chance, data)
    value = chance.choice(WIDE) % 2 ** (8 * size)
    data[at : at + size] = value.to_bytes(size, chance.choice(("little", "big")))


def _cut(chance: random.Random, data: bytearray, *_: object) -> None:
    del data[_place(chance, data) :]


def _without(chance: random.Random, data: bytearray, *_: object) -> None:
    at = _place(chance, data)
    del data[at : at + chance.randrange(1, 32)]


def _twice(chance: random.Random, data: bytearray, *_: object) -> None:
    at = _place(chance, data)
    piece = bytes(data[at : at + chance.randrange(1, 64)])
    to = _place(chance, data)
    data[to:to] = piece


def _noise(chance: random.Random, data: bytearray, *_: object) -> None:
    at = _place(chance, data)
    data[at:at] = chance.randbytes(chance.randrange(1, 24))


def _joined(chance: random.Random, data: bytearray, corpus: Sequence[bytes], _words: object) -> None:
    other = chance.choice(corpus)
    data[_place(chance, data) :] = other[chance.randrange(len(other)) if other else 0 :]


def _word(chance: random.Random, data: bytearray, _corpus: object, words: Sequence[bytes]) -> None:
    if words:
        at = _place(chance, data)
        data[at : at + chance.choice((0, 0, 4))] = chance.choice(words)


CHANGES: tuple[Callable[..., None], ...] = (_bit, _byte, _number, _cut, _without, _twice, _noise, _joined, _word)

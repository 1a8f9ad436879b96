"""Mutated notifications of every sensor one can buy: faults, never exceptions.

    python -m tests.benchmarks.mutated [how many of each, a million if not said [families]]

A hard life of each simulated sensor (link lost and found, switched off and on) is told again and again, every second notification
of its data changed: bytes flipped, set, cut off, put in, the whole made up, doubled, lost, under another channel. Bar: no exception,
every product is well formed, and what comes unharmed afterwards is read again.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from hipmonitor.core.inbound import Notification
from hipmonitor.core.wire import Decoded, ImuPackets, Wire, WireFault
from tests.laws.streams import OTHER_MAKES, other_make_events

MILLION = 1_000_000
MOST_AT_ONCE = 40


def mutated(notes: Sequence[Notification], chance: np.random.Generator) -> Iterator[Notification]:
    """One life, every second notification of its data changed, and one in sixteen of the talk: without the talk no data are read."""
    data = Counter(note.channel for note in notes).most_common(1)[0][0]
    for note in notes:
        fate = int(chance.integers(0, 16 if note.channel == data else 128))
        if fate == 0:
            continue
        if fate == 1:
            yield note
        yield replace(note, payload=_changed(note.payload, fate, chance), channel=_channel(note, notes, fate, chance))


def _changed(payload: bytes, fate: int, chance: np.random.Generator) -> bytes:
    at = int(chance.integers(0, len(payload) + 1))
    few = chance.integers(0, 256, int(chance.integers(1, 9)), dtype=np.uint8).tobytes()
    match fate:
        case 2:
            return payload[:at]
        case 3:
            return payload[:at] + few + payload[at:]
        case 4:
            return payload[:at] + few + payload[at + len(few) :]
        case 5:
            return chance.integers(0, 256, int(chance.integers(0, 245)), dtype=np.uint8).tobytes()
        case 6 if payload:
            return payload[: at - 1] + bytes([payload[at - 1] ^ 1 << int(chance.integers(0, 8))]) + payload[at:]
        case _:
            return payload


def _channel(note: Notification, notes: Sequence[Notification], fate: int, chance: np.random.Generator) -> str:
    return notes[int(chance.integers(0, len(notes)))].channel if fate == 7 else note.channel


def is_well_formed(item: Decoded) -> bool:
    """Columns that belong together have one length, and every number is one."""
    if not isinstance(item, ImuPackets):
        return True
    samples = int(item.count.sum())
    rows = len(item.acc_counts) == samples and (item.gyr_counts is None or len(item.gyr_counts) == samples)
    packets = {len(column) for column in (item.at_ns, item.first_index, item.first_tick, item.count, item.status)}
    finite = np.isfinite(item.acc_counts).all() and (item.gyr_counts is None or np.isfinite(item.gyr_counts).all())
    return bool(rows and len(packets) == 1 and finite and (item.count > 0).all())


def tell(notes: Sequence[Notification], how_many: int, *, seed: int) -> tuple[int, Counter[str], int]:
    """(notifications told, what became of them, samples of a last life that was not changed)."""
    chance, became, told = np.random.default_rng(seed), Counter[str](), 0
    wire = Wire()
    while told < how_many:
        life = list(mutated(notes, chance))
        told += len(life)
        while life:
            some = int(chance.integers(1, MOST_AT_ONCE))
            for item in wire.step(life[:some]):
                if not is_well_formed(item):
                    raise AssertionError(item)
                became[item.kind.value if isinstance(item, WireFault) else type(item).__name__] += 1
            del life[:some]
    return told, became, sum(int(item.count.sum()) for item in wire.step(notes) if isinstance(item, ImuPackets))


def life_of(family: str) -> list[Notification]:
    """What the laws are held to as well."""
    return [event for event in other_make_events(family) if isinstance(event, Notification)]


def main(how_many: int = MILLION, *families: str) -> int:
    """Print the table; 1 where an unharmed life is not read after the harmed ones."""
    failed = False
    for family in families or OTHER_MAKES:
        began_s, life = time.perf_counter(), life_of(family)
        told, became, samples = tell(life, how_many, seed=1)
        unharmed = sum(int(item.count.sum()) for item in Wire().step(life) if isinstance(item, ImuPackets))
        print(f"{family}: {told} notifications in {time.perf_counter() - began_s:.0f} s, no exception")
        print("   " + ", ".join(f"{kind} {count}" for kind, count in became.most_common()))
        print(f"   an unharmed life afterwards: {samples} samples, {unharmed} without what came before")
        failed |= samples < 0.9 * unharmed
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else MILLION, *sys.argv[2:]))

"""Outputs of many steps as one plain value, so that equality is equality bit for bit."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Iterable

import numpy as np

from hipmonitor.core.exercise import ExerciseBlock
from hipmonitor.core.wire import ImuPackets, WireFault


def plain(value: object) -> object:
    """A value that compares by content: arrays by dtype, shape and bytes."""
    if isinstance(value, np.ndarray):
        return (str(value.dtype), value.shape, value.tobytes())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(plain(getattr(value, f.name)) for f in dataclasses.fields(value)))
    if isinstance(value, dict):
        return tuple((plain(k), plain(v)) for k, v in value.items())
    if isinstance(value, list | tuple):
        return tuple(plain(v) for v in value)
    if isinstance(value, float) and math.isnan(value):
        return "nan"
    return value


def together(outputs: Iterable[object]) -> dict[str, object]:
    """The outputs of consecutive steps as one: columns joined, tuples joined, faults counted by kind, facts as last said."""
    joined: dict[str, list[object]] = {}
    for output in outputs:
        _gather("", output, joined)
    return {name: _as_one(name, values) for name, values in joined.items()}


def of_sets(blocks: Iterable[ExerciseBlock]) -> dict[str, object]:
    """What a room of exercises brought, without how a set stood where a piece ended.

    Results are in the order of their beginnings: a walk's comes when its last seconds are decided, maybe in the same piece as
    the next set's, and a piece does not say which was first.
    """
    blocks = list(blocks)
    results = [one for block in blocks for one in block.results]
    return {
        "poses": plain([one for block in blocks for one in block.poses]),
        "repetitions": plain([one for block in blocks for one in block.repetitions]),
        "hips": plain([one for block in blocks for one in block.hips]),
        "results": plain(sorted(results, key=lambda one: one.started)),
    }


def _gather(name: str, value: object, joined: dict[str, list[object]]) -> None:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for f in dataclasses.fields(value):
            _gather(f"{name}.{f.name}", getattr(value, f.name), joined)
    else:
        joined.setdefault(name, []).append(value)


def _as_one(name: str, values: list[object]) -> object:
    arrays = [v for v in values if isinstance(v, np.ndarray)]
    if arrays:
        return plain(np.concatenate([a for a in arrays if len(a)] or arrays[:1]))
    if isinstance(values[0], tuple):
        items = [item for v in values for item in v]  # type: ignore[attr-defined]
        if any(isinstance(item, WireFault) for item in items) or "faults" in name:
            return Counter({f.kind: 0 for f in items}) + counted(items)
        return plain(joined_packets(items))
    return plain(values[-1])


def counted(faults: Iterable[WireFault]) -> Counter[object]:
    """How many of each kind."""
    total: Counter[object] = Counter()
    for fault in faults:
        total[fault.kind] += fault.count
    return total


def joined_packets(items: list[object]) -> list[object]:
    """Consecutive packets of one kind and stream as one: a slab hands on fewer, longer ones."""
    out: list[object] = []
    for item in items:
        last = out[-1] if out else None
        if (
            isinstance(item, ImuPackets)
            and isinstance(last, ImuPackets)
            and (last.kind, last.info) == (item.kind, item.info)
        ):
            columns = [f.name for f in dataclasses.fields(item) if isinstance(getattr(item, f.name), np.ndarray)]
            out[-1] = dataclasses.replace(
                last, **{c: np.concatenate([getattr(last, c), getattr(item, c)]) for c in columns}
            )
        else:
            out.append(item)
    return out

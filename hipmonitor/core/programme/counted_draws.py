"""A fixed sequence of draws, by counter: the same numbers on every computer and at every time, and no randomness.

SplitMix64 (Steele, Lea and Flood 2014): each number is a mixing of its place in the sequence.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count, islice, permutations
from math import factorial

import numpy as np

from hipmonitor.core.arrays import Ints

_MASK = (1 << 64) - 1


def draws(below: int) -> Iterator[int]:
    """Whole numbers in [0, below), for ever; the uneven last part of 2**64 is smaller than any count here would show."""
    for place in count(1):
        z = (place * 0x9E3779B97F4A7C15) & _MASK
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        yield (z ^ (z >> 31)) % below


@cache
def orders(things: int, most: int) -> Ints:
    """(n, things) other orders of so many things: every one of them where there are at most `most`, else `most` that were drawn."""
    if things < 2:
        return np.zeros((0, things), np.int64)
    if factorial(things) - 1 <= most:
        return np.array(list(permutations(range(things)))[1:], np.int64)
    numbers = draws(1 << 62)
    keys = np.array(list(islice(numbers, most * things)), np.int64).reshape(most, things)
    return np.argsort(keys, axis=1)

"""Waiting between tries."""

from __future__ import annotations

import random

from hipmonitor.io.ble.backoff import Backoff
from hipmonitor.io.ble.params import BleParams


def test_waits_double_up_to_five_seconds_and_start_again_after_success() -> None:
    backoff = Backoff(BleParams(), random.SystemRandom())
    waits = [backoff.failed() for _ in range(40)]
    longest = [0.25, 0.5, 1.0, 2.0, 4.0] + [5.0] * 35
    assert all(limit / 2 <= wait <= limit for wait, limit in zip(waits, longest, strict=True))
    assert len(set(waits)) == len(waits)
    assert backoff.tries == 40
    backoff.reset()
    assert backoff.failed() <= 0.25

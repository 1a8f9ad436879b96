"""A sensor whose samples come 3 % slower or faster than it says: the filter runs at the true rate, in both readings."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from hipmonitor.core.inbound import ChangeSettings, Inbound, LinkChange, LinkState, UserAction
from hipmonitor.core.settings import Settings
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.runtime.analysis import Analysis, Reading
from hipmonitor.runtime.analyze import analyze_slabs
from tests.core.builders import SENSOR, G, at, data_bytes, info_bytes, note, turned_about_x

SECONDS = 60.0
READINGS: tuple[Reading, ...] = ("as_lived", "settled")


def swinging(true_hz: float, stated_hz: float) -> tuple[list[Inbound], np.ndarray]:
    """Packets of a sensor that swings by 150 deg/s, and its angle, degrees."""
    acc, gyr, angle = turned_about_x(lambda t: 150 * np.sin(2 * np.pi * 0.7 * t), SECONDS, true_hz)
    counts = np.concatenate([acc / G * 2048, np.rad2deg(gyr) * 16.384], axis=1)
    events: list[Inbound] = [
        UserAction(at=at(0), action=ChangeSettings(settings=Settings(side="right"))),
        note(0, hip.INFO, info_bytes(rate_hz=stated_hz)),
    ]
    for first in range(0, len(counts) // 8 * 8, 8):
        payload = data_bytes(
            np.rint(counts[first : first + 8]), first_index=first, first_tick=round(first / true_hz * 32768)
        )
        events.append(note((first + 7) / true_hz + 0.01, hip.DATA, payload))
    events.append(LinkChange(at=at(SECONDS), sensor=SENSOR, state=LinkState.ENDED))
    return events, angle


def error_deg(result: Analysis, angle: np.ndarray) -> float:
    """RMSE of the angle about x from the 20th second on."""
    w, x, y, z = result.world_from_sensor.T
    told = np.rad2deg(np.arctan2(2 * (y * z + w * x), w * w - x * x - y * y + z * z))
    error = (told - angle[: len(told)])[len(told) // 3 :]
    error = (error - np.median(error) + 180) % 360 - 180
    return float(np.sqrt(np.mean(error * error)))


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("true_hz", [97.0, 103.0])
def test_a_sensor_3_percent_off_its_stated_rate_costs_less_than_a_sixth_of_a_degree(
    true_hz: float, reading: Reading
) -> None:
    events, angle = swinging(true_hz, stated_hz=100.0)
    right, _ = swinging(true_hz, stated_hz=true_hz)
    off = error_deg(analyze_slabs(lambda: [events], reading=reading), angle)
    assert off <= error_deg(analyze_slabs(lambda: [right], reading=reading), angle) + 0.15


@pytest.mark.parametrize("reading", READINGS)
def test_its_samples_are_timed_by_its_ticks(reading: Reading) -> None:
    events, _ = swinging(97.0, stated_hz=100.0)
    told = analyze_slabs(lambda: [list(part) for part in _thirds(events)], reading=reading).t_ns
    apart_ms = np.diff(told)[1000:] / 1e6
    assert len(told) == len(events[2:-1]) * 8
    np.testing.assert_allclose(apart_ms, 1000 / 97, atol=0.1)


def _thirds(events: list[Inbound]) -> list[list[Inbound]]:
    edges = [0, len(events) // 3, 2 * len(events) // 3, len(events)]
    return [events[a:b] for a, b in pairwise(edges)]

"""A virtual air and a sensor on it, as processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).parents[2]


@contextmanager
def process(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python program, killed in the end."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        try:
            yield child
        finally:
            child.kill()


@contextmanager
def air_and_sensor(seed: int = 1) -> Iterator[str]:
    """The transport by which a host reaches the sensor."""
    with process("-m", "firmware_sim.air") as air:
        assert air.stdout is not None
        ports = json.loads(air.stdout.readline())
        sensor = ("--transport", f"tcp-client:127.0.0.1:{ports['sensor_port']}", "--seed", str(seed))
        with process("-m", "firmware_sim", "--scenario", "desk", *sensor):
            yield f"tcp-client:127.0.0.1:{ports['host_port']}"

"""The simulated sensor on its virtual air: two processes of their own, and what they say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hipmonitor.core.errors import LinkError
from hipmonitor.core.inbound import HoldPose, Pose
from hipmonitor.core.settings import Settings
from hipmonitor.io.settings import parse_settings
from hipmonitor.runtime.live import LiveMonitor
from hipmonitor.ui.cli.child import Child

REMEDY = 'Install it with: pip install "hipmonitor[sim]"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """A simulated sensor that is on the air."""

    radio: str
    """The transport by which a host reaches it."""
    settings: Settings
    """In which the scenario shows what it is for."""
    sensor: Child
    air: Child

    def pass_cues_on(self, monitor: LiveMonitor) -> None:
        """What the simulated wearer is doing for a calibration enters as if they had said so."""
        for line in self.sensor.lines_so_far():
            if "cue" in line:
                monitor.act(HoldPose(pose=Pose(line["cue"])))


@contextmanager
def simulation(scenario: str, seed: int, truth: Path | None = None) -> Iterator[Simulation]:
    """Air and sensor while the context lasts.

    Raises:
        LinkError: the simulator is not installed, or did not start; says what to do.
    """
    for module in ("firmware_sim", "bumble"):
        if find_spec(module) is None:
            raise LinkError(f"The simulated sensor needs {module}, which is not installed. {REMEDY}")
    with Child("virtual air", "firmware_sim.air", ["--seed", str(seed)]) as air:
        ports = air.line("sensor_port")
        arguments = ["--scenario", scenario, "--seed", str(seed)]
        arguments += ["--transport", f"tcp-client:127.0.0.1:{ports['sensor_port']}"]
        arguments += [] if truth is None else ["--truth", str(truth)]
        with Child("simulated sensor", "firmware_sim", arguments) as sensor:
            overrides = sensor.line("settings")["settings"]
            person = sensor.line("ready").get("person") or {}
            yield Simulation(
                radio=f"tcp-client:127.0.0.1:{ports['host_port']}",
                settings=_settings(scenario, overrides, person),
                sensor=sensor,
                air=air,
            )


def _settings(scenario: str, overrides: dict[str, float], person: dict[str, Any]) -> Settings:
    """Ordinary settings, as if a file had them."""
    values = {"side": person.get("side", "unknown"), **overrides}
    if overrides:
        values["set_by"] = f"scenario {scenario}"
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    return parse_settings("\n".join(lines), f"scenario {scenario}")

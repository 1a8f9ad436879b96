"""Simulated sensors on their virtual air: processes of their own, and what they say."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hipmonitor.core.errors import LinkError
from hipmonitor.core.inbound import HoldPose, Pose
from hipmonitor.core.settings import Settings
from hipmonitor.io.settings import parse_settings
from hipmonitor.runtime.live import LiveMonitor
from hipmonitor.ui.cli.child import Child

PLACES = ("thigh", "pelvis", "other_thigh")
"""Where a simulated wearer can have sensors."""
TOGETHER_NS = 3_000_000_000
"""Processes of several sensors need so long to begin; the wearer waits for them."""
REMEDY = 'Install it with: pip install "hipmonitor[sim]"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """Simulated sensors of one wearer that are on the air."""

    radio: str
    """The transport by which a host reaches it."""
    settings: Settings
    """In which the scenario shows what it is for."""
    sensor: Child
    """The thigh's; its script is the wearer's."""
    air: Child
    beside: dict[str, Child] = field(default_factory=dict)
    """Those at other places."""

    def pass_cues_on(self, monitor: LiveMonitor) -> None:
        """What the simulated wearer is doing for a calibration enters as if they had said so."""
        for line in self.sensor.lines_so_far():
            if "cue" in line:
                monitor.act(HoldPose(pose=Pose(line["cue"])))


def address_of(place: str) -> str:
    """Every place has a sensor of its own."""
    return f"F0:0D:00:00:00:{PLACES.index(place) + 1:02X}"


def _own(place: str) -> list[str]:
    return ["--where", place, "--address", address_of(place)]


@contextmanager
def simulation(
    scenario: str, seed: int, truth: Path | None = None, places: Sequence[str] = PLACES[:1]
) -> Iterator[Simulation]:
    """Air and sensors while the context lasts; the thigh's is always one of them.

    Raises:
        LinkError: the simulator is not installed, or did not start; says what to do.
    """
    for module in ("firmware_sim", "bumble"):
        if find_spec(module) is None:
            raise LinkError(f"The simulated sensor needs {module}, which is not installed. {REMEDY}")
    with ExitStack() as children:
        air = children.enter_context(Child("virtual air", "firmware_sim.air", ["--seed", str(seed)]))
        ports = air.line("sensor_port")
        arguments = ["--scenario", scenario, "--seed", str(seed)]
        arguments += ["--transport", f"tcp-client:127.0.0.1:{ports['sensor_port']}"]
        if len(places) > 1:
            arguments += ["--begin-at", str(time.time_ns() + TOGETHER_NS)]
        of_thigh = [] if truth is None else ["--truth", str(truth)]
        sensors = {
            place: children.enter_context(Child(f"simulated {place} sensor", "firmware_sim", [*arguments, *own]))
            for place, own in ((place, _own(place) if place != PLACES[0] else of_thigh) for place in places)
        }
        sensor = sensors.pop(PLACES[0])
        overrides = sensor.line("settings")["settings"]
        person = sensor.line("ready").get("person") or {}
        yield Simulation(
            radio=f"tcp-client:127.0.0.1:{ports['host_port']}",
            settings=_settings(scenario, overrides, person, sensors),
            sensor=sensor,
            air=air,
            beside=sensors,
        )


def _settings(scenario: str, overrides: dict[str, float], person: dict[str, Any], beside: Collection[str]) -> Settings:
    """Ordinary settings, as if a file had them. One sensor alone needs no place."""
    placed = (
        {f"{place}_sensor": address_of(place) for place in PLACES if place in {PLACES[0], *beside}} if beside else {}
    )
    values = {"side": person.get("side", "unknown"), **placed, **overrides}
    if overrides:
        values["set_by"] = f"scenario {scenario}"
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    return parse_settings("\n".join(lines), f"scenario {scenario}")

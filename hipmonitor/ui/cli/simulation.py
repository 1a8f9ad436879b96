"""Simulated sensors on their virtual air: two processes of their own, and what they say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
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

PLACES = ("thigh", "pelvis", "other_thigh")
"""Where a simulated wearer can have sensors."""
TO_BEGIN_S = 3.0
"""The wearer stands so much longer, so that a slow or busy computer has the sensor before the calibration's poses are over: the body
moves from the simulator's start on, and a connection was seen to take 1.7 s where it takes .8 s at rest."""
TO_CONNECT_S = 4.0
"""For each sensor after the first the wearer stands so much longer, so that the guided calibration finds all connected."""
TO_SET_UP_S = 2.0
"""A maker's sensor is looked at and set before it streams; a hip sensor streams at once."""
REMEDY = 'Install it with: pip install "hipmonitor[sim]"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """Simulated sensors of one wearer that are on the air."""

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
def simulation(
    scenario: str,
    seed: int,
    truth: Path | None = None,
    places: Sequence[str] = PLACES[:1],
    makes: Sequence[str] = ("hip",),
) -> Iterator[Simulation]:
    """Air and sensors while the context lasts; the thigh's is always one of them.

    `makes`: families, one for each place; the last is that of all further places.

    Raises:
        LinkError: the simulator is not installed, or did not start; says what to do.
    """
    for module in ("firmware_sim", "bumble"):
        if find_spec(module) is None:
            raise LinkError(f"The simulated sensor needs {module}, which is not installed. {REMEDY}")
    with Child("virtual air", "firmware_sim.air", ["--seed", str(seed)]) as air:
        ports = air.line("sensor_port")
        arguments = ["--scenario", scenario, "--seed", str(seed), "--where", ",".join(places)]
        arguments += ["--sensor", ",".join(makes)]
        arguments += ["--transport", f"tcp-client:127.0.0.1:{ports['sensor_port']}"]
        arguments += ["--stand-first", str(_standing_first_s(places, makes))]
        arguments += [] if truth is None else ["--truth", str(truth)]
        with Child("simulated sensor", "firmware_sim", arguments) as sensor:
            overrides = sensor.line("settings")["settings"]
            ready = sensor.line("ready")
            yield Simulation(
                radio=f"tcp-client:127.0.0.1:{ports['host_port']}",
                settings=_settings(scenario, overrides, ready.get("person") or {}, ready["sensors"]),
                sensor=sensor,
                air=air,
            )


def _standing_first_s(places: Sequence[str], makes: Sequence[str]) -> float:
    return TO_BEGIN_S + TO_CONNECT_S * (len(places) - 1) + (TO_SET_UP_S if set(makes) != {"hip"} else 0.0)


def _settings(
    scenario: str, overrides: dict[str, float], person: dict[str, Any], sensors: Mapping[str, str]
) -> Settings:
    """Ordinary settings, as if a file had them. One sensor alone needs no place."""
    placed = {f"{place}_sensor": address for place, address in sensors.items()} if len(sensors) > 1 else {}
    values = {"side": person.get("side", "unknown"), **placed, **overrides}
    if overrides:
        values["set_by"] = f"scenario {scenario}"
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    return parse_settings("\n".join(lines), f"scenario {scenario}")

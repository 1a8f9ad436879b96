"""A sensor and a host without a radio: the Inbounds that the BLE client would have recorded, on simulated time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from firmware_sim.memory_air import AirParams
from firmware_sim.memory_host import DEFAULT_SENSOR, MTU, Firmware, MemoryHost, Scene, civil_tick
from hipmonitor.core.inbound import Inbound, SensorId
from hipmonitor.core.instants import NS_PER_S

__all__ = ["DEFAULT_SENSOR", "AirParams", "Firmware", "civil_tick", "stream"]


def stream(
    device: Firmware,
    *,
    start_ns: int,
    seconds: float,
    seed: int = 0,
    outages: Sequence[tuple[float, float]] = (),
    reboots: Sequence[float] = (),
    backfill: bool = True,
    mtu: int = MTU,
    utc_offset_s: int = 0,
    sensor: SensorId = DEFAULT_SENSOR,
    air: AirParams | None = None,
    turn_s: float = 0.1,
) -> Iterator[list[Inbound]]:
    """What arrived, turn by turn, while `device` is worn for `seconds` from `start_ns` (ns since the epoch) on.

    `outages` are (from, until) and `reboots` instants, both in seconds after the start. Turns without anything are left
    out; a link that is up at the end is left up. All of it follows from the arguments: same arguments, same bytes and
    instants.
    """
    scene = Scene(
        outages_s=outages,
        reboots_s=reboots,
        backfill=backfill,
        mtu=mtu,
        utc_offset_s=utc_offset_s,
        sensor=sensor,
        air=air or AirParams(),
    )
    host = MemoryHost(device, start_ns=start_ns, end_ns=start_ns + int(seconds * NS_PER_S), seed=seed, scene=scene)
    turn_ns = int(turn_s * NS_PER_S)
    until = start_ns
    while until < host.end_ns:
        until = min(until + turn_ns, host.end_ns)
        if events := host.run(until):
            yield events

"""A sensor and a host without a radio: the Inbounds that the BLE client would have recorded, on simulated time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from firmware_sim.memory_air import AirParams
from firmware_sim.memory_host import (
    DEFAULT_SENSOR,
    MTU,
    ROUND_TRIP_PERIOD_S,
    MemoryHost,
    Scene,
    civil_tick,
)
from firmware_sim.ports import WholeFirmware
from hipmonitor.core.inbound import Inbound, SensorId, Tick
from hipmonitor.core.instants import NS_PER_S

__all__ = ["DEFAULT_SENSOR", "AirParams", "civil_tick", "stream", "stream_together"]

BOOT_S = 3.0
"""A sensor that is switched on is on the air so much later."""


def stream(
    device: WholeFirmware,
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
    round_trip_s: float = ROUND_TRIP_PERIOD_S,
) -> Iterator[list[Inbound]]:
    """What arrived, turn by turn, while `device` is worn for `seconds` from `start_ns` (ns since the epoch) on.

    `outages` are (from, until) and `reboots` instants, both in seconds after the start. Turns without anything are left
    out; a link that is up at the end is left up. The sensor's clock is looked at every `round_trip_s`: less often makes long
    simulations quicker, and times a little less sure. All of it follows from the arguments: same arguments, same bytes and
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
        round_trip_s=round_trip_s,
    )
    host = MemoryHost(device, start_ns=start_ns, end_ns=start_ns + int(seconds * NS_PER_S), seed=seed, scene=scene)
    yield from _turns([host], start_ns=start_ns, turn_s=turn_s)


def stream_together(
    devices: Mapping[SensorId, WholeFirmware],
    *,
    start_ns: int,
    seconds: float,
    seed: int = 0,
    outages: Sequence[tuple[float, float]] = (),
    off: Mapping[SensorId, tuple[float, float]] | None = None,
    utc_offset_s: int = 0,
    air: AirParams | None = None,
    turn_s: float = 0.1,
) -> Iterator[list[Inbound]]:
    """What arrived from several sensors of one wearer, in the order in which it came; one civil second's Tick once.

    Every sensor has a link of its own; `outages` are the wearer's and concern all of them. `off`: who is switched off from,
    until, and remembers nothing of before.
    """
    hosts = []
    for number, (sensor, device) in enumerate(devices.items()):
        own = [off[sensor]] if off and sensor in off else []
        scene = Scene(
            outages_s=[*outages, *own],
            reboots_s=[until_s - BOOT_S for _, until_s in own],
            backfill=True,
            mtu=MTU,
            utc_offset_s=utc_offset_s,
            sensor=sensor,
            air=air or AirParams(),
        )
        end_ns = start_ns + int(seconds * NS_PER_S)
        hosts.append(MemoryHost(device, start_ns=start_ns, end_ns=end_ns, seed=seed + number, scene=scene))
    yield from _turns(hosts, start_ns=start_ns, turn_s=turn_s)


def _turns(hosts: Sequence[MemoryHost], *, start_ns: int, turn_s: float) -> Iterator[list[Inbound]]:
    """Turn by turn; turns without anything are left out."""
    turn_ns, until = int(turn_s * NS_PER_S), start_ns
    while until < hosts[0].end_ns:
        until = min(until + turn_ns, hosts[0].end_ns)
        heard = [host.run(until) for host in hosts]
        others = [[event for event in events if not isinstance(event, Tick)] for events in heard[1:]]
        if events := sorted([*heard[0], *(event for one in others for event in one)], key=lambda event: event.at):
            yield events

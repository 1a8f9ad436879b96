"""The air as a process: python -m firmware_sim.air. Prints one JSON line with its ports when it is ready."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
from dataclasses import asdict

from firmware_sim.air.conditions import Conditions
from firmware_sim.air.link import Air
from firmware_sim.air.serve import AirServer, Ports


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m firmware_sim.air", description=__doc__)
    for name, what in (("sensor", "sensors"), ("host", "hosts"), ("control", "range, packet errors and statistics")):
        parser.add_argument(f"--{name}-port", type=int, default=0, help=f"TCP port for {what}; 0 = a free one")
    parser.add_argument("--seed", type=int, default=1, help="which packets are lost, when some are")
    return parser.parse_args()


async def _run(ports: Ports, seed: int) -> None:
    server = AirServer(Air(Conditions(seed=seed)))
    ready = await server.start(ports)
    sys.stdout.write(json.dumps(asdict(ready)) + "\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def main() -> None:
    """Serve until killed."""
    given = _arguments()
    ports = Ports(sensor_port=given.sensor_port, host_port=given.host_port, control_port=given.control_port)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(ports, given.seed))


if __name__ == "__main__":
    main()

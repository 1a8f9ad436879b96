"""python -m firmware_sim: simulated sensors of one wearer in real time, on the virtual air or on real Bluetooth controllers."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from firmware_sim.body import PLACES, Where
from firmware_sim.device import Model
from firmware_sim.faults import Fault, FaultyFirmware, fault_from_text, reboots_s
from firmware_sim.peripherals import steady_time
from firmware_sim.player import DEFAULT_PART, PlayerSource, Recorded, from_npz
from firmware_sim.ports import WholeFirmware
from firmware_sim.scenarios import SCENARIOS, Cue, Scenario, after_standing, scenario_named
from firmware_sim.sensors import SENSORS, SimulatedSensor, sensor_named
from firmware_sim.truth import TruthFile
from firmware_sim.worn_sensor import WornImu, wear_imu_in
from hipmonitor.core.errors import HipmonitorError

OFF_DURING_REBOOT_S = 0.7
"""A small board is back on the air this long after its reset."""


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line, read."""
    parser = argparse.ArgumentParser(prog="python -m firmware_sim", description=__doc__)
    parser.add_argument(
        "--sensor",
        type=makes,
        default=SENSORS[:1],
        help=f"{', '.join(row.sensor for row in SENSORS)}; one for each place, as dot,hip, or one for all",
    )
    parser.add_argument("--scenario", choices=list(SCENARIOS), default="alert")
    parser.add_argument("--where", type=places, default=PLACES[:1], help="thigh, or several places as thigh,pelvis")
    parser.add_argument("--stand-first", type=float, default=0.0, metavar="S", help="before the scenario begins")
    parser.add_argument("--transport", required=True, help="bumble name of the radio, e.g. tcp-client:127.0.0.1:7301")
    parser.add_argument("--seed", type=int, default=1, help="draws the person, the sensor and its mounting")
    parser.add_argument("--play", type=Path, metavar="FILE", help="an npz or mcap recording instead of a scenario")
    parser.add_argument("--part", default=DEFAULT_PART, help="body part, where the npz has several")
    parser.add_argument("--loop", action="store_true", help="play the recording again and again")
    parser.add_argument("--truth", type=Path, metavar="FILE.npz", help="write what the body really did")
    parser.add_argument("--name", help="on the air; else the sensor's usual one")
    parser.add_argument("--address", help="Bluetooth address; else the sensor's usual one")
    parser.add_argument(
        "--rate-hz",
        type=int,
        choices=(25, 50, 100, 200),
        default=100,
        help="of a hip sensor; others are told by the host",
    )
    parser.add_argument("--fault", type=fault_from_text, action="append", default=[], help="reboot@20, silent@30+5 ...")
    parser.add_argument("--bonds", type=Path, metavar="FILE", help="where pairings outlive the program; else it is new")
    chosen = parser.parse_args(argv)
    if len(chosen.where) > 1 and (chosen.play or chosen.address or chosen.fault):
        parser.error("--play, --address, --fault: for one sensor; leave them out, or choose one place with --where")
    if chosen.play and chosen.truth:
        parser.error("--truth: a played recording has no truth; leave it out or choose a --scenario")
    return chosen


def places(text: str) -> tuple[Where, ...]:
    """Where sensors are worn, in the order of PLACES.

    Raises:
        ValueError: there is no such place.
    """
    asked = text.split(",")
    if not set(asked) <= set(PLACES):
        raise ValueError(f"{text!r}; choose among {', '.join(PLACES)}")
    return tuple(place for place in PLACES if place in asked)


def makes(text: str) -> tuple[SimulatedSensor, ...]:
    """Rows of the table, in the order of the places.

    Raises:
        ValueError: there is no such sensor.
    """
    try:
        return tuple(sensor_named(name) for name in text.split(","))
    except KeyError as error:
        raise ValueError(error.args[0]) from error


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OnAir:
    """A sensor as it is found on the air."""

    row: SimulatedSensor
    device: WholeFirmware
    name: str
    address: str
    worn: WornImu | None = None


def _next_address(address: str, k: int) -> str:
    """Sensors at several places differ in the last octet, those of one kind and of several."""
    return f"{address[:-2]}{(int(address[-2:], 16) + len(SENSORS) * k) % 256:02X}"


def say(line: dict[str, object]) -> None:
    """One JSON line on stdout, at once."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _recorded(chosen: argparse.Namespace) -> Recorded:
    if chosen.play.suffix == ".npz":
        return from_npz(chosen.play, part=chosen.part)
    from firmware_sim.played_session import from_recording  # noqa: PLC0415 - the recorder is only needed here

    return from_recording(chosen.play)


def _player(chosen: argparse.Namespace, row: SimulatedSensor) -> WholeFirmware:
    recorded = _recorded(chosen)
    say({"playing": recorded.note, "seconds": float(recorded.t_s[-1]), "resampled": "linear interpolation"})
    model = replace(recorded.model(), rate_mhz=chosen.rate_hz * 1000)
    return row.new_firmware(PlayerSource(recorded, loop=chosen.loop), seed=chosen.seed, model=model)


class Show:
    """What is told beside the radio: cues when they are due, truth once a second."""

    def __init__(
        self, cues: Sequence[Cue], truth: TruthFile | None, *, start_ns: int, clock: Callable[[], int]
    ) -> None:
        self._cues, self._truth, self._start_ns, self._clock = cues, truth, start_ns, clock

    async def give_cues(self) -> None:
        """Say each cue at its time."""
        for cue in self._cues:
            at_ns = self._start_ns + int(cue.at_s * 1e9)
            await asyncio.sleep(max(0.0, (at_ns - self._clock()) / 1e9))
            say({"cue": cue.kind, "at_ns": at_ns})

    async def keep_truth(self) -> None:
        """Put truth on disk once a second."""
        while self._truth:
            await asyncio.sleep(1.0)
            self.flush()

    def flush(self) -> None:
        """Truth up to now."""
        if self._truth:
            self._truth.write_until(self._clock())


async def _radio(
    chosen: argparse.Namespace, sensor: OnAir, faults: Sequence[Fault], start_ns: int, clock: Callable[[], int]
) -> None:
    """The sensor on its radio; a reboot takes it off the air for a moment."""
    from firmware_sim.peripherals.bonds import Bonds  # noqa: PLC0415 - bumble is an extra
    from firmware_sim.peripherals.on_radio import run_peripheral  # noqa: PLC0415

    firmware = FaultyFirmware(sensor.device, faults, seed=chosen.seed)
    name, address, bonds = sensor.name, sensor.address, Bonds(clock, chosen.bonds)
    for until_s in (*reboots_s(faults), None):
        delay_s = None if until_s is None else max(0.0, until_s - (clock() - start_ns) / 1e9)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(delay_s):
                await run_peripheral(
                    chosen.transport, firmware, sensor.row.face, name=name, address=address, clock=clock, bonds=bonds
                )
            return
        firmware.reboot(clock())
        say({"rebooted": True, "at_ns": clock()})
        await asyncio.sleep(OFF_DURING_REBOOT_S)


def _sensors(chosen: argparse.Namespace, scenario: Scenario) -> list[OnAir]:
    """The player, or what is worn at every place that was asked for."""
    if chosen.play:
        row = chosen.sensor[0]
        name, address = chosen.name or row.name, chosen.address or row.address
        return [OnAir(row=row, device=_player(chosen, row), name=name, address=address)]
    return [_worn(chosen, scenario, k) for k in range(len(chosen.where))]


def _worn(chosen: argparse.Namespace, scenario: Scenario, k: int) -> OnAir:
    """What is worn at the k-th place; the last make that was named is that of all further places."""
    row: SimulatedSensor = chosen.sensor[min(k, len(chosen.sensor) - 1)]
    worn = wear_imu_in(scenario, seed=chosen.seed, where=chosen.where[k])
    return OnAir(
        row=row,
        device=row.new_firmware(worn.source, seed=worn.seed, model=Model(rate_mhz=chosen.rate_hz * 1000)),
        name=chosen.name or row.name,
        address=_next_address(chosen.address or row.address, k),
        worn=worn,
    )


async def _run(chosen: argparse.Namespace) -> None:
    clock, scenario = steady_time(), after_standing(scenario_named(chosen.scenario), chosen.stand_first)
    sensors = _sensors(chosen, scenario)
    worn = sensors[0].worn
    if worn:
        say({"scenario": scenario.name, "seconds": scenario.seconds, "settings": dict(scenario.settings)})
    start_ns = clock()
    for sensor in sensors:
        sensor.device.update(start_ns, ())
    truth = TruthFile(chosen.truth, worn.body, start_ns=start_ns) if worn and chosen.truth else None
    show = Show(scenario.cues(worn.person) if worn else (), truth, start_ns=start_ns, clock=clock)
    say(
        {
            "ready": True,
            "start_ns": start_ns,
            "person": worn.person.as_record() if worn else None,
            "sensors": dict(zip(chosen.where, (sensor.address for sensor in sensors), strict=True)),
        }
    )
    try:
        async with asyncio.TaskGroup() as tasks:
            beside = [tasks.create_task(show.give_cues()), tasks.create_task(show.keep_truth())]
            radios = [tasks.create_task(_radio(chosen, one, chosen.fault, start_ns, clock)) for one in sensors]
            await asyncio.wait(radios, return_when=asyncio.FIRST_COMPLETED)
            for task in (*beside, *radios):
                task.cancel()
    finally:
        show.flush()
        say({"ended": True, **sensors[0].device.tally()})


async def _until_signal(chosen: argparse.Namespace) -> None:
    """Run until it ends or is told to: SIGINT and SIGTERM end it cleanly."""
    running = asyncio.ensure_future(_run(chosen))
    for signum in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C arrives as KeyboardInterrupt
            asyncio.get_running_loop().add_signal_handler(signum, running.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await running


def main(argv: Sequence[str] | None = None) -> int:
    """Run a simulated sensor; the exit code."""
    try:
        asyncio.run(_until_signal(arguments(argv)))
    except (HipmonitorError, ValueError) as error:
        sys.stderr.write(f"firmware_sim: {error}\n")
        return 2
    except BaseExceptionGroup as errors:
        known, _ = errors.split(HipmonitorError)
        if known is None:
            raise
        sys.stderr.write(f"firmware_sim: {known.exceptions[0]}\n")
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())

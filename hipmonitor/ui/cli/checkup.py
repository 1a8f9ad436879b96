"""What `doctor` looks at. Every line says what is, and what to do where that is not enough."""

from __future__ import annotations

import asyncio
import platform
import shutil
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from hipmonitor import __version__
from hipmonitor.core.errors import LinkError, SettingsError
from hipmonitor.io.ble import open_radio, scan
from hipmonitor.io.clock import SystemClock
from hipmonitor.io.places import private_folder, recordings_folder, settings_file
from hipmonitor.io.session import find_unfinished
from hipmonitor.io.settings import load_settings
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.terminal.screen import size_text

PACKAGES = ("numpy", "scipy", "vqf", "bleak", "mcap", "zstandard", "pydantic", "typer", "rich")
LEAST_FREE_BYTES = 1_000_000_000
"""About eleven days of one sensor (85 MB a day)."""
LISTEN_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line."""

    what: str
    ok: bool
    found: str
    todo: str = ""


def run(*, radio: str | None, as_json: bool) -> ExitCode:
    """Look, and print; 4 where no radio can be used, 2 where something else is in the way."""
    findings = [_python(), _packages(), _simulator(), _radio(radio), _recordings(), _left_over(), _settings(), _clock()]
    if as_json:
        printing.print_json({"hipmonitor": __version__, "findings": findings})
    else:
        table = printing.table("", "What", "Found", "What to do")
        for finding in findings:
            table.add_row("ok" if finding.ok else "-", finding.what, finding.found, finding.todo or "nothing")
        printing.console().print(f"hipmonitor {__version__}")
        printing.console().print(table)
    in_the_way = {finding.what for finding in findings if not finding.ok}
    if not in_the_way:
        return ExitCode.OK
    return ExitCode.NO_DEVICE if in_the_way == {"Bluetooth"} else ExitCode.USAGE


def _python() -> Finding:
    fits = (3, 11) <= sys.version_info[:2] < (3, 14)
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return Finding(what="Python", ok=fits, found=found, todo="" if fits else "Use Python 3.11, 3.12 or 3.13.")


def _packages() -> Finding:
    have = {name: _version(name) for name in PACKAGES}
    missing = [name for name, number in have.items() if number is None]
    found = ", ".join(f"{name} {number}" for name, number in have.items() if number)
    todo = f"pip install {' '.join(missing)}" if missing else ""
    return Finding(what="Packages", ok=not missing, found=found, todo=todo)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _simulator() -> Finding:
    number = _version("bumble")
    if number is None:
        todo = 'Only for the demo: pip install "hipmonitor[sim]"'
        return Finding(what="Simulated sensor", ok=True, found="not installed", todo=todo)
    return Finding(what="Simulated sensor", ok=True, found=f"bumble {number}")


def _radio(name: str | None) -> Finding:
    try:
        heard = asyncio.run(_listen(name))
    except LinkError as error:
        return Finding(what="Bluetooth", ok=False, found="not reachable", todo=str(error))
    return Finding(what="Bluetooth", ok=True, found=f"reachable; {heard} known sensors heard in {LISTEN_S:g} s")


async def _listen(name: str | None) -> int:
    radio = open_radio(name)
    try:
        return len(await scan(radio, LISTEN_S))
    finally:
        await radio.aclose()


def _recordings() -> Finding:
    folder = recordings_folder()
    try:
        private_folder(folder)
        with tempfile.TemporaryFile(dir=folder):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        todo = f"Make {folder} writable, or name another place in HIPMONITOR_HOME."
        return Finding(what="Recordings", ok=False, found=f"{folder}: {error.strerror}", todo=todo)
    todo = "" if free >= LEAST_FREE_BYTES else "Free some room: a day of one sensor takes about 85 MB."
    return Finding(what="Recordings", ok=not todo, found=f"{folder}, writable, {size_text(free)} free", todo=todo)


def _left_over() -> Finding:
    folder = recordings_folder()
    unfinished = [*find_unfinished(folder), *find_unfinished(folder / "demo")]
    if not unfinished:
        return Finding(what="Unfinished", ok=True, found="none")
    todo = f"hipmonitor recordings repair {unfinished[0]}"
    return Finding(what="Unfinished", ok=True, found=f"{len(unfinished)} left by a crash", todo=todo)


def _settings() -> Finding:
    place = settings_file()
    try:
        load_settings()
    except SettingsError as error:
        return Finding(what="Settings", ok=False, found="cannot be used", todo=str(error))
    return Finding(
        what="Settings", ok=True, found=str(place) if _is_there(place) else f"presets; yours go into {place}"
    )


def _is_there(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:
        return False


def _clock() -> Finding:
    clock = SystemClock()
    first, second = clock.reading(), clock.reading()
    runs = second.steady_ns >= first.steady_ns
    tells_sleep = sys.platform != "win32"
    found = "steady; tells sleep from a set clock" if tells_sleep else "steady; runs through sleep"
    return Finding(what="Clock", ok=runs, found=found, todo="" if runs else "Restart the computer.")

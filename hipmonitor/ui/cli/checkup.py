"""What `doctor` looks at. Every line says what is, and what to do where that is not enough."""

from __future__ import annotations

import asyncio
import platform
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from hipmonitor import __version__
from hipmonitor.core.errors import LinkError
from hipmonitor.io.ble import open_radio, scan
from hipmonitor.io.clock import SystemClock
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.checkup_kept import kept_findings
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr
from hipmonitor.ui.cli.finding import Finding
from hipmonitor.ui.cli.support_bundle import write_bundle

PACKAGES = ("numpy", "scipy", "vqf", "bleak", "mcap", "zstandard", "pydantic", "typer", "rich")
LISTEN_S = 1.0
BUILT_S = 1_767_225_600
"""2026-01-01: no computer that runs this is older."""


def run(*, radio: str | None, as_json: bool, bundle: Path | None = None) -> ExitCode:
    """Look, and print; 4 where no radio can be used, 2 where something else is in the way.

    Raises:
        UsageError: the bundle cannot be written there.
    """
    findings = [_python(), _packages(), _simulator(), _radio(radio), *kept_findings(), _clock()]
    if bundle is not None:
        write_bundle(bundle, findings)
        say_on_stderr(
            f"For support: {bundle}. It holds nothing of what was measured; look into it before you give it on."
        )
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


def _clock() -> Finding:
    clock = SystemClock()
    first, second = clock.reading(), clock.reading()
    runs = second.steady_ns >= first.steady_ns
    is_set = second.wall_ns / 1e9 >= BUILT_S
    tells = "tells sleep from a set clock" if sys.platform != "win32" else "runs through sleep"
    zone = time.strftime("UTC%z", time.localtime())
    todo = "" if runs else "Restart the computer."
    todo = todo if is_set else "Set the computer's date: recordings are named and days are counted by it."
    return Finding(what="Clock", ok=runs and is_set, found=f"steady; {tells}; {zone}", todo=todo)

"""What `analyze` prints: one table a recording, or JSON with the same figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, TaskProgressColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress
from rich.table import Table
from rich.text import Text

from hipmonitor.core.exposure import BoutEnd
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.io.clock import local_utc_offset_s
from hipmonitor.io.files import FileClock
from hipmonitor.io.settings import load_settings
from hipmonitor.runtime.analysis import Analysis, Reading
from hipmonitor.runtime.recorded import Progress, analyze_source, recorded_source
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.notes import NOT_MEDICAL
from hipmonitor.ui.view_model import ACTIVITY_WORDS
from hipmonitor.ui.view_model.durations import clock_time, exact, m_ss

CALENDAR_FROM_NS = 10**17
"""1973: recordings that begin before this count from their own start, not from 1970."""
READINGS = {
    "settled": "settled: uses what came later",
    "as_lived": "as lived: what the wearer saw",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Analysed:
    """One file's results."""

    file: Path
    analysis: Analysis
    settings: Settings | None
    """Given ones; None = those of the recording, or the presets."""
    damage: str = ""
    """What is missing of the file, as a sentence."""
    zone_known: bool = True
    """Its times are UTC; else they are the wearer's own, and shown as they stand there."""


def run(
    files: Sequence[Path],
    *,
    reading: Reading,
    side: Literal["left", "right"] | None,
    settings: Path | None,
    as_json: bool,
    columns: str | None = None,
    sensor: str | None = None,
) -> ExitCode:
    """Analyse and print; the exit code."""
    limits = None if settings is None else load_settings(settings)
    damaged = False
    results: list[object] = []
    for file in files:
        source = recorded_source(file, side=side, settings=limits, columns=columns, sensor=sensor)
        with reading_file(file) as progress:
            analysis = analyze_source(source, reading=reading, progress=progress)
        result = Analysed(
            file=file,
            analysis=analysis,
            settings=limits,
            damage=source.missing(),
            zone_known=source.clock is FileClock.UTC,
        )
        damaged = damaged or bool(result.damage)
        if as_json:
            results.append(document(result))
        else:
            print_report(result)
    if as_json:
        printing.print_json({"results": results, "note": NOT_MEDICAL})
    return ExitCode.RECOVERED if damaged else ExitCode.OK


@contextmanager
def reading_file(file: Path) -> Iterator[Progress | None]:
    """A bar while it works, where somebody looks; what is to be told how far it has come."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    shown = ("[progress.description]{task.description}", BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with RichProgress(*shown, console=console, transient=True) as bars:
        task = bars.add_task(escape(f"Reading {file.name}"), total=1.0)
        yield lambda share: bars.update(task, completed=share)


# --- JSON -----------------------------------------------------------------------------------------------------------


def document(result: Analysed) -> dict[str, object]:
    """All figures with their units in their names."""
    a = result.analysis
    return {
        "file": result.file,
        "reading": a.reading,
        "summary": a.summary,
        "bouts": a.bouts,
        "sets": [{**asdict(one), "full": one.full, "partial": one.partial} for one in a.sets],
        "hips_in_sets": a.hips_in_sets,
        "alerts": a.alerts,
        "gaps": a.gaps,
        "calibration": {
            "method": a.calibration.method,
            "sd_deg": a.calibration.sd_deg,
            "thigh_from_sensor_wxyz": a.calibration.thigh_from_sensor.tolist(),
        },
        "activity": [
            {"start": s.start, "end": s.end, "kind": s.kind.word, "confidence": round(s.confidence, 3)}
            for s in a.activity
        ],
        "damage": result.damage or None,
    }


# --- tables -----------------------------------------------------------------------------------------------------------


def print_report(result: Analysed) -> None:
    """For people."""
    console, a = printing.console(), result.analysis
    console.print(_bold(result.file.name, f"  {_when(result)}, {_length(a.summary.duration_s)}"))
    console.print(f"Reading: {READINGS[a.reading]}.")
    console.print(_activities(a))
    console.print(_figures(result))
    _print_bouts(console, result)
    for alert in a.alerts:
        kind = alert.kind.value.replace("_", " ")
        console.print(f"{alert.level.name.lower().capitalize()} {_at(result, alert.at)}: {kind}, {alert.amount}")
    for done in a.sets:
        console.print(f"{done.title} {_at(result, done.started)}: {done.sentence}")
    if result.damage:
        console.print(_bold("Not whole:", f" {result.damage}"))
    console.print(f"{NOT_MEDICAL}\n", style="dim")


def _bold(title: str, rest: str) -> Text:
    return Text.assemble((title, "bold"), rest)


def _activities(a: Analysis) -> Table:
    table = printing.table("Activity", "Time", "Share", numbers=(1, 2))
    words = {kind.word: text for kind, text in ACTIVITY_WORDS.items()}
    total = sum(a.summary.activity_s.values()) or 1.0
    for kind, seconds in sorted(a.summary.activity_s.items(), key=lambda item: -item[1]):
        if seconds:
            table.add_row(words[kind], m_ss(seconds), f"{100 * seconds / total:.0f} %")
    return table


def _figures(result: Analysed) -> Table:
    a, s = result.analysis, result.analysis.summary
    table = printing.table("Figure", "Value", "")
    longest = max((bout.sitting_s for bout in a.bouts), default=0.0)
    broken = sum(bout.ended_by is BoutEnd.BREAK for bout in a.bouts)
    bouts_note = f"{broken} ended by a break; longest {m_ss(longest)}" if a.bouts else "each ends with a break"
    table.add_row("Sedentary time", m_ss(s.sedentary_time_s), "sitting, lying, and not told apart")
    table.add_row("Upright time", m_ss(s.upright_time_s), "")
    table.add_row("Sitting bouts", str(s.sitting_bouts), bouts_note)
    table.add_row("Breaks", str(s.breaks), _break_note(result))
    table.add_row("Sit-to-stand", str(s.sit_to_stand), f"both sides at least {s.minimum_bout_s} s")
    if s.steps:
        table.add_row("Steps", f"{s.steps:.0f}", f"of both legs; cadence {s.cadence_spm:.0f} a minute")
    if s.crank_turns:
        table.add_row("Crank turns", f"{s.crank_turns:.0f}", f"{s.crank_rpm:.0f} a minute")
    if s.deep_cycles:
        table.add_row("Deep cycles", str(sum(s.deep_cycles.values())), "beyond the limit and back")
    table.add_row("Deep flexion", m_ss(s.deep_flexion_s), f"longest {m_ss(s.longest_deep_s)}{_limit_note(result)}")
    if isfinite(s.thigh_flexion_p95_deg):
        table.add_row("Thigh flexion", f"{s.thigh_flexion_p95_deg:.0f}°", "95th percentile")
    table.add_row("Placement", _placement(a), a.calibration.method.value)
    table.add_row("Angle trusted", f"{100 * s.trusted_share:.0f} %", "of the samples")
    table.add_row("Gaps", m_ss(s.gap_s), f"{sum(not gap.sensor for gap in a.gaps)} gaps")
    faults = ", ".join(f"{kind.replace('_', ' ')} {count}" for kind, count in s.faults.items())
    table.add_row("Faults", str(sum(s.faults.values())), faults or "none")
    return table


def _break_note(result: Analysed) -> str:
    return "" if result.settings is None else f"upright for {exact(result.settings.sitting.break_s)}"


def _limit_note(result: Analysed) -> str:
    return "" if result.settings is None else f", above {result.settings.deep_flexion.thigh_limit_deg:g}°"


def _placement(a: Analysis) -> str:
    return f"± {a.calibration.sd_deg:.1f}°" if isfinite(a.calibration.sd_deg) else "not found"


def _print_bouts(console: Console, result: Analysed) -> None:
    if not result.analysis.bouts:
        return
    table = printing.table("Sitting bout", "Sitting", "Of it deep", numbers=(1, 2))
    for bout in result.analysis.bouts:
        begin, end = _at(result, bout.start), _at(result, bout.end)
        table.add_row(f"{begin} to {end}", m_ss(bout.sitting_s), m_ss(bout.deep_s))
    console.print(table)


def _when(result: Analysed) -> str:
    t_ns = result.analysis.t_ns
    if not len(t_ns):
        return "no samples"
    if t_ns[0] < CALENDAR_FROM_NS:
        return "times from the start of the file"
    begin = datetime.fromtimestamp(int(t_ns[0]) / NS_PER_S, UTC)
    return f"from {begin.astimezone(None if result.zone_known else UTC).strftime('%Y-%m-%d %H:%M')}"


def _at(result: Analysed, at: HostNs) -> str:
    t_ns = result.analysis.t_ns
    if t_ns[0] < CALENDAR_FROM_NS:
        return m_ss((at - int(t_ns[0])) / NS_PER_S)
    return clock_time(at, local_utc_offset_s(at // NS_PER_S) if result.zone_known else 0, seconds=True)


def _length(seconds: float) -> str:
    return f"{m_ss(seconds)} long"

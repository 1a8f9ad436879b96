"""An hour's results in a minute: a recording that stands and sits, exported once for all formats."""

from __future__ import annotations

from pathlib import Path

from hipmonitor.io.files import FileClock
from hipmonitor.runtime.analysis import Reading
from hipmonitor.runtime.exporting import FORMATS, MeasuredRows, Results, export, median_rate_hz
from hipmonitor.runtime.recorded import analyze_source, recorded_source

RECORDINGS = Path(__file__).parents[3] / "recordings"


def results_of(path: Path, reading: Reading = "settled", *, utc_offset_s: int = 7200) -> Results:
    """Analysed, with the samples."""
    source = recorded_source(path)
    measured = MeasuredRows(None if source.input_t_ns is None else len(source.input_t_ns))
    analysis = analyze_source(source, reading=reading, last_pass=measured)
    return Results(
        analysis=analysis,
        measured=measured,
        file=path,
        clock=source.clock,
        missing=source.missing(),
        side=source.side,
        rate_hz=median_rate_hz(analysis.t_ns),
        utc_offset_s=utc_offset_s,
        note="Not a medical device.",
    )


def written(results: Results, name: str, place: Path) -> list[Path]:
    """All files of a format."""
    if not FORMATS[name].ending:
        place.mkdir(exist_ok=True)
    return export(results, FORMATS[name], place)


__all__ = ["RECORDINGS", "FileClock", "results_of", "written"]

"""What a replay says in words: state line, ribbon, status bar."""

from __future__ import annotations

from dataclasses import replace

from hipmonitor.core.instants import HostNs
from hipmonitor.ui.view_model.film import Film
from hipmonitor.ui.view_model.glance import Glance
from hipmonitor.ui.view_model.status_now import StatusNow, size_words

DRAWN = "Alerts are drawn, never sent."


def replay_line(film: Film, glance: Glance, at: HostNs, *, playing: bool, speed: float) -> str:
    """At 11:42:10, 20 times speed. Sitting for 12 minutes. Thigh 84°, near your limit."""
    if at >= film.end and not playing:
        rest = f" {film.readable} The file is cut off there." if film.damage else ""
        return f"The end of the recording.{rest}"
    pace = "" if speed == 1 else f", {speed:g} times speed"
    where = f"At {film.time(at)}{pace if playing else ', paused'}."
    gap = film.gap_at(at)
    if gap is not None:
        return f"{where} No data from {film.time(HostNs(gap[0]))} to {film.time(HostNs(gap[1]))}: nothing added, nothing reset."
    return f"{where} {glance.state_line}"


def counts(recorded: int, mine: int | None, *, given: bool = False) -> str:
    """How many alerts there are, and would be with the settings of now."""
    words = f"{recorded} alert{'' if recorded == 1 else 's'} {'with the settings given' if given else 'as recorded'}"
    return words if mine is None else f"{words}, {mine} with your present settings"


def ribbon_line(film: Film, counted: str) -> str:
    """10 March 2026, 08:12 to 17:25. Readable to 16:58:10. 3 alerts as recorded. Alerts are drawn, never sent."""
    return " ".join(part for part in (f"{film.span}.", film.readable, f"{counted}.", DRAWN) if part)


def replay_status(status: StatusNow, film: Film) -> StatusNow:
    """Of a file nothing more is recorded, and its losses are those of all of it."""
    return replace(
        status, lost=f"{film.lost_percent:.1f} % lost in file", recording=f"File {size_words(film.size_bytes)}", disk=""
    )

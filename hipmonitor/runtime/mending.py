"""What a crash left in the folder of recordings is made whole when the next session begins, beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from hipmonitor.core.errors import RecordingError
from hipmonitor.io.session import RepairReport, WriterParams, find_unfinished, repair
from hipmonitor.runtime.sealing import seal_closed

UNKNOWN_TAIL_S: Final = WriterParams().flush_s + 1
"""What a crash keeps from the disk: events since the last flush, and a slow fsync."""


def mend_beside(folder: Path, say: Callable[[str], None], *, encrypt: bool = False) -> threading.Thread:
    """Repair in a thread of its own, then encrypt what is closed; `say` hears of each. Measuring does not wait for it."""
    left = find_unfinished(folder)  # before a recording begins: Windows cannot tell one that is being written

    def work() -> None:
        for path in left:
            say(mended(path))
        if encrypt:
            seal_closed(folder, say)

    thread = threading.Thread(target=work, name="mending", daemon=True)
    thread.start()
    return thread


def mended(path: Path) -> str:
    """Repair what a crash left; what became of it, as a sentence."""
    try:
        return _sentence(repair(path))
    except RecordingError as error:
        return f"A recording from before could not be made whole ({error})."


def _sentence(report: RepairReport) -> str:
    if report.damage is None:
        return f"{report.path.name} from before was whole and has its name now."
    inside = f" and {report.lost_s:.1f} s within it" if report.lost_s > UNKNOWN_TAIL_S else ""
    return (
        f"{report.path.name} was cut off and is whole again: at most its last {UNKNOWN_TAIL_S:.0f} s{inside} are lost. "
        f"The original is kept as {'' if report.original is None else report.original.name}."
    )

"""What `recordings encrypt` and `decrypt` do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hipmonitor.core.errors import RecordingError, UsageError
from hipmonitor.io.places import private_folder, recordings_folder
from hipmonitor.io.session import closed_recordings, is_sealed, unseal
from hipmonitor.runtime.sealing import seal_closed
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr


def encrypt(folder: Path | None) -> ExitCode:
    """All closed recordings of a folder."""
    trouble: list[str] = []
    place = folder or recordings_folder()
    there = len(closed_recordings(place, sealed=True))
    done = seal_closed(place, trouble.append)
    for sentence in trouble:
        say_on_stderr(sentence)
    already = f", {there} were before" if there else ""
    printing.console().print(f"{done} recordings in {place} are encrypted now{already}.", soft_wrap=True)
    return ExitCode.USAGE if trouble else ExitCode.OK


def decrypt(files: Sequence[Path], to: Path | None) -> ExitCode:
    """In place, or as copies in another folder."""
    chosen = tuple(files) or closed_recordings(recordings_folder(), sealed=True)
    for file in files:
        if not file.exists():
            raise UsageError(f"{file}: is not there; `hipmonitor recordings list` names those that are")
    if to is not None:
        private_folder(to)
    trouble, done = 0, 0
    for file in chosen:
        target = file if to is None else to / file.name
        if not is_sealed(file):
            printing.console().print(f"{file} is not encrypted.", soft_wrap=True)
            continue
        if to is not None and target.exists():
            raise UsageError(f"{target}: is there already; name another folder")
        try:
            unseal(file, target)
        except (RecordingError, OSError) as error:
            say_on_stderr(str(error))
            trouble += 1
        else:
            done += 1
    printing.console().print(f"{done} recordings are plain{'' if to is None else f' in {to}'}.", soft_wrap=True)
    return ExitCode.USAGE if trouble else ExitCode.OK

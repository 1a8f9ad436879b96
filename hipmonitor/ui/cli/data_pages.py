"""What `data` prints, asks and writes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from hipmonitor.core.errors import UsageError
from hipmonitor.io.own_data import OwnFile, delete, own_files, refuse_while_recording
from hipmonitor.io.places import diary_file, plan_file, recordings_folder, settings_file, state_folder
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr
from hipmonitor.ui.kept import copy_everything
from hipmonitor.ui.terminal.screen import size_text

WORD = "delete"


def where(*, as_json: bool) -> ExitCode:
    """Places, sizes, and whether others can read them."""
    files = own_files()
    if as_json:
        places = {
            "recordings": recordings_folder(),
            "diary": diary_file(),
            "state": state_folder(),
            "settings": settings_file(),
            "plan": plan_file(),
        }
        printing.print_json({"places": places, "files": files})
        return ExitCode.OK
    console = printing.console()
    _print_kinds(files)
    for name, place in (
        ("Recordings", recordings_folder()),
        ("Diary", diary_file()),
        ("History", state_folder()),
        ("Settings", settings_file()),
        ("Plan", plan_file()),
    ):
        console.print(f"{name}: {place}", soft_wrap=True)
    open_files = [file for file in files if file.readable_by_others]
    if open_files:
        console.print(f"Others on this computer may read {len(open_files)} of these files:", soft_wrap=True)
        for file in open_files:
            console.print(f"  chmod 600 {file.path}", soft_wrap=True)
    else:
        console.print("Only you can read these files. Nothing of them leaves this computer by itself.")
    return ExitCode.OK


def _print_kinds(files: Sequence[OwnFile]) -> None:
    table = printing.table("What", "Files", "Size", numbers=(1, 2))
    for what in dict.fromkeys(file.what for file in files):
        of_it = [file for file in files if file.what == what]
        table.add_row(what.capitalize(), str(len(of_it)), size_text(sum(file.size_bytes for file in of_it)))
    printing.console().print(table if files else "Nothing is kept on this computer.")


def export_to(folder: Path, *, as_json: bool) -> ExitCode:
    """Copy everything, with a table of days and a README."""
    written = copy_everything(folder, say_on_stderr)
    if as_json:
        printing.print_json({"folder": folder, "files": written})
    else:
        console = printing.console()
        console.print(f"Copied to {folder}, readable by you only:", soft_wrap=True)
        for path in written:
            console.print(f"  {path.relative_to(folder)}", soft_wrap=True)
    return ExitCode.OK


def delete_all(*, everything: bool, asked: bool) -> ExitCode:
    """Ask, delete, show what is gone.

    Raises:
        UsageError: without --all, or while a session is recorded.
    """
    if not everything:
        raise UsageError(
            "say --all: recordings, diary, history, settings and plan go together; single recordings are plain files"
        )
    refuse_while_recording()
    files, console = own_files(), printing.console()
    if not files:
        console.print("Nothing is kept on this computer.")
        return ExitCode.OK
    if not asked:
        console.print("This will be deleted from this computer; copies elsewhere stay:")
        _print_kinds(files)
        if typer.prompt(f'Type "{WORD}" to go on', default="", show_default=False).strip().lower() != WORD:
            console.print("Nothing was deleted.")
            return ExitCode.OK
    left = delete(files)
    console.print("Gone:")
    for file in files:
        if file.path not in left:
            console.print(f"  {file.path}", soft_wrap=True)
    for path in left:
        console.print(f"Could not be deleted: {path}", soft_wrap=True)
    return ExitCode.RECOVERED if left else ExitCode.OK

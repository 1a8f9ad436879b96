"""What `history rebuild` shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from hipmonitor.core.errors import UsageError
from hipmonitor.io.history import History
from hipmonitor.io.places import recordings_folder
from hipmonitor.runtime.history_settling import Progress as Step
from hipmonitor.runtime.history_settling import Rebuilt, rebuild
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr


def run(folder: Path | None, *, as_json: bool) -> ExitCode:
    """Rebuild; 3 where a recording could not be read."""
    place = folder or recordings_folder()
    if folder is not None and not folder.is_dir():
        raise UsageError(f"{folder}: is no folder; name the one with the recordings")
    opened, aside = History.to_rebuild()
    if aside is not None:
        say_on_stderr(f"The history was broken. It is kept as {aside} and made anew.")
    with _shown() as watch, opened as history:
        done = rebuild(history, place, watch)
        path = history.path
    if as_json:
        printing.print_json({"folder": place, "history": path, "rebuilt": done})
    else:
        _print(done, place, path)
    return ExitCode.RECOVERED if done.failed else ExitCode.OK


@contextmanager
def _shown() -> Iterator[Callable[[Step], bool]]:
    """A line on stderr while it works, where somebody looks."""
    columns = (
        TextColumn("{task.fields[number]} of {task.fields[of]}"),
        BarColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(
        *columns, console=Console(stderr=True), transient=True, disable=not Console(stderr=True).is_terminal
    ) as bar:
        task = bar.add_task("", total=1.0, number=0, of=0)

        def watch(step: Step) -> bool:
            share = step.gone_through_s / step.lasting_s if step.lasting_s else 1.0
            bar.update(task, completed=min(share, 1.0), description=step.recording.name, number=step.number, of=step.of)
            return True

        yield watch


def _print(done: Rebuilt, place: Path, path: Path) -> None:
    console = printing.console()
    sessions = "1 session" if len(done.settled) == 1 else f"{len(done.settled)} sessions"
    console.print(f"{sessions} from {place} settled in {path}.", soft_wrap=True)
    for key in done.running:
        console.print(f"{key}: is being recorded; settled when it ends", soft_wrap=True)
    for key in done.kept:
        console.print(f"{key}: its recording is gone; what the history held of it is kept", soft_wrap=True)
    for recording, why in done.failed:
        console.print(f"{recording.name}: {why}", soft_wrap=True)

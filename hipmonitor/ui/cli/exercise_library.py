"""Prints the exercises in force."""

from __future__ import annotations

from rich.text import Text

from hipmonitor.core.exercise import LIBRARY, STRETCH_SENTENCE
from hipmonitor.core.exercises import Exercise
from hipmonitor.io.exercises import exercise_named
from hipmonitor.io.places import exercise_files
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.kept_days import Page
from hipmonitor.ui.kept.offered_now import offered_now
from hipmonitor.ui.notes import NOT_MEDICAL
from hipmonitor.ui.view_model.exercise.offered import Offered
from hipmonitor.ui.view_model.exercise.target_rows import in_words

PRESET = "Targets are presets, until your physio or you write others: `hipmonitor exercise template` shows how."


def print_all(*, as_json: bool) -> None:
    """As a table, today's of the plan first; what is offered only where a provider chose it is named below."""
    offered = offered_now()
    if as_json:
        printing.print_json(
            {"exercises": [_document(offered, each) for each in offered.in_order], "files": exercise_files()}
        )
        return
    table = printing.table("Name", "Exercise, target, and what is not seen")
    table.columns[0].no_wrap = True  # it is typed as it stands
    for each in offered.in_order:
        target = in_words(each, offered.target(each))
        today = ", today" if offered.is_planned(each) else ""
        table.add_row(each.name, Text(f"{each.title}: {target}{today}\n").append(each.unseen, style="dim"))
    console = printing.console()
    console.print(table)
    for other in LIBRARY:
        if other.provider_only and other.name not in {each.name for each in offered.exercises}:
            console.print(f"{other.name} ({other.title}) is offered where your physio chose it.", soft_wrap=True)
    files = exercise_files()
    console.print(f"Also read: {', '.join(map(str, files))}" if files else PRESET, soft_wrap=True)


def print_one(name: str, *, as_json: bool) -> None:
    """How it is done."""
    offered = offered_now()
    exercise = exercise_named(name, offered.exercises)
    if as_json:
        printing.print_json(_document(offered, exercise))
        return
    page = Page()
    page.head(exercise.title, exercise.name)
    if exercise.start is not None:
        page.folded(f"Start: {exercise.start.words}")
    for number, sentence in enumerate(exercise.instructions, start=1):
        page.folded(f"{number}. {sentence}")
    page.line()
    page.folded(f"Target: {in_words(exercise, offered.target(exercise))}, {offered.who_set(exercise)}.")
    if exercise.unseen:
        page.folded(exercise.unseen)
    if exercise.stretch:
        page.folded(STRETCH_SENTENCE)
    page.line()
    page.not_medical()


def _document(offered: Offered, exercise: Exercise) -> dict[str, object]:
    plain = printing.plain(exercise)
    today = {"target": printing.plain(offered.target(exercise)), "today": offered.is_planned(exercise)}
    return {**(plain if isinstance(plain, dict) else {}), **today, "note": NOT_MEDICAL}

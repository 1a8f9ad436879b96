"""Prints the exercises in force."""

from __future__ import annotations

from hipmonitor.core.exercise import LIBRARY, STRETCH_SENTENCE
from hipmonitor.core.exercises import Exercise
from hipmonitor.io.exercises import exercise_named, exercises_in_force
from hipmonitor.io.places import exercise_files
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.kept_days import Page
from hipmonitor.ui.notes import NOT_MEDICAL
from hipmonitor.ui.view_model.exercise.target_rows import in_words

PRESET = "Targets are presets, until your physio or you write others: `hipmonitor exercise template` shows how."


def print_all(*, as_json: bool) -> None:
    """As a table; what is offered only where a provider chose it is named below."""
    exercises = exercises_in_force()
    if as_json:
        printing.print_json({"exercises": [_document(each) for each in exercises], "files": exercise_files()})
        return
    table = printing.table("Name", "Exercise", "Target", "Not seen")
    for each in exercises:
        table.add_row(each.name, each.title, in_words(each, each.target), each.unseen)
    console = printing.console()
    console.print(table)
    for other in LIBRARY:
        if other.provider_only and other.name not in {each.name for each in exercises}:
            console.print(f"{other.name} ({other.title}) is offered where your physio chose it.", soft_wrap=True)
    files = exercise_files()
    console.print(f"Also read: {', '.join(map(str, files))}" if files else PRESET, soft_wrap=True)


def print_one(name: str, *, as_json: bool) -> None:
    """How it is done."""
    exercise = exercise_named(name, exercises_in_force())
    if as_json:
        printing.print_json(_document(exercise))
        return
    page = Page()
    page.head(exercise.title, exercise.name)
    if exercise.start is not None:
        page.folded(f"Start: {exercise.start.words}")
    for number, sentence in enumerate(exercise.instructions, start=1):
        page.folded(f"{number}. {sentence}")
    page.line()
    page.folded(f"Target: {in_words(exercise, exercise.target)}.")
    if exercise.unseen:
        page.folded(exercise.unseen)
    if exercise.stretch:
        page.folded(STRETCH_SENTENCE)
    page.line()
    page.not_medical()


def _document(exercise: Exercise) -> dict[str, object]:
    plain = printing.plain(exercise)
    return {**(plain if isinstance(plain, dict) else {}), "note": NOT_MEDICAL}

"""The library as it is shown: tiles in order, and one exercise opened."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.exercise import STRETCH_SENTENCE, SetResult
from hipmonitor.core.exercises import Exercise, Target
from hipmonitor.ui.view_model.exercise.move import Move
from hipmonitor.ui.view_model.exercise.moves import move_of
from hipmonitor.ui.view_model.exercise.offered import Offered
from hipmonitor.ui.view_model.exercise.readiness import Readiness
from hipmonitor.ui.view_model.exercise.target_rows import briefly, in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One exercise among the others."""

    name: str
    title: str
    below: str
    """How much, or how much of it is done."""
    planned: bool
    done: bool
    move: Move
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The exercise that is looked at."""

    name: str
    title: str
    move: Move
    target: Target
    instructions: tuple[str, ...]
    start: str
    """How to begin, in a sentence; empty where any pose will do."""
    unseen: str
    target_words: str
    set_by: str
    refused: str
    """Why it cannot start now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryLook:
    """The whole page."""

    tiles: tuple[Tile, ...]
    opened: Opened
    note: str
    helps: str
    line: str
    """The state line."""


def library_look(offered: Offered, chosen: str, ready: Readiness, results: tuple[SetResult, ...] = ()) -> LibraryLook:
    """Of a moment; `results`: sets of this session."""
    opened = opened_look(offered, offered.exercise(chosen), ready)
    tiles = tuple(_tile(offered, exercise, results) for exercise in offered.in_order)
    return LibraryLook(
        tiles=tiles,
        opened=opened,
        note=offered.trouble or ready.note,
        helps="" if offered.trouble else ready.helps,
        line=ready.refused or _line(offered, tiles, opened),
    )


def next_of_today(offered: Offered, results: tuple[SetResult, ...]) -> Tile | None:
    """The first of today's that is not done."""
    tiles = (_tile(offered, exercise, results) for exercise in offered.in_order)
    return next((tile for tile in tiles if tile.planned and not tile.done), None)


def _line(offered: Offered, tiles: tuple[Tile, ...], opened: Opened) -> str:
    planned = [tile for tile in tiles if tile.planned]
    if planned:
        done = sum(tile.done for tile in planned)
        return f"{done} of {len(planned)} exercises of today done. {opened.title}: {opened.target_words}."
    return f"{'A rest day in your plan. ' * offered.rest_day}{opened.title}: {opened.target_words}."


def _tile(offered: Offered, exercise: Exercise, results: tuple[SetResult, ...]) -> Tile:
    target, done = offered.target(exercise), sum(each.exercise == exercise.name and _counts(each) for each in results)
    planned = offered.is_planned(exercise)
    whole = briefly(exercise, target)
    return Tile(
        name=exercise.name,
        title=exercise.title,
        below=f"{done} of {target.sets} {'set' if target.sets == 1 else 'sets'} done" if done else whole,
        planned=planned,
        done=done >= target.sets,
        move=move_of(exercise),
        target=target,
    )


def _counts(result: SetResult) -> bool:
    """Something was done in it."""
    return result.full > 0 or result.counted_s > 0


def opened_look(offered: Offered, exercise: Exercise, ready: Readiness) -> Opened:
    """One exercise."""
    target = offered.target(exercise)
    pinch = (STRETCH_SENTENCE,) if exercise.stretch else ()
    return Opened(
        name=exercise.name,
        title=exercise.title,
        move=move_of(exercise),
        target=target,
        instructions=(*exercise.instructions, *pinch),
        start="" if exercise.start is None else exercise.start.words,
        unseen=exercise.unseen,
        target_words=in_words(exercise, target),
        set_by=offered.who_set(exercise),
        refused=ready.refused,
    )

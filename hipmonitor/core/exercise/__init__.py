"""Guided sets: repetitions, range of motion, tempo and holds, counted while a set runs and never outside one."""

from hipmonitor.core.exercise.blocks import (
    Effort,
    EndedBy,
    ExerciseBlock,
    ExerciseNow,
    Phase,
    PoseChecked,
    Repetition,
    SetResult,
)

__all__ = [
    "Effort",
    "EndedBy",
    "ExerciseBlock",
    "ExerciseNow",
    "Phase",
    "PoseChecked",
    "Repetition",
    "SetResult",
]

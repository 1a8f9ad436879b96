"""Guided sets: repetitions, range of motion, tempo and holds, counted while a set runs and never outside one."""

from hipmonitor.core.exercise.blocks import (
    Effort,
    EndedBy,
    ExerciseBlock,
    ExerciseNow,
    HipInSet,
    Phase,
    PoseChecked,
    Repetition,
    SetResult,
)
from hipmonitor.core.exercise.exercise import ExerciseParams, ExerciseRoom, ExerciseState
from hipmonitor.core.exercise.guided_state import SetParams
from hipmonitor.core.exercise.library import BY_NAME, LIBRARY, STRETCH_SENTENCE

__all__ = [
    "BY_NAME",
    "LIBRARY",
    "STRETCH_SENTENCE",
    "Effort",
    "EndedBy",
    "ExerciseBlock",
    "ExerciseNow",
    "ExerciseParams",
    "ExerciseRoom",
    "ExerciseState",
    "HipInSet",
    "Phase",
    "PoseChecked",
    "Repetition",
    "SetParams",
    "SetResult",
]

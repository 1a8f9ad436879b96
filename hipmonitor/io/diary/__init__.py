"""The diary: what the wearer says day by day, an append-only file. Truth of its own: no rebuild of the history touches it."""

from hipmonitor.io.diary.diary import Diary, Shown, diary_of, read_check_ins, read_diary
from hipmonitor.io.diary.entries import (
    AskedToCheckIn,
    DecisionShown,
    Deleted,
    Entry,
    PlanConfirmed,
)
from hipmonitor.io.diary.journal import append, read_entries
from hipmonitor.io.diary.lines import Trouble, entries_in, line_of

__all__ = [
    "AskedToCheckIn",
    "DecisionShown",
    "Deleted",
    "Diary",
    "Entry",
    "PlanConfirmed",
    "Shown",
    "Trouble",
    "append",
    "diary_of",
    "entries_in",
    "line_of",
    "read_check_ins",
    "read_diary",
    "read_entries",
]

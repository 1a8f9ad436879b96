"""The history: SQLite, only derived numbers, never a sample. It can be made anew from the recordings, bit for bit."""

from hipmonitor.io.history.database import ENDINGS, SPOILT, history_file
from hipmonitor.io.history.history import History
from hipmonitor.io.history.records import (
    AlertRecord,
    CalibrationRecord,
    DayRecord,
    HistoryEvent,
    Place,
    Reading,
    ReadingTotals,
    SessionHead,
    SessionNews,
    SetRating,
    SetRecord,
)

__all__ = [
    "ENDINGS",
    "SPOILT",
    "AlertRecord",
    "CalibrationRecord",
    "DayRecord",
    "History",
    "HistoryEvent",
    "Place",
    "Reading",
    "ReadingTotals",
    "SessionHead",
    "SessionNews",
    "SetRating",
    "SetRecord",
    "history_file",
]

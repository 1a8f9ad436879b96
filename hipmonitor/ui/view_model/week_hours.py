"""When alerts may be told, as a grid of 7 days by 24 hours. What was written finer than an hour stays until its hour is changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from hipmonitor.core.settings import ALL_DAY, MIN_PER_DAY, OFF, WEEKDAYS, WorkingHours, minute_ranges

HOURS = 24
Cell = tuple[int, int]
"""Weekday from Monday = 0, hour."""


class Told(StrEnum):
    """Whether alerts are told in an hour."""

    ALL = "all"
    PART = "part"
    NONE = "none"


def grid(hours: WorkingHours) -> tuple[tuple[Told, ...], ...]:
    """Seven rows of 24."""
    return tuple(tuple(_told(text, hour) for hour in range(HOURS)) for text in hours.by_weekday())


def _told(text: str, hour: int) -> Told:
    minutes = sum(
        max(0, min(end, (hour + 1) * 60) - max(start, hour * 60)) for start, end in _joined(minute_ranges(text))
    )
    return Told.ALL if minutes == 60 else Told.PART if minutes else Told.NONE


def with_cells(hours: WorkingHours, cells: Iterable[Cell], *, told: bool) -> WorkingHours:
    """These hours told, or quiet; every other minute as it was."""
    texts = dict(zip(WEEKDAYS, hours.by_weekday(), strict=True))
    for weekday, hour in cells:
        texts[WEEKDAYS[weekday]] = _changed(texts[WEEKDAYS[weekday]], hour * 60, (hour + 1) * 60, told=told)
    return replace(hours, **texts)


def _changed(text: str, start: int, end: int, *, told: bool) -> str:
    ranges = [
        piece
        for piece in minute_ranges(text)
        for piece in ((piece[0], min(piece[1], start)), (max(piece[0], end), piece[1]))
    ]
    kept = [piece for piece in ranges if piece[0] < piece[1]]
    return _text(_joined([*kept, (start, end)] if told else kept))


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, and those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _text(ranges: list[tuple[int, int]]) -> str:
    if not ranges:
        return OFF
    if ranges == [(0, MIN_PER_DAY)]:
        return ALL_DAY
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in ranges)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def hours_said(text: str) -> str:
    """A day's hours in words."""
    return {ALL_DAY: "told all day", OFF: "quiet all day"}.get(text.strip(), f"told {text}")

"""The diary as it stands: corrections took the place of what they correct, and what was deleted is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from hipmonitor.core.programme import CheckIn, OutsideScore, Overruled
from hipmonitor.io.diary.entries import (
    AskedToCheckIn,
    DecisionShown,
    Deleted,
    Entry,
    PlanConfirmed,
)
from hipmonitor.io.diary.journal import read_entries
from hipmonitor.io.diary.lines import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The decision of a day that was shown last."""

    entry: DecisionShown
    said_since: bool = False
    """The wearer has entered, corrected, deleted or overruled something after it was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """Everything that counts, in order of time; empty where nothing was ever written."""

    check_ins: tuple[CheckIn, ...] = ()
    outside_scores: tuple[OutsideScore, ...] = ()
    overruled: tuple[Overruled, ...] = ()
    """Of each day the newest."""
    shown: tuple[Shown, ...] = ()
    """Of each day the newest."""
    confirmed: tuple[PlanConfirmed, ...] = ()
    asked_days: frozenset[int] = frozenset()
    """On which the wearer was reminded to check in."""
    troubles: tuple[Trouble, ...] = ()

    def of_day(self, day: int) -> tuple[CheckIn, ...]:
        """Check-ins about a day."""
        return tuple(check_in for check_in in self.check_ins if check_in.day == day)

    def signs_on(self, day: int) -> bool:
        """A warning sign was entered for that day."""
        return any(check_in.signs for check_in in self.of_day(day))

    def shown_on(self, day: int) -> Shown | None:
        """What the wearer was last shown of a day."""
        return next((shown for shown in self.shown if shown.entry.decision.day == day), None)


def read_diary(path: Path | None = None) -> Diary:
    """Without a path, this computer's; reading makes no file.

    Raises:
        DiaryError: the file is there and cannot be read at all.
    """
    entries, troubles = read_entries(path)
    return replace(diary_of(entries), troubles=tuple(troubles))


def read_check_ins(path: Path | None = None) -> Diary:
    """Only check-ins, and on which days the wearer was asked for one: a year of them takes a twentieth of a second.

    Raises:
        DiaryError: as above.
    """
    return diary_of(read_entries(path, OF_CHECK_INS)[0])


def diary_of(entries: Iterable[Entry]) -> Diary:
    """What stands after these entries."""
    pages = _Pages()
    for entry in entries:
        pages.turn(entry)
    return pages.diary()


OF_CHECK_INS: Final = frozenset({"check_in", "deleted", "asked_to_check_in"})
SAID: Final = (CheckIn, Deleted, Overruled)
KEYS: Final[Mapping[type[Entry], Callable[[Any], int]]] = {
    CheckIn: lambda entry: entry.made_at,
    OutsideScore: lambda entry: entry.made_at,
    Overruled: lambda entry: entry.made_at,
    DecisionShown: lambda entry: entry.decision.day,
    PlanConfirmed: lambda entry: entry.at,
    AskedToCheckIn: lambda entry: entry.day,
}
"""What makes two entries of a kind the same one: then the later counts."""
DELETABLE: Final[Mapping[str, type[Entry]]] = {
    "check_in": CheckIn,
    "outside_score": OutsideScore,
    "overruled": Overruled,
}
Of = TypeVar("Of")


class _Pages:
    """Being read, entry by entry."""

    def __init__(self) -> None:
        self._kept: dict[type[Entry], dict[int, Entry]] = {kind: {} for kind in KEYS}
        self._said_since: set[int] = set()

    def turn(self, entry: Entry) -> None:
        if isinstance(entry, Deleted):
            self._kept[DELETABLE[entry.what]].pop(entry.made_at, None)
        else:
            self._kept[type(entry)][KEYS[type(entry)](entry)] = entry
        if isinstance(entry, DecisionShown):
            self._said_since.discard(entry.decision.day)
        elif isinstance(entry, SAID):
            self._said_since |= self._kept[DecisionShown].keys()

    def _of(self, kind: type[Of]) -> list[Of]:
        return [entry for entry in self._kept[kind].values() if isinstance(entry, kind)]  # type: ignore[index]

    def diary(self) -> Diary:
        overruled = {one.day: one for one in sorted(self._of(Overruled), key=lambda one: one.made_at)}
        shown = sorted(self._of(DecisionShown), key=lambda one: one.decision.day)
        return Diary(
            check_ins=tuple(sorted(self._of(CheckIn), key=lambda one: (one.day, one.made_at))),
            outside_scores=tuple(sorted(self._of(OutsideScore), key=lambda one: (one.day, one.made_at))),
            overruled=tuple(overruled[day] for day in sorted(overruled)),
            shown=tuple(Shown(entry=one, said_since=one.decision.day in self._said_since) for one in shown),
            confirmed=tuple(self._of(PlanConfirmed)),
            asked_days=frozenset(one.day for one in self._of(AskedToCheckIn)),
        )

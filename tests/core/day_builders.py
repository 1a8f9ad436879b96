"""Days made by hand: what was done, when the wall's clock showed what, and exposure blocks as room 7 hands them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf, nan

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.civil import CivilTime
from hipmonitor.core.days import DayBout, DayFigures, Days, DaysBlock, Minute, figures_of_day
from hipmonitor.core.exposure import BoutEnd, ExposureBlock, RhythmSecond, SittingBout, TimedSecond
from hipmonitor.core.inbound import ChangeSettings, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.io.clock import civil_tick

DAY = 20_523
"""2026-03-11, a Wednesday."""
MIDNIGHT_S = DAY * 86_400
SIT, STAND, WALK, LIE = ActivityKind.SIT, ActivityKind.STAND, ActivityKind.WALK, ActivityKind.LIE
SEDENTARY, UNKNOWN, NOT_WORN, CYCLE = (
    ActivityKind.SEDENTARY,
    ActivityKind.UNKNOWN,
    ActivityKind.NOT_WORN,
    ActivityKind.CYCLE,
)


def clock(hours: float, minutes: float = 0.0, seconds: float = 0.0) -> HostNs:
    """An instant of the day, by UTC."""
    return HostNs(MIDNIGHT_S * NS_PER_S + round((hours * 3600 + minutes * 60 + seconds) * NS_PER_S))


class Diary:
    """Writes down one second after the other, with a sitting timer that knows breaks of a minute."""

    def __init__(self, start: HostNs, *, break_s: int = 60) -> None:
        self.now, self._break_s = start, break_s
        self.seconds: list[TimedSecond] = []
        self.bouts: list[SittingBout] = []
        self.rhythm: list[RhythmSecond] = []
        self._since: HostNs | None = None
        self._end, self._sat, self._up = HostNs(0), 0, 0

    def did(
        self,
        kind: ActivityKind,
        seconds: int,
        flexion_deg: float = nan,
        *,
        sd_deg: float = 2.0,
        deep: bool = False,
        unsure: bool = False,
        cadence_spm: float | None = None,
    ) -> Diary:
        """So many seconds of it."""
        for _ in range(seconds):
            self._timer(kind)
            if cadence_spm is not None:
                self._step(kind, cadence_spm)
            self._note(kind, 1, flexion_deg, sd_deg=sd_deg, deep=deep, unsure=unsure)
        return self

    def lost(self, seconds: int) -> Diary:
        """A long loss of samples: one row."""
        self._note(UNKNOWN, seconds, nan, sd_deg=inf, deep=False, unsure=False)
        return self

    def _timer(self, kind: ActivityKind) -> None:
        if kind is SIT:
            self._since = self.now if self._since is None else self._since
            self._sat, self._up, self._end = self._sat + 1, 0, HostNs(self.now + NS_PER_S)
            return
        self._up = self._up + 1 if kind in {STAND, WALK} else 0
        if self._up >= self._break_s and self._since is not None:
            bout = SittingBout(
                start=self._since, end=self._end, sitting_s=self._sat, deep_s=0.0, ended_by=BoutEnd.BREAK
            )
            self.bouts.append(bout)
            self._since, self._sat = None, 0

    def _step(self, kind: ActivityKind, cadence_spm: float) -> None:
        turns = kind is CYCLE
        self.rhythm.append(
            RhythmSecond(
                start=self.now,
                kind=kind,
                steps=0.0 if turns else cadence_spm / 60,
                crank_turns=cadence_spm / 60 if turns else 0.0,
                cadence_spm=nan if turns else cadence_spm,
                crank_rpm=cadence_spm if turns else nan,
            )
        )

    def _note(
        self, kind: ActivityKind, lasting_s: int, flexion_deg: float, *, sd_deg: float, deep: bool, unsure: bool
    ) -> None:
        trusted = flexion_deg == flexion_deg  # noqa: PLR0124 - NaN: no angle is trusted
        self.seconds.append(
            TimedSecond(
                start=self.now,
                lasting_s=lasting_s,
                kind=kind,
                flexion_deg=flexion_deg,
                highest_deg=flexion_deg + 1,
                trusted=trusted,
                sd_deg=sd_deg,
                sitting_s=self._sat,
                sitting_since=self._since,
                sitting_mean_deg=nan,
                sitting_highest_deg=nan,
                seated_s=0.0,
                seated_shown=False,
                upright_s=self._up,
                deep=deep,
                deep_unsure=unsure,
                deep_s=0.0,
                deep_since=None,
                deep_mean_deg=nan,
                deep_highest_deg=nan,
                lowered_s=0.0,
            )
        )
        self.now = HostNs(self.now + lasting_s * NS_PER_S)

    def block(self) -> ExposureBlock:
        """All of it."""
        return ExposureBlock(
            seconds=tuple(self.seconds), bouts=tuple(self.bouts), transitions=(), rhythm=tuple(self.rhythm)
        )


class Counted:
    """Days that were counted to their end."""

    def __init__(self, days: Days, blocks: Sequence[DaysBlock]) -> None:
        self.days = days
        self.minutes: list[Minute] = [minute for block in blocks for minute in block.minutes]
        self.bouts: list[DayBout] = [bout for block in blocks for bout in block.bouts]

    def figures(self, day: int = DAY, valid_day_worn_h: float = 10.0) -> DayFigures:
        parts = [part for part in self.days.state.parts.values() if part.day == day]
        fell = [bout for bout in self.bouts if bout.day == day or bout.on_s(day)]
        return figures_of_day(day, parts, fell, valid_day_worn_h=valid_day_worn_h, minimum_bout_s=5)


def zones(*changes: tuple[HostNs, int]) -> CivilTime:
    """The wall's clock, by the instants from which each offset held."""
    civil = CivilTime()
    for at, offset_s in changes:
        civil.hear(civil_tick(at, offset_s))
    return civil


def counted(
    block: ExposureBlock,
    *,
    civil: CivilTime | None = None,
    settings: Settings | None = None,
    owned_from: HostNs | None = None,
) -> Counted:
    """The whole block at once."""
    days = fresh(civil=civil, settings=settings, owned_from=owned_from)
    return Counted(days, [days.step(block), days.flush()])


def fresh(
    *, civil: CivilTime | None = None, settings: Settings | None = None, owned_from: HostNs | None = None
) -> Days:
    """A stage that knows the wall's clock (UTC where not said) and the limits."""
    days = Days() if owned_from is None else Days(owned_from=owned_from)
    days.state.civil = civil or CivilTime()
    days.hear([UserAction(at=clock(0), action=ChangeSettings(settings=settings or Settings()))])
    return days


def cut_up(block: ExposureBlock, size: int) -> list[ExposureBlock]:
    """The same in blocks of so many seconds; bouts and steps come with the second after which they are known."""
    pieces = []
    bouts, rhythm = list(block.bouts), list(block.rhythm)
    for k in range(0, len(block.seconds), size):
        seconds = block.seconds[k : k + size]
        until = seconds[-1].end
        ended = [bout for bout in bouts if bout.end + 60 * NS_PER_S <= until]
        stepped = [second for second in rhythm if second.start + 5 * NS_PER_S < until]
        bouts, rhythm = bouts[len(ended) :], rhythm[len(stepped) :]
        pieces.append(ExposureBlock(seconds=seconds, bouts=tuple(ended), transitions=(), rhythm=tuple(stepped)))
    rest = ExposureBlock(seconds=(), bouts=tuple(bouts), transitions=(), rhythm=tuple(rhythm))
    return [*pieces, replace(rest)]

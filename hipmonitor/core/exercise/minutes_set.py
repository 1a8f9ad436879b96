"""A set that counts minutes of an activity: decided seconds, which come some seconds after they were lived."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import nan

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exercise import words
from hipmonitor.core.exercise.blocks import EndedBy, ExerciseNow, Phase, SetResult
from hipmonitor.core.inbound import StartSet
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Side

UNSEEN = frozenset({ActivityKind.UNKNOWN, ActivityKind.NOT_WORN})
ROLLS = frozenset({ActivityKind.SIT, ActivityKind.SEDENTARY, ActivityKind.STAND})
"""What a rider who lets it roll looks like, or who sets off: no pedalling, the knee up or the foot down."""
ROLLS_S = 15.0
"""Without pedalling for longer, the rider may have got off."""
LOST_S = 300
"""Nothing heard for so long ends the set."""
FOREVER = HostNs(1 << 62)


@dataclass(slots=True, kw_only=True)
class MinutesState:
    """What is carried."""

    begun: StartSet
    started: HostNs
    side: Side
    pauses: list[tuple[HostNs, HostNs]] = field(default_factory=list)
    """[from, until); the last one may last for ever."""
    ended: HostNs = FOREVER
    ended_by: EndedBy = EndedBy.WEARER
    counted_ns: int = 0
    jogged_ns: int = 0
    rolled_ns: int | None = None
    """Since the last second of pedalling; None: not on the bicycle, as far as is known."""
    unseen_ns: int = 0
    kind: ActivityKind = ActivityKind.UNKNOWN
    """Of the last second."""
    heard: HostNs
    """Until here seconds were decided."""


class MinutesSet:
    """One set. What the wearer did is known at once, which activity it was later: it is over when that is known until its end."""

    def __init__(self, state: MinutesState) -> None:
        self.state = state
        self.exercise, self.target = state.begun.exercise, state.begun.target

    @property
    def running(self) -> bool:
        """It was not ended."""
        return self.state.ended == FOREVER

    @property
    def paused(self) -> bool:
        """It goes on when the wearer says so."""
        return bool(self.state.pauses) and self.state.pauses[-1][1] == FOREVER

    def pause(self, at: HostNs) -> None:
        """Nothing is counted from here on."""
        if not self.paused:
            self.state.pauses.append((at, FOREVER))

    def resume(self, at: HostNs) -> None:
        """It goes on."""
        if self.paused:
            self.state.pauses[-1] = (self.state.pauses[-1][0], at)

    def end(self, at: HostNs, by: EndedBy) -> None:
        """No second after this counts."""
        if at < self.state.ended:
            self.state.ended, self.state.ended_by = at, by

    def second(self, start: HostNs, end: HostNs, kind: ActivityKind) -> bool:
        """One decided second, or a long loss; whether the set is over."""
        s = self.state
        if end > s.started and kind is ActivityKind.UNKNOWN and end - start >= LOST_S * NS_PER_S:
            self.end(max(start, s.started), EndedBy.SENSOR)
        counted_ns = self._active_ns(start, min(end, s.ended))
        if kind.word in self.exercise.kinds:
            s.counted_ns += counted_ns + self._rolled_ns(kind, counted_ns)
            s.jogged_ns += counted_ns if kind is ActivityKind.RUN else 0
        else:
            s.unseen_ns += counted_ns if kind in UNSEEN else 0
            self._rolled_ns(kind, counted_ns)
        s.kind, s.heard = kind, max(s.heard, end)
        if self._asked_ns() and self._progress_ns(end) >= self._asked_ns():
            self.end(end, EndedBy.TARGET)
        return end >= s.ended

    def _rolled_ns(self, kind: ActivityKind, active_ns: int) -> int:
        """In a set of cycling the wearer has said that they ride: what is on the bicycle too, now that they pedal on.

        That is rolling between two stretches of pedalling, and standing on the pedals to set off, which looks like stairs.
        """
        s, rolled_ns = self.state, self.state.rolled_ns
        if kind is ActivityKind.CYCLE:
            s.rolled_ns = 0
            return 0 if rolled_ns is None or rolled_ns > ROLLS_S * NS_PER_S else rolled_ns
        sets_off = kind is ActivityKind.STAIRS and ActivityKind.CYCLE.word in self.exercise.kinds
        goes_on = sets_off or (rolled_ns is not None and kind in ROLLS)
        s.rolled_ns = (rolled_ns or 0) + active_ns if goes_on else None
        return 0

    def _active_ns(self, start: int, end: int) -> int:
        """How much of that time is in the set and in no pause."""
        start = max(start, self.state.started)
        paused = sum(max(0, min(end, until) - max(start, since)) for since, until in self.state.pauses)
        return max(0, end - start - paused)

    def _asked_ns(self) -> int:
        t = self.target
        return round((t.rounds * (t.walk_s + t.jog_s) if t.rounds else t.minutes * 60) * NS_PER_S)

    def _progress_ns(self, until: int) -> int:
        """By turns goes by the clock; else what was counted."""
        return self._active_ns(self.state.started, until) if self.target.rounds else self.state.counted_ns

    def result(self) -> SetResult:
        """What was done against the target."""
        s = self.state
        counted_s, jogged_s = s.counted_ns / NS_PER_S, s.jogged_ns / NS_PER_S
        return SetResult(
            exercise=self.exercise.name,
            title=self.exercise.title,
            started=s.started,
            ended=s.ended,
            number=s.begun.number,
            side=s.side,
            target=self.target,
            repetitions=(),
            counted_s=counted_s,
            unseen_s=s.unseen_ns / NS_PER_S,
            ended_by=s.ended_by,
            sentence=words.of_minutes(self.target, counted_s, jogged_s, s.ended_by),
        )

    def now(self, at: HostNs) -> ExerciseNow:
        """As it stands at an instant."""
        s = self.state
        counts = s.kind.word in self.exercise.kinds
        phase = Phase.PAUSED if self.paused else Phase.MOVING if counts else Phase.READY
        return ExerciseNow(
            exercise=self.exercise,
            target=self.target,
            started=s.started,
            number=s.begun.number,
            phase=phase,
            full=0,
            partial=0,
            angle_deg=nan,
            trusted=s.kind not in UNSEEN,
            hold_s=0.0,
            counted_s=s.counted_ns / NS_PER_S,
            last=None,
            sentence=self._sentence(at, phase),
        )

    def _sentence(self, at: HostNs, phase: Phase) -> str:
        if phase is Phase.PAUSED:
            return words.in_phase(phase, self.target, 0.0)
        if self.target.rounds:
            return words.by_turns(self.target, self._active_ns(self.state.started, at) / NS_PER_S)
        left_s = self.target.minutes * 60 - self.state.counted_ns / NS_PER_S
        return (
            words.minutes_left(left_s) if self.target.minutes else words.minutes_done(self.state.counted_ns / NS_PER_S)
        )

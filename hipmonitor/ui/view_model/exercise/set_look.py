"""A guided set as it is shown while it runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite

from hipmonitor.core.exercise import ExerciseNow, Phase, Repetition
from hipmonitor.core.exercises import Counts
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.ui.view_model.durations import m_ss
from hipmonitor.ui.view_model.exercise.move import Move
from hipmonitor.ui.view_model.exercise.moves import move_of
from hipmonitor.ui.view_model.exercise.target_rows import amount
from hipmonitor.ui.view_model.glance import Glance
from hipmonitor.ui.view_model.stream_now import Flow

NO_DATA = "No data from the sensor. The set waits, and nothing is counted; it goes on by itself when data are back."
NOT_TRUSTED = "The angle is not trusted right now. What is not seen is not counted; it comes back by itself."
PAUSED = "Paused. Nothing is counted until you go on."
NEAREST_DEG, ROOM = 40.0, 1.5
"""The arc reaches to half more than the target, and never to less than this."""
ARC_MOST_DEG = 160.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """How far the thigh is from the start pose."""

    deg: float | None
    """None = not known."""
    target_deg: float
    """0 = none."""
    reach_deg: float
    """Where the arc ends."""
    words: str
    """Below the number."""

    @property
    def there(self) -> bool:
        """Whether the target is reached."""
        return self.deg is not None and 0 < self.target_deg <= self.deg


@dataclass(frozen=True, slots=True, kw_only=True)
class TempoPart:
    """One of up, hold and down."""

    word: str
    asked_s: float
    """0 = not asked for."""
    share: float
    """How much of it has passed."""
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLook:
    """The whole page."""

    title: str
    which: str
    """Set 1 of 3."""
    big: str
    of: str
    phase: str
    icon: str
    sentence: str
    """One thing to do, or what was just seen."""
    trouble: bool
    """The sentence says what keeps the set waiting."""
    quietly: str
    """Partial repetitions."""
    last: str
    """The last repetition, in numbers."""
    arc: Arc | None
    """None where minutes count."""
    tempo: tuple[TempoPart, ...]
    move: Move
    share: float | None
    """Where the figure stands on its way; None = it goes by itself."""
    known: bool
    measured: bool
    """The figure does what the thigh does; otherwise it stands for what is to be done."""
    paused: bool
    posed: bool
    """Whether the start pose is held, or none is asked for."""
    read_only: bool = False

    @property
    def whole_title(self) -> str:
        """With its number, where there are several."""
        return ", ".join(part for part in (self.title, self.which) if part)

    @property
    def line(self) -> str:
        """The state line."""
        done = f"{self.big} {self.of}".strip()
        return f"{self.whole_title}: {done}. {self.phase}."


def set_look(glance: Glance, *, read_only: bool = False) -> SetLook | None:
    """Of a moment; None while no set runs."""
    now = glance.sets.now
    if now is None:
        return None
    move, known = move_of(now.exercise), _known(glance, now)
    minutes, flows = now.exercise.counts is Counts.MINUTES, glance.stream.flow is Flow.FLOWING
    resting = flows and now.phase in {Phase.POSE, Phase.PAUSED}
    big, of = _count(now)
    sentence, trouble = _sentence(glance, now)
    return SetLook(
        title=now.exercise.title,
        which=which_set(now.number, now.target.sets),
        big=big,
        of=of,
        phase=_phase(now, move) if flows else "Waiting",
        icon=ICONS[now.phase] if flows else "gap",
        sentence=sentence,
        trouble=trouble,
        quietly=_quietly(now),
        last=_last(now),
        arc=_arc(now, known=known),
        tempo=_tempo(glance, now, move),
        move=move,
        share=_share(now, move, known=known),
        known=known or resting or minutes,
        measured=minutes or not resting,
        paused=now.phase is Phase.PAUSED,
        posed=now.phase is not Phase.POSE,
        read_only=read_only,
    )


def which_set(number: int, sets: int) -> str:
    """Set 1 of 3; a fourth of three is the fourth; nothing where there is only one."""
    if number <= sets:
        return f"set {number} of {sets}" if sets > 1 else ""
    return f"set {number}"


ICONS = {
    Phase.POSE: "wait",
    Phase.READY: "check",
    Phase.MOVING: "right",
    Phase.HOLDING: "hold",
    Phase.RETURNING: "left",
    Phase.PAUSED: "freeze",
}


def _phase(now: ExerciseNow, move: Move) -> str:
    there, back = move.ways
    minutes = now.exercise.counts is Counts.MINUTES
    words = {
        Phase.POSE: "Start pose",
        Phase.READY: "Waiting for you" if minutes else "Ready",
        Phase.MOVING: "Counting" if minutes else there,
        Phase.HOLDING: "Hold",
        Phase.RETURNING: back,
        Phase.PAUSED: "Paused",
    }
    by_turns = now.target.rounds and now.phase is not Phase.PAUSED
    return now.sentence.partition(". ")[0] if minutes and by_turns else words[now.phase]


def _known(glance: Glance, now: ExerciseNow) -> bool:
    return glance.stream.flow is Flow.FLOWING and now.trusted and isfinite(now.angle_deg)


# --- numbers ------------------------------------------------------------------------------------------------------------
def _count(now: ExerciseNow) -> tuple[str, str]:
    """The large number, and what it is of."""
    t = now.target
    if now.exercise.counts is Counts.MINUTES:
        whole = t.minutes * 60 or t.rounds * (t.walk_s + t.jog_s)
        return m_ss(now.counted_s), f"of {m_ss(whole)}" if whole else ""
    if now.exercise.counts is Counts.HOLDS:
        at = min(now.full + 1, t.repetitions) if t.repetitions else now.full + 1
        many = f", hold {at} of {t.repetitions}" if t.repetitions > 1 else ""
        return f"{now.hold_s:.0f}", f"of {t.hold_s:g} s{many}" if t.hold_s else f"s{many}"
    return f"{now.full}", f"of {t.repetitions}" if t.repetitions else "so far"


def _quietly(now: ExerciseNow) -> str:
    if not now.partial:
        return ""
    hold = now.exercise.counts is Counts.HOLDS
    short = f"short of {now.target.range_deg:g}°" if now.target.range_deg and not hold else "short"
    return f"{now.partial} {short}, not counted"


def _last(now: ExerciseNow) -> str:
    return "" if now.last is None else f"Last: {in_numbers(now.last, hold=now.exercise.counts is Counts.HOLDS)}"


def in_numbers(repetition: Repetition, *, hold: bool) -> str:
    """34°, 1.9 s there, 1.0 s held, 2.2 s back."""
    r = repetition
    if hold:
        return f"{r.range_deg:.0f}°, {r.hold_s:.0f} s held"
    return f"{r.range_deg:.0f}°, {r.up_s:.1f} s there, {r.hold_s:.1f} s held, {r.down_s:.1f} s back"


def _arc(now: ExerciseNow, *, known: bool) -> Arc | None:
    if now.exercise.counts is Counts.MINUTES:
        return None
    target = now.target.range_deg
    reach = max(NEAREST_DEG, ROOM * (target or 2 * now.exercise.least_deg))
    return Arc(
        deg=round(now.angle_deg) if known and now.phase is not Phase.POSE else None,
        target_deg=target,
        reach_deg=min(ARC_MOST_DEG, reach),
        words=_arc_words(now, known=known),
    )


def _arc_words(now: ExerciseNow, *, known: bool) -> str:
    if now.phase is Phase.POSE:
        return "counted from the start pose on"
    if now.phase is Phase.PAUSED:
        return "paused"
    if not known:
        return "not known right now"
    return "target reached" if 0 < now.target.range_deg <= round(now.angle_deg) else "from the start pose"


def _share(now: ExerciseNow, move: Move, *, known: bool) -> float | None:
    """The figure does what the wearer does; a movement that goes round goes by itself."""
    if move.cycle_s:
        return None if now.phase is not Phase.PAUSED else 0.0
    if now.phase is Phase.POSE or not known:
        return 0.0
    whole = now.target.range_deg or 4 * now.exercise.least_deg
    return min(1.15, max(-0.1, round(now.angle_deg) / whole))


def _tempo(glance: Glance, now: ExerciseNow, move: Move) -> tuple[TempoPart, ...]:
    """Only where a tempo is asked for."""
    t = now.target
    if now.exercise.counts is not Counts.REPETITIONS or not (t.up_s or t.hold_s or t.down_s):
        return ()
    since = glance.sets.phase_since
    passed_s = 0.0 if since is None else max(0, glance.at - since) / NS_PER_S
    order = (Phase.MOVING, Phase.HOLDING, Phase.RETURNING)
    at = order.index(now.phase) if now.phase in order else -1
    words = (move.ways[0], "Hold", move.ways[1])
    parts = []
    for k, (word, asked) in enumerate(zip(words, (t.up_s, t.hold_s, t.down_s), strict=True)):
        share = 1.0 if k < at else min(1.0, passed_s / asked) if k == at and asked else 0.0
        parts.append(TempoPart(word=word, asked_s=asked, share=share, now=k == at))
    return tuple(part for part in parts if part.asked_s)


# --- words --------------------------------------------------------------------------------------------------------------
def _sentence(glance: Glance, now: ExerciseNow) -> tuple[str, bool]:
    """What to do, and whether it is about what keeps the set waiting."""
    if glance.stream.flow is not Flow.FLOWING:
        return NO_DATA, True
    if now.phase is Phase.PAUSED:
        return PAUSED, False
    if now.phase is Phase.POSE:
        start = "" if now.exercise.start is None else now.exercise.start.words
        return now.sentence or start, bool(now.sentence)
    if not now.trusted and glance.angle.calibrated and now.exercise.counts is not Counts.MINUTES:
        return NOT_TRUSTED, True
    by_turns = now.exercise.counts is Counts.MINUTES and now.target.rounds
    said = now.sentence.partition(". ")[2] if by_turns else now.sentence
    return said or amount(now.exercise, now.target), False


JUDGING = "The set has ended. Its last seconds are still being looked at."


def judging(look: SetLook) -> SetLook:
    """Ended, and its result is not there yet: activities are decided some seconds later."""
    return replace(look, phase="Ended", icon="check", sentence=JUDGING, trouble=False, paused=True, share=0.0)

"""What an exercise is: start pose, what the thigh sensor sees of it, what counts, the target, and the words.

Plain values, so that a set that was begun is recorded with its exercise: a replay needs no library. `core.exercise.library`
is the table of ours; `io.exercises` reads what a provider adds in TOML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

NAME = re.compile("[a-z][a-z0-9_]{1,39}")
Span = tuple[float, float]
"""Lowest and highest, in degrees."""


class Counts(StrEnum):
    """What is counted."""

    REPETITIONS = "repetitions"
    HOLDS = "holds"
    """Seconds beyond the target angle, in so many holds."""
    MINUTES = "minutes"
    """Time in the activities of `kinds`."""


class Sees(StrEnum):
    """Which angle of the thigh the exercise moves; + is the direction of the movement."""

    FLEXION = "flexion"
    EXTENSION = "extension"
    """Minus flexion."""
    RISING = "rising"
    """Inclination grows: a squat, a leg that is raised from lying (level is 90, the knee above the hip is more)."""
    FALLING = "falling"
    """Inclination falls: a bridge, whose hip comes up to the knee."""
    ROLL_OUT = "roll_out"
    """Kneecap away from the midline (minus `thigh_roll_deg`): a clam."""
    TURN = "turn"
    """Angle between the thigh's up direction and that of the start pose: any movement that gravity shows. Without a start
    pose, along the direction in which the thigh mostly goes to and fro."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPose:
    """What the thigh's angles must be, held quietly, before a set begins. None = not looked at."""

    words: str
    """One sentence: how to lie, stand or kneel."""
    inclination_deg: Span | None = None
    flexion_deg: Span | None = None
    roll_out_deg: Span | None = None
    """Minus `thigh_roll_deg`; looked at only where the side is known."""

    def __post_init__(self) -> None:
        for name in ("inclination_deg", "flexion_deg", "roll_out_deg"):
            span = getattr(self, name)
            if span is not None and not -180 <= span[0] < span[1] <= 180:
                raise ValueError(f"{name} is {list(span)}; give the lowest and the highest, from -180 to 180")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What the physio, or the wearer, wants of one set. 0 = not asked for."""

    sets: int = 1
    repetitions: int = 0
    range_deg: float = 0.0
    """From the start pose to the far end of each repetition, or the angle from the start pose that a hold must keep."""
    up_s: float = 0.0
    hold_s: float = 0.0
    down_s: float = 0.0
    rest_s: float = 60.0
    """Between sets."""
    minutes: float = 0.0
    walk_s: float = 0.0
    jog_s: float = 0.0
    """Walk and jog by turns, for `rounds` rounds."""
    rounds: int = 0

    def __post_init__(self) -> None:
        for name, most in MOST.items():
            value = getattr(self, name)
            if not 0 <= value <= most:
                raise ValueError(f"{name} is {value:g}; choose a value from 0 to {most:g}")


MOST = {
    "sets": 20,
    "repetitions": 200,
    "range_deg": 150,
    "up_s": 60,
    "hold_s": 600,
    "down_s": 60,
    "rest_s": 1800,
    "minutes": 600,
    "walk_s": 3600,
    "jog_s": 3600,
    "rounds": 100,
}
"""Of a target: beyond it somebody mistyped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One row of the library."""

    name: str
    """Its key, e.g. "clam_raise"; stays for ever, because records carry it."""
    title: str
    counts: Counts
    sees: Sees = Sees.TURN
    kinds: tuple[str, ...] = ()
    """Activity kinds whose time counts, where minutes are counted: "walk", "run", "cycle"."""
    start: StartPose | None = None
    """None: no pose to begin with."""
    least_deg: float = 10.0
    """A movement smaller than this is not even a partial repetition."""
    most_deg: float = 120.0
    """No repetition goes further: beyond it the wearer did something else."""
    target: Target = field(default_factory=Target)
    """A preset that the physio or the wearer changes."""
    instructions: tuple[str, ...] = ()
    """Three short sentences."""
    unseen: str = ""
    """What one sensor on the thigh cannot see of it, in one sentence."""
    figure: str = ""
    """Name of the drawing that shows it; "" = of its own name."""
    provider_only: bool = False
    """Offered only where the provider chose it."""
    stretch: bool = False
    """Comes with the sentence that no stretch goes into a pinch."""

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"name is {self.name!r}; use small letters, digits and _, beginning with a letter")
        if self.counts is Counts.MINUTES and not self.kinds:
            raise ValueError(f"{self.name} counts minutes of no activity; give kinds, e.g. walk")
        if not 0 < self.most_deg <= 180:
            raise ValueError(f"most_deg is {self.most_deg:g}; choose a value above 0 and up to 180")
        if not 0 < self.least_deg < self.most_deg:
            raise ValueError(
                f"least_deg is {self.least_deg:g}; it must be above 0 and below most_deg ({self.most_deg:g})"
            )

"""One quantity over time: it holds a value, moves smoothly to the next, and holds that."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from firmware_sim.body.course import Course
from hipmonitor.core.arrays import Floats


def smooth_step(share: Floats) -> Floats:
    """From 0 to 1 with minimum jerk; value, rate and acceleration are continuous at both ends.

    10x³ - 15x⁴ + 6x⁵ (Flash and Hogan 1985); its greatest rate is 1.875 times the mean one.
    """
    x = np.clip(share, 0.0, 1.0)
    return x * x * x * (10.0 + x * (6.0 * x - 15.0))


@dataclass(slots=True)
class Track:
    """A piecewise constant quantity with minimum-jerk moves between its values, and courses of any shape on top of them."""

    initial: float = 0.0
    _starts: list[float] = field(default_factory=list)
    _seconds: list[float] = field(default_factory=list)
    _targets: list[float] = field(default_factory=list)
    _moves: tuple[Floats, Floats, Floats] | None = None
    """Starts, durations and values as arrays, made when first needed."""
    _courses: list[Course] = field(default_factory=list)

    @property
    def final(self) -> float:
        """The value after every move that was asked for so far."""
        return self._targets[-1] if self._targets else self.initial

    @property
    def moves(self) -> bool:
        """Whether it ever moves."""
        return bool(self._starts or self._courses)

    def add(self, course: Course) -> None:
        """Something on top of the moves; it changes no value that is held."""
        self._courses.append(course)

    def move(self, *, at: float, seconds: float, to: float) -> None:
        """Move to `to` within `seconds`; a move asked for while another runs begins when that one has ended."""
        if self._starts:
            at = max(at, self._starts[-1] + self._seconds[-1])
        self._starts.append(at)
        self._seconds.append(seconds)
        self._targets.append(to)
        self._moves = None

    def at(self, t_s: Floats) -> Floats:
        """The value at these times, shape (n,)."""
        values = self._moved(t_s)
        for course in self._courses:
            values = course.onto(t_s, values)
        return values

    def _moved(self, t_s: Floats) -> Floats:
        if not self._starts:
            return np.full(t_s.shape, self.initial)
        starts, seconds, values = self._arrays()
        if len(t_s) > 1 and (held := _held(starts, seconds, t_s)) is not None:
            return np.full(t_s.shape, values[held] + (values[held + 1] - values[held]))
        k = np.searchsorted(starts, t_s, side="right") - 1
        share = np.where(k > 0, (t_s - np.where(k > 0, starts[k], 0.0)) / seconds[k], 0.0)
        moved: Floats = values[k] + (values[k + 1] - values[k]) * smooth_step(share)
        return moved

    def _arrays(self) -> tuple[Floats, Floats, Floats]:
        if self._moves is None:
            starts, seconds = np.array([-np.inf, *self._starts]), np.array([1.0, *self._seconds])
            self._moves = starts, seconds, np.array([self.initial, self.initial, *self._targets])
        return self._moves


def _held(starts: Floats, seconds: Floats, t_s: Floats) -> int | None:
    """The move that is over before all these times and after which none begins; most times of a day are like that."""
    first, last = np.searchsorted(starts, (np.min(t_s), np.max(t_s)), side="right") - 1
    over = first == last and first > 0 and np.min(t_s) >= starts[first] + seconds[first] + 1e-6
    return int(first) if over else None

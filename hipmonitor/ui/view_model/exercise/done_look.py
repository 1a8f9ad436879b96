"""A set that ended: what was done against the target, how the repetitions were, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from hipmonitor.core.exercise import Effort, SetResult
from hipmonitor.core.exercises import Counts, Exercise
from hipmonitor.ui.view_model.durations import short
from hipmonitor.ui.view_model.exercise.set_look import which_set
from hipmonitor.ui.view_model.exercise.target_rows import tempo

LEAST_SCALE_DEG = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionBar:
    """One repetition in the small drawing."""

    range_share: float
    """Of the drawing's height."""
    full: bool
    trusted: bool
    times_s: tuple[float, float, float]
    """There, held, back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneLook:
    """The whole page but for its buttons."""

    title: str
    which: str
    sentence: str
    """What was done against the target."""
    bars: tuple[RepetitionBar, ...]
    target_share: float
    """Where the target's line is; 0 = none."""
    target: str
    """Its value."""
    longest_s: float
    """The drawing's scale of times."""
    figures: tuple[tuple[str, str], ...]
    comfort: int | None
    """As it was rated; None = not yet."""
    read_only: bool = False

    @property
    def spoken(self) -> str:
        """All of it in words."""
        figures = ". ".join(f"{name}: {value}" for name, value in self.figures)
        return f"{self.whole_title}. {self.sentence} {figures}"

    @property
    def whole_title(self) -> str:
        """With its number, where there are several."""
        return ", ".join(part for part in (self.title, self.which) if part)


def done_look(
    result: SetResult, exercise: Exercise | None, comfort: int | None, *, read_only: bool = False
) -> DoneLook:
    """Of a set that ended; `exercise` where it is still known."""
    counts = Counts.REPETITIONS if exercise is None else exercise.counts
    ranges = [each.range_deg for each in result.repetitions]
    scale = max([LEAST_SCALE_DEG, 1.1 * result.target.range_deg, *(1.05 * deg for deg in ranges)])
    return DoneLook(
        title=result.title,
        which=which_set(result.number, result.target.sets),
        sentence=result.sentence,
        bars=tuple(
            RepetitionBar(
                range_share=each.range_deg / scale,
                full=each.effort is Effort.FULL,
                trusted=each.trusted,
                times_s=(each.up_s, each.hold_s, each.down_s),
            )
            for each in result.repetitions
        ),
        target_share=result.target.range_deg / scale,
        target=f"{result.target.range_deg:g}°",
        longest_s=max([1.0, *(each.up_s + each.hold_s + each.down_s for each in result.repetitions)]),
        figures=_figures(result, counts),
        comfort=comfort,
        read_only=read_only,
    )


def _figures(result: SetResult, counts: Counts) -> tuple[tuple[str, str], ...]:
    """Name and value; only what there is."""
    full = [each for each in result.repetitions if each.effort is Effort.FULL]
    rows = []
    if full:
        degs = [each.range_deg for each in full]
        asked = f", asked {result.target.range_deg:g}°" if result.target.range_deg else ""
        rows.append(("Range", f"{min(degs):.0f}-{max(degs):.0f}°, usually {median(degs):.0f}°{asked}"))
    if full and counts is Counts.REPETITIONS:
        times = [median(getattr(each, name) for each in full) for name in ("up_s", "hold_s", "down_s")]
        asked = f", asked {tempo(result.target)}" if tempo(result.target) else ""
        rows.append(("Tempo", f"{times[0]:.1f}-{times[1]:.1f}-{times[2]:.1f} s{asked}"))
    if counts is Counts.HOLDS:
        rows.append(("Held", f"{result.counted_s:.0f} s in all"))
    if result.partial:
        rows.append(("Short of the range", f"{result.partial}, not counted"))
    if result.unseen_s >= 1:
        rows.append(("Not seen", short(result.unseen_s)))
    return tuple(rows)

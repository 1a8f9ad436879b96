"""The load picture: who bends this hip most, at which hour, and a kinder way of doing the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days import DayFigures
from hipmonitor.ui.view_model.civil_dates import span_name

ACTIVITY_NAMES = {
    ActivityKind.SIT: "The chair",
    ActivityKind.SEDENTARY: "Sitting or lying",
    ActivityKind.STAND: "On your feet, squats",
    ActivityKind.WALK: "Walking",
    ActivityKind.RUN: "Running",
    ActivityKind.STAIRS: "Stairs",
    ActivityKind.CYCLE: "The bicycle",
    ActivityKind.LIE: "Lying",
    ActivityKind.UNKNOWN: "Not known",
}
NO_BENDS = "No bends were counted on these days."
METHOD = (
    "A bend is one thigh cycle to and fro; deep means at or above your limit. The pelvis is not seen, so the hip itself may "
    "bend less in a chair, and at least as far on the bicycle and in squats."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bends:
    """Counted bends, and how many of them were deep."""

    all: float
    deep: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BendRow:
    """One activity."""

    name: str
    share: float
    """Deep bends, of the longest bar."""
    count: str
    deep: str
    kinder: str
    """One line; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HourBar:
    """Deep bends of one hour of the day, over all days."""

    hour: int
    share: float
    """Of the tallest."""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRow:
    """Both thighs beside each other."""

    name: str
    mine: float
    """Share of the scale."""
    other: float
    words: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BendsLook:
    """The page."""

    dates: str
    said: str
    rows: tuple[BendRow, ...]
    hours: tuple[HourBar, ...]
    sides: tuple[SideRow, ...]
    """None where the other thigh was not worn."""
    side_names: tuple[str, str]
    note: str

    @property
    def spoken(self) -> str:
        """In words."""
        return f"{self.said} {'; '.join(f'{row.name}: {row.deep}, {row.count}' for row in self.rows)}."


KINDER = {
    ActivityKind.SIT: "A higher seat, and leaning back, bend it less.",
    ActivityKind.STAND: "To pick something up, a lunge on the other leg spares this hip.",
    ActivityKind.WALK: "Walking is kind already; shorter and more often is kinder.",
    ActivityKind.RUN: "Walking or swimming in its place for a while.",
    ActivityKind.STAIRS: "One step at a time, a hand on the rail, the other leg first.",
    ActivityKind.CYCLE: "Upright, with the saddle a little higher.",
}


def bends_look(figures: Sequence[DayFigures]) -> BendsLook:
    """Of days in a row; those that are not valid are left out."""
    valid = [f for f in figures if f.valid]
    by_kind = {kind: _of_kind(valid, kind) for kind in ActivityKind}
    return BendsLook(
        dates=span_name(figures[0].day, figures[-1].day) if figures else "",
        said=most_deep(by_kind),
        rows=bend_rows(by_kind, KINDER, max(1, len(valid))),
        hours=(),
        sides=(),
        side_names=("", ""),
        note=f"{len(valid)} valid of {len(figures)} days. {METHOD}",
    )


def _of_kind(days: Sequence[DayFigures], kind: ActivityKind) -> Bends:
    return Bends(
        all=sum(f.flexion_cycles.get(kind, 0) for f in days), deep=sum(f.deep_cycles.get(kind, 0) for f in days)
    )


def bend_rows(
    by_kind: Mapping[ActivityKind, Bends], kinder: Mapping[ActivityKind, str], days: int
) -> tuple[BendRow, ...]:
    """By their deep bends, then by all; a day's mean."""
    counted = {kind: each for kind, each in by_kind.items() if each.all}
    most = max((each.deep for each in counted.values()), default=0.0) or 1.0
    order = sorted(counted, key=lambda kind: (-counted[kind].deep, -counted[kind].all))
    return tuple(
        BendRow(
            name=ACTIVITY_NAMES.get(kind, kind.word),
            share=counted[kind].deep / most,
            count=f"{_number(counted[kind].all / days)} in all",
            deep=f"{_number(counted[kind].deep / days)} deep a day",
            kinder=kinder.get(kind, ""),
        )
        for kind in order
    )


def hour_bars(by_hour: Sequence[Bends], days: int) -> tuple[HourBar, ...]:
    """24 of them."""
    most = max((each.deep for each in by_hour), default=0.0) or 1.0
    return tuple(
        HourBar(
            hour=hour,
            share=each.deep / most,
            words=f"{hour:02}:00 to {hour + 1:02}:00: {_number(each.deep / days)} deep bends a day, {_number(each.all / days)} in all",
        )
        for hour, each in enumerate(by_hour)
    )


def most_deep(by_kind: Mapping[ActivityKind, Bends]) -> str:
    """Who bends this hip most."""
    all_deep = sum(each.deep for each in by_kind.values())
    if not any(each.all for each in by_kind.values()):
        return NO_BENDS
    if not all_deep:
        return "No deep bends were counted on these days."
    kind = max(by_kind, key=lambda each: by_kind[each].deep)
    name = ACTIVITY_NAMES.get(kind, kind.word)
    return f"{name}: {100 * by_kind[kind].deep / all_deep:.0f} % of the deep bends."


def side_rows(mine: Mapping[str, float], other: Mapping[str, float]) -> tuple[SideRow, ...]:
    """Same things of both thighs, each on its own scale."""
    found = []
    for name in mine:
        top = max(mine[name], other.get(name, 0.0)) or 1.0
        words = (_number(mine[name]), _number(other.get(name, 0.0)))
        found.append(SideRow(name=name, mine=mine[name] / top, other=other.get(name, 0.0) / top, words=words))
    return tuple(found)


def _number(value: float) -> str:
    """1 240; 12; 0.4."""
    if value >= 10:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.1f}".removesuffix(".0")

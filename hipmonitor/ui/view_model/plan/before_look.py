"""What came before a harder day: pain and each load over weeks, one below the other, with how they went together. Never a cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hipmonitor.core.civil import weekday_of
from hipmonitor.core.programme import BeforeBadDays, DayLoad, Load, before_bad_days
from hipmonitor.ui.view_model.civil_dates import short_name, span_name
from hipmonitor.ui.view_model.day_trend import scale_top
from hipmonitor.ui.view_model.history.weeks_look import Chart, Stick
from hipmonitor.ui.view_model.plan.load_names import IN_MINUTES, LOAD_NAMES, load_amount

PAIN_TOP = 10.0
FILLS = {
    Load.SITTING_MIN: "sit",
    Load.DEEP_CYCLES: "deep",
    Load.ON_FEET_MIN: "stand",
    Load.WALK_MIN: "up",
    Load.RUN_MIN: "up",
    Load.CYCLE_MIN: "up",
    Load.SETS: "mark",
}
NOTE = (
    "Things that went together on the same days. This says nothing about why: other things change from day to day as well. "
    "A pattern is clear where days in a shuffled order hardly ever show as much for any load. "
    "Days without a check-in or not worn long enough are left out. Talk it over with your physio."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeLook:
    """The page: pain on top."""

    dates: str
    charts: tuple[Chart, ...]
    said: tuple[str, ...]
    """Below each chart: how it went together with pain the day after; of pain itself what it is."""
    names: tuple[tuple[int, str], ...]
    answer: str
    """What can be said so far: too few days, nothing clear, or what went together."""
    note: str
    empty: str = ""
    """A sentence in the charts' place: no check-in with pain yet."""

    @property
    def spoken(self) -> str:
        """In words."""
        charts = [f"{chart.title}: {said}" for chart, said in zip(self.charts, self.said, strict=True)]
        return f"{self.empty or self.answer} {' '.join(charts)} {self.note}".strip()


NO_PAIN = "No check-in with pain yet. Charts appear with the first ones."
SHOWN = (Load.SITTING_MIN, Load.DEEP_CYCLES, Load.ON_FEET_MIN, Load.RUN_MIN, Load.CYCLE_MIN, Load.SETS)


def before_look(days: Sequence[DayLoad]) -> BeforeLook:
    """Of days in a row; from the first check-in with pain on."""
    pain, found = worst_pain(days), before_bad_days(days)
    first = min(pain, default=None)
    shown = [each for each in days if first is not None and each.day >= first]
    span = [each.day for each in shown]
    loads = {load: _amounts(shown, load) for load in SHOWN}
    there = {load: amounts for load, amounts in loads.items() if any(amounts.values())}
    return BeforeLook(
        dates=span_name(span[0], span[-1]) if span else "",
        charts=(pain_chart(pain, span), *(load_chart(load, there[load], span) for load in there)) if span else (),
        said=("As you said it, 0 to 10.", *(_said(found, load) for load in there)) if span else (),
        names=monday_names(span),
        answer=found.sentence,
        note=NOTE,
        empty="" if span else NO_PAIN,
    )


def worst_pain(days: Sequence[DayLoad]) -> dict[int, float]:
    """Of each day that has one."""
    found: dict[int, float] = {}
    for each in days:
        pains = [one.pain_worst for one in each.check_ins if one.pain_worst is not None]
        if pains:
            found[each.day] = float(max(pains))
    return found


def _amounts(days: Sequence[DayLoad], load: Load) -> dict[int, float]:
    """Of valid days on which it could be measured."""
    return {each.day: each.loads[load] for each in days if each.valid and load in each.loads}


def _said(found: BeforeBadDays, load: Load) -> str:
    """How it went with pain on the same day and the day after; empty where that is not known of this load."""
    return " ".join(each.sentence for each in found.associations if each.load is load)


def pain_chart(pain: Mapping[int, float], days: Sequence[int]) -> Chart:
    """Worst pain of each day, 0 to 10."""
    sticks = tuple(
        Stick(
            day=day,
            share=pain[day] / PAIN_TOP if day in pain else None,
            valid=True,
            words=f"{_short(day)}: {f'pain {pain[day]:g}' if day in pain else 'no check-in'}",
        )
        for day in days
    )
    return Chart(title="Pain at its worst", fill="ink2", said="", top="10", half="5", median=None, sticks=sticks)


def load_chart(load: Load, amounts: Mapping[int, float], days: Sequence[int]) -> Chart:
    """One load, day by day."""
    unit = 60.0 if load in {Load.SITTING_MIN, Load.ON_FEET_MIN} else 1.0
    sign = " h" if unit > 1 else " min" if load in IN_MINUTES else ""
    top = scale_top(max([amounts.get(day, 0.0) for day in days], default=0.0) / unit)
    sticks = tuple(
        Stick(
            day=day,
            share=amounts[day] / unit / top if day in amounts else None,
            valid=True,
            words=f"{_short(day)}: {load_amount(load, amounts[day]) if day in amounts else 'not known'}",
        )
        for day in days
    )
    return Chart(
        title=LOAD_NAMES[load],
        fill=FILLS[load],
        said="",
        top=f"{top:g}{sign}",
        half=f"{top / 2:g}",
        median=None,
        sticks=sticks,
    )


def monday_names(days: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """What stands below the charts."""
    return tuple((k, " ".join(short_name(day).split()[1:])) for k, day in enumerate(days) if weekday_of(day) == 0)


def _short(day: int) -> str:
    return " ".join(short_name(day).split())

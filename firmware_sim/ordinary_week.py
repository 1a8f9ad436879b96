"""A week of one person: ordinary days, a flight over six time zones, the night in which summer time begins, nights on the charger.

Monday is 2026-03-02 in Central Europe; on Thursday the person flies to the east coast of America, where clocks go forward on
Sunday at two. The sensor is worn in bed in three nights; in the others it is charged, and put on anew in the morning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, count

from firmware_sim.body import Person, Posture, Script, Seat, sit, stand, walk
from firmware_sim.ordinary_day import HOUR, MINUTE, ordinary_day

MONDAY = 20_514
"""2026-03-02, in days since 1970-01-01."""
DAY_S = 24 * HOUR
HOME_S, AWAY_S = 1 * 3600, -5 * 3600
"""Offsets from UTC before and after the flight."""
SUMMER_S = -4 * 3600
FLIGHT_S = float(HOME_S - AWAY_S)
"""It lasts as long as the wall's clock goes back."""
LYING = frozenset({Posture.LIE_BACK, Posture.LIE_SIDE, Posture.LIE_WORN_SIDE, Posture.LIE_FRONT, Posture.LIE_BENT})
DAYS: tuple[frozenset[Seat | Posture], ...] = (
    frozenset({"car", "low_sofa", Posture.OFF}),
    frozenset({Posture.CYCLE, Posture.BAG}),
    frozenset({"bus", "low_sofa"}),
    frozenset({"car", Posture.OFF}),
    frozenset({"low_sofa", "armchair"}),
    frozenset({Posture.CYCLE, Posture.OFF}),
    frozenset({"low_sofa", Posture.BAG}),
)
"""What each day of the week is sure to have; all else is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wearing:
    """From putting the sensor on until it is charged: one recording."""

    name: str
    begins_s: float
    """Since Monday's midnight, as time passes."""
    script: Script
    guided: bool = False
    """It begins with standing and sitting quietly for a guided calibration."""
    outages_s: tuple[tuple[float, float], ...] = ()
    """Out of reach from, until; seconds of the script."""
    backfill: bool = True
    """The sensor keeps what was missed; without: its battery was empty."""
    reboots_s: tuple[float, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return sum(act.seconds for act in self.script)

    @property
    def taken_off_s(self) -> tuple[float, ...]:
        """When the wearer takes the sensor off, and says so every other time."""
        ends = list(accumulate((act.seconds for act in self.script), initial=0.0))
        off = [at for act, at in zip(self.script, ends, strict=False) if act.posture in {Posture.OFF, Posture.BAG}]
        return tuple(off[::2])


def ordinary_week(person: Person) -> tuple[Wearing, ...]:
    """The recordings of this person's week."""
    days = [_day_with(person, number, wanted) for number, wanted in enumerate(DAYS)]
    quiet: Script = (stand(5.0), sit(person.sit_down_s + 6.5, "office_chair"))
    return (
        Wearing(
            name="Monday and Tuesday, night in bed",
            begins_s=_night_s(days[0]) - sum(act.seconds for act in quiet),
            script=(*quiet, *_awake(days[0]), *_until_bed(days[1])),
            guided=True,
            outages_s=((4.0 * HOUR, 4.0 * HOUR + 8 * MINUTE), (11.0 * HOUR, 11.0 * HOUR + 40.0)),
        ),
        Wearing(
            name="Wednesday, battery empty twice",
            begins_s=2 * DAY_S + _night_s(days[2]),
            script=_until_bed(_awake(days[2])),
            outages_s=((3.0 * HOUR, 3.0 * HOUR + 50 * MINUTE), (7.0 * HOUR, 7.0 * HOUR + 5 * MINUTE)),
            backfill=False,
        ),
        Wearing(
            name="Thursday and Friday, flight, night in bed",
            begins_s=3 * DAY_S + _night_s(days[3]),
            script=(*_with_flight(_awake(days[3])), *_until_bed(days[4])),
            outages_s=((2.0 * HOUR, 2.0 * HOUR + 3 * MINUTE),),
        ),
        Wearing(
            name="Saturday and Sunday, summer time begins",
            begins_s=5 * DAY_S + FLIGHT_S + _night_s(days[5]),
            script=(*_awake(days[5]), *_until_bed(days[6])),
            outages_s=((20.0 * HOUR, 20.0 * HOUR + 20 * MINUTE),),
            reboots_s=(5.0 * HOUR,),
        ),
    )


def zones(week: Sequence[Wearing]) -> tuple[tuple[float, int], ...]:
    """(since, offset from UTC) of the wearer's clock; seconds since Monday's midnight, as time passes."""
    thursday = week[2]
    landed = next(at for act, at in _ends(thursday.script) if act == LAST_OF_FLIGHT)
    return (
        (0.0, HOME_S),
        (thursday.begins_s + landed, AWAY_S),
        (6 * DAY_S + FLIGHT_S + 2 * HOUR, SUMMER_S),
    )


LAST_OF_FLIGHT = sit(20 * MINUTE, "kitchen_chair", "slump")
FLIGHT: Script = (
    *(
        act
        for _ in range(4)
        for act in (sit(55 * MINUTE, "kitchen_chair", "restless"), walk(2 * MINUTE, "slow"), stand(3 * MINUTE))
    ),
    sit(60 * MINUTE, "kitchen_chair", "lean_back"),
    walk(2 * MINUTE, "slow"),
    sit(38 * MINUTE, "kitchen_chair", "restless"),
    LAST_OF_FLIGHT,
)


def _day_with(person: Person, number: int, wanted: frozenset[Seat | Posture]) -> Script:
    """The first of this person's drawn days that has all of it."""
    for draw in count():
        day = ordinary_day(replace(person, gait_style=1000 * (person.gait_style + 1) + 7 * draw + number))
        if wanted <= {act.posture for act in day} | {act.seat for act in day}:
            return day
    raise AssertionError


def _night_s(day: Script) -> float:
    """How long the day begins with lying."""
    return sum(act.seconds for act in day) - sum(act.seconds for act in _awake(day))


def _awake(day: Script) -> Script:
    """From getting up on."""
    first = next(k for k, act in enumerate(day) if act.posture not in LYING)
    return day[first:]


def _until_bed(day: Script) -> Script:
    """Without its last night."""
    last = max(k for k, act in enumerate(day) if act.posture not in LYING)
    return day[: last + 1]


def _with_flight(day: Script) -> Script:
    """After half of it, between two acts of which the second is walked."""
    half = sum(act.seconds for act in day) / 2
    k = next(k for k, (act, end) in enumerate(_ends(day)) if end > half and day[k + 1].posture is Posture.WALK)
    return (*day[: k + 1], *FLIGHT, *day[k + 1 :])


def _ends(script: Script) -> list[tuple[object, float]]:
    return list(zip(script, accumulate(act.seconds for act in script), strict=True))

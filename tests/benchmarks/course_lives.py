"""Simulated people who follow a plan for twelve weeks, each in their own way. They know nothing of the rules of the course."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from hipmonitor.core.exercise import EndedBy, SetResult
from hipmonitor.core.exercises import Target
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.programme import (
    CheckIn,
    Course,
    DayLoad,
    Decision,
    Load,
    Overruled,
    Plan,
    Planned,
    Step,
    WarningSign,
)

DAYS = 84
FIRST_DAY = 20_600


@dataclass(frozen=True, kw_only=True)
class Person:
    """How somebody lives with a plan. Shares are of days."""

    name: str
    does: float = 0.95
    """Of what is offered."""
    checks_in: float = 0.97
    wears: float = 0.97
    pain: int = 1
    flares: float = 0.0
    """A flare-up begins: three to eight days, three to five points."""
    lapse: tuple[int, int] = (0, 0)
    """First day, and how many: nothing is worn, said or done."""
    overdoes: float = 0.0
    """Twice the sets, a long run, or a day on the feet; a flare-up may follow."""
    signs: float = 0.0
    overrules: float = 0.0
    leaves_out: float = 0.0
    """Of each answer of a check-in."""
    spread: float = 0.12
    """SD of a day's load, as a share of it."""


PEOPLE: tuple[Person, ...] = (
    Person(name="steady"),
    Person(name="flare-ups", flares=0.03),
    Person(name="lapse", lapse=(30, 16), does=0.85),
    Person(name="missing days", checks_in=0.6, wears=0.6, leaves_out=0.1),
    Person(name="over-doing", overdoes=0.12, spread=0.3),
    Person(name="warning signs", signs=0.03, flares=0.01),
    Person(name="overruling", overrules=0.2, flares=0.02, signs=0.02),
    Person(
        name="everything", does=0.7, checks_in=0.8, wears=0.8, flares=0.03, overdoes=0.08, signs=0.01, overrules=0.05
    ),
)


@dataclass(kw_only=True)
class Life:
    """What happened, and what the plan said."""

    person: Person
    plan: Plan
    days: list[DayLoad] = field(default_factory=list)
    mornings: list[DayLoad] = field(default_factory=list)
    """The days as they were known when the wearer looked."""
    told: list[Decision] = field(default_factory=list)
    """On these mornings."""
    decided: list[Decision] = field(default_factory=list)
    """With everything that was said of the day."""
    overruled: list[Overruled] = field(default_factory=list)


def lived(person: Person, plan: Plan, seed: int, days: int = DAYS) -> Life:
    """One course."""
    rng, life, course = Random(f"{person.name} {seed}"), Life(person=person, plan=plan), Course(plan)
    flare: list[int] = []
    for number in range(days):
        away = person.lapse[0] <= number < sum(person.lapse)
        morning = _morning(person, number, rng, flare[0] if flare else 0, away=away)
        flare = flare[1:]
        overruled = _overruling(person, morning.day, rng)
        life.overruled += [overruled] if overruled is not None else []
        told = course.decide(morning, overruled)
        day, hurt = _day(person, morning, told, rng, away=away)
        life.mornings.append(morning)
        life.told.append(told)
        life.days.append(day)
        life.decided.append(course.live(day, overruled))
        if not flare and (hurt or rng.random() < person.flares):
            flare = [rng.randint(3, 5)] * rng.randint(3, 8)
    return life


def _morning(person: Person, number: int, rng: Random, flare: int, *, away: bool) -> DayLoad:
    day = FIRST_DAY + number
    empty = DayLoad(day=day, weekday=(day + 3) % 7, valid=False)
    if away or rng.random() > person.checks_in:
        return empty
    rest = min(10, max(0, person.pain - 1 + rng.choice((0, 0, 1)) + flare))
    worst = min(10, rest + rng.choice((1, 1, 2)))
    answers = (_said(rest, person, rng), _said(worst, person, rng), _said(rest, person, rng))
    signs = (rng.choice(list(WarningSign)),) if rng.random() < person.signs else ()
    return replace(empty, check_ins=(_check_in(day, *answers, signs=signs),))


def _said(value: int, person: Person, rng: Random) -> int | None:
    return None if rng.random() < person.leaves_out else value


def _check_in(
    day: int, rest: int | None, worst: int | None, stiffness: int | None, *, signs: tuple[WarningSign, ...] = ()
) -> CheckIn:
    return CheckIn(
        made_at=HostNs(day), day=day, utc_offset_s=0, pain_rest=rest, pain_worst=worst, stiffness=stiffness, signs=signs
    )


def _overruling(person: Person, day: int, rng: Random) -> Overruled | None:
    if rng.random() >= person.overrules:
        return None
    by = rng.choice(("me", "my physio"))
    return Overruled(made_at=HostNs(day), day=day, step=rng.choice(list(Step)), by=by, note="as I see it")


def _day(person: Person, morning: DayLoad, told: Decision, rng: Random, *, away: bool) -> tuple[DayLoad, bool]:
    """The day as it went, and whether the hip will complain."""
    done = [] if away else [each for each in told.exercises if rng.random() < person.does]
    over = not away and rng.random() < person.overdoes
    sets = [result for each in done if each.load is None for result in _sets(each, morning.day)] * (2 if over else 1)
    minutes = {load: sum(_minutes(each) for each in done if each.load is load) for load in Load}
    run = minutes[Load.RUN_MIN] + (rng.choice((0, 20, 45)) if over else 0)

    def about(mean: float) -> float:
        return max(0.0, rng.gauss(mean, person.spread * mean))

    walk = about(35) + minutes[Load.WALK_MIN]
    loads = {
        Load.ON_FEET_MIN: about(150) + walk + run,
        Load.WALK_MIN: walk,
        Load.RUN_MIN: run,
        Load.CYCLE_MIN: minutes[Load.CYCLE_MIN],
        Load.DEEP_CYCLES: float(round(about(40))),
        Load.SETS: float(len(sets)),
        Load.SITTING_MIN: about(480),
    }
    if away or rng.random() > person.wears:
        part = rng.choice((0.0, 0.3))
        return replace(morning, loads={load: part * value for load, value in loads.items()}), over
    before, after = rng.choice(((8, 8), (8, 7), (7, 7))) if not over else (8, 5)
    evening = CheckIn(
        made_at=HostNs(morning.day + 1), day=morning.day, utc_offset_s=0, comfort_before=before, comfort_after=after
    )
    said = (*morning.check_ins, evening) if done and rng.random() < person.checks_in else morning.check_ins
    return replace(morning, valid=True, loads=loads, sets=tuple(sets), check_ins=said), over and rng.random() < 0.4


def _minutes(each: Planned) -> float:
    target = each.target or Target()
    return target.minutes or target.jog_s * target.rounds / 60


def _sets(each: Planned, day: int) -> list[SetResult]:
    target, at = each.target or Target(), HostNs(day * 86_400 * NS_PER_S)
    result = SetResult(
        exercise=each.exercise,
        title=each.exercise,
        started=at,
        ended=at,
        number=1,
        side="left",
        target=target,
        repetitions=(),
        counted_s=0.0,
        unseen_s=0.0,
        ended_by=EndedBy.TARGET,
        sentence="",
    )
    return [result] * target.sets

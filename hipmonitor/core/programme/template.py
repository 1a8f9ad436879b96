"""The starting plan: a template that somebody confirms or changes before it leads anywhere.

What is common advice: calm down first, low impact first, load before speed, walk intervals before jog intervals, rest days,
and a step back when symptoms return (the project's mission, table of care). What is custom: every number. No study says that
10 % a week, two points of pain, three days or these repetitions are the right ones for this hip.
"""

from __future__ import annotations

from hipmonitor.core.exercises import Target
from hipmonitor.core.programme.plan import TEMPLATE, Criteria, Load, Plan, Planned, PlanPhase, WeekLimit


def _sets(exercise: str, sets: int, repetitions: int, *, hold_s: float = 0.0, days_a_week: int = 3) -> Planned:
    target = Target(sets=sets, repetitions=repetitions, hold_s=hold_s, up_s=2.0, down_s=2.0)
    return Planned(exercise=exercise, target=target, days_a_week=days_a_week)


def _walk(minutes: float) -> Planned:
    return Planned(exercise="walking", target=Target(minutes=minutes), days_a_week=7, load=Load.WALK_MIN)


def _cycle(minutes: float) -> Planned:
    return Planned(exercise="cycling_upright", target=Target(minutes=minutes), days_a_week=2, load=Load.CYCLE_MIN)


def _intervals(walk_s: float, jog_s: float, rounds: int, most_rounds: int) -> Planned:
    target = Target(walk_s=walk_s, jog_s=jog_s, rounds=rounds)
    return Planned(exercise="walk_jog_intervals", target=target, load=Load.RUN_MIN, most_rounds=most_rounds)


def _jog(minutes: float, most_minutes: float) -> Planned:
    return Planned(exercise="jogging", target=Target(minutes=minutes), load=Load.RUN_MIN, most_minutes=most_minutes)


STARTING_PLAN = Plan(
    name="Back step by step",
    set_by=TEMPLATE,
    set_on="",
    phases=(
        PlanPhase(
            name="calm_down",
            title="Calm down",
            goal="Let the hip settle: shorter sits, a higher seat, easy walking.",
            exercises=(_walk(10),),
            exit=Criteria(days=5, most_pain_rest=3, most_pain_worst=5, least_adherence=0.5),
        ),
        PlanPhase(
            name="protect",
            title="Protect and keep moving",
            goal="Keep the hip moving with low load: holds and small movements.",
            exercises=(_sets("bridge", 2, 8, hold_s=5), _sets("clam_raise", 2, 10), _walk(15)),
            exit=Criteria(most_pain_rest=3, most_pain_worst=5),
        ),
        PlanPhase(
            name="load",
            title="Load",
            goal="Build strength around the hip, with no bend into a pinch.",
            exercises=(
                _sets("banded_donkey_kick", 2, 10),
                _sets("banded_side_lying_leg_raise", 2, 10),
                _sets("bird_dog", 2, 8),
                _sets("dead_bug", 2, 8),
                _sets("sit_to_stand", 2, 8),
                _walk(20),
            ),
            least_days=10,
        ),
        PlanPhase(
            name="strong",
            title="Strong",
            goal="More load, and the squat to the depth that you or your physio set.",
            exercises=(
                _sets("banded_donkey_kick", 2, 12),
                _sets("banded_side_lying_leg_raise", 2, 12),
                _sets("bridge", 2, 12),
                _sets("squat", 3, 8),
                _cycle(15),
                _walk(25),
            ),
            least_days=10,
        ),
        PlanPhase(
            name="walk_jog",
            title="Walk and jog",
            goal="Short jogs between longer walks, on flat ground.",
            exercises=(
                _intervals(120, 60, 4, 8),
                _sets("squat", 2, 8, days_a_week=2),
                _sets("bridge", 2, 12, days_a_week=2),
                _walk(20),
            ),
            entry=Criteria(most_pain_rest=1, most_pain_worst=3),
            running=True,
        ),
        PlanPhase(
            name="jog_walk",
            title="Jog and walk",
            goal="Longer jogs between short walks.",
            exercises=(
                _intervals(60, 120, 4, 8),
                _sets("squat", 2, 8, days_a_week=2),
                _sets("bridge", 2, 12, days_a_week=2),
                _walk(20),
            ),
            running=True,
        ),
        PlanPhase(
            name="jog",
            title="Jog",
            goal="Jogging in one piece, a little longer every week.",
            exercises=(
                _jog(10, 30),
                _sets("squat", 2, 8, days_a_week=2),
                _sets("bridge", 2, 12, days_a_week=2),
                _cycle(20),
            ),
            running=True,
        ),
    ),
    limits=(
        WeekLimit(load=Load.ON_FEET_MIN, most_increase=0.2, free_below=420),
        WeekLimit(load=Load.RUN_MIN, most_increase=0.1, free_below=30),
        WeekLimit(load=Load.CYCLE_MIN, most_increase=0.1, free_below=60),
        WeekLimit(load=Load.DEEP_CYCLES, most_increase=0.2, free_below=210),
        WeekLimit(load=Load.SETS, most_increase=0.2, free_below=30),
        WeekLimit(load=Load.SITTING_MIN, most_increase=0.2, free_below=2520),
    ),
)
"""Cycling is free up to three times its longest session: of a smaller week one session as planned would be a hard day.

10 % a week is custom, not evidence; so are 20 % where days differ much by themselves, and every other number here."""

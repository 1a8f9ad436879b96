"""Named scenarios: what is done, what the wearer is told on the way, and which settings make it short enough to watch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from firmware_sim.body import Person, Script, drawn, lie, off, sit, stand, walk

CueKind = Literal["stand", "sit"]
MINUTE, HOUR = 60.0, 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """From `at_s` on the wearer holds this pose quietly, long enough for a guided calibration."""

    at_s: float
    kind: CueKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A script with its cues. It depends on the person, who sits down faster or slower."""

    name: str
    about: str
    seconds: float
    script: Callable[[Person], Script]
    cues: Callable[[Person], tuple[Cue, ...]]
    settings: Mapping[str, float] = field(default_factory=dict)
    """Settings under which it shows what it is for, by dotted name as in hipmonitor.core.settings; empty = the presets."""


STANDS_S, QUIET_SIT_S, SOME_STEPS_S, ALERT_S = 5.0, 6.5, 3.0, 34.0
SETTLED_S = 0.5
"""After sitting down, before the sensor is quiet."""


def _calibration_cues(person: Person) -> tuple[Cue, ...]:
    seated = STANDS_S + person.sit_down_s + SETTLED_S
    return (Cue(at_s=0.5, kind="stand"), Cue(at_s=seated, kind="sit"))


def _alert(person: Person) -> Script:
    # From seat contact to seat-off the first sit lasts 7 to 8 s and the sofa 11 s or more, whoever it is: the sitting
    # limit of 9 s is passed on the sofa and not before.
    first, steps = person.sit_down_s + QUIET_SIT_S, person.rise_s + SOME_STEPS_S
    return (
        stand(STANDS_S),
        sit(first, "office_chair"),
        walk(steps),
        sit(ALERT_S - STANDS_S - first - steps, "low_sofa"),
    )


def _desk(_person: Person) -> Script:
    return (
        stand(STANDS_S),
        sit(10.0, "office_chair"),
        sit(4 * MINUTE, "office_chair", "restless"),
        sit(1.5 * MINUTE, "office_chair", "lean_back"),
        sit(2 * MINUTE, "office_chair", "restless"),
        stand(MINUTE, "restless"),
        sit(1.5 * MINUTE - STANDS_S - 10.0, "office_chair", "restless"),
    )


def _desk_block(minutes: float) -> Script:
    half = (minutes - 4.0) / 2 * MINUTE
    return (
        sit(half, "office_chair", "restless"),
        sit(4 * MINUTE, "office_chair", "lean_back"),
        sit(half, "office_chair", "restless"),
    )


def _day(_person: Person) -> Script:
    night = (
        lie(2.5 * HOUR, manner="restless"),
        lie(2 * HOUR, on_side=True, manner="restless"),
        lie(2.5 * HOUR, manner="restless"),
    )
    morning = (
        stand(4 * MINUTE, "restless"),
        walk(MINUTE, "slow"),
        sit(20 * MINUTE, "kitchen_chair", "restless"),
        stand(10 * MINUTE, "restless"),
        walk(25 * MINUTE, "fast"),
    )
    work_before = (
        *_desk_block(55),
        walk(4 * MINUTE),
        *_desk_block(80),
        stand(20 * MINUTE, "restless"),
        *_desk_block(46),
    )
    lunch = (walk(12 * MINUTE), sit(25 * MINUTE, "kitchen_chair", "restless"), walk(15 * MINUTE, "slow"))
    work_after = (
        *_desk_block(100),
        walk(5 * MINUTE),
        sit(45 * MINUTE, "saddle_stool", "restless"),
        *_desk_block(38),
        walk(25 * MINUTE),
    )
    evening = (
        stand(35 * MINUTE, "restless"),
        sit(30 * MINUTE, "kitchen_chair", "restless"),
        off(40 * MINUTE),
        stand(10 * MINUTE, "restless"),
        sit(110 * MINUTE, "low_sofa", "restless"),
        walk(3 * MINUTE, "slow"),
    )
    awake = (*morning, *work_before, *lunch, *work_after, *evening)
    last_night = 24 * HOUR - sum(act.seconds for act in (*night, *awake))
    return (*night, *awake, lie(last_night, manner="restless"))


def _no_cues(_person: Person) -> tuple[Cue, ...]:
    return ()


SCENARIOS: dict[str, Scenario] = {
    scenario.name: scenario
    for scenario in (
        Scenario(
            name="desk",
            about="Ten minutes at a desk: sits with shifting legs, leans back, stands for a minute, sits again",
            seconds=10 * MINUTE,
            script=_desk,
            cues=_calibration_cues,
        ),
        Scenario(
            name="alert",
            about="Half a minute: stands, sits on a chair, rises, some steps, then a low sofa with the thigh above 90 degrees",
            seconds=ALERT_S,
            script=_alert,
            cues=_calibration_cues,
            settings={
                "sitting.sit_limit_min": 0.15,
                "sitting.break_s": 2.0,
                "deep_flexion.thigh_limit_deg": 90.0,
                "deep_flexion.deep_limit_min": 0.05,
                "deep_flexion.break_s": 2.0,
            },
        ),
        Scenario(
            name="day",
            about="A whole day: night, breakfast, way to work, desk, lunch, stool, evening on a sofa, sensor on a table",
            seconds=24 * HOUR,
            script=_day,
            cues=_no_cues,
        ),
    )
}


def scenario_named(name: str) -> Scenario:
    """The scenario of that name.

    Raises:
        ValueError: there is none; the message names those that there are.
    """
    if name not in SCENARIOS:
        raise ValueError(f"there is no scenario {name!r}; choose {', '.join(SCENARIOS)}")
    return SCENARIOS[name]


def wearer(seed: int) -> Person:
    """The person of a seed, left or right as the seed falls."""
    return drawn(seed, side="left" if seed % 2 else "right")

"""Named scenarios: what is done, what the wearer is told on the way, and which settings make it short enough to watch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from firmware_sim.body import (
    Act,
    Manner,
    Movement,
    Person,
    Script,
    Seat,
    Slips,
    bag,
    climb,
    cycle,
    descend,
    drawn,
    drawn_exerciser,
    drawn_set,
    drawn_slips,
    exercise,
    lie,
    lie_bent,
    lie_front,
    lie_worn_side,
    lunges,
    off,
    run,
    sit,
    squats,
    stand,
    walk,
)
from firmware_sim.ordinary_day import ordinary_day

CueKind = Literal["stand", "sit"]
MINUTE, HOUR = 60.0, 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """From `at_s` on the wearer holds this pose quietly, long enough for a guided calibration."""

    at_s: float
    kind: CueKind


def never_slips(_person: Person) -> Slips:
    """The strap stays where it is."""
    return ()


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
    slips: Callable[[Person], Slips] = never_slips
    """How the thigh's strap slips."""


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


def _after_calibration(*acts: Act) -> Callable[[Person], Script]:
    """Stand, sit, then this."""

    def script(person: Person) -> Script:
        return (stand(STANDS_S), sit(person.sit_down_s + QUIET_SIT_S, "office_chair"), *acts)

    return script


def _short(name: str, about: str, *acts: Act, slips: Callable[[Person], Slips] = never_slips) -> Scenario:
    """One activity after a guided calibration; its length is that of the slowest sitter."""
    seconds = STANDS_S + SLOWEST_SIT_DOWN_S + QUIET_SIT_S + sum(act.seconds for act in acts)
    return Scenario(
        name=name, about=about, seconds=seconds, script=_after_calibration(*acts), cues=_calibration_cues, slips=slips
    )


def _flights(n: int) -> tuple[Act, ...]:
    up = tuple(act for _ in range(n) for act in (climb(11.0), walk(4.0, "slow")))
    down = tuple(act for _ in range(n) for act in (descend(10.0), walk(4.0, "slow")))
    return (walk(10.0), *up, stand(5.0), *down, stand(5.0))


def _lounging(seat: Seat) -> tuple[Act, ...]:
    manners: tuple[Manner, ...] = (
        "crossed",
        "restless",
        "crossed_under",
        "knee_in",
        "restless",
        "ankle_on_knee",
        "crossed",
    )
    return tuple(sit(60.0, seat, manner) for manner in manners)


def _slip(person: Person) -> Slips:
    return drawn_slips(person.gait_style, SLIPPING_S)


def _exercise(person: Person) -> Script:
    """Clams and bridges, two sets of eight each, slowly, with a rest between that leaves time to press start; and again."""
    who = replace(
        drawn_exerciser(person.gait_style), tempo_s=4.5, rests_s=1.0, floor=1.0, halves=0.0, pulses=0.0, scratches=0.0
    )
    begins = (stand(STANDS_S), sit(person.sit_down_s + QUIET_SIT_S, "office_chair"), stand(person.rise_s + 15.0))
    sets = tuple(
        exercise(replace(drawn_set(movement, who, seed=number, repetitions=8), lead_s=10.0))
        for number, movement in enumerate(2 * (Movement.CLAM, Movement.CLAM, Movement.BRIDGE, Movement.BRIDGE))
    )
    done_s = sum(act.seconds for act in (*begins, *sets))
    return (*begins, *sets, stand(EXERCISE_S - done_s))


EXERCISE_S = 16 * MINUTE
SLOWEST_SIT_DOWN_S = 2.5
SLIPPING_S = 2 * HOUR
SHORT_ONES = (
    _short("run", "Walks, runs, walks, runs faster", walk(40), run(120), walk(30), run(90, "fast"), walk(30)),
    _short("stairs", "Four flights up, four down, with landings", *_flights(4)),
    _short("cycle", "Rides a bicycle, with stops", walk(20), cycle(180), stand(20), cycle(120, "fast"), walk(20)),
    _short("squats", "Squats and lunges in sets", stand(5), squats(45), stand(25), lunges(50), stand(20), squats(40)),
    _short("cross_legs", "Crosses the legs both ways, lets the knee fall in", *_lounging("office_chair"), stand(10)),
    _short(
        "slump",
        "Slumps, leans to the desk, leans back",
        *(sit(90, "office_chair", manner) for manner in ("slump", "lean_forward", "lean_back", "restless", "slump")),
        stand(10),
    ),
    _short(
        "lean",
        "Stands, walks to the desk, leans forward and back: what a pelvis sensor sees and one on the thigh does not",
        *(stand(12), walk(12)),
        *(sit(40, "office_chair", manner) for manner in ("restless", "lean_forward", "lean_back", "slump")),
        stand(10),
    ),
    _short(
        "sofa",
        "A low sofa, an armchair, the floor",
        *(walk(15), sit(180, "low_sofa", "slump"), walk(15), sit(120, "armchair", "lean_back")),
        *(walk(15), sit(120, "floor"), stand(15)),
    ),
    _short("car", "Drives in town", walk(30), sit(420, "car"), walk(30), sit(240, "bus"), walk(20)),
    _short(
        "lying",
        "Lies on the back, with bent knees, on either side and on the front",
        *(walk(10), lie(60), lie_bent(60), lie(60, on_side=True), lie_front(60), lie_worn_side(60), lie(40), stand(20)),
    ),
    _short("bag", "The sensor goes into a bag, is carried about, and lies on a table", bag(300), off(120), stand(20)),
    _short(
        "slip",
        "Two hours of desk and walks with a strap that slips",
        *(act for _ in range(8) for act in (sit(600, "office_chair", "restless"), walk(210), stand(70, "restless"))),
        slips=_slip,
    ),
)


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
        Scenario(
            name="day_full",
            about="A whole day, another one for every seed: all that the body can do",
            seconds=24 * HOUR,
            script=ordinary_day,
            cues=_no_cues,
            slips=lambda person: drawn_slips(person.gait_style, 24 * HOUR) if person.gait_style % 3 == 0 else (),
        ),
        Scenario(
            name="exercise",
            about="Gets down on a mat and does sets of eight clams and eight bridges, slowly, with rests",
            seconds=EXERCISE_S,
            script=_exercise,
            cues=_calibration_cues,
        ),
        *SHORT_ONES,
    )
}


def after_standing(scenario: Scenario, seconds: float) -> Scenario:
    """The same, once the wearer has stood for so long: several sensors take time to be connected."""
    if not seconds:
        return scenario
    return replace(
        scenario,
        seconds=scenario.seconds + seconds,
        script=lambda person: (stand(seconds), *scenario.script(person)),
        cues=lambda person: tuple(replace(cue, at_s=cue.at_s + seconds) for cue in scenario.cues(person)),
    )


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

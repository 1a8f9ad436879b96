"""Cards of a few sentences, each shown where it fits what was measured or what the plan says. General advice, never about a person.

Every card says where it is from. Where no source of the project's own reading stands behind it, it says "usual physiotherapy advice".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days import DayFigures
from hipmonitor.core.programme.day_load import DayLoad
from hipmonitor.core.programme.decision import Decision, Step
from hipmonitor.core.programme.plan import Plan

ASK: Final = "Ask your physio whether it fits you."
USUAL: Final = "Usual physiotherapy advice; ask your physio."
RECENT_DAYS: Final = 7
LONG_SITS: Final = 2
"""Sits over half an hour in a day, from which the card on sitting fits. Our choice; so are the next ones."""
DEEP_SITTING_MIN: Final = 10.0
PICKED_UP: Final = 8
STIFF: Final = 4
FLARE_DAYS: Final = 14
FLARE: Final = frozenset({"pain_rises", "not_back", "symptoms_return", "symptoms_stay", "settling"})
LONG_USE_DAYS: Final = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known as a card is chosen; what is missing fits no card."""

    figures: Sequence[DayFigures] = ()
    """Days in order, the last of them the latest."""
    days: Sequence[DayLoad] = ()
    decisions: Sequence[Decision] = ()
    """In order; the last is today's."""
    plan: Plan | None = None

    @property
    def recent(self) -> list[DayFigures]:
        """Valid days of the last week."""
        return [day for day in self.figures[-RECENT_DAYS:] if day.valid]

    def mean(self, of: Callable[[DayFigures], float]) -> float:
        """A day, over those; 0 without any."""
        return sum(map(of, self.recent)) / len(self.recent) if self.recent else 0.0

    def rules(self, days: int = 1) -> set[str]:
        """That applied on the last days."""
        return {reason.rule for decision in self.decisions[-days:] for reason in decision.reasons}

    @property
    def running(self) -> bool:
        """The phase in force has jogging in it."""
        if self.plan is None or not self.decisions:
            return False
        return self.plan.phases[self.plan.index(self.decisions[-1].phase)].running

    @property
    def stiff(self) -> bool:
        """The last check-ins say so."""
        said = [
            each.stiffness for day in self.days[-RECENT_DAYS:] for each in day.check_ins if each.stiffness is not None
        ]
        return len(said) >= 2 and min(said[-2:]) >= STIFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One of them."""

    name: str
    title: str
    sentences: tuple[str, ...]
    source: str
    when: str
    """Where it fits, in plain words."""
    fits: Callable[[Situation], bool]
    ask: str = ASK


def cards_for(now: Situation) -> tuple[Card, ...]:
    """Those that fit, in the order of the table; none on a day on which coaching is off."""
    if now.decisions and now.decisions[-1].step is Step.OFF:
        return ()
    return tuple(card for card in CARDS if card.fits(now))


def _of_kind_min(kind: ActivityKind) -> Callable[[DayFigures], float]:
    return lambda day: day.tally.of_kind_s(kind) / 60


CARDS: Final = (
    Card(
        name="flare_up",
        title="When it flares up: protect and keep moving",
        sentences=(
            "A flare-up is a hip that is irritated for some days; most of the time it settles.",
            "Do less of what brings it on, and keep moving gently: short walks, easy positions, small movements.",
            "Full rest for long makes a hip stiff.",
        ),
        source=USUAL,
        when="pain is above usual, or the plan steps back or settles",
        fits=lambda now: bool(now.rules() & FLARE),
    ),
    Card(
        name="after_a_flare_up",
        title="After a flare-up: load and confidence",
        sentences=(
            "When a few days are as usual, strength comes back with load, a little at a time.",
            "Some soreness that is gone by the next morning is common with new load.",
            "Movement within your limits is what a hip is made for.",
        ),
        source=USUAL,
        when="a step back or a rise of the last two weeks is over",
        fits=lambda now: bool(now.rules(FLARE_DAYS) & FLARE) and not now.rules() & FLARE,
    ),
    Card(
        name="pacing",
        title="Pacing",
        sentences=(
            "A week with much more than usual tells little about what the hip can do; a steady week tells more.",
            "Spread it: two shorter walks for one long one, a quiet day after a full one.",
            "That a tenth more a week is the right step is custom, not evidence.",
        ),
        source=USUAL,
        when="the week, or yesterday, had more than the plan allows",
        fits=lambda now: bool(now.rules() & {"above_limit", "hard_day_before"}),
    ),
    Card(
        name="rest_day",
        title="Rest days",
        sentences=(
            "Muscles and tendons grow stronger between sessions.",
            "A rest day has no exercises of the plan; easy walking or swimming is welcome.",
        ),
        source=USUAL,
        when="the plan says rest",
        fits=lambda now: bool(now.decisions) and now.decisions[-1].step is Step.REST,
    ),
    Card(
        name="running",
        title="Back to running",
        sentences=(
            "Walk intervals come before jog intervals, and flat ground before hills.",
            "Shorter steps bend the hip less at each stride.",
            "How the hip feels the next morning says more than how it feels on the way.",
        ),
        source=USUAL,
        when="the phase has jogging, or running was measured in the last week",
        fits=lambda now: now.running or now.mean(_of_kind_min(ActivityKind.RUN)) >= 1,
    ),
    Card(
        name="cycling",
        title="On the bike",
        sentences=(
            "At the top of each turn the hip bends at least as far as the thigh shows.",
            "A higher saddle and an upright seat open it; a low racing position closes it.",
        ),
        source=USUAL,
        when="cycling was measured in the last week",
        fits=lambda now: now.mean(_of_kind_min(ActivityKind.CYCLE)) >= 1,
    ),
    Card(
        name="picking_up",
        title="Picking things up",
        sentences=(
            "In a squat the pelvis tips forward, so the hip bends further than the thigh shows.",
            "A lunge on the other leg, this one reaching back, picks up the same thing with less bend.",
        ),
        source="Squat and hip space: open-MRI study, Bone & Joint Open 2021; the lunge is usual physiotherapy advice.",
        when="many deep bends on the feet were measured in the last week",
        fits=lambda now: now.mean(lambda day: day.deep_cycles.get(ActivityKind.STAND, 0)) >= PICKED_UP,
    ),
    Card(
        name="seat",
        title="A higher seat",
        sentences=(
            "Hips a little above the knees lower the bend while sitting; a cushion or a wedge does as well as a new chair.",
            "Leaning back opens the hip; one sensor on the thigh does not see it.",
        ),
        source="Bend and space of the hip while sitting: open-MRI study, Bone & Joint Open 2021; the seat is usual physiotherapy advice.",
        when="the thigh was above the limit on a seat for ten minutes a day or more",
        fits=lambda now: now.mean(lambda day: day.tally.deep_s / 60) >= DEEP_SITTING_MIN,
    ),
    Card(
        name="sitting",
        title="Long sits",
        sentences=(
            "Long flexed positions tighten and irritate many hips of this kind.",
            "A minute on the feet now and then breaks a sit; lowering the knees helps too.",
            "Half an hour is a common preset, from studies on sitting and from clinics after hip surgery, not from studies of this hip.",
        ),
        source="Diaz 2017 on long sits in general; clinics' protocols after hip arthroscopy; no trial in hips that pinch.",
        when="two sits or more a day were longer than half an hour",
        fits=lambda now: now.mean(lambda day: day.sitting.over_30) >= LONG_SITS,
    ),
    Card(
        name="sleep",
        title="Nights and mornings",
        sentences=(
            "On the side, a pillow between the knees keeps the upper hip from rolling in.",
            "A stiff morning often eases with a few minutes of easy movement before the first long sit.",
        ),
        source=USUAL,
        when="the last two check-ins tell of a stiff morning",
        fits=lambda now: now.stiff,
    ),
    Card(
        name="reminders",
        title="Reminders wear off",
        sentences=(
            "One eight-week trial of reminders found no change in sitting over the whole day.",
            "Awareness is what they can offer; fewer and better placed ones are easier to live with.",
        ),
        source="Nishimura 2019, a trial with 26 people.",
        when="it has been worn for four weeks or more",
        fits=lambda now: sum(day.valid for day in now.figures) >= LONG_USE_DAYS,
    ),
    Card(
        name="hip",
        title="A hip that pinches",
        sentences=(
            "Some hips have less room between the ball and the rim of its cup; deep bends with turning in close it further.",
            "So the care is mostly about fewer deep and long bends for a while, strength, and coming back step by step.",
            "No daily amount of bending is known to be the limit; yours are set by you or your physio.",
        ),
        source="Personalised Hip Therapy, the physiotherapy of the FASHIoN trial (BJSM 2016).",
        when="always, last of all",
        fits=lambda _now: True,
    ),
)

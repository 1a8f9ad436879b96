"""What befalls this wearer: pain that settles, a sign, a flare-up, days without a word, a day decided otherwise. By day, 0 the first."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, kw_only=True)
class Overruling:
    """Somebody decides otherwise."""

    step: str
    by: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Story:
    """All of it."""

    days: int
    sign_day: int
    sign: str = "leg_gives_way"
    sign_note: str = "On the stairs, once."
    flare: tuple[int, int]
    """Its first and last day: what was usual by far exceeded."""
    before_flare: tuple[int, ...]
    """Days with long stays on a low sofa."""
    lapse: tuple[int, int]
    """Neither worn nor said."""
    short_day: int
    """Worn for less than a valid day."""
    forgotten: tuple[int, ...]
    """Worn without a check-in."""
    said_late: int
    """Its check-in is made the day after."""
    overrulings: dict[int, Overruling] = field(default_factory=dict)
    scores: dict[int, float] = field(default_factory=dict)
    """Of a questionnaire that was filled in elsewhere."""
    minutes_share: float = 1.0
    """Stays on seats, against those of the whole life."""
    sit_limit_min: int = 25
    valid_day_worn_h: float = 1.0

    def lapsed(self, day: int) -> bool:
        return self.lapse[0] <= day <= self.lapse[1]

    def flares(self, day: int) -> bool:
        return self.flare[0] <= day <= self.flare[1]


def of_weeks(weeks: int) -> Story:
    """Twelve weeks, or fewer of the same; one or two are a life of their own, in which only the physio leads on."""
    return replace(TWELVE if weeks > 2 else SHORT, days=7 * weeks)


TWELVE = Story(
    days=84,
    sign_day=16,
    flare=(30, 34),
    before_flare=(27, 28, 29, 30),
    lapse=(51, 54),
    short_day=44,
    forgotten=(12, 47, 66),
    said_late=61,
    overrulings={
        41: Overruling(step="rest", by="me", note="On the train all day."),
        69: Overruling(step="hold", by="my physio", note="One more week before more is added."),
    },
    scores={2: 48.0, 44: 61.0, 82: 78.0},
)
SHORT = Story(
    days=14,
    sign_day=4,
    flare=(8, 9),
    before_flare=(7,),
    lapse=(6, 6),
    short_day=2,
    forgotten=(3,),
    said_late=7,
    overrulings={
        1: Overruling(step="forward", by="my physio", note="Holds from now on."),
        5: Overruling(step="rest", by="me", note="On the train all day."),
    },
    scores={1: 48.0},
    minutes_share=0.25,
    sit_limit_min=6,
    valid_day_worn_h=0.4,
)

FLARE = (4, 5, 4, 3, 2)
"""On top of what is usual, day by day."""
NOTES = {
    0: "First day. Pinches when I get out of the car.",
    9: "Better after the walk.",
    23: "Slept through.",
    37: "Back to where it was.",
    58: "First stairs without thinking about it.",
    75: "Long meeting, got up twice.",
}


def said(story: Story, day: int) -> dict[str, str]:
    """Options of `hipmonitor checkin` for this day; none where nothing is said."""
    if story.lapsed(day) or day in story.forgotten:
        return {}
    draw = random.Random(day)
    usual = max(0.0, 3.0 - day / 12)
    more = FLARE[min(day - story.flare[0], len(FLARE) - 1)] if story.flares(day) else 0
    rest = round(usual * 0.8) + (draw.random() < 0.15)
    worst = round(usual + 1.0) + (draw.random() < 0.25)
    values = {
        "stiffness": round(usual) + (draw.random() < 0.2) + more // 2,
        "pain-rest": rest + max(0, more - 1),
        "pain-worst": worst + more,
        "fatigue": draw.choice((2, 3, 3, 4)),
    }
    options = {name: str(min(10, int(value))) for name, value in values.items()}
    note = "A long drive and the low sofa." if day == story.flare[0] else NOTES.get(day, "")
    return options | ({"note": note} if note else {})

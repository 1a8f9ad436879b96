"""What the wearer says of a day: thirty seconds, every field may be left out, and what is left out is never guessed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from hipmonitor.core.instants import HostNs

SCALE = (0, 10)
"""0 = none, 10 = the worst (comfort: 10 = fully comfortable)."""
LONGEST_NOTE = 2000


class WarningSign(StrEnum):
    """Signs of the table of care. Ticked by the wearer, never guessed from what is measured."""

    SEVERE_PAIN = "severe_pain"
    CANNOT_BEAR_WEIGHT = "cannot_bear_weight"
    LEG_GIVES_WAY = "leg_gives_way"
    NUMBNESS = "numbness"
    """Progressive numbness, weakness or tingling."""
    NO_IMPROVEMENT = "no_improvement"
    STOPS_WALKING_OR_SLEEP = "stops_walking_or_sleep"
    FALL_OR_ACCIDENT = "fall_or_accident"
    FEVER_OR_ILL = "fever_or_ill"
    BLADDER_OR_BOWEL = "bladder_or_bowel"
    """Loss of control, or a numb saddle."""
    SWOLLEN_HOT_CALF = "swollen_hot_calf"
    HIP_LOCKS = "hip_locks"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One check-in, as it stands now: a corrected one has the same `made_at`."""

    made_at: HostNs
    day: int
    """Since 1970-01-01 of the wearer's date; the day it is about."""
    utc_offset_s: int
    stiffness: int | None = None
    """In the morning, 0-10; so are the next ones."""
    pain_rest: int | None = None
    pain_worst: int | None = None
    fatigue: int | None = None
    comfort_before: int | None = None
    """Before and after exercise; 10 is best."""
    comfort_after: int | None = None
    note: str = ""
    signs: tuple[WarningSign, ...] = ()

    def __post_init__(self) -> None:
        for name in SCORES:
            value = getattr(self, name)
            if value is not None and (isinstance(value, bool) or value not in range(SCALE[0], SCALE[1] + 1)):
                raise ValueError(f"{name} is {value}; choose a whole number from 0 to 10")
        if len(self.note) > LONGEST_NOTE:
            raise ValueError(f"the note has {len(self.note)} letters; at most {LONGEST_NOTE}")


SCORES = tuple(
    each.name for each in fields(CheckIn) if each.name not in {"made_at", "day", "utc_offset_s", "note", "signs"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideScore:
    """A questionnaire's score that was filled in elsewhere: its name and number only; licensed questions are not ours."""

    made_at: HostNs
    day: int
    name: str
    score: float

"""The decision table of a day. Every row that applies gives its reason; the most careful of them decides.

Where they come from: the table of care of the project's mission (what a physiotherapist tells such a hip) and common
physiotherapy advice. The numbers are the plan's, and custom, not evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor

from hipmonitor.core.programme.criteria import unmet
from hipmonitor.core.programme.decision import Reason, Step
from hipmonitor.core.programme.morning import Morning
from hipmonitor.core.programme.pain import USUAL_DAYS, USUAL_VALUES
from hipmonitor.core.programme.plan import DAYS_A_WEEK, ENOUGH_VALID_DAYS, Load
from hipmonitor.core.programme.sign_words import OFF_TODAY, signs_listed, what_to_do
from hipmonitor.core.programme.words import SIGN_WORDS, amount, and_of, days_of

CAREFUL = (Step.OFF, Step.STEP_BACK, Step.REST, Step.HOLD, Step.GO_ON, Step.FORWARD)
"""Most careful first."""
RISING_DAYS = 3
"""Of seven: symptoms that come and go have returned. Custom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its name, when it applies in plain words, what it leads to, and its sentence where it applies."""

    name: str
    when: str
    leads_to: Step
    sentence: Callable[[Morning], str | None]


def reasons(now: Morning) -> tuple[Reason, ...]:
    """Of every row that applies, the most careful first; never empty. Where a sign is entered nothing else is said."""
    found = [(row, row.sentence(now)) for row in TABLE]
    said = [Reason(rule=row.name, leads_to=row.leads_to, sentence=words) for row, words in found if words]
    step = min((reason.leads_to for reason in said), key=CAREFUL.index)
    alone = {Step.OFF, Step.FORWARD}
    return tuple(
        sorted((each for each in said if each.leads_to is step or not {step, each.leads_to} & alone), key=_care)
    )


def _care(reason: Reason) -> int:
    return CAREFUL.index(reason.leads_to)


def _sign(now: Morning) -> str | None:
    if not now.pain.signs:
        return None
    return f"You entered {signs_listed(now.pain.signs)}. {what_to_do(now.pain.signs)} {OFF_TODAY}"


def _again(now: Morning) -> bool:
    """Up on two days in a row, or coming and going; a step back has its days to work."""
    two = bool(now.rises[now.day]) and bool(now.rises.get(now.day - 1)) and now.day - 1 >= now.since
    waited = now.stepped_back is None or now.day >= now.stepped_back + now.plan.stable_days
    return waited and (two or (now.rising_days() >= RISING_DAYS and bool(now.rises[now.day])))


def _return(now: Morning) -> str | None:
    if not _again(now) or now.index == 0:
        return None
    days = days_of(now.rising_days())
    return (
        f"Symptoms have been up on {days} of the last seven. {' '.join(now.rises[now.day])} "
        f"The plan goes back to {now.plan.phases[now.index - 1].title} until {days_of(now.plan.stable_days)} in a row are as usual."
    )


def _stay(now: Morning) -> str | None:
    if not _again(now) or now.index > 0:
        return None
    return (
        f"Symptoms have been up on {days_of(now.rising_days())} of the last seven, and this is the first phase. "
        f"{' '.join(now.rises[now.day])} A lighter day is fine; ask your physio if it goes on."
    )


def _rest(now: Morning) -> str | None:
    return "Today is a rest day of the plan." if now.weekday in now.plan.rest_weekdays else None


def _hard(now: Morning) -> str | None:
    found = now.hard_yesterday()
    if found is None:
        return None
    load, done, week = found
    return f"Yesterday had {amount(load, done)}, of {week.allowed:.0f} in a week. Today is for rest."


def _rising(now: Morning) -> str | None:
    """Where symptoms have returned, their own row says what rose."""
    return None if _again(now) else " ".join(now.rises[now.day]) or None


def _not_back(now: Morning) -> str | None:
    if not now.rises.get(now.day - 1) or now.as_usual(now.day):
        return None
    state = "they are not back to usual today" if now.pain.scored else "today has no check-in yet"
    return f"Yesterday symptoms went up, and {state}."


def _settling(now: Morning) -> str | None:
    if now.stepped_back is None:
        return None
    return (
        f"The plan stepped back {days_of(now.day - now.stepped_back)} ago. "
        f"{now.usual_days()} of {days_of(now.plan.stable_days)} in a row are as usual."
    )


def _after_sign(now: Morning) -> str | None:
    before = [day for day in range(now.day - now.plan.stable_days, now.day) if now.pain_on(day).signs]
    if not before or now.pain.signs:
        return None
    return f"{days_of(now.day - before[-1])} ago you entered {SIGN_WORDS[now.pains[before[-1]].signs[0]]}. Nothing is added yet."


def _no_check_in(now: Morning) -> str | None:
    return None if now.pain.scored else "No check-in with pain of today yet. Nothing is added without one."


def _not_measured(now: Morning) -> str | None:
    valid, first = now.valid_days(), min(now.days)
    if now.day == first or (now.valid(now.day - 1) and (valid >= ENOUGH_VALID_DAYS or now.day - first < DAYS_A_WEEK)):
        return None
    yesterday = "" if now.valid(now.day - 1) else " Yesterday is not among them."
    verb = "was" if valid == 1 else "were"
    return f"{days_of(valid)} of the last seven {verb} measured long enough.{yesterday} What is not known adds nothing."


def _lapse(now: Morning) -> str | None:
    back = now.days_back()
    if back is None:
        return None
    left = days_of(now.plan.stable_days - back)
    return f"A week or more is without data. To come back gently the plan offers half, for {left} that are measured or have a set."


def _above(now: Morning) -> str | None:
    weeks = now.above_limit()
    each = [
        f"{amount(week.load, ceil(week.done))} of {floor(week.allowed)} allowed"
        + (f", usual {week.usual:.0f}" if week.usual is not None else "")
        for week in weeks
    ]
    return (
        f"In the last seven days: {'; '.join(each)}. The plan stays as it is until the week is within the limit."
        if each
        else None
    )


def _after_run(now: Morning) -> str | None:
    jogs = any(each.load is Load.RUN_MIN for each in now.phase.exercises)
    if not (now.plan.rest_after_run and jogs and now.ran_yesterday()):
        return None
    return "Yesterday was a day with jogging: none today. Other exercises, walking or swimming spread the load."


def _first_days(now: Morning) -> str | None:
    wanted: tuple[str, ...] = ()
    if not now.pain_known():
        wanted = (f"{USUAL_VALUES} check-ins with both pains within {days_of(USUAL_DAYS[-1])}",)
    if not now.loads_known():
        wanted = (*wanted, f"{ENOUGH_VALID_DAYS} measured days of a week that lies before the last one")
    return f"What is usual for you is not known yet. That takes {and_of(wanted)}." if wanted else None


def _unconfirmed(now: Morning) -> str | None:
    return (
        None
        if now.plan.confirmed
        else "This plan is a template. It leads on once you or your physio have confirmed it."
    )


def _early(now: Morning) -> str | None:
    if now.next_phase is None:
        return None
    day = now.day - now.since + 1
    return f"Day {day} of at least {now.least_days} in {now.phase.title}." if day <= now.least_days else None


def _criteria(now: Morning) -> str | None:
    if now.next_phase is None:
        return None
    wanted = unmet(now.phase.exit, now)
    if now.next_phase.entry is not None:
        wanted = tuple(dict.fromkeys((*wanted, *unmet(now.next_phase.entry, now))))
    if not now.pain_on(now.day - 1).scored:
        wanted = (*wanted, "Yesterday has no check-in with pain.")
    return " ".join(wanted) or None


def _last(now: Morning) -> str | None:
    return f"{now.phase.title} is the last phase of the plan." if now.next_phase is None else None


def _met(now: Morning) -> str | None:
    if now.next_phase is None or _criteria(now) is not None:
        return None
    done, planned = now.sessions()
    days = now.checked_days(now.phase.exit)
    rest, worst = (
        (max(getattr(now.pains[day], name) for day in days) for name in ("pain_rest", "pain_worst")) if days else (0, 0)
    )
    return (
        f"{days_of(len(days))} with check-ins at most {rest} at rest and {worst} at the worst, "
        f"{done} of {planned} sessions done: on to {now.next_phase.title}."
    )


TABLE = (
    Row(name="warning_sign", when="a sign for a clinician is entered today", leads_to=Step.OFF, sentence=_sign),
    Row(
        name="symptoms_return",
        when="symptoms are above usual two days in a row, or on three days of seven, and there is a phase before",
        leads_to=Step.STEP_BACK,
        sentence=_return,
    ),
    Row(name="rest_day", when="the weekday is a rest day of the plan", leads_to=Step.REST, sentence=_rest),
    Row(
        name="hard_day_before",
        when="yesterday had more than the plan's share of a week's allowance of one load",
        leads_to=Step.REST,
        sentence=_hard,
    ),
    Row(
        name="symptoms_stay", when="the same as symptoms_return, in the first phase", leads_to=Step.HOLD, sentence=_stay
    ),
    Row(
        name="pain_rises",
        when="pain is above usual today, or comfort falls with exercise, and symptoms have not returned",
        leads_to=Step.HOLD,
        sentence=_rising,
    ),
    Row(
        name="not_back",
        when="symptoms went up yesterday and are not as usual this morning",
        leads_to=Step.HOLD,
        sentence=_not_back,
    ),
    Row(
        name="settling",
        when="after a step back, until enough days in a row are as usual",
        leads_to=Step.HOLD,
        sentence=_settling,
    ),
    Row(
        name="after_sign",
        when="a sign for a clinician was entered in the last days",
        leads_to=Step.HOLD,
        sentence=_after_sign,
    ),
    Row(name="no_check_in", when="no pain is said today", leads_to=Step.HOLD, sentence=_no_check_in),
    Row(
        name="not_measured",
        when="yesterday, or too much of the week, was not measured",
        leads_to=Step.HOLD,
        sentence=_not_measured,
    ),
    Row(
        name="after_lapse",
        when="a week or more has no data, until enough days are measured or have a set; half is offered",
        leads_to=Step.HOLD,
        sentence=_lapse,
    ),
    Row(
        name="above_limit",
        when="the last seven days had more of a load than its limit",
        leads_to=Step.HOLD,
        sentence=_above,
    ),
    Row(name="after_run", when="yesterday had jogging: none today", leads_to=Step.GO_ON, sentence=_after_run),
    Row(name="first_days", when="what is usual is not known yet", leads_to=Step.GO_ON, sentence=_first_days),
    Row(name="unconfirmed", when="nobody has confirmed the plan", leads_to=Step.GO_ON, sentence=_unconfirmed),
    Row(name="least_days", when="the phase has not lasted its least days", leads_to=Step.GO_ON, sentence=_early),
    Row(
        name="criteria",
        when="a criterion of the phase, or of the next, is not met",
        leads_to=Step.GO_ON,
        sentence=_criteria,
    ),
    Row(name="last_phase", when="there is no phase after this one", leads_to=Step.GO_ON, sentence=_last),
    Row(name="criteria_met", when="every criterion is met", leads_to=Step.FORWARD, sentence=_met),
)

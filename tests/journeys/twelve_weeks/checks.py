"""What must hold of a life that was lived: each check with what it found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from re import sub as replaced
from statistics import median

from hipmonitor.core.programme import STARTING_PLAN, Decision
from hipmonitor.io.diary import read_diary
from hipmonitor.io.history import History
from hipmonitor.io.plan import load_plan
from hipmonitor.io.settings import load_settings
from hipmonitor.runtime.care import read_care
from tests.journeys.twelve_weeks.life import Life, LivedDay, iso, sets_kept
from tests.journeys.twelve_weeks.turned_clock import told

LEAST_SHARE = 0.95
"""Of sets, counted within one."""
RISE = 2
"""Points above one's own median of the last four weeks; the plan's own words for it are not used here."""
SETTLES_DAYS = 3
CARE_HEADS = ("Check-ins, 0 to 10", "Plan: ", "Planned sessions done", "Who bends this hip")


@dataclass(frozen=True, kw_only=True)
class Check:
    """One line of the table."""

    name: str
    holds: bool
    found: str


def of_life(life: Life) -> Iterator[Check]:
    """Of the days as they were lived."""
    yield _signs(life)
    yield _silent(life)
    yield _never_forward(life)
    yield _counted(life)
    yield _flare_up(life)
    yield _overruled(life)
    yield _says_why(life)
    yield _pages(life)
    if life.story.days > 28:
        yield _leads_on(life)


def _signs(life: Life) -> Check:
    day = life.lived[life.story.sign_day]
    begun = [each.number for each in life.lived if each.sets and each.step == "off"]
    off = day.step == "off" and not day.plan["exercises"] and not begun
    return Check(
        name="the day with a sign is off", holds=off, found=f"{iso(day.day)}: {day.step}, {len(day.sets)} sets"
    )


def _silent(life: Life) -> Check:
    """That day and the others: what was told of sitting as long."""
    day = life.first + life.story.sign_day
    with History() as history:
        told_then = _alerts(history, day)
        others = sum(sum(_alerts(history, each.day)) for each in life.lived if each.day != day)
    found = f"{sum(told_then)} of {len(told_then)} told then, {others} on other days"
    holds = bool(told_then) and not any(told_then) and others > 0
    return Check(name="reminders are off on it, measuring goes on", holds=holds, found=found)


def _alerts(history: History, day: int) -> list[bool]:
    """Of each alert of a day: whether it was decided to tell it."""
    return [each.followed.alert.told for each in history.day(day, valid_day_worn_h=0.0).alerts]


def _never_forward(life: Life) -> Check:
    """Never on a day without a word of pain, after one that was not measured, on rising pain, or soon after a sign."""
    forward = [each for each in life.lived if each.step == "forward" and not each.plan["overruled"]]
    wrong = [f"{iso(each.day)}: {why}" for each in forward if (why := _why_not(life, each))]
    return Check(
        name="never forward on rising pain or missing data",
        holds=not wrong,
        found="; ".join(wrong) or f"{len(forward)} times forward, each on a steady day",
    )


def _why_not(life: Life, day: LivedDay) -> str:
    before = life.lived[day.number - 1]
    if not day.said or day.number == life.story.said_late:
        return "no check-in"
    if before.worn_h < life.story.valid_day_worn_h:
        return "the day before was not measured"
    if 0 < day.number - life.story.sign_day <= SETTLES_DAYS:
        return "a sign was entered days before"
    return "pain rises" if _rises(life, day) else ""


def _rises(life: Life, day: LivedDay) -> bool:
    for name in ("pain-rest", "pain-worst"):
        usual = [int(each.said[name]) for each in life.lived[max(0, day.number - 28) : day.number] if each.said]
        if usual and int(day.said[name]) >= median(usual) + RISE:
            return True
    return False


def _counted(life: Life) -> Check:
    kept = {record.result.started: record.result for record in sets_kept(life.first, life.last)}
    done = [each for day in life.lived for each in day.sets if each.done is not None]
    right = sum(
        each.started in kept and abs(len(kept[each.started].repetitions) - (each.done or 0)) <= 1 for each in done
    )
    timed = [each for day in life.lived for each in day.sets if each.done is None]
    missing = sum(each.started not in kept for each in timed)
    share = right / len(done) if done else 1.0
    return Check(
        name="sets are counted within one repetition",
        holds=share >= LEAST_SHARE and not missing and len(kept) == len(done) + len(timed),
        found=f"{right} of {len(done)} sets; {len(timed) - missing} of {len(timed)} sets of minutes kept",
    )


def _flare_up(life: Life) -> Check:
    """It leads back a phase where there is one, and not forward before some days in a row without a rise."""
    first, last = life.story.flare
    days = life.lived[first : last + 1 + SETTLES_DAYS]
    phases = [phase.name for phase in STARTING_PLAN.phases]
    before, lowest = phases.index(life.lived[first - 1].phase), min(phases.index(each.phase) for each in days)
    early = [each for each in days if each.step == "forward" and not _settled(life, each.number)]
    return Check(
        name="the flare-up steps the plan back",
        holds=(lowest < before or not before) and not early,
        found=f"{phases[before]} to {phases[lowest]}; {', '.join(each.step for each in days)}",
    )


def _settled(life: Life, number: int) -> bool:
    """The last days, this one with them."""
    days = life.lived[number - SETTLES_DAYS + 1 : number + 1]
    return all(each.said and not _rises(life, each) for each in days)


def _overruled(life: Life) -> Check:
    kept = read_diary().overruled
    noted = {each.note for each in kept} == {each.note for each in life.story.overrulings.values()}
    followed = [each.step for each in life.lived if each.plan and each.plan["overruled"]]
    return Check(name="who decides otherwise is followed, with a note", holds=noted, found=", ".join(followed))


def _says_why(life: Life) -> Check:
    silent = [iso(each.day) for each in life.lived if each.plan and not each.plan["reasons"]]
    asked = sum(bool(each.plan) for each in life.lived)
    return Check(name="every decision has its reasons", holds=not silent, found="; ".join(silent) or f"{asked} days")


def _pages(life: Life) -> Check:
    """`day` and `week` tell of the days as they were."""
    day = next(each for each in reversed(life.lived) if each.worn_h)
    hours = told("day", iso(day.day))["figures"]["worn_s"] / 3600
    told("week", iso(day.day))
    return Check(
        name="the day's page has what was worn",
        holds=abs(hours - day.worn_h) < 0.1,
        found=f"{hours:.2f} of {day.worn_h:.2f} h",
    )


def _leads_on(life: Life) -> Check:
    phases = list(dict.fromkeys(each.phase for each in life.lived if each.phase))
    return Check(name="a course that settles leads on", holds=len(phases) >= 4, found=" > ".join(phases))


def of_report(html: str) -> Iterator[Check]:
    """Signs first, then everything that care is."""
    words = unescape(replaced("<[^>]*>", " ", html[html.find("<body") :]))
    at, limits = words.find("Signs for a clinician, entered by the wearer"), words.find("Limits")
    yield Check(name="the report has signs on top", holds=0 <= at < limits, found=f"at {at}, limits at {limits}")
    missing = [head for head in CARE_HEADS if head not in words]
    yield Check(
        name="it has check-ins, decisions, adherence, load picture",
        holds=not missing,
        found=f"missing: {', '.join(missing)}" if missing else f"{len(html) // 1000} kB",
    )


def decisions(life: Life) -> tuple[Decision, ...]:
    """Of every day, worked out from what is kept now."""
    worn_h = load_settings().days.valid_day_worn_h
    with History() as history:
        return read_care(history, read_diary(), load_plan(), life.first, life.last, valid_day_worn_h=worn_h).decisions


def of_rebuild(before: Sequence[Decision], after: Sequence[Decision], life: Life) -> Iterator[Check]:
    """The history made anew says the same; and so it did on the mornings."""
    other = [iso(one.day) for one, two in zip(before, after, strict=True) if one != two]
    yield Check(
        name="a rebuild gives the same decisions", holds=not other, found="; ".join(other) or f"{len(after)} days"
    )
    lived = {each.day: each for each in life.lived if each.plan and each.number not in _corrected(life)}
    other = [iso(one.day) for one in after if one.day in lived and lived[one.day].step != one.step.value]
    yield Check(
        name="as they were told in the morning", holds=not other, found="; ".join(other) or f"{len(lived)} days"
    )


def _corrected(life: Life) -> set[int]:
    """Days of which more was said after they were decided."""
    return {life.story.said_late}

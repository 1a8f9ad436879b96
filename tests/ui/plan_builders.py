"""A small plan, days and decisions, made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hipmonitor.core.civil import weekday_of
from hipmonitor.core.exercise import EndedBy, SetResult
from hipmonitor.core.exercises import Target
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.programme import (
    Allowance,
    CheckIn,
    DayLoad,
    Decision,
    Load,
    Overruled,
    Plan,
    Planned,
    PlanPhase,
    Reason,
    Step,
)
from tests.core.day_builders import DAY

CLAMS = Planned(exercise="clam_raise", target=Target(sets=2, repetitions=12), days_a_week=3)
WALKS = Planned(exercise="walking", target=Target(minutes=15), days_a_week=5, load=Load.WALK_MIN)
PLAN = Plan(
    name="Step by step",
    set_by="my physio",
    set_on="2026-03-02",
    phases=(
        PlanPhase(name="calm", title="Calm down", goal="Let it settle.", exercises=()),
        PlanPhase(name="load", title="Load", goal="Build strength.", exercises=(CLAMS, WALKS)),
        PlanPhase(name="jog", title="Jog", goal="Jog again.", exercises=(), running=True),
    ),
)
"""Rests on Wednesday and Sunday."""


def title_of(name: str) -> str:
    return {"clam_raise": "Clam raise", "walking": "Walking"}.get(name, name)


def instant(day: int = DAY, hours: float = 7.2) -> HostNs:
    return HostNs(round((day * 86_400 + hours * 3600) * NS_PER_S))


def check_in(day: int = DAY, hours: float = 7.2, **said: object) -> CheckIn:
    return CheckIn(made_at=instant(day, hours), day=day, utc_offset_s=0, **said)  # type: ignore[arg-type]


def clam_set(day: int = DAY) -> SetResult:
    return SetResult(
        exercise="clam_raise",
        title="Clam raise",
        started=instant(day, 18),
        ended=instant(day, 18.1),
        number=1,
        side="left",
        target=Target(sets=2, repetitions=12),
        repetitions=(),
        counted_s=0.0,
        unseen_s=0.0,
        ended_by=EndedBy.TARGET,
        sentence="12 of 12.",
    )


def day_load(
    day: int = DAY,
    *,
    valid: bool = True,
    sets: int = 0,
    check_ins: Iterable[CheckIn] = (),
    **loads: float,
) -> DayLoad:
    return DayLoad(
        day=day,
        weekday=weekday_of(day),
        valid=valid,
        loads={Load(name): value for name, value in loads.items()},
        sets=tuple(clam_set(day) for _ in range(sets)),
        check_ins=tuple(check_ins),
    )


def decision(
    day: int = DAY,
    step: Step = Step.GO_ON,
    *,
    phase: str = "load",
    reasons: Sequence[str] = ("Two weeks were steady.",),
    allowances: Sequence[Allowance] = (),
    exercises: Sequence[Planned] = (),
    note: str | None = None,
) -> Decision:
    overruled = None if note is None else Overruled(made_at=instant(day, 9), day=day, step=step, by="me", note=note)
    return Decision(
        day=day,
        step=step,
        phase=phase,
        reasons=tuple(Reason(rule="steady", leads_to=step, sentence=words) for words in reasons),
        allowances=tuple(allowances),
        exercises=tuple(exercises),
        overruled=overruled,
    )

"""What the view asks of history, diary and plan: each in a thread of its own, and as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
import time

from hipmonitor.core.instants import HostNs
from hipmonitor.core.programme import CheckIn, OutsideScore, Overruled, Step, Plan, STARTING_PLAN
from hipmonitor.io.diary import Deleted, append
from hipmonitor.ui.view_model.plan import BeforeLook, BendsLook, PlanPage

Writing = Callable[[], object]


class Part(IntEnum):
    """What is shown, as the head row has them."""

    PLAN = 0
    LOAD = 1
    BEFORE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The page, and the part that is open beside it."""

    page: PlanPage
    look: BendsLook | BeforeLook | None = None


def now() -> HostNs:
    """Of the wall clock: what the wearer says is stamped by it."""
    return HostNs(time.time_ns())


def read(part: Part) -> Read:
    raise NotImplementedError


def keep(check_in: CheckIn) -> None:
    append(check_in)


def drop(made_at: HostNs) -> None:
    raise NotImplementedError


def keep_score(day: int, name: str, score: float) -> None:
    append(OutsideScore(made_at=now(), day=day, name=name, score=score))


def overrule(day: int, step: Step, by: str, note: str) -> None:
    append(Overruled(made_at=now(), day=day, step=step, by=by, note=note))


def confirm(by: str) -> None:
    raise NotImplementedError


def plan_to_confirm() -> tuple[Plan, Callable[[str], str], str]:
    return STARTING_PLAN, lambda name: name.replace("_", " ").capitalize(), "/home/me/.config/hipmonitor/plan.toml"

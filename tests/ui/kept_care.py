"""Six weeks of care in the home of a test: a plan somebody confirmed, days, check-ins, a decision that was overruled."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from unittest.mock import patch

from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.programme import STARTING_PLAN, CheckIn, OutsideScore, Overruled, Step, WarningSign
from hipmonitor.io.diary import append
from hipmonitor.io.plan import confirm_plan, save_plan, template_text
from tests.core.day_builders import DAY
from tests.ui.kept_history import keep_weeks

WEEKS_DAYS = 42


def instant(day: int, hours: float = 7.2) -> HostNs:
    return HostNs(round((day * 86_400 + hours * 3600) * NS_PER_S))


def check_in(day: int = DAY, **said: object) -> CheckIn:
    return CheckIn(made_at=instant(day), day=day, utc_offset_s=0, **said)  # type: ignore[arg-type]


def keep_care(*, days: int = 28) -> None:
    """A plan, `days` of history, and check-ins over six weeks."""
    save_plan(template_text(STARTING_PLAN, "2026-01-28"))
    confirm_plan("my physio", "2026-01-28")
    keep_weeks(days)
    draw = random.Random(7)
    for day in range(DAY - WEEKS_DAYS, DAY + 1):
        if draw.random() < 0.9:
            flare = 3 if DAY - 16 <= day <= DAY - 13 else 0
            rest, worst = draw.choice((0, 1, 1)), draw.choice((1, 2, 2, 3))
            note = "A long drive." if flare == 3 and day == DAY - 16 else ""
            append(
                check_in(
                    day, stiffness=draw.choice((1, 2)), pain_rest=rest + flare, pain_worst=worst + flare, note=note
                )
            )
    append(OutsideScore(made_at=instant(DAY - 9), day=DAY - 9, name="HAGOS pain", score=72.0))
    append(
        Overruled(
            made_at=instant(DAY - 2), day=DAY - 2, step=Step.HOLD, by="my physio", note="Travelling; a quiet day."
        )
    )


def tick_sign(homes: Path) -> Path:
    """The same weeks, and numbness since last night."""
    from tests.ui.walk.plan_scenes import home_with_care  # noqa: PLC0415 - they build on this

    before, home = home_with_care(homes), homes / "sign"
    if not home.exists():
        copytree(before, home)
        with patch.dict(os.environ, HIPMONITOR_HOME=str(home)):
            sign = check_in(signs=(WarningSign.NUMBNESS,), note="since last night")
            append(replace(sign, made_at=instant(DAY, 9.0)))
    return home

"""The whole of it: the days, then the pages, the history made anew, the report, and the pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.journeys.twelve_weeks import checks
from tests.journeys.twelve_weeks.checks import Check
from tests.journeys.twelve_weeks.life import Life, LivedDay, iso
from tests.journeys.twelve_weeks.story import Story
from tests.journeys.twelve_weeks.turned_clock import Wall, at_home, say

S_PER_DAY: Final = 86_400


def lived_through(
    story: Story,
    last: int,
    home: Path,
    out: Path,
    *,
    pictures: bool = True,
    each_day: Callable[[LivedDay], object] = lambda _day: None,
) -> list[Check]:
    """Every check.

    Args:
        story: what befalls the wearer.
        last: the life's last day, since 1970-01-01.
        home: an empty folder.
        out: where report and pictures go.
        pictures: of the window; they need Qt.
        each_day: told of every evening.
    """
    wall = Wall()
    life = Life(story=story, first=last - story.days + 1, wall=wall)

    def evening(day: LivedDay) -> None:
        each_day(day)
        name = _worth_a_picture(life, day)
        if pictures and name:
            _photograph({name: "plan"}, out)

    with at_home(home, wall):
        life.begin()
        life.live(evening)
        found = list(checks.of_life(life))
        before = checks.decisions(life)
        say("history", "rebuild")
        found += checks.of_rebuild(before, checks.decisions(life), life)
        found += checks.of_report(_report(life, out, pictures=pictures))
        if pictures:
            _photograph({}, out)
    return found


def _worth_a_picture(life: Life, day: LivedDay) -> str:
    """Days on which the Plan view says something rare."""
    if day.step == "step_back":
        return "plan-step-back"
    if day.number == life.story.lapse[1] + 1:
        return "plan-after-a-lapse"
    return "plan-sign" if day.number == life.story.sign_day else ""


def _report(life: Life, out: Path, *, pictures: bool) -> str:
    path = out / "report.html"
    path.unlink(missing_ok=True)
    say("report", "--from", iso(life.first), "--to", iso(life.last), "--out", path)
    if pictures:
        from tests.journeys.twelve_weeks.pictures import report_picture  # noqa: PLC0415 - Qt

        report_picture(path, out / "report.png")
    return path.read_text(encoding="utf-8")


def _photograph(named: dict[str, str], out: Path) -> None:
    """These, each by its view; none named: all of the last evening."""
    from tests.journeys.twelve_weeks.pictures import LAST_EVENING, photographed  # noqa: PLC0415 - Qt

    for name, view in (named or {name: name for name in LAST_EVENING}).items():
        photographed(name, out, LAST_EVENING[view])

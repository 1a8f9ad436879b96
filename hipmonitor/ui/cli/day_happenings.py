"""What happened on a day: alerts and what followed, marks, and what there is to know about its recordings."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from hipmonitor.core.alerts import AlertKind, Hold
from hipmonitor.core.instants import seconds_between
from hipmonitor.io.history import DayRecord, History, ReadingTotals
from hipmonitor.runtime.history_events import HELD_BACK
from hipmonitor.ui.cli.kept_days import Page
from hipmonitor.ui.terminal.signs import LEVEL_STYLE
from hipmonitor.ui.view_model.alert_followed import alert_words, what_followed
from hipmonitor.ui.view_model.durations import S_PER_DAY, clock_time, h_min
from hipmonitor.ui.view_model.timer_now import HOLD_WORDS

SETTLED_WORDS = {
    "sedentary_s": "sitting or lying",
    "upright_s": "upright",
    "unknown_s": "not known",
    "not_worn_s": "not worn",
    "deep_s": "deep flexion",
}
"""Of whole recordings, as lived and settled."""
MOST_ALERTS = 12
MOST_HELD = 5


def print_alerts(page: Page, record: DayRecord) -> None:
    """The last ones, and how many there were before."""
    page.line()
    page.line(Text(" Alerts and what followed", style="bold").append("  always as lived", style="dim not bold"))
    if not record.alerts:
        page.line(" none")
    for kept in record.alerts[-MOST_ALERTS:]:
        alert = kept.followed.alert
        row = Text(f" {clock_time(alert.at, kept.utc_offset_s)}  ")
        row.append(page.signs.mark[alert.level], style=LEVEL_STYLE[alert.level] if alert.told else "dim")
        page.line(row.append(f"  {alert_words(alert):<34}{what_followed(kept.followed)}"))
    if len(record.alerts) > MOST_ALERTS:
        page.line(f" and {len(record.alerts) - MOST_ALERTS} before them; --json has all", "dim")


def print_held_back(page: Page, record: DayRecord) -> None:
    """Alerts that were due and that the measurement held back, and why; the longest of them in order of time."""
    held = [event for event in record.events if event.kind.startswith(HELD_BACK)]
    if not held:
        return
    page.line()
    page.line(
        Text(" Alerts held back", style="bold").append("  due, but not sure enough to tell", style="dim not bold")
    )
    longest = sorted(held, key=lambda event: event.at - event.end)[:MOST_HELD]
    for event in sorted(longest, key=lambda event: event.at):
        kind = AlertKind(event.kind.removeprefix(HELD_BACK)).value.replace("_", " ")
        why = HOLD_WORDS[Hold(event.detail)].removeprefix("on hold: ")
        lasted = f"for {h_min(seconds_between(event.at, event.end))}"
        page.line(f" {clock_time(event.at, event.utc_offset_s)}  {kind:<14}{lasted:<14}{why}")
    if len(held) > MOST_HELD:
        page.line(f" and {len(held) - MOST_HELD} shorter ones; --json has all", "dim")


def print_notes(page: Page, record: DayRecord, history: History) -> None:
    """Marks, a changed clock, what settling changed, what is missing of recordings."""
    lines = [f"{clock_time(e.at, e.utc_offset_s)}  mark  {e.detail}" for e in record.events if e.kind == "mark"]
    hours = (S_PER_DAY - record.figures.length_s) / 3600
    if hours:
        lines.append(f"The wall's clock moved by {hours:+g} h on this day; hours are as worn.")
    changed = _settled_by([totals for head in record.sessions for totals in history.totals(head.key)])
    if changed:
        lines.append(f"Settling these recordings changed: {', '.join(changed)}.")
    lines += [f"{head.key}: {head.note}" for head in record.sessions if head.note]
    if lines:
        page.line()
    for line in lines:
        page.folded(line)


def _settled_by(totals: Sequence[ReadingTotals]) -> list[str]:
    """How much more or less of each is known now than when it was lived; what changed by a minute or more."""
    changes = {
        words: sum(getattr(t, name) * (1 if t.reading == "settled" else -1) for t in totals)
        for name, words in SETTLED_WORDS.items()
    }
    return [f"{words} {'+' if s > 0 else '-'}{h_min(abs(s))}" for words, s in changes.items() if abs(s) >= 60]

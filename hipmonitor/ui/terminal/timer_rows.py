"""Timers and break credit: label, value, bar with the policy's ticks, and what comes next."""

from __future__ import annotations

from rich.text import Text

from hipmonitor.core.alerts import AlertLevel
from hipmonitor.ui.terminal.signs import LEVEL_LETTER, LEVEL_STYLE, OK, UP, Signs
from hipmonitor.ui.view_model import MARKS, PIPS, CreditNow, TimerNow
from hipmonitor.ui.view_model.durations import exact, m_ss

LABEL, VALUE, LIMIT, NEXT = 13, 7, 7, 23
LEAST_BAR = 10


def timer_row(timer: TimerNow, width: int, signs: Signs) -> Text:
    """One line."""
    row = Text(f"   {signs.text(timer.title):<{LABEL}}")
    row.append(f"{m_ss(timer.value_s):>{VALUE}}", style="dim" if timer.held else "bold")
    row.append("  ")
    following = signs.text(f"{timer.next:<{NEXT}}")
    bar_width = width - len(row) - LIMIT - 3 - len(following)
    if bar_width >= LEAST_BAR:
        row.append_text(bar(timer, bar_width, signs)).append(f" {exact(timer.limit_s):<{LIMIT}}  ", style="dim")
    else:
        row.append(f"of {exact(timer.limit_s):<{LIMIT}}", style="dim")
    return row.append(following, style=_next_style(timer))


def _next_style(timer: TimerNow) -> str:
    if timer.held or not timer.running:
        return "dim"
    return LEVEL_STYLE[timer.level] if timer.level else ""


def bar(timer: TimerNow, width: int, signs: Signs) -> Text:
    """Share of the limit, with n, N and A where notice, nudge and alert are due."""
    inner = width - len(signs.ends[0]) - len(signs.ends[1])
    filled = int(timer.share * inner)
    if timer.value_s and not filled:
        filled = 1
    ticks = {min(inner - 1, int(share * inner)): level for level, share in MARKS}
    style = LEVEL_STYLE.get(timer.level, OK) if timer.level else OK
    row = Text().append(signs.ends[0], style="dim")
    for i in range(inner):
        level = ticks.get(i)
        if level is not None:
            row.append(LEVEL_LETTER[level], style=_tick_style(level, timer))
        elif i < filled:
            row.append(signs.held if timer.held else signs.full, style="dim" if timer.held else style)
        else:
            row.append(signs.rest, style="dim")
    return row.append(signs.ends[1], style="dim")


def _tick_style(level: AlertLevel, timer: TimerNow) -> str:
    reached = timer.level is not None and level <= timer.level
    return f"bold {LEVEL_STYLE[level]}" if reached else LEVEL_STYLE[level]


def credit_row(credit: CreditNow, width: int, signs: Signs) -> Text:
    """Pips and words."""
    row = Text(f"   {'Break':<{LABEL}}{' ' * (VALUE - PIPS)}")
    row.append(signs.pip * credit.pips, style=UP if credit.pips else "dim")
    row.append(signs.no_pip * (PIPS - credit.pips), style="dim")
    row.append(f"  {credit.text}", style=f"bold {UP}" if credit.running else "dim")
    row.truncate(width)
    return row

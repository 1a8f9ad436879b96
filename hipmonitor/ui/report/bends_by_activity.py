"""The load picture of the period: deep bends by what bent the hip."""

from __future__ import annotations

from hipmonitor.core.programme import load_picture
from hipmonitor.ui.report.period import Period
from hipmonitor.ui.report.summaries import BarRow, bars_of
from hipmonitor.ui.view_model.plan.bends_look import number


def bend_bars(period: Period) -> tuple[BarRow, ...]:
    """The most first, a mean over the valid days."""
    rows = load_picture(period.figures).rows
    named = [
        (row.bender.title, row.deep_cycles, (f"{number(row.deep_cycles)} deep", f"{number(row.cycles)} in all"))
        for row in rows
    ]
    return bars_of(named, "above")

"""The load picture of the period: deep bends by activity."""

from __future__ import annotations

from hipmonitor.core.activity import ActivityKind
from hipmonitor.ui.report.period import Period, summary_of
from hipmonitor.ui.report.summaries import BarRow, bars_of
from hipmonitor.ui.view_model.plan.bends_look import ACTIVITY_NAMES


def bend_bars(period: Period) -> tuple[BarRow, ...]:
    """The most first; what bends nothing deeply is left out."""
    kinds = {kind for f in period.counted for kind, count in f.deep_cycles.items() if count}
    found = [(ACTIVITY_NAMES.get(kind, kind.word), *_bends(period, kind)) for kind in kinds]
    rows = [
        (name, deep, (f"{deep:.1f} deep".replace(".0 ", " "), f"{every:.0f} in all")) for name, deep, every in found
    ]
    return bars_of(sorted(rows, key=lambda row: -row[1]), "above")


def _bends(period: Period, kind: ActivityKind) -> tuple[float, float]:
    deep = summary_of(period, lambda f: f.deep_cycles.get(kind, 0))
    return deep, summary_of(period, lambda f: f.flexion_cycles.get(kind, 0))

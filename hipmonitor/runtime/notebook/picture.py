"""Thigh flexion over time with the activities below it and the alerts above it, drawn with matplotlib."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from math import ceil, inf
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hipmonitor.core.alerts import AlertLevel
from hipmonitor.core.arrays import Floats, Nanoseconds
from hipmonitor.core.errors import UsageError
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.runtime.notebook.activity_look import LOOKS, words_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from hipmonitor.runtime.analysis import Analysis

REMEDY: Final = "a picture needs matplotlib: pip install 'hipmonitor[notebook]'"
READINGS: Final = {"settled": "settled reading", "as_lived": "as lived"}
COLUMNS: Final = 1500
"""More samples than twice this are drawn as the lowest and highest of each column."""
LEAST_HATCHED: Final = 400
"""The narrowest hatch is so small a part of the picture's width."""
STRIP_SHARE: Final = 0.16
"""Of the picture's height, at its foot."""
MARKS_SHARE: Final = 0.94
HORIZONTAL_DEG: Final = 90.0
LOWEST_DEG, HIGHEST_DEG = -20.0, 120.0
"""Seen at least."""
LETTERS_IN_A_ROW, KEY_LETTERS = 120, 6
"""Of the legend, on a figure ten inches wide; and what an entry's mark takes."""
TIME_PATTERNS: Final = ((600.0, "%H:%M:%S"), (172_800.0, "%H:%M"), (inf, "%d %b"))
"""How times are written in recordings up to so many seconds long."""
ALERT, NOTICE = "#D55E00", "#E69F00"


def plot(analysis: Analysis, ax: Axes | None = None) -> Axes:
    """Draw into `ax`, or into a new figure; the axes that were drawn into.

    Raises:
        UsageError: matplotlib is not installed, or the analysis kept no samples.
    """
    try:
        from matplotlib import pyplot as plt  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise UsageError(REMEDY) from error
    if analysis.summary.samples and not len(analysis.t_ns):
        raise UsageError("this analysis kept no samples: analyse again with per_sample=True")
    if ax is None:
        _, ax = plt.subplots(figsize=(10, 4), layout="constrained")
    _frame(ax, analysis)
    _trace(ax, analysis)
    _strip(ax, analysis)
    _alerts(ax, analysis)
    _legend(ax)
    return ax


def _legend(ax: Axes) -> None:
    """Below the picture, in as many rows as its words need."""
    labels = ax.get_legend_handles_labels()[1]
    rows = ceil(sum(len(label) + KEY_LETTERS for label in labels) / LETTERS_IN_A_ROW)
    ax.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, -0.16),
        ncols=ceil(len(labels) / rows),
        frameon=False,
        fontsize="small",
        handlelength=1.4,
        columnspacing=1.3,
    )


def _dates(t_ns: Any) -> Any:  # noqa: ANN401 - one number or many
    return np.asarray(t_ns, np.int64).astype("datetime64[ns]")


def _day(analysis: Analysis) -> str:
    start = analysis.summary.start_ns
    return f"{datetime.fromtimestamp(start // NS_PER_S, UTC):%Y-%m-%d}, " if analysis.summary.samples else ""


def _frame(ax: Axes, analysis: Analysis) -> None:
    from matplotlib.dates import AutoDateLocator, DateFormatter  # noqa: PLC0415 - an optional extra

    shown = analysis.thigh_flexion_deg[analysis.trusted]
    low = min(LOWEST_DEG, float(shown.min())) if len(shown) else LOWEST_DEG
    high = max(HIGHEST_DEG, float(shown.max())) if len(shown) else HIGHEST_DEG
    height = (high - low) / (MARKS_SHARE - 0.03 - STRIP_SHARE)
    ax.set_ylim(low - 1.1 * STRIP_SHARE * height, low + (1 - 1.1 * STRIP_SHARE) * height)
    ax.set_yticks(np.arange(np.ceil(low / 30) * 30, high + 1, 30))
    ax.set_ylabel("Thigh flexion (°)")
    ax.set_xlabel("Time (UTC)")
    ax.set_title(
        f"Thigh flexion and activity, {_day(analysis)}{READINGS[analysis.reading]}", loc="left", fontsize="medium"
    )
    pattern = next(pattern for longest_s, pattern in TIME_PATTERNS if analysis.summary.duration_s <= longest_s)
    ax.xaxis.set_major_locator(AutoDateLocator(maxticks=9))
    ax.xaxis.set_major_formatter(DateFormatter(pattern))
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(visible=True, axis="y", alpha=0.25, linewidth=0.8)
    ax.axhline(HORIZONTAL_DEG, color="0.5", linewidth=1, linestyle=(0, (4, 3)), label="thigh horizontal")
    ax.margins(x=0)


def _trace(ax: Axes, analysis: Analysis) -> None:
    """Measured is solid; where the angle is not trusted there is no line, and the time is hatched."""
    angle = np.where(analysis.trusted, analysis.thigh_flexion_deg, np.nan).astype(np.float64)
    ink = ax.title.get_color()
    if len(angle) <= 2 * COLUMNS:
        ax.plot(*_parted(analysis.t_ns, angle), color=ink, linewidth=1.3, label="thigh, measured")
    else:
        ax.fill_between(*_columns(analysis.t_ns, angle), color=ink, linewidth=0.7, label="thigh, measured")
    label = "not trusted, or no data"
    for span in _untrusted(analysis):
        start, end = _dates(span)
        ax.axvspan(
            start,
            end,
            STRIP_SHARE,
            MARKS_SHARE,
            fill=False,
            hatch="///",
            edgecolor="0.5",
            alpha=0.45,
            linewidth=0,
            label=label,
        )
        label = "_"


def _parted(t_ns: Nanoseconds, angle: Floats) -> tuple[Any, Floats]:
    """Times and angles, with a NaN in every gap, so that no line is drawn across it."""
    gap = np.flatnonzero(np.diff(t_ns) >= NS_PER_S) + 1
    return _dates(np.insert(t_ns, gap, t_ns[gap - 1] + 1)), np.insert(angle, gap, np.nan)


def _columns(t_ns: Nanoseconds, angle: Floats) -> tuple[Any, Floats, Floats]:
    """Times, lowest and highest angle of each column; NaN where none of its samples is trusted, or it has none."""
    width = (int(t_ns[-1]) - int(t_ns[0])) // COLUMNS + 1
    column = (t_ns - t_ns[0]) // width
    first = np.flatnonzero(np.append(True, np.diff(column) != 0))
    low, high = np.full(COLUMNS, np.nan), np.full(COLUMNS, np.nan)
    low[column[first]], high[column[first]] = np.fmin.reduceat(angle, first), np.fmax.reduceat(angle, first)
    return _dates(t_ns[0] + np.arange(COLUMNS) * width + width // 2), low, high


def _untrusted(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """Stretches without a trusted sample, of a second or more and wide enough to be seen."""
    t_ns = analysis.t_ns
    if not len(t_ns):
        return
    edges = np.concatenate([t_ns[:1], t_ns[analysis.trusted], t_ns[-1:]])
    least_ns = max(NS_PER_S, (int(t_ns[-1]) - int(t_ns[0])) // LEAST_HATCHED)
    for i in np.flatnonzero(np.diff(edges) >= least_ns):
        yield int(edges[i]), int(edges[i + 1])


def _strip(ax: Axes, analysis: Analysis) -> None:
    """Bars whose height tells the kinds apart without colour; kinds that look alike share a label."""
    for look in dict.fromkeys(LOOKS.values()):
        spans = [span for span in analysis.activity if LOOKS[span.kind] == look]
        if not spans:
            continue
        starts = _dates([span.start for span in spans])
        ax.bar(
            starts,
            np.full(len(spans), look.height * STRIP_SHARE * 0.85),
            width=_dates([span.end for span in spans]) - starts,
            align="edge",
            transform=ax.get_xaxis_transform(),
            color="none" if look.hatched else look.colour,
            edgecolor=look.colour,
            linewidth=0,
            hatch="////" if look.hatched else None,
            label=", ".join(words_of(kind) for kind in LOOKS if kind in {span.kind for span in spans}),
        )


def _alerts(ax: Axes, analysis: Analysis) -> None:
    """Above the curve: a diamond is an alert, a triangle came before it; hollow ones were kept, not told."""
    for loud, marker, colour, words in ((True, "D", ALERT, "alert"), (False, "^", NOTICE, "notice or nudge")):
        for told in (True, False):
            at = [a.at for a in analysis.alerts if (a.level >= AlertLevel.ALERT) is loud and a.told is told]
            if at:
                ax.plot(
                    _dates(at),
                    np.full(len(at), MARKS_SHARE + 0.02),
                    linestyle="none",
                    marker=marker,
                    markersize=7,
                    color=colour,
                    fillstyle="full" if told else "none",
                    transform=ax.get_xaxis_transform(),
                    clip_on=False,
                    label=words if told else f"{words}, not told",
                )

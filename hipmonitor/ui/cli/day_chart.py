"""The small charts of a day: its strip, bouts by length, time above angles."""

from __future__ import annotations

from rich.text import Text

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import AlertLevel
from hipmonitor.core.days import DayFigures
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.history import AlertRecord, DayRecord
from hipmonitor.ui.cli.kept_days import Page
from hipmonitor.ui.terminal.signs import DEEP, KIND_STYLE, LEVEL_STYLE, Signs
from hipmonitor.ui.view_model.bout_names import BOUT_NAMES
from hipmonitor.ui.view_model.day_strip import DayCell, Window, day_cells, window_of
from hipmonitor.ui.view_model.durations import S_PER_DAY, h_mm

CELLS = 72
LEGEND_WORDS = (
    (ActivityKind.WALK, "moving"),
    (ActivityKind.STAND, "standing"),
    (ActivityKind.SIT, "sitting"),
    (ActivityKind.LIE, "lying"),
    (ActivityKind.SEDENTARY, "unclear"),
    (ActivityKind.UNKNOWN, "not known"),
    (ActivityKind.NOT_WORN, "not worn"),
)
BAR = 16


def print_strip(page: Page, record: DayRecord) -> None:
    """Alerts on top, what was done, where the thigh was above the limit, hours, and what the signs stand for."""
    window = window_of(record.minutes)
    cells = day_cells(record.minutes, window, CELLS)
    marks = _marks(record.alerts, window)
    if marks:
        row = Text("   ")
        for k in range(CELLS):
            level = marks.get(k)
            row.append(
                " " if level is None else page.signs.mark[level], style=LEVEL_STYLE.get(level, "") if level else ""
            )
        page.line(row)
    page.line(Text("   ").append_text(strip_text(cells, page.signs)))
    if any(cell.above for cell in cells):
        row = Text("   ")
        for cell in cells:
            row.append(page.signs.above if cell.above else " ", style=f"bold {DEEP}")
        page.line(row)
    page.line("   " + axis(window, CELLS), "dim")
    page.line(legend(page.signs))


def strip_text(cells: tuple[DayCell, ...], signs: Signs) -> Text:
    """Taller means more upright."""
    row = Text()
    for cell in cells:
        if cell.kind is None:
            row.append(" ")
        else:
            sign = signs.missing if cell.kind is ActivityKind.UNKNOWN else signs.strip[cell.kind]
            row.append(sign, style=KIND_STYLE.get(cell.kind, "dim"))
    return row


def legend(signs: Signs) -> Text:
    """What the signs of the strip stand for."""
    row = Text("")
    for kind, word in LEGEND_WORDS:
        sign = signs.missing if kind is ActivityKind.UNKNOWN else signs.strip[kind]
        row.append(f" {sign}", style=KIND_STYLE.get(kind, "dim")).append(f" {word}", style="dim")
    return row.append(f" {signs.above}", style=f"bold {DEEP}").append(" above", style="dim")


def axis(window: Window, count: int, every: int | None = None) -> str:
    """Hours, or tenths of an hour where it shows one, under the cells in which they begin."""
    length = window.end - window.start
    step = every or (10 if length <= 60 else 60 if length <= 360 else 180)
    row = [" "] * (count + 5)
    for minute in range(-(-window.start // step) * step, window.end + 1, step):
        k = (minute - window.start) * count // length
        label = f"{minute // 60:02}:{minute % 60:02}" if length <= 60 else f"{minute // 60:02}"
        row[k : k + len(label)] = label
    return "".join(row).rstrip()


def _marks(alerts: tuple[AlertRecord, ...], window: Window) -> dict[int, AlertLevel]:
    marks: dict[int, AlertLevel] = {}
    for kept in alerts:
        alert = kept.followed.alert
        k = window.cell_of((alert.at // NS_PER_S + kept.utc_offset_s) % S_PER_DAY // 60, CELLS)
        if k is not None and alert.told:
            marks[k] = max(alert.level, marks.get(k, AlertLevel.NOTICE))
    return marks


def print_bars(page: Page, figures: DayFigures) -> None:
    """Bouts by length beside time above angles."""
    bins, t = figures.sitting.bins, figures.tally
    left = [
        (name, part.time_s, f"{part.bouts:3}  {h_mm(part.time_s):>5}")
        for name, part in zip(BOUT_NAMES, bins, strict=True)
    ]
    above = [(f"{d}°", getattr(t, f"above_{d}_s")) for d in (70, 80, 90, 100)]
    if figures.limits is not None:
        above.append((f"limit {figures.limits.thigh_limit_deg:g}°", t.above_limit_s))
    right = [(name, time_s, f"{h_mm(time_s):>5}") for name, time_s in above]
    page.line(Text(" " + f"{'Sitting bouts by length':<43}" + "Thigh at or above", style="bold"))
    most_left, most_right = (max([1, *(time_s for _, time_s, _ in side)]) for side in (left, right))
    for k, (name, time_s, words) in enumerate(left):
        row = f" {name:<13}{_bar(time_s, most_left, page.signs):<{BAR}} {words}"
        for angle, above_s, more in right[k : k + 1]:
            row = f"{row:<44}{page.signs.text(angle):<11}{_bar(above_s, most_right, page.signs):<{BAR}} {more}"
        page.line(row)


def _bar(value: float, most: float, signs: Signs) -> str:
    return signs.full * (0 if not value else max(1, round(value / most * BAR)))

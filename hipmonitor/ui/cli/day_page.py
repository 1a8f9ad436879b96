"""What `day` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import Alert, AlertKind, AlertLevel, Hold
from hipmonitor.core.days import DayFigures, FollowedAlert
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.history import AlertRecord, DayRecord, ReadingTotals
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.civil_dates import day_of, iso, long_name
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.cli.kept_days import (
    READING_WORDS,
    KeptDays,
    Page,
    figure_row,
    h_min,
    h_mm,
    kept_days,
    minute_row,
    print_csv,
    say_none,
)
from hipmonitor.ui.cli.notes import NOT_MEDICAL
from hipmonitor.ui.terminal.signs import DEEP, KIND_STYLE, LEVEL_STYLE, Signs
from hipmonitor.ui.view_model.day_strip import DayCell, Window, day_cells, window_of
from hipmonitor.ui.view_model.durations import S_PER_DAY, clock_time

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
ALERT_WORDS = {
    AlertKind.SITTING: "Sitting for {minutes}",
    AlertKind.DEEP_FLEXION: "Above the limit for {minutes}",
    AlertKind.DEEP_BENDS: "{bends} deep bends in {minutes}",
    AlertKind.DAY_SITTING: "{minutes} of sitting that day",
    AlertKind.DAY_DEEP: "{minutes} above the limit that day",
    AlertKind.LOW_SEAT: "A seat above the limit",
}
SETTLED_WORDS = {
    "sedentary_s": "sitting or lying",
    "upright_s": "upright",
    "unknown_s": "not known",
    "not_worn_s": "not worn",
    "deep_s": "deep flexion",
}
"""Of whole recordings, as lived and settled."""
NOT_TOLD_WORDS = {
    Hold.QUIET: "kept: quiet time",
    Hold.OUTSIDE_HOURS: "kept: outside your hours",
    Hold.TRACK: "kept: tracking only",
}
ANSWER_WORDS = {
    "snooze": "put off",
    "quiet": "quiet asked for",
    "stand": "answered: standing up",
    "dismissed": "dismissed",
}
MOST_ALERTS = 12
Row = tuple[str, str, str]
"""(name, value, what belongs to it)."""


def run(date: str | None, *, as_json: bool, as_csv: bool) -> ExitCode:
    """Print one day."""
    with kept_days() as kept:
        if kept is None:
            return say_none(as_json=as_json, as_csv=as_csv)
        day = day_of(date, today=kept.today)
        record = kept.history.day(day, valid_day_worn_h=kept.valid_day_worn_h)
        if as_json:
            printing.print_json(document(record))
        elif as_csv:
            print_csv(minute_row(minute) for minute in record.minutes)
        else:
            _print(record, kept)
    return ExitCode.OK


def document(record: DayRecord) -> dict[str, object]:
    """The day as JSON; alerts are as lived in every reading."""
    return {
        "date": iso(record.figures.day),
        "reading": record.reading,
        "figures": figure_row(record.figures),
        "limits": record.figures.limits,
        "bouts": record.bouts,
        "alerts": record.alerts,
        "events": record.events,
        "calibrations": record.calibrations,
        "sessions": record.sessions,
        "minutes": [minute_row(minute) for minute in record.minutes],
        "note": NOT_MEDICAL,
    }


def _print(record: DayRecord, kept: KeptDays) -> None:
    page, day = Page(), record.figures.day
    so_far = ", so far" if day == kept.today else ""
    page.head(long_name(day) + so_far, READING_WORDS[record.reading])
    if not record.figures.tally.recorded_s:
        page.line(" Nothing was recorded on this day.")
        _say_others(page, kept, day)
        return
    for name, value, more in _rows(record.figures):
        row = Text(f" {page.signs.text(name):<13}").append(f"{page.signs.text(value):<13}", style="bold")
        page.line(row.append(page.signs.text(more)))
    page.line()
    _strip(page, record)
    page.line()
    _bars(page, record.figures)
    _alerts(page, record)
    _notes(page, record, kept)
    page.line()
    page.not_medical()


def _say_others(page: Page, kept: KeptDays, day: int) -> None:
    span = kept.history.span()
    if span is not None and not span[0] <= day <= span[1]:
        page.line(f" The history goes from {long_name(span[0])} to {long_name(span[1])}.")


def _rows(figures: DayFigures) -> Iterator[Row]:
    yield from _sitting_rows(figures)
    yield from _bent_rows(figures)
    brisk_s, t = figures.stepping_from(100)[0], figures.tally
    yield "Steps", f"{figures.steps:.0f}", f"{h_min(brisk_s)} at 100 a minute or more"
    if t.cycle_s:
        yield "Cycling", h_min(t.cycle_s), f"{figures.crank_turns:.0f} turns; neither sitting nor a break"
    more = f"not worn {h_min(t.not_worn_s)}; {_count(figures.gaps, 'gap')}, {h_min(figures.gap_s)}"
    yield "Not known", h_min(t.unknown_s), more + (f"; no angle {h_min(t.untrusted_s)}" if t.untrusted_s else "")


def _sitting_rows(figures: DayFigures) -> Iterator[Row]:
    t, sitting, limits = figures.tally, figures.sitting, figures.limits
    yield "Worn", h_min(t.worn_s), validity(figures)
    share = f"{100 * t.sit_s / t.worn_s:.0f} % of worn; " if t.worn_s else ""
    yield "Sitting", h_min(t.sit_s), f"{share}lying {h_min(t.lie_s)}, one of the two {h_min(t.sedentary_s)}"
    usual = "" if sitting.usual_s is None else f"usual {h_min(sitting.usual_s)}, longest {h_min(sitting.longest_s)}"
    yield "Bouts", f"{sitting.bouts}", usual
    yield (
        "  longer",
        f"{sitting.over_30}",
        f"than 30 min, {h_min(sitting.over_30_s)} in all; {sitting.over_60} than 60 min",
    )
    least = "" if limits is None else f"upright for {limits.break_s:g} s; "
    yield (
        "Breaks",
        f"{figures.breaks}",
        f"{least}from seat to feet {figures.sit_to_stand} x ({figures.minimum_bout_s} s on both)",
    )
    yield "Upright", h_min(t.upright_s), f"standing {h_min(t.stand_s)}"


def _bent_rows(figures: DayFigures) -> Iterator[Row]:
    t, limits = figures.tally, figures.limits
    if limits is not None:
        least, most = h_min(t.above_limit_at_least_s), h_min(t.above_limit_at_most_s)
        yield f"Above {limits.thigh_limit_deg:g}°", h_min(t.above_limit_s), f"{least} to {most} within its error"
        yield "  limit by", limits.set_by, f"alerts counted {h_min(t.deep_s)}; longest {h_min(figures.longest_deep_s)}"
    if figures.flexion_p95_deg is not None and figures.flexion_peak_deg is not None:
        peak = f"{figures.flexion_peak_deg:.0f}°"
        yield "Usual high", f"{figures.flexion_p95_deg:.0f}°", f"95 % of seated and upright time below; peak {peak}"
    if figures.deep_cycles:
        yield "Deep bends", f"{sum(figures.deep_cycles.values())}", "beyond the limit and back"


def validity(figures: DayFigures) -> str:
    """Whether the day may be in a mean."""
    need = f"{figures.valid_day_worn_h:g} h"
    return f"valid day ({need} or more)" if figures.valid else f"under {need}: in no mean"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


# -- the strip ---------------------------------------------------------------------------------------------------------


def _strip(page: Page, record: DayRecord) -> None:
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


# -- bars and lists ----------------------------------------------------------------------------------------------------


def _bars(page: Page, figures: DayFigures) -> None:
    """Bouts by length beside time above angles."""
    bins, t = figures.sitting.bins, figures.tally
    names = ("under 10 min", "10 to 30 min", "30 to 60 min", "1 to 2 h", "2 to 4 h", "over 4 h")
    left = [
        (name, part.time_s, f"{part.bouts:3}  {h_mm(part.time_s):>5}") for name, part in zip(names, bins, strict=True)
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


def _alerts(page: Page, record: DayRecord) -> None:
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


def alert_words(alert: Alert) -> str:
    """What it was about."""
    return ALERT_WORDS[alert.kind].format(minutes=h_min(alert.evidence.minutes * 60), bends=alert.evidence.bends)


def what_followed(followed: FollowedAlert) -> str:
    """Whether it was told, what was answered, and when the wearer stood up."""
    hold, stood = followed.alert.not_told, followed.stood_up_after_s
    parts = [] if hold is None else [NOT_TOLD_WORDS.get(hold, f"kept: {hold.value}")]
    parts += [ANSWER_WORDS[answered.answer] for _, answered in followed.answers]
    if stood is None:
        parts.append("no standing seen")
    else:
        parts.append(f"up {h_min(stood)} later" if stood else "was up")
    return "; ".join(parts)


def _notes(page: Page, record: DayRecord, kept: KeptDays) -> None:
    """Marks, a changed clock, what settling changed, what is missing of recordings."""
    lines = [f"{clock_time(e.at, e.utc_offset_s)}  mark  {e.detail}" for e in record.events if e.kind == "mark"]
    hours = (86_400 - record.figures.length_s) / 3600
    if hours:
        lines.append(f"The wall's clock moved by {hours:+g} h on this day; hours are as worn.")
    changed = _settled_by([totals for head in record.sessions for totals in kept.history.totals(head.key)])
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

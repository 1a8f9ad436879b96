"""The whole live view as lines: what must stand, and what joins it as the terminal grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import wrap

from rich.text import Text

from hipmonitor.core.inbound import Snooze
from hipmonitor.ui.terminal.big_digits import ROWS as BIG_ROWS
from hipmonitor.ui.terminal.big_digits import big
from hipmonitor.ui.terminal.chart import chart
from hipmonitor.ui.terminal.signs import DEEP, NEAR, UNICODE, UP, ZONE_STYLE, Signs
from hipmonitor.ui.terminal.strip_row import legend, strip_row
from hipmonitor.ui.terminal.timer_rows import credit_row, timer_row
from hipmonitor.ui.view_model import Banner, BannerKind, Glance, SourceKind, Zone
from hipmonitor.ui.view_model.beside_now import BesideNow
from hipmonitor.ui.view_model.durations import clock_time

CHART_FROM_WIDTH, STRIP_FROM_WIDTH = 80, 60
"""Narrower than this the chart goes, then the strip (views 11)."""
CHART_ROWS, MOST_CHART_ROWS = 3, 10
BANNER_STYLE = {
    BannerKind.ALERT: DEEP,
    BannerKind.NUDGE: NEAR,
    BannerKind.CREDIT: UP,
    BannerKind.NO_DATA: "bold",
    BannerKind.NOT_RECORDING: NEAR,
    BannerKind.LOW_BATTERY: NEAR,
    BannerKind.CALIBRATE: NEAR,
}
"""Of those that are shown here."""
BANNER_ZONE = {
    BannerKind.ALERT: Zone.DEEP,
    BannerKind.NUDGE: Zone.NOTICE,
    BannerKind.NO_DATA: Zone.UNKNOWN,
    BannerKind.NOT_RECORDING: Zone.NOTICE,
    BannerKind.LOW_BATTERY: Zone.NOTICE,
    BannerKind.CALIBRATE: Zone.NOTICE,
}
"""The shape before a banner; standing up has a chevron."""
TWO_LINES = frozenset({BannerKind.ALERT, BannerKind.CREDIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What the view knows besides the glance."""

    width: int
    height: int
    signs: Signs = UNICODE
    keys: tuple[str, ...] = ()
    """Keys that can be pressed, in longer and shorter words; empty where there is no keyboard."""
    note: str = ""
    """An answer to a key, or a step of a calibration; it takes the state line."""


def compose(glance: Glance, screen: Screen) -> list[Text]:
    """At most `height` lines, none wider than `width`."""
    w, signs = screen.width, screen.signs
    banner = _banner(next((each for each in glance.banners if each.kind in BANNER_STYLE), None), w, signs)
    rule = Text(f" {signs.rule * (w - 2)}", style="dim")
    extras = _Extras(glance, screen, room=screen.height - 9 - len(banner), bannered=bool(banner))
    hero = _big_hero(glance, w, signs) if extras.big else _hero(glance, w, signs)
    timers = [
        timer_row(glance.sitting, w, signs),
        timer_row(glance.deep, w, signs),
        credit_row(glance.credit, w, signs),
    ]
    blank = [Text()] if extras.blanks else []
    lines = [*banner, _title(glance, w), rule, *blank, *hero, *extras.sides(), *extras.state(), *blank, *timers]
    lines += [*extras.limits(), *blank, *extras.chart(), *extras.strip(), rule, _status(glance, screen)]
    for line in lines:
        line.truncate(w)
        line.no_wrap = True
    return lines[: screen.height]


class _Extras:
    """Shares out the lines that are left: the sentence, the limits, chart and strip, then air, large digits, a taller chart."""

    def __init__(self, glance: Glance, screen: Screen, *, room: int, bannered: bool) -> None:
        self._glance, self._screen, self._room = glance, screen, room
        w = screen.width
        self._with_sides = glance.sides is not None and self._takes(1)
        self._with_limits = bool(glance.limits) and self._takes(1)
        self._with_state = (not bannered or bool(screen.note)) and self._takes(1)
        self._state_lines = 2 if self._with_state and len(self._sentence()) > w - 4 and self._takes(1) else 1
        self._chart_rows = CHART_ROWS if w >= CHART_FROM_WIDTH and self._takes(CHART_ROWS + 1) else 0
        self._with_strip = w >= STRIP_FROM_WIDTH and self._takes(1)
        self.blanks = self._takes(3)
        self.big = screen.signs.big and w >= CHART_FROM_WIDTH and self._takes(BIG_ROWS - 2)
        self._with_legend = self._with_strip and self._takes(1)
        if self._chart_rows:
            more = min(MOST_CHART_ROWS - CHART_ROWS, max(0, self._room))
            self._chart_rows += more

    def _takes(self, lines: int) -> bool:
        if self._room < lines:
            return False
        self._room -= lines
        return True

    def _when(self, wanted: bool, make: Callable[[], list[Text]]) -> list[Text]:
        return make() if wanted else []

    def state(self) -> list[Text]:
        """The sentence, on two lines where it is long and there is room."""
        lines = fitting_lines(self._sentence(), self._screen.width - 4, self._state_lines)
        style = "bold" if self._screen.note else "dim"
        return self._when(self._with_state, lambda: [Text(f"   {line}", style=style) for line in lines])

    def _sentence(self) -> str:
        return self._screen.signs.text(self._screen.note or self._glance.state_line)

    def sides(self) -> list[Text]:
        """Left against right."""
        words = "" if self._glance.sides is None else self._screen.signs.text(f"   {self._glance.sides.text}")
        return self._when(self._with_sides, lambda: [Text(words)])

    def limits(self) -> list[Text]:
        """Limits that are not the presets."""
        words = self._screen.signs.text(f"   {self._glance.limits}")
        return self._when(self._with_limits, lambda: [Text(words, style=NEAR)])

    def chart(self) -> list[Text]:
        """The trace."""
        screen = self._screen
        return self._when(
            bool(self._chart_rows), lambda: chart(self._glance, screen.width, self._chart_rows, screen.signs)
        )

    def strip(self) -> list[Text]:
        """The day, with its legend where there is room."""
        screen = self._screen
        row = self._when(self._with_strip, lambda: [strip_row(self._glance, screen.width, screen.signs)])
        return row + self._when(self._with_legend, lambda: [legend(screen.signs)])


def _banner(banner: Banner | None, width: int, signs: Signs) -> list[Text]:
    if banner is None:
        return []
    style = BANNER_STYLE[banner.kind]
    sign = signs.zone[BANNER_ZONE[banner.kind]] if banner.kind in BANNER_ZONE else "^"
    if banner.kind in TWO_LINES:
        title = Text(signs.text(f" {sign} {banner.title}".ljust(width)), style=f"bold reverse {style}")
        words = f"   {fitting_sentences(banner.evidence, width - 4)}"
        under = Text(signs.text(words), style=f"bold {style}")
        return [title, _spread(under, Text(_refusal(banner), style="dim"), width)]
    begin, evidence = f" {sign} {signs.text(banner.title)}", signs.text(banner.evidence)
    words = fitting_sentences(evidence, width - len(begin) - 2)
    return [Text().append(begin, style=f"bold {style}").append(f" {words}", style=style)]


def _refusal(banner: Banner) -> str:
    """The keys stand in the last line; only one that would be refused is named beside the alert."""
    can_snooze = not banner.offers or any(isinstance(offer.action, Snooze) for offer in banner.offers)
    return "" if can_snooze else "no snooze left "


def fitting_sentences(text: str, width: int) -> str:
    """As many whole sentences as fit, at least the first one."""
    while len(text) > width and ". " in text:
        text = f"{text.rpartition('. ')[0]}."
    return text


def fitting_lines(text: str, width: int, most: int) -> list[str]:
    """As many whole sentences as fit into so many lines, at least the first one."""
    while len(lines := wrap(text, width)) > most and ". " in text:
        text = f"{text.rpartition('. ')[0]}."
    return lines[:most] if most > 1 else [text]


def _title(glance: Glance, width: int) -> Text:
    side = "thigh" if glance.settings.side == "unknown" else f"{glance.settings.side} thigh"
    left = Text(" hipmonitor  ", style="bold")
    style = "bold" if glance.source is SourceKind.LIVE else "reverse"
    left.append(f" {glance.source.value} ", style=style).append(f" {side}")
    right = Text(clock_time(glance.at, glance.utc_offset_s, seconds=True))
    if glance.not_told:
        right.append(f"   {glance.not_told}", style="bold")
    if glance.recording is not None:
        right.append(f"   recording {size_text(glance.recording.size_bytes)}", style="dim")
    return _spread(left, right.append(" "), width)


def size_text(size_bytes: int) -> str:
    """31 MB."""
    for unit, size in (("GB", 1e9), ("MB", 1e6)):
        if size_bytes >= size:
            return f"{size_bytes / size:.1f} {unit}"
    return f"{size_bytes / 1e3:.0f} kB"


def _spread(left: Text, right: Text, width: int) -> Text:
    """Left and right of a line; the right one goes where there is no room."""
    space = width - len(left) - len(right)
    return left.append(" " * space).append_text(right) if space >= 1 else left


def _with_if_room(left: Text, right: Text, width: int) -> Text:
    """Secondary text goes as a whole, never in the middle of a word."""
    return left.append_text(right) if len(left) + len(right) <= width else left


def _hero(glance: Glance, width: int, signs: Signs) -> list[Text]:
    angle, zone = glance.angle, glance.angle.zone
    style = ZONE_STYLE[zone]
    first = Text("   ").append(signs.text(f"{angle.number:<6}"), style=f"bold {style}")
    first.append(signs.text(f"{angle.spread:<8}  "), style="dim")
    first.append(f"{signs.zone[zone]} {zone.words}", style=f"bold {style}")
    first = _spread(first, Text(signs.text(f"{angle.from_limit} "), style="dim"), width)
    second = Text("   ").append(glance.activity.text, style="bold")
    return [first, _spread(second, Text(signs.text(f"{glance.hip.text} "), style="dim"), width)]


def _big_hero(glance: Glance, width: int, signs: Signs) -> list[Text]:
    angle, zone = glance.angle, glance.angle.zone
    style = ZONE_STYLE[zone]
    rows = [Text("   ").append(f"{row:<25}", style=style) for row in big(angle.number.replace("~ ", "~"))]
    rows[0].append(f"{signs.zone[zone]} {zone.words}", style=f"bold {style}").append(f"   {angle.spread}", style="dim")
    rows[1].append(angle.from_limit, style="dim")
    rows[2].append(glance.activity.text, style="bold")
    rows[3] = _with_if_room(rows[3].append(glance.hip.text), Text(f"   {glance.hip.reason}", style="dim"), width)
    return rows


def _status(glance: Glance, screen: Screen) -> Text:
    stream = glance.stream
    style = {4: UP, 3: NEAR, 2: NEAR}.get(stream.boxes, DEEP if stream.word == "No data" else "dim")
    left = Text(" ").append(stream.word, style=f"bold {style}")
    left.append(f"  {stream.rate_hz:.0f} Hz  {stream.lost_percent:.1f} % lost")
    if stream.battery_percent is not None:
        left.append(f"  battery {stream.battery_percent} %", style=NEAR if stream.battery_percent < 20 else "")
    for one in glance.beside:
        words = _beside(one)
        if len(left) + len(words) + 2 <= screen.width:
            left.append(f"  {words}", style=NEAR if one.away else "")
    fitting = (words for words in screen.keys if len(left) + len(words) + 2 <= screen.width)
    return _spread(left, Text(f"{next(fitting, '')} ", style="dim"), screen.width)


def _beside(one: BesideNow) -> str:
    return one.text if one.battery_percent is None else f"{one.text} {one.battery_percent} %"

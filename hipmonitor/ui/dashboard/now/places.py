"""Where the cards of the Now view stand: plain numbers, from the size of the window and of its letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hipmonitor.ui.dashboard.parts import Box

WIDTH, HEIGHT = 1280.0, 800.0
"""The design's window."""
SIDE, BOTTOM, GAP = 20.0, 14.0, 14.0
HERO, TRACE, STRIP = 354.0, 190.0, 124.0
LEAST_HERO, LEAST_TRACE, LEAST_STRIP = 260.0, 126.0, 80.0
"""Together they fit into 1000 x 600."""
MOST_TRACE, MOST_STRIP = 480.0, 180.0
"""Times the scale of the figure: a large screen has room for all of it."""
MOST_WIDTH = 2400.0
FIGURE_ASPECT = 380.0 / 352.0
ROOMY = 700.0
"""Width from which on figure and words have half of the hero each; below it the words have more."""
COLUMN_BELOW = 480.0
"""Effective height: below it everything stands in one column that scrolls, without the figure."""
CREDIT_SHARE = 62.0 / 328.0
"""Of the right column's height without its gaps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What there is to share out."""

    width: float
    """Of the content, margins included."""
    height: float
    window_width: float
    window_height: float
    font_scale: float = 1.0
    least_timer: float = 108.0
    least_credit: float = 52.0
    least_hero_text: float = 250.0
    timers: bool = True
    """Hidden before there was any data."""
    buttons: tuple[tuple[float, float], ...] = ()
    """Width and height of those below the words, where no sensor was ever chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Every card; None = not shown: timers, trace and strip come with the first data."""

    hero: Box
    figure: Box | None
    words: Box
    sitting: Box | None
    deep: Box | None
    credit: Box | None
    trace: Box | None
    strip: Box | None
    scale: float
    """Of figure and number."""
    height: float
    """Of the content; more than there is = it scrolls."""
    legend: bool
    buttons: tuple[Box, ...] = ()


def figure_scale(room: Room) -> float:
    """With the window, not with the font."""
    return min(2.0, max(0.72, min(room.window_width / WIDTH, room.window_height / HEIGHT)))


def right_column(room: Room) -> float:
    """Wider where there is much room, narrower where there is little, and half as much as letters grow."""
    effective = room.window_width / room.font_scale
    base = 298.0 if effective < 1000 else 440.0 if effective >= 1600 else 374.0
    return base * (1 + (room.font_scale - 1) / 2)


def places(room: Room) -> Places:
    """Two columns above two rows, or one column that scrolls."""
    least = _least_heights(room)
    if not room.timers:
        return _alone(room)
    if room.window_height / room.font_scale < COLUMN_BELOW or sum(least) + 2 * GAP + BOTTOM > room.height:
        return _column(room)
    return _rows(room, least)


def _alone(room: Room) -> Places:
    """Before there is anything to show: figure and words, as high as there is room."""
    width = min(MOST_WIDTH, room.width - 2 * SIDE)
    hero = Box(x=(room.width - width) / 2, y=0, w=width, h=max(room.least_hero_text, room.height - BOTTOM))
    high = min(hero.h - 2, HERO * figure_scale(room) * 1.3)
    figure = Box(x=hero.x + 1, y=(hero.h - high) / 2, w=min(high * FIGURE_ASPECT, width * 0.5), h=high)
    words = Box(x=figure.x + figure.w, y=0, w=width - figure.w - 22, h=min(hero.h, room.least_hero_text))
    below = wrapped(room.buttons, words.w)
    wanted = words.h + (2 * GAP + below[-1].y + below[-1].h if below else 0.0)
    hero = replace(hero, h=max(hero.h, wanted))
    words = replace(words, y=(hero.h - wanted) / 2)
    y = words.y + words.h + GAP
    return Places(
        hero=hero,
        figure=figure,
        words=words,
        sitting=None,
        deep=None,
        credit=None,
        trace=None,
        strip=None,
        scale=figure_scale(room),
        height=hero.h + BOTTOM,
        legend=False,
        buttons=tuple(replace(box, x=box.x + words.x, y=box.y + y) for box in below),
    )


def wrapped(sizes: Sequence[tuple[float, float]], width: float) -> list[Box]:
    """One beside the other from the left, in as many rows as that takes."""
    boxes: list[Box] = []
    x = y = 0.0
    for wide, high in sizes:
        if x and x + wide > width:
            x, y = 0.0, y + high
        boxes.append(Box(x=x, y=y, w=wide, h=high))
        x += wide + 2
    return boxes


def _least_heights(room: Room) -> tuple[float, float, float]:
    right = 2 * room.least_timer + room.least_credit + 2 * GAP
    f = room.font_scale
    hero = max(right, room.least_hero_text, LEAST_HERO if f == 1 else 0.0)
    return hero, LEAST_TRACE * (1 + (f - 1) / 2), LEAST_STRIP * (1 + (f - 1) * 0.7)


def _heights(room: Room, least: tuple[float, float, float]) -> tuple[float, float, float]:
    """Usual heights; less where there is less, more for trace and strip where there is more."""
    usual = tuple(max(a, b) for a, b in zip((HERO, TRACE, STRIP), least, strict=True))
    spare = room.height - BOTTOM - 2 * GAP - sum(usual)
    if spare < 0:
        give = [u - a for u, a in zip(usual, least, strict=True)]
        share = -spare / sum(give) if sum(give) else 0.0
        hero, trace, strip = (u - g * share for u, g in zip(usual, give, strict=True))
        return hero, trace, strip
    hero, trace, strip = usual
    more = min(spare, max(0.0, HERO * figure_scale(room) - hero))
    spare -= more
    most = max(1.0, figure_scale(room))
    trace_more = min(spare * 2 / 3, MOST_TRACE * most - trace)
    strip_more = min(spare - trace_more, MOST_STRIP * most - strip)
    trace_more = min(spare - strip_more, MOST_TRACE * most - trace)
    return hero + more + (spare - trace_more - strip_more), trace + trace_more, strip + strip_more


@dataclass(frozen=True, slots=True, kw_only=True)
class HeroRow:
    """Figure and words, and the column of timers to their right."""

    hero: Box
    figure: Box
    words: Box
    right: Box


def hero_row(room: Room, height: float) -> HeroRow:
    """At the top of the content, as high as this."""
    width, right = min(MOST_WIDTH, room.width - 2 * SIDE), right_column(room)
    x = (room.width - width) / 2
    hero = Box(x, 0, width - right - GAP, height)
    figure = Box(x + 1, 1, min((height - 2) * FIGURE_ASPECT, hero.w * (0.5 if hero.w >= ROOMY else 0.42)), height - 2)
    words = Box(figure.x + figure.w, 1, hero.w - figure.w - 22, height - 2)
    return HeroRow(hero=hero, figure=figure, words=words, right=Box(x + hero.w + GAP, 0, right, height))


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnTop:
    """Angle, zone and activity; timers side by side where there is room; credit."""

    hero: Box
    words: Box
    sitting: Box
    deep: Box
    credit: Box
    below: float
    """Where the next card begins."""


def column_top(room: Room, y: float) -> ColumnTop:
    """One below the other, from here on."""
    width, x = room.width - 2 * SIDE, SIDE
    hero = Box(x, y, width, room.least_hero_text)
    words = Box(x + 22, y + 1, width - 44, hero.h - 2)
    y += hero.h + GAP
    beside = width >= 560 * (1 + (room.font_scale - 1) / 2)
    timer_w = (width - GAP) / 2 if beside else width
    sitting = Box(x, y, timer_w, room.least_timer)
    y += 0 if beside else room.least_timer + GAP
    deep = Box(x + width - timer_w, y, timer_w, room.least_timer)
    y += room.least_timer + GAP
    credit = Box(x, y, width, room.least_credit)
    return ColumnTop(hero=hero, words=words, sitting=sitting, deep=deep, credit=credit, below=y + credit.h + GAP)


def _rows(room: Room, least: tuple[float, float, float]) -> Places:
    hero_h, trace_h, strip_h = _heights(room, least)
    row, y = hero_row(room, hero_h), hero_h + GAP
    right, width = row.right, row.right.x + row.right.w - row.hero.x
    credit_h = max((hero_h - 2 * GAP) * CREDIT_SHARE, room.least_credit)
    timer_h = (hero_h - 2 * GAP - credit_h) / 2
    return Places(
        hero=row.hero,
        figure=row.figure,
        words=row.words,
        sitting=Box(right.x, 0, right.w, timer_h),
        deep=Box(right.x, timer_h + GAP, right.w, timer_h),
        credit=Box(right.x, 2 * (timer_h + GAP), right.w, credit_h),
        trace=Box(row.hero.x, y, width, trace_h),
        strip=Box(row.hero.x, y + trace_h + GAP, width, strip_h),
        scale=figure_scale(room) * min(1.0, hero_h / (HERO * figure_scale(room))),
        height=room.height,
        legend=room.window_width / room.font_scale >= 1000 and strip_h >= 90,
    )


def _column(room: Room) -> Places:
    """Then trace and strip; the figure goes."""
    top, larger = column_top(room, 0.0), 1 + (room.font_scale - 1) / 2
    trace = Box(SIDE, top.below, top.hero.w, TRACE * larger)
    strip = Box(SIDE, trace.y + trace.h + GAP, top.hero.w, STRIP * larger)
    return Places(
        hero=top.hero,
        figure=None,
        words=top.words,
        sitting=top.sitting,
        deep=top.deep,
        credit=top.credit,
        trace=trace,
        strip=strip,
        scale=0.72,
        height=strip.y + strip.h + BOTTOM,
        legend=False,
    )

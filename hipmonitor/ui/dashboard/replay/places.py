"""Where the cards of the Replay view stand: as in the Now view, with the transport instead of the day's strip."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.ui.dashboard.now.places import (
    BOTTOM,
    FIGURE_ASPECT,
    GAP,
    HERO,
    MOST_TRACE,
    MOST_WIDTH,
    ROOMY,
    SIDE,
    Box,
    Room,
    figure_scale,
    right_column,
)

USUAL_HERO, USUAL_TRACE = 316.0, 166.0
LEAST_HERO, LEAST_TRACE = 196.0, 108.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayPlaces:
    """Every card; None = not shown."""

    hero: Box
    figure: Box | None
    words: Box
    sitting: Box
    deep: Box
    credit: Box | None
    trace: Box
    transport: Box
    scale: float
    height: float


def replay_places(room: Room, transport_h: float) -> ReplayPlaces:
    """Rows where they fit; else one column that scrolls, with the transport on top."""
    timers = 2 * room.least_timer + GAP
    least = max(
        LEAST_HERO * (1 + (room.font_scale - 1) / 2), min(timers, LEAST_HERO) if room.font_scale == 1 else timers
    )
    free = room.height - transport_h - 2 * GAP - BOTTOM
    least_trace = LEAST_TRACE * (1 + (room.font_scale - 1) / 2)
    if free < least + least_trace:
        return _column(room, transport_h)
    hero = min(max(least, USUAL_HERO * max(1.0, figure_scale(room)), room.least_hero_text), free - least_trace)
    trace = free - hero
    over = max(0.0, trace - max(USUAL_TRACE, MOST_TRACE * max(1.0, figure_scale(room))))
    if trace < USUAL_TRACE:
        trace = min(USUAL_TRACE, free - max(least, min(hero, room.least_hero_text)))
        hero = free - trace
    return _rows(room, hero + over, trace - over, transport_h)


def _rows(room: Room, hero_h: float, trace_h: float, transport_h: float) -> ReplayPlaces:
    width = min(MOST_WIDTH, room.width - 2 * SIDE)
    x, right = (room.width - width) / 2, right_column(room)
    hero = Box(x=x, y=0, w=width - right - GAP, h=hero_h)
    figure_w = min((hero_h - 2) * FIGURE_ASPECT, hero.w * (0.5 if hero.w >= ROOMY else 0.42))
    words = Box(x=x + 1 + figure_w, y=1, w=hero.w - figure_w - 22, h=hero_h - 2)
    credit_h = room.least_credit if hero_h >= 2 * room.least_timer + room.least_credit + 2 * GAP else 0.0
    timer_h = (hero_h - GAP - (credit_h + GAP if credit_h else 0.0)) / 2
    at, y = x + hero.w + GAP, hero_h + GAP
    return ReplayPlaces(
        hero=hero,
        figure=Box(x=x + 1, y=1, w=figure_w, h=hero_h - 2),
        words=words,
        sitting=Box(x=at, y=0, w=right, h=timer_h),
        deep=Box(x=at, y=timer_h + GAP, w=right, h=timer_h),
        credit=Box(x=at, y=2 * (timer_h + GAP), w=right, h=credit_h) if credit_h else None,
        trace=Box(x=x, y=y, w=width, h=trace_h),
        transport=Box(x=x, y=y + trace_h + GAP, w=width, h=transport_h),
        scale=figure_scale(room) * min(1.0, hero_h / (HERO * figure_scale(room))),
        height=room.height,
    )


def _column(room: Room, transport_h: float) -> ReplayPlaces:
    """The handle stays in reach; then angle, timers and trace."""
    f, width, x = room.font_scale, room.width - 2 * SIDE, SIDE
    transport = Box(x=x, y=0, w=width, h=transport_h)
    y = transport_h + GAP
    hero = Box(x=x, y=y, w=width, h=room.least_hero_text)
    y += hero.h + GAP
    beside = width >= 560 * (1 + (f - 1) / 2)
    timer_w = (width - GAP) / 2 if beside else width
    sitting = Box(x=x, y=y, w=timer_w, h=room.least_timer)
    y += 0 if beside else room.least_timer + GAP
    deep = Box(x=x + width - timer_w, y=y, w=timer_w, h=room.least_timer)
    y += room.least_timer + GAP
    credit = Box(x=x, y=y, w=width, h=room.least_credit)
    y += room.least_credit + GAP
    trace = Box(x=x, y=y, w=width, h=USUAL_TRACE * (1 + (f - 1) / 2))
    return ReplayPlaces(
        hero=hero,
        figure=None,
        words=Box(x=x + 22, y=hero.y + 1, w=width - 44, h=hero.h - 2),
        sitting=sitting,
        deep=deep,
        credit=credit,
        trace=trace,
        transport=transport,
        scale=0.72,
        height=trace.y + trace.h + BOTTOM,
    )

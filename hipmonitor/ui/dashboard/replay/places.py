"""Where the cards of the Replay view stand: as in the Now view, with the transport instead of the day's strip."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.ui.dashboard.now.places import (
    BOTTOM,
    GAP,
    HERO,
    MOST_TRACE,
    SIDE,
    Room,
    column_top,
    figure_scale,
    hero_row,
)
from hipmonitor.ui.dashboard.parts import Box

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
    row, y = hero_row(room, hero_h), hero_h + GAP
    right, width = row.right, row.right.x + row.right.w - row.hero.x
    credit_h = room.least_credit if hero_h >= 2 * room.least_timer + room.least_credit + 2 * GAP else 0.0
    timer_h = (hero_h - GAP - (credit_h + GAP if credit_h else 0.0)) / 2
    return ReplayPlaces(
        hero=row.hero,
        figure=row.figure,
        words=row.words,
        sitting=Box(right.x, 0, right.w, timer_h),
        deep=Box(right.x, timer_h + GAP, right.w, timer_h),
        credit=Box(right.x, 2 * (timer_h + GAP), right.w, credit_h) if credit_h else None,
        trace=Box(row.hero.x, y, width, trace_h),
        transport=Box(row.hero.x, y + trace_h + GAP, width, transport_h),
        scale=figure_scale(room) * min(1.0, hero_h / (HERO * figure_scale(room))),
        height=room.height,
    )


def _column(room: Room, transport_h: float) -> ReplayPlaces:
    """The handle stays in reach; then angle, timers and trace."""
    top = column_top(room, transport_h + GAP)
    trace = Box(SIDE, top.below, top.hero.w, USUAL_TRACE * (1 + (room.font_scale - 1) / 2))
    return ReplayPlaces(
        hero=top.hero,
        figure=None,
        words=top.words,
        sitting=top.sitting,
        deep=top.deep,
        credit=top.credit,
        trace=trace,
        transport=Box(SIDE, 0, top.hero.w, transport_h),
        scale=0.72,
        height=trace.y + trace.h + BOTTOM,
    )
